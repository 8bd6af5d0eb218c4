// Whatever way the same lines arrive, the workspace answers the same: order, parts, packing and dialect do not matter.
import { rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cur1, cur2, MARKETPLACE_2, OTHER_2, type Row } from './synthetic.ts';
import { testWorkspace } from './workspace.ts';
import { writeZip } from './write-zip.ts';

type Line = { readonly [Name in (typeof FIELDS)[number]]: string | number };
const FIELDS = [
  'account',
  'product',
  'charge',
  'usageType',
  'day',
  'cost',
  'net',
  'list',
  'quantity',
  'resource',
] as const;

/** Columns of both dialects for what the generated lines differ in. */
const COLUMNS: Readonly<Record<(typeof FIELDS)[number], readonly [string, string]>> = {
  account: ['lineItem/UsageAccountId', 'line_item_usage_account_id'],
  product: ['lineItem/ProductCode', 'line_item_product_code'],
  charge: ['lineItem/LineItemType', 'line_item_line_item_type'],
  usageType: ['lineItem/UsageType', 'line_item_usage_type'],
  day: ['lineItem/UsageStartDate', 'line_item_usage_start_date'],
  cost: ['lineItem/UnblendedCost', 'line_item_unblended_cost'],
  net: ['lineItem/NetUnblendedCost', 'line_item_net_unblended_cost'],
  list: ['pricing/publicOnDemandCost', 'pricing_public_on_demand_cost'],
  quantity: ['lineItem/UsageAmount', 'line_item_usage_amount'],
  resource: ['lineItem/ResourceId', 'line_item_resource_id'],
};

const amount = fc
  .tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.integer({ min: 0, max: 12 }), fc.boolean())
  .map(([digits, decimals, scientific]) =>
    scientific ? `${digits}E-${decimals}` : (digits / 10 ** decimals).toFixed(decimals),
  );
const line: fc.Arbitrary<Line> = fc.record({
  account: fc.constantFrom('000000000002', '000000000003', '0099999999999'),
  product: fc.constantFrom('AmazonBedrock', 'AmazonEC2', 'AWSLambda'),
  charge: fc.constantFrom('Usage', 'Usage', 'Tax', 'Credit', 'EdpDiscount'),
  usageType: fc.constantFrom(
    'USE1-NovaLite-input-tokens',
    'USE1-NovaLite-output-tokens',
    'USE1-Something',
    '',
  ),
  day: fc.constantFrom('2026-08-03T10:00:00Z', '2026-08-04 23:59:59', '2026-08-31T00:00:00.000Z'),
  cost: amount,
  net: fc.constant(''),
  list: fc.oneof(amount, fc.constant('')),
  quantity: fc.oneof(amount, fc.constant('')),
  resource: fc.constantFrom('', 'a "b", c', 'two\nlines', 'arn:aws:bedrock:us-east-1:2:x/é'),
});
const lines = fc.array(line, { minLength: 1, maxLength: 25 });

const rowsOf = (dialect: 0 | 1, generated: readonly Line[]): Row[] =>
  generated.map((one) => Object.fromEntries(FIELDS.map((field) => [COLUMNS[field][dialect], one[field]])));
const asCur1 = (generated: readonly Line[]): string => cur1(rowsOf(0, generated));
const asCur2 = (generated: readonly Line[]): string => cur2(rowsOf(1, generated));

/** What the workspace holds after importing these files one after the other, in a form that can be compared. */
async function held(
  ...imports: readonly (readonly [name: string, content: string | Uint8Array][])[]
): Promise<unknown> {
  const workspace = testWorkspace();
  for (const files of imports) {
    await workspace.import(...files.map(([name, content]) => workspace.write(name, content)));
    for (const [name] of files) rmSync(`${workspace.folder}/${name}`);
  }
  const { rows: tied } = await workspace.engine.call('import.tieOut', {});
  expect(tied.filter(({ agrees }) => !agrees)).toEqual([]);
  const round = (name: string): string => `round(SUM(fact.${name}), 6) AS ${name}`;
  const groups = (table: string, count: string): unknown[] =>
    workspace
      .rows()
      .prepare(
        `SELECT fact.day, account.text AS account, kind.text AS kind, usage_type.text AS usage_type,
           resource.text AS resource, series.family, series.meter, ${count} AS lines, COUNT(fact.list) AS with_list,
           ${['quantity', 'unblended', 'net_unblended', 'amortized', 'list'].map(round).join(', ')}
         FROM ${table} AS fact JOIN delivery ON delivery.id = fact.delivery_id AND delivery.active = 1
         JOIN line_series AS series ON series.id = fact.series_id
         LEFT JOIN dim_account AS account ON account.id = series.account
         LEFT JOIN dim_charge_type AS kind ON kind.id = series.charge_type
         LEFT JOIN dim_usage_type AS usage_type ON usage_type.id = series.usage_type
         LEFT JOIN dim_resource AS resource ON resource.id = series.resource
         GROUP BY 1, 2, 3, 4, 5, 6, 7, fact.list IS NULL, fact.quantity IS NULL ORDER BY 1, 2, 3, 4, 5, with_list, quantity`,
      )
      .all();
  const answer = [groups('line_item', 'COUNT(*)'), groups('rollup', 'SUM(fact.line_items)')];
  workspace.close();
  return answer;
}

const runs = { numRuns: 12 };

describe('the same lines', () => {
  test('in another order', async () => {
    const shuffled = lines.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([all, other]) => {
        expect(await held([['r-1.csv', asCur2(other)]])).toEqual(await held([['r-1.csv', asCur2(all)]]));
      }),
      runs,
    );
  });

  test('in several parts, packed or not', async () => {
    const cuts = lines.chain((all) => fc.tuple(fc.constant(all), fc.integer({ min: 0, max: all.length })));
    await fc.assert(
      fc.asyncProperty(cuts, fc.boolean(), async ([all, cut], packed) => {
        const pack = (text: string): string | Uint8Array => (packed ? gzipSync(text) : text);
        const parts = [all.slice(0, cut), all.slice(cut)].map((part) => pack(asCur1(part)));
        // Two files of the same bytes are refused, and rightly so.
        fc.pre(asCur1(all.slice(0, cut)) !== asCur1(all.slice(cut)));
        const whole = await held([['r-1.csv', asCur1(all)]]);
        expect(
          await held([
            ['r-1.csv.gz', parts[0] ?? ''],
            ['r-2.csv.gz', parts[1] ?? ''],
          ]),
        ).toEqual(whole);
      }),
      runs,
    );
  });

  test('as plain text, gzip or zip', async () => {
    await fc.assert(
      fc.asyncProperty(lines, async (all) => {
        const text = asCur1(all);
        const plain = await held([['r-1.csv', text]]);
        expect(await held([['r-1.csv.gz', gzipSync(text)]])).toEqual(plain);
        expect(await held([['r-1.zip', writeZip([{ name: 'r-1.csv', content: text }])]])).toEqual(plain);
      }),
      runs,
    );
  });

  test('as CUR 1.0 or CUR 2.0, with commas, semicolons or tabs, a mark, other line ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        lines,
        fc.constantFrom(',', ';', '\t'),
        fc.boolean(),
        fc.boolean(),
        async (all, delimiter, mark, crlf) => {
          const cells = asCur2(all).replace(/"(?:[^"]|"")*"|,|\n/gu, (found) => {
            if (found === ',') return delimiter;
            return found === '\n' && crlf ? '\r\n' : found;
          });
          // A cell that holds the new delimiter needs quotes now; none of ours does without having them.
          const other = await held([['r-1.csv', `${mark ? '\uFEFF' : ''}${cells}`]]);
          const second = await held([['r-1.csv', asCur2(all)]]);
          expect(other).toEqual(second);
          expect(await held([['r-1.csv', asCur1(all)]])).toEqual(second);
        },
      ),
      runs,
    );
  });
});

test('A and then A′ is A′', async () => {
  await fc.assert(
    fc.asyncProperty(lines, lines, async (first, second) => {
      const marketplace = cur2([MARKETPLACE_2, OTHER_2, ...rowsOf(1, first)]);
      const after = await held([['r-1.csv', marketplace]], [['r-1.csv', asCur2(second)]]);
      expect(after).toEqual(await held([['r-1.csv', asCur2(second)]]));
    }),
    runs,
  );
});
