// Opens an engine in this process for the length of one command, and closes it whatever happens.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssayError } from '../../shared/contract/errors.ts';
import { createEngine, type Engine } from '../engine/engine.ts';

/** For commands that write: the workspace is made where it is not there yet. Throws `workspace_locked` while another Assay has it. */
export async function withEngine<T>(workspacePath: string, use: (engine: Engine) => Promise<T>): Promise<T> {
  return closing(createEngine({ workspacePath }), use);
}

/** As `withEngine`, but a workspace that was made for a command that then fails is taken away again. */
export async function withEngineFor<T>(
  workspacePath: string,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  const existed = existsSync(workspacePath);
  try {
    return await withEngine(workspacePath, use);
  } catch (error) {
    if (!existed) for (const end of ['', '-wal', '-shm']) rmSync(`${workspacePath}${end}`, { force: true });
    throw error;
  }
}

/** For commands that only ask: the workspace must be there, and is read beside an Assay that has it open. */
export async function withHeldData<T>(
  workspacePath: string,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  if (!existsSync(workspacePath))
    throw new AssayError(
      'file_not_found',
      `${workspacePath} is not there. \`assay import\` makes a workspace from billing exports.`,
      { file: workspacePath },
    );
  return closing(openBesideOthers(workspacePath), use);
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

function openBesideOthers(workspacePath: string): Engine {
  try {
    return createEngine({ workspacePath });
  } catch (error) {
    // Reading takes no room, and disturbs nobody.
    if (!(error instanceof AssayError) || !['workspace_locked', 'disk_full'].includes(error.code))
      throw error;
    return createEngine({ workspacePath, readOnly: true });
  }
}

async function closing<T>(engine: Engine, use: (engine: Engine) => Promise<T>): Promise<T> {
  try {
    return await use(engine);
  } finally {
    engine.close();
  }
}
