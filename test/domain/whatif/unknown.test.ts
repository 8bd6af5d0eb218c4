// What nobody has stated, and what has no price, comes to no figure: null with its reason, in every part of the answer.
import { describe, expect, test } from 'vitest';
import type { ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import { compareScenarios } from '../../../shared/domain/whatif/compare.ts';
import { NO_PRICE_AT_ALL } from '../../../shared/domain/whatif/ledger.ts';
import { modelCosts } from '../../../shared/domain/whatif/model-costs.ts';
import { NEW_LEVERS } from '../../../shared/domain/whatif/new-levers.ts';
import { leverQuestions } from '../../../shared/domain/whatif/open-questions.ts';
import { evaluateLive, evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { planOf } from '../../../shared/domain/whatif/realised/plan.ts';
import { LEVER_KINDS, type Lever, type Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { sensitivitiesOf } from '../../../shared/domain/whatif/sensitivity.ts';
import { sharesOf } from '../../../shared/domain/whatif/shares.ts';
import { simulate } from '../../../shared/domain/whatif/simulate.ts';
import type { ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';
import { paidBackText } from '../../../shared/format/scenario-words.ts';
import { batch, bill, exactly, MILLION, NOVA, pricesAt, scenario, target, usage } from './bill.ts';

// 100M tokens of Sonnet 4.5 at 3.00 are 300; half of them in batch at 1.50 are 75 less.
const SONNETS = bill([usage('a', { tokens: { input: 100 } })]);
/** 10M tokens of a model without a price, for 20 as invoiced. */
const MYSTERY = usage('m', {
  tokens: { input: 10 },
  vector: { ...NOVA, model: 'Mystery' },
  prices: {},
  paid: { input: 2 },
});
const COMMITMENT = {
  year: {
    start: '2026-11-01',
    commit: 1000,
    discount: 0.1,
    drawdown: 'before_discount',
    shortfallSettled: 'face',
    marketplaceCap: 0.25,
    support: 0,
  },
  organicAws: exactly(400),
  organicMarketplace: exactly(0),
  classes: [],
  directCost: null,
} as const;

/** Sold on demand at 0.10, and not in batch. */
const NOVA_MICRO = {
  provider: 'Amazon',
  model: 'Nova Micro',
  variant: null,
  region: 'us-east-1',
  regionTier: 'global',
  contextBand: 'standard',
} as const;
const TO_MICRO: Lever = {
  ...NEW_LEVERS.routing,
  id: 'route',
  share: exactly(1),
  targets: [target('Nova Micro')],
};

/** Figures that are nothing on this bill, or without a term: nobody has to state them. */
const KNOWN_ZEROS: ReadonlySet<string> = new Set([
  'already in batch',
  'cache-read share of input',
  'cache hit rate today',
  'output ÷ uncached input',
  'committed over the term',
]);

const fresh = (kind: Lever['kind'], id: string = kind): Lever => ({ ...NEW_LEVERS[kind], id }) as Lever;

describe('a lever that nobody has filled in', () => {
  test.each(LEVER_KINDS)('%s: asks, and comes to no figure', (kind) => {
    const one = fresh(kind);
    const answer = evaluateScenario(scenario([one]), SONNETS);
    const missing = leverQuestions(one);
    expect(missing.length).toBeGreaterThan(0);
    expect(answer.ledger).toMatchObject([{ missing, alone: null, inOrder: null, interaction: null }]);
    expect(answer.headlines.savingAtPrice).toBeNull();
    expect(answer.headlines.savingReason).toMatch(/^Nothing is stated yet/u);
    const live = evaluateLive(scenario([one]), SONNETS);
    expect(live.ledger).toMatchObject([{ missing, alone: null, inOrder: null, interaction: null }]);
    expect(live.headlines).toEqual(answer.headlines);
  });

  test('alone in a scenario: the baseline stands, and nothing that would be saved is drawn from it', () => {
    const answer = evaluateScenario(scenario([fresh('batch')], { commitment: COMMITMENT }), SONNETS);
    expect(answer).toMatchObject({
      baseline: { atPrice: { base: 300 } },
      after: null,
      headlines: { cashThisYear: null, cashReason: answer.headlines.savingReason },
      quarters: [],
      paybackMonth: null,
      commitment: { scenario: null, savingAtPrice: null, leverCash: null, cashMonths: [], formula: [] },
    });
    expect(answer.commitment!.baseline.cash.base).toBeGreaterThan(0);
    expect(answer.commitment!.aiSpend).toMatchObject([{ scenario: null }]);
    expect(answer.monthly.length).toBeGreaterThan(0);
    for (const month of answer.monthly) {
      expect(month.baseline).toBeGreaterThan(0);
      expect(month).toMatchObject({ scenario: null, saving: null, cumulative: null });
    }
  });

  test('beside one that is: the saving is that of the other, and its own line keeps asking', () => {
    const answer = evaluateScenario(scenario([fresh('caching'), batch(0.5)]), SONNETS);
    expect(answer.ledger.map(({ inOrder }) => inOrder?.base ?? null)).toEqual([null, 75]);
    expect(answer.headlines).toMatchObject({ savingAtPrice: { base: 75 }, savingReason: null });
    expect(answer.after?.base).toBe(225);
    const { total, shares, pairs } = sharesOf(scenario([fresh('caching'), batch(0.5)]), SONNETS, 1);
    expect(total).toBe(75);
    expect(shares.map(({ share }) => share)).toEqual([null, 75]);
    expect(pairs).toMatchObject([{ interaction: null }]);
  });

  test.each(LEVER_KINDS)('%s: no fact is made of what nobody has stated', (kind) => {
    const base = bill([usage('a', { tokens: { input: 100 } })], { ocu: { hours: 1488, invoiced: 300 } });
    const { facts } = evaluateScenario(scenario([fresh(kind)]), base).ledger[0]!;
    expect(facts.filter(({ value, name }) => value === 0 && !KNOWN_ZEROS.has(name))).toEqual([]);
    expect(facts.filter(({ value, note }) => value === null && note === null)).toEqual([]);
  });

  test('switched off beside one that is on: no saving of its own either', () => {
    const off = { ...fresh('trimming'), enabled: false };
    expect(evaluateScenario(scenario([off, batch(0.5)]), SONNETS).ledger[0]).toMatchObject({
      enabled: false,
      alone: null,
    });
  });

  test('a model of one’s own: without a price of serving no figure, with one its cost', () => {
    const one: Lever = {
      ...NEW_LEVERS.custom_model,
      id: 'own',
      share: exactly(0.5),
      serving: 'units',
      units: 1,
      usdPerUnitHour: exactly(1),
    };
    expect(leverQuestions(one)).toEqual([]);
    const unpriced: Lever = { ...one, usdPerUnitHour: exactly(0) };
    expect(leverQuestions(unpriced)).toHaveLength(1);
    expect(evaluateScenario(scenario([unpriced]), SONNETS).ledger[0]!.inOrder).toBeNull();
    expect(evaluateScenario(scenario([one]), SONNETS).ledger[0]!.inOrder?.base).toBeCloseTo(
      150 - (730 * 31 * 12) / 365,
      9,
    );
  });

  test('pinned, it is not followed', () => {
    const { levers } = planOf(scenario([fresh('batch'), batch(0.5, { id: 'on' })]), SONNETS, '2026-11-01');
    expect(levers.map(({ notFollowed }) => notFollowed?.slice(0, 18) ?? null)).toEqual([
      'Nothing was stated',
      null,
    ]);
  });
});

test('no lever, and a lever that is stated and refused, save nothing: that is known', () => {
  expect(evaluateScenario(scenario([]), SONNETS)).toMatchObject({
    headlines: { savingAtPrice: { base: 0 }, savingReason: null },
    after: { base: 300 },
  });
  const streamed = bill([usage('a', { tokens: { input: 100 }, vector: { streaming: 'yes' } })]);
  expect(evaluateScenario(scenario([batch(0.5)]), streamed)).toMatchObject({
    ledger: [{ missing: [], inOrder: { base: 0 } }],
    headlines: { savingAtPrice: { base: 0 } },
  });
});

const answerOn = (levers: readonly Lever[], base = bill([MYSTERY])): ScenarioAnswer =>
  evaluateScenario(scenario([...levers], { commitment: COMMITMENT }), base);

describe('usage that could not be read', () => {
  const unread = (reason: 'unknown_unit' | 'not_tokens', inScopes: number[] = [0]) => ({
    reason,
    label: 'inference: input',
    chargeType: null,
    provider: 'Anthropic',
    billedAs: 'native' as const,
    inScopes,
    invoiced: 120,
  });
  const scope = [{ dimension: 'model', operator: '=' as const, values: ['Claude Sonnet 4.5'] }];

  test('a bill of tokens whose number is blank: what a lever on them saves is not known', () => {
    const answer = answerOn([batch(0.5)], bill([], { outside: [unread('unknown_unit')] }));
    expect(answer.ledger).toMatchObject([
      { missing: [expect.stringContaining('could not be read')], alone: null, inOrder: null },
    ]);
    expect(answer.headlines.savingAtPrice).toBeNull();
  });

  test('the same in the scope of one lever, beside usage that another one moves', () => {
    const sonnet = usage('sonnet', { tokens: { input: 100 * MILLION, output: 10 * MILLION } });
    const whole = bill([sonnet], { scopes: [scope], outside: [unread('unknown_unit')] });
    const [blank, other] = answerOn([batch(0.5, { scope }), batch(0.5, { id: 'other' })], whole).ledger;
    expect(blank).toMatchObject({ alone: null, inOrder: null });
    expect(other!.inOrder!.base).toBeGreaterThan(0);
  });

  test('images and searches are no tokens, and usage elsewhere is not its own: nothing saved is known', () => {
    for (const outside of [[unread('not_tokens')], [unread('unknown_unit', [])]]) {
      const { ledger } = answerOn([batch(0.5, { scope })], bill([], { scopes: [scope], outside }));
      expect(ledger).toMatchObject([{ missing: [], inOrder: exactly(0) }]);
    }
  });
});

describe('usage without a price', () => {
  test('all of it: no baseline at price, and nothing that follows from one', () => {
    const answer = answerOn([batch(0.5)]);
    expect(answer).toMatchObject({
      baseline: { invoiced: 20, atPrice: null, unpricedShare: 1, unpricedTokens: 10 * MILLION },
      ledger: [{ missing: [NO_PRICE_AT_ALL], inOrder: null }],
      headlines: { savingAtPrice: null, savingReason: NO_PRICE_AT_ALL, cashThisYear: null },
      after: null,
      monthly: [],
      quarters: [],
      // The bill says what the year costs, whatever the catalog knows.
      commitment: { baseline: { cash: expect.anything() }, scenario: null, leverCash: null },
    });
    // At the rates of the bill it has one; batch has no price there either, so what it would save is as unknown.
    expect(answer.readings).toMatchObject([
      { layer: 'list', before: null, saving: null, savingReason: NO_PRICE_AT_ALL, savingShare: null },
      {
        layer: 'effective',
        before: { base: 20 },
        saving: null,
        savingReason: expect.stringContaining('comes to a figure'),
      },
    ]);
    expect(evaluateLive(scenario([batch(0.5)]), bill([MYSTERY]))).toMatchObject({
      baseline: { atPrice: null },
      headlines: { savingAtPrice: null },
      monthly: [],
    });
  });

  test('a part of it: the sum of what has a price, with the share that has none', () => {
    const answer = answerOn([batch(0.5)], bill([MYSTERY, usage('a', { tokens: { input: 100 } })]));
    expect(answer.baseline).toMatchObject({ invoiced: 320, atPrice: { base: 300 }, unpricedShare: 20 / 320 });
    expect(answer.headlines.savingAtPrice?.base).toBe(75);
  });

  const priceless = (kind: 'batch' | 'endpoint'): Lever => {
    const scope = { scope: [{ dimension: 'model', operator: '=' as const, values: ['Mystery'] }] };
    if (kind === 'batch') return batch(0.5, { id: 'm', ...scope });
    const price = { instances: 1, softwarePerHour: exactly(2), tokensPerSecond: 1000, share: exactly(1) };
    return { ...NEW_LEVERS.endpoint, ...price, ...scope, id: 'm', label: 'Own machines' };
  };
  const mixed = () => {
    const [mystery, sonnet] = [MYSTERY, usage('a', { tokens: { input: 100 } })];
    const scopes = [[{ dimension: 'model', operator: '=' as const, values: ['Mystery'] }]];
    return bill([{ ...mystery, inScopes: [0] }, sonnet], { scopes });
  };

  test('all that a lever applies to: nothing moves for want of a price, so its saving is not known', () => {
    const one = priceless('batch');
    const { ledger, headlines, after } = answerOn([one], mixed());
    expect(ledger).toMatchObject([
      { missing: [expect.stringContaining('Its cost today is not priced')], alone: null, inOrder: null },
    ]);
    expect(headlines.savingAtPrice).toBeNull();
    expect(after).toBeNull();
    // Switched off it saves nothing where it stands; what it would save alone is no better known.
    const off = answerOn([{ ...one, enabled: false }, batch(0.5)], mixed());
    expect(off.ledger[0]).toMatchObject({ alone: null, inOrder: exactly(0), interaction: exactly(0) });
  });

  test('a part of the levers: their sum says what it leaves out', () => {
    const { headlines } = answerOn([priceless('batch'), batch(0.5, { id: 'on', label: 'Nightly' })], mixed());
    expect(headlines.savingAtPrice?.base).toBe(75);
    expect(headlines.savingPartial).toBe(
      'Not in it: Batch migration, without a figure; usage that Nightly cannot judge, mostly for want of a price.',
    );
    expect(evaluateLive(scenario([batch(0.5)]), SONNETS).headlines.savingPartial).toBeNull();
  });

  test('a part of what a lever applies to: its figure is of the rest, and says so', () => {
    for (const answer of [answerOn([batch(0.5)], mixed()), evaluateLive(scenario([batch(0.5)]), mixed())]) {
      expect(answer.ledger[0]).toMatchObject({ isPartial: true, inOrder: { base: 75 } });
      expect(answer.headlines.savingPartial).toBe(
        'Not in it: usage that Batch migration cannot judge, mostly for want of a price.',
      );
    }
    // Usage without a price that it does not apply to is nothing that its saving leaves out.
    const scope = [{ dimension: 'model', operator: '=' as const, values: ['Claude Sonnet 4.5'] }];
    const base = { ...mixed(), scopes: [scope] };
    const vectors = base.vectors.map((one) => ({ ...one, inScopes: one.model === 'Mystery' ? [] : [0] }));
    const { ledger, headlines } = answerOn([batch(0.5, { scope })], { ...base, vectors });
    expect(ledger[0]).toMatchObject({ isPartial: false, inOrder: { base: 75 } });
    expect(headlines.savingPartial).toBeNull();
  });

  test('its shares, assumptions and chances leave out the same, and say so', () => {
    const levers = [priceless('batch'), batch(0.5, { id: 'on', label: 'Nightly' })];
    const whole = scenario(levers);
    const { savingPartial } = answerOn(levers, mixed()).headlines;
    expect(savingPartial).toMatch(/^Not in it: /u);
    expect(sharesOf(whole, mixed(), 1).savingPartial).toBe(savingPartial);
    expect(sensitivitiesOf(whole, mixed()).savingPartial).toBe(savingPartial);
    expect(simulate(whole, mixed(), { seed: 1, draws: 10 }).savingPartial).toBe(savingPartial);
  });

  test('what is bought instead of it has a price: a cost without what it saves is no saving', () => {
    for (const base of [mixed(), bill([{ ...MYSTERY, inScopes: [0] }], { scopes: mixed().scopes })]) {
      const { ledger, headlines, after, monthly } = answerOn([priceless('endpoint'), batch(0.5)], base);
      expect(ledger[0]!.charges[0]!.amount).toBeGreaterThan(0);
      expect(ledger[0]).toMatchObject({ alone: null, inOrder: null, interaction: null });
      expect(headlines.savingAtPrice).toBeNull();
      expect(headlines.savingReason).toMatch(/^What Own machines costs is known, and what it saves is not/u);
      expect(after).toBeNull();
      expect(monthly.every(({ saving }) => saving === null)).toBe(true);
    }
  });

  test('at the place in the order only: alone it has a figure, after the lever that moves it away none', () => {
    const elsewhere = pricesAt(NOVA_MICRO, { on_demand: { input: 0.1 } });
    const base = bill([usage('a', { tokens: { input: 100 } })], { elsewhere });
    const { ledger } = evaluateScenario(scenario([TO_MICRO, batch(0.5)]), base);
    expect(ledger[1]).toMatchObject({ alone: { base: 75 }, inOrder: null, interaction: null });
    expect(ledger[1]!.missing).toHaveLength(1);
  });

  test('without levers nothing is saved, and what it costs is still not known', () => {
    const answer = answerOn([]);
    expect(answer).toMatchObject({ baseline: { atPrice: null }, after: null, monthly: [] });
    expect(answer.headlines.savingAtPrice).toEqual(exactly(0));
  });

  const sideBySide = (scenarios: readonly Scenario[], base: ScenarioBaseline) =>
    compareScenarios(
      scenarios.map((what) => ({
        scenario: what,
        answer: evaluateScenario(what, base),
        models: modelCosts(what, base),
      })),
    );

  test('what is spent once is known, whatever is known of the saving', () => {
    const one = scenario([batch(0.5, { oneOffCost: 500 })]);
    const compared = sideBySide([one, scenario([])], bill([MYSTERY]));
    expect(compared.figures.at(-1)).toMatchObject({
      figure: 'oneOff',
      values: [exactly(500), exactly(0)],
      differences: [null, -500],
    });
    expect(paidBackText(answerOn(one.levers, bill([MYSTERY])), String)).toBe('—, the saving is not known');
    expect(paidBackText(answerOn(one.levers, SONNETS), String)).toBe('end of 2027-05');
  });

  test('a model that only a scenario without a figure might use costs an unknown amount there', () => {
    const elsewhere = pricesAt(NOVA_MICRO, { on_demand: { input: 0.1 } });
    const base = bill([usage('a', { tokens: { input: 100 } })], { elsewhere });
    const { models, scenarios } = sideBySide(
      [scenario([TO_MICRO]), scenario([fresh('routing')]), scenario([])],
      base,
    );
    expect(models.find(({ model }) => model === 'Nova Micro')?.values).toEqual([10, null, 0]);
    expect(scenarios.map(({ partial }) => partial)).toEqual([null, null, null]);
  });

  test('side by side: nothing is subtracted from what is not known', () => {
    const one = scenario([batch(0.5)]);
    const two = scenario([fresh('batch')]);
    const compared = sideBySide([one, two], SONNETS);
    const rows = new Map(compared.figures.map(({ figure, ...row }) => [figure, row]));
    expect(rows.get('before')!.differences).toEqual([null, 0]);
    expect(rows.get('savingAtPrice')).toEqual({ values: [exactly(75), null], differences: [null, null] });
    expect(rows.get('after')!.values[1]).toBeNull();
    expect(compared.models).toMatchObject([{ values: [225, null], differences: [null, null] }]);
    expect(compared.months[0]!.values[1]).toBeNull();
  });
});
