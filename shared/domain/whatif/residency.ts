// Residency: the same model served in another region tier or region, and what keeping data in place costs.
import { REGION_TIERS } from '../usage/vocabulary.ts';
import type { Fact } from './answer.ts';
import {
  eachSlice,
  type LeverRules,
  ofBoth,
  onePerPrice,
  type Plan,
  rangesOf,
  type Share,
  type Slice,
  served,
} from './lever.ts';
import { movedTo, type PlaceChange } from './places.ts';
import type { PriceBook } from './prices.ts';
import { paidAnotherWay } from './refusals.ts';
import type { ResidencyLever } from './scenario.ts';

export const residencyRules: LeverRules<ResidencyLever> = {
  title: 'Region tier and residency',
  reason: 'Serves requests globally, within a geography or in one region, at the price of that tier.',
  parameters: (lever) => rangesOf(lever, { share: ['share of requests', 'ratio'] }),
  isSteady: () => true,
  effect: (lever) => {
    const share = ofBoth(lever.share.base);
    return eachSlice(share, (slice) => planOf(lever, share, slice));
  },
  facts: (lever, slices, { book }) =>
    onePerPrice(slices, (slice) => [slice.vector.model, factorOf(slice, lever, book)]).flatMap((slice) =>
      factOf(slice, lever, book),
    ),
};

/** The change of place that the lever makes. */
function residencyChange({ region, tier }: ResidencyLever): PlaceChange {
  return { model: null, region, regionTier: tier };
}

/** The places it asks the price book about: every tier, so that they can be compared. */
export function residencyChanges({ region }: ResidencyLever): PlaceChange[] {
  return REGION_TIERS.map((regionTier) => ({ model: null, region, regionTier }));
}

function planOf(lever: ResidencyLever, share: Share, slice: Slice): Plan | null {
  const { vector } = slice;
  const vectorThere = movedTo(vector, residencyChange(lever));
  if (vectorThere === vector) return null;
  const refusal = paidAnotherWay(slice);
  return {
    share,
    outcomes: [served(slice, { vector: vectorThere })],
    refusals: refusal === null ? [] : [refusal],
    warnings: lever.tier === 'global' ? [LEAVES_PLACE] : [],
  };
}

const LEAVES_PLACE = {
  code: 'leaves_place',
  message: 'Global requests may be served in any commercial region: check the residency policy first.',
};

/** Price of input there ÷ today's; null where one is missing. */
function factorOf(slice: Slice, lever: ResidencyLever, book: PriceBook): number | null {
  const now = book.quote(slice.vector, 'input', slice.mode);
  const then = book.quote(movedTo(slice.vector, residencyChange(lever)), 'input', slice.mode);
  if (now.kind === 'missing' || then.kind === 'missing' || now.base === 0) return null;
  return then.base / now.base;
}

function factOf(slice: Slice, lever: ResidencyLever, book: PriceBook): Fact[] {
  if (paidAnotherWay(slice) !== null) return [];
  const value = factorOf(slice, lever, book);
  const note = value === null ? 'no price for this model there' : null;
  return [{ name: 'input price there, today = 1', model: slice.vector.model, value, unit: 'ratio', note }];
}
