// How an import classifies: by the rules of the workspace as they stand when its first line is read.
import type { LineDimensions, LineMeaning } from '../../../shared/domain/usage/line.ts';
import { interpretWith } from '../../../shared/domain/usage/workspace-rules.ts';
import { workspaceRules } from '../db/mapping-rules.ts';
import type { Db } from '../db/open.ts';

/** The rules are read with the first line: by then the import is on record, and rules wait until it has ended. */
export function interpretHere(db: Db): (line: LineDimensions) => LineMeaning {
  let interpret: ReturnType<typeof interpretWith> | null = null;
  return (line) => {
    interpret ??= interpretWith(workspaceRules(db));
    return interpret(line);
  };
}
