// AWS offer files through the engine: what they are read to, what they change, and that a bad one changes nothing.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Output } from '../../../shared/contract/methods.ts';
import { methods } from '../../../shared/contract/methods.ts';
import { createEngine, type Engine } from '../../../src-main/engine/engine.ts';

const OFFERS = resolve(import.meta.dirname, '../../data/offers');
const FOUNDATION = join(OFFERS, 'foundation-models-us-west-2.json');
const BEDROCK = join(OFFERS, 'bedrock-us-east-1.csv');
const AGENTCORE = join(OFFERS, 'agentcore-get-products.json');

let engine: Engine;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-offers-'));
  engine = createEngine({ workspacePath: ':memory:', now: () => new Date('2026-11-21T12:00:00Z') });
});
afterEach(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function stage(...sources: readonly string[]): Promise<Output<'catalog.stageOffers'>> {
  const report = await engine.call('catalog.stageOffers', { sources: [...sources] });
  return methods['catalog.stageOffers'].output.parse(report);
}

async function take(...sources: readonly string[]): Promise<Output<'catalog.stageOffers'>> {
  const { version } = await stage(...sources);
  return engine.call('catalog.takeOffers', { version: version ?? 0 });
}

/** USD for the quoted number of units, and the layer that says so. */
async function quoted(
  model: string,
  meter: 'input' | 'output' | 'vcpu_hour',
  region: string,
  parts: { date?: string; regionTier?: 'global' | 'regional' } = {},
): Promise<unknown> {
  const { answers } = await engine.call('catalog.price', {
    model,
    meter,
    region,
    mode: 'on_demand',
    regionTier: 'regional',
    ...parts,
  });
  return answers.map(
    ({ usdLow, per, layer, missingReason }) => missingReason ?? `${usdLow} / ${per}, ${layer}`,
  );
}

describe('golden offer files', () => {
  test('a bulk JSON, a CSV and a get-products answer make one version with all their rows priced', async () => {
    const report = await take(FOUNDATION, BEDROCK, AGENTCORE);
    expect(
      report.files.map(({ shape, offerCodes, published, complete, rows }) => [
        shape,
        offerCodes.join(),
        published,
        complete,
        rows,
      ]),
    ).toEqual([
      [
        'bulk_json',
        'AmazonBedrockFoundationModels',
        '2026-09-30',
        true,
        { read: 31, priced: 31, repeated: 0, unpriced: 0 },
      ],
      ['csv', 'AmazonBedrock', '2026-08-02', true, { read: 16, priced: 16, repeated: 0, unpriced: 0 }],
      [
        'get_products',
        'AmazonBedrockAgentCore',
        '2026-09-01',
        false,
        { read: 7, priced: 7, repeated: 0, unpriced: 0 },
      ],
    ]);
    expect(report.changes).toEqual({ new: 0, changed: 0, vanished: 0, scheduled: 0, confirmed: 54 });
  });

  type Terms = {
    [id: string]: { priceDimensions: { [id: string]: { pricePerUnit: { USD: string }; unit: string } } };
  };
  const bulk = JSON.parse(readFileSync(FOUNDATION, 'utf8')) as {
    products: { [sku: string]: { attributes: { [name: string]: string } } };
    terms: { OnDemand: { [sku: string]: Terms } };
  };
  const jsonRows = Object.entries(bulk.products).map(([sku, { attributes }]) => {
    const dimension = Object.values(Object.values(bulk.terms.OnDemand[sku]!)[0]!.priceDimensions)[0]!;
    return {
      sku,
      usageType: attributes.usagetype!,
      model: attributes.servicename!,
      unit: dimension.unit,
      usd: dimension.pricePerUnit.USD,
    };
  });
  const csvRows = Papa.parse<string[]>(readFileSync(BEDROCK, 'utf8').trim())
    .data.slice(6)
    .map((cells) => ({
      sku: cells[0]!,
      usageType: cells[15]!,
      model: cells[19]!,
      unit: cells[8]!,
      usd: cells[9]!,
    }));

  test.each([...jsonRows, ...csvRows])(
    '$usageType of “$model” is $usd per $unit',
    async ({ sku, usd, unit }) => {
      await take(FOUNDATION, BEDROCK);
      const { rows } = await engine.call('catalog.search', { text: sku, limit: 2000 });
      expect(rows).toHaveLength(1);
      const scale = unit.startsWith('1K') ? 1000 : unit.startsWith('1M') ? 1_000_000 : 1;
      // Exact: the decimal point is moved, nothing is multiplied.
      expect(rows[0]!.usd).toBe(Number(`${usd}e${Math.log10(rows[0]!.per / scale)}`));
    },
  );

  test('the same file gzipped, with CRLF or without its metadata lines reads the same', async () => {
    const text = readFileSync(BEDROCK, 'utf8');
    const bare = text.split('\n').slice(5).join('\n');
    const crlf = text.replaceAll('\n', '\r\n');
    const rows = [];
    for (const [name, content] of [
      ['a.csv.gz', gzipSync(text)],
      ['crlf.csv', crlf],
      ['bare.csv', bare],
    ] as const) {
      const { files } = await stage(file(name, content));
      rows.push([files[0]!.rows.priced, files[0]!.publishedStated, files[0]!.complete, files[0]!.published]);
    }
    expect(rows).toEqual([
      [16, true, true, '2026-08-02'],
      [16, true, true, '2026-08-02'],
      [16, false, false, '2026-07-01'],
    ]);
  });

  test('get-products as an array and as one product a line', async () => {
    const { PriceList } = JSON.parse(readFileSync(AGENTCORE, 'utf8')) as { PriceList: string[] };
    const shapes = [JSON.stringify(PriceList), `[${PriceList.join(',\n')}]`, `${PriceList.join('\n')}\n`];
    for (const [index, shape] of shapes.entries()) {
      const { files } = await stage(file(`${index}.json`, shape));
      expect([index, files[0]!.shape, files[0]!.rows.priced]).toEqual([index, 'get_products', 7]);
    }
  });
});

/** An offer of one region with these amounts a thousand tokens; null leaves the row out. */
function offer(
  published: string,
  effective: string,
  input: string,
  output: string | null,
  unit = '1K tokens',
): string {
  const header =
    'SKU,OfferTermCode,RateCode,TermType,PriceDescription,EffectiveDate,StartingRange,EndingRange,Unit,PricePerUnit,Currency,serviceCode,usageType,Region Code,Model';
  const row = (meter: string, amount: string): string =>
    `S${meter},J,R,OnDemand,"$${amount}, as text",${effective},0,Inf,${unit},${amount},USD,AmazonBedrock,USE1-NovaLite-${meter}-tokens,us-east-1,Nova Lite`;
  return [
    'FormatVersion,v1.0',
    `Publication Date,${published}T00:00:00Z`,
    header,
    row('input', input),
    ...(output === null ? [] : [row('output', output)]),
  ].join('\n');
}

describe('versions', () => {
  test('a price change holds from its day on; before it, the earlier price; a vanished one falls back', async () => {
    await take(file('a.csv', offer('2026-09-02', '2026-09-01', '0.00007', '0.00028')));
    const report = await take(file('b.csv', offer('2026-10-02', '2026-10-01', '0.00008', null)));
    expect(report.changes).toEqual({ new: 0, changed: 1, vanished: 1, scheduled: 0, confirmed: 0 });
    expect(await quoted('Nova Lite', 'input', 'us-east-1', { date: '2026-08-31' })).toEqual([
      '0.06 / 1000000, bundled',
    ]);
    expect(await quoted('Nova Lite', 'input', 'us-east-1', { date: '2026-09-30' })).toEqual([
      '0.07 / 1000000, offer',
    ]);
    expect(await quoted('Nova Lite', 'input', 'us-east-1', { date: '2026-10-01' })).toEqual([
      '0.08 / 1000000, offer',
    ]);
    expect(await quoted('Nova Lite', 'output', 'us-east-1', { date: '2026-10-01' })).toEqual([
      '0.28 / 1000000, offer',
    ]);
    expect(await quoted('Nova Lite', 'output', 'us-east-1', { date: '2026-10-02' })).toEqual([
      '0.24 / 1000000, bundled',
    ]);
    const diff = await engine.call('catalog.diff', { from: 1, to: 2 });
    expect(
      diff.rows.map(({ kind, meter, before, after, share }) => [kind, meter, before?.low, after?.low, share]),
    ).toEqual([
      ['changed', 'input', 0.07, 0.08, expect.closeTo(1 / 7, 12)],
      ['vanished', 'output', 0.28, 0.24, expect.closeTo(-1 / 7, 12)],
    ]);
  });

  test('a price of tomorrow is scheduled, and holds from its day', async () => {
    await take(file('a.csv', offer('2026-11-01', '2026-09-01', '0.00006', '0.00024')));
    const report = await take(file('b.csv', offer('2026-11-20', '2026-12-01', '0.00003', '0.00024')));
    expect(report.changes).toEqual({ new: 0, changed: 0, vanished: 0, scheduled: 1, confirmed: 2 });
    expect(await quoted('Nova Lite', 'input', 'us-east-1')).toEqual(['0.06 / 1000000, offer']);
    expect(await quoted('Nova Lite', 'input', 'us-east-1', { date: '2026-12-01' })).toEqual([
      '0.03 / 1000000, offer',
    ]);
  });

  test('any version can be put back in use, also the bundled catalog, and none is lost', async () => {
    await take(file('a.csv', offer('2026-09-02', '2026-09-01', '0.00007', '0.00028')));
    await take(file('b.csv', offer('2026-10-02', '2026-10-01', '0.00008', null)));
    const seen = [];
    for (const version of [1, null, 2]) {
      const { versions } = await engine.call('catalog.rollback', { version });
      expect(versions.map(({ id }) => id)).toEqual([2, 1, null]);
      seen.push([versions.find(({ inUse }) => inUse)?.id, await quoted('Nova Lite', 'input', 'us-east-1')]);
    }
    expect(seen).toEqual([
      [1, ['0.07 / 1000000, offer']],
      [null, ['0.06 / 1000000, bundled']],
      [2, ['0.08 / 1000000, offer']],
    ]);
    await expect(engine.call('catalog.rollback', { version: 9 })).rejects.toThrow(
      'There is no catalog version 9. Held: bundled, 1, 2.',
    );
  });

  test('a file that is held already is not staged again; what was staged over another version is refused', async () => {
    const first = file('a.csv', offer('2026-09-02', '2026-09-01', '0.00007', '0.00028'));
    await take(first);
    expect(await stage(first)).toMatchObject({ state: 'unchanged', version: 1 });
    const { version } = await stage(file('b.csv', offer('2026-10-02', '2026-10-01', '0.00008', null)));
    await engine.call('catalog.rollback', { version: null });
    await expect(engine.call('catalog.takeOffers', { version: version! })).rejects.toThrow('was staged over');
    await engine.call('catalog.dropOffers', {});
    const { versions } = await engine.call('catalog.versions', {});
    expect(versions.map(({ id }) => id)).toEqual([1, null]);
  });

  test('a price a thousand times off is taken as stated and flagged', async () => {
    const { flags } = await stage(file('a.csv', offer('2026-09-02', '2026-09-01', '0.06', '0.00024')));
    expect(flags).toEqual([
      {
        id: 'Nova Lite/input/on_demand/us-east-1/regional',
        problem: '0.06 before, 60 now: more than 5 times apart',
      },
      { id: expect.stringContaining('USE1-NovaLite-output-tokens'), problem: 'output below input' },
    ]);
  });
});

describe('what is no price', () => {
  test('an unknown unit is kept as it stood and not priced', async () => {
    const report = await take(file('a.csv', offer('2026-09-02', '2026-09-01', '0.06', '0.24', 'Kilotoken')));
    expect(report.files[0]!.rows).toEqual({ read: 2, priced: 0, repeated: 0, unpriced: 2 });
    expect(report.files[0]!.problems).toEqual([
      {
        reason: 'unknown_unit',
        rows: 2,
        examples: [
          'USE1-NovaLite-input-tokens, unit “Kilotoken”',
          'USE1-NovaLite-output-tokens, unit “Kilotoken”',
        ],
      },
    ]);
    const { rows } = await engine.call('catalog.unpricedOfferRows', { version: 1 });
    expect(rows.map(({ reason, unit, amount }) => [reason, unit, amount])).toEqual([
      ['unknown_unit', 'Kilotoken', '0.06'],
      ['unknown_unit', 'Kilotoken', '0.24'],
    ]);
    expect(await quoted('Nova Lite', 'input', 'us-east-1')).toEqual(['0.06 / 1000000, bundled']);
  });

  test.each([
    ['tiered_price', ['0,Inf', '0,1000']],
    ['other_currency', [',USD,', ',CNY,']],
    ['not_on_demand_term', ['OnDemand', 'Reserved']],
    ['unknown_usage_type', ['NovaLite-input-tokens', 'NovaLite-hyper-tokens']],
    ['no_region', [',us-east-1,', ',,']],
  ] as const)('%s', async (reason, [from, to]) => {
    const text = offer('2026-09-02', '2026-09-01', '0.00006', null).replace(from, to);
    // Without the column, the usage type's own prefix still names a region: take that away too.
    const { files } = await stage(file('a.csv', reason === 'no_region' ? text.replace('USE1-', '') : text));
    expect(files[0]!.problems.map((problem) => problem.reason)).toEqual([reason]);
  });
});

describe('bad files are refused with line and reason, and change nothing', () => {
  const csv = offer('2026-09-02', '2026-09-01', '0.00006', '0.00024');
  const json = readFileSync(FOUNDATION, 'utf8');
  test.each([
    [
      'a price that is none',
      'x.csv',
      csv.replace(',0.00024,', ',$0.00024,'),
      'line 5: “$0.00024” is no price',
    ],
    [
      'a date that is none',
      'x.csv',
      csv.replace('2026-09-01', '09/01/2026'),
      'line 4: “09/01/2026” is no effective date',
    ],
    ['a row cut short', 'x.csv', csv.slice(0, -20), 'line 5: the row has 13 columns and the header 15'],
    ['a quote left open', 'x.csv', csv.slice(0, csv.lastIndexOf('as text"')), 'line 5: '],
    [
      'another service',
      'x.csv',
      csv.replaceAll('AmazonBedrock', 'AmazonEC2'),
      'line 4: it is an offer of AmazonEC2',
    ],
    ['a column missing', 'x.csv', csv.replace('usageType', 'usage'), 'line 3: the header lacks usagetype'],
    ['no offer at all', 'x.csv', 'hello\nworld\n', 'neither JSON nor a CSV'],
    ['JSON cut short', 'x.json', json.slice(0, 5000), 'it is not JSON from there on'],
    [
      'JSON with a stray brace',
      'x.json',
      json.replace('"products"', '}"products"'),
      'line 7: it is not JSON',
    ],
    [
      'a price in JSON that is none',
      'x.json',
      json.replace('"4.4000000000"', '"four"'),
      '“four” is no price (SKU FM00000000000001',
    ],
    [
      'another JSON',
      'x.json',
      '{"name": "x"}',
      'line 1: it is neither an offer file nor an answer of get-products',
    ],
    ['another service’s JSON', 'x.json', '{"offerCode": "AmazonEC2"}', 'it is an offer of AmazonEC2'],
    ['an empty offer', 'x.json', '{"offerCode": "AmazonBedrock", "products": {}}', 'it lists no products'],
    ['a damaged gzip', 'x.json.gz', gzipSync(json).subarray(0, 900), 'it ends too early'],
  ])('%s', async (_what, name, content, message) => {
    await take(BEDROCK);
    const path = file(name, content);
    await expect(engine.call('catalog.stageOffers', { sources: [FOUNDATION, path] })).rejects.toThrow(
      message,
    );
    await expect(engine.call('catalog.stageOffers', { sources: [path] })).rejects.toThrow(path);
    const { versions } = await engine.call('catalog.versions', {});
    expect(versions.map(({ id, inUse }) => [id, inUse])).toEqual([
      [1, true],
      [null, false],
    ]);
  });
});
