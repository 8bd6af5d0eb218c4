// Usage that no rule covers, or whose unit is not known: kept with its cost, never guessed.
import { IconCheck } from '@tabler/icons-react';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Format } from '../../../shared/format/format.ts';
import { useNotice } from '../../app/notice.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import classes from './import.module.css';

type Row = Output<'spend.unknown'>['rows'][number];

const PROBLEMS: Readonly<Record<Row['problem'], string>> = {
  unknown_usage_type: 'No rule covers this usage type',
  unknown_unit: 'The unit is not known: cost counts, quantity does not',
  unit_conflict: 'The unit does not fit the catalog price',
};

export function UnknownLines() {
  const format = useFormat();
  const { say } = useNotice();
  const answer = useEngine('spend.unknown', {});
  if (answer.isError) {
    return (
      <ErrorState
        title="The unknown lines could not be read"
        message={answer.error.message}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <Skeleton height={30} rows={8} />;
  const { rows } = answer.data;
  if (rows.length === 0) {
    return (
      <EmptyState title="No unknown line" icon={<IconCheck size={24} stroke={1.5} />}>
        Every Bedrock usage line is covered by a rule, and every unit is known.
      </EmptyState>
    );
  }
  return (
    <div className={classes.stack}>
      <p className={classes.hint}>
        These lines are in every total with their cost. They carry no model or meter, because a wrong one
        would be worse than none.
      </p>
      <Grid
        label="Unknown lines"
        columns={columnsFor(format)}
        rows={rows}
        rowKey={(row) =>
          [row.usageType, row.service, row.unit, row.description, row.currency, row.problem].join('\u0000')
        }
        sort={{ by: 'unblended', descending: true }}
        onCopied={(count) => say(`${format.count(count)} rows copied`)}
        height={480}
      />
    </div>
  );
}

function columnsFor(format: Format): GridColumn<Row>[] {
  return [
    {
      id: 'usageType',
      header: 'Usage type',
      kind: 'mono',
      width: 230,
      grow: 2,
      value: (row) => row.usageType,
    },
    { id: 'service', header: 'Service', kind: 'text', width: 130, grow: 1, value: (row) => row.service },
    { id: 'unit', header: 'Unit', kind: 'text', width: 90, value: (row) => row.unit },
    {
      id: 'problem',
      header: 'Problem',
      kind: 'text',
      width: 210,
      grow: 1,
      value: (row) => PROBLEMS[row.problem],
    },
    {
      id: 'lineItems',
      header: 'Line items',
      kind: 'number',
      width: 88,
      value: (row) => row.lineItems,
      render: (row) => format.count(row.lineItems),
    },
    {
      id: 'unblended',
      header: 'Unblended',
      kind: 'number',
      width: 104,
      value: (row) => row.unblended,
      render: (row) => format.money(row.unblended, row.currency),
    },
    {
      id: 'days',
      header: 'Days',
      kind: 'text',
      width: 150,
      value: (row) => row.firstDay,
      render: (row) => format.period({ from: row.firstDay, to: row.lastDay }),
    },
  ];
}
