// Processor time of a scenario after a slider moved, at 10,000 usage vectors: `node test/bench/scenario.ts`. Aim: 33 ms.
import { evaluateLive, evaluateScenario } from '../../shared/domain/whatif/pipeline.ts';
import { prepareBaseline } from '../../shared/domain/whatif/vectors.ts';
import {
  batch,
  bill,
  caching,
  exactly,
  lever,
  pricesAt,
  scenario,
  target,
  usage,
} from '../domain/whatif/bill.ts';

const VECTORS = 10_000;
const MOVEMENTS = 60;

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
    });
  });
  const elsewhere = Array.from({ length: keys >> 1 }, (_, key) =>
    pricesAt(
      {
        provider: 'Anthropic',
        model: 'Claude Haiku 4.5',
        variant: null,
        region: `region-${key}`,
        regionTier: 'global',
        contextBand: 'standard',
      },
      {
        on_demand: { input: 1, cache_read: 0.1, cache_write_5m: 1.25, output: 5 },
        batch: { input: 0.5, output: 2.5 },
      },
    ),
  ).flat();
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
  console.log(
    `${VECTORS} vectors in ${keys} price keys: movement ${Math.round(live * 10) / 10} ms, with all ranges ${Math.round(full * 10) / 10} ms of processor time (median)`,
  );
}
