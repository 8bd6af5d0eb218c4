// assay scenario run: answer a what-if written as JSON, from the user's own lines.
import { readFileSync } from 'node:fs';
import { type ReadScenario, readScenarioText } from '../../../shared/contract/scenario-file.ts';
import { fileError } from '../../engine/import/open-source.ts';
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

/** Reads and checks a scenario file; the error names the file, the line and the field. */
export function readScenario(file: string): ReadScenario {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw fileError(file, error);
  }
  return readScenarioText(text, file);
}
