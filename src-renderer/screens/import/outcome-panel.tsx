// What came of an import: rows accounted for, totals by charge type, what was found, what is missing and why; or why it failed.
import { Button, CloseButton, Table } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { outcomeTitle } from '../../app/import-outcome.ts';
import type { ImportOutcome, ImportReport } from '../../app/import-queue.ts';
import { openScreen } from '../../app/navigation.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { ErrorState, Note } from '../../ui/states.tsx';
import { Money } from '../../ui/values.tsx';
import { BillQuestions } from './bill-questions.tsx';
import classes from './import.module.css';
import { Proof } from './proof.tsx';
import { RejectedNote } from './rejected-note.tsx';
import { accountedFor, missingCapabilities } from './report.ts';

type Props = {
  readonly outcome: ImportOutcome;
  readonly latest: boolean;
  readonly onClose: () => void;
  readonly onAllowMissing: () => void;
};

export function OutcomePanel({ outcome, latest, onClose, onAllowMissing }: Props) {
  const { kind, report, failure } = outcome;
  const format = useFormat();
  const [chosen, setOpen] = useState<boolean | null>(null);
  const open = chosen ?? latest;
  // What is already held was not read again: there is nothing to account for.
  const detailed = report !== null && kind !== 'unchanged';
  if (kind === 'failed' && failure !== null) {
    return (
      <div>
        <ErrorState
          title={outcomeTitle(outcome, format)}
          message={failure.message}
          safe="The workspace is as it was before: an import is taken over as a whole or not at all."
        >
          {failure.code === 'missing_parts' && (
            <Button variant="default" onClick={onAllowMissing}>
              Import without the missing parts
            </Button>
          )}
          <Button variant="subtle" onClick={onClose}>
            Dismiss
          </Button>
        </ErrorState>
      </div>
    );
  }
  return (
    <Panel
      title={outcomeTitle(outcome, format)}
      aside={
        <>
          {kind === 'committed' && (
            <Button
              size="compact-sm"
              onClick={() => openScreen('overview', { context: { period: 'latest-month' } })}
            >
              See the overview
            </Button>
          )}
          {detailed && (
            <Button variant="subtle" size="compact-sm" onClick={() => setOpen(!open)} aria-expanded={open}>
              {open ? 'Less' : 'More'}
            </Button>
          )}
          <CloseButton size="sm" aria-label="Dismiss this result" onClick={onClose} />
        </>
      }
    >
      {report !== null && detailed && open && (
        <ReportView report={report} tiedBatch={kind === 'committed' ? report.batchId : null} />
      )}
    </Panel>
  );
}

type ReportProps = {
  readonly report: ImportReport;
  /** The import that is now held, to be tied to its files; null where nothing was taken over. */
  readonly tiedBatch: number | null;
};

function ReportView({ report, tiedBatch }: ReportProps) {
  const format = useFormat();
  const { rows, bedrock, candidates } = report;
  const missing = missingCapabilities(report.files);
  const notes = [
    ...missing.map(({ consequence, files }) => `${sentenceCase(consequence)} (${files}).`),
    ...report.warnings,
  ];
  return (
    <div className={classes.report}>
      <div className={classes.stack}>
        {tiedBatch !== null && <RejectedNote rejected={rows.rejected} isHeld />}
        <p className={classes.accounted}>
          {accountedFor(rows) && rows.rejected === 0 ? (
            <IconCheck size={16} className={classes.okay} aria-hidden />
          ) : (
            <IconAlertTriangle
              size={16}
              className={accountedFor(rows) ? classes.caution : classes.wrong}
              aria-hidden
            />
          )}
          <span>
            {format.count(rows.read)} rows read {accountedFor(rows) ? '=' : '≠'} {format.count(rows.kept)}{' '}
            kept + {format.count(rows.rolledUp)} rolled up + {format.count(rows.rejected)} rejected, in{' '}
            {report.seconds < 1 ? 'less than a second' : format.duration(report.seconds)}.
          </span>
        </p>
        {tiedBatch !== null && <Proof batchId={tiedBatch} />}
        {tiedBatch !== null && <BillQuestions report={report} />}
        <dl className={classes.found}>
          <Found
            label="Bedrock lines"
            value={format.count(bedrock.lineItems)}
            detail={amountOf(report, bedrock.unblended)}
          />
          <Found
            label="Unknown among them"
            value={format.count(bedrock.unknownLineItems)}
            detail={amountOf(report, bedrock.unknownUnblended)}
          />
          <Found
            label="AI estate candidates"
            value={format.count(candidates.lineItems)}
            detail={
              candidates.capped ? 'limit reached: see the notes' : amountOf(report, candidates.unblended)
            }
          />
        </dl>
        {notes.length > 0 && (
          <Note>
            {notes.map((note) => (
              <p key={note} className={classes.noteLine}>
                {note}
              </p>
            ))}
          </Note>
        )}
      </div>
      <TotalsTable report={report} />
    </div>
  );
}

const sentenceCase = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function amountOf(report: ImportReport, value: number | null) {
  const currencies = new Set(report.totals.map(({ currency }) => currency));
  const [currency] = currencies;
  if (currencies.size !== 1 || currency === undefined) return 'several currencies, see the totals';
  return (
    <>
      <Money value={value} currency={currency} /> unblended
    </>
  );
}

type FoundProps = { readonly label: string; readonly value: string; readonly detail: ReactNode };

function Found({ label, value, detail }: FoundProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
      {detail !== null && <dd className={classes.foundDetail}>{detail}</dd>}
    </div>
  );
}

function TotalsTable({ report }: { readonly report: ImportReport }) {
  const format = useFormat();
  return (
    <Table verticalSpacing={3}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Charge type</Table.Th>
          <Table.Th className={classes.right}>Rows</Table.Th>
          <Table.Th className={classes.right}>Unblended</Table.Th>
          <Table.Th>Currency</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {report.totals.map(({ chargeType, currency, rows, unblended }) => (
          <Table.Tr key={`${chargeType} ${currency}`}>
            <Table.Td>{chargeType}</Table.Td>
            <Table.Td className={classes.right}>{format.count(rows)}</Table.Td>
            <Table.Td className={classes.right}>{format.amount(unblended)}</Table.Td>
            <Table.Td>{currency}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
