// Tokens by hour for the levers that size capacity, from rows of a bill that say their hour.
import type { Filter } from '../spend/vocabulary.ts';
import { addTo, emptySum, type Sum, totalOf } from '../sum.ts';
import { type UsageRow, vectorOf } from './baseline.ts';
import { type HourlyUsage, NO_TOKENS, scopeIndex, usageKeyOf } from './vectors.ts';

/** A usage row with the hour it fell in, counted from the baseline's first; null where the bill does not say. */
export type HourRow = UsageRow & { readonly hour: number | null };

type Building = { readonly hours: Map<number, { input: Sum; output: Sum }>; complete: boolean };

/**
 * The hours of the usage in any of the asked scopes (an empty one = all). Usage of which any part has no hour is left
 * out: what it needs at its busiest cannot be known.
 */
export function hourlyOf(
  rows: readonly HourRow[],
  hours: number,
  scopes: readonly (readonly Filter[])[],
  asked: readonly (readonly Filter[])[],
  localTimes: HourlyUsage['localTimes'],
): HourlyUsage {
  const wanted = asked.map((scope) => scopeIndex(scopes, scope));
  const building = new Map<string, Building>();
  for (const row of rows) {
    const vector = vectorOf(row);
    const { hour, meter, quantity } = row;
    const inScope = wanted.some((index) => index === null || row.inScopes.includes(index));
    if (vector === null || !inScope || quantity === null) continue;
    const key = usageKeyOf({ ...vector, id: '', tokens: NO_TOKENS, invoiced: NO_TOKENS });
    const own = building.get(key) ?? { hours: new Map(), complete: true };
    building.set(key, own);
    if (hour === null) own.complete = false;
    else addHour(own, hour, meter === 'output' ? 'output' : 'input', quantity);
  }
  const complete = [...building].filter(([, own]) => own.complete);
  return { hours, rows: complete.map(([key, own]) => ({ key, ...columnsOf(own) })), localTimes };
}

function addHour({ hours }: Building, hour: number, side: 'input' | 'output', quantity: number): void {
  const own = hours.get(hour) ?? { input: emptySum(), output: emptySum() };
  hours.set(hour, own);
  addTo(own[side], quantity);
}

/** Corrections may leave an hour below zero: it needs nothing then. */
function columnsOf({ hours }: Building): { at: number[]; input: number[]; output: number[] } {
  const at = [...hours.keys()].sort((left, right) => left - right);
  const column = (side: 'input' | 'output'): number[] =>
    at.map((hour) => Math.max(0, totalOf(hours.get(hour)?.[side] ?? emptySum())));
  return { at, input: column('input'), output: column('output') };
}
