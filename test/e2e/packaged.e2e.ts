// The packaged app with the fuses it ships with: it starts, imports a file, and its fuses read back as configured.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CUR_2 } from './bills.ts';
import { ask, call, importedBatches } from './calls.ts';
import { dropFiles, newDataFolder } from './desktop.ts';
import { describeOn, RESULTS, ROOT } from './runtimes.ts';
import { accessibilityFaults, screenshot, type Watch, watch } from './watch.ts';

const APP = join(RESULTS, 'package/linux-unpacked');
const BINARY = join(APP, 'assay');
const ARCHIVE = join(APP, 'resources/app.asar');

/** What the shipped configuration sets, as the binary holds it. */
const FUSES: readonly (readonly [FuseV1Options, FuseState])[] = [
  [FuseV1Options.RunAsNode, FuseState.DISABLE],
  [FuseV1Options.EnableCookieEncryption, FuseState.ENABLE],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
  [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
  [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, FuseState.DISABLE],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, FuseState.DISABLE],
];

function buildPackage(): void {
  const builder = join(ROOT, 'node_modules/electron-builder/cli.js');
  execFileSync(
    process.execPath,
    [builder, '--linux', 'dir', '--publish', 'never', '--config', 'electron-builder.ci.yml'],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
  );
}

/** The port of the remote control, which Chromium writes into the data folder once it listens. */
async function controlPort(data: string): Promise<string> {
  const file = join(data, 'DevToolsActivePort');
  return vi.waitUntil(() => existsSync(file) && readFileSync(file, 'utf8').split('\n')[0], {
    timeout: 30_000,
    interval: 100,
  });
}

/** An app that has just begun to listen may accept a connection and never answer on it; the next one is answered. */
async function connected(address: string, attempts = 3): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(address, { timeout: 15_000 });
  } catch (error) {
    if (attempts === 1) throw error;
    return connected(address, attempts - 1);
  }
}

describeOn('electron', 'the packaged app', () => {
  const data = newDataFolder();
  let app: ChildProcess;
  let browser: Browser;
  let page: Page;
  let seen: Watch;

  beforeAll(async () => {
    buildPackage();
    app = spawn(BINARY, [`--user-data-dir=${data}`, '--remote-debugging-port=0'], {
      stdio: 'ignore',
      // Only a runtime that cannot load the engine looks at this.
      env: { ...process.env, ASSAY_ENGINE_NODE: process.execPath },
    });
    browser = await connected(`http://127.0.0.1:${await controlPort(data)}`);
    page = await vi.waitUntil(() => browser.contexts()[0]?.pages()[0], { timeout: 20_000, interval: 100 });
    seen = watch(page);
    await page.reload();
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    app?.kill('SIGTERM');
    if (app?.exitCode === null && app.signalCode === null)
      await new Promise((done) => app.once('exit', done));
  });

  test('starts, imports a file dropped on its window, and ties it out', async () => {
    expect(page.url()).toMatch(/^app:\/\/assay\//u);
    await dropFiles(page, [CUR_2]);
    await expect.poll(() => importedBatches(page), { timeout: 30_000 }).toBe(1);
    const { rows } = await call(page, 'import.tieOut', {});
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ agrees }) => !agrees)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await screenshot(page, 'packaged-imported');
    seen.expectNothingWrong();
  });

  test('its window refuses what the development build refuses', async () => {
    expect(await page.evaluate(() => typeof Reflect.get(globalThis, 'require'))).toBe('undefined');
    expect(await ask(page, 'import.stage', { sources: ['/etc/passwd'] })).toMatchObject({
      failure: { code: 'invalid_input' },
    });
    const fetched = await page.evaluate(() =>
      fetch('https://example.com/').then(
        () => 'reached',
        () => 'refused',
      ),
    );
    expect(fetched).toBe('refused');
  });

  test.each(FUSES.map(([fuse, state]) => [FuseV1Options[fuse], FuseState[state], fuse, state] as const))(
    'the fuse %s reads back as %s',
    async (_name, _word, fuse, state) => {
      expect((await getCurrentFuseWire(BINARY))[fuse]).toBe(state);
    },
  );

  test('it cannot be run as plain Node, nor be made to load code by the environment', () => {
    const script = 'process.stdout.write("ran as node")';
    const asNode = spawnSync(BINARY, ['-e', script, `--user-data-dir=${newDataFolder()}`], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/no/such/module' },
      encoding: 'utf8',
      timeout: 3000,
      killSignal: 'SIGKILL',
    });
    expect(asNode.stdout).not.toMatch(/ran as node/u);
    expect(asNode.stderr).not.toMatch(/no\/such\/module/u);
  });

  test('the archive holds the built app and the SQLite module, nothing else', () => {
    const files = listPackage(ARCHIVE, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
    const unexpected = files.filter(
      (file) =>
        !/^\/(dist(\/(main|renderer)(\/.*)?)?|package\.json|node_modules(\/better-sqlite3(\/.*)?)?)$/u.test(
          file,
        ),
    );
    expect(unexpected).toEqual([]);
    const binaries = files.filter((file) => file.endsWith('.node'));
    expect(binaries).toEqual(['/node_modules/better-sqlite3/prebuilds/linux-x64.node']);
    expect(files.filter((file) => /\/(src|deps|test)\//u.test(file))).toEqual([]);
    expect(JSON.parse(extractFile(ARCHIVE, 'package.json').toString('utf8'))).toMatchObject({
      name: 'assay',
    });
  });

  test('nothing but the archive and what it names lies beside it', () => {
    // The launcher belongs to the tests' Electron; with the fuse set only `app.asar` is ever looked for.
    const found = readdirSync(join(APP, 'resources')).filter((name) => name !== 'default_app.asar');
    expect(found.toSorted()).toEqual(['app.asar', 'app.asar.unpacked']);
  });
});
