// What the bills behind figures are called, where they are not simply the payer's own.
import type { DeliveryFact } from '../db/deliveries.ts';

const MOST_NAMED = 50;

/** Each name with its periods; a bill that nobody labelled and that looks like the payer's own has none. */
export function billsHeld(deliveries: readonly DeliveryFact[]): { name: string; periods: string[] }[] {
  const named = deliveries.flatMap(({ bill, period }) =>
    bill === null || (bill.kind === 'own_invoice' && bill.label === null)
      ? []
      : [{ name: bill.label ?? bill.name, period }],
  );
  const byName = Map.groupBy(named, ({ name }) => name);
  return [...byName]
    .map(([name, found]) => ({ name, periods: [...new Set(found.map(({ period }) => period))].toSorted() }))
    .slice(0, MOST_NAMED);
}
