// Lays the prices of an AWS offer file over those held: history is kept, what changed follows, what vanished ends.
import type { OfferPrice } from './offer-row.ts';

/** A price of a catalog version, with the file it was last seen in. */
export type HeldPrice = { readonly price: OfferPrice; readonly source: string };

/** One offer file, read: its prices belong to one offer code and to the regions named. */
export type Offer = {
  readonly source: string;
  readonly offerCode: string;
  /** Day (ISO) on which AWS published the file. */
  readonly published: string;
  /** Whether the file states every price of its offer code and regions; a query's answer does not. */
  readonly complete: boolean;
  readonly prices: readonly OfferPrice[];
};

/** What identifies a price apart from its amount and dates. */
export function offerKey(price: OfferPrice): string {
  const { model, meter, variant, mode, term, region, regionTier, contextBand } = price;
  return JSON.stringify([model, meter, variant, mode, term, region, regionTier, contextBand]);
}

/** The part of an id that names the offer. */
const offerCodeOf = (price: OfferPrice): string => price.id.slice(0, price.id.indexOf('/'));

/**
 * The prices held after an offer: a later amount follows the earlier one on its effective day, an equal one confirms
 * it, one of the same day corrects it, an earlier one is added as history. A price that a complete and newer file of
 * the same offer and region no longer states ends on the day of publication. `isNewer` = the file was published on
 * or after the newest one held of its offer; of an older file, nothing that is held is changed or ended.
 */
export function mergeOffer(held: readonly HeldPrice[], offer: Offer, isNewer: boolean): readonly HeldPrice[] {
  const regions = new Set(offer.prices.map((price) => price.region));
  const incoming = new Map(offer.prices.map((price) => [offerKey(price), price]));
  const timelines = Map.groupBy(held, ({ price }) => offerKey(price));
  const kept = [...timelines].flatMap(([key, timeline]) => {
    const stated = incoming.get(key);
    if (stated !== undefined) return insert(timeline, { price: stated, source: offer.source }, isNewer);
    const vanished = ({ price }: HeldPrice): boolean =>
      isNewer &&
      offer.complete &&
      offerCodeOf(price) === offer.offerCode &&
      regions.has(price.region) &&
      price.effectiveTo === null;
    return timeline.map((one) =>
      vanished(one) ? { ...one, price: { ...one.price, effectiveTo: offer.published } } : one,
    );
  });
  const added = [...incoming]
    .filter(([key]) => !timelines.has(key))
    .map(([, price]) => ({ price, source: offer.source }));
  return [...kept, ...added];
}

const startOf = ({ price }: HeldPrice): string => price.effectiveFrom ?? '';

/** One key's prices in order, with the stated one among them. */
function insert(timeline: readonly HeldPrice[], stated: HeldPrice, isNewer: boolean): readonly HeldPrice[] {
  const ordered = [...timeline].sort((left, right) => startOf(left).localeCompare(startOf(right)));
  const sameDay = ordered.find((one) => startOf(one) === startOf(stated));
  if (sameDay !== undefined) {
    if (!isNewer || sameDay.price.usd === stated.price.usd) {
      return ordered.map((one) => (one === sameDay && isNewer ? reopened(one, stated, ordered) : one));
    }
    return ordered.map((one) =>
      one === sameDay ? { ...stated, price: { ...stated.price, effectiveTo: null } } : one,
    );
  }
  const before = ordered.filter((one) => startOf(one) < startOf(stated));
  const after = ordered.filter((one) => startOf(one) > startOf(stated));
  const last = before.at(-1);
  const next = after[0];
  if (last !== undefined && last.price.effectiveTo === null && last.price.usd === stated.price.usd) {
    return ordered.map((one) => (one === last ? { ...one, source: stated.source } : one));
  }
  const closed = before.map((one) =>
    one === last && (one.price.effectiveTo ?? '9999') > startOf(stated)
      ? { ...one, price: { ...one.price, effectiveTo: stated.price.effectiveFrom } }
      : one,
  );
  const end = next === undefined ? null : next.price.effectiveFrom;
  return [...closed, { ...stated, price: { ...stated.price, effectiveTo: end } }, ...after];
}

/** A price stated again: seen in the newer file, and no longer ended if it is the last of its key. */
function reopened(held: HeldPrice, stated: HeldPrice, ordered: readonly HeldPrice[]): HeldPrice {
  const isLast = ordered.at(-1) === held;
  return {
    source: stated.source,
    price: isLast ? { ...held.price, effectiveTo: null } : held.price,
  };
}

export type Conflict = { readonly key: string; readonly prices: readonly OfferPrice[] };

/** Prices of one file without those that state two amounts for one key: neither is taken, both are reported. */
export function withoutConflicts(prices: readonly OfferPrice[]): {
  readonly prices: readonly OfferPrice[];
  readonly conflicts: readonly Conflict[];
} {
  const byKey = [...Map.groupBy(prices, offerKey)];
  const differs = ([, rivals]: (typeof byKey)[number]): boolean =>
    new Set(rivals.map(({ usd, effectiveFrom }) => `${usd}@${effectiveFrom}`)).size > 1;
  return {
    prices: byKey
      .filter((entry) => !differs(entry))
      .flatMap(([, rivals]) => (rivals[0] === undefined ? [] : [rivals[0]])),
    conflicts: byKey.filter(differs).map(([key, rivals]) => ({ key, prices: rivals })),
  };
}
