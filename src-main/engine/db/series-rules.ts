// Which rule of the workspace decided a series, and what changes in the file when another one does.
import type { RuleSubject, Verdict } from '../../../shared/domain/usage/workspace-rules.ts';
import { openDictionaries } from './dictionaries.ts';
import type { Db } from './open.ts';
import { SUMMED_LINES } from './rollup-lines.ts';
import { SERIES_COLUMNS, seriesKey, verdictColumns } from './series.ts';

/** A series as the rules see it. */
export type JudgedSeries = RuleSubject & {
  readonly id: number;
  readonly held: Verdict;
  /** The rule of the workspace that decided, with what the bundled rules say; null where they decided alone. */
  readonly decision: { readonly rule: number; readonly bundled: Verdict } | null;
};

const text = (name: string): string => `(SELECT text FROM dim_${name} WHERE id = s.${name})`;

const JUDGED = `
  SELECT s.id, ${text('usage_type')} AS usageType, ${text('service')} AS service, ${text('resource')} AS resource,
    ${text('unit')} AS unit, ${text('description')} AS description, s.is_usage AS isUsage,
    s.line_class AS lineClass, s.rule_id AS ruleId, s.family, ${text('provider')} AS provider,
    ${text('model')} AS model, s.model_tier AS modelTier, s.meter, ${text('variant')} AS variant, s.mode, s.term,
    s.region_tier AS regionTier, s.context_band AS contextBand, s.base_unit AS baseUnit, s.multiplier,
    decided.rule, decided.bundled
  FROM line_series AS s LEFT JOIN series_rule AS decided ON decided.series_id = s.id`;

type Row = { readonly [column: string]: string | number | null } & { readonly id: number };

/** The series after an id, in order: pages through all of them but those that are judged as another one is. */
export function judgedSeries(db: Db, afterId: number, limit: number): JudgedSeries[] {
  return db
    .prepare<[number, number], Row>(`${JUDGED} WHERE s.id > ? AND s.summed_as IS NULL ORDER BY s.id LIMIT ?`)
    .all(afterId, limit)
    .map(judged);
}

function judged(row: Row): JudgedSeries {
  const { id, usageType, service, resource, unit, description, isUsage, rule, bundled } = row;
  const { lineClass, ruleId, modelTier, baseUnit, multiplier } = row;
  const { family, provider, model, meter, variant, mode, term, regionTier, contextBand } = row;
  const held = {
    lineClass,
    classification:
      ruleId === null
        ? null
        : { family, provider, model, meter, variant, mode, term, regionTier, contextBand, ruleId },
    modelTier,
    unit: baseUnit === null ? null : { baseUnit, multiplier },
  } as Verdict;
  const texts = { usageType, service, resource, unit, description } as Omit<RuleSubject, 'isUsage'>;
  const decision =
    rule === null ? null : { rule: Number(rule), bundled: JSON.parse(String(bundled)) as Verdict };
  return { id, ...texts, isUsage: isUsage === 1, held, decision };
}

export type SeriesChange = {
  readonly id: number;
  readonly verdict: Verdict;
  /** Whether the verdict differs from the held one, so that prices and sums must follow. */
  readonly reclassified: boolean;
  readonly decision: JudgedSeries['decision'];
};

/** Writes verdicts and who decided them; prices of re-classified series go. Call it inside a transaction. */
export function writeVerdicts(db: Db, changes: Iterable<SeriesChange>): void {
  const forget = db.prepare('DELETE FROM series_rule WHERE series_id = ?');
  const record = db.prepare('INSERT INTO series_rule (series_id, rule, bundled) VALUES (?, ?, ?)');
  const classify = classifier(db);
  for (const { id, verdict, reclassified, decision } of changes) {
    forget.run(id);
    if (decision !== null) record.run(id, decision.rule, JSON.stringify(decision.bundled));
    if (reclassified) classify(id, verdict);
  }
  claimSums(db);
}

function classifier(db: Db): (id: number, verdict: Verdict) => void {
  const dictionaries = openDictionaries(db);
  const read = db
    .prepare<[number]>(`SELECT ${SERIES_COLUMNS.join(', ')}, summed_as FROM line_series WHERE id = ?`)
    .raw();
  const summedAs = db.prepare<[number], number>('SELECT id FROM line_series WHERE summed_as = ?').pluck();
  const isTaken = db
    .prepare<[string, number], number>('SELECT 1 FROM line_series WHERE key = ? AND id <> ?')
    .pluck();
  const write = db.prepare(
    `UPDATE line_series SET key = ?, ${SERIES_COLUMNS.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
  );
  const unprice = db.prepare('DELETE FROM series_price WHERE series_id = ?');
  const wait = db.prepare('INSERT OR IGNORE INTO series_to_price (series_id) VALUES (?)');
  const first = SERIES_COLUMNS.indexOf('rule_id');
  const set = (id: number, verdict: Verdict): void => {
    const held = read.get(id) as (string | number | null)[];
    const values = [verdict.lineClass, ...held.slice(1, first), ...verdictColumns(verdict, dictionaries)];
    const key = seriesKey(values, held[SERIES_COLUMNS.length] as number | null);
    // Two series may come to mean the same; the key only serves to find one again for the next import.
    write.run(isTaken.get(key, id) === undefined ? key : `${key}|${id}`, ...values, id);
  };
  return (id, verdict) => {
    set(id, verdict);
    for (const labelled of summedAs.all(id)) set(labelled, verdict);
    unprice.run(id);
    wait.run(id);
  };
}

/** Copies the roll-up's sums of series that are Bedrock's by now, and drops the copies of those that are not. */
function claimSums(db: Db): void {
  const touched = 'IN (SELECT series_id FROM series_to_price)';
  db.prepare(`DELETE FROM claimed_rollup WHERE series_id ${touched}`).run();
  const columns = `batch_id, delivery_id, day, series_id, line_items, quantity, unblended, net_unblended, amortized,
    net_amortized, list, contracted_stated`;
  db.prepare(
    `INSERT INTO claimed_rollup (${columns}) SELECT ${columns} FROM rollup
     WHERE series_id ${touched}
       AND series_id IN (SELECT id FROM line_series WHERE line_class = 'bedrock')`,
  ).run();
}

/** Whether an import reads or is being removed just now: its rows still come and go. */
export function importIsRunning(db: Db): boolean {
  return db.prepare("SELECT EXISTS (SELECT 1 FROM import_batch WHERE state = 'staging')").pluck().get() === 1;
}

/** Lines and unblended cost that each rule decided, over the active deliveries. */
export type RuleEffect = {
  readonly rule: number;
  readonly currency: string;
  readonly lineItems: number;
  readonly unblended: number;
};

export function ruleEffects(db: Db): RuleEffect[] {
  const sums = (table: string): string => `
    SELECT decided.rule, s.currency, SUM(f.line_items) AS line_items, SUM(f.unblended) AS unblended
    FROM series_rule AS decided JOIN line_series AS s ON s.id = decided.series_id
    JOIN ${table} AS f ON f.series_id = s.id JOIN delivery ON delivery.id = f.delivery_id AND delivery.active = 1
    GROUP BY 1, 2`;
  return db
    .prepare<[], RuleEffect>(
      `SELECT part.rule, currency.text AS currency, SUM(part.line_items) AS lineItems, SUM(part.unblended) AS unblended
       FROM (${sums('daily')} UNION ALL ${sums('rollup')}) AS part
       JOIN dim_currency AS currency ON currency.id = part.currency GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    .all();
}

/** Lines and cost of some series: kept in full, and held as daily sums. */
export type SeriesCost = {
  readonly currency: string;
  readonly lineItems: number;
  readonly summedLineItems: number;
  readonly unblended: number;
};

export function costOfSeries(db: Db, ids: readonly number[]): SeriesCost[] {
  const sums = (table: string, summed: string): string => `
    SELECT s.currency, SUM(f.line_items) AS line_items, ${summed} AS summed, SUM(f.unblended) AS unblended
    FROM ${table} AS f JOIN line_series AS s ON s.id = f.series_id
    WHERE f.series_id IN (SELECT value FROM chosen) AND f.delivery_id IN (SELECT id FROM delivery WHERE active = 1)
    GROUP BY 1`;
  return db
    .prepare<[string], SeriesCost>(
      `WITH chosen (value) AS MATERIALIZED (SELECT value FROM json_each(?))
       SELECT currency.text AS currency, SUM(part.line_items) AS lineItems, SUM(part.summed) AS summedLineItems,
         SUM(part.unblended) AS unblended
       FROM (${sums('daily', '0')} UNION ALL ${sums('rollup', `SUM(${SUMMED_LINES})`)}) AS part
       JOIN dim_currency AS currency ON currency.id = part.currency GROUP BY 1 ORDER BY 1`,
    )
    .all(JSON.stringify(ids));
}

/** Number of the workspace's rule that decided a series; null where the bundled rules did. */
export function decidingRuleNumber(db: Db, seriesId: number): number | null {
  const find = db.prepare<[number], number>('SELECT rule FROM series_rule WHERE series_id = ?').pluck();
  return find.get(seriesId) ?? null;
}
