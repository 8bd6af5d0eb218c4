// The SQL of what-ifs: the usage a scenario starts from, and the scenarios people keep.
import type { Filter, Period } from '../../../shared/domain/spend/vocabulary.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import type { UsageRow } from '../../../shared/domain/whatif/baseline.ts';
import type { HourRow } from '../../../shared/domain/whatif/hourly.ts';
import type { CapacityUnits } from '../../../shared/domain/whatif/vectors.ts';
import type { Db } from './open.ts';
import {
  conditions,
  dayNumber,
  FACT_TABLES,
  factTables,
  needsEveryLine,
  needsHours,
  type SpendPlan,
  spendRows,
} from './spend.ts';
import { dimensionSql, filterSql, join, type Place, type Sql, sql } from './spend-filter.ts';

export type BaselineQuestion = {
  readonly period: Period;
  readonly where: readonly Filter[];
  /** Dimension that splits usage into workloads. */
  readonly workload: string | null;
  readonly scopes: readonly (readonly Filter[])[];
};

const dictionary = (name: string): string => `(SELECT text FROM dim_${name} WHERE id = s.${name})`;

/** What every row is labelled with, worked out once a series; `quantity` needs the fact and is added later. */
const LABELS = {
  currency: dictionary('currency'),
  provider: dictionary('provider'),
  model: dictionary('model'),
  variant: dictionary('variant'),
  region: dictionary('region'),
  regionTier: 's.region_tier',
  contextBand: 's.context_band',
  mode: 's.mode',
  term: 's.term',
  meter: 's.meter',
  family: 's.family',
  chargeType: dictionary('charge_type'),
  billingEntity: dictionary('billing_entity'),
  operation: dictionary('operation'),
  isUsage: 's.is_usage',
} as const;
const LABEL_NAMES = Object.keys(LABELS) as (keyof typeof LABELS)[];

/** Something asked about a row (its workload, whether it is in a scope), split by where it can be evaluated. */
type Marker = { readonly name: string; readonly parts: Readonly<Record<Place, Sql | null>> };

function workloadMarker(db: Db, workload: string | null): Marker {
  const { place, sql: expression } =
    workload === null ? { place: 'series' as const, sql: sql('NULL') } : dimensionSql(db, workload);
  return { name: 'workload', parts: { series: null, fact: null, [place]: expression } };
}

function scopeMarker(db: Db, scope: readonly Filter[], index: number): Marker {
  const filters = scope.map((filter) => filterSql(db, filter));
  const at = (place: Place): Sql | null => {
    const own = filters.filter((filter) => filter.place === place);
    if (own.length === 0) return null;
    return join(
      own.map((filter) => sql(`coalesce((${filter.sql.text}), 0)`, ...filter.sql.values)),
      ' AND ',
    );
  };
  return { name: `scope${index}`, parts: { series: at('series'), fact: at('fact') } };
}

function columnsAt(markers: readonly Marker[], place: Place): Sql[] {
  return markers.flatMap(({ name, parts }) => {
    const part = parts[place];
    return part === null ? [] : [sql(`, ${part.text} AS ${name}`, ...part.values)];
  });
}

/** A marker over the joined rows: in a scope only if it is on both sides. */
function joined({ name, parts }: Marker): string {
  const sides = [parts.series === null ? null : `s.${name}`, parts.fact === null ? null : `f.${name}`];
  const present = sides.filter((side) => side !== null);
  return present.length === 0 ? '1' : present.join(' AND ');
}

/** The usage of a selection; with `byHour` each hour apart, counted from the selection's first. */
function baselineSql(db: Db, question: BaselineQuestion, byHour: boolean): Sql {
  const { where, period, workload, scopes } = question;
  const asked = conditions(db, { where, period, scope: 'bedrock' });
  const markers = [
    workloadMarker(db, workload),
    ...scopes.map((scope, index) => scopeMarker(db, scope, index)),
  ];
  const told = {
    groupBy: [...(workload === null ? [] : [workload]), ...(byHour ? ['hour'] : [])],
    where: [...where, ...scopes.flat()],
  };
  const hour = byHour ? HOUR_OF_BASELINE : 'NULL';
  const facts = factsOfBedrock(db, told);
  const factMarkers = columnsAt(markers, 'fact');
  const factNames = markers.filter(({ parts }) => parts.fact !== null).map(({ name }) => name);
  const columns = [
    // Lines without a quantity never hide among lines that have one.
    's.multiplier IS NOT NULL AND f.has_quantity AS isCounted',
    ...LABEL_NAMES.map((name) => `s.${name} AS ${name}`),
    ...markers.map((marker) => `${joined(marker)} AS ${marker.name}`),
    'f.hour AS hour',
  ];
  return join(
    [
      sql('WITH series AS MATERIALIZED (SELECT s.id AS series_id'),
      sql(`, CASE WHEN s.counts_quantity = 1 THEN s.multiplier END AS multiplier`),
      ...LABEL_NAMES.map((name) => sql(`, ${LABELS[name]} AS ${name}`)),
      ...columnsAt(markers, 'series'),
      sql(' FROM line_series AS s WHERE '),
      asked.series,
      sql(
        `), fact AS MATERIALIZED (SELECT f.series_id, ${hour} AS hour`,
        ...(byHour ? [dayNumber(period.from)] : []),
      ),
      ...factMarkers,
      sql(`, f.quantity IS NOT NULL AS has_quantity, SUM(f.quantity) AS quantity, SUM(f.unblended) AS unblended
        FROM (${facts}) AS f WHERE `),
      asked.fact,
      sql(` GROUP BY ${['f.series_id', 'hour', 'has_quantity', ...factNames].join(', ')}`),
      sql(`) SELECT ${columns.join(', ')}, SUM(f.quantity * s.multiplier) AS quantity, SUM(f.unblended) AS invoiced
        FROM fact AS f JOIN series AS s ON s.series_id = f.series_id
        GROUP BY ${columns.map((_, index) => String(index + 1)).join(', ')}`),
    ],
    '',
  );
}

/** All facts of Bedrock, in the grain that what is asked of them needs. */
function factsOfBedrock(db: Db, asked: Pick<SpendPlan, 'groupBy' | 'where'>): string {
  return factTables('bedrock', needsHours(asked) ? 'line_item' : 'daily', needsEveryLine(db, asked))
    .map((table) => `SELECT * FROM ${FACT_TABLES[table]}`)
    .join(' UNION ALL ');
}

/** A line that spans more than an hour belongs to no hour. */
const HOUR_OF_BASELINE =
  'CASE WHEN f.end_second - f.start_second <= 3600 THEN f.start_second / 3600 - 24 * ? END';

type StoredRow = Omit<UsageRow, 'isUsage' | 'workload' | 'account' | 'inScopes'> & {
  readonly currency: string | null;
  readonly isUsage: number;
  readonly workload: string | number | null;
  readonly hour: number | null;
  readonly [scope: `scope${number}`]: number;
};

/** Which of some deliveries have lines in a selection. */
export function deliveriesAsked(
  db: Db,
  { where, period }: Pick<BaselineQuestion, 'where' | 'period'>,
  deliveries: readonly number[],
): number[] {
  const asked = conditions(db, { where, period, scope: 'bedrock' });
  const facts = factsOfBedrock(db, { groupBy: [], where });
  const statement = join(
    [
      sql('WITH series AS MATERIALIZED (SELECT s.id AS series_id FROM line_series AS s WHERE '),
      asked.series,
      sql(
        `) SELECT DISTINCT f.delivery_id FROM (${facts}) AS f
        WHERE f.series_id IN (SELECT series_id FROM series)
          AND f.delivery_id IN (SELECT value FROM json_each(?)) AND `,
        JSON.stringify(deliveries),
      ),
      asked.fact,
    ],
    '',
  );
  return db
    .prepare<unknown[], number>(statement.text)
    .pluck()
    .all(...statement.values);
}

/** The usage of a selection, one row for everything that a scenario tells apart, with its currency. */
export function usageRows(
  db: Db,
  question: BaselineQuestion,
): (UsageRow & { readonly currency: string | null })[] {
  return storedRows(db, question, false);
}

/** The same by hour, for the levers that size capacity; workloads are not told apart. */
export function hourRows(db: Db, question: BaselineQuestion): HourRow[] {
  return storedRows(db, { ...question, workload: null }, true);
}

function storedRows(
  db: Db,
  question: BaselineQuestion,
  byHour: boolean,
): (HourRow & { readonly currency: string | null })[] {
  const statement = baselineSql(db, question, byHour);
  const rows = db.prepare<unknown[], StoredRow>(statement.text).all(...statement.values);
  return rows.map(({ isUsage, workload, ...row }) => ({
    ...row,
    isUsage: isUsage === 1,
    workload: workload === null ? null : String(workload),
    account: null,
    inScopes: question.scopes.map((_, index) => index).filter((index) => row[`scope${index}`] === 1),
  }));
}

/**
 * Search capacity of a period in one currency, of every account and service: hours of its units and their cost. A line
 * whose quantity is not known counts with its cost, so the hours are a lower bound.
 */
export function capacityUnits(db: Db, period: Period, currency: string): CapacityUnits {
  const plan: SpendPlan = {
    groupBy: ['usageType'],
    cuts: [],
    where: [
      { dimension: 'meter', operator: '=', values: ['ocu_hour'] },
      { dimension: 'currency', operator: '=', values: [currency] },
    ],
    period,
    scope: 'estate',
    basis: 'unblended',
    components: ['quantity', 'unblended'],
    spread: null,
    batchModels: [],
  };
  const rows = [...spendRows(db, plan)];
  return {
    hours: rows.some(({ sums: [quantity] }) => quantity === null)
      ? null
      : sumOf(rows.map(({ sums: [quantity] }) => quantity ?? 0)),
    invoiced: sumOf(rows.map(({ sums: [, cost] }) => cost ?? 0)),
  };
}

/** Days of a period on which any line is held, whatever its service. Looks each day up, never through all rows. */
export function daysHeld(db: Db, { from, to }: Period): number {
  return db
    .prepare<[number, number], number>(
      `WITH RECURSIVE active AS MATERIALIZED (SELECT id FROM delivery WHERE active = 1),
       held (first, last) AS (SELECT
         max(?, min(coalesce((SELECT min(day) FROM daily), 1e9), coalesce((SELECT min(day) FROM rollup), 1e9))),
         min(?, max(coalesce((SELECT max(day) FROM daily), -1e9), coalesce((SELECT max(day) FROM rollup), -1e9)))),
       days (day, last) AS (SELECT first, last FROM held WHERE first <= last
         UNION ALL SELECT day + 1, last FROM days WHERE day < last)
       SELECT count(*) FROM days WHERE
         EXISTS (SELECT 1 FROM active JOIN daily AS f ON f.delivery_id = active.id AND f.day = days.day)
         OR EXISTS (SELECT 1 FROM active JOIN rollup AS f ON f.delivery_id = active.id AND f.day = days.day)`,
    )
    .pluck()
    .get(dayNumber(from), dayNumber(to)) as number;
}

/** Whether part of the period's billing months is not invoiced yet. */
export function isEstimated(db: Db, { from, to }: Period): boolean {
  const found = db
    .prepare<[string, string], number>(
      'SELECT EXISTS (SELECT 1 FROM delivery WHERE active = 1 AND estimated = 1 AND period BETWEEN ? AND ?)',
    )
    .pluck()
    .get(from.slice(0, 7), to.slice(0, 7));
  return found === 1;
}

/** A kept scenario as stored: its definition is JSON that the contract's schema reads. */
export type StoredScenario = {
  readonly id: number;
  readonly name: string;
  readonly savedAt: string;
  readonly definition: string;
};

const STORED = 'SELECT id, name, saved_at AS savedAt, definition FROM scenario';

/** Kept scenarios, the last saved first. */
export function storedScenarios(db: Db): StoredScenario[] {
  return db.prepare<[], StoredScenario>(`${STORED} ORDER BY saved_at DESC, id DESC`).all();
}

/** Writes a scenario over the one with this id, or as a new one; null when there is none with this id. */
export function storeScenario(
  db: Db,
  id: number | null,
  { name, savedAt, definition }: Omit<StoredScenario, 'id'>,
): StoredScenario | null {
  const row =
    id === null
      ? db
          .prepare('INSERT INTO scenario (name, saved_at, definition) VALUES (?, ?, ?) RETURNING id')
          .pluck()
          .get(name, savedAt, definition)
      : db
          .prepare('UPDATE scenario SET name = ?, saved_at = ?, definition = ? WHERE id = ? RETURNING id')
          .pluck()
          .get(name, savedAt, definition, id);
  return row === undefined ? null : { id: Number(row), name, savedAt, definition };
}

/** Whether there was one to delete. */
export function removeScenario(db: Db, id: number): boolean {
  return db.prepare('DELETE FROM scenario WHERE id = ?').run(id).changes > 0;
}
