// Request counts of some usage by model, for levers whose effect only requests can tell apart from more or less use.
import { spendQuery } from '../../../shared/contract/spend.ts';
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import type { Filter, Period } from '../../../shared/domain/spend/vocabulary.ts';
import type { RequestCounts } from '../../../shared/domain/whatif/realised/plan.ts';
import type { Db } from '../db/open.ts';
import { catalogFacts } from '../spend/catalog-facts.ts';
import { answerInFull } from '../spend/query.ts';

/** Counted requests by model; null unless every day and model with tokens has a count. */
export function requestCounts(
  db: Db,
  catalog: Catalog,
  period: Period,
  conditions: readonly Filter[],
): RequestCounts {
  const { rows } = answerInFull(
    db,
    catalogFacts(catalog),
    spendQuery.parse({
      measures: ['requests', 'tokens'],
      groupBy: ['model', 'day'],
      where: conditions,
      period,
    }),
  );
  const counts = new Map<string, number>();
  for (const [model, , requests, tokens] of rows) {
    if (typeof tokens !== 'number' || tokens === 0) continue;
    if (typeof model !== 'string' || typeof requests !== 'number') return null;
    counts.set(model, (counts.get(model) ?? 0) + requests);
  }
  return counts.size === 0 ? null : counts;
}
