// The supervisor over real engine processes: restarts, says so, gives up visibly, and never touches a refused file.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { EngineEvent } from '../../shared/contract/events.ts';
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
