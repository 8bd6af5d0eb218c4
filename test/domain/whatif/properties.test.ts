// What must hold for every bill and every scenario, tried on random ones.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sumOf } from '../../../shared/domain/sum.ts';
import { MODES, REGION_TIERS } from '../../../shared/domain/usage/vocabulary.ts';
import { bind } from '../../../shared/domain/whatif/levers.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { priceBook } from '../../../shared/domain/whatif/prices.ts';
import {
  type Lever,
  SCENARIO_PRICE_LAYERS,
  type Scenario,
  SERVICE_TIERS,
} from '../../../shared/domain/whatif/scenario.ts';
import {
  type PaidCapacity,
  prepareBaseline,
  type ScenarioBaseline,
  totalTokens,
  VECTOR_METERS,
} from '../../../shared/domain/whatif/vectors.ts';
import { stateAfter, worldOf } from '../../../shared/domain/whatif/world.ts';
import {
  batch,
  bill,
  caching,
  exactly,
  lever as leverOf,
  NOVA,
  NOVA_PRO,
  type PriceList,
  SONNET,
  scenario,
  target,
  usage,
} from './bill.ts';

// Whole numbers spread evenly; doubles would mostly be next to nothing, and next to nothing would move.
const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);
const range = fc.tuple(share, share, share).map((values) => {
  const [low, base, high] = values.sort((left, right) => left - right) as [number, number, number];
  return { low, base, high };
});
const count = fc.integer({ min: 0, max: 10_000 });
/** Often without caching, mostly without the longer lifetimes: few prices are for them, and what has no price stays. */
const zeros = (meter: string): number => {
  if (/30m|1h/u.test(meter)) return 9;
  return meter.startsWith('cache') ? 1 : 0;
};
const tokens = fc.record(
  Object.fromEntries(
    VECTOR_METERS.map((meter) => [
      meter,
      fc.oneof({ weight: zeros(meter), arbitrary: fc.constant(0) }, { weight: 1, arbitrary: count }),
    ]),
  ),
);
const { batch: _hole, ...SONNET_WITHOUT_BATCH } = SONNET;
const PRICES: PriceList[] = [
  SONNET,
  SONNET_WITHOUT_BATCH,
  { on_demand: { input: [3, 3.3], output: 15 } },
  {},
];

const UNITS: PaidCapacity = {
  id: 'capacity-1',
  family: 'provisioned',
  provider: 'Amazon',
  model: 'Nova Pro',
  region: 'us-east-1',
  meter: 'model_unit_hour',
  variant: null,
  term: 'none',
  billedAs: 'native',
  inScopes: [],
  hours: 744,
  invoiced: 5000,
};

const vector = fc
  .record({
    tokens,
    mode: fc.oneof(fc.constant('on_demand' as const), fc.constantFrom(...MODES)),
    streaming: fc.constantFrom('yes', 'no', 'no', 'unknown'),
    nova: fc.boolean(),
    prices: fc.constantFrom(...PRICES),
    paid: fc.double({ min: 0, max: 20, noNaN: true }),
  })
  .map(({ nova, prices, mode, streaming, paid, ...rest }) => ({
    ...rest,
    vector: { ...(nova ? NOVA : {}), mode, streaming, region: `region-${PRICES.indexOf(prices)}` },
    prices: nova ? NOVA_PRO : prices,
    paid: Object.fromEntries(VECTOR_METERS.map((meter) => [meter, paid])),
  }));

const baseline: fc.Arbitrary<ScenarioBaseline> = fc.array(vector, { maxLength: 6 }).map((uses) =>
  bill(
    uses.map((use, index) => usage(`v${index}`, use as Parameters<typeof usage>[1])),
    { capacity: [UNITS] },
  ),
);

/** Levers that only move requests: each token is there before and after. */
const mover: fc.Arbitrary<Lever> = fc.oneof(
  fc
    .tuple(range, fc.boolean(), fc.boolean())
    .map(([eligibleShare, excludeStreaming, enabled]) =>
      batch(0, { eligibleShare, excludeStreaming, enabled }),
    ),
  fc
    .tuple(range, range, fc.boolean(), fc.constantFrom('5m' as const, '1h' as const))
    .map(([prefixShare, hitShare, enabled, lifetime]) =>
      caching(0, { pattern: 'stated', hitShare }, { prefixShare, enabled, lifetime }),
    ),
  fc
    .tuple(range, fc.constantFrom(...SERVICE_TIERS))
    .map(([share, to]) => leverOf('service_tier', { share, to, excludeStreaming: true })),
  fc
    .tuple(range, fc.constantFrom(...REGION_TIERS))
    .map(([share, tier]) => leverOf('residency', { share, tier, region: null })),
  fc.tuple(range, share, share).map(([part, left, right]) =>
    leverOf('routing', {
      share: part,
      targets: [target('Nova Pro', { weight: left }), target('Claude Sonnet 4.5', { weight: right })],
      escalation: exactly(0),
      todayQuality: null,
      qualityFloor: null,
      requestCeiling: null,
      requestsPerMonth: null,
      routerPerMonth: exactly(0),
    }),
  ),
);
/** Levers that change how many tokens there are, or cost something besides. */
const resizer: fc.Arbitrary<Lever> = fc.oneof(
  fc
    .tuple(range, range, range)
    .map(([inputCut, cachedCut, outputCut]) => leverOf('trimming', { inputCut, cachedCut, outputCut })),
  fc
    .tuple(range, range)
    .map(([overheadNow, overheadAfter]) => leverOf('overhead', { overheadNow, overheadAfter })),
  fc
    .tuple(range, range)
    .map(([endedShare, elsewherePerMonth]) =>
      leverOf('end_capacity', { endedShare, paidUntil: null, elsewherePerMonth }),
    ),
  fc.tuple(range, range, share, range).map(([part, escalation, factor, routerPerMonth]) =>
    leverOf('routing', {
      share: part,
      targets: [target('Nova Pro', { inputFactor: 0.5 + factor, outputFactor: 1.5 - factor })],
      escalation,
      todayQuality: null,
      qualityFloor: null,
      requestCeiling: null,
      requestsPerMonth: null,
      routerPerMonth,
    }),
  ),
);
const scenarioOf = (lever: fc.Arbitrary<Lever>): fc.Arbitrary<Scenario> =>
  fc
    .tuple(fc.array(lever, { maxLength: 4 }), fc.constantFrom(...SCENARIO_PRICE_LAYERS))
    .map(([levers, priceLayer]) =>
      scenario(
        levers.map((one, index) => ({ ...one, id: `${one.kind}-${index}` })),
        { priceLayer },
      ),
    );
const anyScenario = scenarioOf(fc.oneof(mover, resizer));

const close = (left: number, right: number, volume: number): void =>
  expect(Math.abs(left - right)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(volume)));

test('levers that move requests invent and lose no token, in any vector, on the input side or the output side', () => {
  let moved = 0;
  fc.assert(
    fc.property(baseline, scenarioOf(mover), (base, { levers, priceLayer }) => {
      const book = priceBook(base, { layer: priceLayer, discountCarried: false, contractRates: [] });
      const after = stateAfter(worldOf(base, book, 730), levers.map(bind)).slices;
      for (const { id, tokens: before } of base.vectors) {
        const own = after.filter(({ origin: { id: other } }) => other === id).map((slice) => slice.tokens);
        close(sumOf(own.map(totalTokens)), totalTokens(before), totalTokens(before));
        close(sumOf(own.map(({ output }) => output)), before.output, totalTokens(before));
        if (own.length > 1) moved += 1;
      }
    }),
    { numRuns: 200 },
  );
  // A property of moves says nothing where nothing moves.
  expect(moved).toBeGreaterThan(0);
});

test('every token that a lever adds or takes away stands in the ledger', () => {
  fc.assert(
    fc.property(baseline, anyScenario, (base, what) => {
      const answer = evaluateScenario(what, base);
      const book = priceBook(prepareBaseline(base), {
        layer: what.priceLayer,
        discountCarried: false,
        contractRates: [],
      });
      // As scenarios compute it: usage that differs in its workload only is one vector, which moves or stays whole.
      const after = stateAfter(worldOf(prepareBaseline(base), book, 730), what.levers.map(bind)).slices;
      const changed = sumOf(
        answer.ledger.flatMap(({ moved }) =>
          moved.map(({ tokens: were, tokensAfter }) => tokensAfter - were),
        ),
      );
      close(
        sumOf(after.map((slice) => totalTokens(slice.tokens))),
        answer.baseline.tokens + changed,
        answer.baseline.tokens,
      );
    }),
    { numRuns: 200 },
  );
});

test('an empty scenario costs exactly the baseline', () => {
  fc.assert(
    fc.property(baseline, fc.constantFrom(...SCENARIO_PRICE_LAYERS), (base, priceLayer) => {
      const answer = evaluateScenario(scenario([], { priceLayer }), base);
      expect(answer.after).toEqual(answer.baseline.atPrice);
      expect(answer.headlines.savingAtPrice).toEqual({ low: 0, base: 0, high: 0 });
      expect(answer.monthly.every(({ saving }) => saving === 0)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('at the rates of the bill, the baseline costs what was invoiced', () => {
  fc.assert(
    fc.property(baseline, (base) => {
      const answer = evaluateScenario(scenario([], { priceLayer: 'effective' }), base);
      close(answer.baseline.atPrice!.base, answer.baseline.invoiced, answer.baseline.invoiced);
      expect(answer.baseline.unpricedTokens).toBe(0);
    }),
    { numRuns: 50 },
  );
});

test('in-order savings sum to the total saving, and the moves and charges of each lever to its saving', () => {
  fc.assert(
    fc.property(baseline, anyScenario, (base, what) => {
      const answer = evaluateScenario(what, base);
      const volume = answer.baseline.atPrice?.base ?? 0;
      const saving = answer.headlines.savingAtPrice;
      const inOrder = sumOf(answer.ledger.map((entry) => entry.inOrder?.base ?? 0));
      if (saving !== null) close(inOrder, saving.base, volume);
      if (answer.after === null) expect(saving === null || answer.baseline.atPrice === null).toBe(true);
      else close(answer.baseline.atPrice!.base - answer.after.base, saving!.base, volume);
      for (const entry of answer.ledger.filter((one) => one.inOrder !== null)) {
        const moved = sumOf(entry.moved.map(({ costBefore, costAfter }) => costBefore - costAfter));
        close(moved - sumOf(entry.charges.map(({ amount }) => amount)), entry.inOrder?.base ?? 0, volume);
      }
    }),
    { numRuns: 200 },
  );
});

test('every token that moved was priced before and after; what has no price is counted and stays', () => {
  fc.assert(
    fc.property(baseline, anyScenario, (base, { levers, priceLayer }) => {
      const book = priceBook(base, { layer: priceLayer, discountCarried: false, contractRates: [] });
      const world = worldOf(base, book, 730);
      const unpriced = (slices: typeof world.start.slices): number =>
        sumOf(
          slices.flatMap(({ vector: own, mode, tokens: counts }) =>
            VECTOR_METERS.filter((meter) => book.quote(own, meter, mode).kind === 'missing').map(
              (meter) => counts[meter],
            ),
          ),
        );
      const after = stateAfter(world, levers.map(bind)).slices;
      expect(unpriced(after)).toBe(unpriced(world.start.slices));
    }),
    { numRuns: 200 },
  );
});

test('bands are ordered, and one lever alone is not changed by the order', () => {
  fc.assert(
    fc.property(baseline, anyScenario, (base, what) => {
      const answer = evaluateScenario(what, base);
      for (const { low, base: middle, high } of [
        answer.after,
        answer.headlines.savingAtPrice,
        ...answer.ledger.flatMap(({ alone, inOrder }) => [alone, inOrder]),
      ].filter((one) => one !== null)) {
        expect(low).toBeLessThanOrEqual(middle);
        expect(middle).toBeLessThanOrEqual(high);
      }
      const first = answer.ledger.findIndex(({ enabled }) => enabled);
      if (first >= 0)
        close(answer.ledger[first]!.alone?.base ?? 0, answer.ledger[first]!.inOrder?.base ?? 0, 1);
    }),
    { numRuns: 100 },
  );
});

test('no case inside the parameter ranges lies outside the band', () => {
  fc.assert(
    fc.property(
      baseline,
      range,
      range,
      range,
      fc.array(share, { minLength: 3, maxLength: 3 }),
      (base, a, b, c, at) => {
        const band = evaluateScenario(
          scenario([
            batch(0, { eligibleShare: a }),
            caching(0, { pattern: 'stated', hitShare: b }, { prefixShare: c }),
          ]),
          base,
        ).headlines.savingAtPrice;
        const inside = ({ low, high }: { low: number; high: number }, where: number) =>
          low + (high - low) * where;
        const fixed = evaluateScenario(
          scenario([batch(inside(a, at[0]!)), caching(inside(c, at[2]!), inside(b, at[1]!))]),
          base,
        );
        const slack = 1e-9 * Math.max(1, fixed.baseline.atPrice!.high);
        const one = fixed.headlines.savingAtPrice;
        // Where a lever is not stated, and the other saves nothing.
        if (band === null || one === null) return;
        expect(one.base).toBeGreaterThanOrEqual(band.low - slack);
        expect(one.base).toBeLessThanOrEqual(band.high + slack);
      },
    ),
    { numRuns: 100 },
  );
});
