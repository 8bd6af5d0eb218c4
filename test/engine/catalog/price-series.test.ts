// Pricing a batch in a real workspace: each line's catalog amount is recomputed here from the quantity and the list price.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BUNDLED_CATALOG, makeCatalog } from '../../../shared/domain/pricing/catalog.ts';
import { bringUpToDate, priceBatch } from '../../../src-main/engine/catalog/price-series.ts';
import { rebuildDaily } from '../../../src-main/engine/db/daily.ts';
import { closeWorkspace, type Db, openWorkspace } from '../../../src-main/engine/db/open.ts';

let db: Db;
beforeEach(() => {
  db = openWorkspace(':memory:');
  db.exec(`INSERT INTO import_batch (id, state, started_at) VALUES (1, 'staged', ''), (2, 'active', '');
    INSERT INTO delivery (id, batch_id, payer, kind, report, period, billing_entity, estimated)
      VALUES (1, 1, 'p', 'cur-2.0', 'r', '2026-09', 'AWS', 0), (2, 2, 'p', 'cur-2.0', 'r', '2026-08', 'AWS', 0);`);
});
afterEach(() => closeWorkspace(db));

const DAY = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

type Series = { [column: string]: string | number | null };
const NOVA_PRO_INPUT = {
  provider: 'Amazon',
  model: 'Nova Pro',
  meter: 'input',
  region: 'us-east-1',
  region_tier: 'regional',
  currency: 'USD',
  multiplier: 1000,
} satisfies Series;

function word(dictionary: string, text: string | number | null | undefined): number | null {
  if (text === null || text === undefined) return null;
  db.prepare(`INSERT OR IGNORE INTO dim_${dictionary} (text) VALUES (?)`).run(text);
  const row = db.prepare(`SELECT id FROM dim_${dictionary} WHERE text = ?`).get(text) as { id: number };
  return row.id;
}

function series(changes: Series = {}): number {
  const all: Series = {
    ...NOVA_PRO_INPUT,
    line_class: 'bedrock',
    is_usage: 1,
    counts_quantity: 1,
    rule_id: 'r',
    mode: 'on_demand',
    term: 'none',
    context_band: 'standard',
    ...changes,
  };
  for (const dictionary of ['provider', 'model', 'variant', 'region', 'currency'])
    all[dictionary] = word(dictionary, all[dictionary]);
  const columns = Object.keys(all);
  const statement = db.prepare(
    `INSERT INTO line_series (key, ${columns.join()}) VALUES (?, ${columns.map(() => '?').join()})`,
  );
  return Number(statement.run(crypto.randomUUID(), ...Object.values(all)).lastInsertRowid);
}

function line(
  seriesId: number,
  quantity: number | null,
  from = '2026-09-10',
  days = 1,
  delivery = 1,
): number {
  const day = DAY(from);
  const statement = db.prepare(
    `INSERT INTO line_item (batch_id, delivery_id, file_id, record_number, series_id, day, start_second, end_second, quantity, unblended)
     VALUES (?, ?, 1, 1, ?, ?, ?, ?, ?, 1)`,
  );
  return Number(
    statement.run(delivery, delivery, seriesId, day, day * 86_400, (day + days) * 86_400, quantity)
      .lastInsertRowid,
  );
}

function amounts(id: number): [number | null, number | null] {
  const row = db
    .prepare('SELECT catalog_low AS low, catalog_high AS high FROM line_item WHERE id = ?')
    .get(id) as { low: number | null; high: number | null };
  return [row.low, row.high];
}

const price = { ...BUNDLED_CATALOG.prices.find((one) => one.id === 'nova-pro/input/regional/us-east-1')! };
const cutCatalog = makeCatalog(
  'cut',
  'bundled',
  [],
  [
    { ...price, id: 'before', usd: 3 },
    { ...price, id: 'after', usd: 2, effectiveFrom: '2026-09-15' },
  ],
);

describe('catalog amounts of lines', () => {
  test('quantity × multiplier × list price: 5,000 thousands of Nova Pro input at 0.80 a million are 4.00', async () => {
    const id = line(series(), 5000);
    await priceBatch(db, 1);
    expect(amounts(id)).toEqual([expect.closeTo(4, 12), expect.closeTo(4, 12)]);
  });

  test.each([
    ['the unit is unknown', { multiplier: null }, 'priced', null],
    ['the model is not in the catalog', { model: 'Nova Imaginary' }, 'missing', 'unknown_model'],
    ['the rules found no meter', { meter: null }, 'missing', 'not_priced_by_meter'],
    ['the bill is in rupees', { currency: 'INR' }, 'missing', 'no_price_in_currency'],
    ['the quantity does not count', { counts_quantity: 0 }, 'priced', null],
  ])('none, and no zero, where %s', async (_why, changes, status, reason) => {
    const seriesId = series(changes);
    const id = line(seriesId, 5000);
    await priceBatch(db, 1);
    expect(amounts(id)).toEqual([null, null]);
    expect(
      db.prepare('SELECT status, missing_reason FROM series_price WHERE series_id = ?').all(seriesId),
    ).toEqual([{ status, missing_reason: reason }]);
  });

  test('lines that are not usage are not priced', async () => {
    const tax = series({ is_usage: 0, rule_id: null, meter: null });
    line(tax, null);
    await priceBatch(db, 1);
    expect(db.prepare('SELECT COUNT(*) AS n FROM series_price').get()).toEqual({ n: 0 });
  });

  test('a price of zero is a price', async () => {
    const id = line(series({ meter: 'cache_write_5m' }), 5000);
    await priceBatch(db, 1);
    expect(amounts(id)).toEqual([0, 0]);
  });

  test('10 million tokens across a cut from 3 to 2 are worth 20 to 30; whole days on either side one price', async () => {
    const seriesId = series();
    const before = line(seriesId, 10_000, '2026-09-14');
    const after = line(seriesId, 10_000, '2026-09-15');
    const across = line(seriesId, 10_000, '2026-09-14', 2);
    const month = line(seriesId, 10_000, '2026-09-01', 30);
    await priceBatch(db, 1, cutCatalog);
    expect([before, after, across, month].map(amounts)).toEqual([
      [expect.closeTo(30, 9), expect.closeTo(30, 9)],
      [expect.closeTo(20, 9), expect.closeTo(20, 9)],
      [expect.closeTo(20, 9), expect.closeTo(30, 9)],
      [expect.closeTo(20, 9), expect.closeTo(30, 9)],
    ]);
  });

  test('a correction (negative quantity) has the amount of its usage, negated, low below high', async () => {
    const id = line(series(), -10_000, '2026-09-14', 2);
    await priceBatch(db, 1, cutCatalog);
    expect(amounts(id)).toEqual([expect.closeTo(-30, 9), expect.closeTo(-20, 9)]);
  });

  test('other batches are left alone', async () => {
    const seriesId = series();
    const other = line(seriesId, 5000, '2026-08-10', 1, 2);
    line(seriesId, 5000);
    await priceBatch(db, 1);
    expect(amounts(other)).toEqual([null, null]);
  });

  test('totals of a batch agree with a recomputation from the catalog file', async () => {
    const regions = ['us-east-1', 'eu-west-3', 'ap-south-1'];
    const meters = ['input', 'output', 'cache_read'];
    let expected = 0;
    for (const [index, region] of regions.entries()) {
      for (const meter of meters) {
        const seriesId = series({ region, meter });
        const listed = BUNDLED_CATALOG.prices.find(
          (one) => one.id === `nova-pro/${meter}/regional/${region}`,
        )!;
        for (let day = 1; day <= 20; day += 1) {
          const quantity = (index + 1) * day * 12.5;
          line(seriesId, quantity, `2026-09-${String(day).padStart(2, '0')}`);
          expected += (quantity * 1000 * listed.usd) / 1_000_000;
        }
      }
    }
    await priceBatch(db, 1);
    const sums = db
      .prepare(
        'SELECT SUM(catalog_low) AS low, SUM(catalog_high) AS high, COUNT(catalog_low) AS n FROM line_item',
      )
      .get();
    expect(sums).toEqual({ low: expect.closeTo(expected, 9), high: expect.closeTo(expected, 9), n: 180 });
  });
});

describe('what is kept about a price', () => {
  test('the catalog version, the price and the days it holds', async () => {
    const seriesId = series();
    line(seriesId, 1);
    await priceBatch(db, 1, cutCatalog);
    expect(
      db
        .prepare(
          'SELECT to_day + 1 - from_day AS days, catalog_version AS version, status, usd_per_unit_low AS usd, price_ids AS ids FROM series_price ORDER BY from_day',
        )
        .all(),
    ).toEqual([
      { days: DAY('2026-09-15'), version: 'cut', status: 'priced', usd: 3e-6, ids: '["before"]' },
      { days: expect.any(Number), version: 'cut', status: 'priced', usd: 2e-6, ids: '["after"]' },
    ]);
  });

  test('pricing twice changes nothing', async () => {
    const id = line(series(), 5000);
    await priceBatch(db, 1);
    const once = [amounts(id), db.prepare('SELECT * FROM series_price').all()];
    await priceBatch(db, 1);
    expect([amounts(id), db.prepare('SELECT * FROM series_price').all()]).toEqual(once);
  });

  describe('after the catalog changed', () => {
    const RUN = new AbortController().signal;
    let seriesId: number;
    let ids: number[];
    beforeEach(async () => {
      seriesId = series();
      ids = ['2026-09-20', '2026-09-21'].map((day) => line(seriesId, 10_000, day));
      await priceBatch(db, 1);
      await rebuildDaily(db, 1);
    });
    const daily = (): unknown[] =>
      db.prepare('SELECT catalog_low AS low, unpriced FROM daily ORDER BY day').all();

    test('lines and daily sums are priced again, once', async () => {
      expect(await bringUpToDate(db, cutCatalog, RUN)).toBe(true);
      expect(ids.map(amounts)).toEqual(Array(2).fill([expect.closeTo(20, 9), expect.closeTo(20, 9)]));
      expect(daily()).toEqual(Array(2).fill({ low: expect.closeTo(20, 9), unpriced: 0 }));
      expect(await bringUpToDate(db, cutCatalog, RUN)).toBe(false);
    });

    test('what lost its price is unpriced, not free', async () => {
      await bringUpToDate(db, makeCatalog('empty', 'bundled', [], []), RUN);
      expect(ids.map(amounts)).toEqual(Array(2).fill([null, null]));
      expect(daily()).toEqual(Array(2).fill({ low: null, unpriced: 1 }));
    });

    test('an import prices everything by the new catalog first', async () => {
      const august = line(seriesId, 10_000, '2026-08-20', 1, 2);
      await priceBatch(db, 2, cutCatalog);
      expect(ids.map((id) => amounts(id)[0])).toEqual([expect.closeTo(20, 9), expect.closeTo(20, 9)]);
      expect(amounts(august)).toEqual([expect.closeTo(30, 9), expect.closeTo(30, 9)]);
    });

    test('stopped half way, the next call starts over', async () => {
      const stop = new AbortController();
      const running = bringUpToDate(db, cutCatalog, stop.signal);
      await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      await expect(running).rejects.toThrow(/abort/iu);
      expect(daily()).toEqual(Array(2).fill({ low: expect.closeTo(8, 9), unpriced: 0 }));
      expect(await bringUpToDate(db, cutCatalog, RUN)).toBe(true);
      expect(ids.map((id) => amounts(id)[0])).toEqual([expect.closeTo(20, 9), expect.closeTo(20, 9)]);
      expect(daily()).toEqual(Array(2).fill({ low: expect.closeTo(20, 9), unpriced: 0 }));
    });
  });
});
