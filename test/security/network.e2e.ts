// The running app, without any test tool attached, holds no network socket: neither listening nor connected.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { electronBinary } from '../../scripts/electron-runtime.ts';
import { newDataFolder } from '../e2e/desktop.ts';
import { describeOn, ROOT } from '../e2e/runtimes.ts';

/** Sockets of the internet families, by the number under which a process holds them. */
function internetSockets(): Map<string, string> {
  const sockets = new Map<string, string>();
  for (const family of ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6']) {
    const table = `/proc/net/${family}`;
    if (!existsSync(table)) continue;
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/u);
      if (fields.length > 9) sockets.set(fields[9] ?? '', `${family} ${fields[1]} → ${fields[2]}`);
    }
  }
  return sockets;
}

function processTree(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const];
      } catch {
        return [];
      }
    });
  const tree = [root];
  for (const parent of tree)
    tree.push(...parents.filter(([, above]) => above === parent).map(([pid]) => pid));
  return tree;
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((name) => {
    try {
      return [/^socket:\[(\d+)\]$/u.exec(readlinkSync(join(folder, name)))?.[1] ?? ''];
    } catch {
      return [];
    }
  });
}

describeOn('electron', 'the network', () => {
  let app: ChildProcess;
  const data = newDataFolder();
  const log = join(data, 'logs/assay.log');

  beforeAll(async () => {
    app = spawn(electronBinary() ?? '', [ROOT, `--user-data-dir=${data}`], { stdio: 'ignore' });
    await vi.waitUntil(() => existsSync(log) && readFileSync(log, 'utf8').includes('window shown'), {
      timeout: 30_000,
      interval: 200,
    });
  });
  afterAll(async () => {
    app.kill();
    await new Promise((done) => app.once('exit', done));
  });

  test('the app and its engine hold no socket of the internet families', async () => {
    const found: string[] = [];
    let processes = 0;
    for (let second = 0; second < 4; second++) {
      await new Promise((done) => setTimeout(done, 1000));
      const sockets = internetSockets();
      const tree = processTree(app.pid ?? 0);
      processes = Math.max(processes, tree.length);
      for (const pid of tree) {
        const own = socketsOf(pid).flatMap((inode) => sockets.get(inode) ?? []);
        found.push(...own.map((socket) => `process ${pid}: ${socket}`));
      }
    }
    // The app, its zygotes and services, the page and the engine: the look was taken at all of them.
    expect(processes).toBeGreaterThanOrEqual(5);
    expect(found).toEqual([]);
  });
});
