// Where requests are served: the same usage at another model, region or region tier, each such place made once.
import { resolveModel } from '../usage/models.ts';
import type { RegionTier } from '../usage/vocabulary.ts';
import { type BilledAs, NO_TOKENS, type PriceKeyParts, pricePartsOf, type UsageVector } from './vectors.ts';

/** What a lever changes about the place of usage; null = stays as it is. `any`: whatever tier the price is for. */
export type PlaceChange = {
  readonly model: string | null;
  readonly region: string | null;
  readonly regionTier: RegionTier | 'any' | null;
};

/** The parts of a price key after a change. A variant belongs to a model and does not follow to another one. */
export function changedPlace<P extends PriceKeyParts>(place: P, change: PlaceChange): P {
  const model = change.model ?? place.model;
  const swapped = model !== place.model;
  const tier = change.regionTier ?? place.regionTier;
  return {
    ...place,
    model,
    provider: swapped ? (resolveModel(model)?.provider ?? null) : place.provider,
    variant: swapped ? null : place.variant,
    region: change.region ?? place.region,
    regionTier: tier === 'any' ? null : tier,
  };
}

const made = new WeakMap<UsageVector, Map<string, UsageVector>>();

/** The same usage at another place. One object for each change, so that what arrives there becomes one slice. */
export function movedTo(vector: UsageVector, change: PlaceChange): UsageVector {
  const key = `${change.model}|${change.region}|${change.regionTier}`;
  const own = made.get(vector) ?? new Map<string, UsageVector>();
  made.set(vector, own);
  const known = own.get(key);
  if (known !== undefined) return known;
  const place = changedPlace(vector, change);
  const moved: UsageVector = isSamePlace(place, vector)
    ? vector
    : { ...place, billedAs: billedAt(place, vector), tokens: NO_TOKENS, invoiced: NO_TOKENS };
  own.set(key, moved);
  return moved;
}

function isSamePlace(left: UsageVector, right: UsageVector): boolean {
  return left.model === right.model && left.region === right.region && left.regionTier === right.regionTier;
}

/** Another provider's model: Amazon's own are billed by AWS, others are taken as Marketplace, which retires less. */
function billedAt(place: UsageVector, vector: UsageVector): BilledAs {
  if (place.provider === vector.provider) return vector.billedAs;
  return place.provider === 'Amazon' ? 'native' : 'marketplace';
}

/** Every place that usage may come to by changes applied one after the other, each of which may not happen. */
export function placesAfter(
  places: readonly PriceKeyParts[],
  changes: readonly PlaceChange[],
  keyOf: (place: PriceKeyParts) => string,
): Map<string, PriceKeyParts> {
  const all = new Map(places.map((place) => [keyOf(place), place]));
  for (const change of changes) {
    for (const place of [...all.values()]) {
      const moved = changedPlace(pricePartsOf(place), change);
      all.set(keyOf(moved), moved);
    }
  }
  return all;
}
