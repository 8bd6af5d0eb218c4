// What is open: every row with its cost, and beside it why it is there, its lines, and the form that answers it.
import { Anchor } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Format } from '../../../shared/format/format.ts';
import { formatLocation, INITIAL_CONTEXT } from '../../app/location.ts';
import { useNotice } from '../../app/notice.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { EmptyState, ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import classes from './review.module.css';
import { type TrayRow, typedForRow } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';

const PROBLEMS: Readonly<Record<TrayRow['problem'], string>> = {
  unknown_usage_type: 'Unknown usage type',
  unknown_unit: 'Unknown unit',
  unit_conflict: 'Unit conflict',
  profile_without_model: 'Profile without model',
  looks_like_ai: 'Looks like AI',
};

/** The same for the narrow column of the list. */
const SHORT: Readonly<Record<TrayRow['problem'], string>> = {
  unknown_usage_type: 'Unknown kind',
  unknown_unit: 'Unknown unit',
  unit_conflict: 'Unit conflict',
  profile_without_model: 'No model',
  looks_like_ai: 'Looks like AI',
};

const keyOf = (row: TrayRow): string =>
  JSON.stringify([
    row.problem,
    row.usageType,
    row.service,
    row.unit,
    row.description,
    row.resource,
    row.currency,
    row.meter,
    row.mode,
  ]);

export function Tray({ readOnly }: { readonly readOnly: boolean }) {
  const format = useFormat();
  const { say } = useNotice();
  const answer = useEngine('review.tray', {});
  const [chosen, setChosen] = useState<string | null>(null);
  if (answer.isError) {
    return (
      <ErrorState
        title="The open questions could not be listed"
        message={answer.error.message}
        safe="Nothing was changed in the workspace."
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <Skeleton height={30} rows={10} label="Looking through the lines" />;
  const { rows, rowCount } = answer.data;
  const open = rows.find((row) => keyOf(row) === chosen) ?? rows[0];
  if (open === undefined) {
    return (
      <EmptyState title="Nothing is open" icon={<IconCheck size={24} stroke={1.5} />}>
        Every usage line has a kind, a unit and a place: no rule gave up, no unit is in doubt, every inference
        profile has its model, and nothing outside Bedrock looks like AI.
      </EmptyState>
    );
  }
  return (
    <div className={classes.split}>
      <section className={classes.list} aria-label="Open questions">
        {rowCount > rows.length && (
          <Note>
            The {format.count(rows.length)} most expensive of {format.count(rowCount)} are listed.
          </Note>
        )}
        <Grid
          label="Open questions"
          columns={columnsFor(format)}
          rows={rows}
          rowKey={keyOf}
          activeKey={keyOf(open)}
          onActivate={(row) => setChosen(keyOf(row))}
          onCopied={(count) => say(`${format.count(count)} rows copied`)}
          height="fill"
        />
      </section>
      <section className={classes.answer} aria-label="Answer">
        <Question row={open} />
        <RuleForm
          key={keyOf(open)}
          initial={typedForRow(open)}
          row={open}
          number={null}
          readOnly={readOnly}
          onDone={() => setChosen(null)}
        />
      </section>
    </div>
  );
}

function Question({ row }: { readonly row: TrayRow }) {
  const format = useFormat();
  const facts = [
    ...row.evidence,
    { label: 'Accounts', value: format.count(row.accounts) },
    { label: 'Days', value: format.period({ from: row.firstDay, to: row.lastDay }) },
    ...(row.description === null ? [] : [{ label: 'Description', value: row.description }]),
  ];
  return (
    <header className={classes.question}>
      <p className={classes.problem}>{PROBLEMS[row.problem]}</p>
      <h2 className={classes.subject}>{row.resource ?? row.usageType ?? 'No usage type'}</h2>
      <p className={classes.cost}>
        {format.money(row.unblended, row.currency)}{' '}
        <span>
          unblended, {format.count(row.lineItems)} {row.lineItems === 1 ? 'line item' : 'line items'}
        </span>
        <Anchor href={explorerAddress(row)} size="sm" className={classes.lines}>
          See the line items
        </Anchor>
      </p>
      <dl className={classes.facts}>
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

/** The explorer with the question whose lines these are, over everything held. */
function explorerAddress({ lines }: TrayRow): string {
  return formatLocation({
    screen: 'explorer',
    context: { ...INITIAL_CONTEXT, period: 'all', where: lines.where },
    own: { view: 'lines', ...(lines.scope === 'bedrock' ? {} : { scope: lines.scope }) },
  });
}

function columnsFor(format: Format): GridColumn<TrayRow>[] {
  return [
    {
      id: 'problem',
      header: 'Problem',
      kind: 'text',
      width: 112,
      value: ({ problem }) => SHORT[problem],
    },
    {
      id: 'subject',
      header: 'Usage type or profile',
      kind: 'mono',
      width: 176,
      grow: 2,
      value: ({ resource, usageType }) => resource ?? usageType,
    },
    { id: 'service', header: 'Product', kind: 'text', width: 96, grow: 1, value: ({ service }) => service },
    {
      id: 'lineItems',
      header: 'Lines',
      kind: 'number',
      width: 68,
      value: ({ lineItems }) => lineItems,
      render: ({ lineItems }) => format.count(lineItems),
    },
    {
      id: 'unblended',
      header: 'Unblended',
      kind: 'number',
      width: 108,
      value: ({ unblended }) => unblended,
      render: ({ unblended, currency }) => format.money(unblended, currency),
    },
  ];
}
