// All fifteen kinds of lever, stacked in any order, with ramps, starts and growth, worked out a second time: buckets of
// tokens, prices in a table written here, and each lever as arithmetic on them. No code of the workbench computes any of it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { LEVER_KINDS, type Lever } from '../../../shared/domain/whatif/scenario.ts';
import { type ScenarioBaseline, usageKeyOf } from '../../../shared/domain/whatif/vectors.ts';
import {
  batch,
  bill,
  caching,
  exactly,
  lever,
  NOVA,
  NOVA_PRO,
  pricesAt,
  SONNET,
  scenario,
  target,
  usage,
  withScopes,
} from './bill.ts';

/** Input, cache reads, cache writes, output. */
type Tokens = [number, number, number, number];
/** Tokens of one part of the bill, bought in one way by now. A rate is what a lever states: per million in and out. */
type Bucket = {
  from: 'sonnet' | 'night' | 'nova';
  model: string;
  place: string;
  mode: string;
  rate: { id: string; usd: Tokens } | null;
  tokens: Tokens;
};

/** USD per million: model, place, mode. What is not here has no price. */
const PRICE: Readonly<Record<string, readonly (number | null)[]>> = {
  'sonnet global on_demand': [3, 0.3, 3.75, 15],
  'sonnet global batch': [1.5, null, null, 7.5],
  'sonnet global flex': [2, 0.2, 2.5, 10],
  'sonnet geo on_demand': [3.3, 0.33, 4.125, 16.5],
  'haiku global on_demand': [1, 0.1, 1.25, 5],
  'haiku global batch': [0.5, null, null, 2.5],
  'haiku any on_demand': [1, 0.1, 1.25, 5],
  'haiku any batch': [0.5, null, null, 2.5],
  // Sources dispute what Nova takes for a write; the base case takes the price of input.
  'nova regional on_demand': [0.8, 0.2, 0.8, 3.2],
  'nova regional batch': [0.4, null, null, 1.6],
};
const SONNET_FLEX = {
  ...SONNET,
  flex: { input: 2, cache_read: 0.2, cache_write_5m: 2.5, output: 10 },
};
const HAIKU = {
  on_demand: { input: 1, cache_read: 0.1, cache_write_5m: 1.25, output: 5 },
  batch: { input: 0.5, output: 2.5 },
};
const HAIKU_HERE = {
  provider: 'Anthropic',
  model: 'Claude Haiku 4.5',
  variant: null,
  region: 'us-east-1',
  contextBand: 'standard',
} as const;

const START: readonly Bucket[] = [
  {
    from: 'sonnet',
    model: 'sonnet',
    place: 'global',
    mode: 'on_demand',
    rate: null,
    tokens: [100, 40, 10, 20],
  },
  { from: 'night', model: 'sonnet', place: 'global', mode: 'batch', rate: null, tokens: [30, 0, 0, 5] },
  { from: 'nova', model: 'nova', place: 'regional', mode: 'on_demand', rate: null, tokens: [80, 0, 0, 12] },
];
const DAYS = 31;
const MONTHS = DAYS / (365 / 12);
const UNITS_PAID = 500;
const SEARCH = { hours: 4 * 24 * DAYS, invoiced: 400 };
/** Two hours hold Nova's tokens: a quarter of its input and half of its output fall in the first. */
const HOURS = [
  [0.25, 0.5],
  [0.75, 0.5],
] as const;

const ON_NOVA = [{ dimension: 'model', operator: '=' as const, values: ['Nova Pro'] }];

/** A lever as the workbench knows it, and what it does to the buckets, as far as `act` (0…1) says; returns money beside. */
type Step = { readonly lever: Lever; readonly plainly: (buckets: Bucket[], act: number) => number };

const priceOf = ({ model, place, mode, rate }: Bucket, meter: number): number | null =>
  rate === null ? (PRICE[`${model} ${place} ${mode}`]?.[meter] ?? null) : rate.usd[meter]!;

function costOf(buckets: readonly Bucket[]): number {
  let cost = 0;
  for (const bucket of buckets)
    bucket.tokens.forEach((tokens, meter) => {
      if (tokens > 0) cost += tokens * priceOf(bucket, meter)!;
    });
  return cost;
}

/** Moves a share of a bucket to another way of buying, unless a meter that arrives has no price there. */
function move(
  buckets: Bucket[],
  bucket: Bucket,
  to: Partial<Bucket>,
  shares: readonly [number, number],
  become: (tokens: Tokens) => Tokens = (tokens) => tokens,
): void {
  const there: Bucket = { ...bucket, ...to, tokens: [0, 0, 0, 0] };
  const whole = become(bucket.tokens.map((tokens) => (tokens > 0 ? 1 : 0)) as Tokens);
  if (whole.some((arrives, meter) => arrives > 0 && priceOf(there, meter) === null)) return;
  const taken = bucket.tokens.map((tokens, meter) => tokens * shares[meter === 3 ? 1 : 0]) as Tokens;
  bucket.tokens = bucket.tokens.map((tokens, meter) => tokens - taken[meter]!) as Tokens;
  const same = buckets.find(
    (one) =>
      one.from === there.from &&
      one.model === there.model &&
      one.place === there.place &&
      one.mode === there.mode &&
      one.rate?.id === there.rate?.id,
  );
  const own = same ?? there;
  if (same === undefined) buckets.push(own);
  own.tokens = become(taken).map((tokens, meter) => tokens + own.tokens[meter]!) as Tokens;
}

const plain = ([input, read, write, output]: Tokens): Tokens => [input + read + write, 0, 0, output];
const free = (buckets: readonly Bucket[]): Bucket[] => buckets.filter(({ rate }) => rate === null);
const online = (buckets: readonly Bucket[]): Bucket[] => free(buckets).filter(({ mode }) => mode !== 'batch');
const scaled = (buckets: Bucket[], act: number, by: Tokens): number => {
  for (const bucket of free(buckets))
    bucket.tokens = bucket.tokens.map((tokens, meter) => tokens * (1 + (by[meter]! - 1) * act)) as Tokens;
  return 0;
};

type Parts = { readonly share: number; readonly other: number };

const STEPS: Readonly<Record<Lever['kind'], (parts: Parts) => Step>> = {
  batch: ({ share }) => ({
    lever: batch(share),
    plainly: (buckets, act) => {
      for (const bucket of online(buckets))
        move(buckets, bucket, { mode: 'batch' }, [share * act, share * act], plain);
      return 0;
    },
  }),
  caching: ({ share, other }) => ({
    lever: caching(share, other, { prefixTokens: 5000 }),
    plainly: (buckets, act) => {
      for (const bucket of online(buckets)) {
        if (priceOf(bucket, 1) === null || priceOf(bucket, 2) === null) continue;
        const prefix = bucket.tokens[0] * share * act;
        bucket.tokens[0] -= prefix;
        bucket.tokens[1] += prefix * other;
        bucket.tokens[2] += prefix * (1 - other);
      }
      return 0;
    },
  }),
  routing: ({ share, other }) => ({
    lever: lever('routing', {
      share: exactly(share),
      targets: [target('Claude Haiku 4.5', { inputFactor: 1 + other / 2, outputFactor: 1 - other / 2 })],
      escalation: exactly(other / 4),
      todayQuality: null,
      qualityFloor: null,
      requestCeiling: null,
      requestsPerMonth: null,
      routerPerMonth: exactly(10),
    }),
    plainly: (buckets, act) => {
      const size = (tokens: Tokens): Tokens =>
        tokens.map((one, meter) => one * (meter === 3 ? 1 - other / 2 : 1 + other / 2)) as Tokens;
      for (const bucket of free(buckets)) {
        // What is asked again comes back whole, where it was.
        const again = bucket.tokens.map((tokens) => (tokens * share * act * other) / 4) as Tokens;
        const place = bucket.place === 'global' ? 'global' : 'any';
        const mode = bucket.mode === 'batch' ? 'batch' : 'on_demand';
        move(buckets, bucket, { model: 'haiku', place, mode }, [share * act, share * act], size);
        bucket.tokens = bucket.tokens.map((tokens, meter) => tokens + again[meter]!) as Tokens;
      }
      return 10 * MONTHS;
    },
  }),
  service_tier: ({ share }) => ({
    lever: lever('service_tier', { share: exactly(share), to: 'flex', excludeStreaming: true }),
    plainly: (buckets, act) => {
      for (const bucket of online(buckets))
        if (bucket.mode !== 'flex') move(buckets, bucket, { mode: 'flex' }, [share * act, share * act]);
      return 0;
    },
  }),
  residency: ({ share }) => ({
    lever: lever('residency', { share: exactly(share), tier: 'geo', region: null }),
    plainly: (buckets, act) => {
      for (const bucket of free(buckets))
        if (bucket.place !== 'geo') move(buckets, bucket, { place: 'geo' }, [share * act, share * act]);
      return 0;
    },
  }),
  trimming: ({ share, other }) => ({
    lever: lever('trimming', {
      inputCut: exactly(share),
      cachedCut: exactly(other),
      outputCut: exactly(share * other),
    }),
    plainly: (buckets, act) => scaled(buckets, act, [1 - share, 1 - other, 1 - other, 1 - share * other]),
  }),
  overhead: ({ share, other }) => ({
    lever: lever('overhead', { overheadNow: exactly(share), overheadAfter: exactly(other) }),
    plainly: (buckets, act) => {
      const factor = (1 + other) / (1 + share);
      return scaled(buckets, act, [factor, factor, factor, factor]);
    },
  }),
  agents: ({ share }) => ({
    // Runs of four calls become runs of two. Input of a run: n × system + growth × n(n − 1) ÷ 2.
    lever: lever('agents', {
      runs: [{ calls: 4, weight: 1 }],
      maxCalls: 2,
      systemTokens: 1000,
      growthTokens: 100,
      systemCut: exactly(share),
      growthCut: exactly(0),
    }),
    plainly: (buckets, act) => {
      const input = (2 * 1000 * (1 - share) + 100) / (4 * 1000 + 6 * 100);
      return scaled(buckets, act, [input, input, input, 0.5]);
    },
  }),
  provisioned: ({ share }) => capacity('provisioned', share, 1, 12 * 730 * MONTHS),
  reserved: ({ share }) => capacity('reserved', share, 0.5, (100 * 0.01 + 10 * 0.1) * 730 * MONTHS),
  end_capacity: ({ share }) => ({
    lever: lever('end_capacity', {
      endedShare: exactly(share),
      paidUntil: null,
      elsewherePerMonth: exactly(20),
    }),
    plainly: (_buckets, act) => act * (share === 0 ? 0 : 20 * MONTHS - UNITS_PAID * share),
  }),
  custom_model: ({ share }) => ({
    lever: lever('custom_model', {
      share: exactly(share),
      baseModel: null,
      teacherInputMillions: 0,
      teacherOutputMillions: 0,
      teacherUsdInput: 0,
      teacherUsdOutput: 0,
      trainingMillions: 0,
      epochs: 1,
      usdPerMillionTraining: 0,
      storagePerMonth: exactly(2),
      serving: 'on_demand',
      usdPerMillionInput: exactly(0.7),
      usdPerMillionOutput: exactly(3),
      units: 0,
      usdPerUnitHour: exactly(0),
      copies: 0,
      usdPerUnitMinute: exactly(0),
      windowsPerDay: exactly(0),
    }),
    plainly: (buckets, act) => {
      if (share === 0) return 0;
      const rate = { id: 'own', usd: [0.7, 0.7, 0.7, 3] as Tokens };
      for (const bucket of online(buckets))
        move(buckets, bucket, { rate, mode: 'on_demand' }, [share * act, share * act]);
      return 2 * MONTHS;
    },
  }),
  endpoint: ({ share, other }) => ({
    // One instance: 40 tokens a second, 3,600 seconds, 730 hours a month, at the stated use.
    lever: lever('endpoint', {
      share: exactly(share),
      instances: 1,
      softwarePerHour: exactly(0.1),
      infrastructurePerHour: exactly(0.2),
      scheduledHours: null,
      tokensPerSecond: 40,
      utilisation: exactly(other),
    }),
    plainly: (buckets, act) => {
      if (share === 0) return 0;
      const asked =
        online(buckets)
          .flatMap(({ tokens }) => tokens)
          .reduce((sum, one) => sum + one, 0) * share;
      const served = (40 * 3600 * 730 * other * MONTHS) / 1e6;
      const fits = asked === 0 ? 1 : Math.min(1, served / asked);
      const rate = { id: 'instance', usd: [0, 0, 0, 0] as Tokens };
      for (const bucket of online(buckets))
        move(buckets, bucket, { rate, mode: 'provisioned' }, [share * fits * act, share * fits * act]);
      return 0.3 * 730 * MONTHS;
    },
  }),
  guardrails: ({ share, other }) => ({
    // 1,500 characters in are two units, 500 out are one.
    lever: lever('guardrails', {
      requestsPerMonth: exactly(10_000),
      inputCharacters: 1500,
      outputCharacters: 500,
      usdPerThousandUnits: exactly(0.15),
      coverageNow: exactly(share),
      coverageAfter: exactly(other),
    }),
    plainly: (_buckets, act) => ((10_000 * 3 * 0.15) / 1000) * (other - share) * MONTHS * act,
  }),
  knowledge_base: ({ share }) => ({
    lever: lever('knowledge_base', { ocusKept: exactly(4 * share), alternativePerMonth: exactly(30) }),
    plainly: (_buckets, act) => act * (30 * MONTHS - SEARCH.invoiced * (1 - share)),
  }),
};

/** Capacity for Nova alone: what of each hour fits runs on it, and it is paid for all hours. */
function capacity(kind: 'provisioned' | 'reserved', share: number, readWeight: number, cost: number): Step {
  // Tokens a minute, so that the second hour mostly does not fit.
  const [perMinuteIn, perMinuteOut] = kind === 'provisioned' ? [1e6 * share, 2e5 * share] : [100_000, 10_000];
  const own =
    kind === 'provisioned'
      ? lever('provisioned', {
          units: 1,
          spareUnits: 1,
          unitInputPerMinute: perMinuteIn,
          unitOutputPerMinute: perMinuteOut,
          usdPerUnitHour: exactly(6),
          termMonths: 0,
          peakFactor: exactly(1),
          overflow: 'spill',
          timeZone: 'UTC',
        })
      : lever('reserved', {
          inputThousands: 100,
          outputThousands: 10,
          usdPerInputHour: exactly(0.01),
          usdPerOutputHour: exactly(0.1),
          termMonths: 1,
          peakFactor: exactly(1),
          cacheReadWeight: exactly(readWeight),
        });
  return {
    lever: { ...own, scope: ON_NOVA },
    plainly: (buckets, act) => {
      const movable = online(buckets).filter(
        ({ from, tokens }) => from === 'nova' && tokens.some((one) => one > 0),
      );
      const models = new Set(movable.map(({ model }) => model));
      if (models.size > 1 || (kind === 'provisioned' && share === 0)) return 0;
      const input = movable.reduce(
        (sum, { tokens: [fresh, read, write] }) => sum + fresh + write + read * readWeight,
        0,
      );
      const output = movable.reduce((sum, { tokens }) => sum + tokens[3], 0);
      const fits = HOURS.map(([ofInput, ofOutput]) =>
        Math.min(
          1,
          input === 0 ? 1 : (perMinuteIn * 60) / 1e6 / (input * ofInput),
          output === 0 ? 1 : (perMinuteOut * 60) / 1e6 / (output * ofOutput),
        ),
      );
      const inShare = HOURS.reduce((sum, [ofInput], hour) => sum + ofInput * fits[hour]!, 0);
      const outShare = HOURS.reduce((sum, [, ofOutput], hour) => sum + ofOutput * fits[hour]!, 0);
      const rate = { id: kind, usd: [0, 0, 0, 0] as Tokens };
      for (const bucket of movable)
        move(buckets, bucket, { rate, mode: kind }, [inShare * act, outShare * act]);
      return cost;
    },
  };
}

function baselineFor(levers: readonly Lever[]): ScenarioBaseline {
  const sonnet = usage('sonnet', {
    tokens: { input: 100, cache_read: 40, cache_write_5m: 10, output: 20 },
    prices: SONNET_FLEX,
  });
  const night = usage('night', {
    tokens: { input: 30, output: 5 },
    vector: { mode: 'batch' },
    prices: SONNET_FLEX,
  });
  const nova = usage('nova', { tokens: { input: 80, output: 12 }, vector: NOVA, prices: NOVA_PRO });
  const whole = bill([sonnet, night, nova], {
    elsewhere: [
      ...pricesAt({ ...HAIKU_HERE, regionTier: 'global' }, HAIKU),
      ...pricesAt({ ...HAIKU_HERE, regionTier: null }, HAIKU),
      ...pricesAt(
        { ...sonnet, regionTier: 'geo' },
        { on_demand: { input: 3.3, cache_read: 0.33, cache_write_5m: 4.125, output: 16.5 } },
      ),
    ],
    ocu: SEARCH,
    capacity: [
      {
        id: 'capacity-1',
        family: 'provisioned',
        provider: 'Meta',
        model: 'Llama 3.3 70B',
        region: 'us-east-1',
        meter: 'model_unit_hour',
        variant: null,
        term: 'none',
        billedAs: 'native',
        inScopes: [],
        hours: 24 * DAYS,
        invoiced: UNITS_PAID,
      },
    ],
  });
  const scoped = withScopes(whole, levers, ({ model }) => model === 'Nova Pro');
  const own = scoped.vectors.find(({ model }) => model === 'Nova Pro')!;
  const row = {
    key: usageKeyOf(own),
    at: [9, 40],
    input: HOURS.map(([ofInput]) => 80e6 * ofInput),
    output: HOURS.map(([, ofOutput]) => 12e6 * ofOutput),
  };
  return { ...scoped, hourly: { hours: 24 * DAYS, rows: [row], localTimes: [] } };
}

/** Runs the steps over the bill × volume, each as far as `acts` says: the cost before, and after each of them. */
function plainly(steps: readonly Step[], volume: number, acts: readonly number[]) {
  const buckets = START.map((bucket) => ({
    ...bucket,
    tokens: bucket.tokens.map((tokens) => tokens * volume) as Tokens,
  }));
  let beside = UNITS_PAID + SEARCH.invoiced;
  const before = costOf(buckets) + beside;
  const after = steps.map(({ plainly: apply }, index) => {
    if (acts[index]! > 0) beside += apply(buckets, acts[index]!);
    return costOf(buckets) + beside;
  });
  return { before, after };
}

const parts = fc.record({
  share: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  other: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  rampMonths: fc.constantFrom(0, 3),
  start: fc.constantFrom(0, 2),
});
const MONTH_NAMES = ['2026-11', '2026-12', '2027-01', '2027-02', '2027-03', '2027-04'];

test('every kind of lever, in every order: savings in order, headline, and the months of ramps, starts and growth', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...LEVER_KINDS], { minLength: 1, maxLength: 6 }),
      fc.array(parts, { minLength: 6, maxLength: 6 }),
      fc.constantFrom(0, 0.03),
      fc.constantFrom(0, 0.2),
      (kinds, chosen, perMonth, once) => {
        const steps = kinds.map((kind, index) => {
          seen.add(kind);
          const { rampMonths, start } = chosen[index]!;
          const step = STEPS[kind](chosen[index]!);
          const timed = { rampMonths, startMonth: start === 0 ? null : MONTH_NAMES[start]! };
          return { ...step, lever: { ...step.lever, ...timed } };
        });
        const levers = steps.map((step) => step.lever);
        const answer = evaluateScenario(
          scenario(levers, {
            horizon: { startMonth: '2026-11', months: 6 },
            growth: [
              { scope: [], perMonth: exactly(perMonth), onceFrom: null },
              { scope: [], perMonth: exactly(once), onceFrom: '2027-02' },
            ],
          }),
          baselineFor(levers),
        );
        const { before, after } = plainly(
          steps,
          1,
          steps.map(() => 1),
        );
        const tolerance = (value: number) => expect.closeTo(value, 6);
        const inOrder = after.map((cost, index) => (index === 0 ? before : after[index - 1]!) - cost);
        // Capacity for several models at once is nothing that anybody sells: it does nothing, and has no figure.
        expect([kinds, answer.ledger.map((entry) => entry.inOrder?.base ?? 0)]).toEqual([
          kinds,
          inOrder.map(tolerance),
        ]);
        expect(answer.baseline.atPrice?.base).toBeCloseTo(before, 6);
        expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(before - after.at(-1)!, 6);
        const months = MONTH_NAMES.map((_, month) => {
          const volume = (1 + perMonth) ** (month + 1) * (month >= 3 ? 1 + once : 1);
          const acts = chosen.map(({ rampMonths, start }) => {
            const since = month - start + 1;
            if (since <= 0) return 0;
            return rampMonths === 0 ? 1 : Math.min(1, since / rampMonths);
          });
          const then = plainly(steps, volume, acts);
          return [then.before / MONTHS, then.after.at(-1)! / MONTHS];
        });
        expect([kinds, answer.monthly.map((row) => [row.baseline, row.scenario])]).toEqual([
          kinds,
          months.map((row) => row.map(tolerance)),
        ]);
      },
    ),
    { numRuns: 300, seed: 20261121 },
  );
  expect([...seen].sort()).toEqual([...LEVER_KINDS].sort());
});
