// The groups as a grid: dimensions, measures with their units, what changed, and totals over all matching rows.
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronsRight, IconFilter, IconListDetails } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import type { Basis } from '../../../shared/domain/spend/vocabulary.ts';
import type { Format } from '../../../shared/format/format.ts';
import { BASIS_NAMES, dimensionName, valueName } from '../../../shared/format/names.ts';
import { useNotice } from '../../app/notice.tsx';
import { stepText } from '../../app/time-steps.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn, type GridSort } from '../../ui/grid.tsx';
import { Unknown } from '../../ui/values.tsx';
import {
  differenceOf,
  type GridRow,
  type Sides,
  type SpendAnswer,
  shareOfChange,
  sidesOf,
} from './answer.ts';
import { measureHeading } from './choices.ts';
import type { GroupCell } from './drill.ts';
import { type ExplorerMeasure, measureName } from './explorer-state.ts';
import { exactText, FigureCell, figureText, type Unit, unitTitle } from './figures.tsx';
import { isAdditive, isTime } from './question.ts';

type Props = {
  readonly answer: SpendAnswer;
  readonly rows: readonly GridRow[];
  readonly measures: readonly ExplorerMeasure[];
  readonly basis: Basis;
  /** The metric that the measures of requests count. */
  readonly counted: string;
  readonly sort: GridSort;
  readonly onSort: (sort: GridSort) => void;
  readonly onMore: () => void;
  readonly onDrill: (group: readonly GroupCell[]) => void;
  readonly onFilter: (group: readonly GroupCell[]) => void;
  readonly onLines: (group: readonly GroupCell[]) => void;
};

export function GroupGrid(props: Props) {
  const { answer, rows, measures, basis, counted, sort, onSort, onMore, onDrill, onFilter, onLines } = props;
  const format = useFormat();
  const { say } = useNotice();
  const wide = useMediaQuery('(min-width: 1800px)') ?? false;
  const compared = answer.compare !== null;
  const noChange = whyNoChange(answer, format);
  const columns = useMemo(
    () => [
      ...answer.columns
        .filter(({ kind }) => kind === 'dimension')
        .map(({ name }, index) => dimensionColumn(name, index, format)),
      ...measures.flatMap((measure, index) => {
        const name = measureName(measure, basis);
        const column = answer.columns.find((one) => one.name === name);
        if (column === undefined) return [];
        const heading = measure === 'cost' ? BASIS_NAMES[basis] : measureHeading(measure, basis, counted);
        const own = measureColumn(name, heading, column.unit, format);
        return compared && (wide || index === 0)
          ? [own, ...changeColumns(name, heading, column.unit, format, noChange)]
          : [own];
      }),
    ],
    [answer.columns, noChange, measures, basis, counted, format, compared, wide],
  );
  return (
    <Grid<GridRow>
      label="Groups"
      columns={columns}
      rows={rows}
      rowKey={({ key }) => key}
      sort={sort}
      onSort={onSort}
      onActivate={({ group }) => onDrill(group)}
      onEndNear={onMore}
      height="fill"
      footer={totalsRow(answer, columns, format)}
      empty="No line matches these filters in this period."
      onCopied={(count) => say(`Copied ${count} rows`)}
      actions={[
        {
          key: 'd',
          label: 'Drill down',
          icon: <IconChevronsRight size={15} />,
          run: ({ group }) => onDrill(group),
        },
        {
          key: 'f',
          label: 'Filter to this',
          icon: <IconFilter size={15} />,
          run: ({ group }) => onFilter(group),
        },
        {
          key: 'l',
          label: 'Line items',
          icon: <IconListDetails size={15} />,
          run: ({ group }) => onLines(group),
        },
      ]}
    />
  );
}

type Column = GridColumn<GridRow>;

function dimensionColumn(dimension: string, index: number, format: Format): Column {
  const value = ({ group }: GridRow): string | null => group[index]?.value ?? null;
  const text = (row: GridRow): string => {
    const held = value(row);
    if (held !== null && isTime(dimension)) return stepText(dimension, held, format).long;
    return valueName(dimension, held);
  };
  return {
    id: dimension,
    header: dimensionName(dimension),
    kind: dimension === 'usageType' || dimension === 'resource' ? 'mono' : 'text',
    value,
    render: (row) => (
      <span
        title={text(row)}
        style={value(row) === null ? { color: 'var(--ink-faint)', fontStyle: 'italic' } : {}}
      >
        {text(row)}
      </span>
    ),
    width: index === 0 ? 180 : 130,
    grow: 3,
  };
}

function measureColumn(name: string, heading: string, unit: Unit, format: Format): Column {
  const named = unitTitle(unit);
  const title = named === heading.toLowerCase() ? null : named;
  return {
    id: name,
    header: heading,
    ...(title === null ? {} : { unit: title }),
    kind: 'number',
    value: ({ figures }) => figures[name] ?? null,
    render: ({ figures }) =>
      name in figures ? (
        <FigureCell value={figures[name] ?? null} unit={unit} measure={name} format={format} />
      ) : (
        <Unknown why="No such lines in this period; the comparison period has some." />
      ),
    // Name, unit and the arrow of the sorting side by side.
    width: Math.max(112, 44 + 7 * (heading.length + (title?.length ?? 0))),
    grow: 1,
  };
}

/** Amount and percent of change against the comparison period. Sorted by the engine's measures only, so not by these. */
function changeColumns(name: string, heading: string, unit: Unit, format: Format, unknown: string): Column[] {
  const title = unitTitle(unit);
  return [
    {
      id: `${name} change`,
      header: 'Change',
      ...(title === null ? {} : { unit: title }),
      hint: `${heading}: this period less the comparison period`,
      kind: 'number',
      sortable: false,
      value: (row) => differenceOf(sidesOf(row, name), name),
      render: (row) => <ChangeCell {...{ unit, format, unknown }} {...sidesOf(row, name)} measure={name} />,
      width: Math.max(110, 64 + 7 * (title?.length ?? 0)),
      grow: 1,
    },
    {
      id: `${name} change %`,
      header: 'Change',
      unit: '%',
      hint: `${heading}: change as a share of the comparison period`,
      kind: 'number',
      sortable: false,
      value: (row) => shareOfChange(sidesOf(row, name)),
      render: (row) => <SharedChangeCell {...{ format, unknown }} {...sidesOf(row, name)} />,
      width: 100,
    },
  ];
}

/** Why a change may be unknown. */
function whyNoChange({ compare }: SpendAnswer, format: Format): string {
  if (compare === null || compare.notHeld.length === 0) return 'The figure is not known for both periods.';
  return `Nothing is held of ${compare.notHeld.map(format.month).join(', ')}, so what changed is not known.`;
}

type CellProps = Sides & { readonly format: Format; readonly unknown: string };

function ChangeCell({
  measure,
  unit,
  format,
  unknown,
  ...sides
}: CellProps & { readonly measure: string; readonly unit: Unit }): ReactNode {
  const change = differenceOf(sides, measure);
  if (change === null) return <Unknown why={unknown} />;
  const { past } = sides;
  const before = typeof past === 'number' ? figureText(past, unit, format) : 'nothing';
  const shown = !isAdditive(measure) && isDust(change, sides) ? 0 : change;
  return (
    <span title={`${exactText(change, unit, format)}. Before: ${before}`}>
      {shown > 0 ? '+' : ''}
      {figureText(shown, unit, format)}
    </span>
  );
}

/** A rate is a quotient of rounded amounts: below a hundredth of a percent its change says nothing but digits. */
function isDust(change: number, { now, past }: Sides): boolean {
  if (typeof now !== 'number' || typeof past !== 'number') return false;
  return Math.abs(change) < 1e-4 * Math.max(Math.abs(now), Math.abs(past));
}

function SharedChangeCell({ now, past, format, unknown }: CellProps): ReactNode {
  if (past === 'no lines') return <span title="The comparison period has no such lines.">new</span>;
  if (now === 'no lines') return <span title="This period has no such lines.">gone</span>;
  if (past === 0) return <Unknown why="The comparison period’s figure is 0." />;
  const share = shareOfChange({ now, past });
  if (share === null) return <Unknown why={unknown} />;
  return (
    <>
      <span aria-hidden style={{ fontSize: '0.7em', marginInlineEnd: 4, color: 'var(--ink-faint)' }}>
        {share > 0 ? '▲' : share < 0 ? '▼' : ''}
      </span>
      {format.percentChange(share)}
    </>
  );
}

/** Totals over all matching rows, loaded or not. */
function totalsRow(
  answer: SpendAnswer,
  columns: readonly Column[],
  format: Format,
): Record<string, ReactNode> {
  const [first] = columns;
  const unknown = whyNoChange(answer, format);
  const beforeHeld = answer.compare !== null && answer.compare.notHeld.length === 0;
  const units = new Map(answer.columns.map(({ name, unit }) => [name, unit]));
  const cells = columns.flatMap(({ id }): [string, ReactNode][] => {
    const [, name = '', percent] = /^(\w+) change( %)?$/u.exec(id) ?? [];
    const measure = name === '' ? id : name;
    if (!(measure in answer.totals)) return [];
    const unit = units.get(measure) ?? null;
    const now = answer.totals[measure] ?? null;
    const past = beforeHeld ? (answer.compare?.totals[measure] ?? null) : null;
    if (name === '') return [[id, <FigureCell key={id} {...{ unit, measure, format }} value={now} />]];
    if (percent === undefined)
      return [[id, <ChangeCell key={id} measure={name} {...{ now, past, unit, format, unknown }} />]];
    return [[id, <SharedChangeCell key={id} {...{ now, past, format, unknown }} />]];
  });
  const label = `Total, ${format.count(answer.rowCount)} ${answer.rowCount === 1 ? 'row' : 'rows'}`;
  return { ...(first?.kind === 'number' ? {} : { [first?.id ?? '']: label }), ...Object.fromEntries(cells) };
}
