// What the rates under edit make of the usage that is held: the contracted amount before and after, by model; or what is wrong.
import { useMemo } from 'react';
import { dimensionName } from '../../../shared/format/names.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Note, Skeleton } from '../../ui/states.tsx';
import { Money } from '../../ui/values.tsx';
import classes from './contract.module.css';
import type { Report } from './draft.ts';

type Effect = NonNullable<Report['effect']>;
type Model = Effect['models'][number];

type Props = { readonly report: Report | null; readonly problem: string | null };

export function EffectPanel({ report, problem }: Props) {
  if (problem !== null) return <Note tone="danger">{problem}</Note>;
  if (report === null) {
    return (
      <Panel title="What it makes of the usage held" grow>
        <Skeleton height={22} rows={4} label="Looking at the usage held" />
      </Panel>
    );
  }
  if (report.faults.length > 0) return <Faults report={report} />;
  return report.effect === null ? null : <EffectTable effect={report.effect} />;
}

function Faults({ report: { faults } }: { readonly report: Report }) {
  const format = useFormat();
  return (
    <Panel
      title={faults.length === 1 ? '1 fault' : `${format.count(faults.length)} faults`}
      note="Nothing can be saved while a rate has a fault."
      grow
    >
      <ul className={classes.faults}>
        {faults.slice(0, 100).map(({ number, line, column, value, problem }) => (
          <li key={`${number} ${column} ${problem}`}>
            <strong>
              Rate {number}
              {line === null ? '' : `, line ${line}`}
              {column === null ? '' : `, ${column.replaceAll('_', ' ')}`}
            </strong>{' '}
            {value === '' ? '' : `“${value}” `}
            {problem}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function EffectTable({ effect }: { readonly effect: Effect }) {
  const format = useFormat();
  const columns = useMemo(() => effectColumns(), []);
  const { lines, before, after, models } = effect;
  const known =
    after.lines === 0
      ? 'No line that is held has a contract price: its contracted amount is not known, and not zero.'
      : `Contract prices are known for ${format.count(after.lines)} of ${format.count(lines)} usage lines; the others have none.`;
  return (
    <Panel title="What it makes of the usage held, USD" note={known} grow>
      <Grid<Model>
        label="Contracted amount by model"
        columns={columns}
        rows={models}
        rowKey={({ model }) => model ?? ''}
        height="fill"
        empty="No usage that is held falls under a rate."
        footer={{
          model: 'All',
          before: <Money value={before.contracted} currency="USD" why="No contract price." />,
          after: <Money value={after.contracted} currency="USD" why="No contract price." />,
          change: <Money value={difference(effect)} currency="USD" why={NOT_BOTH} />,
          invoiced: <Money value={after.invoiced} currency="USD" />,
          lines: format.count(after.lines),
        }}
      />
    </Panel>
  );
}

const NOT_BOTH = 'A contract price is known only before or only after.';

function difference({ before, after }: Pick<Model, 'before' | 'after'>): number | null {
  return before.contracted === null || after.contracted === null
    ? null
    : after.contracted - before.contracted;
}

function effectColumns(): readonly GridColumn<Model>[] {
  const money = (
    id: string,
    header: string,
    value: (row: Model) => number | null,
    why: string,
  ): GridColumn<Model> => ({
    id,
    header,
    kind: 'number',
    width: 104,
    value,
    render: (row) => <Money value={value(row)} currency="USD" why={why} />,
  });
  return [
    {
      id: 'model',
      header: dimensionName('model'),
      kind: 'text',
      width: 150,
      grow: 2,
      value: ({ model }) => model ?? 'Feature without a model',
    },
    money('listed', 'At list', ({ listed }) => listed, 'The catalog has no price.'),
    money('before', 'In use', ({ before }) => before.contracted, 'No contract price is known.'),
    money('after', 'As edited', ({ after }) => after.contracted, 'No contract price is known.'),
    money('change', 'Change', difference, NOT_BOTH),
    money('invoiced', 'Unblended', ({ after }) => after.invoiced, ''),
    { id: 'lines', header: 'Lines', kind: 'number', width: 72, value: ({ after }) => after.lines },
  ];
}
