// Which price keys the lines of the held bills ask for, and how many of them have no catalog amount.
import type { BilledKey } from '../../../shared/domain/pricing/coverage.ts';
import type { Db } from './open.ts';

const text = (name: string): string => `(SELECT text FROM dim_${name} WHERE id = s.${name})`;

/** One row a price key of metered Bedrock usage in the active deliveries. */
export function billedKeys(db: Db): BilledKey[] {
  return db
    .prepare<[], BilledKey>(
      `WITH summed AS MATERIALIZED (
         SELECT f.series_id, SUM(f.line_items) AS lines,
           SUM(CASE WHEN f.catalog_low IS NULL THEN f.line_items ELSE 0 END) AS unpricedLines
         FROM daily AS f WHERE f.delivery_id IN (SELECT id FROM delivery WHERE active = 1) GROUP BY f.series_id)
       SELECT ${text('provider')} AS provider, ${text('model')} AS model, s.meter, ${text('variant')} AS variant,
         coalesce(s.mode, 'on_demand') AS mode, coalesce(s.term, 'none') AS term, ${text('region')} AS region,
         s.region_tier AS regionTier, s.context_band AS contextBand,
         SUM(summed.lines) AS lines, SUM(summed.unpricedLines) AS unpricedLines
       FROM summed JOIN line_series AS s ON s.id = summed.series_id
       WHERE s.is_usage = 1 AND s.counts_quantity = 1 AND s.meter IS NOT NULL AND s.line_class IN ('bedrock', 'candidate')
       GROUP BY s.provider, s.model, s.meter, s.variant, 5, 6, s.region, s.region_tier, s.context_band`,
    )
    .all();
}
