// A throw-away workspace for tests of the importer: real engine, real SQLite file, real export files.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Output } from '../../../shared/contract/methods.ts';
import { closeWorkspace, type Db, openWorkspace } from '../../../src-main/engine/db/open.ts';
import { createEngine, type Engine } from '../../../src-main/engine/engine.ts';

export const DATA = resolve(import.meta.dirname, '../../data');

export type Report = Output<'import.stage'>;

export type TestWorkspace = {
  readonly folder: string;
  readonly path: string;
  readonly engine: Engine;
  /** Writes a file into the folder and returns its path. */
  write(name: string, content: string | Uint8Array): string;
  stage(...sources: string[]): Promise<Report>;
  /** Stages and commits. */
  import(...sources: string[]): Promise<Report>;
  /** The same with every line of other services. */
  importEveryLine(...sources: string[]): Promise<Report>;
  /** Closes the engine and opens the file itself, for a look at the rows. */
  rows(): Db;
  /** Closes the workspace, so that something else may open it. */
  close(): void;
};

/** A new workspace, removed with its folder when the test ends. */
export function testWorkspace(): TestWorkspace {
  const folder = mkdtempSync(join(tmpdir(), 'assay-import-'));
  const path = join(folder, 'test.assay');
  const engine = createEngine({ workspacePath: path, now: () => new Date('2026-11-21T12:00:00Z') });
  let db: Db | null = null;
  let isOpen = true;
  const close = (): void => {
    if (db !== null) closeWorkspace(db);
    db = null;
    if (isOpen) engine.close();
    isOpen = false;
  };
  onTestFinished(() => {
    close();
    rmSync(folder, { recursive: true, force: true });
  });
  const bring = async (sources: string[], everyLine: boolean | null): Promise<Report> => {
    const { batchId } = await engine.call('import.stage', { sources, everyLine });
    if (batchId === null) throw new Error('nothing was staged');
    return engine.call('import.commit', { batchId });
  };
  return {
    folder,
    path,
    engine,
    write(name, content) {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    stage: (...sources) => engine.call('import.stage', { sources }),
    import: (...sources) => bring(sources, null),
    importEveryLine: (...sources) => bring(sources, true),
    rows() {
      if (isOpen) engine.close();
      isOpen = false;
      db ??= openWorkspace(path);
      return db;
    },
    close,
  };
}
