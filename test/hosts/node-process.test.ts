// The engine in a child process: opens, answers, refuses, closes tidily, and says so when it is killed.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectEngine } from '../../src-main/hosts/engine-client.ts';
import { engineEnvironment, OPEN } from '../../src-main/hosts/engine-port.ts';
import { startNodeProcess } from '../../src-main/hosts/node-process.ts';
import { ENGINE_ENTRY, startEngine, temporaryFolder } from './process.ts';

test('opens the workspace, answers, and leaves one plain private file behind', async () => {
  const path = join(temporaryFolder(), 'w.assay');
  const client = connectEngine(startEngine(path));
  await client.ready;
  await expect(client.call('no.such', {})).rejects.toMatchObject({ code: 'unknown_method' });
  await client.close();
  expect(await client.ended).toBe('exit code 0');
  expect(existsSync(`${path}-wal`)).toBe(false);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
});

test.runIf(process.platform === 'linux')(
  'short-lived objects get little memory, others some before they are looked through, and V8 no more helpers than there are processors',
  async () => {
    const port = startEngine(join(temporaryFolder(), 'w.assay'));
    const client = connectEngine(port);
    await client.ready;
    expect(readFileSync(`/proc/${port.pid}/cmdline`, 'utf8').split('\0').slice(1, 4)).toEqual([
      '--max-semi-space-size=4',
      '--initial-old-space-size=64',
      '--v8-pool-size=0',
    ]);
    await client.close();
  },
);

test('an interrupt of the whole terminal leaves closing to the parent; being told to end closes in order', async () => {
  const path = join(temporaryFolder(), 'w.assay');
  const port = startEngine(path);
  const client = connectEngine(port);
  await client.ready;
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.kill(port.pid ?? 0, signal);
  await expect(client.call('workspace.info', {})).resolves.toMatchObject({ path });
  process.kill(port.pid ?? 0, 'SIGTERM');
  expect(await client.ended).toBe('exit code 0');
  expect(existsSync(`${path}-wal`)).toBe(false);
});

test('a file that is no workspace is refused with the reason and left as it was', async () => {
  const path = join(temporaryFolder(), 'bill.csv');
  writeFileSync(path, 'identity/LineItemId,lineItem/UnblendedCost\nabc,1.00\n');
  const before = statSync(path);
  const client = connectEngine(startEngine(path));
  await expect(client.ready).rejects.toMatchObject({
    code: expect.stringMatching(/^workspace_|^internal$/u),
  });
  await client.close();
  expect(statSync(path)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs });
});

test('calls in flight and later ones are told that the process ended', async () => {
  const port = startEngine(join(temporaryFolder(), 'w.assay'));
  const client = connectEngine(port);
  await client.ready;
  process.kill(port.pid ?? 0, 'SIGSTOP');
  const inFlight = client.call('workspace.info', {});
  port.kill();
  await expect(inFlight).rejects.toMatchObject({
    code: 'engine_unavailable',
    details: { method: 'workspace.info', reason: 'signal SIGKILL' },
  });
  await expect(client.call('workspace.info', {})).rejects.toMatchObject({ code: 'engine_unavailable' });
});

test('a Node that does not exist is an error with its name, not a crash of the host', async () => {
  const node = join(temporaryFolder(), 'no-node');
  const client = connectEngine(
    startNodeProcess({
      node,
      entry: ENGINE_ENTRY,
      workspacePath: 'w.assay',
      purpose: OPEN,
      log: () => undefined,
    }),
  );
  await expect(client.ready).rejects.toMatchObject({ code: 'engine_unavailable', message: /no-node/u });
});

test('the engine process inherits no switches of Node and no secrets', () => {
  const environment = {
    HOME: '/home/user',
    NODE_OPTIONS: '--require ./evil.js',
    AWS_SECRET_ACCESS_KEY: 'secret',
    LD_PRELOAD: 'evil.so',
    TZ: 'UTC',
  };
  expect(engineEnvironment(environment)).toEqual({ HOME: '/home/user', TZ: 'UTC' });
});
