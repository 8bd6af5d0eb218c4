// The one query behind every question about spend: sums by group, from the daily sums or from the lines themselves.
import {
  type DictionaryDimension,
  type DimensionDefinition,
  dimensionOf,
} from '../../../shared/domain/spend/dimensions.ts';
import type { Component } from '../../../shared/domain/spend/measures.ts';
import {
  COST_EXPLORER_FILTER,
  MARKETPLACE_ENTITY,
  PART_OF_FAMILY,
  type SpendPart,
} from '../../../shared/domain/spend/parts.ts';
import type { Basis, Filter, Period, Scope } from '../../../shared/domain/spend/vocabulary.ts';
import {
  CACHE_WRITE_METERS,
  FAMILIES,
  INFERENCE_TOKEN_FAMILIES,
  INFERENCE_TOKEN_METERS,
} from '../../../shared/domain/usage/vocabulary.ts';
import type { Db } from './open.ts';
import { CLAIMED_LINE_FACTS, holdsEveryLine, ROLLUP_LINE_FACTS, WITHOUT_LINES } from './rollup-lines.ts';
import type { Dictionary } from './schema.ts';
import { filterSql, groupSql, join, type Sql, sql } from './spend-filter.ts';
import { isSpreadColumn, SPREAD_JOINS, type Spread, spreadOf, withSpread } from './spread.ts';

/** What is asked of the database: names, never SQL. */
export type SpendPlan = {
  readonly groupBy: readonly string[];
  /** Further keys, after those of `groupBy`, that are no dimensions of the vocabulary. */
  readonly cuts: readonly Cut[];
  readonly where: readonly Filter[];
  readonly period: Period | null;
  readonly scope: Scope;
  readonly basis: Basis;
  readonly components: readonly Component[];
  /** Factors that put discounts and credits on the usage they apply to; null leaves them lines of their own. */
  readonly spread: Spread | null;
  /** Models that have a batch price: their on-demand tokens could have been batch. */
  readonly batchModels: readonly string[];
};

/** Sums of one group within one currency and one delivery. `null` = no line states it. */
export type SpendRow = {
  readonly keys: readonly (string | number | null)[];
  readonly currency: string;
  readonly delivery: number;
  /** In the order of the plan's components. */
  readonly sums: readonly (number | null)[];
  /** Lowest and highest base unit of counted quantities; '' stands for an unknown unit. null = nothing is counted. */
  readonly unitLow: string | null;
  readonly unitHigh: string | null;
};

/** Sums of the fact rows that every component is made of, per series, delivery and time. */
const FACT_SUMS = {
  line_items: 'SUM(f.line_items)',
  quantity: 'SUM(f.quantity)',
  unblended: 'SUM(f.unblended)',
  net_unblended: 'SUM(f.net_unblended)',
  amortized: 'SUM(f.amortized)',
  net_amortized: 'SUM(f.net_amortized)',
  list: 'SUM(f.list)',
  contracted_stated: 'SUM(f.contracted_stated)',
  contracted_unstated: 'SUM(CASE WHEN f.contracted_stated IS NULL THEN f.unblended END)',
  catalog_low: 'SUM(f.catalog_low)',
  catalog_high: 'SUM(f.catalog_high)',
  contract_low: 'SUM(f.contract_low)',
  contract_high: 'SUM(f.contract_high)',
  contracted: 'SUM(CASE WHEN f.contract_low IS NOT NULL THEN f.unblended END)',
  unpriced: 'SUM(f.unpriced)',
  amortized_unstated: 'SUM(CASE WHEN f.amortized IS NULL THEN f.unblended END)',
  net_amortized_unstated: 'SUM(CASE WHEN f.net_amortized IS NULL THEN f.unblended END)',
  list_unstated: 'SUM(CASE WHEN f.list IS NULL THEN f.unblended END)',
  priced: 'SUM(CASE WHEN f.catalog_low IS NOT NULL THEN f.unblended - f.unpriced END)',
} as const;

const BASIS_COLUMN = {
  unblended: 'unblended',
  netUnblended: 'net_unblended',
  amortized: 'amortized',
  netAmortized: 'net_amortized',
  list: 'list',
  catalogList: 'catalog_low',
} as const satisfies Record<Basis, string>;

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

/** What a series is for the components, worked out once a series. */
const SERIES_FLAGS = `
    s.id AS series_id,
    (SELECT text FROM dim_currency WHERE id = s.currency) AS currency,
    s.line_class = 'bedrock' AND s.is_usage = 1 AS bedrock_usage,
    s.family = 'unknown' AS is_unknown,
    s.meter,
    s.mode,
    CASE WHEN s.is_usage = 1 AND s.counts_quantity = 1 THEN coalesce(s.base_unit, '') END AS unit,
    CASE WHEN s.is_usage = 1 AND s.counts_quantity = 1 THEN s.multiplier END AS multiplier,
    s.is_usage = 1 AND s.counts_quantity = 1 AND s.multiplier IS NOT NULL
      AND s.family IN (${quoted(INFERENCE_TOKEN_FAMILIES)})
      AND s.meter IN (${quoted(INFERENCE_TOKEN_METERS)}) AS is_token`;

const tokensOf = (condition: string): string =>
  `SUM(CASE WHEN s.is_token AND ${condition} THEN f.quantity * s.multiplier END)`;
const inDollars = (column: string): string => `SUM(CASE WHEN s.currency = 'USD' THEN ${column} END)`;

/** Each component over `fact AS f` joined with `series AS s`. `rate` columns follow the asked basis. */
const COMPONENT_SQL = {
  lineItems: 'SUM(f.line_items)',
  unblended: 'SUM(f.unblended)',
  netUnblended: 'SUM(f.net_unblended)',
  amortized: 'SUM(f.amortized)',
  netAmortized: 'SUM(f.net_amortized)',
  list: 'SUM(f.list)',
  contractedStated: 'SUM(f.contracted_stated)',
  contractedUnstated: 'SUM(f.contracted_unstated)',
  catalogLow: inDollars('f.catalog_low'),
  catalogHigh: inDollars('f.catalog_high'),
  pricedInvoiced: inDollars('f.priced'),
  contractLow: inDollars('f.contract_low'),
  contractHigh: inDollars('f.contract_high'),
  contractedInvoiced: inDollars('f.contracted'),
  tokenLines: 'SUM(CASE WHEN s.is_token THEN f.line_items END)',
  tokens: tokensOf('1'),
  inputTokens: tokensOf("s.meter = 'input'"),
  outputTokens: tokensOf("s.meter = 'output'"),
  cacheReadTokens: tokensOf("s.meter = 'cache_read'"),
  cacheWriteTokens: tokensOf(`s.meter IN (${quoted(CACHE_WRITE_METERS)})`),
  rateCost: 'SUM(CASE WHEN s.is_token THEN f.rate_cost END)',
  rateTokens: 'SUM(CASE WHEN s.is_token THEN f.rate_quantity * s.multiplier END)',
  batchTokens: tokensOf("s.mode = 'batch'"),
  batchEligibleTokens: tokensOf(
    "(s.mode = 'batch' OR (s.mode = 'on_demand' AND s.model IN (SELECT value FROM batch_model)))",
  ),
  usageCost: 'SUM(CASE WHEN s.bedrock_usage THEN f.unblended END)',
  unpricedCost: 'SUM(CASE WHEN s.bedrock_usage THEN f.unpriced END)',
  unknownCost: 'SUM(CASE WHEN s.bedrock_usage AND s.is_unknown THEN f.unblended END)',
  quantity: 'SUM(f.quantity * s.multiplier)',
  unknownUnitLines: "SUM(CASE WHEN s.unit = '' AND s.meter IS NOT NULL THEN f.line_items END)",
  amortizedUnstated: 'SUM(f.amortized_unstated)',
  netAmortizedUnstated: 'SUM(f.net_amortized_unstated)',
  listUnstated: 'SUM(f.list_unstated)',
  // Counted beside the bill: joined after the sums, see engine/metrics.
  requests: 'NULL',
  requestCost: 'NULL',
  requestTokens: 'NULL',
} as const satisfies Record<Component, string>;

/** The components that discounts and credits are in, with them spread. `rate` follows the asked basis. */
function spreadComponents(basis: Basis): Partial<Record<Component, string>> {
  const column = BASIS_COLUMN[basis];
  return {
    unblended: `SUM(${withSpread('f.unblended', 'unblended')})`,
    netUnblended: `SUM(${withSpread('f.net_unblended', 'net_unblended')})`,
    amortized: `SUM(${withSpread('f.amortized', 'amortized')})`,
    netAmortized: `SUM(${withSpread('f.net_amortized', 'net_amortized')})`,
    ...(isSpreadColumn(column)
      ? { rateCost: `SUM(CASE WHEN s.is_token THEN ${withSpread('f.rate_cost', column)} END)` }
      : {}),
  };
}

const componentSql = ({ basis, spread }: SpendPlan): Readonly<Record<Component, string>> =>
  spread === null ? COMPONENT_SQL : { ...COMPONENT_SQL, ...spreadComponents(basis) };

const familiesOf = (part: SpendPart): string =>
  quoted(FAMILIES.filter((family) => PART_OF_FAMILY[family] === part));
const textOf = (name: Dictionary): string => `(SELECT text FROM dim_${name} WHERE id = s.${name})`;

/** Cuts of the overview, worked out once a series. */
const CUT_SQL = {
  /** not_usage, inference, ancillary or unknown: every line is in exactly one. */
  part: `CASE WHEN s.is_usage = 0 THEN 'not_usage' WHEN s.family IN (${familiesOf('inference')}) THEN 'inference'
    WHEN s.family IN (${familiesOf('ancillary')}) THEN 'ancillary' ELSE 'unknown' END`,
  billedAs: `CASE WHEN ${textOf('billing_entity')} = '${MARKETPLACE_ENTITY}' THEN 'marketplace' ELSE 'native' END`,
  costExplorer: `CASE WHEN coalesce(${textOf('billing_entity')}, '') <> '${MARKETPLACE_ENTITY}'
    AND CASE WHEN s.product_name IS NULL THEN ${textOf('product_code')} = '${COST_EXPLORER_FILTER.productCode}'
      ELSE ${textOf('product_name')} = '${COST_EXPLORER_FILTER.productName}' END
    THEN 'inside' ELSE 'outside' END`,
} as const;
export type Cut = keyof typeof CUT_SQL;

const FACT_COLUMNS = `batch_id, delivery_id, day, series_id, line_items, quantity, unblended, net_unblended,
  amortized, net_amortized, list, contracted_stated, catalog_low, catalog_high, unpriced`;
const CONTRACT_COLUMNS = 'contract_low, contract_high';
const ROLLUP_FACTS = `SELECT ${FACT_COLUMNS}, NULL AS contract_low, NULL AS contract_high, NULL AS start_second,
    NULL AS end_second FROM rollup WHERE series_id NOT IN (SELECT series_id FROM claimed_rollup)`;
const CLAIMED_FACTS = `SELECT ${FACT_COLUMNS}, ${CONTRACT_COLUMNS}, NULL AS start_second, NULL AS end_second FROM claimed_rollup`;
/** Condition of single lines: those of claimed sums are apart, since only they have prices. */
const NOT_CLAIMED = `series_id NOT IN (SELECT id FROM line_series WHERE line_class = 'bedrock')`;
/** The tables that hold facts, brought to one shape. A sum of a day has no times, so it belongs to no hour. */
export const FACT_TABLES = {
  daily: `(SELECT ${FACT_COLUMNS}, ${CONTRACT_COLUMNS}, NULL AS start_second, NULL AS end_second FROM daily)`,
  claimed_rollup: `(${CLAIMED_FACTS})`,
  rollup: `(${ROLLUP_FACTS})`,
  /** Of deliveries whose lines are not held, and the lines of the others. */
  claimed_rollup_only: `(${CLAIMED_FACTS} WHERE ${WITHOUT_LINES})`,
  claimed_line: `(${CLAIMED_LINE_FACTS})`,
  rollup_only: `(${ROLLUP_FACTS} AND ${WITHOUT_LINES})`,
  rollup_line: `(${ROLLUP_LINE_FACTS} FROM rollup_line WHERE ${NOT_CLAIMED})`,
  line_item: `(SELECT batch_id, delivery_id, day, series_id, 1 AS line_items, quantity, unblended, net_unblended,
    amortized, net_amortized, list, contracted_stated, catalog_low, catalog_high,
    CASE WHEN catalog_low IS NULL THEN unblended ELSE 0 END AS unpriced, contract_low, contract_high, start_second, end_second FROM line_item)`,
} as const;
export type FactTable = keyof typeof FACT_TABLES;

/** Classes of lines a scope covers. */
export const SCOPE_CLASSES = {
  bedrock: ['bedrock'],
  estate: ['bedrock', 'candidate'],
  all: ['bedrock', 'candidate', 'other'],
} as const satisfies Record<Scope, readonly string[]>;

/**
 * Bedrock lines are all kept, but for sums of the roll-up that a rule claimed later; candidates beyond the cap and
 * other services are in the roll-up. `singly`: of deliveries that hold every line, these instead of their sums.
 */
export function factTables(scope: Scope, kept: 'daily' | 'line_item', singly = false): FactTable[] {
  const claimed = singly ? (['claimed_rollup_only', 'claimed_line'] as const) : (['claimed_rollup'] as const);
  if (scope === 'bedrock') return [kept, ...claimed];
  return [kept, ...claimed, ...(singly ? (['rollup_only', 'rollup_line'] as const) : (['rollup'] as const))];
}

/** Whether a question asks what only single lines know, and some delivery holds every one of them. */
export function needsEveryLine(db: Db, asked: Pick<SpendPlan, 'groupBy' | 'where'>): boolean {
  return lineOnlyDimensions(asked).length > 0 && holdsEveryLine(db);
}

/** Asked dimensions that only single lines know. */
export function lineOnlyDimensions(asked: Pick<SpendPlan, 'groupBy' | 'where'>): string[] {
  return [...new Set(dimensionsOf(asked))].filter((name) => isLineOnly(dimensionOf(name)));
}

/** Texts and times that sums are not told apart by. What the rules say of a line is no such text: others have none of it. */
function isLineOnly(dimension: DimensionDefinition | null): boolean {
  if (dimension === null || dimension.inRollup) return false;
  const { source } = dimension;
  return source.from === 'dictionary' ? LINE_TEXTS.includes(source.name) : source.from !== 'series';
}

const LINE_TEXTS: readonly DictionaryDimension[] = ['operation', 'resource', 'principal'];

const MILLISECONDS_A_DAY = 86_400_000;
/** Days since 1970-01-01 of an ISO day. */
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / MILLISECONDS_A_DAY;
export const isoDay = (day: number): string => new Date(day * MILLISECONDS_A_DAY).toISOString().slice(0, 10);

/** Conditions on series and on fact rows of a question, each wrapped so that they can be joined with AND. */
export function conditions(
  db: Db,
  plan: Pick<SpendPlan, 'where' | 'period' | 'scope'>,
): { readonly series: Sql; readonly fact: Sql } {
  const filters = plan.where.map((filter) => filterSql(db, filter));
  const placed = (place: 'series' | 'fact'): Sql[] =>
    filters
      .filter((filter) => filter.place === place)
      .map((filter) => sql(`(${filter.sql.text})`, ...filter.sql.values));
  const days =
    plan.period === null
      ? []
      : [sql('f.day BETWEEN ? AND ?', dayNumber(plan.period.from), dayNumber(plan.period.to))];
  return {
    series: join(
      [sql(`s.line_class IN (${quoted(SCOPE_CLASSES[plan.scope])})`), ...placed('series')],
      ' AND ',
    ),
    fact: join(
      [sql('f.delivery_id IN (SELECT id FROM delivery WHERE active = 1)'), ...days, ...placed('fact')],
      ' AND ',
    ),
  };
}

/** Dimensions that a question groups or filters by. */
const dimensionsOf = ({ groupBy, where }: Pick<SpendPlan, 'groupBy' | 'where'>): string[] => [
  ...groupBy,
  ...where.map(({ dimension }) => dimension),
];

/** Whether a question needs the lines themselves: only they know their hour. */
export function needsHours(plan: Pick<SpendPlan, 'groupBy' | 'where'>): boolean {
  return dimensionsOf(plan).includes('hour');
}

/** The fact sums that the asked components are made of. */
function neededSums(plan: SpendPlan): string[] {
  const basis = BASIS_COLUMN[plan.basis];
  const sums: Readonly<Record<string, string>> = {
    ...FACT_SUMS,
    rate_cost: `SUM(f.${basis})`,
    rate_quantity: `SUM(CASE WHEN f.${basis} IS NOT NULL THEN f.quantity END)`,
  };
  const sqlOf = componentSql(plan);
  const used = plan.components.flatMap((name) => sqlOf[name].match(/(?<=\bf\.)\w+/gu) ?? []);
  return [...new Set(used)].map((name) => `${sums[name]} AS ${name}`);
}

function factSql(plan: SpendPlan, table: FactTable, keys: readonly Sql[], where: Sql): Sql {
  const columns = [
    sql('f.series_id'),
    sql('f.delivery_id'),
    ...keys.map((key, index) => sql(`${key.text} AS t${index}`, ...key.values)),
    ...neededSums(plan).map((sum) => sql(sum)),
  ];
  const groups = ['f.series_id', 'f.delivery_id', ...keys.map((_, index) => `t${index}`)].join(', ');
  return join(
    [
      sql('SELECT '),
      join(columns, ', '),
      sql(` FROM ${FACT_TABLES[table]} AS f WHERE f.series_id IN (SELECT series_id FROM series) AND `),
      where,
      sql(` GROUP BY ${groups}`),
    ],
    '',
  );
}

const NO_SQL = sql('');

/** The factors that hold now, over all lines whatever is asked: a filter must not change what a line takes on. */
export function spreadHere(db: Db): Spread {
  return spreadOf(
    db,
    factTables('all', 'daily').map((table) => FACT_TABLES[table]),
  );
}

/** The statement of a plan: series are filtered and labelled once, facts are summed by series, then both meet. */
export function spendSql(db: Db, plan: SpendPlan, kept: 'daily' | 'line_item'): Sql {
  const keys = [
    ...plan.groupBy.map((name) => groupSql(db, name)),
    ...plan.cuts.map((cut) => ({
      place: 'series' as const,
      sql: sql(CUT_SQL[cut]),
      written: (key: string) => key,
    })),
  ];
  const seriesKeys = keys.filter(({ place }) => place === 'series').map((key) => key.sql);
  const factKeys = keys.filter(({ place }) => place === 'fact').map((key) => key.sql);
  const where = conditions(db, plan);
  let [seriesAt, factAt] = [0, 0];
  const selected = keys.map(({ place }) => (place === 'series' ? `s.k${seriesAt++}` : `f.t${factAt++}`));
  const groups = [...selected, 's.currency', 'f.delivery_id'];
  const written = keys.map((key, index) => key.written(selected[index] ?? 'NULL'));
  const { spread } = plan;
  const sqlOf = componentSql(plan);
  return join(
    [
      sql(
        'WITH batch_model (value) AS MATERIALIZED (SELECT value FROM json_each(?)), ',
        JSON.stringify(plan.batchModels),
      ),
      spread?.table ?? NO_SQL,
      sql('series AS MATERIALIZED (SELECT '),
      spread?.seriesColumns ?? NO_SQL,
      ...seriesKeys.map((key, index) => sql(`${key.text} AS k${index}, `, ...key.values)),
      sql(
        `(SELECT text FROM dim_model WHERE id = s.model) AS model, ${SERIES_FLAGS} FROM line_series AS s WHERE `,
      ),
      where.series,
      sql('), fact AS MATERIALIZED ('),
      join(
        factTables(plan.scope, kept, needsEveryLine(db, plan)).map((table) =>
          factSql(plan, table, factKeys, where.fact),
        ),
        ' UNION ALL ',
      ),
      sql(`) SELECT ${[...written, 's.currency', 'f.delivery_id', 'MIN(s.unit)', 'MAX(s.unit)', ...plan.components.map((name) => sqlOf[name])].join(', ')}
        FROM fact AS f JOIN series AS s ON s.series_id = f.series_id ${spread === null ? '' : SPREAD_JOINS}
        GROUP BY ${groups.join(', ')}`),
    ],
    '',
  );
}

/** Sums by group, currency and delivery; only active deliveries answer. Groups come in no particular order. */
export function* spendRows(db: Db, plan: SpendPlan, kept?: 'daily' | 'line_item'): Generator<SpendRow> {
  const statement = spendSql(db, plan, kept ?? (needsHours(plan) ? 'line_item' : 'daily'));
  const keyCount = plan.groupBy.length + plan.cuts.length;
  const rows = db
    .prepare(statement.text)
    .raw()
    .iterate(...statement.values) as Iterable<(string | number | null)[]>;
  for (const row of rows) {
    const at = (index: number) => row[keyCount + index] ?? null;
    yield {
      keys: row.slice(0, keyCount),
      currency: String(at(0)),
      delivery: Number(at(1)),
      unitLow: at(2) as string | null,
      unitHigh: at(3) as string | null,
      sums: row.slice(keyCount + 4) as (number | null)[],
    };
  }
}
