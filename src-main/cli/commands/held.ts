// assay held: which exports, parts, invoices and days the workspace covers, and what each export lacks.

import type { Output } from '../../../shared/contract/methods.ts';
import { payerText } from '../../../shared/domain/ledger/payer.ts';
import { type Command, EXIT, flag, JSON_OPTION, text, WORKSPACE_OPTION, workspaceOf } from '../command.ts';
import { withHeldData } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCount } from '../text.ts';

type Coverage = Output<'ledger.coverage'>;
type Export = Coverage['exports'][number];
type Calendar = Output<'ledger.calendar'>;
type DayState = Calendar['days'][number]['state'];

export const heldCommand: Command = {
  name: 'held',
  summary:
    'What the workspace covers: exports, parts, invoices, days and accounts, and what each export lacks.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: WORKSPACE_OPTION,
    period: { type: 'string', value: '<YYYY-MM>', help: 'one billing period, with the calendar of its days' },
    json: JSON_OPTION,
  },
  notes: [
    'In a calendar # is a whole day, ~ a day in part, . a day without usage, - a day not delivered yet.',
  ],
  examples: ['assay held --workspace bedrock.assay', 'assay held --workspace bedrock.assay --period 2026-10'],
  run: (_, values, io) =>
    withHeldData(workspaceOf(values, io), async (engine) => {
      const period = text(values, 'period');
      const answer = await engine.call('ledger.coverage', {});
      const exports = answer.exports.filter((one) => period === null || one.period === period);
      const payers = period === null ? [] : [...new Set(exports.map(({ payer }) => payer))];
      const calendars: Calendar[] = [];
      for (const payer of payers) {
        calendars.push(await engine.call('ledger.calendar', { payer, period: period ?? '' }));
      }
      io.out(
        flag(values, 'json')
          ? `${JSON.stringify({ ...answer, exports, calendars }, null, 2)}\n`
          : [describeCoverage(exports), ...calendars.map(describeCalendar)].join('\n'),
      );
      return EXIT.clean;
    }),
};

export function describeCoverage(exports: readonly Export[]): string {
  if (exports.length === 0) return 'Nothing is held for this.\n';
  const said = exports.flatMap(({ period, payer, everyLine, missing, bill }) =>
    [
      ...(everyLine ? ['Every line of every service is held.'] : []),
      ...(bill?.says ?? []),
      ...missing.map(({ consequence }) => `${consequence}.`),
    ].map((sentence) => `${period}, payer ${payerText(payer)}: ${sentence}\n`),
  );
  const held = table(
    [
      left('Period'),
      left('Payer'),
      left('Export'),
      right('Rows'),
      left('Parts'),
      left('Bills'),
      left('Kind of bill'),
    ],
    exports.map((one) => [
      left(one.period),
      left(payerText(one.payer)),
      left(`${one.report} (${one.kind})`),
      right(formatCount(one.rows)),
      left(partsText(one.parts)),
      left(one.bills.map(billText).join('; ')),
      left(one.bill === null ? '' : (one.bill.label ?? one.bill.name)),
    ]),
  );
  return `${held}${said.length === 0 ? '' : `\n${said.join('')}`}`;
}

function partsText(parts: Export['parts']): string {
  if (parts === null) return 'not numbered';
  const missing = parts.missing.length === 0 ? '' : `, MISSING ${parts.missing.join(', ')}`;
  return `${formatCount(parts.present.length)}${missing}`;
}

function billText({ billingEntity, estimated, invoices }: Export['bills'][number]): string {
  const state = estimated ? 'estimated' : `invoice ${invoices.join(', ')}`;
  return `${billingEntity === '' ? 'no billing entity' : billingEntity}: ${state}`;
}

const SIGNS: Readonly<Record<DayState, string>> = { whole: '#', partial: '~', none: '.', not_yet: '-' };

function describeCalendar(calendar: Calendar): string {
  const all = calendar.days.map(({ state }) => SIGNS[state]).join('');
  const reasons = calendar.days.flatMap(({ day, state, why }) =>
    state === 'partial' && why !== null ? [`${day}: ${why}\n`] : [],
  );
  const outside = calendar.outsidePeriod.map(
    ({ day, lineItems }) => `${day}: ${formatCount(lineItems)} lines of usage outside the period.\n`,
  );
  const rows = calendar.accounts.map(({ account, name, lineItems, days }) => [
    left(name === null ? account : `${account} ${name}`),
    left(days.map((lines) => (lines > 0 ? SIGNS.whole : SIGNS.none)).join('')),
    right(formatCount(lineItems)),
  ]);
  const lines = table(
    [left(`Payer ${payerText(calendar.payer)}, ${calendar.period}`), left('Days with usage'), right('Lines')],
    [[left('All accounts'), left(all)], ...rows],
  );
  const rest = calendar.accountsLeftOut;
  return `${lines}${reasons.join('')}${outside.join('')}${rest === 0 ? '' : `And ${formatCount(rest)} accounts with fewer lines.\n`}`;
}
