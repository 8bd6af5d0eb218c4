// What becomes of the lines of a synthetic Bedrock bill: kept with everything known of them, or summed.
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { recordOf } from '../../../src-main/engine/import/raw-record.ts';
import { CUR_1, CUR_2, cur1, cur2, MARKETPLACE_2, OTHER_2, type Row } from './synthetic.ts';
import { testWorkspace } from './workspace.ts';

const LINES = `
  SELECT line.*, series.*, line.id AS line_id, account.text AS account_id, model.text AS model_name,
    service.text AS service_name, region.text AS region_name, stated.text AS stated_region_name,
    tags.text AS tags, categories.text AS categories, resource.text AS resource_name, kind.text AS kind,
    principal.text AS principal_name
  FROM line_item AS line JOIN line_series AS series ON series.id = line.series_id
  LEFT JOIN dim_account AS account ON account.id = series.account
  LEFT JOIN dim_model AS model ON model.id = series.model
  LEFT JOIN dim_service AS service ON service.id = series.service
  LEFT JOIN dim_region AS region ON region.id = series.region
  LEFT JOIN dim_region AS stated ON stated.id = series.stated_region
  LEFT JOIN dim_tag_set AS tags ON tags.id = series.tag_set
  LEFT JOIN dim_cost_category_set AS categories ON categories.id = series.cost_category_set
  LEFT JOIN dim_resource AS resource ON resource.id = series.resource
  LEFT JOIN dim_charge_type AS kind ON kind.id = series.charge_type
  LEFT JOIN dim_principal AS principal ON principal.id = series.principal
  ORDER BY line.record_number`;

type Line = Record<string, string | number | null>;

async function linesOf(content: string, name = 'report-00001.csv'): Promise<Line[]> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write(name, content));
  return workspace.rows().prepare<[], Line>(LINES).all();
}

const arn = 'arn:aws:bedrock:us-east-1:000000000002:application-inference-profile/abc';

describe('a kept line', () => {
  test('is the same from CUR 1.0, CUR 2.0 and the flat variant', async () => {
    const one = await linesOf(cur1([{ 'resourceTags/user:Team': 'search' }]));
    const two = await linesOf(cur2([{ tags: '{"resourceTags/user:Team":"search"}' }]));
    const flatHeader = ['product_product_name', 'product_region', 'resource_tags_user_team'];
    const flatColumns = [
      'bill_payer_account_id',
      'bill_billing_entity',
      'bill_invoice_id',
      'bill_billing_period_start_date',
      'line_item_usage_account_id',
      'line_item_line_item_type',
      'line_item_usage_start_date',
      'line_item_usage_end_date',
      'line_item_product_code',
      'line_item_usage_type',
      'line_item_operation',
      'line_item_usage_amount',
      'line_item_currency_code',
      'line_item_unblended_cost',
      'line_item_line_item_description',
      'line_item_legal_entity',
      'pricing_unit',
      'pricing_public_on_demand_cost',
    ];
    const flat = await linesOf(
      cur2(
        [
          {
            product_product_name: 'Amazon Bedrock',
            product_region: 'us-east-1',
            resource_tags_user_team: 'search',
          },
        ],
        [...flatColumns, ...flatHeader],
      ),
    );
    const same = ({ tags: _tags, key: _key, ...line }: Line = {}): Line => ({ ...line, tag_set: null });
    expect(one).toHaveLength(1);
    expect(same(one[0])).toEqual(same(two[0]));
    expect(same(flat[0])).toEqual(same(two[0]));
    expect([one[0]?.tags, two[0]?.tags, flat[0]?.tags]).toEqual([
      '{"user:Team":"search"}',
      '{"user:Team":"search"}',
      '{"user_team":"search"}',
    ]);
    expect(one[0]).toMatchObject({
      line_class: 'bedrock',
      model_name: 'Nova Lite',
      meter: 'input',
      mode: 'on_demand',
      service_name: 'AmazonBedrock',
      region_name: 'us-east-1',
      account_id: '000000000002',
      quantity: 1000,
      multiplier: 1000,
      unblended: 0.06,
      net_unblended: 0.06,
      amortized: 0.06,
      net_amortized: 0.06,
      list: 0.06,
      net_stated: 0,
      day: Date.UTC(2026, 7, 3) / 86_400_000,
      start_second: Date.UTC(2026, 7, 3, 10) / 1000,
      end_second: Date.UTC(2026, 7, 3, 11) / 1000,
    });
  });

  test('keeps tags and cost categories by their own keys, resource and principal', async () => {
    const [line] = await linesOf(
      cur1([
        {
          'resourceTags/user:Team': 'se"arch',
          'resourceTags/aws:createdBy': 'Root',
          'costCategory/Product line': 'Chat, internal',
          'lineItem/ResourceId': arn,
        },
      ]),
    );
    expect(JSON.parse(String(line?.tags))).toEqual({ 'aws:createdBy': 'Root', 'user:Team': 'se"arch' });
    expect(JSON.parse(String(line?.categories))).toEqual({ 'Product line': 'Chat, internal' });
    expect(line?.resource_name).toBe(arn);
    const caller = 'arn:aws:iam::000000000002:user/alice';
    const [called] = await linesOf(
      cur2([{ line_item_iam_principal: caller }], [...CUR_2, 'line_item_iam_principal']),
    );
    expect(called?.principal_name).toBe(caller);
  });

  test('from Marketplace goes by its product name, has no list cost, and its region comes from the usage type', async () => {
    const [line] = await linesOf(cur2([MARKETPLACE_2]));
    expect(line).toMatchObject({
      line_class: 'bedrock',
      model_name: 'Claude Sonnet 4.5',
      service_name: 'Claude Sonnet 4.5 (Amazon Bedrock Edition)',
      region_name: 'us-west-2',
      meter: 'input',
      list: null,
      unblended: 1.5,
      multiplier: 1_000_000,
    });
  });

  test('can be shown as it stood in the file', async () => {
    const workspace = testWorkspace();
    const rows: Row[] = [
      OTHER_2,
      MARKETPLACE_2,
      OTHER_2,
      { line_item_resource_id: 'with "quotes",\nand a line end' },
    ];
    await workspace.import(workspace.write('report-00001.csv.gz', gzipSync(cur2(rows))));
    const db = workspace.rows();
    const kept = db.prepare<[], Line>(LINES).all();
    expect(kept.map((line) => line.record_number)).toEqual([2, 4]);
    const record = (line: Line | undefined): Record<string, string> =>
      Object.fromEntries(
        recordOf(db, Number(line?.file_id), Number(line?.record_number)).map(({ column, value }) => [
          column,
          value,
        ]),
      );
    expect(record(kept[0])).toMatchObject({
      identity_line_item_id: 'line1',
      line_item_product_code: '4a524th30q694o538qndh9ucht',
    });
    expect(record(kept[1])).toMatchObject({
      identity_line_item_id: 'line3',
      line_item_resource_id: 'with "quotes",\nand a line end',
    });
    expect(recordOf(db, 1, 3)).toEqual([]);
  });

  test('is Bedrock also as tax, credit and discount, and then has no meter and is not unknown', async () => {
    const lines = await linesOf(
      cur1([
        { 'lineItem/LineItemType': 'Tax', 'lineItem/UsageType': '', 'lineItem/UnblendedCost': 8 },
        { 'lineItem/LineItemType': 'Credit', 'lineItem/UnblendedCost': '-5E-1' },
        { 'lineItem/LineItemType': 'EdpDiscount', 'lineItem/UsageType': '', 'lineItem/UnblendedCost': -1 },
      ]),
    );
    expect(
      lines.map(({ kind, line_class, family, meter, unblended }) => [
        kind,
        line_class,
        family,
        meter,
        unblended,
      ]),
    ).toEqual([
      ['Tax', 'bedrock', null, null, 8],
      ['Credit', 'bedrock', null, null, -0.5],
      ['EdpDiscount', 'bedrock', null, null, -1],
    ]);
  });

  test('counts as unknown when no rule explains it, with its cost', async () => {
    const workspace = testWorkspace();
    const file = workspace.write(
      'r.csv',
      cur1([{}, { 'lineItem/UsageType': 'USE1-Frobnication', 'lineItem/UnblendedCost': 2 }]),
    );
    const { bedrock } = await workspace.stage(file);
    expect(bedrock).toEqual({ lineItems: 2, unblended: 2.06, unknownLineItems: 1, unknownUnblended: 2 });
  });
});

describe('a line of something else', () => {
  test('is summed under the key of the roll-up, each measure apart where it is not stated', async () => {
    const workspace = testWorkspace();
    const rows: Row[] = [
      OTHER_2,
      { ...OTHER_2, line_item_resource_id: 'i-2', line_item_unblended_cost: 0.02 },
      { ...OTHER_2, pricing_public_on_demand_cost: '' },
      { ...OTHER_2, line_item_usage_start_date: '2026-08-04T00:00:00Z' },
      { ...OTHER_2, line_item_usage_account_id: '000000000003' },
    ];
    const report = await workspace.import(workspace.write('r.csv', cur2(rows)));
    expect(report.rows).toEqual({ read: 5, kept: 0, rolledUp: 5, rejected: 0 });
    const groups = workspace
      .rows()
      .prepare(
        `SELECT account.text AS account, day - ${Date.UTC(2026, 7, 3) / 86_400_000} AS day, line_items AS lines, quantity, unblended, list
         FROM rollup JOIN line_series AS series ON series.id = series_id JOIN dim_account AS account ON account.id = series.account
         ORDER BY account, day, list IS NULL`,
      )
      .all();
    expect(groups).toEqual([
      { account: '000000000002', day: 0, lines: 2, quantity: 2, unblended: 0.0304, list: 0.0208 },
      { account: '000000000002', day: 0, lines: 1, quantity: 1, unblended: 0.0104, list: null },
      { account: '000000000002', day: 1, lines: 1, quantity: 1, unblended: 0.0104, list: 0.0104 },
      { account: '000000000003', day: 0, lines: 1, quantity: 1, unblended: 0.0104, list: 0.0104 },
    ]);
  });
});

describe('discounts of a delivery', () => {
  const net = async (rows: readonly Row[]): Promise<unknown> => {
    const workspace = testWorkspace();
    const report = await workspace.import(workspace.write('r.csv', cur1(rows)));
    const db = workspace.rows();
    const { shape, basis } = db
      .prepare<[], { shape: string; basis: string }>(
        'SELECT discount_shape AS shape, invoice_basis AS basis FROM delivery',
      )
      .get() ?? { shape: '', basis: '' };
    const sum = (measure: string): number =>
      Number(
        db
          .prepare(
            `SELECT SUM(${measure}) FROM (SELECT ${measure} FROM daily UNION ALL SELECT ${measure} FROM rollup)`,
          )
          .pluck()
          .get(),
      );
    return {
      shape,
      net: sum('net_unblended'),
      netAmortized: sum('net_amortized'),
      invoice: basis === 'unblended' ? sum('unblended') : sum('net_unblended'),
      said: report.warnings.filter((warning) => warning.includes('negotiated discounts')).length,
    };
  };
  const ec2: Row = { 'lineItem/ProductCode': 'AmazonEC2', 'lineItem/UsageType': 'BoxUsage' };
  const usage = (row: Row): Row => ({ 'lineItem/UnblendedCost': 100, ...row });
  const discount = (row: Row): Row => ({
    'lineItem/LineItemType': 'EdpDiscount',
    'lineItem/UsageType': '',
    'lineItem/UnblendedCost': -10,
    ...row,
  });

  // Once on kept lines, once on summed ones.
  test.each([{}, ec2])('L: as lines (%o)', async (service) => {
    expect(await net([usage(service), discount(service)])).toEqual({
      shape: 'lines',
      net: 90,
      netAmortized: 90,
      invoice: 90,
      said: 1,
    });
  });

  test.each([{}, ec2])('C: as columns (%o)', async (service) => {
    const row = usage({ ...service, 'discount/TotalDiscount': -10, 'lineItem/NetUnblendedCost': 90 });
    expect(await net([row])).toEqual({ shape: 'columns', net: 90, netAmortized: 90, invoice: 90, said: 1 });
  });

  test.each([{}, ec2])('B: as both, with a blank net on the line (%o)', async (service) => {
    const rows = [usage({ ...service, 'lineItem/NetUnblendedCost': 90 }), discount(service)];
    expect(await net(rows)).toEqual({ shape: 'both', net: 90, netAmortized: 90, invoice: 90, said: 1 });
  });

  test('lines and columns that do not agree: the lines count, and the report says so', async () => {
    const rows = [usage({ 'discount/TotalDiscount': -4 }), discount({})];
    expect(await net(rows)).toEqual({ shape: 'both', net: 90, netAmortized: 90, invoice: 90, said: 1 });
    const other = [usage({ ...ec2, 'discount/TotalDiscount': -4 }), discount(ec2)];
    expect(await net(other)).toEqual({ shape: 'both', net: 90, netAmortized: 90, invoice: 90, said: 1 });
  });

  test('covered usage: amortized 100, net amortized 90', async () => {
    const workspace = testWorkspace();
    const covered: Row = {
      'lineItem/LineItemType': 'SavingsPlanCoveredUsage',
      'lineItem/UnblendedCost': 80,
      'lineItem/NetUnblendedCost': 72,
      'savingsPlan/SavingsPlanEffectiveCost': 60,
      'savingsPlan/NetSavingsPlanEffectiveCost': 54,
    };
    const negation: Row = {
      'lineItem/LineItemType': 'SavingsPlanNegation',
      'lineItem/UnblendedCost': -80,
      'lineItem/NetUnblendedCost': -72,
    };
    const plain: Row = { 'lineItem/UnblendedCost': 40, 'lineItem/NetUnblendedCost': 36 };
    await workspace.import(workspace.write('r.csv', cur1([covered, negation, plain], CUR_1)));
    expect(
      workspace.rows().prepare('SELECT SUM(amortized) AS gross, SUM(net_amortized) AS net FROM daily').get(),
    ).toEqual({ gross: 100, net: 90 });
  });
});

test('lines of AI-adjacent services are kept apart, and said to be candidates', async () => {
  const workspace = testWorkspace();
  const ocu: Row = {
    'lineItem/ProductCode': 'AmazonES',
    'lineItem/UsageType': 'USW2-IndexingOCU',
    'lineItem/UnblendedCost': 0.24,
  };
  const report = await workspace.import(workspace.write('r.csv', cur1([{}, ocu])));
  expect(report.candidates).toEqual({ lineItems: 1, unblended: 0.24, capped: false });
  expect(report.bedrock.lineItems).toBe(1);
});

test('account names of CUR 2.0 are held', async () => {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('r.csv', cur2([{}])));
  expect(
    workspace
      .rows()
      .prepare(
        'SELECT account.text AS account, name FROM account_name JOIN dim_account AS account ON account.id = account',
      )
      .all(),
  ).toEqual([{ account: '000000000002', name: 'research' }]);
});

test('a FOCUS line keeps its contracted cost and the id of its price as the file states them', async () => {
  const workspace = testWorkspace();
  await workspace.import(join(import.meta.dirname, '../../golden/import/focus-1.2/export'));
  const { rows } = await workspace.engine.call('spend.lineItems', {});
  const nova = rows.find(({ unblended }) => unblended === 0.054);
  const detail = await workspace.engine.call('spend.lineItem', { id: nova?.id ?? 0 });
  expect(detail.line).toMatchObject({ contractedStated: 0.054, list: 0.06, contractedLow: null });
  // This sample has no columns of unit prices.
  expect(detail.stated).toEqual({ listUnitPrice: null, contractedUnitPrice: null, priceId: 'SKU.TERM.RATE' });
});
