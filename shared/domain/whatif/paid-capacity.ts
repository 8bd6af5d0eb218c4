// Capacity that the bill shows as paid by the hour: gathered from its rows, what it costs beside the tokens, how much runs.
import { addTo, emptySum, sumOf, totalOf } from '../sum.ts';
import type { UsageRow } from './baseline.ts';
import type { Charge } from './lever.ts';
import { billedAsOf, type OutsideCost, type PaidCapacity, type ScenarioBaseline } from './vectors.ts';

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

/**
 * What the baseline pays for capacity, as money beside its tokens: a lever that ends capacity takes from a cost that is
 * there. Search capacity is part of it where a lever asked for it, whoever uses it.
 */
export function capacityCharges({
  capacity,
  ocu,
}: Pick<ScenarioBaseline, 'capacity' | 'ocu'>): readonly Charge[] {
  const paid = { due: 'at_once' as const, formula: 'as invoiced on the days covered', ends: null };
  const units = capacity.map(({ model, family, invoiced, billedAs, provider }): Charge => {
    const label = `Paid capacity: ${model ?? family ?? 'unknown'}`;
    return { ...paid, label, amount: invoiced, billedAs, provider };
  });
  const search: Charge = {
    ...paid,
    label: 'Search capacity',
    amount: ocu?.invoiced ?? 0,
    billedAs: 'native',
    provider: 'Amazon',
  };
  return search.amount === 0 ? units : [...units, search];
}

/** Whether cost beside the tokens is capacity that `capacityCharges` counts. */
export function isCountedCapacity({ ocu }: Pick<ScenarioBaseline, 'ocu'>, { reason }: OutsideCost): boolean {
  return reason === 'fixed_capacity' || (reason === 'search_capacity' && ocu !== null);
}
