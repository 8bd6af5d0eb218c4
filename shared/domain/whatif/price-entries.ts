// The prices that a baseline carries: what the catalog and the contract rates of the workspace say of everything asked.
import type { Catalog } from '../pricing/catalog.ts';
import { contractChangeDays, contractPrice } from '../pricing/contract-price.ts';
import { lookUpPrice } from '../pricing/lookup.ts';
import { type ContractKey, EVERY } from '../pricing/override.ts';
import type { MissingReason, PriceAnswer } from '../pricing/price.ts';
import type { Filter, Period } from '../spend/vocabulary.ts';
import type { Mode } from '../usage/vocabulary.ts';
import { type PlaceChange, placesAfter } from './places.ts';
import {
  type ContractEntry,
  type PriceEntry,
  priceKeyOf,
  pricePartsOf,
  type UsageVector,
  VECTOR_METERS,
} from './vectors.ts';

export type PriceQuestion = {
  readonly period: Period;
  /** Modes and places to price beside those of the usage itself. */
  readonly modes: readonly Mode[];
  readonly places: readonly PlaceChange[];
  /** The one account of the usage, for rates that hold for an account only; null = several, or not known. */
  readonly account: string | null;
  /** Accounts with rates of their own whose usage is told apart (`UsageVector.account`). */
  readonly accounts: readonly string[];
};

/** The account that conditions leave; null where they leave several. */
export function accountOf(where: readonly Filter[]): string | null {
  const [own] = where.filter(({ dimension, operator }) => dimension === 'account' && operator === '=');
  return own?.values.length === 1 ? (own.values[0] ?? null) : null;
}

/** Every price a lever may ask for: all token meters, in the modes the usage has, in batch and in those asked for. */
export function pricesFor(
  vectors: readonly UsageVector[],
  { period, modes: asked, places, account }: PriceQuestion,
  catalog: Catalog,
): PriceEntry[] {
  const modes = [...new Set<Mode>([...vectors.map(({ mode }) => mode), 'batch', ...asked])];
  return [...placesAfter(vectors, places, priceKeyOf)].flatMap(([key, place]) =>
    modes.flatMap((mode) =>
      VECTOR_METERS.map((meter): PriceEntry => {
        const sku = { ...pricePartsOf(place), meter, mode, term: 'none' as const };
        const answer = lookUpPrice(catalog, sku, period.from, period.to);
        const contract = contractEntry(
          catalog,
          { ...sku, account: place.account ?? account },
          answer,
          period,
        );
        return { key, meter, mode, ...entryOf(answer, catalog), contract };
      }),
    ),
  );
}

const MISSING_TEXTS: Readonly<Record<MissingReason, string>> = {
  unknown_model: 'the catalog does not know this model',
  no_price_for_meter: 'the catalog has no such meter for this model',
  no_price_for_mode: 'the catalog has no price in this mode',
  no_price_for_region: 'the catalog has no price in this region',
  region_not_stated: 'the sources of its price do not state the region',
  no_price_for_tier: 'the catalog has no price in this region tier',
  no_price_for_variant: 'the catalog has no price for this variant',
  no_price_for_context_band: 'the catalog has no price for this context length',
  no_price_for_date: 'the catalog has no price for the whole period',
  no_price_in_currency: 'the catalog has no price in this currency',
  not_priced_by_meter: 'this meter has no price of its own',
};

function entryOf(
  answer: PriceAnswer,
  { version, sources }: Pick<Catalog, 'version' | 'sources'>,
): Pick<PriceEntry, 'low' | 'high' | 'source' | 'rangeReason'> {
  if (answer.kind === 'missing') {
    return { low: null, high: null, source: MISSING_TEXTS[answer.reason], rangeReason: null };
  }
  const titles = new Map(sources.map(({ id, title }) => [id, title]));
  const named = answer.chosen.map(
    ({ source, confidence, seen }) =>
      `${titles.get(source) ?? source} (${confidence}${seen === null ? '' : `, seen ${seen}`})`,
  );
  return {
    low: answer.usdPerUnitLow,
    high: answer.usdPerUnitHigh,
    source: `list, catalog ${version}: ${[...new Set(named)].join('; ')}`,
    rangeReason: answer.rangeReason,
  };
}

/**
 * What the contract rates of the workspace make of a price over the days: null where no rate is for it on any of them.
 * Where a rate starts or ends within the days, the rest of them is at list, and the amount is a range.
 */
export function contractEntry(
  { contract }: Catalog,
  key: ContractKey,
  list: PriceAnswer,
  { from, to }: Period,
): ContractEntry | null {
  const cuts = contractChangeDays(contract, key).filter((day) => day > from && day <= to);
  const starts = [from, ...cuts];
  const spans = starts.map((start) => contractPrice(contract, key, list, start, start));
  if (spans.every(({ kind }) => kind === 'none')) return null;
  const source = `contract rates of the workspace (version ${contract.version}), row ${[
    ...new Set(
      spans.flatMap((span) => (span.kind === 'none' ? [] : span.chosen.map(({ number }) => number))),
    ),
  ].join(', ')}`;
  const amounts = spans.flatMap((span) => {
    if (span.kind === 'contracted') return [span.usdPerUnitLow, span.usdPerUnitHigh];
    if (span.kind === 'unknown' || list.kind === 'missing') return [null];
    return [list.usdPerUnitLow, list.usdPerUnitHigh];
  });
  const known = amounts.filter((amount) => amount !== null);
  if (known.length < amounts.length) {
    const conflict = spans.some((span) => span.kind === 'unknown' && span.reason === 'conflict');
    const why = conflict ? 'neither of its rates comes first' : 'it is off a list price that is missing';
    return { low: null, high: null, source: `${source}: ${why}`, partly: false };
  }
  const partly = spans.some(({ kind }) => kind === 'none');
  return {
    low: Math.min(...known),
    high: Math.max(...known),
    source: partly ? `${source}, on some of the days; list on the others` : source,
    partly: starts.length > 1,
  };
}

/** Most accounts whose usage is priced by itself. */
const ACCOUNT_LIMIT = 100;

/** The accounts that have contract rates of their own, each once: usage of several is priced account by account. */
export function accountsWithRates({ contract }: Catalog, account: string | null): string[] {
  if (account !== null) return [];
  const own = contract.rates.map(({ scope }) => scope.account).filter((one) => one !== EVERY);
  const accounts = [...new Set(own)].sort();
  return accounts.length > ACCOUNT_LIMIT ? [] : accounts;
}

/** What a reader of a baseline must know about its contract rates; nothing where the workspace has none for one account. */
export function contractNotes(
  { contract }: Catalog,
  { account, accounts }: Pick<PriceQuestion, 'account' | 'accounts'>,
): string[] {
  const apart = contract.rates.filter(({ scope }) => scope.account !== EVERY);
  if (apart.length === 0 || account !== null) return [];
  const rows = `Contract rates that hold for one account only (rows ${apart.map(({ number }) => number).join(', ')})`;
  return accounts.length > 0
    ? [`${rows} are applied to the usage of those accounts, which is told apart for them.`]
    : [
        `${rows} are not applied: told apart by account, the usage has more parts than can be computed. Choose one account by a filter to apply them.`,
      ];
}
