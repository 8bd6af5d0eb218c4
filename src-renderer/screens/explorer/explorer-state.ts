// What the explorer shows, as data, and how that stands in the address so that back, forward and reload keep it.
import {
  type Basis,
  DIMENSION_PATTERN,
  MEASURES,
  type Measure,
  SCOPES,
  type Scope,
} from '../../../shared/domain/spend/vocabulary.ts';

/** Most dimensions the explorer groups by: more would not fit a reader's head nor the grid. */
export const MAX_EXPLORER_GROUPS = 3;

/** `cost` is the cost on the basis of the context bar; the others are what they say. */
export type ExplorerMeasure = 'cost' | Measure;
export const CHART_FORMS = ['auto', 'time', 'ranking', 'none'] as const;
export type ChartForm = (typeof CHART_FORMS)[number];
export const GRAINS = ['auto', 'day', 'week', 'month'] as const;
export type Grain = (typeof GRAINS)[number];
export type ExplorerView = 'groups' | 'lines';
export type ExplorerSort = { readonly by: string; readonly descending: boolean };

export type ExplorerState = {
  readonly scope: Scope;
  /** Discounts and credits on the usage they apply to. */
  readonly spread: boolean;
  readonly groupBy: readonly string[];
  readonly measures: readonly ExplorerMeasure[];
  /** The metric beside the bill that the measures of requests count. */
  readonly counted: string;
  readonly form: ChartForm;
  readonly grain: Grain;
  /** null = the first measure, biggest first (time: in order). */
  readonly sort: ExplorerSort | null;
  readonly view: ExplorerView;
  /** The line item whose detail is open. */
  readonly line: number | null;
};

export const INITIAL_STATE: ExplorerState = {
  scope: 'bedrock',
  spread: false,
  groupBy: ['model'],
  measures: ['cost', 'tokens', 'effectiveRate'],
  counted: 'requests',
  form: 'auto',
  grain: 'auto',
  sort: null,
  view: 'groups',
  line: null,
};

/** Keys the explorer owns in the address; the context bar owns the others. */
export const EXPLORER_KEYS = [
  'scope',
  'spread',
  'group',
  'show',
  'count',
  'chart',
  'grain',
  'sort',
  'view',
  'line',
] as const;
type ExplorerKey = (typeof EXPLORER_KEYS)[number];

const SEPARATOR = '|';

function isMeasure(value: string): value is ExplorerMeasure {
  return value === 'cost' || (MEASURES as readonly string[]).includes(value);
}

function oneOf<T extends string>(values: readonly T[], value: string | null, otherwise: T): T {
  return values.find((candidate) => candidate === value) ?? otherwise;
}

/** Reads the state from the address. Anything it does not understand falls back to the initial value. */
export function readExplorerState(parameters: URLSearchParams): ExplorerState {
  const group = parameters.get('group');
  const show = parameters.get('show')?.split(SEPARATOR).filter(isMeasure) ?? [];
  const sort = parameters.get('sort');
  const line = Number(parameters.get('line') ?? Number.NaN);
  return {
    scope: oneOf(SCOPES, parameters.get('scope'), 'bedrock'),
    spread: parameters.get('spread') === 'yes',
    groupBy:
      group === null
        ? INITIAL_STATE.groupBy
        : unique(group.split(SEPARATOR).filter((name) => DIMENSION_PATTERN.test(name))).slice(
            0,
            MAX_EXPLORER_GROUPS,
          ),
    measures: show.length === 0 ? INITIAL_STATE.measures : unique(show),
    counted: parameters.get('count')?.slice(0, 100) || INITIAL_STATE.counted,
    form: oneOf(CHART_FORMS, parameters.get('chart'), 'auto'),
    grain: oneOf(GRAINS, parameters.get('grain'), 'auto'),
    sort:
      sort === null || sort === '' ? null : { by: sort.replace(/^-/u, ''), descending: sort.startsWith('-') },
    view: parameters.get('view') === 'lines' ? 'lines' : 'groups',
    line: Number.isInteger(line) && line >= 0 ? line : null,
  };
}

/** What differs from the initial state, by key; null takes the key out of the address. */
export function writeExplorerState(state: ExplorerState): Record<ExplorerKey, string | null> {
  const group = state.groupBy.join(SEPARATOR);
  const show = state.measures.join(SEPARATOR);
  return {
    scope: state.scope === 'bedrock' ? null : state.scope,
    spread: state.spread ? 'yes' : null,
    group: group === INITIAL_STATE.groupBy.join(SEPARATOR) ? null : group,
    show: show === INITIAL_STATE.measures.join(SEPARATOR) ? null : show,
    count: state.counted === INITIAL_STATE.counted ? null : state.counted,
    chart: state.form === 'auto' ? null : state.form,
    grain: state.grain === 'auto' ? null : state.grain,
    sort: state.sort === null ? null : `${state.sort.descending ? '-' : ''}${state.sort.by}`,
    view: state.view === 'groups' ? null : state.view,
    line: state.line === null ? null : String(state.line),
  };
}

/** The measure a query asks for. */
export function measureName(measure: ExplorerMeasure, basis: Basis): Measure {
  return measure === 'cost' ? basis : measure;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
