// What the same tokens would have cost on each other model of a catalog: token for token, a comparison of price lists only.
import { addTo, emptySum, type Sum, sumOf, totalOf } from '../sum.ts';
import type { ContextBand, Meter, Mode, RegionTier } from '../usage/vocabulary.ts';
import type { Catalog } from './catalog.ts';
import { lookUpPrice } from './lookup.ts';
import type { PriceKey } from './price.ts';

/** Tokens that share everything a price depends on but the model, with what they cost now (USD). */
export type TokenVolume = {
  readonly meter: Meter;
  readonly mode: Mode;
  readonly region: string | null;
  readonly regionTier: RegionTier | null;
  readonly contextBand: ContextBand | null;
  readonly tokens: number;
  readonly invoiced: number;
};

/** What stood in where the target has no price of a volume's own kind; each is said wherever it was used. */
export const STAND_INS = {
  on_demand: 'No price in this mode: the on-demand price is taken.',
  input: 'No cache price: cached tokens are priced as uncached input.',
  other_write: 'No cache write of this lifetime: the price of another lifetime is taken.',
  other_tier: 'No price in this region tier: another tier of the same region is taken.',
  standard_context: 'No long-context price: the standard context price is taken.',
} as const satisfies Record<string, string>;
export type StandIn = keyof typeof STAND_INS;
export const STAND_IN_IDS = Object.keys(STAND_INS) as StandIn[];

export type OtherModel = {
  readonly provider: string;
  readonly model: string;
  /** Share (0…1) of the tokens that the target has a price for. */
  readonly covered: number;
  /** Those tokens: invoiced now, and at the target's list price (a range where its price is one). USD. */
  readonly invoiced: number;
  readonly low: number;
  readonly high: number;
  readonly standIns: readonly StandIn[];
};

const WRITES: readonly Meter[] = ['cache_write_5m', 'cache_write_30m', 'cache_write_1h'];

/**
 * The volumes re-priced at every model that sells on-demand input and output, on one ISO day, cheapest first. Same
 * tokens, factor 1.0: another tokeniser counts the same text differently. Volumes without any price at the target
 * are left out of both of its amounts, and `covered` says how much is left.
 */
export function priceOnOtherModels(
  catalog: Catalog,
  volumes: readonly TokenVolume[],
  day: string,
): readonly OtherModel[] {
  const all = sumOf(volumes.map(({ tokens }) => tokens));
  if (!(all > 0)) return [];
  return targets(catalog)
    .map((target) => priceOn(catalog, target, volumes, all, day))
    .filter(({ covered }) => covered > 0)
    .toSorted((left, right) => right.covered - left.covered || left.low - right.low);
}

type Target = { readonly provider: string; readonly model: string };

function targets(catalog: Catalog): readonly Target[] {
  return [...catalog.byOwner].flatMap(([, prices]) => {
    const sells = (meter: Meter): boolean =>
      prices.some((price) => price.meter === meter && price.mode === 'on_demand' && price.variant === null);
    const [first] = prices;
    return first === undefined || first.model === null || !sells('input') || !sells('output')
      ? []
      : [{ provider: first.provider, model: first.model }];
  });
}

function priceOn(
  catalog: Catalog,
  target: Target,
  volumes: readonly TokenVolume[],
  all: number,
  day: string,
): OtherModel {
  const sums = { covered: emptySum(), invoiced: emptySum(), low: emptySum(), high: emptySum() } as const;
  const standIns = new Set<StandIn>();
  for (const volume of volumes) {
    const found = quote(catalog, target, volume, day);
    if (found === null) continue;
    for (const standIn of found.standIns) standIns.add(standIn);
    const add = (sum: Sum, value: number): void => addTo(sum, value);
    add(sums.covered, volume.tokens);
    add(sums.invoiced, volume.invoiced);
    add(sums.low, volume.tokens * found.low);
    add(sums.high, volume.tokens * found.high);
  }
  return {
    ...target,
    covered: totalOf(sums.covered) / all,
    invoiced: totalOf(sums.invoiced),
    low: totalOf(sums.low),
    high: totalOf(sums.high),
    standIns: STAND_IN_IDS.filter((id) => standIns.has(id)),
  };
}

type Quote = { readonly low: number; readonly high: number; readonly standIns: readonly StandIn[] };
type Asked = Pick<PriceKey, 'meter' | 'mode' | 'regionTier' | 'contextBand'>;

/** The first of the volume's own key and its stand-ins that has a price; the region is never another's. */
function quote(catalog: Catalog, target: Target, volume: TokenVolume, day: string): Quote | null {
  for (const { asked, standIns } of attempts(volume)) {
    const key = { ...target, ...asked, variant: null, term: 'none' as const, region: volume.region };
    const answer = lookUpPrice(catalog, key, day, day);
    if (answer.kind === 'priced') return { low: answer.usdPerUnitLow, high: answer.usdPerUnitHigh, standIns };
  }
  return null;
}

/** From the volume's own key to ever looser ones, fewest stand-ins first. */
function attempts(volume: TokenVolume): readonly { asked: Asked; standIns: readonly StandIn[] }[] {
  const { meter, mode, regionTier, contextBand } = volume;
  type Option<T> = readonly { readonly value: T; readonly standIn: StandIn | null }[];
  const meters: Option<Meter> = [
    { value: meter, standIn: null },
    ...(WRITES.includes(meter)
      ? WRITES.filter((write) => write !== meter).map((value) => ({ value, standIn: 'other_write' as const }))
      : []),
    ...(meter === 'cache_read' || WRITES.includes(meter)
      ? [{ value: 'input' as const, standIn: 'input' as const }]
      : []),
  ];
  const modes: Option<Mode> = [
    { value: mode, standIn: null },
    ...(mode === 'on_demand' ? [] : [{ value: 'on_demand' as const, standIn: 'on_demand' as const }]),
  ];
  const tiers: Option<RegionTier | null> = [
    { value: regionTier, standIn: null },
    { value: regionTier === 'global' ? 'regional' : 'global', standIn: 'other_tier' },
  ];
  const bands: Option<ContextBand | null> = [
    { value: contextBand, standIn: null },
    ...(contextBand === 'long' ? [{ value: 'standard' as const, standIn: 'standard_context' as const }] : []),
  ];
  const combined = meters.flatMap((one) =>
    modes.flatMap((two) =>
      tiers.flatMap((three) =>
        bands.map((four) => ({
          asked: { meter: one.value, mode: two.value, regionTier: three.value, contextBand: four.value },
          standIns: [one, two, three, four].flatMap(({ standIn }) => standIn ?? []),
        })),
      ),
    ),
  );
  return combined.toSorted((left, right) => left.standIns.length - right.standIns.length);
}
