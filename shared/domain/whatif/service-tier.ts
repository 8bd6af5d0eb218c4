// Service tiers: the same model and place, bought cheaper and slower (flex) or dearer and faster (priority, latency).
import type { Fact } from './answer.ts';
import {
  besideOnDemand,
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
import { modeVerdict } from './model-guards.ts';
import type { PriceBook } from './prices.ts';
import { paidAnotherWay, STREAMING, STREAMING_UNKNOWN } from './refusals.ts';
import type { ServiceTierLever } from './scenario.ts';

export const serviceTierRules: LeverRules<ServiceTierLever> = {
  title: 'Service tier',
  reason: 'Buys requests at flex, priority or latency-optimized prices, where the model offers them.',
  parameters: (lever) => rangesOf(lever, { share: ['share of requests', 'ratio'] }),
  isSteady: () => true,
  effect: (lever, _slices, { book }) => {
    const share = ofBoth(lever.share.base);
    return eachSlice(share, (slice) => planOf(lever, share, slice, book));
  },
  facts: (lever, slices, { book }) =>
    onePerPrice(slices, (slice) => [slice.vector.model, slice.mode, factorOf(slice, lever, book)]).flatMap(
      (slice) => factOf(slice, lever, book),
    ),
};

function planOf(
  { to, excludeStreaming }: ServiceTierLever,
  share: Share,
  slice: Slice,
  book: PriceBook,
): Plan | null {
  if (slice.mode === to && slice.rate === null) return null;
  const { streaming } = slice.origin;
  const waits = to === 'flex' && excludeStreaming;
  const { vector } = slice;
  const offer = modeVerdict(vector.model, to, book.quote(vector, 'input', to).kind === 'priced');
  const refusals = [
    paidAnotherWay(slice),
    slice.mode === 'batch' && slice.rate === null ? ALREADY_BATCH : null,
    waits && streaming === 'yes' ? STREAMING : null,
    ...offer.refusals,
  ].filter((refusal) => refusal !== null);
  const unsure = to === 'flex' && streaming === 'unknown' && refusals.length === 0;
  return {
    share,
    outcomes: [served(slice, { mode: to })],
    refusals,
    warnings: refusals.length > 0 ? [] : [...(unsure ? [STREAMING_UNKNOWN] : []), ...offer.warnings],
  };
}

const ALREADY_BATCH = {
  code: 'in_batch',
  message: 'Is in batch, which has no service tiers.',
};

/** Price of input in the tier ÷ today's; null where one is missing. */
function factorOf(slice: Slice, { to }: ServiceTierLever, book: PriceBook): number | null {
  const now = book.quote(slice.vector, 'input', slice.mode);
  const then = book.quote(slice.vector, 'input', to);
  if (now.kind === 'missing' || then.kind === 'missing' || now.base === 0) return null;
  return then.base / now.base;
}

function factOf(slice: Slice, lever: ServiceTierLever, book: PriceBook): Fact[] {
  if (slice.mode === lever.to || paidAnotherWay(slice) !== null) return [];
  const value = factorOf(slice, lever, book);
  const note = value === null ? 'the tier has no price for this model here' : null;
  return [
    {
      name: `input price in the tier, today = 1${besideOnDemand(slice.mode)}`,
      model: slice.vector.model,
      value,
      unit: 'ratio',
      note,
    },
  ];
}
