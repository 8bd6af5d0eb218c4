// Dated facts about models as guards of levers: what a source says against it refuses, what nobody knows is said.
import { describe, expect, test } from 'vitest';
import {
  cacheFactsOf,
  customOnDemandOf,
  lifecycleOf,
  modeLimits,
  modesNotOffered,
} from '../../../shared/domain/pricing/model-facts.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import type { Lever } from '../../../shared/domain/whatif/scenario.ts';
import { usageKeyOf } from '../../../shared/domain/whatif/vectors.ts';
import {
  batch,
  bill,
  caching,
  exactly,
  lever,
  type PriceList,
  pricesAt,
  SONNET,
  scenario,
  target,
  usage,
} from './bill.ts';

/** A million tokens in and out of a model at 3 and 15, batch at half where it is priced. */
function guardsOf(
  model: string,
  one: Lever,
  prices: PriceList = SONNET,
  parts: Parameters<typeof bill>[1] = {},
) {
  const use = usage('a', { tokens: { input: 1, output: 1 }, vector: { model }, prices });
  return evaluateScenario(scenario([one]), bill([use], parts)).ledger[0]!.guards;
}
const said = (guards: ReturnType<typeof guardsOf>, code: string) =>
  guards.find((guard) => guard.code === code);
const { batch: _none, ...WITHOUT_BATCH } = SONNET;

describe('batch', () => {
  test('not offered, by a page that says so: refused with its title and day', () => {
    const [fact] = modesNotOffered('Claude Opus 4.7');
    const guards = guardsOf('Claude Opus 4.7', batch(1), WITHOUT_BATCH);
    expect(said(guards, 'mode_not_offered')).toMatchObject({
      refused: true,
      message: `Claude Opus 4.7 is not offered in mode batch (${fact!.source.title}, seen 2026-07-24).`,
    });
  });

  test('not offered by the page and priced by the list: moved, and the dispute is said', () => {
    const guards = guardsOf('Claude Opus 4.1', batch(1));
    expect(said(guards, 'mode_disputed')).toMatchObject({ refused: false });
    expect(guards.some(({ refused }) => refused)).toBe(false);
  });

  test('a model that no source speaks of is refused for its missing price alone', () => {
    expect(guardsOf('Model X', batch(1), WITHOUT_BATCH).map(({ code }) => code)).toEqual(['no_batch_price']);
  });
});

test('capacity whose price the user states: a source names its minimum, or nobody says that it is sold', () => {
  const reserve = lever('reserved', {
    inputThousands: 100,
    outputThousands: 10,
    usdPerInputHour: exactly(0.1),
    usdPerOutputHour: exactly(0.5),
    termMonths: 1,
    peakFactor: exactly(1),
    cacheReadWeight: exactly(1),
  });
  const on = (model: string) => {
    const use = usage('a', { tokens: { input: 1, output: 1 }, vector: { model } });
    const row = { key: usageKeyOf(use), at: [0], input: [1e6], output: [1e6] };
    const base = bill([use], { hourly: { hours: 744, rows: [row], localTimes: [] } });
    return evaluateScenario(scenario([reserve]), base).ledger[0]!.guards;
  };
  expect(said(on('Claude Sonnet 4.5'), 'mode_limit')).toMatchObject({
    refused: false,
    message: expect.stringContaining('At least 100,000 input'),
  });
  expect(said(on('Nova Pro'), 'mode_unknown')).toMatchObject({ refused: false });
});

test('latency-optimized comes with its limits, worded as the source has them', () => {
  const [limit] = modeLimits('Nova Pro');
  const prices = { ...SONNET, latency_optimized: { input: 4, output: 20 } };
  const faster = lever('service_tier', {
    share: exactly(1),
    to: 'latency_optimized',
    excludeStreaming: true,
  });
  const guards = guardsOf('Nova Pro', faster, prices);
  expect(said(guards, 'mode_limit')).toMatchObject({
    refused: false,
    message: expect.stringContaining(limit!.text ?? ''),
  });
  expect(said(guards, 'mode_limit')?.message).toContain(`(${limit!.source.title}, day not stated)`);
});

describe('caching', () => {
  const with4000 = (model: string, prefixTokens: number | null) =>
    guardsOf(model, caching(0.5, 0.9, { prefixTokens }));

  test('below the minimum: refused, with the source and its day', () => {
    expect(cacheFactsOf('Claude Opus 4.6')?.minimum).toEqual({ low: 4096, high: 4096 });
    expect(said(with4000('Claude Opus 4.6', 4000), 'prefix_too_short')).toMatchObject({
      refused: true,
      message: expect.stringMatching(/4096 \(.*, seen 2026-10-04\)/u),
    });
    expect(with4000('Claude Opus 4.6', 5000)).toEqual([]);
  });

  test('a model that knows no caching is refused; one that nothing is known of is warned of, and moved', () => {
    expect(said(with4000('Claude 3 Haiku', 4000), 'no_caching')).toMatchObject({ refused: true });
    expect(with4000('Model X', 4000).map(({ code, refused }) => [code, refused])).toEqual([
      ['minimum_unknown', false],
    ]);
  });

  test('above the most that is cached: the rest is paid in full', () => {
    expect(cacheFactsOf('Nova Pro')?.maximum).toBe(20_000);
    expect(said(with4000('Nova Pro', 30_000), 'prefix_above_maximum')).toMatchObject({
      refused: false,
      message: expect.stringContaining('20000 tokens at most'),
    });
    expect(with4000('Nova Pro', 20_000).map(({ code }) => code)).not.toContain('prefix_above_maximum');
  });
});

describe('routing', () => {
  const to = (model: string) =>
    lever('routing', {
      share: exactly(1),
      targets: [target(model)],
      escalation: exactly(0),
      todayQuality: null,
      qualityFloor: null,
      requestCeiling: null,
      requestsPerMonth: null,
      routerPerMonth: exactly(0),
    });
  const place = {
    provider: 'Anthropic',
    variant: null,
    region: 'us-east-1',
    regionTier: 'global' as const,
    contextBand: 'standard' as const,
  };
  const routed = (model: string) =>
    guardsOf('Claude Sonnet 4.5', to(model), SONNET, {
      elsewhere: pricesAt({ ...place, model }, { on_demand: { input: 1, output: 5 } }),
    });

  test('a model past its end takes no request: refused with the day', () => {
    const { endOfLife } = lifecycleOf('Claude 3 Sonnet')!;
    expect(endOfLife).toBe('2026-07-30');
    expect(said(routed('Claude 3 Sonnet'), 'model_ended')).toMatchObject({
      refused: true,
      message: expect.stringContaining('has ended on 2026-07-30'),
    });
  });

  test('what a target takes at most is not known, and said of each that is another model', () => {
    expect(said(routed('Claude Haiku 4.5'), 'size_limits_unknown')).toMatchObject({
      refused: false,
      message: expect.stringContaining('Claude Haiku 4.5'),
    });
    expect(said(routed('Claude Sonnet 4.5'), 'size_limits_unknown')).toBeUndefined();
  });
});

describe('a custom model by the token', () => {
  const own = (baseModel: string, serving: 'on_demand' | 'units' = 'on_demand') =>
    lever('custom_model', {
      share: exactly(1),
      baseModel,
      teacherInputMillions: 0,
      teacherOutputMillions: 0,
      teacherUsdInput: 0,
      teacherUsdOutput: 0,
      trainingMillions: 0,
      epochs: 1,
      usdPerMillionTraining: 0,
      storagePerMonth: exactly(0),
      serving,
      usdPerMillionInput: exactly(1),
      usdPerMillionOutput: exactly(5),
      units: 1,
      usdPerUnitHour: exactly(1),
      copies: 1,
      usdPerUnitMinute: exactly(0),
      windowsPerDay: exactly(0),
    });
  const codes = (one: Lever, region: string) => {
    const use = usage('a', { tokens: { input: 1, output: 1 }, vector: { region } });
    return evaluateScenario(scenario([one]), bill([use])).ledger[0]!.guards.map(({ code }) => code);
  };

  test('where a source says so it is fine, elsewhere it is said where; nobody says so: not known', () => {
    expect(customOnDemandOf('Nova Micro')?.note).toBe('us-east-1');
    expect(codes(own('Nova Micro'), 'us-east-1')).not.toContain('custom_on_demand_elsewhere');
    expect(codes(own('Nova Micro'), 'eu-west-1')).toContain('custom_on_demand_elsewhere');
    expect(codes(own('Llama 3.3 70B'), 'us-east-1')).toContain('custom_on_demand_unknown');
    expect(codes(own('Llama 3.3 70B', 'units'), 'us-east-1')).not.toContain('custom_on_demand_unknown');
  });
});
