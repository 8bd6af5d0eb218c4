// Which contract rate holds for a key, what it makes of the catalog price, and that the order of the rows never decides.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ContractAnswer,
  contractChangeDays,
  contractPrice,
  makeContractRates,
} from '../../../shared/domain/pricing/contract-price.ts';
import {
  type ContractKey,
  OVERRIDE_PARTS,
  type Override,
  type OverrideScope,
  overrideConflicts,
} from '../../../shared/domain/pricing/override.ts';
import type { PriceAnswer } from '../../../shared/domain/pricing/price.ts';

const KEY: ContractKey = {
  account: '111111111111',
  provider: 'Anthropic',
  model: 'Claude Sonnet 4.5',
  meter: 'input',
  variant: null,
  mode: 'on_demand',
  term: 'none',
  region: 'us-east-1',
  regionTier: 'global',
  contextBand: null,
};
const EVERYTHING = Object.fromEntries(OVERRIDE_PARTS.map((part) => [part, '*'])) as OverrideScope;
const SONNET = { provider: 'Anthropic', model: 'Claude Sonnet 4.5' } as const;

/** $3 per million tokens. */
const LIST = listOf(3e-6);
function listOf(low: number, high = low): PriceAnswer {
  return {
    kind: 'priced',
    layer: 'bundled',
    usdPerUnitLow: low,
    usdPerUnitHigh: high,
    rangeReason: low === high ? null : 'tier',
    chosen: [],
    passedOver: [],
  };
}

type Draft = Partial<Omit<Override, 'scope'>> & { readonly scope?: Partial<OverrideScope> };
const off = (percent: number): Override['rate'] => ({ kind: 'percent', off: percent / 100 });
const perMillion = (usd: number): Override['rate'] => ({ kind: 'price', usd, per: 1e6, unit: '1M tokens' });

function ratesOf(...drafts: Draft[]): Override[] {
  return drafts.map(({ scope, ...draft }, index) => ({
    number: index + 1,
    rate: off(10),
    from: null,
    to: null,
    note: '',
    ...draft,
    scope: { ...EVERYTHING, ...scope },
  }));
}

function look(drafts: readonly Draft[], key: Partial<ContractKey> = {}, days = ['2026-10-05', '2026-10-05']) {
  const [from = '', to = ''] = days;
  return contractPrice(makeContractRates('1', ratesOf(...drafts)), { ...KEY, ...key }, LIST, from, to);
}

/** USD per million, or why there is none. */
function bill(answer: ContractAnswer): string {
  if (answer.kind === 'none') return 'none';
  if (answer.kind === 'unknown') return answer.reason;
  const million = (usd: number): number => Math.round(usd * 1e12) / 1e6;
  const [low, high] = [million(answer.usdPerUnitLow), million(answer.usdPerUnitHigh)];
  return low === high ? `${low}` : `${low}–${high}`;
}

describe('what a rate is for', () => {
  test.each<[string, Draft['scope'], Partial<ContractKey>, string]>([
    ['everything', {}, {}, '2.7'],
    ['its model', SONNET, {}, '2.7'],
    ['not another model', SONNET, { model: 'Claude Haiku 4.5' }, 'none'],
    ['its mode', { mode: 'batch' }, { mode: 'batch' }, '2.7'],
    ['not another mode: nothing is inherited', { mode: 'batch' }, {}, 'none'],
    ['its account', { account: '111111111111' }, {}, '2.7'],
    ['not another account', { account: '222222222222' }, {}, 'none'],
    ['no account, when none is asked for', { account: '111111111111' }, { account: null }, 'none'],
    ['regional stands for geo and in-region', { tier: 'regional' }, { regionTier: 'geo' }, '2.7'],
    ['regional is not global', { tier: 'regional' }, {}, 'none'],
    ['a line without a variant', { variant: 'none' }, {}, '2.7'],
    ['not one with a variant', { variant: 'none' }, { variant: 'audio' }, 'none'],
    ['a purchase without a term', { term: 'none' }, {}, '2.7'],
    ['the standard context', { context: 'standard' }, {}, '2.7'],
  ])('%s', (_what, scope, key, expected) => {
    expect(bill(look([{ scope: scope ?? {} }], key))).toBe(expected);
  });
});

describe('which of several holds', () => {
  test.each<[string, Draft[], string, number]>([
    ['the one that names more parts', [{}, { scope: SONNET, rate: off(20) }], '2.4', 2],
    [
      'two parts named against a model, which names its provider too: the price',
      [
        { scope: SONNET, rate: perMillion(2) },
        { scope: { meter: 'input', mode: 'on_demand' }, rate: off(50) },
      ],
      '2',
      1,
    ],
    [
      'an account and a model against the model',
      [
        { scope: SONNET, rate: perMillion(2) },
        { scope: { ...SONNET, account: '111111111111' }, rate: off(50) },
      ],
      '1.5',
      2,
    ],
    [
      'a price before a percentage of the same parts',
      [{ rate: off(50) }, { rate: perMillion(2.8), scope: {} }],
      '2.8',
      2,
    ],
  ])('%s', (_what, drafts, expected, winner) => {
    const answer = look(drafts);
    expect(bill(answer)).toBe(expected);
    expect(answer.kind === 'contracted' && answer.chosen.map(({ number }) => number)).toEqual([winner]);
    expect(answer.passedOver).toHaveLength(1);
  });

  test('what lost says why', () => {
    const answer = look([
      { scope: SONNET, rate: perMillion(2) },
      { rate: off(5) },
      { scope: SONNET, rate: off(50) },
      { scope: { ...SONNET, region: 'eu-west-1' }, rate: off(30) },
      { scope: SONNET, rate: perMillion(1), from: '2027-01-01' },
    ]);
    expect(answer.passedOver.map(({ override, why }) => [override.number, why])).toEqual([
      [2, 'names 0 of the key’s parts, row 1 names 2'],
      [3, 'a percentage, and row 1 states a price for as many parts of the key'],
      [5, 'holds from 2027-01-01 on'],
      [4, 'is for region eu-west-1 only'],
    ]);
  });

  test('two percentages for the same parts are a conflict, and none is chosen', () => {
    const drafts = [{ scope: SONNET }, { scope: SONNET, rate: off(30) }];
    expect(bill(look(drafts))).toBe('conflict');
    expect(
      overrideConflicts(ratesOf(...drafts)).map(({ left, right }) => [left.number, right.number]),
    ).toEqual([[1, 2]]);
  });

  test('rates that overlap without one coming first conflict, until a third settles what they share', () => {
    const crossing = [{ scope: { mode: 'batch' } }, { scope: { region: 'us-east-1' } }];
    expect(overrideConflicts(ratesOf(...crossing))).toHaveLength(1);
    const settled = [...crossing, { scope: { mode: 'batch', region: 'us-east-1' } }];
    expect(overrideConflicts(ratesOf(...settled))).toEqual([]);
  });

  test('rates of different days, accounts or models do not conflict', () => {
    const apart = ratesOf(
      { scope: SONNET, to: '2026-06-30' },
      { scope: SONNET, from: '2026-07-01' },
      { scope: { account: '111111111111', mode: 'batch' } },
      { scope: { account: '222222222222', mode: 'batch' } },
    );
    expect(overrideConflicts(apart.slice(0, 2))).toEqual([]);
    expect(overrideConflicts(apart.slice(2))).toEqual([]);
  });
});

describe('days', () => {
  const drafts = [{ to: '2026-10-15' }, { from: '2026-10-16', rate: off(20) }];
  test('first and last day are inclusive', () => {
    const on = (day: string) => bill(look(drafts, {}, [day, day]));
    expect(['2026-10-15', '2026-10-16'].map(on)).toEqual(['2.7', '2.4']);
    expect(contractChangeDays(makeContractRates('1', ratesOf(...drafts)), KEY)).toEqual(['2026-10-16']);
  });
  test('a rate that changes within the days is a range', () => {
    expect(bill(look(drafts, {}, ['2026-10-01', '2026-10-31']))).toBe('2.4–2.7');
  });
  test('a rate that holds on some of the days gives no amount', () => {
    expect(bill(look([{ from: '2026-10-16' }], {}, ['2026-10-01', '2026-10-31']))).toBe('part_of_span');
  });
});

test('a percentage of a range is a range; of no price it is unknown, and a price needs none', () => {
  const rates = makeContractRates('1', ratesOf({ rate: off(50) }));
  const day = '2026-10-05';
  expect(bill(contractPrice(rates, KEY, listOf(3e-6, 4e-6), day, day))).toBe('1.5–2');
  const missing: PriceAnswer = { kind: 'missing', reason: 'unknown_model', nearest: [] };
  expect(bill(contractPrice(rates, KEY, missing, day, day))).toBe('no_catalog_price');
  const priced = makeContractRates('1', ratesOf({ scope: { meter: 'input' }, rate: perMillion(2) }));
  expect(bill(contractPrice(priced, KEY, missing, day, day))).toBe('2');
});

const part = (...values: string[]) => fc.constantFrom('*', ...values);
const draft = fc.record({
  scope: fc.record({
    account: part('111111111111', '222222222222'),
    provider: part('Anthropic', 'Amazon'),
    meter: part('input', 'output'),
    mode: part('on_demand', 'batch'),
    region: part('us-east-1', 'eu-west-1'),
  }),
  rate: fc.oneof(fc.integer({ min: 0, max: 90 }).map(off), fc.integer({ min: 1, max: 9 }).map(perMillion)),
  from: fc.constantFrom(null, '2026-01-01', '2026-10-10'),
  to: fc.constantFrom(null, '2026-10-20', '2026-12-31'),
});

test('the order of the rows decides nothing', () => {
  const shuffled = fc
    .array(draft, { maxLength: 8 })
    .chain((drafts) =>
      fc.tuple(fc.constant(drafts), fc.shuffledSubarray(drafts, { minLength: drafts.length })),
    );
  fc.assert(
    fc.property(shuffled, ([drafts, other]) => {
      const contents = (answer: ContractAnswer) =>
        answer.kind === 'none'
          ? []
          : answer.chosen.map(({ number: _place, ...rest }) => JSON.stringify(rest)).sort();
      const days = ['2026-10-01', '2026-10-31'];
      expect(bill(look(other, {}, days))).toBe(bill(look(drafts, {}, days)));
      expect(contents(look(other))).toEqual(contents(look(drafts)));
      expect(overrideConflicts(ratesOf(...other))).toHaveLength(overrideConflicts(ratesOf(...drafts)).length);
    }),
  );
});

test('rates without a conflict always have one winner', () => {
  fc.assert(
    fc.property(fc.array(draft, { maxLength: 8 }), (drafts) => {
      if (overrideConflicts(ratesOf(...drafts)).length > 0) return;
      for (const account of ['111111111111', '222222222222', null])
        expect(bill(look(drafts, { account }))).not.toBe('conflict');
    }),
  );
});
