// Capacity that the bill shows as paid by the hour: gathered from its rows, and how much of it runs.
import { addTo, emptySum, sumOf, totalOf } from '../sum.ts';
import type { UsageRow } from './baseline.ts';
import { billedAsOf, type PaidCapacity } from './vectors.ts';

/** Capacity of rows that are capacity: one for everything that tells it apart, the dearest first. */
export function capacityOf(rows: readonly UsageRow[]): PaidCapacity[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(Object.values(partsOf(row))));
  return [...groups.values()]
    .flatMap((own): Omit<PaidCapacity, 'id'>[] => {
      const [first] = own;
      if (first === undefined) return [];
      const invoiced = emptySum();
      for (const row of own) addTo(invoiced, row.invoiced);
      const hours = own.map(({ quantity }) => quantity).filter((quantity) => quantity !== null);
      return [
        {
          ...partsOf(first),
          hours: hours.length === own.length ? sumOf(hours) : null,
          invoiced: totalOf(invoiced),
        },
      ];
    })
    .sort((left, right) => right.invoiced - left.invoiced)
    .map((capacity, index) => ({ id: `capacity-${index + 1}`, ...capacity }));
}

function partsOf(row: UsageRow): Omit<PaidCapacity, 'id' | 'hours' | 'invoiced'> {
  const { family, provider, model, region, meter, variant, term, inScopes } = row;
  const billedAs = billedAsOf(row.billingEntity);
  return { family, provider, model, region, meter, variant, term, billedAs, inScopes };
}

/** Units (or thousands of tokens a minute) that ran on average; null where a quantity is not known. */
export function runningOf(capacity: readonly PaidCapacity[], daysCovered: number): number | null {
  const hours = capacity.map((one) => one.hours).filter((one) => one !== null);
  return hours.length < capacity.length || daysCovered === 0 ? null : sumOf(hours) / (daysCovered * 24);
}

/** Whether it stands under a commitment, as far as the bill says; a term it does not state counts as one. */
export function isCommitted({ term }: PaidCapacity): boolean {
  return term !== 'none';
}
