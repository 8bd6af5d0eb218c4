// What later deliveries changed about periods that were already held: each change, with its services and days.

import { Box, Table } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import type { Output } from '../../../shared/contract/methods.ts';
import { payerText } from '../../../shared/domain/ledger/payer.ts';
import type { Format } from '../../../shared/format/format.ts';
import { useScreenKeys } from '../../app/navigation.ts';
import { useNotice } from '../../app/notice.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import classes from './ledger.module.css';

type Restatement = Output<'ledger.restatements'>['restatements'][number];
type Change = { readonly name: string; readonly held: number; readonly incoming: number };

const keyOf = ({ recordedAt, payer, period, currency }: Restatement): string =>
  JSON.stringify([recordedAt, payer, period, currency]);
const stateText = (estimated: boolean): string => (estimated ? 'estimated' : 'final');

export function Restated() {
  const format = useFormat();
  const { say } = useNotice();
  const [keys, change] = useScreenKeys();
  const answer = useEngine('ledger.restatements', {});
  if (answer.isError) {
    return (
      <ErrorState
        title="The restatements could not be listed"
        message={answer.error.message}
        safe="Nothing was changed in the workspace."
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <Skeleton height={30} rows={6} label="Reading the restatements" />;
  const { restatements } = answer.data;
  const open = restatements.find((one) => keyOf(one) === keys.restated) ?? restatements[0];
  if (open === undefined) {
    return (
      <EmptyState title="Nothing was restated" icon={<IconHistory size={28} stroke={1.4} />}>
        When a delivery replaces a period that is held and changes its figures, the difference stays on record
        here, by service and by day.
      </EmptyState>
    );
  }
  return (
    <div className={classes.stack}>
      <Grid
        label="Restatements"
        columns={columnsFor(format)}
        rows={restatements}
        rowKey={keyOf}
        activeKey={keyOf(open)}
        onActivate={(one) => change({ restated: keyOf(one) }, true)}
        onCopied={(rows) => say(`${format.count(rows)} rows copied`)}
        height={250}
      />
      <Panel
        title={`${format.month(open.period)}, payer ${payerText(open.payer)}`}
        aside={`${open.currency}, unblended; held since ${format.dateTime(open.heldImportedAt)}`}
      >
        <div className={classes.pairWide}>
          <Changes
            title="Service"
            rows={open.byService.map(({ service, ...sides }) => ({ name: service, ...sides }))}
            restatement={open}
          />
          <Changes
            title="Day"
            rows={open.byDay.map(({ day, ...sides }) => ({ name: format.day(day), ...sides }))}
            restatement={open}
          />
        </div>
      </Panel>
    </div>
  );
}

type ChangesProps = {
  readonly title: string;
  readonly rows: readonly Change[];
  readonly restatement: Restatement;
};

function Changes({ title, rows, restatement: { currency } }: ChangesProps) {
  const format = useFormat();
  if (rows.length === 0) {
    return (
      <p className={classes.summary}>
        No {title.toLowerCase()} has another total: what changed lies below, such as rows, accounts, tags or
        quantities.
      </p>
    );
  }
  return (
    // Focusable, because it scrolls: its lower rows must be reachable without a mouse.
    <Box
      component="section"
      className={classes.changes}
      aria-label={`Changes by ${title.toLowerCase()}`}
      tabIndex={0}
    >
      <Table verticalSpacing={3} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{title}</Table.Th>
            <Table.Th className={classes.right}>Before</Table.Th>
            <Table.Th className={classes.right}>After</Table.Th>
            <Table.Th className={classes.right}>Change</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ name, held, incoming }) => (
            <Table.Tr key={name}>
              <Table.Td>{name === '' ? 'No service' : name}</Table.Td>
              <Table.Td className={classes.right}>{format.money(held, currency)}</Table.Td>
              <Table.Td className={classes.right}>{format.money(incoming, currency)}</Table.Td>
              <Table.Td className={classes.right}>{format.moneyChange(incoming - held, currency)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function columnsFor(format: Format): GridColumn<Restatement>[] {
  const money = (id: 'held' | 'incoming', header: string): GridColumn<Restatement> => ({
    id,
    header,
    kind: 'number',
    width: 120,
    value: (row) => row[id],
    render: (row) => format.money(row[id], row.currency),
  });
  return [
    {
      id: 'recordedAt',
      header: 'Restated',
      kind: 'text',
      width: 170,
      value: ({ recordedAt }) => recordedAt,
      render: ({ recordedAt }) => format.dateTime(recordedAt),
    },
    {
      id: 'period',
      header: 'Period',
      kind: 'text',
      width: 84,
      value: ({ period }) => period,
      render: ({ period }) => format.month(period),
    },
    { id: 'payer', header: 'Payer', kind: 'mono', width: 116, value: ({ payer }) => payer },
    {
      id: 'state',
      header: 'State',
      kind: 'text',
      width: 150,
      grow: 1,
      value: ({ heldEstimated, incomingEstimated }) =>
        `${stateText(heldEstimated)} → ${stateText(incomingEstimated)}`,
    },
    money('held', 'Before'),
    money('incoming', 'After'),
    {
      id: 'change',
      header: 'Change',
      kind: 'number',
      width: 120,
      value: ({ held, incoming }) => incoming - held,
      render: ({ held, incoming, currency }) => format.moneyChange(incoming - held, currency),
    },
  ];
}
