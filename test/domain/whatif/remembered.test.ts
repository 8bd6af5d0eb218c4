// What a slider's movement remembers of the one before: it may save time and must never show in a figure.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Slice } from '../../../shared/domain/whatif/lever.ts';
import { type BoundLever, bind, LEVERS } from '../../../shared/domain/whatif/levers.ts';
import { evaluateInLines, evaluateLive, evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { priceBook } from '../../../shared/domain/whatif/prices.ts';
import { rehearsal } from '../../../shared/domain/whatif/rehearsal.ts';
import type { Lever, Scenario } from '../../../shared/domain/whatif/scenario.ts';
import {
  prepareBaseline,
  type ScenarioBaseline,
  takePrepared,
} from '../../../shared/domain/whatif/vectors.ts';
import { stateAfter, worldOf } from '../../../shared/domain/whatif/world.ts';
import {
  batch,
  bill,
  caching,
  exactly,
  lever,
  NOVA,
  NOVA_PRO,
  PLAIN_ROUTING,
  pricesAt,
  SONNET,
  scenario,
  target,
  usage,
} from './bill.ts';

const range = (base: number) => ({ low: base / 2, base, high: base });
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Levers that look at one slice at a time, at any of their shares. */
const steady: fc.Arbitrary<Lever> = fc.oneof(
  share.map((value) => batch(0, { eligibleShare: range(value) })),
  share.map((value) => caching(0, value, { prefixShare: range(value) })),
  share.map((value) => lever('service_tier', { share: range(value), to: 'flex', excludeStreaming: true })),
  share.map((value) => lever('residency', { share: range(value), tier: 'global', region: null })),
  share.map((value) =>
    lever('trimming', { inputCut: range(value), cachedCut: exactly(0.1), outputCut: exactly(0.2) }),
  ),
  share.map((value) => lever('overhead', { overheadNow: range(value), overheadAfter: exactly(0) })),
  share.map((value) =>
    lever('agents', {
      runs: [{ calls: 5, weight: 1 }],
      maxCalls: 3,
      systemTokens: 1000,
      growthTokens: 200,
      systemCut: range(value),
      growthCut: exactly(0),
    }),
  ),
  share.map((value) =>
    lever('routing', {
      share: range(value),
      targets: [target('Nova Pro'), target('Nova Lite'), target('Claude Sonnet 4.5', { weight: 2 })],
      ...PLAIN_ROUTING,
    }),
  ),
);
/** Levers that look at all of the usage: what they remember must be of the very state they were asked about. */
const looking: fc.Arbitrary<Lever> = fc.oneof(
  share.map((value) =>
    lever('endpoint', {
      share: range(value),
      instances: 1,
      softwarePerHour: exactly(1),
      infrastructurePerHour: exactly(2),
      scheduledHours: null,
      tokensPerSecond: 20,
      utilisation: exactly(0.5),
    }),
  ),
  share.map((value) =>
    lever('custom_model', {
      share: range(value),
      baseModel: 'Nova Pro',
      teacherInputMillions: 0,
      teacherOutputMillions: 0,
      teacherUsdInput: 0,
      teacherUsdOutput: 0,
      trainingMillions: 1,
      epochs: 1,
      usdPerMillionTraining: 1,
      storagePerMonth: exactly(2),
      serving: 'on_demand',
      usdPerMillionInput: exactly(1 + value),
      usdPerMillionOutput: exactly(4),
      units: 0,
      usdPerUnitHour: exactly(0),
      copies: 0,
      usdPerUnitMinute: exactly(0),
      windowsPerDay: exactly(0),
    }),
  ),
);

/** Routing with all that can be drawn of it: what escalates is asked again, and a router is paid. */
const costly: fc.Arbitrary<Lever> = share.map((value) =>
  lever('routing', {
    ...PLAIN_ROUTING,
    share: range(value),
    targets: [target('Nova Pro', { weight: 2 }), target('Nova Lite')],
    escalation: range(value),
    routerPerMonth: range(10),
  }),
);

const BILL = [
  usage('a', { tokens: { input: 100, cache_read: 40, output: 20 } }),
  usage('b', { tokens: { input: 50, output: 20 }, vector: { mode: 'batch' } }),
  usage('c', { tokens: { input: 70, cache_read: 5, output: 8 }, vector: NOVA, prices: NOVA_PRO }),
  usage('d', { tokens: { output: 3 }, vector: { streaming: 'yes', region: 'eu-west-1' } }),
];
const ELSEWHERE = [
  ...pricesAt({ ...BILL[2]!, regionTier: 'global' }, NOVA_PRO),
  ...pricesAt({ ...BILL[2]!, region: 'eu-west-1', regionTier: null }, NOVA_PRO),
  ...pricesAt({ ...BILL[0]!, regionTier: null }, SONNET),
  // A model that is sold without caching: what is cached arrives as plain input, and only where something is.
  ...BILL.map((use) => ({ ...use, ...NOVA, model: 'Nova Lite', region: use.region })).flatMap((place) =>
    [null, 'regional' as const, 'global' as const].flatMap((regionTier) =>
      pricesAt({ ...place, regionTier }, { on_demand: { input: 0.06, output: 0.24 } }),
    ),
  ),
];
/** The same bill as another object each time: nobody has asked it anything. */
const fresh = () => bill(BILL, { elsewhere: ELSEWHERE });

const anyScenario: fc.Arbitrary<Scenario> = fc
  .tuple(
    fc.array(fc.tuple(fc.oneof(steady, looking), fc.constantFrom(0, 3)), { maxLength: 4 }),
    fc.constantFrom('list' as const, 'effective' as const),
    fc.constantFrom(0, 0.02),
  )
  .map(([levers, priceLayer, growth]) =>
    scenario(
      levers.map(([one, rampMonths], index) => ({ ...one, rampMonths, id: `${one.kind}-${index}` })),
      {
        priceLayer,
        growth: growth === 0 ? [] : [{ scope: [], perMonth: exactly(growth), onceFrom: null }],
        priceChanges: [{ model: 'Nova Pro', fromMonth: '2027-02', factor: exactly(1 - growth) }],
      },
    ),
  );

describe('a baseline that was asked before', () => {
  test('answers as one that nobody has asked, bit for bit: whatever was moved before', () => {
    fc.assert(
      fc.property(fc.array(anyScenario, { minLength: 1, maxLength: 4 }), anyScenario, (before, asked) => {
        const used = fresh();
        for (const one of before) {
          evaluateLive(one, used);
          // As while a slider moves: the levers of the next answer in another order, and one of them alone.
          evaluateLive({ ...asked, levers: asked.levers.toReversed() }, used);
          evaluateScenario({ ...asked, levers: asked.levers.slice(0, 1) }, used);
        }
        expect(evaluateScenario(asked, used)).toEqual(evaluateScenario(asked, fresh()));
        expect(evaluateLive(asked, used)).toEqual(evaluateLive(asked, fresh()));
      }),
      { numRuns: 20 },
    );
  });

  test('answers bit for bit as on another thread where it was prepared there and rehearsed here', () => {
    const twice = () =>
      bill([...BILL, ...BILL.map((use) => ({ ...use, workload: 'chat' }))], { elsewhere: ELSEWHERE });
    fc.assert(
      fc.property(anyScenario, fc.array(anyScenario, { minLength: 1, maxLength: 3 }), (rested, moved) => {
        const here = twice();
        const there = structuredClone(here);
        takePrepared(here, structuredClone(prepareBaseline(there).vectors));
        const rehearsed = [...rehearsal(rested, here)].filter((id) => id !== null);
        expect(new Set(rehearsed)).toEqual(new Set(rested.levers.map(({ id }) => id)));
        for (const asked of [rested, ...moved]) {
          const answer = evaluateLive(asked, here);
          expect(answer).toEqual(evaluateLive(asked, there));
          expect(answer).toEqual(evaluateLive(asked, twice()));
          expect(answer.baseline.vectors).toBe(8);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('while something moves, what a lever moved and refused is what its rows come to', () => {
    fc.assert(
      fc.property(anyScenario, (asked) => {
        const moving = evaluateLive(asked, fresh()).ledger;
        const rested = evaluateInLines(asked, fresh()).ledger;
        for (const [index, line] of rested.entries()) {
          const live = moving[index]!;
          expect(live.movedTokens).toBeCloseTo(line.movedTokens, 3);
          expect(live.refusedTokens ?? -1).toBeCloseTo(line.refusedTokens ?? -1, 3);
          expect(live.reasons.toSorted()).toEqual(line.reasons.toSorted());
          expect(line.movedTokens > 0 ? live.reasons : []).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('keeps no answer to itself that somebody could change', () => {
    const used = fresh();
    const asked = scenario([batch(0.5)]);
    const before = structuredClone(evaluateScenario(asked, used));
    const shown = evaluateLive(
      asked,
      used,
      asked.levers.map(({ id }) => id),
    );
    for (const { rows } of shown.ledger)
      for (const list of [rows!.moved, rows!.facts, rows!.guards]) list.length = 0;
    expect(evaluateScenario(asked, used)).toEqual(before);
  });
});

/** Where levers lead to on the bill, way by way, with the exact tokens of each. */
function reached(levers: readonly BoundLever[], from: ScenarioBaseline) {
  const book = priceBook(from, { layer: 'list', discountCarried: false, contractRates: [] });
  const world = worldOf(from, book, 730);
  const { ways, tokens, charges } = stateAfter(world, levers);
  const bought = ways.map(({ origin, vector, mode, rate, amounts }) => {
    const { model, region, regionTier } = vector;
    return [origin.id, model, region, regionTier, mode, rate, [...amounts]];
  });
  return { bought, tokens: [...tokens], charges };
}

describe('a lever whose parameters are drawn', () => {
  test('leads bit for bit to where a lever leads that stands there, whatever was drawn before', () => {
    const value = fc.oneof(share, fc.constantFrom(0, 1));
    const draws = fc.array(fc.array(value, { minLength: 12, maxLength: 12 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(steady, looking, costly), { minLength: 1, maxLength: 4 }),
        draws,
        (levers, values) => {
          const stated = levers.map((one, index) => ({ ...one, id: `lever-${index}` }));
          const drawnFrom = fresh();
          const drawn = stated.map(bind);
          for (const draw of values) {
            const at = (bound: readonly BoundLever[]) =>
              bound.map((one, index) =>
                one.ranges.reduce(
                  (from, _, position) => from.fix(position, draw[(3 * index + position) % 12]!),
                  one,
                ),
              );
            expect(reached(at(drawn), drawnFrom)).toEqual(reached(at(stated.map(bind)), fresh()));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('is the very same where it stands there already, so that nothing of it is planned anew', () => {
    const [one] = scenario([batch(0.5)]).levers.map(bind);
    expect(one!.fix(0, 0.5)).toBe(one);
    expect(one!.fix(0, 0.25)).not.toBe(one);
  });
});

describe('a lever that says it looks at one slice at a time', () => {
  const base = fresh();
  const book = priceBook(base, { layer: 'list', discountCarried: false, contractRates: [] });
  const { around, start } = worldOf(base, book, 730);

  test('plans the same for a slice with more tokens in the same meters', () => {
    fc.assert(
      fc.property(steady, fc.double({ min: 0.001, max: 1000, noNaN: true }), (one, times) => {
        const rules = LEVERS[one.kind] as (typeof LEVERS)['batch'];
        const bound = one as ReturnType<typeof batch>;
        expect(rules.isSteady(bound)).toBe(true);
        const alone = rules.effect(bound, () => [], around);
        const among = rules.effect(bound, () => start.slices, around);
        expect(among.charges).toEqual(alone.charges);
        expect(among.notices).toEqual(alone.notices);
        for (const slice of start.slices) {
          expect(among.plan!(more(slice, times))).toEqual(alone.plan!(slice));
          const uncached = { ...slice, tokens: { ...slice.tokens, cache_read: 0 } };
          const unasked = rules.effect(structuredClone(bound), () => [], around);
          expect(among.plan!(uncached)).toEqual(unasked.plan!(uncached));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('is not said of routing under a ceiling: what a request costs is a matter of all of them', () => {
    const under = lever('routing', {
      share: exactly(1),
      targets: [target('Nova Pro')],
      escalation: exactly(0),
      todayQuality: null,
      qualityFloor: null,
      requestCeiling: 0.01,
      requestsPerMonth: 1000,
      routerPerMonth: exactly(0),
    });
    expect(LEVERS.routing.isSteady(under)).toBe(false);
    expect(LEVERS.routing.isSteady({ ...under, requestCeiling: null })).toBe(true);
  });
});

function more(slice: Slice, times: number): Slice {
  const tokens = Object.fromEntries(
    Object.entries(slice.tokens).map(([meter, count]) => [meter, count * times]),
  );
  return { ...slice, tokens: tokens as Slice['tokens'] };
}
