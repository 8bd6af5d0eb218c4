// assay scenario list, assay scenario compare: the scenarios a workspace keeps, and two to four of them side by side.
import { existsSync } from 'node:fs';
import type { Output } from '../../../shared/contract/methods.ts';
import { COMPARE_LIMIT } from '../../../shared/contract/scenario-compare.ts';
import type { ReadScenario } from '../../../shared/contract/scenario-file.ts';
import { nearestName } from '../../../shared/domain/spend/nearest-name.ts';
import { comparedName } from '../../../shared/format/scenario-words.ts';
import {
  type Command,
  EXIT,
  flag,
  JSON_OPTION,
  UsageError,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { withHeldData } from '../session.ts';
import { type Cell, left, right, table } from '../table.ts';
import { formatMoney } from '../text.ts';
import { readScenario } from './scenario.ts';

type Saved = Output<'scenario.list'>['scenarios'];
type Comparison = Output<'scenario.compare'>;

export const listCommand: Command = {
  name: 'scenario list',
  summary: 'List the scenarios that are saved in a workspace.',
  operands: '',
  operandCount: [0, 0],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: ['`assay scenario compare` takes them by number or name.'],
  examples: ['assay scenario list --workspace bedrock.assay'],
  run: (_, values, io) =>
    withHeldData(workspaceOf(values, io), async (engine) => {
      const { scenarios } = await engine.call('scenario.list', {});
      io.out(
        flag(values, 'json')
          ? `${JSON.stringify({ schemaVersion: 1, scenarios }, null, 2)}\n`
          : savedText(scenarios),
      );
      return EXIT.clean;
    }),
};

export const compareCommand: Command = {
  name: 'scenario compare',
  summary: 'Two to four scenarios side by side: headlines, levers, models, months, differences to the first.',
  operands: '<scenario> <scenario> [<scenario> [<scenario>]]',
  operandCount: [2, COMPARE_LIMIT],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: [
    'A scenario is a file, or one saved in the workspace: its number as #3, or its name.',
    'What starts from other days, usage, prices or currency is shown, said, and not subtracted.',
  ],
  examples: [
    'assay scenario compare docs/scenarios/batch.json docs/scenarios/caching.json --workspace bedrock.assay',
  ],
  run: (operands, values, io) =>
    withHeldData(workspaceOf(values, io), async (engine) => {
      const { scenarios: saved } = await engine.call('scenario.list', {});
      const scenarios = operands.map((operand) => scenarioNamed(operand, saved));
      const compared = await engine.call('scenario.compare', { scenarios });
      io.out(flag(values, 'json') ? `${JSON.stringify(compared, null, 2)}\n` : comparisonText(compared));
      return EXIT.clean;
    }),
};

/** The scenario of a file that is there, else the saved one with that number or name. */
export function scenarioNamed(operand: string, saved: Saved): ReadScenario {
  return existsSync(operand) ? readScenario(operand) : savedNamed(operand, saved).scenario;
}

/** The saved scenario with a number (`#3`) or name. Throws `UsageError` for none or several. */
export function savedNamed(operand: string, saved: Saved): Saved[number] {
  const found = saved.filter(({ id, name }) => operand === `#${id}` || operand === name);
  const [first] = found;
  if (first === undefined) {
    const near = nearestName(
      operand,
      saved.map(({ name }) => name),
    );
    const hint = near === null ? 'assay scenario list prints the saved ones' : `did you mean "${near}"?`;
    throw new UsageError(`"${operand}" is neither a file nor a saved scenario; ${hint}`);
  }
  if (found.length > 1) {
    throw new UsageError(
      `"${operand}" names ${found.length} saved scenarios; say which: ${found.map(({ id }) => `#${id}`).join(', ')}`,
    );
  }
  return first;
}

function savedText(saved: Saved): string {
  if (saved.length === 0) return 'No scenario is saved in this workspace.\n';
  return table(
    [right('#'), left('Name'), left('Baseline'), right('Levers'), left('Saved')],
    saved.map(({ id, name, savedAt, scenario: { baseline, levers } }) => [
      right(`#${id}`),
      left(name),
      left(`${baseline.period.from} to ${baseline.period.to}`),
      right(String(levers.filter(({ enabled }) => enabled).length)),
      left(savedAt.slice(0, 10)),
    ]),
  );
}

function comparisonText({ scenarios, figures, levers, models, months }: Comparison): string {
  const [first] = scenarios;
  const layers = scenarios.map(({ priceLayer }) => priceLayer);
  const section = (title: string, rows: readonly Row[]): string[] =>
    rows.length === 0 ? [] : [sectionTable(title, rows, scenarios)];
  return [
    ...scenarios.map(
      ({ name, period, priceLayer, filters, levers: count }, index) =>
        `${LETTERS[index]}  ${name}: ${period.from} to ${period.to}, at ${priceLayer} prices, ${count} ${count === 1 ? 'lever' : 'levers'} on${filters.map((filter) => `, ${filter}`).join('')}`,
    ),
    '',
    ...warnings(scenarios),
    ...section(
      'Figure',
      figures.map(({ figure, values, differences }) => ({
        label: comparedName(figure, layers),
        values: values.map((value) => value?.base ?? null),
        differences,
      })),
    ),
    ...section(
      'Lever, in order',
      levers.map(({ label, values, differences }) => ({
        label,
        values: values.map((value) => value?.base ?? null),
        differences,
      })),
    ),
    ...section(
      'Model, cost after',
      models.map(({ model, ...row }) => ({ label: model ?? 'beside the tokens', ...row })),
    ),
    ...section(
      'Month, saving',
      months.map(({ month, ...row }) => ({ label: month, ...row })),
    ),
    `Differences are to A, ${first?.name ?? ''}.`,
    '',
  ].join('\n');
}

const LETTERS = ['A', 'B', 'C', 'D'] as const;

/** Said before any figure, in words that cannot be overlooked. */
function warnings(scenarios: Comparison['scenarios']): string[] {
  const lines = scenarios.flatMap(({ differs, cashDiffers, partial }, index) => [
    ...(partial === null ? [] : [`SAVING IN PART ${LETTERS[index]}: ${partial}`]),
    ...differs.map((why) => `NOT SUBTRACTED ${LETTERS[index]}: ${why}`),
    ...cashDiffers.map((why) => `CASH NOT SUBTRACTED ${LETTERS[index]}: ${why}`),
  ]);
  return lines.length === 0 ? [] : [...lines, ''];
}

type Row = {
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly differences: readonly (number | null)[];
};

function sectionTable(title: string, rows: readonly Row[], scenarios: Comparison['scenarios']): string {
  const header = scenarios.flatMap((_, index): Cell[] => [
    right(LETTERS[index] ?? ''),
    ...(index === 0 ? [] : [right(`${LETTERS[index]} − A`)]),
  ]);
  return table(
    [left(title), ...header],
    rows.map(({ label, values, differences }) => [
      left(label),
      ...values.flatMap((value, index): Cell[] => {
        const currency = scenarios[index]?.currency ?? 'USD';
        const money = (amount: number | null): Cell => right(formatMoney(amount, currency));
        return [money(value), ...(index === 0 ? [] : [money(differences[index] ?? null)])];
      }),
    ]),
  );
}
