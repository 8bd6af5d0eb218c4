// Small bills to try levers on: usage in millions of tokens, prices in USD per million tokens.
import type { Mode } from '../../../shared/domain/usage/vocabulary.ts';
import type {
  BatchLever,
  CachingLever,
  LeverKind,
  LeverOf,
  RoutingTarget,
  Scenario,
} from '../../../shared/domain/whatif/scenario.ts';
import {
  NO_TOKENS,
  type PriceEntry,
  type PriceKeyParts,
  priceKeyOf,
  type ScenarioBaseline,
  scopesOf,
  type TokensByMeter,
  type UsageVector,
  VECTOR_METERS,
  type VectorMeter,
} from '../../../shared/domain/whatif/vectors.ts';

export const MILLION = 1e6;

/** USD per million tokens by mode and meter; an absent one is a hole in the catalog, a pair is a range. */
export type PriceList = Partial<Record<Mode, Partial<Record<VectorMeter, number | [number, number]>>>>;

export const SONNET: PriceList = {
  on_demand: { input: 3, cache_read: 0.3, cache_write_5m: 3.75, cache_write_1h: 6, output: 15 },
  batch: { input: 1.5, output: 7.5 },
};
export const NOVA_PRO: PriceList = {
  on_demand: { input: 0.8, cache_read: 0.2, cache_write_5m: 0, output: 3.2 },
  batch: { input: 0.4, output: 1.6 },
};

export type Usage = {
  readonly tokens: Partial<TokensByMeter>;
  readonly vector?: Partial<Omit<UsageVector, 'tokens' | 'invoiced'>>;
  readonly prices?: PriceList;
  /** USD per million tokens that was invoiced; list where it is not said. */
  readonly paid?: Partial<Record<VectorMeter, number>>;
};

const SONNET_VECTOR: Omit<UsageVector, 'id' | 'tokens' | 'invoiced'> = {
  provider: 'Anthropic',
  model: 'Claude Sonnet 4.5',
  variant: null,
  region: 'us-east-1',
  regionTier: 'global',
  contextBand: 'standard',
  account: null,
  mode: 'on_demand',
  billedAs: 'marketplace',
  streaming: 'no',
  workload: null,
  inScopes: [],
};
export const NOVA = {
  provider: 'Amazon',
  model: 'Nova Pro',
  billedAs: 'native',
  regionTier: 'regional',
} as const;

/** Usage in millions of tokens of on-demand Claude Sonnet 4.5 unless said otherwise. */
export function usage(
  id: string,
  { tokens, vector = {}, prices = SONNET, paid = {} }: Usage,
): UsageVector & {
  prices: PriceList;
} {
  const whole: UsageVector = {
    ...SONNET_VECTOR,
    ...vector,
    id,
    tokens: byMeter((meter) => (tokens[meter] ?? 0) * MILLION),
    invoiced: NO_TOKENS,
  };
  const price = (meter: VectorMeter): number => paid[meter] ?? lowOf(prices[whole.mode]?.[meter] ?? 0);
  return { ...whole, invoiced: byMeter((meter) => (tokens[meter] ?? 0) * price(meter)), prices };
}

function byMeter(value: (meter: VectorMeter) => number): TokensByMeter {
  return Object.fromEntries(VECTOR_METERS.map((meter) => [meter, value(meter)])) as TokensByMeter;
}

function lowOf(price: number | [number, number]): number {
  return typeof price === 'number' ? price : price[0];
}

/** Prices of a place where no usage is yet: what a lever may move to. */
export function pricesAt(place: Omit<PriceKeyParts, 'account'>, prices: PriceList): PriceEntry[] {
  return entriesOf(priceKeyOf({ ...place, account: null }), prices);
}

/** A baseline over usage with its price lists, covering `daysCovered` days. */
export function bill(
  vectors: readonly ReturnType<typeof usage>[],
  {
    elsewhere = [],
    ...parts
  }: Partial<Omit<ScenarioBaseline, 'vectors' | 'prices'>> & {
    readonly elsewhere?: readonly PriceEntry[];
  } = {},
): ScenarioBaseline {
  return {
    period: { from: '2026-10-01', to: '2026-10-31' },
    currency: 'USD',
    daysCovered: 31,
    estimated: false,
    commitmentOff: null,
    catalogVersion: 'test',
    contractVersion: null,
    scopes: [],
    outside: [],
    capacity: [],
    hourly: null,
    ocu: null,
    notes: [],
    ...parts,
    vectors: vectors.map(({ prices: _prices, ...vector }) => vector),
    prices: [...vectors.flatMap((vector) => entriesOf(priceKeyOf(vector), vector.prices)), ...elsewhere],
  };
}

function entriesOf(key: string, prices: PriceList): PriceEntry[] {
  return (Object.entries(prices) as [Mode, PriceList[Mode]][]).flatMap(([mode, meters]) =>
    (Object.entries(meters ?? {}) as [VectorMeter, number | [number, number]][]).map(([meter, price]) => ({
      key,
      meter,
      mode,
      low: lowOf(price) / MILLION,
      high: (typeof price === 'number' ? price : price[1]) / MILLION,
      source: 'list',
      rangeReason: typeof price === 'number' ? null : 'tier',
      contract: null,
    })),
  );
}

const LEVER = {
  label: null,
  enabled: true,
  scope: [],
  startMonth: null,
  rampMonths: 0,
  oneOffCost: 0,
  owner: null,
  evidence: null,
  confidence: null,
} as const;

export const exactly = (value: number) => ({ low: value, base: value, high: value });

export function batch(share: number, parts: Partial<BatchLever> = {}): BatchLever {
  return {
    kind: 'batch',
    id: 'batch',
    ...LEVER,
    eligibleShare: exactly(share),
    excludeStreaming: true,
    ...parts,
  };
}

export function caching(
  prefixShare: number,
  arrival: CachingLever['arrival'] | number,
  parts: Partial<CachingLever> = {},
): CachingLever {
  return {
    kind: 'caching',
    id: 'caching',
    ...LEVER,
    prefixShare: exactly(prefixShare),
    prefixTokens: 4000,
    lifetime: '5m',
    arrival: typeof arrival === 'number' ? { pattern: 'stated', hitShare: exactly(arrival) } : arrival,
    ...parts,
  };
}

/** A lever of any kind from its own parameters alone. */
export function lever<K extends LeverKind>(
  kind: K,
  own: Omit<LeverOf[K], keyof typeof LEVER | 'kind' | 'id'> & Partial<typeof LEVER>,
): LeverOf[K] {
  return { ...LEVER, id: kind, kind, ...own } as unknown as LeverOf[K];
}

/** Of a routing lever: one request in ten escalates, and nothing else is stated. */
export const PLAIN_ROUTING = {
  escalation: exactly(0.1),
  todayQuality: null,
  qualityFloor: null,
  requestCeiling: null,
  requestsPerMonth: null,
  routerPerMonth: exactly(0),
} as const;

export function target(model: string, parts: Partial<RoutingTarget> = {}): RoutingTarget {
  return {
    model,
    weight: 1,
    region: null,
    regionTier: null,
    inputFactor: 1,
    outputFactor: 1,
    quality: null,
    ...parts,
  };
}

export function scenario(levers: Scenario['levers'], parts: Partial<Scenario> = {}): Scenario {
  return {
    schemaVersion: 1,
    name: 'test',
    note: null,
    baseline: { period: { from: '2026-10-01', to: '2026-10-31' }, where: [], workload: null },
    horizon: { startMonth: null, months: 12 },
    hoursPerMonth: 730,
    growth: [],
    priceChanges: [],
    fiscalYearStart: 1,
    priceLayer: 'list',
    contractRates: [],
    levers,
    commitment: null,
    ...parts,
  };
}

/** The baseline with the scopes of a scenario, each vector being in those that `belongs` says. */
export function withScopes(
  baseline: ScenarioBaseline,
  levers: Scenario['levers'],
  belongs: (vector: UsageVector, scope: number) => boolean,
): ScenarioBaseline {
  const scopes = scopesOf(levers);
  return {
    ...baseline,
    scopes,
    vectors: baseline.vectors.map((vector) => ({
      ...vector,
      inScopes: scopes.map((_, index) => index).filter((index) => belongs(vector, index)),
    })),
  };
}
