// What a contract rate is: the part of the catalog it is for, its discount or price, its days, and which of two comes first.
import type { Mode } from '../usage/vocabulary.ts';
import type { PriceKey } from './price.ts';

/** Parts of a key that a contract rate names, or leaves open with `EVERY`. In the order in which they are written. */
export const OVERRIDE_PARTS = [
  'account',
  'provider',
  'model',
  'meter',
  'variant',
  'mode',
  'term',
  'region',
  'tier',
  'context',
] as const;
export type OverridePart = (typeof OVERRIDE_PARTS)[number];

/** Every value of a part, stated as such: a rate of one mode is never inherited by another. */
export const EVERY = '*';
/** Lines that have none of it: a feature has no model, most prices have no variant. */
export const NOTHING = 'none';

export type OverrideScope = Readonly<Record<OverridePart, string>>;

/** `off` is a share of the catalog price (0.2 = 20 % off); `usd` is for `per` base units of the meter. */
export type OverrideRate =
  | { readonly kind: 'percent'; readonly off: number }
  | { readonly kind: 'price'; readonly usd: number; readonly per: number; readonly unit: string };

/** One row of a rate card. `number` is its place in the card, from 1. */
export type Override = {
  readonly number: number;
  readonly scope: OverrideScope;
  readonly rate: OverrideRate;
  /** First and last ISO day, both inclusive; null = open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly note: string;
};

/** What a contract rate is looked for with: the key of a price, and the account that used it (null = not asked). */
export type ContractKey = PriceKey & { readonly account: string | null };

/** What a key says in each part; null = it has none of it. Tiers are told apart as far as a bill does. */
export function partsOfKey(key: ContractKey): Readonly<Record<OverridePart, string | null>> {
  const { account, provider, model, meter, variant, term, region, regionTier, contextBand } = key;
  const mode: Mode = key.mode;
  const tier = regionTier === null ? null : regionTier === 'global' ? 'global' : 'regional';
  return {
    account,
    provider,
    model,
    meter,
    variant,
    mode,
    term,
    region,
    tier,
    context: contextBand ?? 'standard',
  };
}

const meansNothing = (part: OverridePart): boolean => part !== 'term';

/** Whether a named value of a part stands for what a key has there. */
export function fitsPart(part: OverridePart, named: string, value: string | null): boolean {
  if (named === EVERY) return true;
  if (named === NOTHING && meansNothing(part)) return value === null;
  return named === value;
}

/** Parts that a rate names: the more, the more specific. A model names its provider too, and is written with it. */
export function namedParts(scope: OverrideScope): readonly OverridePart[] {
  return OVERRIDE_PARTS.filter((part) => scope[part] !== EVERY);
}

/**
 * Sorts the rate that comes first before the other: the one that names more parts of the key, then a price before a
 * percentage. 0 = neither comes first; the order of the rows never decides.
 */
export function compareOverrides(left: Override, right: Override): number {
  return (
    namedParts(right.scope).length - namedParts(left.scope).length ||
    Number(left.rate.kind === 'percent') - Number(right.rate.kind === 'percent')
  );
}

export function holdsOn({ from, to }: Pick<Override, 'from' | 'to'>, day: string): boolean {
  return (from === null || from <= day) && (to === null || day <= to);
}

const BEFORE_ALL = '';
const AFTER_ALL = '9999-12-31';

/** Days both rates hold on; null = none. */
export function sharedDays(left: Override, right: Override): { from: string; to: string } | null {
  const from = [left.from ?? BEFORE_ALL, right.from ?? BEFORE_ALL].sort()[1] ?? BEFORE_ALL;
  const to = [left.to ?? AFTER_ALL, right.to ?? AFTER_ALL].sort()[0] ?? AFTER_ALL;
  return from <= to ? { from, to } : null;
}

/** The keys both rates are for; null = none. */
function sharedScope(left: OverrideScope, right: OverrideScope): OverrideScope | null {
  const parts: [OverridePart, string][] = [];
  for (const part of OVERRIDE_PARTS) {
    const [one, other] = [left[part], right[part]];
    if (one !== other && one !== EVERY && other !== EVERY) return null;
    parts.push([part, one === EVERY ? other : one]);
  }
  return Object.fromEntries(parts) as OverrideScope;
}

export type Conflict = { readonly left: Override; readonly right: Override };

/** Most conflicts that are named: the first ones tell what is wrong. */
const CONFLICT_LIMIT = 50;

/**
 * Pairs of rates of which neither comes first for some key and day, so that none may be chosen. A third rate that comes
 * before both, and is for everything they share, settles it.
 */
export function overrideConflicts(overrides: readonly Override[]): readonly Conflict[] {
  const found: Conflict[] = [];
  const ranks = Map.groupBy(overrides, ({ scope, rate }) => `${namedParts(scope).length} ${rate.kind}`);
  for (const equals of ranks.values()) {
    for (const [index, left] of equals.entries()) {
      for (const right of equals.slice(index + 1)) {
        if (found.length >= CONFLICT_LIMIT) return found;
        if (isOpen(left, right, overrides)) found.push({ left, right });
      }
    }
  }
  return found;
}

function isOpen(left: Override, right: Override, all: readonly Override[]): boolean {
  const scope = sharedScope(left.scope, right.scope);
  const days = scope === null ? null : sharedDays(left, right);
  if (scope === null || days === null) return false;
  return !all.some(
    (third) =>
      compareOverrides(third, left) < 0 &&
      OVERRIDE_PARTS.every((part) => third.scope[part] === EVERY || third.scope[part] === scope[part]) &&
      (third.from ?? BEFORE_ALL) <= days.from &&
      (third.to ?? AFTER_ALL) >= days.to,
  );
}
