// The running app, without any test tool attached, holds no network socket: neither listening nor connected.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { electronBinary } from '../../src-main/hosts/electron-runtime.ts';
import { newDataFolder } from '../e2e/desktop.ts';
import { describeOn, ROOT } from '../e2e/runtimes.ts';

/** Internet sockets of this user, by the number under which a process holds them. */
function internetSockets(): Map<string, string> {
  const sockets = new Map<string, string>();
  for (const family of ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6']) {
    const table = `/proc/net/${family}`;
    if (!existsSync(table)) continue;
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const [, local, remote, , , , , user, , inode] = line.trim().split(/\s+/u);
      // Without an owner it is one that is already closed.
      if (Number(user) === process.getuid?.() && inode !== undefined && inode !== '0')
        sockets.set(inode, `${family} ${local} → ${remote}`);
    }
  }
  return sockets;
}

function allProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number);
}

function processTree(root: number): number[] {
  const parents = allProcesses().flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return [[name, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const];
    } catch {
      return [];
    }
  });
  const tree = [root];
  for (const parent of tree)
    tree.push(...parents.filter(([, above]) => above === parent).map(([pid]) => pid));
  return tree;
}

/** None where the process has gone, or where the sandbox hides it. */
function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
      const target = readlinkSync(`/proc/${pid}/fd/${name}`);
      return [/^socket:\[(\d+)\]$/u.exec(target)?.[1] ?? ''];
    });
  } catch {
    return [];
  }
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
      const tree = new Set(processTree(app.pid ?? 0));
      processes = Math.max(processes, tree.size);
      // A sandboxed process shows nothing of itself, so the test goes the other way round: what no other program holds.
      const others = allProcesses().filter((pid) => !tree.has(pid));
      const theirs = new Set(others.flatMap(socketsOf));
      for (const [inode, socket] of internetSockets()) if (!theirs.has(inode)) found.push(socket);
    }
    // The app, its zygotes and services, the page and the engine: the look was taken at all of them.
    expect(processes).toBeGreaterThanOrEqual(5);
    expect(found).toEqual([]);
  });
});
