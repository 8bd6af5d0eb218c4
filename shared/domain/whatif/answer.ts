// What a scenario answers: a ledger of levers, two headlines, months, and the commitment year it falls into.
import type { Period } from '../spend/vocabulary.ts';
import type { LeverKind, ScenarioPriceLayer } from './scenario.ts';

/** A result under the low, base and high cases: low ≤ base ≤ high, in money unless said otherwise. */
export type Band = { readonly low: number; readonly base: number; readonly high: number };

/** Something a guard refused or warned of: said, never silently dropped. */
export type Guard = {
  readonly code: string;
  readonly message: string;
  /** True: the volume was not moved. False: it was moved (or could not be checked), and this should be known. */
  readonly refused: boolean;
  readonly model: string | null;
  readonly region: string | null;
  readonly meter: string | null;
  /** Tokens concerned, base case. */
  readonly tokens: number;
  /** Their cost before the lever at the scenario's price layer; null where it is not priced. */
  readonly cost: number | null;
};

/** Tokens of one model that a lever moved from one meter and mode to another, base case. */
export type Moved = {
  readonly model: string;
  readonly region: string | null;
  readonly fromMeter: string;
  readonly fromMode: string;
  readonly toModel: string;
  /** Region and tier it is served in, or the capacity it runs on; null where the bill does not say. */
  readonly toPlace: string | null;
  readonly toMeter: string;
  readonly toMode: string;
  readonly tokens: number;
  /** What they become: as many, but where another tokenizer, a shorter prompt or double work changes it. */
  readonly tokensAfter: number;
  readonly costBefore: number;
  readonly costAfter: number;
  readonly sourceBefore: string;
  readonly sourceAfter: string;
};

/** A figure of one lever with its unit; null where it is not defined, and the note says why. */
export type Fact = {
  readonly name: string;
  readonly model: string | null;
  readonly value: number | null;
  readonly unit: string;
  readonly note: string | null;
};

/** One lever in the ledger. Savings are positive, at the scenario's price layer, over the baseline period. */
export type LedgerEntry = {
  readonly leverId: string;
  readonly kind: LeverKind;
  readonly label: string;
  readonly enabled: boolean;
  /** What has to be stated or priced before `alone`, `inOrder` or both come to a figure: they are null then. Else empty. */
  readonly missing: string[];
  /** Whether `inOrder` leaves out usage that it applies to, refused for want of a price or of another fact. */
  readonly isPartial: boolean;
  /** Saving if it were the only lever. */
  readonly alone: Band | null;
  /** Saving when applied after the levers before it; zero when switched off. */
  readonly inOrder: Band | null;
  /** inOrder − alone; zero when switched off. */
  readonly interaction: Band | null;
  readonly moved: Moved[];
  /** Money beside the tokens that the lever adds, or saves where it is below zero. */
  readonly charges: { readonly label: string; readonly amount: number; readonly formula: string }[];
  readonly guards: Guard[];
  readonly facts: Fact[];
};

/** What one lever did, row by row. */
export type LedgerRows = Pick<LedgerEntry, 'moved' | 'charges' | 'guards' | 'facts'>;

/** One lever in the ledger by its figures: hundreds of price keys give it thousands of rows, which few movements show. */
export type LedgerLine = Omit<LedgerEntry, keyof LedgerRows> & {
  /** Tokens of all rows that it moved. */
  readonly movedTokens: number;
  /** Tokens of what guards refused; null where they refused nothing. */
  readonly refusedTokens: number | null;
  /** Where nothing moved, what the guards that refused say: the most tokens first. Else empty. */
  readonly reasons: readonly string[];
  /** null where nobody asked for them. */
  readonly rows: LedgerRows | null;
};

/** The same scenario read at another price layer. */
export type Reading = {
  readonly layer: ScenarioPriceLayer;
  /**
   * False: the layer's own rates, and list prices where it has none. True: assumes that the discount it has against
   * list also holds for the meters and modes that levers move to. That is an assumption, never a contract's word.
   */
  readonly discountCarried: boolean;
  readonly label: string;
  /** Null where none of the usage has a price there. */
  readonly before: Band | null;
  /** Null as in the headline, with the reason. */
  readonly saving: Band | null;
  readonly savingReason: string | null;
  /** Saving ÷ cost before, base case; null without cost. */
  readonly savingShare: number | null;
  readonly unpricedTokens: number;
};

export type MonthRow = {
  readonly month: string;
  readonly baseline: number;
  /** Null while the saving is not known, as it and the total are. */
  readonly scenario: number | null;
  readonly saving: number | null;
  readonly oneOff: number;
  readonly cumulative: number | null;
};

/** What the levers change about the payments of one month of the commitment year. */
export type CashMonth = {
  readonly month: string;
  /** Net of the discount. */
  readonly saved: number;
  readonly support: number;
  /** Shortfall the levers cause, settled with the last month: negative = paid. */
  readonly shortfall: number;
  readonly oneOff: number;
  readonly cash: number;
  readonly cumulative: number;
};

/** A fiscal quarter of the horizon, named after the year the fiscal year ends in. */
export type QuarterRow = {
  readonly quarter: string;
  readonly months: number;
  readonly saving: number;
  readonly oneOff: number;
  readonly cumulative: number;
  /** null where a month of the quarter lies outside the commitment year. */
  readonly cash: number | null;
};

/** A commitment year run through the agreement with one level of AI spend. */
export type CommitmentCase = {
  readonly retired: Band;
  readonly absorbed: Band;
  readonly shortfall: Band;
  readonly cash: Band;
  readonly incrementalCash: Band;
};

export type Step = {
  readonly name: string;
  readonly expression: string;
  readonly value: number;
  readonly unit: string;
};

export type CommitmentResult = {
  readonly currency: string;
  readonly yearStart: string;
  /** Gross AI spend of the commitment year by line class, before and after the levers. */
  readonly aiSpend: {
    readonly lineClass: string;
    readonly retires: boolean;
    readonly discounted: boolean;
    readonly inMarketplaceCap: boolean;
    readonly baseline: number;
    /** Null while the saving is not known. */
    readonly scenario: number | null;
  }[];
  /** What the year lacks without any AI spend. */
  readonly gap: Band;
  readonly cashWithoutAi: Band;
  readonly baseline: CommitmentCase;
  /** Null while the saving is not known, as the two below. */
  readonly scenario: CommitmentCase | null;
  /** What the levers save at price within this year, by their start months and ramps. */
  readonly savingAtPrice: Band | null;
  /** Cash of the baseline − cash of the scenario, before one-off cost. */
  readonly leverCash: Band | null;
  /** One-off cost of the levers that start in this year. */
  readonly oneOff: number;
  /** Direct purchase − incremental cash of the scenario; null when no direct price was given. */
  readonly againstDirect: number | null;
  /** Base case; sums to the cash headline. Empty while the saving is not known, as the formula. */
  readonly cashMonths: CashMonth[];
  /** Month of the year at whose end the one-off cost is earned back in cash for good; null as for `paybackMonth`. */
  readonly paybackMonth: string | null;
  readonly formula: Step[];
  readonly assumptions: string[];
};

export type ScenarioAnswer = {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly currency: string;
  readonly period: Period;
  readonly priceLayer: ScenarioPriceLayer;
  readonly catalogVersion: string;
  readonly baseline: {
    /** Invoiced (unblended) cost in the levers' reach, and the same at the price layer: tokens, and paid capacity. */
    readonly invoiced: number;
    /** The sum over what has a price; null where nothing has, and then nothing is projected from it. */
    readonly atPrice: Band | null;
    /** The part of both that is capacity paid by the hour: as invoiced, since no layer prices it by the token. */
    readonly capacity: number;
    readonly tokens: number;
    readonly vectors: number;
    readonly daysCovered: number;
    readonly unpricedTokens: number;
    readonly unpricedInvoiced: number;
    /** Share (0…1) of the tokens' invoiced cost without a price at this layer; null without cost. */
    readonly unpricedShare: number | null;
    /** Cost in the selection that no lever works on, so that the parts add up. */
    readonly outside: number;
    readonly outsideParts: { readonly label: string; readonly reason: string; readonly invoiced: number }[];
  };
  readonly ledger: LedgerEntry[];
  /** Both headlines, always together. `cashThisYear` is null without a commitment, with the reason. */
  readonly headlines: {
    /** Over the baseline's period, at the scenario's price layer. Null where nothing is stated or priced, with the reason. */
    readonly savingAtPrice: Band | null;
    readonly savingReason: string | null;
    /** What the saving leaves out, where it is the sum of what is known; null where that is nothing. */
    readonly savingPartial: string | null;
    /** Over the commitment year, after shortfall, support and one-off cost. */
    readonly cashThisYear: Band | null;
    readonly cashReason: string | null;
  };
  /** Null where the baseline at price or the saving is. */
  readonly after: Band | null;
  readonly readings: Reading[];
  readonly monthly: MonthRow[];
  readonly quarters: QuarterRow[];
  /** One-off cost of the levers that start in the horizon, whatever is known of their saving. */
  readonly oneOff: number;
  /** End of which month of the horizon the one-off cost is paid back; null when never, not known or nothing to pay back. */
  readonly paybackMonth: number | null;
  readonly commitment: CommitmentResult | null;
  readonly notes: string[];
  readonly provenance: { readonly label: string; readonly value: string }[];
};

/** The answer as a screen draws it while something moves. */
export type LiveAnswer = Omit<ScenarioAnswer, 'ledger'> & { readonly ledger: LedgerLine[] };
