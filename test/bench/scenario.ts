// Processor time of a scenario at 10,000 usage vectors: after a slider moved (aim: 33 ms), and of the draws of a simulation
// of sixteen levers (aim: 3 s for a thousand at 100 price keys): `node test/bench/scenario.ts`.
import { evaluateLive, evaluateScenario } from '../../shared/domain/whatif/pipeline.ts';
import type { Lever } from '../../shared/domain/whatif/scenario.ts';
import { startSimulation } from '../../shared/domain/whatif/simulate.ts';
import { prepareBaseline } from '../../shared/domain/whatif/vectors.ts';
import {
  batch,
  bill,
  caching,
  exactly,
  lever,
  PLAIN_ROUTING,
  type PriceList,
  pricesAt,
  SONNET,
  scenario,
  target,
  usage,
} from '../domain/whatif/bill.ts';

const VECTORS = 10_000;
const MOVEMENTS = 60;
const DRAWS = 200;

const WITH_FLEX: PriceList = {
  ...SONNET,
  flex: { input: 2, cache_read: 0.2, cache_write_5m: 2.5, output: 10 },
};
const HAIKU: PriceList = {
  on_demand: { input: 1, cache_read: 0.1, cache_write_5m: 1.25, output: 5 },
  batch: { input: 0.5, output: 2.5 },
};

/** Usage in so many price keys; the other vectors differ in their workload only. */
function baselineOf(keys: number) {
  const vectors = Array.from({ length: VECTORS }, (_, index) => {
    const key = index % keys;
    return usage(`v${index}`, {
      tokens: { input: 100 + (index % 7), cache_read: index % 5, output: 10 + (index % 3) },
      vector: {
        region: `region-${key >> 1}`,
        mode: key % 2 === 0 ? 'on_demand' : 'batch',
        workload: `w${index}`,
      },
      prices: WITH_FLEX,
    });
  });
  const elsewhere = Array.from({ length: keys >> 1 }, (_, key) => {
    const place = {
      provider: 'Anthropic',
      variant: null,
      region: `region-${key}`,
      contextBand: 'standard',
    } as const;
    return [
      ...pricesAt({ ...place, model: 'Claude Haiku 4.5', regionTier: 'global' }, HAIKU),
      ...pricesAt({ ...place, model: 'Claude Haiku 4.5', regionTier: 'geo' }, HAIKU),
      ...pricesAt({ ...place, model: 'Claude Sonnet 4.5', regionTier: 'geo' }, WITH_FLEX),
    ];
  }).flat();
  const whole = bill(vectors.slice(0, keys), { elsewhere });
  return { ...whole, vectors: vectors.map(({ prices: _prices, ...vector }) => vector) };
}

const range = (base: number) => ({ low: base * 0.8, base, high: Math.min(1, base * 1.2) });
const movement = (at: number) =>
  scenario([
    lever('routing', {
      share: range(0.3 + at / 100),
      targets: [target('Claude Haiku 4.5', { quality: 1 })],
      escalation: exactly(0.05),
      todayQuality: null,
      qualityFloor: null,
      requestCeiling: null,
      requestsPerMonth: null,
      routerPerMonth: exactly(100),
    }),
    batch(0.3, { eligibleShare: range(0.3), rampMonths: 3 }),
    caching(0.5, 0.8, { prefixShare: range(0.5) }),
    lever('trimming', { inputCut: range(0.1), cachedCut: exactly(0), outputCut: exactly(0.1) }),
  ]);

/** All levers that move tokens at the prices of the catalog, once and once more on what the first eight left. */
const sixteen = (at: number) =>
  scenario(
    [1, 2].flatMap((round): Lever[] => {
      const share = range((0.3 + at / 1000) / round);
      const again: Lever[] = [
        lever('routing', { ...PLAIN_ROUTING, share, targets: [target('Claude Haiku 4.5')] }),
        batch(0, { eligibleShare: share }),
        caching(0, 0.8, { prefixShare: share }),
        lever('trimming', { inputCut: share, cachedCut: exactly(0), outputCut: range(0.1) }),
        lever('overhead', { overheadNow: share, overheadAfter: exactly(0.02) }),
        lever('service_tier', { share, to: 'flex', excludeStreaming: true }),
        lever('residency', { share, tier: 'geo', region: null }),
        lever('agents', {
          runs: [{ calls: 5, weight: 1 }],
          maxCalls: 4,
          systemTokens: 1000,
          growthTokens: 200,
          systemCut: share,
          growthCut: exactly(0),
        }),
      ];
      return again.map((one) => ({ ...one, id: `${one.kind}-${round}` }));
    }),
  );

for (const keys of [100, 400]) {
  const whole = baselineOf(keys);
  const prepared = prepareBaseline(whole);
  const measure = (run: (at: number) => unknown, movements = MOVEMENTS): number => {
    const times = Array.from({ length: movements }, (_, at) => {
      const start = process.cpuUsage();
      run(at);
      const { user } = process.cpuUsage(start);
      return user / 1000;
    }).sort((left, right) => left - right);
    return times[Math.floor(times.length * 0.5)] ?? 0;
  };
  const live = measure((at) => evaluateLive(movement(at), prepared));
  const full = measure((at) => evaluateScenario(movement(at), prepared), 3);
  const running = startSimulation(sixteen(0), prepared, { seed: 1, draws: DRAWS });
  const tens = measure(() => running.draw(10), DRAWS / 10);
  const evaluation = measure((at) => evaluateLive(sixteen(at), prepared), 20);
  console.log(
    `${VECTORS} vectors in ${keys} price keys: movement ${Math.round(live * 10) / 10} ms, with all ranges ${Math.round(full * 10) / 10} ms of processor time (median)`,
  );
  console.log(
    `a draw of sixteen levers ${Math.round(tens) / 10} ms, ${Math.round((tens / 10 / evaluation) * 100) / 100} of an answer to all of them moved (${Math.round(evaluation * 10) / 10} ms)`,
  );
}
