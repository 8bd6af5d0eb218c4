// assay scenario run: answer a what-if written as JSON, from the user's own lines.
import { readFileSync } from 'node:fs';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Input, Output } from '../../../shared/contract/methods.ts';
import { scenario } from '../../../shared/contract/scenario.ts';
import { nearestName } from '../../../shared/domain/spend/nearest-name.ts';
import { type Command, EXIT, flag, JSON_OPTION, WORKSPACE_OPTION, workspaceOf } from '../command.ts';
import { withHeldData } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatMoney } from '../text.ts';

type Answer = Output<'scenario.run'>;
type Band = Answer['after'];

export const scenarioCommand: Command = {
  name: 'scenario run',
  summary:
    'Answer a what-if: levers in order over your own lines, the saving at price and the cash of this year.',
  operands: '<scenario.json>',
  operandCount: [1, 1],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: ['The file is described by docs/schema/scenario.schema.json; examples are in docs/scenarios.'],
  examples: ['assay scenario run batch.json --workspace bedrock.assay --json'],
  run: ([file = ''], values, io) => {
    const definition = readScenario(file);
    return withHeldData(workspaceOf(values, io), async (engine) => {
      const answer = await engine.call('scenario.run', { scenario: definition });
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describeScenario(answer));
      return EXIT.clean;
    });
  },
};

/** Reads and checks a scenario file; the error names the file and the field. */
export function readScenario(file: string): Input<'scenario.run'>['scenario'] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AssayError('file_unreadable', `${file}: cannot be read as JSON (${reason}).`, { file });
  }
  const parsed = scenario.safeParse(content);
  if (parsed.success) {
    refuseUnread(content, parsed.data, file, '');
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  throw new AssayError('invalid_input', `${file}: ${field}: ${issue?.message ?? 'not a scenario'}.`, {
    file,
    field,
  });
}

/** A misspelt field would otherwise be left out without a word. `$schema` is an editor's. */
function refuseUnread(given: unknown, read: unknown, file: string, path: string): void {
  if (typeof given !== 'object' || given === null || typeof read !== 'object' || read === null) return;
  const known = new Map(Object.entries(read));
  for (const [name, value] of Object.entries(given)) {
    const field = path === '' ? name : `${path}.${name}`;
    if (known.has(name)) refuseUnread(value, known.get(name), file, field);
    else if (field !== '$schema') throw unreadField(file, field, nearestName(name, [...known.keys()]));
  }
}

function unreadField(file: string, field: string, near: string | null): AssayError {
  const hint = near === null ? '' : ` Did you mean ${near}?`;
  return new AssayError('invalid_input', `${file}: ${field}: a scenario has no such field.${hint}`, {
    file,
    field,
  });
}

export function describeScenario(answer: Answer): string {
  const money = (value: number): string => formatMoney(value, answer.currency);
  const band = ({ low, base, high }: Band): string =>
    low === high ? money(base) : `${money(base)}  (${money(low)} to ${money(high)})`;
  const ledger = table(
    [left('Lever'), right('Alone'), right('In order'), right('Interaction'), left('Range in order')],
    answer.ledger.map((entry) => [
      left(entry.label),
      right(money(entry.alone.base)),
      right(money(entry.inOrder.base)),
      right(money(entry.interaction.base)),
      left(`${money(entry.inOrder.low)} to ${money(entry.inOrder.high)}`),
    ]),
  );
  const guards = (refused: boolean): string[] => [
    ...new Set(
      answer.ledger.flatMap(({ label, guards: own }) =>
        own.filter((guard) => guard.refused === refused).map(({ message }) => `  ${label}: ${message}`),
      ),
    ),
  ];
  const listed = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', title, ...lines];
  const charges = answer.ledger.flatMap(({ label, charges: own }) =>
    own.map((charge) => `  ${label}, ${charge.label}: ${money(charge.amount)} (${charge.formula})`),
  );
  const commitment = answer.commitment;
  return [
    `${answer.name}: ${answer.period.from} to ${answer.period.to}, at ${answer.priceLayer} prices, catalog ${answer.catalogVersion}`,
    `Baseline ${band(answer.baseline.atPrice)} at price (${money(answer.baseline.invoiced)} invoiced); ${money(answer.baseline.outside)} outside the levers.`,
    '',
    ledger,
    `Saving at price            ${band(answer.headlines.savingAtPrice)}, over ${answer.period.from} to ${answer.period.to}`,
    `Cash saving this year      ${answer.headlines.cashThisYear === null ? `— (${answer.headlines.cashReason ?? 'no commitment given'})` : `${band(answer.headlines.cashThisYear)}, commitment year from ${commitment?.yearStart ?? ''}`}`,
    ...(commitment === null
      ? []
      : [
          `Commitment gap             ${band(commitment.gap)}`,
          `Absorbed by AI spend       ${band(commitment.scenario.absorbed)}`,
          `Remaining shortfall        ${band(commitment.scenario.shortfall)}`,
          `Incremental cash of AI     ${band(commitment.scenario.incrementalCash)}`,
        ]),
    ...listed('Beside the tokens:', charges),
    ...listed('Refused by guards:', guards(true)),
    ...listed('To be known:', guards(false)),
    ...(answer.notes.length === 0 ? [] : ['', ...answer.notes.map((note) => `Note: ${note}`)]),
    '',
  ].join('\n');
}
