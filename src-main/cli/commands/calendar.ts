// assay calendar: when the fiscal year and the commitment start, for questions by them.
import type { Output } from '../../../shared/contract/methods.ts';
import {
  type Command,
  EXIT,
  flag,
  JSON_OPTION,
  text,
  UsageError,
  type Values,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { withEngine } from '../session.ts';

type Calendar = Output<'workspace.calendar'>;

export const calendarCommand: Command = {
  name: 'calendar',
  summary: 'When your fiscal year and your commitment start, for questions by fiscalPeriod and commitYear.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: WORKSPACE_OPTION,
    'fiscal-year-start': {
      type: 'string',
      value: '<month>',
      help: 'number of the month, 1 to 12; none = not stated',
    },
    'commitment-start': {
      type: 'string',
      value: '<day>',
      help: 'first day of the first year of the commitment, YYYY-MM-DD; none = not stated',
    },
    json: JSON_OPTION,
  },
  notes: ['Without a flag that states one it prints what is stated and changes nothing.'],
  examples: [
    'assay calendar --fiscal-year-start 7 --commitment-start 2026-04-15 --workspace bedrock.assay',
    'assay query --group-by fiscalPeriod --workspace bedrock.assay',
  ],
  run: (_, values, io) =>
    withEngine(workspaceOf(values, io), async (engine) => {
      const held = await engine.call('workspace.calendar', {});
      const { fiscalYearStart, commitmentStart } = statedIn(values, held);
      const isSame = fiscalYearStart === held.fiscalYearStart && commitmentStart === held.commitmentStart;
      const calendar = isSame
        ? held
        : await engine.call('workspace.setCalendar', { fiscalYearStart, commitmentStart });
      io.out(flag(values, 'json') ? `${JSON.stringify(calendar, null, 2)}\n` : describeCalendar(calendar));
      return EXIT.clean;
    }),
};

const NONE = 'none';

function statedIn(values: Values, held: Calendar): Pick<Calendar, 'fiscalYearStart' | 'commitmentStart'> {
  const month = text(values, 'fiscal-year-start');
  const day = text(values, 'commitment-start');
  return {
    fiscalYearStart: month === null ? held.fiscalYearStart : monthOf(month),
    commitmentStart: day === null ? held.commitmentStart : dayOf(day),
  };
}

function monthOf(written: string): number | null {
  if (written === NONE) return null;
  const month = Number(written);
  if (/^\d{1,2}$/u.test(written) && month >= 1 && month <= 12) return month;
  throw new UsageError(`--fiscal-year-start: "${written}" is not a month from 1 to 12, or none`);
}

function dayOf(written: string): string | null {
  if (written === NONE) return null;
  if (/^\d{4}-\d{2}-\d{2}$/u.test(written)) return written;
  throw new UsageError(`--commitment-start: "${written}" is not a day as YYYY-MM-DD, or none`);
}

export function describeCalendar({ fiscalYearStart, commitmentStart }: Calendar): string {
  const fiscal = fiscalYearStart === null ? 'not stated' : `month ${fiscalYearStart}`;
  return `Fiscal year starts: ${fiscal}\nCommitment starts: ${commitmentStart ?? 'not stated'}\n`;
}
