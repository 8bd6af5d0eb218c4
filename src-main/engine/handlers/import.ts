// Importing: stage, look, then commit or discard; history, rejected rows and tie-out.

import { holdsEveryLine } from '../db/rollup-lines.ts';
import type { Context, Handlers } from '../handlers.ts';
import { crossCheck } from '../import/cross-check.ts';
import { createImports } from '../import/imports.ts';
import { undoable } from '../ledger/take-back.ts';
import { withSample } from '../sample/temporary.ts';

type ImportMethod =
  | 'import.stage'
  | 'import.commit'
  | 'import.discard'
  | 'import.cancel'
  | 'import.staged'
  | 'import.undo'
  | 'ledger.forget'
  | 'import.history'
  | 'import.rejectedRows'
  | 'import.crossCheck'
  | 'import.tieOut'
  | 'sample.stage'
  | 'export.rejectedRows';

export function importHandlers(context: Context): Pick<Handlers, ImportMethod> {
  const imports = createImports({ ...context, beginPricing: context.pricing.beginBatch });
  return {
    'import.stage': (input) => imports.stage(input),
    'import.commit': ({ batchId }) => imports.commit(batchId),
    'import.discard': async ({ batchId }) => {
      await imports.discard(batchId);
      return {};
    },
    'import.cancel': () => ({ cancelled: imports.cancel() }),
    'import.staged': async () => ({ reports: await imports.staged() }),
    'import.undo': ({ batchId }) => imports.undo(batchId),
    'ledger.forget': (scope) => imports.forget(scope),
    'import.history': () => ({
      batches: imports.history(),
      undoable: undoable(context.db, context.now()),
      everyLine: holdsEveryLine(context.db),
    }),
    'import.rejectedRows': ({ batchId, offset, limit }) => imports.rejectedRows(batchId, offset, limit),
    'import.crossCheck': ({ sources: [file = ''] }) => crossCheck(context.db, file),
    'import.tieOut': () => ({ rows: imports.tieOut() }),
    'sample.stage': () =>
      withSample((folder) => imports.stage({ sources: [folder], allowMissingParts: false, everyLine: null })),
    'export.rejectedRows': ({ batchId, target }) => imports.exportRejectedRows(batchId, target),
  };
}
