// Keeps scenarios in the workspace, and reads them back through the contract's schema.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { scenario as scenarioSchema } from '../../../shared/contract/scenario.ts';
import type { Db } from '../db/open.ts';
import { removeScenario, type StoredScenario, storedScenarios, storeScenario } from '../db/scenarios.ts';

export type SavedScenario = Output<'scenario.save'>;

/** Throws `workspace_corrupt` naming the scenario when its definition cannot be read. */
function read({ id, name, savedAt, definition }: StoredScenario): SavedScenario {
  const parsed = scenarioSchema.safeParse(JSON.parse(definition));
  if (parsed.success) return { id, name, savedAt, scenario: parsed.data };
  const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new AssayError(
    'workspace_corrupt',
    `The saved scenario “${name}” cannot be read (${where}). Delete it, or open the workspace with the version that saved it.`,
    { scenario: id, field: where },
  );
}

export function keptScenarios(db: Db): SavedScenario[] {
  return storedScenarios(db).map(read);
}

/** Saves under the scenario's own name. Throws `not_found` when the one to replace is gone. */
export function keepScenario(
  db: Db,
  id: number | null,
  scenario: SavedScenario['scenario'],
  now: Date,
): SavedScenario {
  const savedAt = now.toISOString();
  const stored = storeScenario(db, id, {
    name: scenario.name,
    savedAt,
    definition: JSON.stringify(scenario),
  });
  if (stored === null) throw gone(id);
  return { id: stored.id, name: stored.name, savedAt, scenario };
}

export function dropScenario(db: Db, id: number): void {
  if (!removeScenario(db, id)) throw gone(id);
}

function gone(id: number | null): AssayError {
  return new AssayError(
    'not_found',
    `There is no saved scenario ${id}: it was deleted, or belongs to another workspace.`,
    {
      scenario: id,
    },
  );
}
