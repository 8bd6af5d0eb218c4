// What this runtime can do: whether it loads the engine's native module, and which Node to use where it cannot.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The Node-API version that the SQLite module is built against. An older runtime crashes when it loads it. */
export const REQUIRED_NAPI = 10;

export function canLoadEngine(napi: string | undefined = process.versions.napi): boolean {
  return Number(napi) >= REQUIRED_NAPI;
}

/** The Node that the project pins as a development dependency, or null where it is not installed. */
export function pinnedNode(from: string): string | null {
  try {
    const folder = dirname(createRequire(from).resolve('node/package.json'));
    const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

/** A built or a source file beside the caller: `engine-process.js` after the build, `engine-process.ts` before it. */
export function entryBeside(meta: { dirname: string; filename: string }, name: string): string {
  return join(meta.dirname, `${name}${meta.filename.endsWith('.ts') ? '.ts' : '.js'}`);
}
