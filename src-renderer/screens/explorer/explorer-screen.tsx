// Any question about spend: up to three dimensions, chosen measures, a chart, a grid, and the line items behind them.
import { Button } from '@mantine/core';
import { useMediaQuery, useViewportSize } from '@mantine/hooks';
import { IconZoomQuestion } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { AssayError } from '../../../shared/contract/errors.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Basis, Period } from '../../../shared/domain/spend/vocabulary.ts';
import { dimensionName } from '../../../shared/format/names.ts';
import { type Analysis, useAnalysis, useScreenKeys } from '../../app/navigation.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import type { GridSort } from '../../ui/grid.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { measureHeading } from './choices.ts';
import { type GroupCell, narrowTo, nextDimension } from './drill.ts';
import classes from './explorer.module.css';
import { type ExplorerState, measureName, readExplorerState, writeExplorerState } from './explorer-state.ts';
import { Exports } from './exports.tsx';
import { GroupChart } from './group-chart.tsx';
import { GroupGrid } from './group-grid.tsx';
import { LineDetail } from './line-detail.tsx';
import { LineGrid } from './line-grid.tsx';
import { ProvenanceLine } from './provenance.tsx';
import { chartQuestion, gridQuery, type QuestionContext } from './question.ts';
import { Toolbar } from './toolbar.tsx';
import { useGroups } from './use-groups.ts';
import type { LinesQuery } from './use-lines.ts';

export function ExplorerScreen() {
  const info = useEngine('workspace.info', {});
  const analysis = useAnalysis();
  if (info.error !== null) {
    return (
      <ErrorState
        title="The workspace could not be read"
        message={info.error.message}
        safe="Nothing was changed."
        onRetry={() => void info.refetch()}
      />
    );
  }
  if (info.data === undefined || !analysis.ready) return <Skeleton height={28} rows={12} />;
  return <Explorer info={info.data} analysis={analysis} />;
}

type Props = { readonly info: Output<'workspace.info'>; readonly analysis: Analysis };

function Explorer({ info, analysis }: Props) {
  const { days, compareTo, basis, where, change } = analysis;
  const [own, changeKeys] = useScreenKeys();
  const state = useMemo(() => readExplorerState(new URLSearchParams(own)), [own]);
  const set = (part: Partial<ExplorerState>, replace = false): void =>
    changeKeys(writeExplorerState({ ...state, ...part }), replace);
  const context = useMemo<QuestionContext>(
    () => ({ period: days, compareTo, basis, where }),
    [days, compareTo, basis, where],
  );
  const lines = linesQuery(state, context);
  const narrow = (group: readonly GroupCell[]): void => {
    const narrowed = narrowTo(group, { where, period: days });
    change({ where: narrowed.where, ...(narrowed.period === null ? {} : { period: narrowed.period }) });
  };
  const drill = (group: readonly GroupCell[]): void => {
    narrow(group);
    const dimension = group.at(-1)?.dimension ?? 'model';
    const taken = [...where.map((filter) => filter.dimension), ...group.map((cell) => cell.dimension)];
    const next = nextDimension(dimension, taken);
    set(next === null ? { view: 'lines', sort: null } : { groupBy: [next], sort: null }, true);
  };
  const parts = { state, context, set };
  return (
    <div className={classes.screen}>
      <Exports
        groups={gridQuery(state, context, 0)}
        lines={lines}
        period={days}
        held={info.days}
        question={questionText(state, basis)}
      />
      <Toolbar state={state} basis={basis} info={info} onChange={set} />
      {state.view === 'groups' ? (
        <Groups
          {...parts}
          held={info.days}
          onNarrow={narrow}
          onDrill={drill}
          onPeriod={(period) => change({ period })}
          onClear={(what) => change(what === 'filters' ? { where: [] } : { period: 'all' })}
          onLines={(group) => {
            narrow(group);
            set({ view: 'lines', sort: null }, true);
          }}
        />
      ) : (
        <Lines {...parts} query={lines} />
      )}
      <LineDetail id={state.line} onClose={() => set({ line: null })} />
    </div>
  );
}

type PartProps = {
  readonly state: ExplorerState;
  readonly context: QuestionContext;
  readonly set: (part: Partial<ExplorerState>, replace?: boolean) => void;
};

/** What stands above and below the chart beside the grid on a wide window. */
const FRAME_HEIGHT = 290;

type GroupsProps = PartProps & {
  readonly onNarrow: (group: readonly GroupCell[]) => void;
  readonly onDrill: (group: readonly GroupCell[]) => void;
  readonly onLines: (group: readonly GroupCell[]) => void;
  readonly held: Period | null;
  /** Takes off all filters, or the period. */
  readonly onClear: (what: 'filters' | 'period') => void;
  readonly onPeriod: (period: Period) => void;
};

function Groups({ state, context, set, held, onNarrow, onDrill, onLines, onPeriod, onClear }: GroupsProps) {
  const format = useFormat();
  const wide = useMediaQuery('(min-width: 1800px)') ?? false;
  const { height } = useViewportSize();
  const query = gridQuery(state, context, 0);
  const groups = useGroups(query, true);
  const question = chartQuestion(state, context);
  const first = state.measures[0] ?? 'cost';
  const heading = measureHeading(first, context.basis, state.counted);
  if (groups.error !== null)
    return <QueryFailed error={groups.error} groups={groups} state={state} set={set} />;
  if (groups.first !== null && groups.rows.length === 0 && !groups.stale) {
    return <NothingMatches context={context} onClear={onClear} />;
  }
  const [sort] = query.sort ?? [];
  return (
    <div className={classes.body}>
      {question.form !== 'none' && (
        <Panel className={classes.chart ?? ''} title={chartTitle(heading, question)}>
          <GroupChart
            question={question}
            measure={measureName(first, context.basis)}
            heading={heading}
            height={wide ? Math.max(300, height - FRAME_HEIGHT) : 208}
            held={held}
            onFilter={onNarrow}
            onPeriod={onPeriod}
          />
        </Panel>
      )}
      <section className={classes.grid} aria-label="Groups">
        <div className={classes.gridBody} data-stale={groups.stale} aria-busy={groups.stale}>
          {groups.first === null ? (
            <div className={classes.padded}>
              <Skeleton height={22} rows={10} label="Loading groups" />
            </div>
          ) : (
            <GroupGrid
              answer={groups.first}
              rows={groups.rows}
              measures={state.measures}
              basis={context.basis}
              counted={state.counted}
              sort={asGridSort(sort)}
              onSort={(next) => set({ sort: next }, true)}
              onMore={groups.more}
              onDrill={onDrill}
              onFilter={onNarrow}
              onLines={onLines}
            />
          )}
        </div>
        {groups.first !== null && (
          <ProvenanceLine
            provenance={groups.first.provenance}
            compareTo={context.compareTo}
            held={held}
            caution={comparisonGap(context.compareTo, held, format.day)}
            question={questionText(state, context.basis)}
            keys="Enter drill, F filter, L lines"
          />
        )}
      </section>
    </div>
  );
}

/** Says when the comparison period is held in part only: a change against it is not like with like. */
function comparisonGap(
  compareTo: Period | null,
  held: Period | null,
  dayText: (day: string) => string,
): string | null {
  if (compareTo === null || held === null) return null;
  if (compareTo.to < held.from || compareTo.from > held.to) return 'nothing held to compare with';
  if (compareTo.from < held.from) return `comparison held from ${dayText(held.from)} only`;
  return null;
}

type NothingProps = Pick<PartProps, 'context'> & Pick<GroupsProps, 'onClear'>;

function NothingMatches({ context: { where, period }, onClear }: NothingProps) {
  return (
    <EmptyState
      title="No line matches"
      icon={<IconZoomQuestion size={32} stroke={1.2} />}
      actions={
        <>
          {where.length > 0 && <Button onClick={() => onClear('filters')}>Take off the filters</Button>}
          {period !== null && (
            <Button variant="default" onClick={() => onClear('period')}>
              Look at all held days
            </Button>
          )}
        </>
      }
    >
      Nothing that is imported fits these filters in this period and scope.
    </EmptyState>
  );
}

/** What is asked, in words: `Cost, unblended by model`. */
function questionText({ measures, groupBy, counted }: ExplorerState, basis: Basis): string {
  const heading = measureHeading(measures[0] ?? 'cost', basis, counted);
  const by = groupBy.map((dimension) => dimensionName(dimension).toLowerCase()).join(', ');
  return by === '' ? heading : `${heading} by ${by}`;
}

function chartTitle(heading: string, question: ReturnType<typeof chartQuestion>): string {
  switch (question.form) {
    case 'none':
      return heading;
    case 'ranking':
      return `${heading} by ${dimensionName(question.dimension).toLowerCase()}`;
    case 'time': {
      const by = question.dimension === null ? '' : ` and ${dimensionName(question.dimension).toLowerCase()}`;
      return `${heading} by ${question.grain}${by}`;
    }
  }
}

const asGridSort = (sort: { by: string; descending?: boolean | undefined } | undefined): GridSort => ({
  by: sort?.by ?? '',
  descending: sort?.descending ?? true,
});

type FailedProps = Pick<PartProps, 'state' | 'set'> & {
  readonly error: AssayError;
  readonly groups: { readonly retry: () => void };
};

/** Currencies are never added: the remedy is a group, one click away. */
function QueryFailed({ error, groups, state, set }: FailedProps) {
  const mixed = error.code === 'mixed_currency';
  return (
    <ErrorState
      title={mixed ? 'More than one currency' : 'The question could not be answered'}
      message={error.message}
      safe={mixed ? 'Amounts in different currencies are never added.' : 'What is imported is not touched.'}
      onRetry={mixed ? null : groups.retry}
    >
      {mixed && (
        <Button onClick={() => set({ groupBy: ['currency', ...state.groupBy].slice(0, 3) })}>
          Group by currency
        </Button>
      )}
    </ErrorState>
  );
}

const LINE_SORTS = ['start', 'unblended', 'quantity'] as const;

function linesQuery(state: ExplorerState, { period, where }: QuestionContext): LinesQuery {
  const by = LINE_SORTS.find((name) => name === state.sort?.by) ?? 'unblended';
  return {
    where: where.map((filter) => ({ ...filter, values: [...filter.values] })),
    period,
    scope: state.scope,
    sort: { by, descending: state.sort?.descending ?? true },
  };
}

function Lines({ state, context, set, query }: PartProps & { readonly query: LinesQuery }) {
  const total = useEngine('spend.query', {
    measures: [context.basis, 'lineItems'],
    where: query.where ?? [],
    period: context.period,
    basis: context.basis,
    scope: state.scope,
    limit: 1,
  });
  return (
    <section className={classes.grid} aria-label="Line items">
      <div className={classes.gridBody}>
        <LineGrid
          query={query}
          enabled
          open={state.line}
          sort={query.sort ?? { by: 'unblended', descending: true }}
          onSort={(sort) => set({ sort }, true)}
          onOpen={(line) => set({ line })}
        />
      </div>
      {total.data !== undefined && (
        <ProvenanceLine
          provenance={total.data.provenance}
          compareTo={null}
          held={null}
          caution={null}
          question="Line items"
          keys="Enter opens a line"
        />
      )}
    </section>
  );
}
