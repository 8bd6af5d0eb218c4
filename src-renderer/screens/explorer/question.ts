// The queries behind the explorer: what its state and the context bar ask of the engine.
import type { Input } from '../../../shared/contract/methods.ts';
import {
  BASES,
  type Basis,
  type Filter,
  type Measure,
  type Period,
  TIME_DIMENSIONS,
} from '../../../shared/domain/spend/vocabulary.ts';
import { type ExplorerState, type Grain, measureName } from './explorer-state.ts';

export type SpendQuery = Input<'spend.query'>;

/** What the context bar holds, as far as a question needs it. */
export type QuestionContext = {
  readonly period: Period | null;
  readonly compareTo: Period | null;
  readonly basis: Basis;
  readonly where: readonly Filter[];
};

/** Named series of a chart over time; the rest is gathered as "Other". */
export const SERIES_LIMIT = 7;
/** Bars of a ranking; the rest is gathered as one bar. */
export const RANKING_LIMIT = 12;
/** Rows the grid asks for at a time. */
export const GRID_PAGE = 500;

export const isTime = (dimension: string): boolean =>
  (TIME_DIMENSIONS as readonly string[]).includes(dimension);

/** Measures that can be added up, and so stacked and gathered as "Other". Shares and rates cannot. */
const NOT_ADDITIVE: readonly string[] = [
  'effectiveRate',
  'cacheHitRate',
  'batchShare',
  'unpricedShare',
  'listVariance',
  'quantity',
  'costPerRequest',
  'tokensPerRequest',
];
export const isAdditive = (measure: string): boolean => !NOT_ADDITIVE.includes(measure);
export const isCost = (measure: string): boolean => (BASES as readonly string[]).includes(measure);

function common(state: ExplorerState, context: QuestionContext) {
  return {
    where: context.where.map(({ dimension, operator, values }) => ({
      dimension,
      operator,
      values: [...values],
    })),
    period: context.period,
    basis: context.basis,
    scope: state.scope,
    spread: state.spread,
    counted: state.counted,
  };
}

/** The grid's question. `offset` pages through the groups. */
export function gridQuery(state: ExplorerState, context: QuestionContext, offset: number): SpendQuery {
  const measures = [...new Set(state.measures.map((measure) => measureName(measure, context.basis)))];
  const time = state.groupBy.find(isTime);
  const fallback =
    time === undefined
      ? { by: measures[0] ?? context.basis, descending: true }
      : { by: time, descending: false };
  const chosen =
    state.sort === null ? fallback : { ...state.sort, by: sortColumn(state.sort.by, context.basis) };
  const known = [...measures, ...state.groupBy].some((name) => name === chosen.by) ? chosen : fallback;
  return {
    ...common(state, context),
    measures,
    groupBy: [...state.groupBy],
    compareTo: context.compareTo,
    sort: [known],
    limit: GRID_PAGE,
    offset,
  };
}

function sortColumn(by: string, basis: Basis): string {
  return by === 'cost' ? basis : by;
}

export type ChartQuestion =
  | { readonly form: 'none' }
  | { readonly form: 'ranking'; readonly dimension: string; readonly query: SpendQuery }
  | {
      readonly form: 'time';
      readonly grain: string;
      /** Dimension of the series; null = one series. */
      readonly dimension: string | null;
      /** Asks which series are biggest; null without a dimension. */
      readonly leaders: SpendQuery | null;
      /** Asks for the total a time step. */
      readonly totals: SpendQuery;
    };

/** The form that fits what is grouped by, unless the user chose one: time → over time, else a ranking. */
export function chartQuestion(state: ExplorerState, context: QuestionContext): ChartQuestion {
  if (state.form === 'none') return { form: 'none' };
  const time = state.groupBy.find(isTime);
  const dimension = state.groupBy.find((name) => !isTime(name)) ?? null;
  const measure = measureName(state.measures[0] ?? 'cost', context.basis);
  const form =
    state.form === 'auto' ? (time !== undefined || dimension === null ? 'time' : 'ranking') : state.form;
  const asked = common(state, context);
  if (form === 'ranking' && dimension !== null) {
    const query = { ...leaders(asked, dimension, measure, RANKING_LIMIT), compareTo: context.compareTo };
    return { form, dimension, query };
  }
  const grain = time ?? (state.grain === 'auto' ? fittingGrain(context.period) : state.grain);
  return {
    form: 'time',
    grain,
    dimension,
    leaders: dimension === null ? null : leaders(asked, dimension, measure, SERIES_LIMIT + 1),
    totals: {
      ...asked,
      measures: [measure],
      groupBy: [grain],
      compareTo: context.compareTo,
      sort: [{ by: grain, descending: false }],
    },
  };
}

type Asked = ReturnType<typeof common>;

function leaders(asked: Asked, dimension: string, measure: Measure, limit: number): SpendQuery {
  return {
    ...asked,
    measures: [measure],
    groupBy: [dimension],
    // A credit of thousands leads a cost of cents: what moves the total most is drawn first.
    sort: [{ by: measure, descending: true, magnitude: true }],
    limit,
  };
}

/** The question for the named series of a chart over time, once the leaders are known. */
export function seriesQuery(
  question: Extract<ChartQuestion, { form: 'time' }>,
  dimension: string,
  values: readonly (string | null)[],
): SpendQuery {
  const { where = [], ...rest } = question.totals;
  return {
    ...rest,
    where: [...where, { dimension, operator: '=', values: [...values] }],
    groupBy: [question.grain, dimension],
    compareTo: null,
  };
}

/** Days up to a quarter, weeks up to a year and a half, then months: about 90 steps at most. */
export function fittingGrain(period: Period | null): Exclude<Grain, 'auto'> {
  if (period === null) return 'month';
  const days = (Date.parse(period.to) - Date.parse(period.from)) / 86_400_000 + 1;
  if (days <= 93) return 'day';
  return days <= 550 ? 'week' : 'month';
}
