// A ranking of one dimension by cost; a row narrows the whole screen to it.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ColourOf } from '../../../shared/charts/colour.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { toCsv } from '../../../shared/format/delimited.ts';
import { BASIS_NAMES, dimensionName, valueName } from '../../../shared/format/names.ts';
import { openScreen, useAnalysis } from '../../app/navigation.ts';
import { useColours } from '../../app/use-colours.ts';
import { useEngine } from '../../engine.ts';
import { type BarItem, BarList } from '../../ui/bar-list.tsx';
import { download } from '../../ui/download.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { rankingQuery, type Selection } from './questions.ts';
import type { RankedDimension } from './use-room.ts';

type Props = {
  readonly dimension: RankedDimension;
  /** Rows shown by name; the rest is summed up in one more. */
  readonly rows: number;
  readonly selection: Selection;
  readonly currency: string;
};

const MOST = 500;
/** Stands for every value behind the leading ones; not a value of the bill. */
const OTHER = '\u0000other';
const NO_VALUE = '\u0000none';

export function BreakdownPanel({ dimension, rows, selection, currency }: Props) {
  const format = useFormat();
  const { where, change } = useAnalysis();
  const colours = useColours(dimension);
  const { basis } = selection;
  const answer = useEngine('spend.query', rankingQuery(selection, dimension, basis, MOST));
  const title = `By ${dimensionName(dimension).toLowerCase()}`;
  if (answer.isError) {
    return (
      <Panel title={title}>
        <ErrorState title="Not read" message={answer.error.message} onRetry={() => void answer.refetch()} />
      </Panel>
    );
  }
  const total = answer.data?.totals[basis] ?? null;
  const items = answer.data === undefined ? null : itemsOf(answer.data, dimension, rows, total, colours);
  const choose = (id: string): void =>
    change({ where: [...where, { dimension, operator: '=', values: [id === NO_VALUE ? null : id] }] });
  return (
    <Panel
      title={title}
      aside={
        <>
          {BASIS_NAMES[basis]}, {currency}
          {answer.data !== undefined && <Actions title={title} dimension={dimension} answer={answer.data} />}
        </>
      }
    >
      {items === null ? (
        <Skeleton height={24} rows={rows} />
      ) : items.length === 0 ? (
        <EmptyState title="Nothing in this selection" />
      ) : (
        <BarList label={title} items={items} format={format.amount} whole={total} onChoose={choose} />
      )}
    </Panel>
  );
}

function itemsOf(
  answer: Output<'spend.query'>,
  dimension: string,
  most: number,
  total: number | null,
  colours: (shown: readonly (string | null)[]) => ColourOf,
): BarItem[] {
  const rows = answer.rows.map((row) => ({
    value: row[0] === null || row[0] === undefined ? null : String(row[0]),
    amount: typeof row[1] === 'number' ? row[1] : null,
  }));
  // One row more than fits is shown rather than hidden behind an "other" of one.
  const shown = rows.length <= most + 1 ? rows : rows.slice(0, most);
  const colour = colours(shown.map(({ value }) => value));
  const items = shown.map(
    ({ value, amount }): BarItem => ({
      id: value ?? NO_VALUE,
      label: valueName(dimension, value),
      value: amount,
      colour: colour(value),
      muted: value === null,
    }),
  );
  if (shown.length === rows.length || total === null) return items;
  const rest = shown.reduce((left, { amount }) => left - (amount ?? 0), total);
  const hidden = answer.rowCount - shown.length;
  return [
    ...items,
    {
      id: OTHER,
      label: `${hidden} more`,
      value: rest,
      colour: colour(null),
      muted: true,
      choosable: false,
    },
  ];
}

type ActionsProps = {
  readonly title: string;
  readonly dimension: string;
  readonly answer: Output<'spend.query'>;
};

function Actions({ title, dimension, answer }: ActionsProps) {
  const save = (): void => {
    const header = answer.columns.map(({ name, unit }) => (unit === null ? name : `${name} (${unit})`));
    download(`${title}.csv`, new Blob([toCsv(header, answer.rows)], { type: 'text/csv' }));
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={24} aria-label={`${title}: more`}>
          <IconDots size={16} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => openScreen('explorer', { own: { group: dimension } })}>
          Open in the explorer
        </Menu.Item>
        <Menu.Item onClick={save}>Figures (CSV)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
