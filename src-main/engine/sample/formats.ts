// Writes a line as a CUR row. The column lists are those of real exports, in their order; unnamed columns stay empty.

import { ATTRIBUTE_CELLS } from './attributes.ts';
import { PAYER } from './company.ts';
import { CUR1_HEADER, CUR2_HEADER } from './headers.ts';
import type { SampleLine } from './line.ts';

/** What a row needs beside its line: the billing period it is in. */
export type RowPeriod = {
  readonly start: string;
  readonly end: string;
  readonly invoice: (entity: SampleLine['billingEntity']) => string;
};

type Cell = (line: SampleLine, period: RowPeriod) => string;
export type SampleFormat = { readonly header: readonly string[]; readonly cells: readonly (Cell | null)[] };

const number = (value: number | null): string => (value === null ? '' : String(value).replace('e', 'E'));
const iso = (time: number): string => new Date(time).toISOString();
const seconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
const interval: Cell = ({ start, end }) => `${seconds(start)}/${seconds(end)}`;
const seller: Cell = ({ billingEntity, productName }) =>
  billingEntity === 'AWS' ? 'Amazon Web Services, Inc.' : sellerOf(productName);
const sellerOf = (productName: string): string =>
  productName.startsWith('Claude')
    ? 'Anthropic, PBC'
    : productName.startsWith('Cohere')
      ? 'Cohere Inc.'
      : 'Stability AI Ltd';
const effective =
  (kind: 'savingsPlan' | 'reservation'): Cell =>
  ({ effective: value }) =>
    value?.kind === kind ? number(value.cost) : '0.0';
const marketplaceBlank =
  (text: Cell): Cell =>
  (line, period) =>
    line.billingEntity === 'AWS Marketplace' ? '' : text(line, period);
const map = (entries: Readonly<Record<string, string>>): string => JSON.stringify(entries);

const discount = ({ unblended, net }: SampleLine): number =>
  net === null ? 0 : Math.round((net - unblended) * 1e10) / 1e10;

const CUR2_CELLS: Readonly<Record<string, Cell>> = {
  bill_bill_type: ({ billType }) => billType,
  bill_billing_entity: ({ billingEntity }) => billingEntity,
  bill_billing_period_end_date: (_, { end }) => end,
  bill_billing_period_start_date: (_, { start }) => start,
  bill_invoice_id: ({ billingEntity }, { invoice }) => invoice(billingEntity),
  bill_invoicing_entity: () => 'Amazon Web Services, Inc.',
  bill_payer_account_id: () => PAYER.id,
  bill_payer_account_name: () => PAYER.name,
  cost_category: ({ businessUnit }) => (businessUnit === null ? '{}' : map({ business_unit: businessUnit })),
  discount: (line) => (discount(line) === 0 ? '{}' : map({ edp_discount: number(discount(line)) })),
  discount_total_discount: (line) => (discount(line) === 0 ? '' : number(discount(line))),
  identity_line_item_id: ({ id }) => id,
  identity_time_interval: interval,
  line_item_blended_cost: ({ unblended }) => number(unblended),
  line_item_blended_rate: ({ rate }) => number(rate),
  line_item_currency_code: () => 'USD',
  line_item_iam_principal: ({ principal }) => principal ?? '',
  line_item_legal_entity: seller,
  line_item_line_item_description: ({ description }) => description,
  line_item_line_item_type: ({ chargeType }) => chargeType,
  line_item_net_unblended_cost: ({ net }) => number(net),
  line_item_net_unblended_rate: ({ rate }) => number(rate),
  line_item_operation: ({ operation }) => operation,
  line_item_product_code: ({ productCode }) => productCode,
  line_item_resource_id: ({ resource }) => resource ?? '',
  line_item_tax_type: ({ taxType }) => taxType ?? '',
  line_item_unblended_cost: ({ unblended }) => number(unblended),
  line_item_unblended_rate: ({ rate }) => number(rate),
  line_item_usage_account_id: ({ account }) => account.id,
  line_item_usage_account_name: ({ account }) => account.name,
  line_item_usage_amount: ({ quantity }) => number(quantity),
  line_item_usage_end_date: ({ end }) => iso(end),
  line_item_usage_start_date: ({ start }) => iso(start),
  line_item_usage_type: ({ usageType }) => usageType,
  pricing_currency: ({ rate }) => (rate === null ? '' : 'USD'),
  pricing_public_on_demand_cost: ({ list }) => (list === null ? '0.0' : number(list)),
  pricing_public_on_demand_rate: marketplaceBlank(({ rate }) => number(rate)),
  pricing_term: ({ rate }) => (rate === null ? '' : 'OnDemand'),
  pricing_unit: ({ unit }) => unit,
  product: ({ productName, region }) =>
    map(region === '' ? { product_name: productName } : { product_name: productName, region }),
  product_location: marketplaceBlank(({ region }) => (region === '' ? '' : `AWS Region ${region}`)),
  product_location_type: marketplaceBlank(({ region }) => (region === '' ? '' : 'AWS Region')),
  product_operation: marketplaceBlank(({ operation }) => operation),
  product_region_code: ({ region }) => region,
  product_servicecode: marketplaceBlank(({ productCode }) => productCode),
  product_usagetype: marketplaceBlank(({ usageType }) => usageType),
  reservation_effective_cost: effective('reservation'),
  resource_tags: ({ tags }) =>
    map(Object.fromEntries(Object.entries(tags).map(([key, value]) => [`user_${key.toLowerCase()}`, value]))),
  savings_plan_savings_plan_effective_cost: effective('savingsPlan'),
  tags: ({ tags }) =>
    map(Object.fromEntries(Object.entries(tags).map(([key, value]) => [`resourceTags/user:${key}`, value]))),
};

const CUR1_CELLS: Readonly<Record<string, Cell>> = {
  ...ATTRIBUTE_CELLS,
  'identity/LineItemId': ({ id }) => id,
  'identity/TimeInterval': interval,
  'bill/InvoiceId': ({ billingEntity }, { invoice }) => invoice(billingEntity),
  'bill/InvoicingEntity': () => 'Amazon Web Services, Inc.',
  'bill/BillingEntity': ({ billingEntity }) => billingEntity,
  'bill/BillType': ({ billType }) => billType,
  'bill/PayerAccountId': () => PAYER.id,
  'bill/BillingPeriodStartDate': (_, { start }) => start.replace('.000Z', 'Z'),
  'bill/BillingPeriodEndDate': (_, { end }) => end.replace('.000Z', 'Z'),
  'lineItem/UsageAccountId': ({ account }) => account.id,
  'lineItem/LineItemType': ({ chargeType }) => chargeType,
  'lineItem/UsageStartDate': ({ start }) => seconds(start),
  'lineItem/UsageEndDate': ({ end }) => seconds(end),
  'lineItem/ProductCode': ({ productCode }) => productCode,
  'lineItem/UsageType': ({ usageType }) => usageType,
  'lineItem/Operation': ({ operation }) => operation,
  'lineItem/ResourceId': ({ resource }) => resource ?? '',
  'lineItem/UsageAmount': ({ quantity }) => number(quantity),
  'lineItem/CurrencyCode': () => 'USD',
  'lineItem/UnblendedRate': ({ rate }) => number(rate),
  'lineItem/UnblendedCost': ({ unblended }) => number(unblended),
  'lineItem/NetUnblendedRate': ({ rate }) => number(rate),
  'lineItem/NetUnblendedCost': ({ net }) => number(net),
  'lineItem/BlendedRate': ({ rate }) => number(rate),
  'lineItem/BlendedCost': ({ unblended }) => number(unblended),
  'lineItem/LineItemDescription': ({ description }) => description,
  'lineItem/TaxType': ({ taxType }) => taxType ?? '',
  'lineItem/LegalEntity': seller,
  'product/ProductName': ({ productName }) => productName,
  'product/location': marketplaceBlank(({ region }) => (region === '' ? '' : `AWS Region ${region}`)),
  'product/operation': marketplaceBlank(({ operation }) => operation),
  'product/region': ({ region }) => region,
  'product/regionCode': ({ region }) => region,
  'product/servicecode': marketplaceBlank(({ productCode }) => productCode),
  'product/usagetype': marketplaceBlank(({ usageType }) => usageType),
  'pricing/currency': ({ rate }) => (rate === null ? '' : 'USD'),
  'pricing/publicOnDemandCost': ({ list }) => (list === null ? '0.0' : number(list)),
  'pricing/publicOnDemandRate': marketplaceBlank(({ rate }) => number(rate)),
  'pricing/term': ({ rate }) => (rate === null ? '' : 'OnDemand'),
  'pricing/unit': ({ unit }) => unit,
  'reservation/EffectiveCost': effective('reservation'),
  'savingsPlan/SavingsPlanEffectiveCost': effective('savingsPlan'),
  'discount/EdpDiscount': (line) => (discount(line) === 0 ? '' : number(discount(line))),
  'discount/TotalDiscount': (line) => (discount(line) === 0 ? '' : number(discount(line))),
  'resourceTags/user:Application': ({ tags }) => tags.Application ?? '',
  'resourceTags/user:Environment': ({ tags }) => tags.Environment ?? '',
  'resourceTags/user:Team': ({ tags }) => tags.Team ?? '',
  'costCategory/Business Unit': ({ businessUnit }) => businessUnit ?? '',
};

function format(header: readonly string[], cells: Readonly<Record<string, Cell>>): SampleFormat {
  return { header, cells: header.map((name) => cells[name] ?? null) };
}

export function sampleFormat(kind: 'cur-1.0' | 'cur-2.0'): SampleFormat {
  return kind === 'cur-1.0' ? format(CUR1_HEADER, CUR1_CELLS) : format(CUR2_HEADER, CUR2_CELLS);
}

/** One CSV record, quoted as RFC 4180 asks. */
export function csvRow({ cells }: SampleFormat, line: SampleLine, period: RowPeriod): string {
  let row = '';
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index];
    if (index > 0) row += ',';
    if (cell !== null && cell !== undefined) row += quoted(cell(line, period));
  }
  return `${row}\n`;
}

const NEEDS_QUOTES = /[",\r\n]/u;
const quoted = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
