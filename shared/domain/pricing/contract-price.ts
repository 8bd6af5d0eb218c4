// Applies contract rates to a catalog price: which rate holds for a key and its days, what it makes of the price, what lost.
import {
  type ContractKey,
  compareOverrides,
  EVERY,
  fitsPart,
  holdsOn,
  namedParts,
  OVERRIDE_PARTS,
  type Override,
  partsOfKey,
} from './override.ts';
import type { PriceAnswer } from './price.ts';

/** The rates of a workspace, filed so that a look-up sees few of them. */
export type ContractRates = {
  /** What the set of rates is called in the catalog's version; null = there are none. */
  readonly version: string | null;
  readonly rates: readonly Override[];
  /** Rates by the model they name; `EVERY` for those that name none. */
  readonly byModel: ReadonlyMap<string, readonly Override[]>;
};

export function makeContractRates(version: string | null, rates: readonly Override[]): ContractRates {
  return { version, rates, byModel: Map.groupBy(rates, ({ scope }) => scope.model) };
}

export const NO_CONTRACT_RATES: ContractRates = makeContractRates(null, []);

/** Why a rate applies and gives no amount. */
export const CONTRACT_UNKNOWN_REASONS = ['no_catalog_price', 'part_of_span', 'conflict'] as const;
export type ContractUnknownReason = (typeof CONTRACT_UNKNOWN_REASONS)[number];

export type PassedOverRate = { readonly override: Override; readonly why: string };

/**
 * The contract's answer for a key and its days. `none`: no rate is for it, so the contracted price is not known (it is
 * not the list price). Amounts are USD per ONE base unit of the meter; a range where the catalog price is one and a
 * percentage applies, or where the rate changes within the days.
 */
export type ContractAnswer =
  | { readonly kind: 'none'; readonly passedOver: readonly PassedOverRate[] }
  | {
      readonly kind: 'contracted';
      readonly usdPerUnitLow: number;
      readonly usdPerUnitHigh: number;
      readonly chosen: readonly Override[];
      readonly passedOver: readonly PassedOverRate[];
    }
  | {
      readonly kind: 'unknown';
      readonly reason: ContractUnknownReason;
      readonly chosen: readonly Override[];
      readonly passedOver: readonly PassedOverRate[];
    };

/**
 * What a key costs under the contract on the days from–to (ISO, both inclusive), given the catalog's answer for the
 * same days. Precedence: the rate that names more parts of the key, then a price before a percentage; two that are
 * equal in both are a conflict, and none is chosen. Never throws, and the order of the rates does not matter.
 */
export function contractPrice(
  rates: ContractRates,
  key: ContractKey,
  list: PriceAnswer,
  fromDay: string,
  toDay: string,
): ContractAnswer {
  const ofKey = candidates(rates, key);
  const inSpan = ofKey.filter(({ from, to }) => (from ?? fromDay) <= toDay && (to ?? toDay) >= fromDay);
  const rest = missed(
    rates,
    key,
    ofKey.filter((one) => !inSpan.includes(one)),
  );
  if (inSpan.length === 0) return { kind: 'none', passedOver: rest };
  const days = [fromDay, ...changeDaysOf(inSpan).filter((day) => day > fromDay && day <= toDay)];
  const winners = days.map((day) => winnerOn(inSpan, day));
  const chosen = [...new Set(winners.flatMap((winner) => (winner === null ? [] : winner.first)))];
  const passedOver = [...lost(inSpan, chosen), ...rest];
  if (winners.some((winner) => winner !== null && winner.first.length > 1))
    return { kind: 'unknown', reason: 'conflict', chosen, passedOver };
  if (winners.includes(null)) return { kind: 'unknown', reason: 'part_of_span', chosen, passedOver };
  const amounts = chosen.map((override) => rateOf(override, list));
  if (amounts.includes(null)) return { kind: 'unknown', reason: 'no_catalog_price', chosen, passedOver };
  const known = amounts.filter((amount) => amount !== null);
  return {
    kind: 'contracted',
    usdPerUnitLow: Math.min(...known.map(({ low }) => low)),
    usdPerUnitHigh: Math.max(...known.map(({ high }) => high)),
    chosen,
    passedOver,
  };
}

/** Days (ISO) on which the contract price of a key may change: where a series of usage is cut before it is priced. */
export function contractChangeDays(rates: ContractRates, key: ContractKey): readonly string[] {
  return changeDaysOf(candidates(rates, key));
}

function changeDaysOf(rates: readonly Override[]): readonly string[] {
  const days = rates.flatMap(({ from, to }) => [from ?? [], to === null ? [] : dayAfter(to)].flat());
  return [...new Set(days)].sort();
}

/** The ISO day after one: a last day is inclusive, a change is on the day after it. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function filed({ byModel }: ContractRates, { model }: ContractKey): readonly Override[] {
  return [...(byModel.get(EVERY) ?? []), ...(byModel.get(model ?? 'none') ?? [])];
}

function candidates(rates: ContractRates, key: ContractKey): readonly Override[] {
  const parts = partsOfKey(key);
  return filed(rates, key).filter(({ scope }) =>
    OVERRIDE_PARTS.every((part) => fitsPart(part, scope[part], parts[part])),
  );
}

/** The rates that come first on one day (several: a conflict); null = none holds. */
function winnerOn(rates: readonly Override[], day: string): { readonly first: readonly Override[] } | null {
  const holding = rates.filter((rate) => holdsOn(rate, day));
  const [best] = holding.toSorted(compareOverrides);
  return best === undefined ? null : { first: holding.filter((rate) => compareOverrides(rate, best) === 0) };
}

/** USD per one base unit; null where a percentage has no catalog price to be taken off. */
function rateOf({ rate }: Override, list: PriceAnswer): { low: number; high: number } | null {
  if (rate.kind === 'price') return { low: rate.usd / rate.per, high: rate.usd / rate.per };
  if (list.kind === 'missing') return null;
  const factor = 1 - rate.off;
  return { low: list.usdPerUnitLow * factor, high: list.usdPerUnitHigh * factor };
}

function lost(rates: readonly Override[], chosen: readonly Override[]): readonly PassedOverRate[] {
  const [winner] = chosen;
  return rates
    .filter((rate) => !chosen.includes(rate))
    .map((override) => ({ override, why: whyLost(override, winner) }));
}

function whyLost(loser: Override, winner: Override | undefined): string {
  const names = namedParts(loser.scope).length;
  if (winner === undefined) return 'it does not hold on these days';
  const winning = namedParts(winner.scope).length;
  if (names === winning)
    return `a percentage, and row ${winner.number} states a price for as many parts of the key`;
  return `names ${names} of the key’s parts, row ${winner.number} names ${winning}`;
}

/** Rates that are for this key but for their days, and those that fail in one part only: what a reader will ask about. */
function missed(
  rates: ContractRates,
  key: ContractKey,
  otherDays: readonly Override[],
): readonly PassedOverRate[] {
  const parts = partsOfKey(key);
  const near = filed(rates, key).flatMap((override) => {
    const failing = OVERRIDE_PARTS.filter((part) => !fitsPart(part, override.scope[part], parts[part]));
    const [part] = failing;
    if (part === undefined || failing.length > 1) return [];
    return [{ override, why: `is for ${part} ${override.scope[part]} only` }];
  });
  return [...otherDays.map((override) => ({ override, why: `holds ${spanText(override)}` })), ...near];
}

function spanText({ from, to }: Override): string {
  if (to === null) return `from ${from ?? 'always'} on`;
  return from === null ? `until ${to}` : `from ${from} to ${to}`;
}
