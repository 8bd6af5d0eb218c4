// A Cost Explorer download against what is held, per month and service. Nothing of it is stored.
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconFileSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { asFailure } from '../../../shared/contract/errors.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { useNotice } from '../../app/notice.tsx';
import { call } from '../../bridge.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { EmptyState, ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import { Unknown } from '../../ui/values.tsx';
import classes from './import.module.css';

type Answer = Output<'import.crossCheck'>;
type Row = Answer['rows'][number];

type Check =
  | { readonly phase: 'none' }
  | { readonly phase: 'reading'; readonly name: string }
  | { readonly phase: 'done'; readonly name: string; readonly answer: Answer }
  | { readonly phase: 'failed'; readonly name: string; readonly message: string };

const STATES: Readonly<Record<Row['state'], string>> = {
  agrees: '✓ agrees',
  differs: '✗ differs',
  only_file: '✗ only in the file',
  only_held: '✗ only held',
};

export function CrossCheck() {
  const [check, setCheck] = useState<Check>({ phase: 'none' });
  const choose = async (): Promise<void> => {
    const [file] = await window.assay.pickFiles();
    if (file === undefined) return;
    setCheck({ phase: 'reading', name: file.name });
    try {
      const answer = await call('import.crossCheck', { sources: [file.token] });
      setCheck({ phase: 'done', name: file.name, answer });
    } catch (error) {
      setCheck({ phase: 'failed', name: file.name, message: asFailure(error).message });
    }
  };
  const button = (
    <Button leftSection={<IconFileSearch size={14} />} onClick={() => void choose()}>
      Choose a Cost Explorer CSV
    </Button>
  );
  if (check.phase === 'none') {
    return (
      <EmptyState title="Compare with Cost Explorer" actions={button}>
        Download a CSV from Cost Explorer, grouped by service, with unblended costs and all charge types. Its
        totals are compared with what is held, by month of use and service. It has no line items, so nothing
        of it is stored.
      </EmptyState>
    );
  }
  if (check.phase === 'reading') return <Skeleton height={30} rows={8} label={`Comparing ${check.name}`} />;
  if (check.phase === 'failed') {
    return (
      <ErrorState
        title={`Not compared: ${check.name}`}
        message={check.message}
        safe="Nothing was changed in the workspace."
      >
        {button}
      </ErrorState>
    );
  }
  return (
    <div className={classes.stack}>
      <Result name={check.name} answer={check.answer} />
      <div>{button}</div>
    </div>
  );
}

function Result({ name, answer }: { readonly name: string; readonly answer: Answer }) {
  const format = useFormat();
  const { say } = useNotice();
  return (
    <>
      {answer.months.map(({ month, currency, file, held, difference, agrees }) => (
        <p key={`${month} ${currency}`} className={classes.accounted}>
          {agrees ? (
            <IconCheck size={16} className={classes.okay} aria-hidden />
          ) : (
            <IconAlertTriangle size={16} className={classes.wrong} aria-hidden />
          )}
          <span>
            {format.month(month)}: {name} says {format.money(file, currency)}, held are{' '}
            {format.money(held, currency)}
            {agrees ? ', which agree.' : `, ${format.money(difference, currency)} apart.`}
          </span>
        </p>
      ))}
      {answer.rowCount > answer.rows.length && (
        <Note>
          The first {format.count(answer.rows.length)} of {format.count(answer.rowCount)} services are listed.
        </Note>
      )}
      <Grid
        label="Cross-check with Cost Explorer"
        columns={columnsFor(format)}
        rows={answer.rows}
        rowKey={({ month, currency, service }) => [month, currency, service].join('\u0000')}
        onCopied={(count) => say(`${format.count(count)} rows copied`)}
        height={480}
      />
    </>
  );
}

function columnsFor(format: ReturnType<typeof useFormat>): GridColumn<Row>[] {
  const money = (id: 'file' | 'held' | 'difference', header: string, why: string): GridColumn<Row> => ({
    id,
    header,
    kind: 'number',
    width: 108,
    value: (row) => row[id],
    render: (row) =>
      row[id] === null ? (
        <Unknown why={why} />
      ) : (
        <span title={String(row[id])}>{format.amount(row[id])}</span>
      ),
  });
  return [
    {
      id: 'state',
      header: 'State',
      kind: 'text',
      width: 128,
      value: ({ state }) => state,
      render: ({ state }) => (
        <span className={state === 'agrees' ? classes.agrees : classes.differs}>{STATES[state]}</span>
      ),
    },
    { id: 'month', header: 'Month', kind: 'text', width: 84, value: ({ month }) => month },
    { id: 'service', header: 'Service', kind: 'text', width: 210, grow: 2, value: ({ service }) => service },
    { id: 'heldAs', header: 'Held as', kind: 'mono', width: 130, grow: 1, value: ({ heldAs }) => heldAs },
    money('file', 'File', 'The download has no amount for this service and month.'),
    money('held', 'Held', 'No line of this service and month is held.'),
    money('difference', 'Difference', ''),
    { id: 'currency', header: 'Currency', kind: 'text', width: 88, value: ({ currency }) => currency },
  ];
}
