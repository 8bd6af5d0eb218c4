// What one import gathers over all its files: distinct values, deliveries, sums. Small; the rows go to the database.

import { AssayError } from '../../../shared/contract/errors.ts';
import { payerText } from '../../../shared/domain/ledger/payer.ts';
import type { DiscountEvidence } from '../../../shared/domain/spend/discount-shape.ts';
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import type { LineDimensions, LineMeaning } from '../../../shared/domain/usage/line.ts';
import type { SeriesPricer } from '../catalog/line-amounts.ts';
import type { DeliveryKey, MissingCapability, Staging } from '../db/staging.ts';
import { createInterner, createTupleTable, type Interner, type TupleTable } from './interning.ts';
import type { FullSeries } from './lines.ts';
import type { PageThread } from './pages.ts';
import { createRollup, type Rollup } from './rollup.ts';
import { createSplitter, type Splitter } from './split.ts';
import type { TupleInfo } from './tuples.ts';

export type Interpret = (dimensions: LineDimensions) => LineMeaning;

export type Caps = {
  /** Series of single lines of other services a batch, where every line is held; lines of further ones have no labels. */
  readonly lineSeries: number;
  /** Lines of AI-adjacent services that look like AI, kept a batch; further ones are summed under all their labels. */
  readonly candidateLines: number;
  /** Series of AI-adjacent services a batch; lines of further ones are summed without resource, description and tags. */
  readonly candidateSeries: number;
};

/** The report says so where one is reached. */
export const CAPS: Caps = { lineSeries: 500_000, candidateLines: 100_000, candidateSeries: 20_000 };

/** Rejected rows whose text is kept a batch; further ones are counted only. */
export const REJECTED_CAP = 10_000;

/** Sums over the lines of one delivery in one currency, from which the discount decision is made. */
export type Evidence = { readonly [Name in keyof DiscountEvidence]: Sum };

export type DeliveryState = {
  readonly id: number;
  readonly key: DeliveryKey;
  rows: number;
  withInvoice: boolean;
  costWithoutInvoice: boolean;
  readonly evidence: Map<string, Evidence>;
};

/** A count of lines and their unblended cost, each currency apart. */
export type Tally = { lineItems: number; readonly unblended: Map<string, Sum> };

export function addToTally(tally: Tally, currency: string, amount: number, lines: number): void {
  tally.lineItems += lines;
  const sum = tally.unblended.get(currency) ?? emptySum();
  tally.unblended.set(currency, sum);
  addTo(sum, amount);
}

/** The tally's total: 0 without lines, null where it would take adding currencies. */
export function tallyTotal(tally: Tally): number | null {
  const sums = [...tally.unblended.values()];
  if (sums.length > 1) return null;
  return sums[0] === undefined ? 0 : totalOf(sums[0]);
}

type Tuples = { readonly table: TupleTable; readonly infos: TupleInfo[] };

export type Run = {
  readonly staging: Staging;
  readonly interpret: Interpret;
  readonly pricer: SeriesPricer;
  readonly caps: Caps;
  /** Whether lines are held singly although they are summed. */
  readonly everyLine: boolean;
  readonly rollup: Rollup;
  /** Reads the files in their order; null where they are too small for a thread, and the splitter serves on this one. */
  readonly pageThread: PageThread | null;
  readonly splitter: Splitter | null;
  readonly interners: ReadonlyMap<string, Interner>;
  internerOf(field: string): Interner;
  /** Told of a text that is not UTF-8 when it is first met; who reads a file listens. */
  onNotUtf8: (start: number) => void;
  /** Short tuples of so many parts, and what each leads to. */
  tuplesOf(parts: number): Tuples;
  /** Number of the next new tuple, whatever its parts. */
  nextTuple: number;
  /** Tuples of kept lines, and their series. */
  readonly fullTuples: TupleTable;
  readonly fullSeries: FullSeries[];
  readonly reports: Interner;
  readonly deliveries: DeliveryState[];
  deliveryOf(key: DeliveryKey, missing: readonly MissingCapability[]): number;
  candidateLines: number;
  candidateLinesCapped: boolean;
  lineSeries: number;
  lineSeriesCapped: boolean;
  candidateSeries: number;
  candidateSeriesCapped: boolean;
  rejectedKept: number;
  readonly bedrock: Tally;
  readonly unknown: Tally;
  readonly candidateCost: Tally;
  /** Account ids with fewer than twelve digits. */
  readonly shortAccounts: Set<string>;
  /** Account → id of the name last seen for it. */
  readonly accountNames: Map<string, number>;
};

/** Parts of the tuple that describes a kept line. */
export const FULL_TUPLE_PARTS = 7;

export function createRun(
  staging: Staging,
  interpret: Interpret,
  pricer: SeriesPricer,
  pageThread: PageThread | null,
  everyLine = false,
  caps = CAPS,
): Run {
  const interners = new Map<string, Interner>();
  const deliveries: DeliveryState[] = [];
  const byKey = new Map<string, number>();
  const tuples = new Map<number, Tuples>();
  const reportOf = new Map<string, DeliveryKey>();
  const run: Run = {
    staging,
    interpret,
    pricer,
    caps,
    everyLine,
    rollup: createRollup(),
    pageThread,
    splitter: pageThread === null ? createSplitter() : null,
    interners,
    onNotUtf8: () => {},
    internerOf(field) {
      const held = interners.get(field) ?? createInterner((start) => run.onNotUtf8(start));
      interners.set(field, held);
      return held;
    },
    tuplesOf(parts) {
      const held = tuples.get(parts) ?? { table: createTupleTable(parts), infos: [] };
      tuples.set(parts, held);
      return held;
    },
    nextTuple: 0,
    fullSeries: [],
    fullTuples: createTupleTable(FULL_TUPLE_PARTS),
    reports: createInterner(),
    deliveries,
    deliveryOf(key, missing) {
      const text = JSON.stringify([key.payer, key.kind, key.report, key.period, key.billingEntity]);
      const known = byKey.get(text);
      if (known !== undefined) return known;
      refuseSecondReport(reportOf, key);
      byKey.set(text, deliveries.length);
      deliveries.push(newDelivery(staging.addDelivery(key, missing, everyLine), key));
      return deliveries.length - 1;
    },
    candidateLines: 0,
    candidateLinesCapped: false,
    lineSeries: 0,
    lineSeriesCapped: false,
    candidateSeries: 0,
    candidateSeriesCapped: false,
    rejectedKept: 0,
    bedrock: { lineItems: 0, unblended: new Map() },
    unknown: { lineItems: 0, unblended: new Map() },
    candidateCost: { lineItems: 0, unblended: new Map() },
    shortAccounts: new Set(),
    accountNames: new Map(),
  };
  return run;
}

/** Two reports over the same payer and period in one import would count the period twice. */
function refuseSecondReport(reportOf: Map<string, DeliveryKey>, key: DeliveryKey): void {
  const period = JSON.stringify([key.payer, key.period]);
  const other = reportOf.get(period);
  if (other !== undefined && (other.report !== key.report || other.kind !== key.kind)) {
    throw new AssayError(
      'period_held',
      `Payer ${payerText(key.payer)}, period ${key.period} is in two of the files' reports: ${other.report} (${other.kind}) and ${key.report} (${key.kind}). Import one of them; parts of one report are named report-00001, report-00002.`,
      { payer: key.payer, period: key.period },
    );
  }
  reportOf.set(period, key);
}

function newDelivery(id: number, key: DeliveryKey): DeliveryState {
  return { id, key, rows: 0, withInvoice: false, costWithoutInvoice: false, evidence: new Map() };
}

/** The evidence of a delivery in one currency, begun when it is the first line. */
export function evidenceIn(delivery: DeliveryState, currency: string): Evidence {
  const held = delivery.evidence.get(currency) ?? {
    lines: emptySum(),
    linesWithBlankNet: emptySum(),
    statedNetDifference: emptySum(),
    columnsWithBlankNet: emptySum(),
    columns: emptySum(),
    absolute: emptySum(),
  };
  delivery.evidence.set(currency, held);
  return held;
}

/** Adds a line, or several of one sign, to what the discount decision is made from. */
export function addEvidence(
  evidence: Evidence,
  discountLine: boolean,
  amounts: { unblended: number; netUnblended: number | null; discount: number | null },
): void {
  const { unblended, netUnblended, discount } = amounts;
  addTo(evidence.absolute, Math.abs(unblended));
  if (discountLine) {
    addTo(evidence.lines, unblended);
    if (netUnblended === null) addTo(evidence.linesWithBlankNet, unblended);
    return;
  }
  if (netUnblended !== null) addTo(evidence.statedNetDifference, netUnblended - unblended);
  if (discount === null) return;
  addTo(evidence.columns, discount);
  if (netUnblended === null) addTo(evidence.columnsWithBlankNet, discount);
}

export function totalsOf(evidence: Evidence): DiscountEvidence {
  return {
    lines: totalOf(evidence.lines),
    linesWithBlankNet: totalOf(evidence.linesWithBlankNet),
    statedNetDifference: totalOf(evidence.statedNetDifference),
    columnsWithBlankNet: totalOf(evidence.columnsWithBlankNet),
    columns: totalOf(evidence.columns),
    absolute: totalOf(evidence.absolute),
  };
}
