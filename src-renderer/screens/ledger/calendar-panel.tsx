// The days of one export's period, altogether and by account, with what is missing said in words.

import { Button } from '@mantine/core';
import { IconArrowBackUp, IconTag, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { payerText } from '../../../shared/domain/ledger/payer.ts';
import { BillForm, useUndoBill } from '../../app/bill-form.tsx';
import { useForgetting } from '../../app/forgetting.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Hint } from '../../ui/hint.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import type { CoveredExport } from './coverage.tsx';
import classes from './ledger.module.css';

type Calendar = Output<'ledger.calendar'>;
type DayState = Calendar['days'][number]['state'];

const WORDS: Readonly<Record<DayState, string>> = {
  whole: 'whole day',
  partial: 'in part',
  none: 'no usage',
  not_yet: 'not delivered yet',
};

type Props = {
  readonly held: CoveredExport;
  /** Whether the last word about a bill was about this payer. */
  readonly canUndoBill: boolean;
};

export function CalendarPanel({ held, canUndoBill }: Props) {
  const format = useFormat();
  const undoBill = useUndoBill();
  const forget = useForgetting();
  const [saying, setSaying] = useState(false);
  const { payer, period, parts, missing, bill } = held;
  const answer = useEngine('ledger.calendar', { payer, period }, { keepPrevious: false });
  const notes = [
    ...(parts === null || parts.missing.length === 0
      ? []
      : [`Part ${parts.missing.join(', ')} is missing: the totals of this period are too low.`]),
    ...(bill?.says ?? []),
    ...missing.map(({ consequence }) => `${consequence.charAt(0).toUpperCase()}${consequence.slice(1)}.`),
  ];
  return (
    <Panel
      title={`${format.month(period)}, payer ${payerText(payer)}`}
      aside={
        <span className={classes.aside}>
          <span className={classes.report} title={held.report}>
            {held.report}
          </span>
          <span>imported {format.dateTime(held.importedAt)}</span>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconTag size={12} />}
            onClick={() => setSaying(true)}
          >
            Label this bill
          </Button>
          {canUndoBill && (
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconArrowBackUp size={12} />}
              onClick={undoBill}
            >
              Undo label
            </Button>
          )}
          <Button
            variant="subtle"
            color="red"
            size="compact-xs"
            leftSection={<IconTrash size={12} />}
            onClick={() => forget({ payer, period })}
          >
            Forget
          </Button>
        </span>
      }
    >
      {notes.length > 0 && (
        <Note tone={parts !== null && parts.missing.length > 0 ? 'caution' : 'info'}>
          {notes.map((note) => (
            <p key={note} className={classes.noteLine}>
              {note}
            </p>
          ))}
        </Note>
      )}
      {answer.isError && (
        <ErrorState
          title="The calendar could not be read"
          message={answer.error.message}
          onRetry={() => void answer.refetch()}
        />
      )}
      {answer.data === undefined && !answer.isError && (
        <Skeleton height={20} rows={4} label="Reading the days" />
      )}
      {answer.data !== undefined && <Days calendar={answer.data} />}
      {saying && (
        <BillForm
          payer={payer}
          period={period}
          report={held.report}
          bill={bill}
          onClose={() => setSaying(false)}
        />
      )}
    </Panel>
  );
}

function Days({ calendar }: { readonly calendar: Calendar }) {
  const format = useFormat();
  const { days, accounts, accountsLeftOut, outsidePeriod } = calendar;
  const isAnyEmpty = accounts.some(({ days: lines }) =>
    lines.some((held, index) => held === 0 && days[index]?.state !== 'not_yet'),
  );
  const states = [
    ...new Set([...days.map(({ state }) => state), ...(isAnyEmpty ? (['none'] as const) : [])]),
  ];
  return (
    <>
      <div className={classes.scroll}>
        <table className={classes.calendar}>
          <thead>
            <tr>
              <th scope="col" aria-label="Account" />
              {days.map(({ day }) => (
                <th key={day} scope="col">
                  {Number(day.slice(8))}
                </th>
              ))}
              <th scope="col">Lines</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">All accounts</th>
              {days.map(({ day, state, why, lineItems }) => {
                const says = `${format.day(day)}: ${why ?? `${format.count(lineItems)} lines of usage.`}`;
                return (
                  <td key={day}>
                    <Hint label={says}>
                      <button
                        type="button"
                        className={classes.day}
                        data-state={state}
                        aria-label={`${WORDS[state]}. ${says}`}
                      />
                    </Hint>
                  </td>
                );
              })}
              <td>{format.count(days.reduce((sum, { lineItems }) => sum + lineItems, 0))}</td>
            </tr>
            {accounts.map((account) => (
              <AccountRow key={account.account} account={account} days={days} />
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.legend}>
        {states.map((state) => (
          <span key={state}>
            <i className={classes.day} data-state={state} aria-hidden /> {WORDS[state]}
          </span>
        ))}
        {accountsLeftOut > 0 && <span>and {format.count(accountsLeftOut)} accounts with fewer lines</span>}
        {outsidePeriod.length > 0 && (
          <span>
            {format.count(outsidePeriod.reduce((sum, { lineItems }) => sum + lineItems, 0))} lines of usage on{' '}
            {outsidePeriod.map(({ day }) => format.day(day)).join(', ')}, outside the month
          </span>
        )}
      </p>
    </>
  );
}

type AccountProps = {
  readonly account: Calendar['accounts'][number];
  readonly days: Calendar['days'];
};

function AccountRow({ account: { account, name, lineItems, days: lines }, days }: AccountProps) {
  const format = useFormat();
  const label = name === null ? account : `${account} ${name}`;
  return (
    <tr>
      <th scope="row" title={label}>
        {label === '' ? 'No account' : label}
      </th>
      {days.map(({ day, state }, index) => {
        const held = lines[index] ?? 0;
        return (
          <td key={day}>
            <Day
              state={held > 0 ? state : state === 'not_yet' ? 'not_yet' : 'none'}
              says={`${format.day(day)}: ${held > 0 ? `${format.count(held)} lines of usage.` : 'no usage.'}`}
            />
          </td>
        );
      })}
      <td>{format.count(lineItems)}</td>
    </tr>
  );
}

function Day({ state, says }: { readonly state: DayState; readonly says: string }) {
  return (
    <Hint label={says}>
      <span className={classes.day} data-state={state} role="img" aria-label={`${WORDS[state]}. ${says}`} />
    </Hint>
  );
}
