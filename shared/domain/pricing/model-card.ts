// A model on one page: where it stands in its life, how it can be bought, what it caches; each with its source or unknown.
import { CACHE_WRITE_METERS, type Meter, MODES, type Mode } from '../usage/vocabulary.ts';
import type { Catalog } from './catalog.ts';
import {
  type CacheFacts,
  cacheFactsOf,
  customOnDemandOf,
  type LifecycleState,
  lifecycleOf,
  lifecycleStateOn,
  type ModelLifecycle,
  modeLimits,
  modesNotOffered,
  standingSuccessor,
} from './model-facts.ts';
import type { CatalogPrice } from './price.ts';

/** Where a statement comes from, in words. */
export type Evidence = { readonly title: string; readonly seen: string | null; readonly note: string | null };

export type ModeOffer = {
  readonly mode: Mode;
  /** `priced`: the catalog has a price of it; `not_offered`: a source says so; `unknown`: nothing does. */
  readonly offer: 'priced' | 'not_offered' | 'unknown';
  readonly terms: readonly string[];
  readonly limits: readonly string[];
  readonly evidence: Evidence | null;
};

/** A multiple of the price of uncached input, the lowest and the highest over all places; null = no such price. */
export type Factor = { readonly low: number; readonly high: number } | null;

export type ModelCard = {
  readonly model: string;
  readonly day: string;
  /** null = nothing is known of its life. */
  readonly lifecycle: {
    /** null = nothing had been announced by that day. */
    readonly state: LifecycleState | null;
    readonly legacyFrom: string | null;
    readonly extendedAccessFrom: string | null;
    /** Whether the catalog has prices that begin with the extended access; null without one. */
    readonly extendedAccessPriced: boolean | null;
    readonly endOfLife: string | null;
    readonly successor: string | null;
    readonly successorBasis: ModelLifecycle['successorBasis'];
    /** The first successor that is not itself ending; null = none is known. */
    readonly standing: string | null;
    readonly evidence: Evidence;
  } | null;
  readonly modes: readonly ModeOffer[];
  /** null = nothing is known, and no cached token has a price. */
  readonly caching: {
    readonly kind: CacheFacts['kind'] | 'priced_only';
    readonly minimum: CacheFacts['minimum'];
    readonly maximum: number | null;
    readonly read: Factor;
    readonly writes: readonly { readonly meter: Meter; readonly factor: Factor }[];
    readonly writeDisputed: boolean;
    readonly evidence: Evidence | null;
  } | null;
  /** Whether custom versions are served on demand; null = no source says so. */
  readonly customOnDemand: Evidence | null;
};

/** The card of a model on an ISO day. A model without prices has a card too: what is known of it is not its prices alone. */
export function modelCard(catalog: Catalog, model: string, day: string): ModelCard {
  const prices = (catalog.byOwner.get(model) ?? []).filter(
    ({ effectiveTo }) => effectiveTo === null || effectiveTo > day,
  );
  const custom = customOnDemandOf(model);
  return {
    model,
    day,
    lifecycle: lifecycleCard(prices, model, day),
    modes: MODES.filter((mode) => mode !== 'unknown').map((mode) => offerOf(prices, model, mode)),
    caching: cachingCard(prices, model),
    customOnDemand: custom === null ? null : evidenceOf(custom),
  };
}

function evidenceOf({ source, note }: Pick<ModelLifecycle, 'source' | 'note'>): Evidence {
  return { title: source.title, seen: source.seen, note };
}

function lifecycleCard(prices: readonly CatalogPrice[], model: string, day: string): ModelCard['lifecycle'] {
  const lifecycle = lifecycleOf(model);
  if (lifecycle === null) return null;
  const { legacyFrom, extendedAccessFrom, endOfLife, successor, successorBasis } = lifecycle;
  return {
    state: lifecycleStateOn(lifecycle, day),
    legacyFrom,
    extendedAccessFrom,
    extendedAccessPriced:
      extendedAccessFrom === null
        ? null
        : prices.some(({ effectiveFrom }) => effectiveFrom !== null && effectiveFrom >= extendedAccessFrom),
    endOfLife,
    successor,
    successorBasis,
    standing: standingSuccessor(model, day),
    evidence: evidenceOf(lifecycle),
  };
}

function offerOf(prices: readonly CatalogPrice[], model: string, mode: Mode): ModeOffer {
  const own = prices.filter((price) => price.mode === mode);
  const denied = modesNotOffered(model).find((fact) => fact.mode === mode);
  const limits = modeLimits(model).flatMap((fact) => (fact.mode === mode ? (fact.text ?? []) : []));
  const terms = [...new Set(own.map(({ term }) => term))].filter((term) => term !== 'none').sort();
  const evidence = denied === undefined ? null : evidenceOf({ source: denied.source, note: denied.text });
  const offer = own.length > 0 ? 'priced' : denied === undefined ? 'unknown' : 'not_offered';
  return { mode, offer, terms, limits, evidence };
}

function cachingCard(prices: readonly CatalogPrice[], model: string): ModelCard['caching'] {
  const facts = cacheFactsOf(model);
  const read = factorOf(prices, 'cache_read');
  const writes = CACHE_WRITE_METERS.map((meter) => ({ meter, factor: factorOf(prices, meter) }));
  const priced = read !== null || writes.some(({ factor }) => factor !== null);
  if (facts === null && !priced) return null;
  return {
    kind: facts?.kind ?? 'priced_only',
    minimum: facts?.minimum ?? null,
    maximum: facts?.maximum ?? null,
    read,
    writes: writes.filter(({ factor }) => factor !== null),
    writeDisputed: facts?.writeDisputed ?? false,
    evidence: facts === null ? null : evidenceOf(facts),
  };
}

/** Price of a meter ÷ price of input, over the places that have both on demand. */
function factorOf(prices: readonly CatalogPrice[], meter: Meter): Factor {
  const placeOf = ({ region, anyRegion, regionTier, contextBand, effectiveFrom, source }: CatalogPrice) =>
    JSON.stringify([region, anyRegion, regionTier, contextBand, effectiveFrom, source]);
  const plain = prices.filter(({ mode, variant }) => mode === 'on_demand' && variant === null);
  const inputs = new Map(
    plain.filter((price) => price.meter === 'input').map((price) => [placeOf(price), price.usd]),
  );
  const factors = plain
    .filter((price) => price.meter === meter)
    .flatMap((price) => {
      const input = inputs.get(placeOf(price)) ?? 0;
      return input > 0 ? [price.usd / input] : [];
    });
  return factors.length === 0 ? null : { low: Math.min(...factors), high: Math.max(...factors) };
}
