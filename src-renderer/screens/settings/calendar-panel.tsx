// When the fiscal year and the commitment start: kept in the workspace, for questions by fiscal quarter and commitment year.
import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { MONTH_NAMES } from '../../../shared/format/names.ts';
import { call } from '../../bridge.ts';
import { useEngine } from '../../engine.ts';
import { Panel } from '../../ui/panel.tsx';
import { ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import { Row } from './row.tsx';

type Calendar = Output<'workspace.calendar'>;
type Stated = Pick<Calendar, 'fiscalYearStart' | 'commitmentStart'>;

export function CalendarPanel() {
  const calendar = useEngine('workspace.calendar', {});
  const info = useEngine('workspace.info', {});
  if (calendar.isError) {
    return (
      <Panel title="Calendar of this workspace">
        <ErrorState
          title="The calendar could not be read"
          message={calendar.error.message}
          safe="The workspace file was not touched."
          onRetry={() => void calendar.refetch()}
        />
      </Panel>
    );
  }
  return (
    <Panel title="Calendar of this workspace">
      {calendar.data === undefined ? (
        <Skeleton height={22} rows={2} />
      ) : (
        <Fields
          key={JSON.stringify(calendar.data)}
          calendar={calendar.data}
          readOnly={info.data?.readOnly ?? true}
        />
      )}
    </Panel>
  );
}

const MONTHS = MONTH_NAMES.map((label, index) => ({ value: String(index + 1), label }));

type FieldsProps = { readonly calendar: Calendar; readonly readOnly: boolean };

function Fields({ calendar: { fiscalYearStart, commitmentStart }, readOnly }: FieldsProps) {
  const [day, setDay] = useState(commitmentStart ?? '');
  const [failure, setFailure] = useState<string | null>(null);
  const keep = (part: Partial<Stated>): void => {
    setFailure(null);
    call('workspace.setCalendar', { fiscalYearStart, commitmentStart, ...part }).catch((error: unknown) =>
      setFailure(error instanceof Error ? error.message : String(error)),
    );
  };
  return (
    <>
      <Row label="Fiscal year starts" hint="For questions by fiscal quarter; not stated, they are refused.">
        <Select
          aria-label="Fiscal year starts"
          placeholder="Not stated"
          clearable
          disabled={readOnly}
          data={MONTHS}
          value={fiscalYearStart === null ? null : String(fiscalYearStart)}
          onChange={(month) => keep({ fiscalYearStart: month === null ? null : Number(month) })}
        />
      </Row>
      <Row
        label="Commitment starts"
        hint="First day of its first year, for questions by commitment year; days before it belong to none."
      >
        <TextInput
          type="date"
          aria-label="Commitment starts"
          disabled={readOnly}
          value={day}
          onChange={({ currentTarget }) => setDay(currentTarget.value)}
          onBlur={() => {
            if (day !== (commitmentStart ?? '')) keep({ commitmentStart: day === '' ? null : day });
          }}
        />
      </Row>
      {failure !== null && <Note tone="danger">{failure}</Note>}
    </>
  );
}
