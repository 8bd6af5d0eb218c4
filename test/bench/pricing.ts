// Times a price look-up, and pricing a whole workspace again after the catalog changed, as ratios to one plain sum
// over the same lines: `node test/bench/pricing.ts --lines 1000000`, and at the end of `npm run bench`.
import { parseArgs } from 'node:util';
import { BUNDLED_CATALOG, makeCatalog, stackCatalogs } from '../../shared/domain/pricing/catalog.ts';
import { lookUpPrice } from '../../shared/domain/pricing/lookup.ts';
import type { PriceKey } from '../../shared/domain/pricing/price.ts';
import { bringUpToDate } from '../../src-main/engine/catalog/price-series.ts';
import { rebuildDaily } from '../../src-main/engine/db/daily.ts';
import { closeWorkspace, type Db, openWorkspace } from '../../src-main/engine/db/open.ts';

const { values } = parseArgs({
  options: { lines: { type: 'string', default: '1000000' } },
  strict: false,
});
const lines = Number(values.lines ?? '1000000');
const DAYS = 90;
const FIRST_DAY = 20_600;

const keys = BUNDLED_CATALOG.prices
  .filter(({ region }) => region !== null)
  .map(
    ({ provider, model, meter, variant, mode, term, region, regionTier, contextBand }): PriceKey => ({
      provider,
      model,
      meter,
      variant,
      mode,
      term,
      region,
      regionTier,
      contextBand,
    }),
  );

function seconds(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}

/** A workspace of so many lines over as many series as the catalog has placed prices, spread over the days. */
function filledWorkspace(): Db {
  const db = openWorkspace(':memory:');
  db.exec(`INSERT INTO import_batch (id, state, started_at) VALUES (1, 'active', '');
    INSERT INTO delivery (id, batch_id, payer, kind, report, period, billing_entity, estimated)
      VALUES (1, 1, 'p', 'cur-2.0', 'r', '2026-06', 'AWS', 0);
    INSERT INTO dim_currency (id, text) VALUES (1, 'USD');`);
  const word = (dictionary: string, text: string | null): number | null => {
    if (text === null) return null;
    db.prepare(`INSERT OR IGNORE INTO dim_${dictionary} (text) VALUES (?)`).run(text);
    return Number(db.prepare(`SELECT id FROM dim_${dictionary} WHERE text = ?`).pluck().get(text));
  };
  const series =
    db.prepare(`INSERT INTO line_series (key, line_class, currency, region, is_usage, counts_quantity,
      rule_id, family, provider, model, meter, variant, mode, term, region_tier, context_band, base_unit, multiplier)
    VALUES (?, 'bedrock', 1, ?, 1, 1, 'r', 'inference', ?, ?, ?, ?, ?, ?, ?, ?, 'token', 1000)`);
  db.transaction(() => {
    for (const [index, key] of keys.entries()) {
      const { meter, mode, term, regionTier, contextBand } = key;
      const [region, provider] = [word('region', key.region), word('provider', key.provider)];
      const [model, variant] = [word('model', key.model), word('variant', key.variant)];
      series.run(String(index), region, provider, model, meter, variant, mode, term, regionTier, contextBand);
    }
    db.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
       INSERT INTO line_item (batch_id, delivery_id, file_id, record_number, series_id, day, start_second, end_second,
         quantity, unblended)
       SELECT 1, 1, 1, i, 1 + i % ?, ? + i % ?, (? + i % ?) * 86400, (? + i % ? + 1) * 86400, 1 + i % 97, 0.5 FROM n`,
    ).run(lines, keys.length, FIRST_DAY, DAYS, FIRST_DAY, DAYS, FIRST_DAY, DAYS);
    db.prepare(
      "INSERT INTO series_price (series_id, from_day, to_day, catalog_version, status) SELECT id, 0, 99999, 'none', 'missing' FROM line_series",
    ).run();
  })();
  return db;
}

const db = filledWorkspace();
await rebuildDaily(db, 1);
const stop = new AbortController().signal;
const invoiced = (): unknown => db.prepare('SELECT SUM(unblended) FROM line_item').pluck().get();
const before = invoiced();
const sum = seconds(() =>
  db.prepare('SELECT series_id, SUM(quantity) FROM line_item GROUP BY series_id').all(),
);
const started = performance.now();
await bringUpToDate(db, BUNDLED_CATALOG, stop);
const reprice = (performance.now() - started) / 1000;
const priced = db.prepare('SELECT COUNT(catalog_low) FROM line_item').pluck().get();
if (invoiced() !== before) throw new Error('Pricing changed what was invoiced.');
closeWorkspace(db);

const layered = stackCatalogs(
  'bench',
  makeCatalog('bench', 'offer', [], BUNDLED_CATALOG.prices),
  BUNDLED_CATALOG,
);
const lookUps = seconds(() => {
  for (const key of keys) lookUpPrice(BUNDLED_CATALOG, key, '2026-10-01', '2026-10-01');
});
const layeredLookUps = seconds(() => {
  for (const key of keys) lookUpPrice(layered, key, '2026-10-01', '2026-10-01');
});

console.log(
  [
    '',
    `Pricing ${lines} lines of ${keys.length} series again (${priced} priced): ${reprice.toPrecision(3)} s, ${(reprice / sum).toPrecision(3)} × one grouped sum over them (${sum.toPrecision(3)} s).`,
    `A look-up: ${((lookUps / keys.length) * 1e6).toPrecision(3)} µs; with an offer layer as big over it ${(layeredLookUps / lookUps).toPrecision(3)} × that.`,
  ].join('\n'),
);
