// Answers a question about spend: plan, fold, measure, sort, page, and say what is behind it.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { PAGE_LIMIT } from '../../../shared/contract/schemas.ts';
import { isTimeDimension } from '../../../shared/domain/spend/dimensions.ts';
import {
  COUNTED_COMPONENTS,
  type Component,
  MEASURE_DEFINITIONS,
  unitOf,
} from '../../../shared/domain/spend/measures.ts';
import type { Measure, Period } from '../../../shared/domain/spend/vocabulary.ts';
import type { Db } from '../db/open.ts';
import { type SpendPlan, spendRows, spreadHere } from '../db/spend.ts';
import { heldMonths } from '../db/workspace.ts';
import { type Counts, countRequests } from '../metrics/counts.ts';
import { valuesThatNoLineHas } from './empty-answer.ts';
import { compareCells, componentsOf, fold, type Group, measureOf, type Tally } from './groups.ts';
import { type CatalogFacts, PROVENANCE_COMPONENTS, type Provenance, provenanceOf } from './provenance.ts';

export type SpendQuery = ParsedInput<'spend.query'>;
export type SpendAnswer = Output<'spend.query'>;
type Cell = SpendAnswer['rows'][number][number];
type Row = Cell[];

type Folded = {
  readonly plan: SpendPlan;
  readonly groups: readonly Group[];
  readonly total: Tally;
  /** Where imported counts come from and what they do not cover. */
  readonly countNotes: readonly string[];
};

/** The whole answer, every group included, before it is cut to a page. */
export type FullAnswer = {
  readonly columns: SpendAnswer['columns'];
  readonly rows: Row[];
  readonly totals: SpendAnswer['totals'];
  readonly provenance: Provenance;
};

/** One page of the answer, with the comparison where one is asked for. Throws `mixed_currency`, `unknown_dimension`. */
export function answerQuery(db: Db, catalog: CatalogFacts, query: SpendQuery): SpendAnswer {
  const full = answerInFull(db, catalog, query);
  const rows = full.rows.slice(query.offset, query.offset + query.limit);
  const compare =
    query.compareTo === null ? null : comparison(db, catalog, query, query.compareTo, { ...full, rows });
  const { provenance } = full;
  if (provenance.lineItems === 0) provenance.notes.push(...valuesThatNoLineHas(db, query));
  return {
    schemaVersion: 1,
    columns: full.columns,
    rows,
    rowCount: full.rows.length,
    totals: full.totals,
    compare,
    provenance,
  };
}

/** Every group of the question, sorted. */
export function answerInFull(db: Db, catalog: CatalogFacts, query: SpendQuery): FullAnswer {
  const folded = foldQuery(db, catalog, query, query.period);
  const currency = onlyOne(folded.total.currencies);
  const hourAt = query.groupBy.indexOf('hour');
  const withoutHour = folded.groups.some(({ keys }) => keys[hourAt] === null);
  const base = componentsOf(folded.total, folded.plan.components).unit ?? null;
  return {
    columns: [
      ...query.groupBy.map((name) => ({ name, kind: 'dimension' as const, unit: null })),
      ...query.measures.map((name) => ({
        name,
        kind: MEASURE_DEFINITIONS[name].kind,
        unit: perCounted(unitOf(name, currency, base), query.counted),
      })),
    ],
    rows: sortedRows(query, folded),
    totals: totalsOf(query.measures, folded),
    provenance: provenanceOf(db, catalog, query, {
      ...folded,
      components: folded.plan.components,
      spread: folded.plan.spread,
      withoutHour,
      countNotes: folded.countNotes,
    }),
  };
}

function foldQuery(db: Db, catalog: CatalogFacts, query: SpendQuery, period: Period | null): Folded {
  const needed = query.measures.flatMap((name): readonly Component[] => MEASURE_DEFINITIONS[name].needs);
  const plan: SpendPlan = {
    groupBy: query.groupBy,
    where: query.where,
    period,
    scope: query.scope,
    basis: query.basis,
    components: [...new Set([...PROVENANCE_COMPONENTS, ...needed])],
    cuts: [],
    spread: query.spread ? spreadHere(db) : null,
    batchModels: catalog.batchModels,
  };
  const { groups, total } = fold(spendRows(db, plan));
  refuseMixedCurrency(query, total.currencies);
  return { plan, groups, total, countNotes: withCounts(db, plan, query.counted, groups, total) };
}

/** Puts imported counts beside the sums, where the question needs them. Returns what a reader should know of them. */
function withCounts(
  db: Db,
  plan: SpendPlan,
  metric: string,
  groups: readonly Group[],
  total: Tally,
): readonly string[] {
  if (!COUNTED_COMPONENTS.some((name) => plan.components.includes(name))) return [];
  const counted = countRequests(db, plan, metric);
  for (const { keys, tally } of groups)
    putCounts(tally, plan, counted.groups.get(JSON.stringify(keys)) ?? null);
  putCounts(total, plan, counted.total);
  return counted.notes;
}

/** What is paid for each of another metric than requests is named after it. */
function perCounted(unit: string | null, metric: string): string | null {
  return metric === 'requests' ? unit : (unit?.replace(/\/request$/u, () => `/${metric}`) ?? null);
}

function putCounts(tally: Tally, plan: SpendPlan, counts: Counts | null): void {
  for (const name of COUNTED_COMPONENTS) {
    const at = plan.components.indexOf(name);
    if (at >= 0) tally.sums[at] = counts?.[name] ?? null;
  }
}

function refuseMixedCurrency(query: SpendQuery, found: ReadonlySet<string>): void {
  const money = query.measures.filter((name) => MEASURE_DEFINITIONS[name].money);
  if (found.size < 2 || money.length === 0 || query.groupBy.includes('currency')) return;
  const sorted = [...found].sort();
  const currencies = sorted.join(', ');
  throw new AssayError(
    'mixed_currency',
    `The matching lines are in ${currencies}, which are never added together. Group by currency, or choose one with a condition such as currency=${sorted[0]}.`,
    { currencies, measures: money.join(', ') },
  );
}

function onlyOne<T>(values: ReadonlySet<T>): T | null {
  const [first] = values;
  return values.size === 1 && first !== undefined ? first : null;
}

function totalsOf(measures: readonly Measure[], { total, plan }: Folded): SpendAnswer['totals'] {
  return Object.fromEntries(measures.map((name) => [name, measureOf(name, total, plan.components)]));
}

/** Without a wish: over time in order of time, else what is furthest from zero first: a limit must not cut big credits off. Ties are settled by the keys, so that pages agree. */
function sortedRows(query: SpendQuery, { groups, plan }: Folded): Row[] {
  const columns: readonly string[] = [...query.groupBy, ...query.measures];
  const sort = query.sort.length === 0 ? defaultSort(query) : query.sort;
  const order = sort.map(({ by, descending, magnitude }) => {
    const at = columns.indexOf(by);
    if (at >= 0) return { at, descending, magnitude };
    throw new AssayError('invalid_input', `Cannot sort by “${by}”: the answer has ${columns.join(', ')}.`, {
      field: 'sort',
      column: by,
    });
  });
  const ties = query.groupBy.map((_, at) => ({ at, descending: false, magnitude: false }));
  const rows = groups.map(
    ({ keys, tally }): Row => [
      ...keys,
      ...query.measures.map((name) => measureOf(name, tally, plan.components)),
    ],
  );
  return rows.sort((left, right) => {
    for (const { at, descending, magnitude } of [...order, ...ties]) {
      const [one, other] = [left[at] ?? null, right[at] ?? null];
      const result = compareCells(
        magnitude ? distance(one) : one,
        magnitude ? distance(other) : other,
        descending,
      );
      if (result !== 0) return result;
    }
    return 0;
  });
}

const distance = (cell: Cell): Cell => (typeof cell === 'number' ? Math.abs(cell) : cell);

function defaultSort(query: SpendQuery): SpendQuery['sort'] {
  const time = query.groupBy.find(isTimeDimension);
  if (time !== undefined) return [{ by: time, descending: false, magnitude: false }];
  return query.groupBy.length === 0
    ? []
    : [{ by: query.measures[0] ?? '', descending: true, magnitude: true }];
}

/**
 * The same question over another period. Groups of the shown page come first, in its order; then the groups that only
 * the other period has, so that what disappeared is seen too. Groups over time never match and keep their own order.
 */
function comparison(
  db: Db,
  catalog: CatalogFacts,
  query: SpendQuery,
  period: Period,
  { rows: shown, provenance: { currency } }: FullAnswer,
): NonNullable<SpendAnswer['compare']> {
  const folded = foldQuery(db, catalog, query, period);
  refuseMixedCurrency(query, new Set([...currency, ...folded.total.currencies]));
  const keyOf = (row: Row): string => JSON.stringify(row.slice(0, query.groupBy.length));
  const rows = sortedRows(query, folded);
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  const first = shown.map((row) => byKey.get(keyOf(row))).filter((row) => row !== undefined);
  const taken = new Set(first);
  const ordered = [...first, ...rows.filter((row) => !taken.has(row))];
  return {
    period,
    rows: ordered.slice(0, PAGE_LIMIT),
    totals: totalsOf(query.measures, folded),
    notHeld: monthsNotHeld(db, period),
  };
}

/** Nothing of a month held is something else than nothing billed in it. */
function monthsNotHeld(db: Db, { from, to }: Period): string[] {
  const held = heldMonths(db);
  const missing: string[] = [];
  for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = monthAfter(month)) {
    if (!held.has(month)) missing.push(month);
  }
  return missing;
}

function monthAfter(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}
