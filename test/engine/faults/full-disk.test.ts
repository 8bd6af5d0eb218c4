// A disk that is full in the middle of anything that writes much: the message says what to do, nothing is lost, and with room it goes on.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AssayError } from '../../../shared/contract/errors.ts';
import type { Call } from '../../../shared/contract/methods.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { connectEngine, type EngineClient } from '../../../src-main/hosts/engine-client.ts';
import { OPEN } from '../../../src-main/hosts/engine-port.ts';
import { startNodeProcess } from '../../../src-main/hosts/node-process.ts';
import { ENGINE_ENTRY, temporaryFolder } from '../../hosts/process.ts';
import { ACTIONS, type Action, type Files, prepare } from './actions.ts';
import { figuresOf, reopen } from './state.ts';

type SmallDisk = {
  readonly client: EngineClient;
  /** Leaves room for so many bytes more. */
  fill(room: number): void;
  /** Makes room again. */
  free(): void;
  /** The workspace once the engine has closed; null where it is gone with the disk. */
  readonly path: string | null;
};

const folder = temporaryFolder();
let files: Files;
beforeAll(async () => {
  files = await prepare(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let disks = 0;
const newFolder = (): string => {
  const path = join(folder, `disk-${disks++}`);
  mkdirSync(path);
  return path;
};

function startOn(node: string, workspacePath: string): { client: EngineClient; pid: number } {
  const port = startNodeProcess({
    node,
    entry: ENGINE_ENTRY,
    workspacePath,
    purpose: OPEN,
    log: () => undefined,
  });
  return { client: connectEngine(port), pid: port.pid ?? 0 };
}

/** The system refuses to let any file of the engine grow beyond a size (EFBIG): needs no rights at all. */
function limitedFiles(): SmallDisk {
  const path = join(newFolder(), 'w.assay');
  writeFileSync(path, readFileSync(files.prepared));
  const { client, pid } = startOn(process.execPath, path);
  const limit = (soft: string): void => {
    execFileSync('prlimit', [`--fsize=${soft}:unlimited`, '--pid', String(pid)]);
  };
  // The log beside the workspace grows before the workspace does.
  return { client, path, fill: (room) => limit(String(room)), free: () => limit('unlimited') };
}

const DISK_MEGABYTES = 48;

/** A small disk of its own (ENOSPC), in a mount namespace that only the engine sees: needs no rights where users may have one. */
function smallTmpfs(): SmallDisk {
  const disk = newFolder();
  const path = join(disk, 'w.assay');
  const node = join(newFolder(), 'node-on-small-disk');
  const mount = `mount -t tmpfs -o size=${DISK_MEGABYTES}m tmpfs ${disk} && cp ${files.prepared} ${path} && exec "$@"`;
  writeFileSync(node, `#!/bin/sh\nexec unshare -Urm sh -c '${mount}' sh ${process.execPath} "$@"\n`);
  chmodSync(node, 0o700);
  const { client, pid } = startOn(node, path);
  const filler = `/proc/${pid}/root${disk}/filler`;
  return {
    client,
    path: null,
    fill(room) {
      const { bavail, bsize } = statfsSync(dirname(filler));
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - room)));
    },
    free: () => rmSync(filler, { force: true }),
  };
}

const hasNamespaces = spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

const KINDS = [
  { kind: 'files that may not grow (EFBIG)', make: limitedFiles },
  ...(hasNamespaces ? [{ kind: 'a small disk (ENOSPC)', make: smallTmpfs }] : []),
];

/** Bytes left: not even for one page, for the beginning of the work, for most of it. */
const ROOMS = [4000, 150_000, 600_000];

const NOTHING_CHANGED = /Nothing was changed; make room and try again/u;
const SAVED = /^The change is saved, but .* full\. Make room .* it goes on with the next question\.$/u;

/** The workspace without any fault, before and after. */
async function bothSides({ run }: Action): Promise<{ before: string; after: string }> {
  const path = join(newFolder(), 'w.assay');
  writeFileSync(path, readFileSync(files.prepared));
  const engine = createEngine({ workspacePath: path });
  const before = await figuresOf(engine.call);
  await run(engine.call, files);
  const after = await figuresOf(engine.call);
  engine.close();
  return { before, after };
}

describe.each(KINDS)('$kind', ({ make }) => {
  test.each(ACTIONS)('$what', async (action) => {
    const { before, after } = await bothSides(action);
    const { client, path, fill, free } = make();
    await client.ready;
    const call = client.call as Call;
    const attempt = (): Promise<AssayError | null> =>
      action.run(call, files).then(
        () => null,
        (error: unknown) => error as AssayError,
      );
    let failed: AssayError | null = null;
    let failures = 0;
    for (const room of ROOMS) {
      fill(room);
      failed = await attempt();
      if (failed === null) break;
      failures++;
      expect(failed).toMatchObject({ code: 'disk_full' });
      if (SAVED.test(failed.message)) break;
      expect(failed.message).toMatch(NOTHING_CHANGED);
      // Asked while the disk is still full.
      expect(await figuresOf(call)).toBe(before);
      free();
    }
    expect(failures).toBeGreaterThan(0);
    free();
    if (failed !== null && !SAVED.test(failed.message)) expect(await attempt()).toBeNull();
    expect(await figuresOf(call)).toBe(after);
    await client.close();
    if (path !== null) expect((await reopen(path)).figures).toBe(after);
  });
});

test('a workspace that is opened while the disk is full is shown for reading, says so, and is written again with room', async () => {
  const path = join(newFolder(), 'w.assay');
  const bill = join(import.meta.dirname, '../../data/cur-2.0-export-00001.csv');
  const engine = createEngine({ workspacePath: path });
  const { batchId } = await engine.call('import.stage', { sources: [bill] });
  await engine.call('import.commit', { batchId: batchId ?? 0 });
  engine.close();
  const script = join(import.meta.dirname, 'open-when-full.ts');
  const ended = spawnSync(process.execPath, [script, path], { encoding: 'utf8' });
  expect([ended.status, ended.stderr]).toEqual([0, '']);
  const [full, withRoom] = JSON.parse(ended.stdout);
  expect(full).toMatchObject({
    isOwner: false,
    readOnly: true,
    recovery: [
      `The disk with ${path} is full, so the workspace can only be read: nothing can be imported or saved. Make room and reload this window.`,
    ],
  });
  expect(withRoom).toMatchObject({ isOwner: true, readOnly: false, recovery: [], rows: full.rows });
  expect(full.rows.reduce((sum: number, rows: number) => sum + rows, 0)).toBe(1000);
});

test('a workspace that is closed while the disk is full keeps its log beside it, and opens again with all it holds', () => {
  const path = join(newFolder(), 'w.assay');
  const bill = join(import.meta.dirname, '../../data/cur-2.0-export-00001.csv');
  const script = join(import.meta.dirname, 'close-when-full.ts');
  const ended = spawnSync(process.execPath, [script, path, bill], { encoding: 'utf8' });
  expect([ended.status, ended.stderr]).toEqual([0, '']);
  const tied = JSON.parse(ended.stdout) as [rows: number, agrees: boolean][];
  expect(tied.reduce((sum, [rows]) => sum + rows, 0)).toBe(1000);
  expect(tied.every(([, agrees]) => agrees)).toBe(true);
  expect(readdirSync(dirname(path))).toEqual(['w.assay']);
});
