// Finds what somebody should look at: usage in doubt, profiles without a model, and lines elsewhere that look like AI.
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import type { Db } from './open.ts';
import { SUMMED_LINES } from './rollup-lines.ts';
import { conditions, FACT_TABLES, factTables } from './spend.ts';
import { join, type Sql, sql } from './spend-filter.ts';

/** Usage of one kind and problem, with what it costs. `problem` null: only the amounts can tell whether there is one. */
export type TrayUsage = {
  readonly problem: 'unknown_usage_type' | 'unknown_unit' | 'profile_without_model' | 'looks_like_ai' | null;
  readonly lineClass: 'bedrock' | 'candidate' | 'other';
  readonly usageType: string | null;
  readonly service: string | null;
  readonly unit: string | null;
  readonly description: string | null;
  readonly resource: string | null;
  readonly currency: string;
  readonly family: string | null;
  readonly model: string | null;
  readonly meter: string | null;
  readonly mode: string | null;
  readonly regionTier: string | null;
  readonly contextBand: string | null;
  readonly ruleId: string | null;
  readonly accounts: number;
  readonly lineItems: number;
  readonly summedLineItems: number;
  readonly quantity: number | null;
  readonly unblended: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Invoiced and catalog amounts in USD of the priced part. */
  readonly invoiced: number | null;
  readonly catalogLow: number | null;
  readonly catalogHigh: number | null;
};

/** How far invoiced and catalog amounts must be apart before a wrong unit is considered at all. */
const FAR = 50;

const PROFILE = ':application-inference-profile/';

const text = (name: string): string => `(SELECT text FROM dim_${name} WHERE id = s.${name})`;

/** Products and usage types outside Bedrock, for the search of clues. */
export type OutsideUsage = {
  readonly service: string | null;
  readonly usageType: string | null;
  readonly serviceId: number | null;
  readonly usageTypeId: number | null;
};

export function usageOutside(db: Db): OutsideUsage[] {
  return db
    .prepare<[], OutsideUsage>(
      `SELECT DISTINCT ${text('service')} AS service, ${text('usage_type')} AS usageType, s.service AS serviceId,
         s.usage_type AS usageTypeId
       FROM line_series AS s WHERE s.line_class <> 'bedrock' AND s.is_usage = 1`,
    )
    .all();
}

/** Bedrock usage that is in doubt. What somebody has looked at and left as it stands is not. */
export function doubtfulBedrock(db: Db, period: Period | null): TrayUsage[] {
  const problem = `CASE
    WHEN s.family = 'unknown' THEN 'unknown_usage_type'
    WHEN s.meter IS NOT NULL AND s.counts_quantity = 1 AND s.base_unit IS NULL THEN 'unknown_unit'
    WHEN s.model IS NULL AND instr(${text('resource')}, '${PROFILE}') > 0 THEN 'profile_without_model' END`;
  return trayUsage(db, period, 'bedrock', problem, sql(`NOT EXISTS (${DECIDED('as_it_stands')})`));
}

/** Usage outside Bedrock of these products and usage types that nobody has decided about. */
export function undecidedOutside(
  db: Db,
  period: Period | null,
  kinds: readonly Pick<OutsideUsage, 'serviceId' | 'usageTypeId'>[],
): TrayUsage[] {
  const pairs = JSON.stringify(kinds.map(({ serviceId, usageTypeId }) => [serviceId, usageTypeId]));
  return trayUsage(
    db,
    period,
    'all',
    "'looks_like_ai'",
    sql(
      `s.line_class <> 'bedrock' AND NOT EXISTS (SELECT 1 FROM series_rule WHERE series_id = s.id)
       AND EXISTS (SELECT 1 FROM json_each(?) AS kind
         WHERE kind.value ->> 0 IS s.service AND kind.value ->> 1 IS s.usage_type)`,
      pairs,
    ),
  );
}

const DECIDED = (kind: string): string => `
  SELECT 1 FROM series_rule AS decided JOIN mapping_rule AS rule ON rule.number = decided.rule
  WHERE decided.series_id = s.id AND rule.outcome ->> 'kind' = '${kind}'`;

/** What the rows are told apart by. A profile is one row whatever it was used for. */
const KEYS = `s.problem, s.line_class, s.usageType, s.service, s.unit, s.description, s.resource, s.currency, s.family,
  s.model, s.meter, s.mode, s.regionTier, s.contextBand, s.ruleId`;

function trayUsage(
  db: Db,
  period: Period | null,
  scope: 'bedrock' | 'all',
  problem: string,
  only: Sql,
): TrayUsage[] {
  const where = conditions(db, { where: [], period, scope });
  const facts = factTables(scope, 'daily').map((table) =>
    join(
      [
        sql(`SELECT f.series_id, f.day, f.line_items, ${table === 'daily' ? '0' : SUMMED_LINES} AS summed, f.quantity,
          f.unblended, f.unpriced, f.catalog_low, f.catalog_high
          FROM ${FACT_TABLES[table]} AS f WHERE f.series_id IN (SELECT id FROM series) AND `),
        where.fact,
      ],
      '',
    ),
  );
  const statement = join(
    [
      sql(
        `WITH judged AS (SELECT s.*, ${problem} AS problem FROM line_series AS s WHERE s.is_usage = 1 AND `,
      ),
      where.series,
      sql(' AND '),
      only,
      sql(`), series AS MATERIALIZED (SELECT s.id, s.problem, s.line_class, s.account,
          ${text('service')} AS service, ${text('currency')} AS currency,
          ${notForProfiles(text('usage_type'))} AS usageType, ${notForProfiles(text('unit'))} AS unit,
          ${notForProfiles(text('description'))} AS description,
          CASE WHEN s.problem = 'profile_without_model' THEN ${text('resource')} END AS resource,
          ${notForProfiles('s.family')} AS family, ${text('model')} AS model, ${notForProfiles('s.meter')} AS meter,
          ${notForProfiles('s.mode')} AS mode, ${notForProfiles('s.region_tier')} AS regionTier,
          ${notForProfiles('s.context_band')} AS contextBand, ${notForProfiles('s.rule_id')} AS ruleId
        FROM judged AS s), fact AS (`),
      join(facts, ' UNION ALL '),
      sql(`) SELECT s.problem, s.line_class AS lineClass, s.usageType, s.service, s.unit, s.description, s.resource,
          s.currency, s.family, s.model, s.meter, s.mode, s.regionTier, s.contextBand, s.ruleId,
          COUNT(DISTINCT s.account) AS accounts, SUM(f.line_items) AS lineItems, SUM(f.summed) AS summedLineItems,
          SUM(f.quantity) AS quantity, SUM(f.unblended) AS unblended, MIN(f.day) AS firstDay, MAX(f.day) AS lastDay,
          SUM(CASE WHEN f.catalog_low IS NOT NULL THEN f.unblended - f.unpriced END) AS invoiced,
          SUM(f.catalog_low) AS catalogLow, SUM(f.catalog_high) AS catalogHigh
        FROM fact AS f JOIN series AS s ON s.id = f.series_id
        GROUP BY ${KEYS}
        HAVING s.problem IS NOT NULL OR invoiced > ${FAR} * catalogHigh OR invoiced * ${FAR} < catalogLow
        ORDER BY abs(SUM(f.unblended)) DESC, s.usageType, s.description`),
    ],
    '',
  );
  return db.prepare<unknown[], TrayUsage>(statement.text).all(...statement.values);
}

const notForProfiles = (value: string): string =>
  `CASE WHEN s.problem IS NOT 'profile_without_model' THEN ${value} END`;
