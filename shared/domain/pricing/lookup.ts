// Decides which price of a catalog a line of usage falls under, or why there is none.
import type { ContextBand, RegionTier } from '../usage/vocabulary.ts';
import { type Catalog, type CatalogLayer, skuOwner } from './catalog.ts';
import {
  type CatalogPrice,
  CONFIDENCES,
  type MissingReason,
  type PriceAnswer,
  type PriceKey,
} from './price.ts';

/** Most prices an answer names as nearest when there is none. */
const NEAREST_LIMIT = 20;

/** Partitions whose price lists are separate: a price of the commercial regions says nothing about them. */
const OTHER_PARTITIONS = /^(us-gov|us-iso|us-isob|cn|eusc)-/u;

/** Whether a price that holds "in every commercial region" holds in this one. A line without a region is taken as commercial. */
export function isCommercial(region: string | null): boolean {
  return region === null || !OTHER_PARTITIONS.test(region);
}

/** Tiers of prices that a line of a tier may have been billed at; `regional` on a bill is in-region or geo. */
const TIERS_OF_LINE: Readonly<Record<RegionTier, readonly RegionTier[]>> = {
  global: ['global'],
  geo: ['geo', 'regional'],
  in_region: ['in_region', 'regional'],
  regional: ['regional', 'in_region', 'geo'],
};

type Narrowing = {
  readonly reason: MissingReason;
  readonly keeps: (price: CatalogPrice, key: PriceKey) => boolean;
};

/** In order, after model and meter: the first that leaves nothing over is the reason why there is no price. */
const NARROWINGS: readonly Narrowing[] = [
  {
    reason: 'no_price_for_mode',
    keeps: (price, key) => price.mode === key.mode && price.term === key.term,
  },
  { reason: 'no_price_for_variant', keeps: (price, key) => price.variant === key.variant },
  {
    reason: 'no_price_for_context_band',
    keeps: (price, key) => price.contextBand === bandOf(key.contextBand),
  },
];

function bandOf(band: ContextBand | null): ContextBand {
  return band ?? 'standard';
}

/**
 * The price of one SKU and purchase over a span of days (ISO, both inclusive), in USD per ONE base unit of the meter.
 * The topmost layer that has a price for the whole span answers; prices of lower layers are named as passed over.
 * By the day of the usage: an undated price holds until the next known price of the same key. Nothing is derived:
 * no batch price from an on-demand price, no region from another. Never throws; missing is an answer.
 */
export function lookUpPrice(catalog: Catalog, key: PriceKey, fromDay: string, toDay: string): PriceAnswer {
  if (key.meter === 'other') return missing('not_priced_by_meter', []);
  const answers = catalog.layers.map((layer) => lookUpInLayer(layer, key, fromDay, toDay));
  const priced = answers.filter((answer) => answer.kind === 'priced');
  const [chosen, ...lower] = priced;
  if (chosen === undefined) return mostTelling(answers.filter((answer) => answer.kind === 'missing'));
  const below = lower.flatMap((answer) =>
    answer.chosen.map((price) => ({ price, why: `the ${LAYER_NAMES[chosen.layer]} comes first` })),
  );
  return below.length === 0 ? chosen : { ...chosen, passedOver: [...chosen.passedOver, ...below] };
}

type Priced = Extract<PriceAnswer, { kind: 'priced' }>;
type Missing = Extract<PriceAnswer, { kind: 'missing' }>;

const LAYER_NAMES: Readonly<Record<Priced['layer'], string>> = {
  contract: 'contract',
  offer: 'imported AWS offer file',
  bundled: 'bundled catalog',
};

/** Of several layers without a price, the one that came closest says why. */
function mostTelling(answers: readonly Missing[]): PriceAnswer {
  const depth = ({ reason }: Missing): number => SEARCH_ORDER.indexOf(reason);
  const [closest] = [...answers].sort((left, right) => depth(right) - depth(left));
  return missing(
    closest?.reason ?? 'unknown_model',
    answers.flatMap(({ nearest }) => nearest),
  );
}

/** Reasons in the order in which a search meets them. */
const SEARCH_ORDER: readonly MissingReason[] = [
  'unknown_model',
  'no_price_for_meter',
  'no_price_for_mode',
  'no_price_for_variant',
  'no_price_for_context_band',
  'no_price_for_region',
  'region_not_stated',
  'no_price_for_tier',
  'no_price_for_date',
];

function lookUpInLayer(
  { layer, byOwner }: CatalogLayer,
  key: PriceKey,
  fromDay: string,
  toDay: string,
): Priced | Missing {
  const owned = byOwner.get(skuOwner(key.model));
  if (owned === undefined) return missing('unknown_model', []);
  let left = owned.get(key.meter) ?? [];
  if (left.length === 0) return missing('no_price_for_meter', [...owned.values()].flat());
  for (const { reason, keeps } of NARROWINGS) {
    const kept = left.filter((price) => keeps(price, key));
    if (kept.length === 0) return missing(reason, left);
    left = kept;
  }
  const hasGlobal = left.some((price) => price.regionTier === 'global');
  const ofTier = (price: CatalogPrice): boolean => holdsInTier(price, key.regionTier, hasGlobal);
  const unplaced = left.filter((price) => !isPlaced(price) && ofTier(price));
  const inRegion = left.filter((price) => holdsInRegion(price, key.region));
  if (inRegion.length === 0) {
    const reason = unplaced.length === 0 ? 'no_price_for_region' : 'region_not_stated';
    return missing(reason, unplacedFirst(left));
  }
  const inTier = inRegion.filter(ofTier);
  if (inTier.length === 0) return missing('no_price_for_tier', [...inRegion, ...unplaced]);
  const answer = answerOf(layer, key, inTier, fromDay, toDay);
  if (unplaced.length === 0) return answer;
  if (answer.kind === 'missing') return missing('region_not_stated', [...unplaced, ...answer.nearest]);
  const passedOver = unplaced.map((price) => ({ price, why: REGION_NOT_STATED }));
  return { ...answer, passedOver: [...answer.passedOver, ...passedOver] };
}

/** Why a published fact loses against every price that says where it holds, and is joined to no line. */
const REGION_NOT_STATED = 'its source does not state the region';

/** Whether a price says where it holds. One that does not is a fact to be shown, never a price of any region. */
export function isPlaced({ anyRegion, region }: CatalogPrice): boolean {
  return anyRegion || region !== null;
}

function unplacedFirst(prices: readonly CatalogPrice[]): readonly CatalogPrice[] {
  return [...prices.filter((price) => !isPlaced(price)), ...prices.filter(isPlaced)];
}

/**
 * Facts about a purchase whose source does not state the region, on one ISO day: what is known of it where no price
 * is bound to its region. For showing beside a missing price; an amount is never computed with them.
 */
export function factsWithoutRegion(catalog: Catalog, key: PriceKey, day: string): readonly CatalogPrice[] {
  return catalog.layers
    .flatMap(({ byOwner }) => byOwner.get(skuOwner(key.model))?.get(key.meter) ?? [])
    .filter((price) => !isPlaced(price) && NARROWINGS.every(({ keeps }) => keeps(price, key)))
    .filter((price) => holdsInTier(price, key.regionTier, false))
    .filter(
      ({ effectiveFrom, effectiveTo }) => (effectiveFrom ?? ALWAYS) <= day && (effectiveTo ?? NEVER) > day,
    );
}

/** Days (ISO) on which the price of a key may change: where a series of usage is cut before it is priced. */
export function priceChangeDays(catalog: Catalog, key: PriceKey): readonly string[] {
  const days = catalog.layers
    .flatMap(({ byOwner }) => byOwner.get(skuOwner(key.model))?.get(key.meter) ?? [])
    .filter((price) => NARROWINGS.every(({ keeps }) => keeps(price, key)))
    .filter((price) => holdsInRegion(price, key.region))
    .flatMap((price) => [price.effectiveFrom, price.effectiveTo])
    .filter((day) => day !== null);
  return [...new Set(days)].sort();
}

function missing(reason: MissingReason, nearest: readonly CatalogPrice[]): Missing {
  return { kind: 'missing', reason, nearest: nearest.slice(0, NEAREST_LIMIT) };
}

function holdsInRegion(price: CatalogPrice, region: string | null): boolean {
  return price.anyRegion ? isCommercial(region) : price.region !== null && price.region === region;
}

function holdsInTier(price: CatalogPrice, tier: RegionTier | null, hasGlobal: boolean): boolean {
  if (tier === null) return true;
  if (price.regionTier === null) return !hasGlobal;
  return TIERS_OF_LINE[tier].includes(price.regionTier);
}

type Rival = { readonly price: CatalogPrice; readonly why: string };
type Period = {
  readonly price: CatalogPrice;
  readonly from: string;
  readonly to: string;
  readonly rivals: readonly Rival[];
};

/** Sort before and after every day. */
const ALWAYS = '';
const NEVER = 'never';

function answerOf(
  layer: CatalogLayer['layer'],
  key: PriceKey,
  candidates: readonly CatalogPrice[],
  fromDay: string,
  toDay: string,
): Priced | Missing {
  const matching = bestTier(candidates, key.regionTier);
  const timelines = [...Map.groupBy(matching, (price) => price.regionTier).values()]
    .map((prices) => inForce(prices).filter(({ from, to }) => from <= toDay && to > fromDay))
    .filter((periods) => covers(periods, fromDay, toDay));
  const periods = timelines.flat();
  if (periods.length === 0) return missing('no_price_for_date', candidates);
  const amounts = periods.map(({ price }) => usdPerUnit(price));
  const low = Math.min(...amounts);
  const high = Math.max(...amounts);
  const changes = timelines.some((timeline) => new Set(timeline.map((p) => usdPerUnit(p.price))).size > 1);
  return {
    kind: 'priced',
    layer,
    usdPerUnitLow: low,
    usdPerUnitHigh: high,
    rangeReason: low === high ? null : changes ? 'price_change_in_span' : 'tier',
    chosen: periods.map(({ price }) => price),
    passedOver: [
      ...periods.flatMap(({ rivals }) => rivals),
      ...candidates
        .filter((price) => !matching.includes(price))
        .map((price) => ({ price, why: 'another price names the tier itself' })),
    ],
  };
}

function usdPerUnit(price: CatalogPrice): number {
  return price.usd / price.per;
}

/** A price that names the line's tier beats one that covers it; one without a tier is the last resort. */
function bestTier(prices: readonly CatalogPrice[], tier: RegionTier | null): readonly CatalogPrice[] {
  const untiered = prices.filter((price) => price.regionTier === null);
  if (tier === null && untiered.length > 0) return untiered;
  const tiered = prices.filter((price) => price.regionTier !== null);
  if (tiered.length === 0) return untiered;
  const exact = tiered.filter((price) => price.regionTier === tier);
  return tier === 'regional' || exact.length === 0 ? tiered : exact;
}

/** Prices of one key in the order in which they applied, each until the next; rivals of one day are decided here. */
function inForce(prices: readonly CatalogPrice[]): readonly Period[] {
  const byStart = Map.groupBy(prices, (price) => price.effectiveFrom ?? ALWAYS);
  const starts = [...byStart.keys()].sort();
  return starts.flatMap((from, index) => {
    const [winner, ...losers] = [...(byStart.get(from) ?? [])].sort(compareRivals);
    if (winner === undefined) return [];
    const next = starts[index + 1] ?? NEVER;
    const end = winner.effectiveTo ?? NEVER;
    const rivals = losers.map((price) => ({ price, why: whyPassedOver(winner, price) }));
    return [{ price: winner, from, to: end < next ? end : next, rivals }];
  });
}

/** The better of two prices of one key first: its own region, then confidence, then the later sighting. */
function compareRivals(left: CatalogPrice, right: CatalogPrice): number {
  return (
    Number(left.anyRegion) - Number(right.anyRegion) ||
    CONFIDENCES.indexOf(left.confidence) - CONFIDENCES.indexOf(right.confidence) ||
    (right.seen ?? '').localeCompare(left.seen ?? '') ||
    left.id.localeCompare(right.id)
  );
}

function whyPassedOver(winner: CatalogPrice, loser: CatalogPrice): string {
  if (winner.anyRegion !== loser.anyRegion) return 'another price names the region itself';
  if (winner.confidence !== loser.confidence) return `lower confidence (${loser.confidence})`;
  if (winner.seen !== loser.seen) return 'seen earlier';
  return 'same confidence and date';
}

/** Whether consecutive periods leave no day of the span without a price. Ends are exclusive, the span's are not. */
function covers(periods: readonly Period[], fromDay: string, toDay: string): boolean {
  let reached = fromDay;
  for (const { from, to } of periods) {
    if (from > reached) return false;
    if (to > reached) reached = to;
  }
  return reached > toDay;
}
