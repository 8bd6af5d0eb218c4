// What is behind an answer: lines, open months, shares without price or class, and what a reader should know.
import type { Output } from '../../../shared/contract/methods.ts';
import type { Component } from '../../../shared/domain/spend/measures.ts';
import { isSpreadBasis } from '../../../shared/domain/spend/spread.ts';
import type { Basis, Filter, Measure, Period, Scope } from '../../../shared/domain/spend/vocabulary.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import { activeDeliveries, holdsCandidates } from '../db/deliveries.ts';
import { claimedWithoutLabels } from '../db/line-items.ts';
import type { Db } from '../db/open.ts';
import { lineOnlyDimensions, SCOPE_CLASSES } from '../db/spend.ts';
import type { Spread } from '../db/spread.ts';
import { billsHeld } from './bills.ts';
import { componentsOf, type Tally } from './groups.ts';
import { type NoteFacts, notesOf } from './notes.ts';

export type Provenance = Output<'spend.query'>['provenance'];

/** What the catalog contributes to an answer. */
export type CatalogFacts = { readonly version: string; readonly batchModels: readonly string[] };

/** Sums that every answer's provenance is made of, whatever is asked. */
export const PROVENANCE_COMPONENTS = [
  'lineItems',
  'usageCost',
  'unpricedCost',
  'unknownCost',
  'unknownUnitLines',
  'amortizedUnstated',
  'netAmortizedUnstated',
  'listUnstated',
  'catalogLow',
  'catalogHigh',
] as const satisfies readonly Component[];

export type Question = {
  readonly measures: readonly Measure[];
  readonly groupBy: readonly string[];
  readonly where: readonly Filter[];
  readonly period: Period | null;
  readonly basis: Basis;
  readonly scope: Scope;
};

export type Behind = {
  readonly total: Tally;
  readonly components: readonly Component[];
  /** Null where discounts and credits stand as lines. */
  readonly spread: Spread | null;
  /** Whether some matching lines belong to no hour although hours were asked for. */
  readonly withoutHour: boolean;
  /** What a reader should know of imported counts; empty where the question needs none. */
  readonly countNotes: readonly string[];
};

export function provenanceOf(db: Db, catalog: CatalogFacts, question: Question, behind: Behind): Provenance {
  const { total, components, withoutHour, countNotes } = behind;
  const sums = componentsOf(total, components);
  const currencies = [...total.currencies].sort();
  const deliveries = activeDeliveries(db).filter(({ id }) => total.deliveries.has(id));
  const share = (part: number | null): number | null => {
    const usage = sums.usageCost ?? null;
    return currencies.length !== 1 || usage === null || usage === 0 ? null : (part ?? 0) / usage;
  };
  const spread =
    behind.spread === null
      ? null
      : amountsSpread(behind.spread, question, { deliveries: total.deliveries, currencies });
  return {
    basis: question.basis,
    scope: question.scope,
    period: question.period,
    where: question.where.map(({ dimension, operator, values }) => ({
      dimension,
      operator,
      values: [...values],
    })),
    lineItems: sums.lineItems ?? 0,
    currency: currencies,
    unpricedShare: share(sums.unpricedCost ?? null),
    unknownShare: share(sums.unknownCost ?? null),
    estimated: deliveries.some((delivery) => delivery.estimated),
    bills: billsHeld(deliveries).map(({ name }) => name),
    spread,
    catalogVersion: catalog.version,
    notes: [
      ...countNotes,
      ...notesOf({
        ...question,
        spread,
        sums,
        currencies,
        deliveries,
        candidatesHeld: holdsCandidates(db),
        withoutHour,
        claimed: claimedFacts(db, question),
      }),
    ],
  };
}

/** Hours have a note of their own. */
function claimedFacts(db: Db, question: Question): NoteFacts['claimed'] {
  const labels = lineOnlyDimensions(question).filter((name) => name !== 'hour');
  return labels.length === 0 ? null : { labels, lineItems: claimedWithoutLabels(db, question) };
}

/**
 * Deductions of the deliveries behind an answer, on its first cost measure or its basis, one entry a currency of the
 * answer; null where it has no such measure.
 */
function amountsSpread(
  { deducted }: Spread,
  { basis, measures, scope }: Question,
  { deliveries, currencies }: { deliveries: ReadonlySet<number>; currencies: readonly string[] },
): NonNullable<Provenance['spread']> | null {
  const shown = [...measures, basis].find(isSpreadBasis);
  if (shown === undefined) return null;
  const classes: readonly string[] = SCOPE_CLASSES[scope];
  const here = deducted.filter(
    ({ delivery, lineClass }) => deliveries.has(delivery) && classes.includes(lineClass),
  );
  return currencies.map((currency) => {
    const sum = (isSpread: boolean): number =>
      sumOf(
        here
          .filter((one) => one.currency === currency && one.isSpread === isSpread)
          .map(({ amounts }) => amounts[shown] ?? 0),
      );
    return { currency, spread: sum(true), left: sum(false) };
  });
}
