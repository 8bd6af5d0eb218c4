// A workspace filled line by line, for tests of questions: each line is written as it would stand after an import.
import { type Db, openWorkspace } from '../../src-main/engine/db/open.ts';
import type { Dictionary } from '../../src-main/engine/db/schema.ts';

export type FixtureLine = {
  start?: string;
  hours?: number;
  delivery?: number;
  lineClass?: 'bedrock' | 'candidate' | 'other';
  isUsage?: boolean;
  countsQuantity?: boolean;
  quantity?: number | null;
  unblended: number;
  netUnblended?: number | null;
  amortized?: number | null;
  list?: number | null;
  catalogLow?: number | null;
  catalogHigh?: number | null;
  family?: string | null;
  meter?: string | null;
  mode?: string | null;
  baseUnit?: string | null;
  multiplier?: number | null;
  tags?: Record<string, string>;
  costCategories?: Record<string, string>;
  currency?: string;
  chargeType?: string;
  billingEntity?: string;
  productName?: string | null;
  productCode?: string;
  provider?: string | null;
  model?: string | null;
  account?: string;
  region?: string | null;
  resource?: string | null;
  usageType?: string | null;
  unit?: string | null;
  service?: string;
  operation?: string | null;
  principal?: string | null;
  variant?: string | null;
  regionTier?: string | null;
  contextBand?: string | null;
};

/** A Bedrock usage line of one million uncached input tokens of Nova Lite, unless told otherwise. */
const ORDINARY = {
  start: '2026-08-01T10:00:00Z',
  hours: 1,
  delivery: 1,
  lineClass: 'bedrock',
  isUsage: true,
  countsQuantity: true,
  quantity: 1000,
  netUnblended: null,
  amortized: null,
  list: null,
  catalogLow: null,
  catalogHigh: null,
  family: 'inference',
  meter: 'input',
  mode: 'on_demand',
  baseUnit: 'token',
  multiplier: 1000,
  tags: {},
  costCategories: {},
  currency: 'USD',
  chargeType: 'Usage',
  billingEntity: 'AWS',
  productName: 'Amazon Bedrock',
  productCode: 'AmazonBedrock',
  provider: 'Amazon',
  model: 'Nova Lite',
  account: '111111111111',
  region: 'us-east-1',
  resource: null,
  usageType: 'USE1-NovaLite-input-tokens',
  unit: '1K tokens',
  service: 'AmazonBedrock',
  operation: null,
  principal: null,
  variant: null,
  regionTier: null,
  contextBand: null,
} as const satisfies Required<Omit<FixtureLine, 'unblended'>>;

export type FixtureDelivery = { period: string; active?: boolean; estimated?: boolean; payer?: string };

/** Opens a new workspace at `path` with these deliveries (ids 1, 2 …) and lines. The caller closes it. */
export function filledWorkspace(
  path: string,
  lines: readonly FixtureLine[],
  deliveries: readonly FixtureDelivery[] = [{ period: '2026-08' }],
): Db {
  const db = openWorkspace(path);
  db.prepare(
    "INSERT INTO import_batch (id, state, started_at) VALUES (1, 'active', '2026-11-01T00:00:00Z')",
  ).run();
  db.prepare(
    `INSERT INTO source_file (id, batch_id, name, bytes, sha256, format, compression, header, rows_read, rows_kept,
       rows_rolled_up, rows_rejected) VALUES (1, 1, 'made-by-test.csv', 1, 'x', 'cur-2.0', 'none', '[]', ?, ?, 0, 0)`,
  ).run(lines.length, lines.length);
  deliveries.forEach(({ period, active = true, estimated = false, payer = '999999999999' }, index) => {
    db.prepare(
      `INSERT INTO delivery (id, batch_id, payer, kind, report, period, billing_entity, estimated, active)
       VALUES (?, 1, ?, 'cur-2.0', 'report', ?, 'AWS', ?, ?)`,
    ).run(index + 1, payer, period, estimated ? 1 : 0, active ? 1 : 0);
  });
  db.transaction(() => {
    for (const [index, line] of lines.entries()) insertLine(db, { ...ORDINARY, ...line }, index + 1);
  })();
  sumDays(db);
  return db;
}

function insertLine(db: Db, line: Required<FixtureLine>, record: number): void {
  const day = Math.floor(Date.parse(line.start) / 86_400_000);
  const start = Date.parse(line.start) / 1000;
  const series = seriesOf(db, line);
  if (line.lineClass === 'other') {
    db.prepare(
      `INSERT INTO rollup (batch_id, delivery_id, day, series_id, line_items, quantity, unblended, net_unblended,
         amortized, list) VALUES (1, ?, ?, ?, 1, ?, ?, ?, ?, ?)`,
    ).run(
      line.delivery,
      day,
      series,
      line.quantity,
      line.unblended,
      line.netUnblended,
      line.amortized,
      line.list,
    );
    return;
  }
  db.prepare(
    `INSERT INTO line_item (batch_id, delivery_id, file_id, record_number, series_id, day, start_second, end_second,
       quantity, unblended, net_unblended, amortized, list, catalog_low, catalog_high)
     VALUES (1, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    line.delivery,
    record,
    series,
    day,
    start,
    start + line.hours * 3600,
    line.quantity,
    line.unblended,
    line.netUnblended,
    line.amortized,
    line.list,
    line.catalogLow,
    line.catalogHigh ?? line.catalogLow,
  );
}

const knownIds = new WeakMap<Db, Map<string, number>>();

function idOf(db: Db, dictionary: Dictionary, text: string | null): number | null {
  if (text === null) return null;
  const known = knownIds.get(db) ?? new Map<string, number>();
  knownIds.set(db, known);
  const id = known.get(`${dictionary} ${text}`) ?? addText(db, dictionary, text);
  known.set(`${dictionary} ${text}`, id);
  return id;
}

function addText(db: Db, dictionary: Dictionary, text: string): number {
  db.prepare(`INSERT OR IGNORE INTO dim_${dictionary} (text) VALUES (?)`).run(text);
  return db.prepare(`SELECT id FROM dim_${dictionary} WHERE text = ?`).pluck().get(text) as number;
}

const mapText = (map: Record<string, string>): string | null =>
  Object.keys(map).length === 0 ? null : JSON.stringify(map);

function seriesOf(db: Db, line: Required<FixtureLine>): number {
  const dictionaries = {
    payer: '999999999999',
    account: line.account,
    billing_entity: line.billingEntity,
    service: line.service,
    product_code: line.productCode,
    product_name: line.productName,
    usage_type: line.usageType,
    region: line.region,
    charge_type: line.chargeType,
    currency: line.currency,
    unit: line.unit,
    resource: line.resource,
    operation: line.operation,
    principal: line.principal,
    variant: line.isUsage ? line.variant : null,
    provider: line.provider,
    model: line.model,
    tag_set: mapText(line.tags),
    cost_category_set: mapText(line.costCategories),
  } as const satisfies Partial<Record<Dictionary, string | null>>;
  const usage = line.isUsage;
  const columns: Record<string, string | number | null> = {
    line_class: line.lineClass,
    is_usage: usage ? 1 : 0,
    counts_quantity: usage && line.countsQuantity ? 1 : 0,
    rule_id: usage ? 'test' : null,
    family: usage ? line.family : null,
    meter: usage ? line.meter : null,
    mode: usage ? line.mode : null,
    region_tier: usage ? line.regionTier : null,
    context_band: usage ? line.contextBand : null,
    base_unit: usage ? line.baseUnit : null,
    multiplier: usage ? line.multiplier : null,
    ...Object.fromEntries(
      Object.entries(dictionaries).map(([name, text]) => [name, idOf(db, name as Dictionary, text)]),
    ),
  };
  const key = JSON.stringify(columns);
  const found = db.prepare('SELECT id FROM line_series WHERE key = ?').pluck().get(key) as number | undefined;
  if (found !== undefined) return found;
  const names = Object.keys(columns);
  return Number(
    db
      .prepare(
        `INSERT INTO line_series (key, ${names.join(', ')}) VALUES (?, ${names.map(() => '?').join(', ')})`,
      )
      .run(key, ...Object.values(columns)).lastInsertRowid,
  );
}

/** Daily sums as the importer keeps them: within one row a measure is stated by every line or by none. */
function sumDays(db: Db): void {
  db.exec(`
    INSERT INTO daily (batch_id, delivery_id, day, series_id, line_items, quantity, unblended, net_unblended, amortized,
      net_amortized, list, catalog_low, catalog_high, unpriced)
    SELECT l.batch_id, l.delivery_id, l.day, l.series_id, COUNT(*), SUM(l.quantity), SUM(l.unblended),
      SUM(l.net_unblended), SUM(l.amortized), SUM(l.net_amortized), SUM(l.list), SUM(l.catalog_low),
      SUM(l.catalog_high), TOTAL(CASE WHEN s.is_usage = 1 AND l.catalog_low IS NULL THEN l.unblended END)
    FROM line_item AS l JOIN line_series AS s ON s.id = l.series_id
    GROUP BY l.batch_id, l.delivery_id, l.day, l.series_id, l.quantity IS NULL, l.net_unblended IS NULL,
      l.amortized IS NULL, l.list IS NULL, l.catalog_low IS NULL`);
}
