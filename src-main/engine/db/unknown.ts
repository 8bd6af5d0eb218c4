// Finds usage whose meaning, unit or unit scale is in doubt, with what it costs.
import type { Output } from '../../../shared/contract/methods.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import type { Db } from './open.ts';
import { conditions, isoDay } from './spend.ts';
import { join, sql } from './spend-filter.ts';

export type DoubtfulUsage = Omit<Output<'spend.unknown'>['rows'][number], 'problem'> & {
  /** null: the usage type and unit are known, and the catalog amount is far from what was invoiced. */
  readonly problem: 'unknown_usage_type' | 'unknown_unit' | null;
  /** Invoiced and catalog amounts in USD of the priced part. */
  readonly invoiced: number | null;
  readonly catalogLow: number | null;
  readonly catalogHigh: number | null;
};

/** How far invoiced and catalog amounts must be apart before a wrong unit is considered at all. */
const FAR = 50;

const text = (name: string): string => `(SELECT text FROM dim_${name} WHERE id = s.${name})`;

/** Usage types in doubt, with the amounts that tell a unit read wrongly from another reason. */
export function doubtfulUsage(db: Db, period: Period | null): DoubtfulUsage[] {
  const where = conditions(db, { where: [], period, scope: 'bedrock' });
  const statement = join(
    [
      sql(`WITH series AS MATERIALIZED (
        SELECT s.id, ${text('usage_type')} AS usageType, ${text('service')} AS service, ${text('unit')} AS unit,
          ${text('description')} AS description, ${text('currency')} AS currency,
          CASE WHEN s.family = 'unknown' THEN 'unknown_usage_type'
            WHEN s.meter IS NOT NULL AND s.counts_quantity = 1 AND s.base_unit IS NULL THEN 'unknown_unit' END AS problem
        FROM line_series AS s WHERE s.is_usage = 1 AND `),
      where.series,
      sql(`) SELECT s.usageType, s.service, s.unit, s.description, s.currency, s.problem,
          SUM(f.line_items) AS lineItems, SUM(f.unblended) AS unblended, MIN(f.day) AS firstDay, MAX(f.day) AS lastDay,
          SUM(CASE WHEN f.catalog_low IS NOT NULL THEN f.unblended - f.unpriced END) AS invoiced,
          SUM(f.catalog_low) AS catalogLow, SUM(f.catalog_high) AS catalogHigh
        FROM daily AS f JOIN series AS s ON s.id = f.series_id WHERE `),
      where.fact,
      sql(` GROUP BY 1, 2, 3, 4, 5, 6
        HAVING s.problem IS NOT NULL OR invoiced > ${FAR} * catalogHigh OR invoiced * ${FAR} < catalogLow
        ORDER BY abs(SUM(f.unblended)) DESC, 1, 4`),
    ],
    '',
  );
  const rows = db.prepare(statement.text).all(...statement.values) as (Omit<
    DoubtfulUsage,
    'firstDay' | 'lastDay'
  > & {
    firstDay: number;
    lastDay: number;
  })[];
  return rows.map((row) => ({ ...row, firstDay: isoDay(row.firstDay), lastDay: isoDay(row.lastDay) }));
}
