// Synthetic exports in the columns of the real ones, for the lines that no public export holds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { DATA } from './workspace.ts';

const firstLine = (file: string): string[] =>
  Papa.parse<string[]>(readFileSync(join(DATA, file), 'utf8'), { preview: 1 }).data[0] ?? [];

export const CUR_1 = [
  ...firstLine('cur-1.0-export.csv'),
  'lineItem/ResourceId',
  'lineItem/NetUnblendedCost',
  'discount/TotalDiscount',
  'savingsPlan/NetSavingsPlanEffectiveCost',
  'resourceTags/user:Team',
  'resourceTags/aws:createdBy',
  'costCategory/Product line',
];
export const CUR_2 = firstLine('cur-2.0-export-00001.csv');

export type Row = Record<string, string | number>;

/** A CUR 1.0 file; each row is ordinary Nova Lite usage unless told otherwise. */
export function cur1(rows: readonly Row[], header: readonly string[] = CUR_1): string {
  return ordinary(rows, header, ORDINARY_1, 'identity/LineItemId');
}

/** A CUR 2.0 file; each row is ordinary Nova Lite usage unless told otherwise. */
export function cur2(rows: readonly Row[], header: readonly string[] = CUR_2): string {
  return ordinary(rows, header, ORDINARY_2, 'identity_line_item_id');
}

function ordinary(rows: readonly Row[], header: readonly string[], usual: Row, id: string): string {
  const unknown = rows.flatMap((row) => Object.keys(row)).find((name) => !header.includes(name));
  if (unknown !== undefined) throw new Error(`the test's header has no column ${unknown}`);
  return csv(
    header,
    rows.map((row, index) => ({ ...usual, [id]: `line${index}`, ...row })),
  );
}

export function csv(header: readonly string[], rows: readonly Row[]): string {
  const cells = rows.map((row) => header.map((name) => row[name] ?? ''));
  return `${Papa.unparse([[...header], ...cells], { newline: '\n' })}\n`;
}

export const gunzipText = (file: string): string => gunzipSync(readFileSync(file)).toString('utf8');

const ORDINARY_1: Row = {
  'identity/TimeInterval': '2026-08-03T10:00:00Z/2026-08-03T11:00:00Z',
  'bill/InvoiceId': '2417',
  'bill/BillingEntity': 'AWS',
  'bill/BillType': 'Anniversary',
  'bill/PayerAccountId': '000000000001',
  'bill/BillingPeriodStartDate': '2026-08-01T00:00:00Z',
  'bill/BillingPeriodEndDate': '2026-09-01T00:00:00Z',
  'lineItem/UsageAccountId': '000000000002',
  'lineItem/LineItemType': 'Usage',
  'lineItem/UsageStartDate': '2026-08-03T10:00:00Z',
  'lineItem/UsageEndDate': '2026-08-03T11:00:00Z',
  'lineItem/ProductCode': 'AmazonBedrock',
  'lineItem/UsageType': 'USE1-NovaLite-input-tokens',
  'lineItem/Operation': 'InvokeModelInference',
  'lineItem/UsageAmount': 1000,
  'lineItem/CurrencyCode': 'USD',
  'lineItem/UnblendedCost': 0.06,
  'lineItem/LineItemDescription': '$0.00006 per 1K input tokens',
  'lineItem/LegalEntity': 'Amazon Web Services, Inc.',
  'product/ProductName': 'Amazon Bedrock',
  'product/regionCode': 'us-east-1',
  'pricing/publicOnDemandCost': 0.06,
  'pricing/unit': '1K tokens',
};

const ORDINARY_2: Row = {
  identity_time_interval: '2026-08-03T10:00:00Z/2026-08-03T11:00:00Z',
  bill_invoice_id: '2417',
  bill_billing_entity: 'AWS',
  bill_bill_type: 'Anniversary',
  bill_payer_account_id: '000000000001',
  bill_billing_period_start_date: '2026-08-01T00:00:00.000Z',
  bill_billing_period_end_date: '2026-09-01T00:00:00.000Z',
  line_item_usage_account_id: '000000000002',
  line_item_usage_account_name: 'research',
  line_item_line_item_type: 'Usage',
  line_item_usage_start_date: '2026-08-03T10:00:00.000Z',
  line_item_usage_end_date: '2026-08-03T11:00:00.000Z',
  line_item_product_code: 'AmazonBedrock',
  line_item_usage_type: 'USE1-NovaLite-input-tokens',
  line_item_operation: 'InvokeModelInference',
  line_item_usage_amount: 1000,
  line_item_currency_code: 'USD',
  line_item_unblended_cost: 0.06,
  line_item_line_item_description: '$0.00006 per 1K input tokens',
  line_item_legal_entity: 'Amazon Web Services, Inc.',
  product: '{"product_name":"Amazon Bedrock","region":"us-east-1"}',
  product_region_code: 'us-east-1',
  pricing_public_on_demand_cost: 0.06,
  pricing_unit: '1K tokens',
  cost_category: '{}',
  discount: '{}',
  resource_tags: '{}',
  tags: '{}',
};

/** Claude, sold through AWS Marketplace: opaque product code, list cost 0, no service code. */
export const MARKETPLACE_2: Row = {
  bill_billing_entity: 'AWS Marketplace',
  line_item_product_code: '4a524th30q694o538qndh9ucht',
  line_item_usage_type: 'USW2-MP:USW2_InputTokenCount-Units',
  line_item_usage_amount: 0.5,
  line_item_unblended_cost: 1.5,
  line_item_line_item_description: 'AWS Marketplace software usage|us-west-2|Million Input Tokens',
  product: '{"product_name":"Claude Sonnet 4.5 (Amazon Bedrock Edition)","region":"us-west-2"}',
  product_region_code: '',
  pricing_public_on_demand_cost: 0,
  pricing_unit: 'Units',
};

/** Something that is no AI at all. */
export const OTHER_2: Row = {
  line_item_product_code: 'AmazonEC2',
  line_item_usage_type: 'BoxUsage:t3.micro',
  line_item_operation: 'RunInstances',
  line_item_usage_amount: 1,
  line_item_unblended_cost: 0.0104,
  product: '{"product_name":"Amazon Elastic Compute Cloud","region":"us-east-1"}',
  pricing_unit: 'Hrs',
  pricing_public_on_demand_cost: 0.0104,
};
