// The utility-process host against a stand-in for Electron's API, because only Electron 36 or newer can run the pair.
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { connectEngine } from '../../src-main/hosts/engine-client.ts';
import { OPEN } from '../../src-main/hosts/engine-port.ts';
import { startUtilityProcess } from '../../src-main/hosts/utility-process.ts';

class FakeUtilityProcess extends EventEmitter {
  readonly pid = 4711;
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly posted: unknown[] = [];
  postMessage(message: unknown): void {
    this.posted.push(structuredClone(message));
  }
  kill(): boolean {
    return this.emit('exit', 15);
  }
}

function start() {
  const child = new FakeUtilityProcess();
  const forks: unknown[][] = [];
  const log: string[] = [];
  const port = startUtilityProcess({
    fork: (...given) => {
      forks.push(given);
      return child;
    },
    entry: '/app/engine-process.js',
    workspacePath: '/data/w.assay',
    purpose: OPEN,
    log: (line) => log.push(line),
  });
  return { child, forks, log, port, client: connectEngine(port) };
}

test('forks with a name, a minimal environment, piped output, a heap of its own measure and no unsigned libraries', () => {
  process.env.NODE_OPTIONS_PROBE = 'x';
  const { forks } = start();
  delete process.env.NODE_OPTIONS_PROBE;
  expect(forks).toHaveLength(1);
  const [entry, argv, options] = forks[0] ?? [];
  expect([entry, argv]).toEqual(['/app/engine-process.js', ['/data/w.assay', 'open']]);
  expect(options).toMatchObject({
    serviceName: 'Assay engine',
    stdio: 'pipe',
    allowLoadingUnsignedLibraries: false,
    execArgv: ['--js-flags=--max-semi-space-size=4 --initial-old-space-size=64'],
  });
  expect(Object.keys((options as { env: object }).env)).not.toContain('NODE_OPTIONS_PROBE');
});

test('calls become numbered messages and their replies come back to the right caller', async () => {
  const { child, client } = start();
  child.emit('message', { type: 'ready', isOwner: true });
  await client.ready;
  const first = client.call('workspace.info', {});
  const second = client.call('spend.query', { measures: ['unblended'] });
  expect(child.posted).toEqual([
    { id: 1, method: 'workspace.info', input: {} },
    { id: 2, method: 'spend.query', input: { measures: ['unblended'] } },
  ]);
  const failure = { code: 'mixed_currency', message: 'USD and CNY', details: { currencies: 2 } };
  child.emit('message', { type: 'error', id: 2, failure });
  child.emit('message', { type: 'result', id: 1, output: { path: 'w.assay' } });
  child.emit('message', { type: 'result', id: 99, output: 'nobody asked' });
  child.emit('message', 'no reply at all');
  await expect(first).resolves.toEqual({ path: 'w.assay' });
  await expect(second).rejects.toMatchObject({ code: 'mixed_currency', details: { currencies: 2 } });
});

test('events reach every listener until it stops listening', () => {
  const { child, client } = start();
  const heard: string[] = [];
  const stop = client.onEvent((event) => heard.push(event.type));
  child.emit('message', { type: 'event', event: { type: 'data.changed' } });
  stop();
  child.emit('message', { type: 'event', event: { type: 'data.changed' } });
  expect(heard).toEqual(['data.changed']);
});

test('the end of the process rejects what is waiting, and its output goes to the log by line', async () => {
  const { child, client, log } = start();
  child.stderr.write('slow: spend.query took 300 ms\nsecond');
  child.stderr.end();
  const waiting = client.call('workspace.info', {});
  child.kill();
  await expect(waiting).rejects.toMatchObject({ code: 'engine_unavailable', message: /exit code 15/u });
  await expect(client.ready).rejects.toMatchObject({ code: 'engine_unavailable' });
  await expect.poll(() => log).toEqual(['slow: spend.query took 300 ms', 'second']);
});

test('closing asks the engine to close and waits for its end', async () => {
  const { child, client } = start();
  const closed = client.close();
  expect(child.posted).toEqual([{ type: 'close' }]);
  child.emit('exit', 0);
  await closed;
});
