// The supervisor over real engine processes: restarts, says so, gives up visibly, and never touches a refused file.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { EngineEvent } from '../../shared/contract/events.ts';
import { closeWorkspace, openWorkspace } from '../../src-main/engine/db/open.ts';
import type { EnginePort } from '../../src-main/hosts/engine-port.ts';
import { superviseEngine } from '../../src-main/hosts/supervisor.ts';
import { startEngine, stateOf, temporaryFolder } from './process.ts';

const kill = (port: EnginePort | undefined): void => {
  process.kill(port?.pid ?? 0, 'SIGKILL');
};

test('an engine that is killed is started again, and the page is told both times', async () => {
  const path = join(temporaryFolder(), 'w.assay');
  const ports: EnginePort[] = [];
  const start = (): EnginePort => {
    const port = startEngine(path);
    ports.push(port);
    return port;
  };
  const supervisor = superviseEngine({ start, delays: [10, 10] });
  const events: EngineEvent[] = [];
  supervisor.onEvent((event) => events.push(event));
  await supervisor.ready();
  kill(ports[0]);
  const restarting = await stateOf(supervisor, 'restarting');
  expect(restarting.failure).toMatchObject({ code: 'engine_unavailable', message: /SIGKILL/u });
  // A call made meanwhile waits for the new engine instead of failing.
  await expect(supervisor.call('no.such', {})).rejects.toMatchObject({ code: 'unknown_method' });
  expect(ports).toHaveLength(2);
  await stateOf(supervisor, 'running');
  expect(events.map((event) => (event.type === 'engine.state' ? event.state : event.type))).toEqual([
    'running',
    'restarting',
    'running',
    'data.changed',
  ]);
  await supervisor.close();
});

test('an engine that keeps dying is left stopped after the last delay, with a way out in words', async () => {
  const path = join(temporaryFolder(), 'w.assay');
  let starts = 0;
  const supervisor = superviseEngine({
    start: () => {
      starts++;
      const port = startEngine(path);
      port.kill();
      return port;
    },
    delays: [1, 1],
  });
  const failed = await stateOf(supervisor, 'failed');
  expect(failed.failure?.message).toMatch(/started again 2 times.*assay doctor/u);
  await expect(supervisor.call('workspace.info', {})).rejects.toMatchObject({ code: 'engine_unavailable' });
  await new Promise((done) => setTimeout(done, 50));
  expect(starts).toBe(3);
  await supervisor.close();
});

test('a person can ask a stopped engine to try again, and only a stopped one', async () => {
  const path = join(temporaryFolder(), 'w.assay');
  let healthy = false;
  let starts = 0;
  const supervisor = superviseEngine({
    start: () => {
      starts++;
      const port = startEngine(path);
      if (!healthy) port.kill();
      return port;
    },
    delays: [],
  });
  await stateOf(supervisor, 'failed');
  healthy = true;
  supervisor.retry();
  await supervisor.ready();
  supervisor.retry();
  expect([starts, supervisor.state().state]).toEqual([2, 'running']);
  await supervisor.close();
});

test('a workspace of a newer version is refused once, not retried', async () => {
  const path = join(temporaryFolder(), 'newer.assay');
  const db = new Database(path);
  db.pragma('application_id = 0x41535359');
  db.pragma('user_version = 9999');
  db.close();
  let starts = 0;
  const supervisor = superviseEngine({
    start: () => {
      starts++;
      return startEngine(path);
    },
    delays: [1, 1],
  });
  await expect(supervisor.ready()).rejects.toMatchObject({ code: 'workspace_newer' });
  expect(supervisor.state()).toMatchObject({ state: 'failed', failure: { code: 'workspace_newer' } });
  await new Promise((done) => setTimeout(done, 100));
  expect(starts).toBe(1);
  await supervisor.close();
});

/** A workspace with something in it, its backup beside it, and damaged pages. */
function damagedWorkspace(): { path: string; backup: string } {
  const path = join(temporaryFolder(), 'w.assay');
  const db = openWorkspace(path);
  db.exec("INSERT INTO setting VALUES ('kept', 'yes')");
  const backup = `${path}.before-schema-0.backup`;
  db.prepare('VACUUM INTO ?').run(backup);
  const insert = db.prepare('INSERT INTO setting VALUES (?, ?)');
  for (let key = 0; key < 5000; key++) insert.run(`key ${key}`, 'value '.repeat(10));
  closeWorkspace(db);
  const bytes = readFileSync(path);
  bytes.fill(0x5a, bytes.length - 40_000, bytes.length - 20_000);
  writeFileSync(path, bytes);
  return { path, backup };
}

test('a damaged workspace is refused with its last backup named, and goes on from it when a person says so', async () => {
  const { path, backup } = damagedWorkspace();
  const supervisor = superviseEngine({ start: (purpose) => startEngine(path, purpose) });
  await expect(supervisor.ready()).rejects.toMatchObject({
    code: 'workspace_corrupt',
    details: { backup },
    message: expect.stringContaining(`Its last backup is ${backup}`),
  });
  // Offered with what it holds; a name that is not there changes nothing.
  expect(supervisor.state().backups).toMatchObject([{ name: basename(backup), state: 'sound' }]);
  supervisor.restore(basename(backup));
  await supervisor.ready();
  const { notes } = await stateOf(supervisor, 'running');
  expect(notes.join(' ')).toMatch(/put back to its backup of .* The damaged file is kept as .*damaged-/u);
  expect(readdirSync(dirname(path)).filter((name) => name.includes('damaged-'))).toHaveLength(1);
  // Only a damaged one is ever put back.
  supervisor.restore(basename(backup));
  expect(supervisor.state().state).toBe('running');
  await supervisor.close();
  const db = openWorkspace(path);
  expect(db.prepare("SELECT value FROM setting WHERE name = 'kept'").pluck().get()).toBe('yes');
  closeWorkspace(db);
});

test('a second engine only reads, says who has the workspace, and takes over once that one has let go', async () => {
  const path = join(temporaryFolder(), 'w.assay');
  const first = superviseEngine({ start: () => startEngine(path) });
  await first.ready();
  const second = superviseEngine({ start: () => startEngine(path) });
  await second.ready();
  expect(second.state().notes.join(' ')).toMatch(
    /^Another Assay \(.+, process \d+ on .+\) has this workspace open, so it can only be read here/u,
  );
  expect(await second.call('workspace.info', {})).toMatchObject({ readOnly: true });
  await expect(second.call('import.stage', { sources: ['x.csv'] })).rejects.toMatchObject({
    code: 'workspace_read_only',
  });
  await first.close();
  second.retry();
  await second.ready();
  expect(await second.call('workspace.info', {})).toMatchObject({ readOnly: false, recovery: [] });
  await second.close();
});

test('an engine waits for an owner that is just being closed, and becomes the owner', async () => {
  const path = join(temporaryFolder(), 'w.assay');
  const first = superviseEngine({ start: () => startEngine(path) });
  await first.ready();
  const second = superviseEngine({ start: () => startEngine(path) });
  setTimeout(() => void first.close(), 600);
  await second.ready();
  expect(await second.call('workspace.info', {})).toMatchObject({ readOnly: false });
  await second.close();
});
