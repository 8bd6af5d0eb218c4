// Questions about spend: one query object drives the charts, the grid, the CSV export and the CLI.
import { z } from 'zod';
import { CONTRACT_UNKNOWN_REASONS } from '../domain/pricing/contract-price.ts';
import { MAX_GROUPS } from '../domain/spend/limits.ts';
import { contractRate } from './overrides.ts';
import {
  basis,
  count,
  dimension,
  filters,
  measure,
  name,
  nullablePeriod,
  PAGE_LIMIT,
  page,
  period,
  scope,
  text,
} from './schemas.ts';

export const spendQuery = z.object({
  measures: z.array(measure).min(1).max(20),
  groupBy: z.array(dimension).max(MAX_GROUPS).default([]),
  where: filters.default([]),
  /** Usage days, both inclusive; null = everything held. */
  period: nullablePeriod.default(null),
  basis: basis.default('unblended'),
  scope: scope.default('bedrock'),
  /** Discounts and credits on the usage they apply to, in proportion to unblended cost, instead of as lines of their own. */
  spread: z.boolean().default(false),
  /** The metric beside the bill that `requests` and what is taken per request count, by its name; any imported one. */
  counted: z.string().min(1).max(100).default('requests'),
  compareTo: nullablePeriod.default(null),
  sort: z
    .array(
      z.object({
        by: z.string().max(300),
        descending: z.boolean().default(true),
        /** By how far from zero, so that a large credit stands beside a large cost. */
        magnitude: z.boolean().default(false),
      }),
    )
    .max(5)
    .default([]),
  limit: z.number().int().min(1).max(PAGE_LIMIT).default(PAGE_LIMIT),
  offset: count.default(0),
});

const cell = z.union([z.string(), z.number(), z.null()]);

export const column = z.object({
  name,
  kind: z.enum(['dimension', 'measure', 'derived']),
  /** `USD` (or another currency), `token`, `USD/1M token`, `ratio`, `count`, a base unit, or null for dimensions. */
  unit: z.string().max(64).nullable(),
});

export const provenance = z.object({
  basis,
  scope,
  period: nullablePeriod,
  where: filters,
  /** Line items behind the answer. */
  lineItems: count,
  currency: z.array(z.string().max(8)),
  /** Share (0…1) of the matching usage cost without a catalog price; null where there is no cost. */
  unpricedShare: z.number().nullable(),
  /** Share (0…1) of the matching usage cost that is not classified; null where there is no cost. */
  unknownShare: z.number().nullable(),
  /** True while at least one matching period has no invoice id yet. */
  estimated: z.boolean(),
  /** Names of the bills behind the answer that are not simply the payer's own: the user's label, or the kind. */
  bills: z.array(text).max(50),
  /**
   * Where discounts and credits are spread: on the first cost measure, what of them is and what stays a line of its own because no
   * usage of its invoice, account and product is there to take it. Of all deliveries behind the answer, each currency apart.
   */
  spread: z
    .array(z.object({ currency: z.string().max(8), spread: z.number(), left: z.number() }))
    .max(50)
    .nullable(),
  catalogVersion: z.string().max(64).nullable(),
  /** What a reader should know: capability holes, ranges, incomplete days. */
  notes: z.array(text).max(50),
});

export const spendAnswer = z.object({
  schemaVersion: z.literal(1),
  columns: z.array(column).max(64),
  rows: z.array(z.array(cell)).max(PAGE_LIMIT),
  /** Number of groups before `limit`. */
  rowCount: count,
  /** Measure → number over ALL matching rows, null where it is not defined. */
  totals: z.record(z.string(), z.number().nullable()),
  compare: z
    .object({
      period,
      rows: z.array(z.array(cell)).max(PAGE_LIMIT),
      totals: z.record(z.string(), z.number().nullable()),
      /** Billing months of that period of which nothing is held: what has no line in them is not known, and not new. */
      notHeld: z.array(z.string().max(7)).max(1200),
    })
    .nullable(),
  provenance,
});

export const lineItem = z.object({
  id: count,
  start: z.string().max(40),
  end: z.string().max(40),
  account: text.nullable(),
  payer: text.nullable(),
  service: text.nullable(),
  usageType: text.nullable(),
  operation: text.nullable(),
  chargeType: text.nullable(),
  billingEntity: text.nullable(),
  region: text.nullable(),
  resource: text.nullable(),
  family: text.nullable(),
  provider: text.nullable(),
  model: text.nullable(),
  meter: text.nullable(),
  variant: text.nullable(),
  mode: text.nullable(),
  term: text.nullable(),
  regionTier: text.nullable(),
  contextBand: text.nullable(),
  quantity: z.number().nullable(),
  unit: text.nullable(),
  normalizedQuantity: z.number().nullable(),
  normalizedUnit: text.nullable(),
  currency: z.string().max(8),
  unblended: z.number(),
  netUnblended: z.number().nullable(),
  amortized: z.number().nullable(),
  netAmortized: z.number().nullable(),
  list: z.number().nullable(),
  /** As the export states it (FOCUS); never computed. */
  contractedStated: z.number().nullable(),
  catalogListLow: z.number().nullable(),
  catalogListHigh: z.number().nullable(),
  /** Amount under the contract in USD; null = no contract price is known. */
  contractedLow: z.number().nullable(),
  contractedHigh: z.number().nullable(),
  file: text,
  recordNumber: count,
});

export const lineItemsInput = z.object({
  where: filters.default([]),
  period: nullablePeriod.default(null),
  scope: scope.default('bedrock'),
  sort: z
    .object({ by: z.enum(['start', 'unblended', 'quantity']), descending: z.boolean() })
    .nullable()
    .default(null),
  ...page.shape,
});

export const lineItemsAnswer = z.object({
  rows: z.array(lineItem).max(PAGE_LIMIT),
  rowCount: count,
  /** Matching line items that are held as daily sums only and can therefore not be listed. */
  summedLineItems: count,
});

/** Everything known of one line: the record as it stood in the file, the rule that classified it, its price. */
export const lineItemDetail = z.object({
  line: lineItem,
  /** Column → value, exactly as in the file. */
  record: z.array(z.object({ column: text, value: z.string() })).max(2000),
  /** Unit prices and the price's id as the file states them, in its own digits and per its own unit; null = not stated. */
  stated: z.object({
    listUnitPrice: text.nullable(),
    contractedUnitPrice: text.nullable(),
    /** AWS's SKU, offer term and rate: FOCUS SkuPriceId, the rate code of a CUR. */
    priceId: text.nullable(),
  }),
  /** `yours`: a rule of this workspace decided; the reason says which, whose and why. */
  rule: z.object({ id: name, reason: text, origin: z.enum(['bundled', 'yours']) }).nullable(),
  price: z
    .object({
      status: z.enum(['priced', 'missing']),
      usdPerUnitLow: z.number().nullable(),
      usdPerUnitHigh: z.number().nullable(),
      rangeReason: z.string().max(64).nullable(),
      missingReason: z.string().max(64).nullable(),
      formula: text,
      prices: z
        .array(
          z.object({
            id: name,
            usd: z.number(),
            per: z.number(),
            source: text,
            seen: z.string().nullable(),
            confidence: z.string(),
          }),
        )
        .max(20),
    })
    .nullable(),
  /** The contract rates that are for the line, and why they give no amount where they do not; null without one. */
  contract: z
    .object({
      rates: z.array(contractRate).max(50),
      unknownReason: z.enum(CONTRACT_UNKNOWN_REASONS).nullable(),
    })
    .nullable(),
  variance: z
    .object({ amountLow: z.number(), amountHigh: z.number(), reason: z.string().max(64) })
    .nullable(),
});

/**
 * The figures of the overview and of `assay summary`, one currency a block. Costs are on `basis`; null where lines are
 * there but none states that basis. total = native + marketplace = inference + ancillary + notUsage + unknown.
 */
const cost = z.number().nullable();
export const summaryBlock = z.object({
  currency: z.string().max(8),
  total: cost,
  lineItems: count,
  native: cost,
  marketplace: cost,
  /** What Cost Explorer filtered on "Amazon Bedrock" would not show: lines whose product is not called that. */
  outsideCostExplorerFilter: cost,
  inference: cost,
  ancillary: cost,
  /** Tax, credit, refund, discount and fee lines. */
  notUsage: cost,
  unknown: z.object({ cost, lineItems: count }),
  tokens: z.number().nullable(),
  effectiveRate: z.number().nullable(),
  cacheHitRate: z.number().nullable(),
  batchShare: z.number().nullable(),
  unpricedShare: z.number().nullable(),
  /** Catalog list of the priced lines in USD (low end of a range), whatever the basis. */
  catalogList: z.number().nullable(),
  list: z.number().nullable(),
  /** AI-adjacent lines billed elsewhere, shown apart until the user confirms them; not in `total`. */
  candidates: z.object({ cost, lineItems: count }),
});

export const summaryAnswer = z.object({
  schemaVersion: z.literal(1),
  period: nullablePeriod,
  basis,
  blocks: z.array(summaryBlock).max(50),
  estimated: z.boolean(),
  provenance,
});

export const unknownUsage = z.object({
  usageType: text.nullable(),
  service: text.nullable(),
  unit: text.nullable(),
  description: text.nullable(),
  problem: z.enum(['unknown_usage_type', 'unknown_unit', 'unit_conflict']),
  lineItems: count,
  currency: z.string().max(8),
  unblended: z.number(),
  firstDay: z.string(),
  lastDay: z.string(),
});
