// Opens an engine in this process for the length of one command, and closes it whatever happens.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../engine/engine.ts';

export async function withEngine<T>(workspacePath: string, use: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = createEngine({ workspacePath });
  try {
    return await use(engine);
  } finally {
    engine.close();
  }
}

/** For commands that need the engine but no data of the user's: the workspace is thrown away. */
export async function withScratchEngine<T>(use: (engine: Engine) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-scratch-'));
  try {
    return await withEngine(join(folder, 'scratch.assay'), use);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
