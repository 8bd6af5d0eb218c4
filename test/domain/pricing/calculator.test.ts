// What so many tokens cost, and models side by side: by the catalog's own prices, halves and lost regions left out.
import { expect, test } from 'vitest';
import { comparePrices, costOfTokens, type TokenCost } from '../../../shared/domain/pricing/calculator.ts';
import { BUNDLED_CATALOG } from '../../../shared/domain/pricing/catalog.ts';

const DAY = '2026-11-21';
const QUESTION = { models: [], inputTokens: 10e6, outputTokens: 2e6, region: 'us-east-1', day: DAY };

const lineOf = ({ mode, regionTier, low, high }: TokenCost): string =>
  `${mode} ${regionTier ?? 'any'} ${low === high ? low : `${low}–${high}`}`;

test('10 M in and 2 M out on Sonnet 4.5 in us-east-1: every tier and mode by its own price', () => {
  const costs = costOfTokens(BUNDLED_CATALOG, { ...QUESTION, models: ['Claude Sonnet 4.5'] });
  const lines = costs.map(lineOf);
  // 10 × 3 + 2 × 15; batch 10 × 1.5 + 2 × 7.5; a tenth more outside the global tier.
  expect(lines).toContain('on_demand global 60');
  expect(lines).toContain('batch global 30');
  expect(lines).toContain('on_demand regional 66');
});

test('cheapest first, over all models; every row adds up from its own prices', () => {
  const costs = costOfTokens(BUNDLED_CATALOG, QUESTION);
  expect(new Set(costs.map(({ model }) => model)).size).toBeGreaterThan(60);
  expect(costs.map(({ low }) => low)).toEqual(costs.map(({ low }) => low).toSorted((a, b) => a - b));
  for (const { input, output, low, high } of costs) {
    expect(low).toBeCloseTo(10 * input.low + 2 * output.low, 9);
    expect(high).toBeCloseTo(10 * input.high + 2 * output.high, 9);
  }
});

test('every region: the regions a model is priced in, and no other', () => {
  const costs = costOfTokens(BUNDLED_CATALOG, { ...QUESTION, models: ['Nova Pro'], region: null });
  const regions = new Set(costs.map(({ region }) => region));
  expect(regions.has('us-east-1')).toBe(true);
  const priced = new Set(
    (BUNDLED_CATALOG.byOwner.get('Nova Pro') ?? []).map(({ region, anyRegion }) =>
      anyRegion ? null : region,
    ),
  );
  expect([...regions].filter((region) => !priced.has(region))).toEqual([]);
});

test('a model with one half of a price, or none here, has no cost', () => {
  expect(costOfTokens(BUNDLED_CATALOG, { ...QUESTION, models: ['Pegasus 1.2'] })).toEqual([]);
  expect(
    costOfTokens(BUNDLED_CATALOG, { ...QUESTION, models: ['Mistral Large'], region: 'eu-west-2' }),
  ).toEqual([]);
});

test('no tokens cost nothing', () => {
  const costs = costOfTokens(BUNDLED_CATALOG, {
    ...QUESTION,
    models: ['Nova Lite'],
    inputTokens: 0,
    outputTokens: 0,
  });
  expect(costs.length).toBeGreaterThan(0);
  expect(costs.every(({ low, high }) => low === 0 && high === 0)).toBe(true);
});

test('side by side: a price or the reason why there is none, never another mode’s', () => {
  const lines = comparePrices(BUNDLED_CATALOG, ['Claude Sonnet 4.5', 'Nova Micro', 'Grok 4.3'], {
    region: 'us-east-1',
    regionTier: 'regional',
    day: DAY,
  });
  const cells = (mode: string, meter: string) =>
    lines
      .find((line) => line.mode === mode && line.meter === meter)
      ?.cells.map((cell) => (cell.kind === 'priced' ? cell.low : cell.reason));
  expect(cells('on_demand', 'input')?.slice(0, 2)).toEqual([3.3, 0.035]);
  expect(cells('batch', 'output')).toEqual([8.25, 0.07, 'no_price_for_mode']);
});
