// A new offer file over what is held: history stays, and nothing ends that the file could not have stated.
import { describe, expect, test } from 'vitest';
import {
  type HeldPrice,
  mergeOffer,
  type Offer,
  withoutConflicts,
} from '../../../shared/domain/pricing/offer-merge.ts';
import type { OfferPrice } from '../../../shared/domain/pricing/offer-row.ts';

function price(meter: 'input' | 'output', usd: number, from: string, region = 'us-east-1'): OfferPrice {
  return {
    id: `AmazonBedrock/${meter}/${region}@${from}`,
    provider: 'Amazon',
    model: 'Nova Pro',
    meter,
    variant: null,
    mode: 'on_demand',
    term: 'none',
    region,
    anyRegion: false,
    regionTier: 'regional',
    contextBand: 'standard',
    currency: 'USD',
    usd,
    per: 1_000_000,
    effectiveFrom: from,
    effectiveTo: null,
    note: null,
  };
}

const held = (...prices: readonly OfferPrice[]): HeldPrice[] =>
  prices.map((one) => ({ price: one, source: 'first' }));

function offer(prices: readonly OfferPrice[], parts: Partial<Offer> = {}): Offer {
  return {
    source: 'second',
    offerCode: 'AmazonBedrock',
    published: '2026-10-08',
    complete: true,
    prices,
    ...parts,
  };
}

/** Each price as "meter amount from–to, last seen in". */
function bill(prices: readonly HeldPrice[]): string[] {
  return prices.map(
    ({ price: { meter, usd, effectiveFrom, effectiveTo }, source }) =>
      `${meter} ${usd} ${effectiveFrom}–${effectiveTo ?? ''} ${source}`,
  );
}

const JULY = '2026-07-01';
const OCTOBER = '2026-10-01';

describe('a file over what is held', () => {
  test('a new amount follows the old one on its effective day', () => {
    const merged = mergeOffer(held(price('input', 0.8, JULY)), offer([price('input', 0.7, OCTOBER)]), true);
    expect(bill(merged)).toEqual(['input 0.8 2026-07-01–2026-10-01 first', 'input 0.7 2026-10-01– second']);
  });

  test('the same amount under a later date is the same price, seen again', () => {
    const merged = mergeOffer(held(price('input', 0.8, JULY)), offer([price('input', 0.8, OCTOBER)]), true);
    expect(bill(merged)).toEqual(['input 0.8 2026-07-01– second']);
  });

  test('another amount of the same day is a correction', () => {
    const merged = mergeOffer(held(price('input', 0.8, JULY)), offer([price('input', 0.08, JULY)]), true);
    expect(bill(merged)).toEqual(['input 0.08 2026-07-01– second']);
  });

  test('a price that the file no longer states ends on the day of publication', () => {
    const merged = mergeOffer(
      held(price('input', 0.8, JULY), price('output', 3.2, JULY)),
      offer([price('input', 0.8, JULY)]),
      true,
    );
    expect(bill(merged)).toEqual(['input 0.8 2026-07-01– second', 'output 3.2 2026-07-01–2026-10-08 first']);
  });

  test.each([
    ['another region', { prices: [price('input', 1, JULY, 'eu-west-1')] }, true],
    ['another offer', { offerCode: 'AmazonBedrockService' }, true],
    ['an answer to a query', { complete: false }, true],
    ['an older file', {}, false],
  ])('%s ends nothing', (_what, parts, isNewer) => {
    const before = held(price('input', 0.8, JULY), price('output', 3.2, JULY));
    const merged = mergeOffer(before, offer([price('input', 0.8, JULY)], parts), isNewer);
    expect(bill(merged).filter((one) => one.startsWith('output'))).toEqual(['output 3.2 2026-07-01– first']);
  });

  test('a price that had ended and is stated again goes on', () => {
    const ended = { ...price('output', 3.2, JULY), effectiveTo: '2026-09-01' };
    expect(bill(mergeOffer(held(ended), offer([price('output', 3.2, JULY)]), true))).toEqual([
      'output 3.2 2026-07-01– second',
    ]);
  });

  test('an older file adds history before what is held and changes none of it', () => {
    const older = offer([price('input', 1, JULY)], { published: '2026-07-05' });
    expect(bill(mergeOffer(held(price('input', 0.7, OCTOBER)), older, false))).toEqual([
      'input 1 2026-07-01–2026-10-01 second',
      'input 0.7 2026-10-01– first',
    ]);
    const wrong = offer([price('input', 9, OCTOBER)], { published: '2026-10-01' });
    expect(bill(mergeOffer(held(price('input', 0.7, OCTOBER)), wrong, false))).toEqual([
      'input 0.7 2026-10-01– first',
    ]);
  });
});

test('two amounts for one key in one file: neither is taken; the same amount twice is one price', () => {
  const { prices, conflicts } = withoutConflicts([
    price('input', 0.8, JULY),
    price('input', 0.9, JULY),
    price('output', 3.2, JULY),
    price('output', 3.2, JULY),
  ]);
  expect(prices.map(({ meter, usd }) => [meter, usd])).toEqual([['output', 3.2]]);
  expect(conflicts.map(({ prices: rivals }) => rivals.map(({ usd }) => usd))).toEqual([[0.8, 0.9]]);
});
