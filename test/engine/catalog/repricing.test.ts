// Pricing again after the catalog changed: what is left alone, and that the result is the one of pricing everything anew.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BUNDLED_CATALOG,
  type Catalog,
  makeCatalog,
  withContract,
} from '../../../shared/domain/pricing/catalog.ts';
import { makeContractRates } from '../../../shared/domain/pricing/contract-price.ts';
import { EVERY, OVERRIDE_PARTS, type Override } from '../../../shared/domain/pricing/override.ts';
import type { CatalogPrice } from '../../../shared/domain/pricing/price.ts';
import { createSeriesPricer } from '../../../src-main/engine/catalog/line-amounts.ts';
import { bringUpToDate, priceBatch } from '../../../src-main/engine/catalog/price-series.ts';
import { rebuildDaily } from '../../../src-main/engine/db/daily.ts';
import { closeWorkspace, type Db, openWorkspace } from '../../../src-main/engine/db/open.ts';
import type { SeriesDescription } from '../../../src-main/engine/db/series.ts';
import { NO_AMOUNTS } from '../../../src-main/engine/db/staging.ts';

/** Texts that no price depends on. */
const NO_TEXTS = {
  statedRegion: null,
  payer: null,
  account: null,
  invoice: null,
  legalEntity: null,
  principal: null,
  tagSet: null,
  costCategorySet: null,
  billingEntity: null,
  productCode: null,
  productName: null,
  productModel: null,
  usageType: null,
  operation: null,
  chargeType: null,
  unit: null,
  description: null,
  resource: null,
};

const METERS = ['input', 'output', 'cache_read'] as const;
type Meter = (typeof METERS)[number];
const DAY = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
const RUN = new AbortController().signal;

type Line = {
  readonly meter: Meter;
  readonly day: string;
  readonly days: number;
  readonly quantity: number | null;
  readonly unblended: number;
  readonly list: number | null;
};

/** One batch of Nova Pro lines, a series a meter; `id` of a series is its place in METERS, from 1. */
async function workspace(lines: readonly Line[], catalog: Catalog): Promise<Db> {
  const db = openWorkspace(':memory:');
  db.exec(`INSERT INTO import_batch (id, state, started_at) VALUES (1, 'active', '');
    INSERT INTO delivery (id, batch_id, payer, kind, report, period, billing_entity, estimated, active)
      VALUES (1, 1, 'p', 'cur-2.0', 'r', '2026-09', 'AWS', 0, 1);
    INSERT INTO dim_currency (id, text) VALUES (1, 'USD');
    INSERT INTO dim_provider (id, text) VALUES (1, 'Amazon');
    INSERT INTO dim_model (id, text) VALUES (1, 'Nova Pro');
    INSERT INTO dim_region (id, text) VALUES (1, 'us-east-1');`);
  const series =
    db.prepare(`INSERT INTO line_series (id, key, line_class, is_usage, counts_quantity, rule_id, provider,
      model, region, currency, meter, mode, term, region_tier, context_band, multiplier)
    VALUES (?, ?, 'bedrock', 1, 1, 'r', 1, 1, 1, 1, ?, 'on_demand', 'none', 'regional', 'standard', 1000)`);
  for (const [index, meter] of METERS.entries()) series.run(index + 1, meter, meter);
  const insert =
    db.prepare(`INSERT INTO line_item (batch_id, delivery_id, file_id, record_number, series_id, day,
      start_second, end_second, quantity, unblended, net_unblended, list)
    VALUES (1, 1, 1, 1, ?, ?, ?, ?, ?, ?, ?, ?)`);
  for (const { meter, day, days, quantity, unblended, list } of lines) {
    const first = DAY(day);
    const span = [first * 86_400, (first + days) * 86_400];
    insert.run(METERS.indexOf(meter) + 1, first, ...span, quantity, unblended, unblended, list);
  }
  await priceBatch(db, 1, catalog);
  await rebuildDaily(db, 1);
  return db;
}

const listed = (meter: Meter): CatalogPrice => {
  const price = BUNDLED_CATALOG.prices.find(({ id }) => id === `nova-pro/${meter}/regional/us-east-1`);
  if (price === undefined) throw new Error(`no price of ${meter}`);
  return price;
};

const catalogOf = (version: string, ...prices: readonly Partial<CatalogPrice>[]): Catalog =>
  makeCatalog(
    version,
    'bundled',
    [],
    prices.map((price, index) => ({
      ...listed((price.meter ?? 'input') as Meter),
      id: `${index}`,
      ...price,
    })),
  );

const all = (db: Db, table: string, order: string): unknown[] =>
  db.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).all();

/** Everything that pricing sets; `facts` in series_price beside the version that wrote them. */
const priced = (db: Db): unknown => ({
  lines: all(db, 'line_item', 'id'),
  daily: db
    .prepare(
      `SELECT day, series_id, line_items, quantity, unblended, list, catalog_low, catalog_high,
         contract_low, contract_high, unpriced FROM daily
       ORDER BY day, series_id, list IS NULL, quantity IS NULL, contract_low IS NULL`,
    )
    .all(),
  prices: db
    .prepare(
      `SELECT series_id, from_day, to_day, status, usd_per_unit_low, usd_per_unit_high, range_reason, missing_reason,
         price_ids, contract_low, contract_high, override_numbers FROM series_price ORDER BY 1, 2`,
    )
    .all(),
});

const invoiced = (db: Db): unknown => [
  db
    .prepare('SELECT id, series_id, day, quantity, unblended, net_unblended, list FROM line_item ORDER BY id')
    .all(),
  db
    .prepare(
      `SELECT day, series_id, SUM(line_items), SUM(quantity), SUM(unblended), SUM(net_unblended), SUM(list) FROM daily
       GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    .all(),
];

describe('what is left alone', () => {
  const LINES: readonly Line[] = METERS.map((meter) => ({
    meter,
    day: '2026-09-10',
    days: 1,
    quantity: 1000,
    unblended: 1,
    list: null,
  }));
  const FIRST = catalogOf('first', { meter: 'input', usd: 3 }, { meter: 'output', usd: 9 });

  /** Marks every amount, so that one that is written again shows. */
  async function marked(next: Catalog): Promise<{ amounts: unknown[]; steps: number; repriced: boolean }> {
    const db = await workspace(LINES, FIRST);
    db.exec('UPDATE line_item SET catalog_low = 777');
    let steps = 0;
    const repriced = await bringUpToDate(db, next, RUN, () => {
      steps += 1;
    });
    const amounts = db.prepare('SELECT catalog_low FROM line_item ORDER BY series_id').pluck().all();
    closeWorkspace(db);
    return { amounts, steps, repriced };
  }

  test('series whose price stays: 1 million input tokens are written again, output tokens are not', async () => {
    const next = catalogOf('next', { meter: 'input', usd: 2 }, { meter: 'output', usd: 9 });
    expect(await marked(next)).toMatchObject({ amounts: [expect.closeTo(2, 9), 777, 777], repriced: true });
  });

  test('days on which the price stays: a cut announced for next year touches no line', async () => {
    const cut = { meter: 'input', usd: 1, effectiveFrom: '2027-01-01' } as const;
    const next = catalogOf('next', { meter: 'input', usd: 3 }, cut, { meter: 'output', usd: 9 });
    expect(await marked(next)).toEqual({ amounts: [777, 777, 777], steps: 0, repriced: false });
  });

  test('the same price from another source touches no line, and the source is kept', async () => {
    const db = await workspace(LINES, FIRST);
    const next = catalogOf('next', { meter: 'input', usd: 3, id: 'elsewhere' }, { meter: 'output', usd: 9 });
    expect(await bringUpToDate(db, next, RUN)).toBe(false);
    const ids = db.prepare('SELECT price_ids FROM series_price ORDER BY series_id').pluck().all();
    expect(ids).toEqual(['["elsewhere"]', '["1"]', '[]']);
    closeWorkspace(db);
  });
});

const line = fc.record({
  meter: fc.constantFrom(...METERS),
  day: fc.constantFrom('2026-09-01', '2026-09-14', '2026-09-15', '2026-09-30'),
  days: fc.constantFrom(1, 2, 30),
  quantity: fc.oneof(fc.integer({ min: -50, max: 5000 }), fc.constant(null)),
  // Quarters, so that sums are exact however lines are grouped.
  unblended: fc.integer({ min: -20, max: 200 }).map((quarters) => quarters / 4),
  list: fc.constantFrom(null, 1.5),
});
const price = fc.record({
  meter: fc.constantFrom(...METERS),
  usd: fc.constantFrom(0, 0.8, 2, 3),
  effectiveFrom: fc.constantFrom(null, '2026-09-02', '2026-09-15', '2027-01-01'),
  regionTier: fc.constantFrom('geo' as const, 'in_region' as const),
});
const rate = fc.record({
  meter: fc.constantFrom(EVERY, ...METERS),
  off: fc.constantFrom(0.1, 0.25),
  from: fc.constantFrom(null, '2026-09-15'),
});
/** A catalog's prices, and at times contract rates over them. */
const state = fc.record({
  prices: fc.array(price, { maxLength: 6 }),
  rates: fc.array(rate, { maxLength: 2 }),
});

function catalogIn(
  { prices, rates }: typeof state extends fc.Arbitrary<infer State> ? State : never,
  name: string,
) {
  const every = Object.fromEntries(OVERRIDE_PARTS.map((part) => [part, EVERY])) as Override['scope'];
  const overrides = rates.map(
    ({ meter, off, from }, index): Override => ({
      number: index + 1,
      scope: { ...every, meter },
      rate: { kind: 'percent', off },
      from,
      to: null,
      note: '',
    }),
  );
  return withContract(
    catalogOf(name, ...prices),
    makeContractRates(rates.length === 0 ? null : name, overrides),
  );
}

test('one catalog after the other ends where pricing with the last one alone does, and nothing invoiced moves', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 12 }),
      fc.array(state, { minLength: 2, maxLength: 4 }),
      async (lines, catalogs) => {
        const versions = catalogs.map((some, index) => catalogIn(some, `v${index}`));
        const [first, last] = [versions[0], versions.at(-1)];
        if (first === undefined || last === undefined) return;
        const db = await workspace(lines, first);
        const before = invoiced(db);
        for (const next of versions.slice(1)) await bringUpToDate(db, next, RUN);
        const fresh = await workspace(lines, last);
        expect(priced(db)).toEqual(priced(fresh));
        expect(invoiced(db)).toEqual(before);
        closeWorkspace(db);
        closeWorkspace(fresh);
      },
    ),
    { numRuns: 60 },
  );
});

/** What the importer knows of the series of `workspace`. */
const imported = (meter: Meter): SeriesDescription => ({
  ...NO_TEXTS,
  currency: 'USD',
  summedAs: null,
  meaning: {
    lineClass: 'bedrock',
    service: 'AmazonBedrock',
    region: 'us-east-1',
    isUsage: true,
    countsQuantity: true,
    classification: {
      family: 'inference',
      provider: 'Amazon',
      model: 'Nova Pro',
      meter,
      variant: null,
      mode: 'on_demand',
      term: 'none',
      regionTier: 'regional',
      contextBand: 'standard',
      ruleId: 'r',
    },
    modelTier: null,
    unit: { baseUnit: 'token', multiplier: 1000 },
    decision: null,
  },
});

test('a line has the same amounts priced while it is imported as priced in the file afterwards', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), state, async (lines, some) => {
      const catalog = catalogIn(some, 'v');
      const db = await workspace(lines, catalog);
      const pricer = createSeriesPricer(catalog);
      const early = lines.map(({ meter, day, days, quantity }) => {
        const first = DAY(day);
        const { catalogLow, catalogHigh, contractLow, contractHigh } =
          pricer(imported(meter))?.(quantity, first, first + days - 1) ?? NO_AMOUNTS;
        // SQLite knows no negative zero.
        return [catalogLow, catalogHigh, contractLow, contractHigh].map((amount) =>
          amount === null ? null : amount + 0,
        );
      });
      const late = db.prepare('SELECT catalog_low, catalog_high, contract_low, contract_high FROM line_item');
      expect(early).toEqual(late.raw().all());
      closeWorkspace(db);
    }),
    { numRuns: 100 },
  );
});
