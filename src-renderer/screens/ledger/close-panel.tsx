// One payer's month: the steps with what is open, the lines of the statement, and the button that issues it.

import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconDownload, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { payerText } from '../../../shared/domain/ledger/payer.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import { dimensionName } from '../../../shared/format/names.ts';
import { openScreen, useScreenKeys } from '../../app/navigation.ts';
import { useNotice } from '../../app/notice.tsx';
import { saveExport } from '../../app/save-export.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Note } from '../../ui/states.tsx';
import { Unknown } from '../../ui/values.tsx';
import { IssueForm } from './issue-form.tsx';
import classes from './ledger.module.css';

export type PayerClose = Output<'ledger.close'>['payers'][number];
type Line = PayerClose['preview'][number];
type Step = PayerClose['steps'][number];

type Props = { readonly period: string; readonly by: string; readonly close: PayerClose };

export function ClosePanel({ period, by, close }: Props) {
  const format = useFormat();
  const { say } = useNotice();
  const [issuing, setIssuing] = useState(false);
  const { payer, steps, statement, preview, pending } = close;
  const lines = statement?.lines ?? preview;
  return (
    <Panel
      title={`${format.month(period)}, payer ${payerText(payer)}`}
      aside={
        statement === null ? (
          <Button size="compact-sm" leftSection={<IconLock size={14} />} onClick={() => setIssuing(true)}>
            Issue the statement
          </Button>
        ) : (
          <>
            <span title={`SHA-256 of the statement: ${statement.sha256}`}>
              Issued {format.dateTime(statement.issuedAt)}
              {statement.note === '' ? '' : `, ${statement.note}`}
            </span>
            <SaveStatement payer={payer} period={period} />
          </>
        )
      }
    >
      <ol className={classes.steps}>
        {steps.map((step) => (
          <StepRow key={step.step} step={step} />
        ))}
      </ol>
      {pending.length > 0 && (
        <Note tone="caution">
          {pending.map(({ key, amount, currency, lineClass }) => (
            <p key={JSON.stringify([key, currency, lineClass])} className={classes.noteLine}>
              Changed since it was issued: {key ?? 'no value'} by {format.moneyChange(amount, currency)}. It
              goes into the payer’s next statement.
            </p>
          ))}
        </Note>
      )}
      <p className={classes.caption}>
        {statement === null ? 'The statement as it would be issued now' : 'The statement as it was issued'}
      </p>
      <Grid
        label={`Statement of ${format.month(period)}, payer ${payerText(payer)}`}
        columns={columnsFor(format, period)}
        rows={lines}
        rowKey={(line) => JSON.stringify([line.forPeriod, line.lineClass, line.key, line.currency])}
        onCopied={(rows) => say(`${format.count(rows)} rows copied`)}
        footer={totalsOf(lines, format)}
        height={320}
      />
      {issuing && <IssueForm period={period} by={by} close={close} onClose={() => setIssuing(false)} />}
    </Panel>
  );
}

/** The statement as a file: the same bytes each time it is saved. */
function SaveStatement({ payer, period }: { readonly payer: string; readonly period: string }) {
  const { say } = useNotice();
  const save = (format: 'csv' | 'json'): void => {
    saveExport(`statement ${period} ${payer}.${format}`, 'export.statement', (target) => ({
      payer,
      period,
      format,
      target,
    })).then(
      (saved) => saved !== null && say(`Saved as ${saved.name}`),
      (error: unknown) =>
        say(`Not saved: ${error instanceof Error ? error.message : String(error)}`, 'failed'),
    );
  };
  return (
    <>
      {(['csv', 'json'] as const).map((format) => (
        <Button
          key={format}
          aria-label={`Save the statement as ${format.toUpperCase()}`}
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={14} />}
          onClick={() => save(format)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </>
  );
}

/** What a step is called, and where it is settled. */
const STEPS: Readonly<Record<Step['step'], { readonly name: string; readonly screen: string | null }>> = {
  import: { name: 'Import', screen: 'import' },
  tie_out: { name: 'Tie-out', screen: 'ledger' },
  review: { name: 'Review', screen: 'review' },
  publish: { name: 'Publish', screen: null },
};

function StepRow({ step: { step, done, says } }: { readonly step: Step }) {
  const [, change] = useScreenKeys();
  const { name, screen } = STEPS[step];
  const Icon = done ? IconCircleCheck : IconCircleDashed;
  const go = (): void => {
    if (screen === 'ledger') change({ view: null });
    else if (screen !== null) openScreen(screen);
  };
  return (
    <li className={classes.step} data-done={done ? true : undefined}>
      <Icon size={16} stroke={1.6} aria-label={done ? 'done' : 'open'} />
      <span className={classes.stepName}>{name}</span>
      <span className={classes.stepSays}>
        {says.map((sentence) => (
          <span key={sentence}>{sentence}</span>
        ))}
      </span>
      {!done && screen !== null && (
        <Button variant="subtle" size="compact-xs" aria-label={`Settle: ${name}`} onClick={go}>
          Settle
        </Button>
      )}
    </li>
  );
}

type Format = ReturnType<typeof useFormat>;

/** One total where all amounts are in one currency; otherwise none, since currencies are not added. */
function totalsOf(lines: readonly Line[], format: Format): Readonly<Record<string, string>> | null {
  const [first] = lines;
  if (first === undefined || lines.some(({ currency }) => currency !== first.currency)) return null;
  return {
    key: 'Total',
    lineItems: format.count(lines.reduce((sum, { lineItems }) => sum + lineItems, 0)),
    amount: format.money(sumOf(lines.map(({ amount }) => amount)), first.currency),
  };
}

function columnsFor(format: Format, period: string): GridColumn<Line>[] {
  return [
    {
      id: 'forPeriod',
      header: 'For',
      kind: 'text',
      width: 180,
      value: ({ forPeriod }) => forPeriod,
      render: ({ forPeriod }) =>
        forPeriod === period ? format.month(forPeriod) : `${format.month(forPeriod)}, adjustment`,
    },
    {
      id: 'lineClass',
      header: 'Lines of',
      kind: 'text',
      width: 120,
      value: ({ lineClass }) => (lineClass === 'bedrock' ? 'Bedrock' : 'other services'),
    },
    {
      id: 'key',
      header: 'Whose',
      kind: 'text',
      width: 220,
      grow: 1,
      value: ({ key }) => key,
      render: ({ key, dimension }) =>
        key ?? <Unknown why={`These lines have no ${dimensionName(dimension).toLowerCase()}.`} />,
    },
    {
      id: 'lineItems',
      header: 'Lines',
      kind: 'number',
      width: 96,
      value: ({ lineItems }) => lineItems,
      render: ({ lineItems }) => format.count(lineItems),
    },
    {
      id: 'amount',
      header: 'Amount',
      kind: 'number',
      width: 140,
      hint: 'On the basis that adds up to the invoice.',
      value: ({ amount }) => amount,
      render: ({ amount, currency }) => format.money(amount, currency),
    },
  ];
}
