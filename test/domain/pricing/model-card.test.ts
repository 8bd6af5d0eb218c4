// A model's card, a price over time and a catalog's age, as a reader meets them: each from the shipped data.
import { describe, expect, test } from 'vitest';
import { BUNDLED_CATALOG, makeCatalog } from '../../../shared/domain/pricing/catalog.ts';
import { modelCard } from '../../../shared/domain/pricing/model-card.ts';
import type { PriceKey } from '../../../shared/domain/pricing/price.ts';
import { otherWays, priceHistory } from '../../../shared/domain/pricing/price-history.ts';
import { ageInDays, isStale } from '../../../shared/domain/pricing/staleness.ts';
import { createFormat } from '../../../shared/format/format.ts';
import { modelCardRows, periodText } from '../../../shared/format/model-card.ts';

const TODAY = '2026-11-21';
const card = (model: string, day = TODAY) => modelCard(BUNDLED_CATALOG, model, day);
const format = createFormat();
const rows = (model: string, day = TODAY): Record<string, string> =>
  Object.fromEntries(modelCardRows(card(model, day), format).map(({ label, value }) => [label, value]));

describe('a card', () => {
  test('Claude Opus 4.1: in extended access, gone in January, Opus 4.5 is the next of its family', () => {
    expect(card('Claude Opus 4.1').lifecycle).toMatchObject({
      state: 'extended_access',
      endOfLife: '2027-01-08',
      standing: 'Claude Opus 4.5',
      extendedAccessPriced: false,
    });
    expect(rows('Claude Opus 4.1')).toMatchObject({
      Lifecycle:
        'in extended access on 21 Nov 2026, legacy from 8 Jul 2026, extended access from 8 Oct 2026, end of life 8 Jan 2027',
      Successor: 'Claude Opus 4.5, the next of its family',
      'Extended-access price': 'not known: the provider may ask more than the prices here',
    });
  });

  test('Claude 3.5 Sonnet has the prices of its extended access', () => {
    expect(card('Claude 3.5 Sonnet').lifecycle?.extendedAccessPriced).toBe(true);
  });

  test('cache factors are those of the prices: Sonnet 4.5 reads at a tenth, writes at 1.25 and 2', () => {
    const { caching } = card('Claude Sonnet 4.5');
    expect(caching).toMatchObject({ kind: 'explicit', minimum: { low: 1024, high: 1024 } });
    expect(caching?.read).toEqual({ low: expect.closeTo(0.1, 3), high: expect.closeTo(0.1, 3) });
    expect(caching?.writes.map(({ meter, factor }) => [meter, factor?.low])).toEqual([
      ['cache_write_5m', expect.closeTo(1.25, 2)],
      ['cache_write_1h', expect.closeTo(2, 2)],
    ]);
  });

  test('what a source rules out, what has a price and what nothing says are three things', () => {
    const offers = new Map(card('Claude Opus 4.7').modes.map(({ mode, offer }) => [mode, offer]));
    expect([offers.get('on_demand'), offers.get('batch'), offers.get('flex')]).toEqual([
      'priced',
      'not_offered',
      'unknown',
    ]);
  });

  test('a model nobody has said anything of is unknown in every row but its prices', () => {
    const plain = modelCardRows(card('Llama 3.3 70B'), format).filter(({ tone }) => tone !== 'unknown');
    expect(plain.map(({ label }) => label)).toEqual(['Has prices for']);
  });

  test('every model of the catalog has a card that can be read', () => {
    for (const model of BUNDLED_CATALOG.byOwner.keys())
      for (const { label, value } of modelCardRows(card(model), format))
        expect([model, label, value]).not.toContain('');
  });
});

const KEY: PriceKey = {
  provider: 'Anthropic',
  model: 'Claude Sonnet 4.5',
  meter: 'input',
  variant: null,
  mode: 'on_demand',
  term: 'none',
  region: 'us-east-1',
  regionTier: 'global',
  contextBand: 'standard',
};

describe('a price over time', () => {
  const listed = BUNDLED_CATALOG.prices.find(({ id }) => id === 'claude-sonnet-4.5/input/global/any');
  if (listed === undefined) throw new Error('no such price');
  const catalog = makeCatalog(
    'cuts',
    'bundled',
    [],
    [
      { ...listed, id: 'a', usd: 3, effectiveTo: '2026-06-01' },
      { ...listed, id: 'b', usd: 3, effectiveFrom: '2026-06-01', effectiveTo: '2026-08-01' },
      { ...listed, id: 'c', usd: 2, effectiveFrom: '2027-01-01' },
    ],
  );

  test('equal neighbours are one, a hole stays a hole, an announced price is there', () => {
    expect(priceHistory(catalog, KEY)).toEqual([
      { from: null, to: '2026-08-01', low: 3e-6, high: 3e-6 },
      { from: '2027-01-01', to: null, low: 2e-6, high: 2e-6 },
    ]);
  });

  test.each([
    [{ from: null, to: null }, 'no dates stated'],
    [{ from: null, to: '2026-08-01' }, 'until before 1 Aug 2026'],
    [{ from: '2027-01-01', to: null }, 'from 1 Jan 2027, announced'],
  ])('%o reads "%s"', (period, text) => {
    expect(periodText(period, TODAY, format)).toBe(text);
  });
});

test('input of Sonnet 4.5 bought otherwise: batch at half, regional at a tenth more', () => {
  const ways = new Map(otherWays(BUNDLED_CATALOG, KEY, TODAY).map((way) => [way.value, way.low * 1e6]));
  expect([ways.get('batch'), ways.get('regional')]).toEqual([expect.closeTo(1.5, 9), expect.closeTo(3.3, 9)]);
  expect(ways.has('global')).toBe(false);
});

test('the age of a catalog is counted from its newest sighting to today', () => {
  expect([ageInDays('2026-09-20', TODAY), ageInDays('2026-11-22', TODAY), ageInDays(null, TODAY)]).toEqual([
    62,
    0,
    null,
  ]);
  expect([isStale(60), isStale(61), isStale(null)]).toEqual([false, true, false]);
});
