// assay scenario run: answer a what-if written as JSON, from the user's own lines.
import { readFileSync } from 'node:fs';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { ParsedInput } from '../../../shared/contract/methods.ts';
import { scenario } from '../../../shared/contract/scenario.ts';
import { nearestName } from '../../../shared/domain/spend/nearest-name.ts';
import { type Command, EXIT, flag, JSON_OPTION, WORKSPACE_OPTION, workspaceOf } from '../command.ts';
import { describeScenario } from '../scenario-text.ts';
import { withHeldData } from '../session.ts';

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
export function readScenario(file: string): ParsedInput<'scenario.run'>['scenario'] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AssayError('file_unreadable', `${file}: cannot be read as JSON (${reason}).`, { file });
  }
  return parseScenario(content, file);
}

/** Checks a scenario; `file` is named in the errors. A field that it does not know is an error too. */
export function parseScenario(content: unknown, file: string): ParsedInput<'scenario.run'>['scenario'] {
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
