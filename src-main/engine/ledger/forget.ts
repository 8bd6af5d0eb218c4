// "Forget this payer or period": what would go, and the deletion that leaves no byte behind in the workspace file.
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { type ForgetScope, forget, forgettable, stagedImports } from '../db/forget.ts';
import type { Db } from '../db/open.ts';
import { workspaceBytes } from '../db/workspace.ts';

/** What forgetting would delete. Throws `not_found` where nothing of the scope is held. */
export function forgettableHere(db: Db, scope: ForgetScope): Output<'ledger.forgettable'> {
  const found = forgettable(db, scope);
  if (Object.values(found).some((count) => count > 0)) return { schemaVersion: 1, ...found };
  const what = scope.period === null ? '' : ` for ${scope.period}`;
  throw new AssayError('not_found', `Nothing of payer ${scope.payer} is held${what}.`, { ...scope });
}

/** Deletes for good. Throws `not_found`, and `import_running` while a staged import waits for its decision. */
export function forgetForGood(db: Db, path: string, scope: ForgetScope, at: string): Output<'ledger.forget'> {
  const found = forgettableHere(db, scope);
  if (stagedImports(db) > 0)
    throw new AssayError(
      'import_running',
      'An import waits for a decision and may hold the same payer. Take it over or discard it, then forget.',
    );
  const bytesBefore = workspaceBytes(db);
  const remains = forget(db, scope, at);
  return {
    ...found,
    bytesBefore,
    bytesAfter: workspaceBytes(db),
    remains,
    copies: copiesBeside(path),
  };
}

/** Backups and damaged files that Assay put beside the workspace. */
function copiesBeside(path: string): string[] {
  if (path === ':memory:') return [];
  const folder = dirname(path);
  const name = basename(path);
  return readdirSync(folder)
    .filter((other) => other.startsWith(`${name}.`) && /\.backup$|\.damaged-/u.test(other.slice(name.length)))
    .map((other) => join(folder, other))
    .toSorted();
}
