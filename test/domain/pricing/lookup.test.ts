// The rules of a price look-up, each on prices small enough to read.
import { describe, expect, test } from 'vitest';
import { BUNDLED_CATALOG, makeCatalog } from '../../../shared/domain/pricing/catalog.ts';
import { lookUpPrice, priceChangeDays } from '../../../shared/domain/pricing/lookup.ts';
import type { CatalogPrice, PriceAnswer, PriceKey } from '../../../shared/domain/pricing/price.ts';

const DAY = '2026-09-15';

const PRICE: CatalogPrice = {
  id: 'price',
  provider: 'Anthropic',
  model: 'Claude Test 9',
  meter: 'input',
  variant: null,
  mode: 'on_demand',
  term: 'none',
  region: null,
  anyRegion: true,
  regionTier: 'regional',
  contextBand: 'standard',
  currency: 'USD',
  usd: 3,
  per: 1_000_000,
  effectiveFrom: null,
  effectiveTo: null,
  seen: '2026-07-24',
  source: 'test',
  confidence: 'official',
  note: null,
};

const KEY: PriceKey = {
  provider: 'Anthropic',
  model: 'Claude Test 9',
  meter: 'input',
  variant: null,
  mode: 'on_demand',
  term: 'none',
  region: 'us-east-1',
  regionTier: 'regional',
  contextBand: 'standard',
};

function look(
  prices: readonly Partial<CatalogPrice>[],
  key: Partial<PriceKey> = {},
  from = DAY,
  to = from,
): PriceAnswer {
  const whole = prices.map((price, index) => ({ ...PRICE, id: `price-${index}`, ...price }));
  return lookUpPrice(makeCatalog('test', 'bundled', [], whole), { ...KEY, ...key }, from, to);
}

/** "3" for one price, "3–3.3 tier" for a range, "no_price_for_mode" for none: USD per million. */
function bill(answer: PriceAnswer): string {
  if (answer.kind === 'missing') return answer.reason;
  const perMillion = (usd: number): number => Math.round(usd * 1e12) / 1e6;
  const low = perMillion(answer.usdPerUnitLow);
  const high = perMillion(answer.usdPerUnitHigh);
  return low === high ? `${low}` : `${low}–${high} ${answer.rangeReason}`;
}

describe('region', () => {
  test.each([
    ['any region, asked in a commercial one', { anyRegion: true }, 'ap-south-1', '3'],
    ['any region, asked without one', { anyRegion: true }, null, '3'],
    ['any region is not GovCloud', { anyRegion: true }, 'us-gov-west-1', 'no_price_for_region'],
    ['any region is not China', { anyRegion: true }, 'cn-north-1', 'no_price_for_region'],
    ['the region itself', { anyRegion: false, region: 'eu-west-3' }, 'eu-west-3', '3'],
    ['another region', { anyRegion: false, region: 'eu-west-3' }, 'eu-west-1', 'no_price_for_region'],
    [
      'a price whose Region label was lost matches nothing',
      { anyRegion: false },
      'us-east-1',
      'region_not_stated',
    ],
    ['not even a line without a region', { anyRegion: false }, null, 'region_not_stated'],
  ])('%s', (_why, price, region, expected) => {
    expect(bill(look([price], { region }))).toBe(expected);
  });

  test('a price of the region itself beats one of any region, which is named as passed over', () => {
    const answer = look([{ usd: 3 }, { usd: 4, anyRegion: false, region: 'us-east-1' }]);
    expect(bill(answer)).toBe('4');
    expect(answer.kind === 'priced' && answer.passedOver).toMatchObject([
      { price: { usd: 3 }, why: 'another price names the region itself' },
    ]);
  });
});

describe('a fact whose source does not state the region', () => {
  const lost = { usd: 2, anyRegion: false } as const;
  test('is shown beside the price of the region and never joined with it', () => {
    const answer = look([{ usd: 3 }, lost]);
    expect(bill(answer)).toBe('3');
    expect(answer.kind === 'priced' && answer.passedOver).toMatchObject([
      { price: { usd: 2, region: null }, why: 'its source does not state the region' },
    ]);
  });
  test('comes first among the nearest where the region has no price, or none any more', () => {
    const elsewhere = look([{ usd: 3, anyRegion: false, region: 'eu-west-3' }, lost]);
    expect(elsewhere).toMatchObject({
      kind: 'missing',
      reason: 'region_not_stated',
      nearest: [{ usd: 2 }, { usd: 3 }],
    });
    const ended = look([{ usd: 3, effectiveTo: '2026-01-01' }, lost]);
    expect(ended).toMatchObject({
      kind: 'missing',
      reason: 'region_not_stated',
      nearest: [{ usd: 2 }, { usd: 3 }],
    });
  });
  test('of another tier says nothing', () => {
    const answer = look(
      [
        { usd: 3, regionTier: 'regional' },
        { ...lost, regionTier: 'global' },
      ],
      { regionTier: 'regional' },
    );
    expect(answer).toMatchObject({ kind: 'priced', passedOver: [] });
  });
});

describe('tier', () => {
  const global = { usd: 3, regionTier: 'global' } as const;
  const geo = { usd: 3.3, regionTier: 'geo' } as const;
  const inRegion = { usd: 3.6, regionTier: 'in_region' } as const;
  const untiered = { usd: 5, regionTier: null } as const;
  test.each([
    ['global line', [global, geo], 'global', '3'],
    ['regional line, geo price', [global, geo], 'regional', '3.3'],
    ['regional line, unequal geo and in-region prices', [global, geo, inRegion], 'regional', '3.3–3.6 tier'],
    ['geo line', [global, geo, inRegion], 'geo', '3.3'],
    ['in-region line without such a price', [global, geo], 'in_region', 'no_price_for_tier'],
    ['no tier and no global price: any tier', [untiered], 'global', '5'],
    [
      'no tier but a global price exists: not a regional price',
      [global, untiered],
      'regional',
      'no_price_for_tier',
    ],
    ['the line has no tier: every tier may be it', [global, geo], null, '3–3.3 tier'],
    ['the line has no tier, nor has the price', [untiered], null, '5'],
  ] as const)('%s', (_why, prices, regionTier, expected) => {
    expect(bill(look(prices, { regionTier }))).toBe(expected);
  });
});

describe('day of the usage', () => {
  const cut = [
    { usd: 3 },
    { usd: 2, effectiveFrom: '2026-09-15', seen: '2026-10-01', confidence: 'secondary' as const },
  ];
  test.each([
    ['before the cut', '2026-09-14', '2026-09-14', '3'],
    ['on its day', '2026-09-15', '2026-09-15', '2'],
    ['a span across it', '2026-09-14', '2026-09-15', '2–3 price_change_in_span'],
    ['a span that ends before it', '2026-08-01', '2026-09-14', '3'],
  ])('%s', (_why, from, to, expected) => {
    expect(bill(look(cut, {}, from, to))).toBe(expected);
  });

  test('10 million tokens in one row across a cut from 3 to 2 are worth 20 to 30', () => {
    const answer = look(cut, {}, '2026-09-14', '2026-09-15');
    expect(answer).toMatchObject({ kind: 'priced', rangeReason: 'price_change_in_span' });
    if (answer.kind !== 'priced') return;
    expect(answer.usdPerUnitLow * 10e6).toBeCloseTo(20, 9);
    expect(answer.usdPerUnitHigh * 10e6).toBeCloseTo(30, 9);
  });

  test('a price that ended is not used after its end, and no price is not zero', () => {
    expect(bill(look([{ effectiveTo: '2026-09-01' }]))).toBe('no_price_for_date');
    expect(bill(look([{ effectiveTo: '2026-09-01' }], {}, '2026-08-31'))).toBe('3');
  });

  test('one day of the span without a price leaves the span without a price', () => {
    expect(bill(look([{ effectiveFrom: '2026-09-15' }], {}, '2026-09-14', '2026-09-20'))).toBe(
      'no_price_for_date',
    );
  });

  test('the days on which the price may change', () => {
    const catalog = makeCatalog(
      'test',
      'bundled',
      [],
      [
        { ...PRICE, effectiveTo: '2026-08-09' },
        { ...PRICE, effectiveFrom: '2026-08-09' },
        { ...PRICE, effectiveFrom: '2026-01-01', region: 'eu-west-1', anyRegion: false },
      ],
    );
    expect(priceChangeDays(catalog, KEY)).toEqual(['2026-08-09']);
  });
});

describe('two prices for one key', () => {
  test('confidence decides first, then the later sighting; the loser is named', () => {
    const answer = look([
      { id: 'later but secondary', usd: 9, seen: '2026-10-01', confidence: 'secondary' },
      { id: 'older', usd: 4, seen: '2026-01-01' },
      { id: 'newer', usd: 3, seen: '2026-07-24' },
    ]);
    expect(bill(answer)).toBe('3');
    expect(answer.kind === 'priced' && answer.passedOver.map(({ price, why }) => [price.id, why])).toEqual([
      ['older', 'seen earlier'],
      ['later but secondary', 'lower confidence (secondary)'],
    ]);
  });
});

describe('nothing is derived', () => {
  test.each([
    ['another model', { model: 'Claude Test 8' }, 'unknown_model'],
    ['another meter', { meter: 'output' }, 'no_price_for_meter'],
    ['batch from on-demand', { mode: 'batch' }, 'no_price_for_mode'],
    ['an unknown mode', { mode: 'unknown' }, 'no_price_for_mode'],
    ['another term', { term: '1_month' }, 'no_price_for_mode'],
    ['another variant', { variant: 'custom_model' }, 'no_price_for_variant'],
    ['long context from standard', { contextBand: 'long' }, 'no_price_for_context_band'],
    ['a meter without a unit of its own', { meter: 'other' }, 'not_priced_by_meter'],
  ] as const)('%s', (_why, key, expected) => {
    expect(bill(look([{}], key))).toBe(expected);
  });

  test('a missing price names the nearest ones', () => {
    const answer = look([{}], { mode: 'batch' });
    expect(answer.kind === 'missing' && answer.nearest.map((price) => price.id)).toEqual(['price-0']);
  });

  test('a line without a context band is a standard one', () => {
    expect(bill(look([{}], { contextBand: null }))).toBe('3');
  });
});

describe('the bundled catalog', () => {
  const sonnet = { model: 'Claude Sonnet 4.5', region: 'eu-central-1' } as const;
  test.each([
    ['global input', { ...sonnet, regionTier: 'global' }, '3'],
    ['regional input: 1.10 × global', sonnet, '3.3'],
    ['global output', { ...sonnet, regionTier: 'global', meter: 'output' }, '15'],
    ['global cache read', { ...sonnet, regionTier: 'global', meter: 'cache_read' }, '0.3'],
    ['global cache write, 5 minutes', { ...sonnet, regionTier: 'global', meter: 'cache_write_5m' }, '3.75'],
    ['global cache write, 1 hour', { ...sonnet, regionTier: 'global', meter: 'cache_write_1h' }, '6'],
    ['global batch input', { ...sonnet, regionTier: 'global', mode: 'batch' }, '1.5'],
    ['regional batch input', { ...sonnet, mode: 'batch' }, '1.65'],
    ['GovCloud input: 1.20 × global', { ...sonnet, region: 'us-gov-west-1' }, '3.6'],
    ['Nova Pro in us-east-1', { provider: 'Amazon', model: 'Nova Pro' }, '0.8'],
    ['Nova Pro in eu-west-3', { provider: 'Amazon', model: 'Nova Pro', region: 'eu-west-3' }, '1.18'],
    ['Llama 3.3 70B in us-east-1', { provider: 'Meta', model: 'Llama 3.3 70B' }, '0.72'],
  ] as const)('%s', (_why, key, expected) => {
    expect(bill(lookUpPrice(BUNDLED_CATALOG, { ...KEY, ...key }, DAY, DAY))).toBe(expected);
  });
});
