// assay crosscheck: a Cost Explorer download against what is held, per month and service. Nothing is stored.
import type { Output } from '../../../shared/contract/methods.ts';
import { type Command, EXIT, flag, JSON_OPTION, WORKSPACE_OPTION, workspaceOf } from '../command.ts';
import { withHeldData } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatMoney } from '../text.ts';

type Answer = Output<'import.crossCheck'>;

export const crossCheckCommand: Command = {
  name: 'crosscheck',
  summary: 'Compare a Cost Explorer CSV with what is held, per month and service; nothing of it is stored.',
  operands: '<file>',
  operandCount: [1, 1],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: [
    'Download it grouped by service, unblended costs, all charge types. Cost Explorer counts by day of use; amounts agree',
    'when they differ by less than a cent. Exit code 1 when a month differs.',
  ],
  examples: ['assay crosscheck costs.csv --workspace bedrock.assay'],
  run: ([file = ''], values, io) =>
    withHeldData(workspaceOf(values, io), async (engine) => {
      const answer = await engine.call('import.crossCheck', { sources: [file] });
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describeCrossCheck(answer));
      if (answer.months.every(({ agrees }) => agrees)) return EXIT.clean;
      io.err('assay crosscheck: the totals of a month differ.\n');
      return EXIT.error;
    }),
};

const STATES = {
  agrees: 'agrees',
  differs: 'DIFFERS',
  only_file: 'only in the file',
  only_held: 'only held',
} as const satisfies Record<Answer['rows'][number]['state'], string>;

/** The bottom line of each month, then every service. */
export function describeCrossCheck({ months, rows }: Answer): string {
  const money = (value: number | null, currency: string) =>
    right(value === null ? '' : formatMoney(value, currency));
  return [
    table(
      [left('Month'), right('File'), right('Held'), right('Difference'), left('State')],
      months.map(({ month, currency, file, held, difference, agrees }) => [
        left(month),
        money(file, currency),
        money(held, currency),
        money(difference, currency),
        left(agrees ? STATES.agrees : STATES.differs),
      ]),
    ),
    table(
      [left('Month'), left('Service'), right('File'), right('Held'), right('Difference'), left('State')],
      rows.map(({ month, service, currency, file, held, difference, state }) => [
        left(month),
        left(service),
        money(file, currency),
        money(held, currency),
        money(difference, currency),
        left(STATES[state]),
      ]),
    ),
  ].join('\n');
}
