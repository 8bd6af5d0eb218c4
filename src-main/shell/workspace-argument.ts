// Finds the workspace among a command line's arguments: the first that is no switch and is named *.assay.
import { resolve } from 'node:path';

export function workspaceArgument(argv: readonly string[], folder: string): string | null {
  const found = argv.slice(1).find((argument) => !argument.startsWith('-') && /\.assay$/iu.test(argument));
  return found === undefined ? null : resolve(folder, found);
}
