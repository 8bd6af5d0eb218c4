// Times a price look-up, and pricing a workspace after the catalog changed much, a little or not at all, as ratios to one
// plain sum over the same lines: `node test/bench/pricing.ts --lines 1000000`, and at the end of `npm run bench`.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { methods } from '../../shared/contract/methods.ts';
import {
  BUNDLED_CATALOG,
  type Catalog,
  makeCatalog,
  stackCatalogs,
} from '../../shared/domain/pricing/catalog.ts';
import { lookUpPrice } from '../../shared/domain/pricing/lookup.ts';
import type { CatalogPrice, PriceKey } from '../../shared/domain/pricing/price.ts';
import { bringUpToDate, priceBatch } from '../../src-main/engine/catalog/price-series.ts';
import { rebuildDaily } from '../../src-main/engine/db/daily.ts';
import { closeWorkspace, type Db, openWorkspace } from '../../src-main/engine/db/open.ts';
import { exploreVariance } from '../../src-main/engine/join/variance.ts';

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

/** A workspace of so many lines over as many series as the catalog has placed prices, spread over the days. */
function filledWorkspace(path: string): Db {
  const db = openWorkspace(path);
  db.exec(`INSERT INTO import_batch (id, state, started_at) VALUES (1, 'active', '');
    INSERT INTO delivery (id, batch_id, payer, kind, report, period, billing_entity, estimated, active)
      VALUES (1, 1, 'p', 'cur-2.0', 'r', '2026-06', 'AWS', 0, 1);
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
  })();
  return db;
}

type Cost = { readonly seconds: number; readonly cpu: number };

async function costOf(work: () => unknown): Promise<Cost> {
  const before = process.cpuUsage();
  const started = performance.now();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
}

const bundled = BUNDLED_CATALOG;
const later = (name: string, change: (price: CatalogPrice, index: number) => CatalogPrice): Catalog =>
  makeCatalog(name, 'bundled', bundled.sources, bundled.prices.map(change));
/** Each catalog against the bundled one, which every line was priced with before. */
const CHANGES: readonly { readonly what: string; readonly catalog: Catalog }[] = [
  {
    what: 'every price 1 % up',
    catalog: later('all', (price) => ({ ...price, usd: price.usd * 1.01 })),
  },
  {
    what: 'one price in a hundred 1 % up',
    catalog: later('few', (price, index) =>
      index % 100 === 0 ? { ...price, usd: price.usd * 1.01 } : price,
    ),
  },
  {
    what: 'another version with equal prices',
    catalog: later('same', (price) => price),
  },
];

const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
const db = filledWorkspace(join(folder, 'bench.assay'));
const stop = new AbortController().signal;
const grouped = db.prepare('SELECT series_id, SUM(quantity) FROM line_item GROUP BY series_id');
const invoiced = (): unknown => db.prepare('SELECT SUM(unblended) FROM line_item').pluck().get();
const before = invoiced();
const first = await costOf(() => priceBatch(db, 1));
const daily = await costOf(() => rebuildDaily(db, 1));
const sum = await costOf(() => grouped.all());
const digits = (value: number): string => value.toPrecision(2);
const row = (what: string, { seconds: wall, cpu }: Cost): string =>
  `| ${what} | ${digits(wall)} | ${digits(cpu)} | ${digits(cpu / sum.cpu)} |`;
const report = [row('pricing an import', first), row('its daily sums', daily)];
for (const { what, catalog } of CHANGES) {
  report.push(row(what, await costOf(() => bringUpToDate(db, catalog, stop))));
  if (invoiced() !== before) throw new Error('Pricing changed what was invoiced.');
  await bringUpToDate(db, bundled, stop);
}
const question = methods['variance.explore'].input.parse({});
report.push(row('the variance of every line', await costOf(() => exploreVariance(db, bundled, question))));
const priced = db.prepare('SELECT COUNT(catalog_low) FROM line_item').pluck().get();
closeWorkspace(db);
rmSync(folder, { recursive: true, force: true });

const layered = stackCatalogs('bench', makeCatalog('bench', 'offer', [], bundled.prices), bundled);
const lookUp = (catalog: Catalog) => () => {
  for (const key of keys) lookUpPrice(catalog, key, '2026-10-01', '2026-10-01');
};
const lookUps = await costOf(lookUp(bundled));
const layeredLookUps = await costOf(lookUp(layered));

console.log(
  [
    '',
    `${lines} lines of ${keys.length} series (${priced} priced), load average ${loadavg()[0]?.toPrecision(2)}.`,
    '| what | seconds | CPU s | CPU ÷ one grouped sum |',
    '|---|---:|---:|---:|',
    row('one grouped sum over the lines', sum),
    ...report,
    `A look-up: ${((lookUps.cpu / keys.length) * 1e6).toPrecision(3)} µs of CPU; with an offer layer as big over it ${digits(layeredLookUps.cpu / lookUps.cpu)} × that.`,
  ].join('\n'),
);
