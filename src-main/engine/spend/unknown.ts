// The review list: usage nobody could classify, units nobody could read, units that were probably read wrongly.
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { PAGE_LIMIT } from '../../../shared/contract/schemas.ts';
import { explainVariance } from '../../../shared/domain/pricing/variance.ts';
import type { Db } from '../db/open.ts';
import { type DoubtfulUsage, doubtfulUsage } from '../db/unknown.ts';

type Unknown = Output<'spend.unknown'>;

/** Most expensive first; a unit conflict is what the price comparison calls one. */
export function unknownUsage(db: Db, { period }: ParsedInput<'spend.unknown'>): Unknown {
  const rows = doubtfulUsage(db, period).flatMap((usage): Unknown['rows'] => {
    const { invoiced, catalogLow, catalogHigh, problem, ...row } = usage;
    if (problem !== null) return [{ ...row, problem }];
    return isUnitConflict(usage) ? [{ ...row, problem: 'unit_conflict' }] : [];
  });
  return { schemaVersion: 1, rows: rows.slice(0, PAGE_LIMIT), rowCount: rows.length };
}

function isUnitConflict({ invoiced, catalogLow: low, catalogHigh: high }: DoubtfulUsage): boolean {
  if (invoiced === null || low === null || high === null) return false;
  const catalog = { low, high, rangeReason: null };
  return explainVariance({ invoiced, catalog, listStated: null, otherTiers: [] }).reason === 'unit_conflict';
}
