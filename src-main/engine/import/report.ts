// Writes the report of an import: per file and over all, what was read, what it adds up to, and what it would replace.

import type { z } from 'zod';
import {
  type chargeTotal,
  exportFormat,
  type fileReport,
  type replacement,
  type rowCounts,
} from '../../../shared/contract/import.ts';
import { payerText } from '../../../shared/domain/ledger/payer.ts';
import { differs } from '../../../shared/domain/ledger/replacement.ts';
import type { DiscountDecision } from '../../../shared/domain/spend/discount-shape.ts';
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import { chargeTypeOf } from '../../../shared/domain/usage/charge-types.ts';
import { differences, statesTheSameDetails } from '../db/differences.ts';
import { type DeliverySummary, deliveriesOf, heldAgainst, statesTheSameTotals } from '../db/held.ts';
import type { Db } from '../db/open.ts';
import type { FileCounts, FileTotal } from '../db/staging.ts';
import type { Plan, Source } from './plan.ts';
import { type DeliveryState, REJECTED_CAP, type Run, tallyTotal } from './run.ts';
import type { ImportReport } from './stage.ts';

type FileReport = z.output<typeof fileReport>;
type ChargeTotal = z.output<typeof chargeTotal>;
type Replacement = z.output<typeof replacement>;
type RowCounts = z.output<typeof rowCounts>;

export type ReadFile = {
  readonly source: Source;
  readonly sha256: string;
  readonly counts: FileCounts;
  readonly totals: readonly Omit<FileTotal, 'file'>[];
  readonly warnings: readonly string[];
  readonly firstRejection: string | null;
};

type Material = {
  readonly db: Db;
  readonly run: Run;
  readonly plan: Plan;
  readonly files: readonly ReadFile[];
  readonly decisions: ReadonlyMap<DeliveryState, DiscountDecision>;
  /** What the bills look like where they are not the payer's own invoice. */
  readonly labels: readonly string[];
  readonly started: number;
  /** Called when others got in between; may refuse to go on, by throwing. */
  readonly onPause: () => void;
};

export const MOST_WARNINGS = 200;

export async function buildReport(material: Material): Promise<ImportReport> {
  const { db, run, files, onPause } = material;
  const replaces = await replacements(db, run.staging.batchId, onPause);
  return {
    schemaVersion: 1,
    batchId: run.staging.batchId,
    state: 'staged',
    files: files.map((file) => fileReportOf(file, run)),
    rows: addCounts(files.map(({ counts }) => counts)),
    totals: addTotals(files.flatMap(({ totals }) => totals)),
    bedrock: {
      lineItems: run.bedrock.lineItems,
      unblended: tallyTotal(run.bedrock),
      unknownLineItems: run.unknown.lineItems,
      unknownUnblended: tallyTotal(run.unknown),
    },
    candidates: {
      lineItems: run.candidateCost.lineItems,
      unblended: tallyTotal(run.candidateCost),
      capped: run.candidateLinesCapped || run.candidateSeriesCapped,
    },
    everyLine: run.everyLine,
    replaces,
    warnings: warnings(material).slice(0, MOST_WARNINGS),
    seconds: (performance.now() - material.started) / 1000,
  };
}

/** A file's report before it is read, or instead. */
export function bareFileReport(source: Source): FileReport {
  return {
    path: source.name,
    format: source.binding.format,
    compression: source.compression,
    period: source.firstPeriod,
    payers: [],
    bytes: source.bytes,
    sha256: '',
    rows: { read: 0, kept: 0, rolledUp: 0, rejected: 0 },
    totals: [],
    missing: [...source.binding.missing],
  };
}

function fileReportOf(file: ReadFile, run: Run): FileReport {
  const ids = new Set(file.totals.map(({ delivery }) => delivery));
  const keys = run.deliveries.filter(({ id }) => ids.has(id)).map(({ key }) => key);
  const periods = [...new Set(keys.map(({ period }) => period))].toSorted();
  return {
    ...bareFileReport(file.source),
    period: periods.length > 6 ? `${periods[0]} to ${periods.at(-1)}` : periods.join(', '),
    payers: [...new Set(keys.map(({ payer }) => payer))].toSorted().slice(0, 1000),
    sha256: file.sha256,
    rows: file.counts,
    totals: addTotals(file.totals),
  };
}

function addCounts(counts: readonly FileCounts[]): RowCounts {
  const sum = { read: 0, kept: 0, rolledUp: 0, rejected: 0 };
  for (const one of counts) {
    sum.read += one.read;
    sum.kept += one.kept;
    sum.rolledUp += one.rolledUp;
    sum.rejected += one.rejected;
  }
  return sum;
}

/** Totals per currency and charge type. */
function addTotals(totals: readonly Omit<FileTotal, 'file'>[]): ChargeTotal[] {
  const merged = new Map<string, { currency: string; chargeType: string; rows: number; sum: Sum }>();
  for (const { currency, chargeType, rows, unblended } of totals) {
    const key = `${currency} ${chargeType}`;
    const held = merged.get(key) ?? { currency, chargeType, rows: 0, sum: emptySum() };
    merged.set(key, held);
    held.rows += rows;
    addTo(held.sum, unblended);
  }
  return [...merged.values()]
    .map(({ currency, chargeType, rows, sum }) => ({ currency, chargeType, rows, unblended: totalOf(sum) }))
    .toSorted(
      (left, right) =>
        left.currency.localeCompare(right.currency) || left.chargeType.localeCompare(right.chargeType),
    );
}

/** What the staged batch would replace of what is held now. Others get in between; `onPause` may refuse to go on. */
export async function replacements(
  db: Db,
  batchId: number,
  onPause: () => void = () => {},
): Promise<Replacement[]> {
  const incoming = deliveriesOf(db, batchId);
  const replaced: Replacement[] = [];
  for (const held of heldAgainst(db, batchId)) {
    replaced.push(await replacementOf(db, batchId, held, incoming, onPause));
  }
  return replaced;
}

async function replacementOf(
  db: Db,
  batchId: number,
  held: DeliverySummary,
  incoming: readonly DeliverySummary[],
  onPause: () => void,
): Promise<Replacement> {
  const { payer, period, currency } = held;
  const match =
    incoming.find((one) => one.payer === payer && one.period === period && one.currency === currency) ??
    nothingIncoming(incoming, held);
  const scope = { payer, period, currency };
  const { byService, byDay } = await differences(db, scope, batchId, onPause);
  const identical = statesTheSameTotals(db, scope, batchId, held.batchId);
  // What costs most is looked at only where nothing else has told the two apart.
  const sameDetails =
    identical &&
    ![...byService, ...byDay].some(differs) &&
    (await statesTheSameDetails(db, scope, batchId, onPause));
  return {
    incoming: deliveryOf(match),
    held: { ...deliveryOf(held), importedAt: held.importedAt, batchId: held.batchId },
    sameReport: match.kind === held.kind && match.report === held.report,
    identical,
    sameDetails,
    byService: byService.map(({ label, ...sides }) => ({ service: label, ...sides })),
    byDay: byDay
      .map(({ label, ...sides }) => ({ day: label, ...sides }))
      .toSorted((left, right) => left.day.localeCompare(right.day)),
  };
}

/** The held side has a currency that the incoming one does not bring. */
function nothingIncoming(incoming: readonly DeliverySummary[], held: DeliverySummary): DeliverySummary {
  const same = incoming.find(({ payer, period }) => payer === held.payer && period === held.period);
  return { ...held, ...same, currency: held.currency, rows: 0, unblended: 0 };
}

export function deliveryOf(summary: DeliverySummary): Replacement['incoming'] {
  const { payer, kind, report, period, rows, currency, unblended, estimated } = summary;
  return {
    payer,
    kind: exportFormat.parse(kind),
    report,
    period,
    rows,
    currency,
    unblended,
    estimated: estimated === 1,
  };
}

function warnings({ run, plan, files, decisions, labels }: Material): string[] {
  const found = [...plan.warnings, ...files.flatMap((file) => file.warnings)];
  if (run.candidateLinesCapped) {
    found.push(
      `More than ${run.caps.candidateLines} lines of AI-adjacent services look like AI: the further ones are held as daily sums only.`,
    );
  }
  if (run.candidateSeriesCapped) {
    found.push(
      `AI-adjacent services come in more than ${run.caps.candidateSeries} combinations of usage type, resource and tags: lines of further ones are held as daily sums without resource, description and tags.`,
    );
  }
  if (run.lineSeriesCapped) {
    found.push(
      `Lines of other services come in more than ${run.caps.lineSeries} combinations of labels: further ones are held without resource, description and tags.`,
    );
  }
  if (run.shortAccounts.size > 0) found.push(shortAccountWarning([...run.shortAccounts]));
  if (run.rejectedKept > REJECTED_CAP) {
    found.push(`${run.rejectedKept} rows were rejected; the text of the first ${REJECTED_CAP} is kept.`);
  }
  found.push(...unknownChargeTypes(files), ...labels, ...discountNotes(decisions));
  return found;
}

/** One sentence for all periods of a payer's billing entity that state their discounts alike. */
function discountNotes(decisions: Material['decisions']): string[] {
  const periods = new Map<string, string[]>();
  for (const [{ key }, { shape, certain }] of decisions) {
    const sentence = DISCOUNT_SENTENCES[shape];
    if (sentence === null) continue;
    const doubt = certain ? '' : ' The two do not agree: check the total against the invoice.';
    const note = `${key.billingEntity === '' ? 'Bill' : key.billingEntity}, payer ${payerText(key.payer)}: ${sentence}${doubt}`;
    periods.set(note, [...(periods.get(note) ?? []), key.period]);
  }
  return [...periods].map(([note, held]) => `${held.sort().join(', ')}: ${note}`);
}

/** Their cost is in every total; what else they mean is not known. */
function unknownChargeTypes(files: readonly ReadFile[]): string[] {
  const rows = new Map<string, number>();
  for (const total of files.flatMap(({ totals }) => totals)) {
    if (chargeTypeOf(total.chargeType).kind !== 'unknown') continue;
    rows.set(total.chargeType, (rows.get(total.chargeType) ?? 0) + total.rows);
  }
  if (rows.size === 0) return [];
  const named = [...rows].map(
    ([name, count]) => `${name === '' ? '(none)' : name}, ${count} ${count === 1 ? 'row' : 'rows'}`,
  );
  return [
    `Charge types not known here: ${named.join('; ')}. Their cost counts on every basis as it was invoiced, their quantity does not.`,
  ];
}

function shortAccountWarning(ids: readonly string[]): string {
  const some = ids.slice(0, 3).join(', ');
  const which =
    ids.length === 1 ? `The account id ${some} has` : `${ids.length} account ids (${some} …) have`;
  return `${which} fewer than twelve digits. Where a spreadsheet has saved the file, it dropped leading zeros: import the file as AWS delivered it.`;
}

/** What the discount decision means, for the reader of the report. */
const DISCOUNT_SENTENCES: Readonly<Record<DiscountDecision['shape'], string | null>> = {
  none: null,
  lines: 'negotiated discounts come as lines of their own; the invoice is the sum of unblended cost.',
  columns:
    'negotiated discounts come as columns of the usage lines; the invoice is the sum of net unblended cost.',
  both: 'negotiated discounts come as lines and in the net cost of the usage lines; each counts once, and the invoice is the sum of unblended cost.',
};
