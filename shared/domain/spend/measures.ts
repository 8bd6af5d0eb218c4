// What each measure of a question is: its unit, its formula, and the sums it is computed from. Missing is null, never 0.
import { totalsAgree } from '../sum.ts';
import type { Basis, Measure } from './vocabulary.ts';

/**
 * The sums an engine adds up per group; every measure is a function of them. Amounts are in the group's one currency.
 * A *token line* is a usage line of model inference (embeddings included) with a token meter and a known unit.
 * Evaluators and training count tokens too, but none that a model's price or an effective rate is about.
 */
export const COMPONENTS = [
  'lineItems',
  'unblended',
  'netUnblended',
  'amortized',
  'netAmortized',
  'list',
  /** Contracted cost as the export states it, and the unblended cost of the lines that do not. */
  'contractedStated',
  'contractedUnstated',
  /** Catalog amount of priced lines in USD: low and high end (equal unless the price is a range). */
  'catalogLow',
  'catalogHigh',
  /** Unblended cost of the lines that have a catalog price, USD lines only. */
  'pricedInvoiced',
  /** Amount under the contract of the lines whose contract price is known, low and high end; and what they cost unblended. */
  'contractLow',
  'contractHigh',
  'contractedInvoiced',
  /** Line items that are token lines: 0 means that tokens are not defined for the group. */
  'tokenLines',
  'tokens',
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  /** Cost on the asked basis, and tokens, of the token lines that state that basis. */
  'rateCost',
  'rateTokens',
  /** Tokens in mode batch; and those plus the on-demand tokens of models that have a batch price. */
  'batchTokens',
  'batchEligibleTokens',
  /** Unblended cost of Bedrock usage lines; of those without a catalog price; of those not classified. */
  'usageCost',
  'unpricedCost',
  'unknownCost',
  /** Quantity in base units of the lines whose quantity counts. */
  'quantity',
  /** Line items with a meter whose unit could not be read: their cost counts, their quantity does not. */
  'unknownUnitLines',
  /** Unblended cost of the lines that do not state a basis. */
  'amortizedUnstated',
  'netAmortizedUnstated',
  'listUnstated',
  /** Imported counts, no sums of lines: requests, and the cost and tokens of the lines that have a count. */
  'requests',
  'requestCost',
  'requestTokens',
] as const;
export type Component = (typeof COMPONENTS)[number];

/** Sums of a group. null = no line of the group states it. `unit` is the base unit all counted quantities share, else null. */
export type Components = { readonly [C in Component]?: number | null } & { readonly unit?: string | null };

/** `currency` stands for the currency of the answer; `base` for the base unit the quantities share. */
export type MeasureUnit =
  | 'currency'
  | 'currency/1M token'
  | 'currency/request'
  | 'USD'
  | 'token'
  | 'ratio'
  | 'count'
  | 'base';

export type MeasureDefinition = {
  readonly kind: 'measure' | 'derived';
  readonly unit: MeasureUnit;
  /** Whether it is an amount (or made of amounts), so that currencies must not be mixed in it. */
  readonly money: boolean;
  readonly formula: string;
  readonly needs: readonly Component[];
  readonly compute: (sums: Components) => number | null;
};

const of = (sums: Components, name: Component): number | null => sums[name] ?? null;
const ratio = (over: number | null, under: number | null): number | null =>
  over === null || under === null || under === 0 ? null : over / under;

/** A cost as the export states it: the sum over the lines that state it. */
const cost = (component: Component, formula: string): MeasureDefinition => ({
  kind: 'measure',
  unit: 'currency',
  money: true,
  formula,
  needs: [component],
  compute: (sums) => of(sums, component),
});

/** A token count: null in a group without token lines, 0 where the bill has token lines but none of this meter. */
const tokenCount = (components: readonly Component[], formula: string): MeasureDefinition => ({
  kind: 'measure',
  unit: 'token',
  money: false,
  formula,
  needs: ['tokenLines', ...components],
  compute: (sums) =>
    (of(sums, 'tokenLines') ?? 0) === 0
      ? null
      : components.reduce((total, name) => total + (of(sums, name) ?? 0), 0),
});

/** How far an amount lies outside a range; equal in the sense of the tie-out counts as inside. */
function beyond(amount: number, low: number, high: number): number {
  const nearest = Math.min(Math.max(amount, low), high);
  return totalsAgree(amount, nearest, Math.max(Math.abs(amount), Math.abs(nearest))) ? 0 : amount - nearest;
}

const CACHED_AND_UNCACHED = ['inputTokens', 'cacheReadTokens', 'cacheWriteTokens'] as const;

export const MEASURE_DEFINITIONS = {
  unblended: cost('unblended', 'Σ unblended cost, as invoiced'),
  netUnblended: cost('netUnblended', 'Σ cost after negotiated discounts'),
  amortized: cost('amortized', 'Σ cost with commitments spread over their use'),
  netAmortized: cost('netAmortized', 'Σ amortized cost after negotiated discounts'),
  list: cost('list', 'Σ public on-demand cost as the export states it; not stated on Marketplace'),
  catalogList: {
    kind: 'measure',
    unit: 'USD',
    money: true,
    formula:
      'Σ quantity × catalog price at the usage day, priced lines only; the low end where a price is a range',
    needs: ['catalogLow'],
    compute: (sums) => of(sums, 'catalogLow'),
  },
  contracted: {
    kind: 'measure',
    unit: 'USD',
    money: true,
    formula:
      'Σ quantity × contract price at the usage day, over the lines that a contract rate is for; the low end where it is a range',
    needs: ['contractLow', 'contractHigh', 'contractedInvoiced', 'usageCost'],
    compute: (sums) => of(sums, 'contractLow'),
  },
  contractedStated: {
    kind: 'measure',
    unit: 'currency',
    money: true,
    formula:
      'Σ contracted cost as the export states it (FOCUS ContractedCost), over the lines that state one; never computed from contract rates',
    needs: ['contractedStated', 'contractedUnstated'],
    compute: (sums) => of(sums, 'contractedStated'),
  },
  quantity: {
    kind: 'measure',
    unit: 'base',
    money: false,
    formula:
      'Σ billed quantity in base units over lines whose quantity counts; missing over mixed or unknown units',
    needs: ['quantity'],
    compute: (sums) => ((sums.unit ?? null) === null ? null : of(sums, 'quantity')),
  },
  lineItems: {
    kind: 'measure',
    unit: 'count',
    money: false,
    formula: 'number of billing lines',
    needs: ['lineItems'],
    compute: (sums) => of(sums, 'lineItems') ?? 0,
  },
  tokens: tokenCount(
    ['tokens'],
    'all billed tokens of model inference and embeddings, cached ones included; training and evaluators excluded',
  ),
  inputTokens: tokenCount(['inputTokens'], 'inference tokens of meter input'),
  outputTokens: tokenCount(['outputTokens'], 'inference tokens of meter output'),
  cacheReadTokens: tokenCount(['cacheReadTokens'], 'inference tokens of meter cache_read'),
  cacheWriteTokens: tokenCount(
    ['cacheWriteTokens'],
    'inference tokens of the cache_write meters (5 min, 30 min, 1 h)',
  ),
  totalInputTokens: tokenCount(
    CACHED_AND_UNCACHED,
    'uncached input + cache read + cache write: separate counts, added',
  ),
  effectiveRate: {
    kind: 'derived',
    unit: 'currency/1M token',
    money: true,
    formula: 'cost on the basis ÷ tokens × 1,000,000, over token usage lines that state the basis',
    needs: ['rateCost', 'rateTokens'],
    compute: (sums) => {
      const rate = ratio(of(sums, 'rateCost'), of(sums, 'rateTokens'));
      return rate === null ? null : rate * 1e6;
    },
  },
  cacheHitRate: {
    kind: 'derived',
    unit: 'ratio',
    money: false,
    formula: 'cache read ÷ (cache read + cache write + uncached input) tokens',
    needs: ['tokenLines', ...CACHED_AND_UNCACHED],
    compute: (sums) =>
      ratio(
        of(sums, 'cacheReadTokens') ?? 0,
        CACHED_AND_UNCACHED.reduce((total, name) => total + (of(sums, name) ?? 0), 0),
      ),
  },
  batchShare: {
    kind: 'derived',
    unit: 'ratio',
    money: false,
    formula:
      'batch tokens ÷ (batch tokens + on-demand tokens of models for which the catalog has a batch price)',
    needs: ['batchTokens', 'batchEligibleTokens'],
    compute: (sums) => ratio(of(sums, 'batchTokens') ?? 0, of(sums, 'batchEligibleTokens')),
  },
  listVariance: {
    kind: 'derived',
    unit: 'USD',
    money: true,
    formula:
      'unblended − catalog list over priced lines; inside a price range it is 0, outside it counts from the nearer end',
    needs: ['pricedInvoiced', 'catalogLow', 'catalogHigh'],
    compute: (sums) => {
      const invoiced = of(sums, 'pricedInvoiced');
      const low = of(sums, 'catalogLow');
      const high = of(sums, 'catalogHigh');
      if (invoiced === null || low === null || high === null) return null;
      return beyond(invoiced, low, high);
    },
  },
  unpricedShare: {
    kind: 'derived',
    unit: 'ratio',
    money: true,
    formula: 'unblended cost of Bedrock usage without a catalog price ÷ unblended cost of Bedrock usage',
    needs: ['unpricedCost', 'usageCost'],
    compute: (sums) => ratio(of(sums, 'unpricedCost') ?? 0, of(sums, 'usageCost')),
  },
  requests: {
    kind: 'measure',
    unit: 'count',
    money: false,
    formula:
      'Σ imported request counts of the days, models, accounts or tags that have lines; missing without counts',
    needs: ['requests'],
    compute: (sums) => of(sums, 'requests'),
  },
  costPerRequest: {
    kind: 'derived',
    unit: 'currency/request',
    money: true,
    formula: 'cost on the basis ÷ requests, over lines whose day and key have a count',
    needs: ['requestCost', 'requests'],
    compute: (sums) => ratio(of(sums, 'requestCost'), of(sums, 'requests')),
  },
  tokensPerRequest: {
    kind: 'derived',
    unit: 'token',
    money: false,
    formula: 'tokens ÷ requests, over lines whose day and key have a count',
    needs: ['requestTokens', 'requests'],
    compute: (sums) => ratio(of(sums, 'requestTokens'), of(sums, 'requests')),
  },
} as const satisfies Record<Measure, MeasureDefinition>;

/** Components that no line carries: they are joined from imported counts. */
export const COUNTED_COMPONENTS = [
  'requests',
  'requestCost',
  'requestTokens',
] as const satisfies readonly Component[];

/** The sum that carries a cost basis. */
export const BASIS_COMPONENTS = {
  unblended: 'unblended',
  netUnblended: 'netUnblended',
  amortized: 'amortized',
  netAmortized: 'netAmortized',
  list: 'list',
  catalogList: 'catalogLow',
} as const satisfies Record<Basis, Component>;

/** The unit as a column prints it: `currency` is the answer's one currency, null when it has none or several. */
export function unitOf(measure: Measure, currency: string | null, base: string | null): string | null {
  const { unit } = MEASURE_DEFINITIONS[measure];
  if (unit === 'currency') return currency;
  if (unit === 'currency/1M token') return currency === null ? null : `${currency}/1M token`;
  if (unit === 'currency/request') return currency === null ? null : `${currency}/request`;
  return unit === 'base' ? base : unit;
}
