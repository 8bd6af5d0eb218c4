// What may befall a workspace, in the real app: killed engines, a killed app, two windows on one file, a damaged, a newer
// and a read-only one. Each time the file is as before or as after, and the window says which and what to do.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { createEngine } from '../../src-main/engine/engine.ts';
import { CUR_1, CUR_2, largeBill } from './bills.ts';
import { launchBrowserMode, newWorkspace } from './browser.ts';
import { call, importedBatches } from './calls.ts';
import { answerOpenDialog, type Desktop, enginePid, launchDesktop, newDataFolder } from './desktop.ts';
import { describeOn, ROOT } from './runtimes.ts';
import { open, pick } from './sample-bill.ts';
import { accessibilityFaults, screenshot } from './watch.ts';
import { within } from './within.ts';

const closing = new Set<() => Promise<void>>();

async function desktopOn(workspace: string, data = newDataFolder()): Promise<Desktop> {
  const desktop = await launchDesktop({ data, args: [workspace] });
  closing.add(desktop.close);
  return desktop;
}

afterEach(async () => {
  const all = [...closing];
  closing.clear();
  for (const close of all) await close();
});

/** A workspace with one import in it, closed. */
async function filledWorkspace(): Promise<string> {
  const path = newWorkspace();
  const engine = createEngine({ workspacePath: path });
  const { batchId } = await engine.call('import.stage', { sources: [CUR_2] });
  await engine.call('import.commit', { batchId: batchId ?? 0 });
  engine.close();
  return path;
}

function damage(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0x5a, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 40_000);
  writeFileSync(path, bytes);
}

const banner = (page: Page, text: RegExp): Promise<void> =>
  page.getByText(text).first().waitFor({ timeout: 20_000 });

describeOn('chromium', 'a workspace in browser mode', () => {
  test('an engine killed during an import: the import failed, what was held stays, the next one goes through', async () => {
    const mode = await launchBrowserMode([], await filledWorkspace());
    closing.add(mode.close);
    const { page } = mode;
    const before = await call(page, 'workspace.info', {});
    await open(page, '#/import');
    await pick(page, [largeBill(1200)]);
    await page.getByRole('progressbar', { name: 'Importing large.csv' }).waitFor();
    const pid = enginePid(mode.server.pid);
    process.kill(pid, 'SIGKILL');
    await banner(page, /^Not imported: large\.csv/u);
    await banner(
      page,
      /\(.*large\.csv\.gz\) was not finished\. It was removed; the workspace is as it was before/u,
    );
    const after = await call(page, 'workspace.info', {});
    expect({ ...after, recovery: [] }).toEqual({ ...before, recovery: [] });
    expect(enginePid(mode.server.pid)).not.toBe(pid);
    await pick(page, [CUR_1]);
    await banner(page, /^Imported: cur-1\.0-export\.csv/u);
    expect(await importedBatches(page)).toBe(2);
  });

  test('a damaged workspace without a backup is refused in the terminal', async () => {
    const path = await filledWorkspace();
    damage(path);
    const bytes = readFileSync(path);
    const served = spawnSync(
      process.execPath,
      [join(ROOT, 'dist/main/cli.js'), 'serve', '--workspace', path],
      { encoding: 'utf8', timeout: 30_000 },
    );
    expect(served.status).not.toBe(0);
    expect(served.stderr).toContain(`The workspace file ${path} is damaged`);
    expect(served.stderr).toContain('There is no backup beside it');
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('a damaged workspace with backups: the page lists them with what they hold, and goes on from the one chosen', async () => {
    const path = await filledWorkspace();
    copyFileSync(path, `${path}.before-2026-11-19.backup`);
    const damagedOne = `${path}.before-2026-11-20.backup`;
    copyFileSync(path, damagedOne);
    damage(damagedOne);
    damage(path);
    const bytes = readFileSync(path);
    const mode = await launchBrowserMode([], path);
    closing.add(mode.close);
    const { page } = mode;
    await banner(page, /is damaged \(.+older one lies beside it/u);
    await page.getByRole('button', { name: 'Choose a backup' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^Cannot be used: damaged/u).waitFor();
    await dialog.getByText(/Apr 2026, 1 payer, last import/u).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await screenshot(page, 'browser-choose-backup');
    await dialog.getByRole('button', { name: 'Go on from this backup' }).click();
    await banner(page, /put back to its backup of .+before-2026-11-19.+ The damaged file is kept as/u);
    expect(await importedBatches(page)).toBe(1);
    const [kept = ''] = readdirSync(dirname(path)).filter((name) => name.includes('.damaged-'));
    expect(readFileSync(join(dirname(path), kept)).equals(bytes)).toBe(true);
  });

  test('a second server on one workspace only reads, and says who has it', async () => {
    const path = await filledWorkspace();
    const first = await launchBrowserMode([], path);
    closing.add(first.close);
    const second = await launchBrowserMode([], path);
    closing.add(second.close);
    await banner(second.page, /Another Assay \(.+, process \d+ on .+\) has this workspace open/u);
    expect(await importedBatches(second.page)).toBe(1);
    expect(await accessibilityFaults(second.page)).toEqual([]);
    await screenshot(second.page, 'browser-second-reads');
    await open(second.page, '#/import');
    await pick(second.page, [CUR_1]);
    await banner(second.page, /open for reading only/u);
    expect(await importedBatches(first.page)).toBe(1);
  });
});

describeOn('electron', 'a workspace in the desktop app', () => {
  test('the whole app killed during an import: opened again, it is as before and says so', async () => {
    const path = await filledWorkspace();
    const data = newDataFolder();
    const first = await launchDesktop({ data, args: [path] });
    const before = await call(first.page, 'workspace.info', {});
    await open(first.page, '#/import');
    await answerOpenDialog(first.app, [largeBill(1200)]);
    await first.page.getByRole('button', { name: 'Import files' }).click();
    await first.page.getByRole('progressbar', { name: 'Importing large.csv' }).waitFor();
    const main = first.app.process();
    const ended = new Promise((done) => main.once('exit', done));
    const engine = enginePid(main.pid);
    for (const pid of [main.pid ?? 0, engine]) process.kill(pid, 'SIGKILL');
    await within(10_000, 'the end of the app', ended);

    const second = await desktopOn(path, data);
    const after = await call(second.page, 'workspace.info', {});
    expect(after.recovery.join(' ')).toMatch(
      /\(.*large\.csv\.gz\) was not finished\. It was removed; the workspace is as it was before/u,
    );
    expect({ ...after, recovery: [] }).toEqual({ ...before, recovery: [] });
    expect(after.readOnly).toBe(false);
    await banner(second.page, /was not finished\. It was removed/u);
  });

  test('the window’s process alone killed: the engine closes by itself and leaves one plain file', async () => {
    const path = await filledWorkspace();
    const first = await launchDesktop({ data: newDataFolder(), args: [path] });
    await call(first.page, 'workspace.info', {});
    const ended = new Promise((done) => first.app.process().once('exit', done));
    first.app.process().kill('SIGKILL');
    await within(10_000, 'the end of the app', ended);
    await expect.poll(() => readdirSync(dirname(path)), { timeout: 10_000 }).toEqual(['browser.assay']);
  });

  test('a second app on one workspace only reads, and takes over after the first has closed it', async () => {
    const path = await filledWorkspace();
    const first = await launchDesktop({ data: newDataFolder(), args: [path] });
    const second = await desktopOn(path);
    await banner(second.page, /Another Assay \(.+, process \d+ on .+\) has this workspace open/u);
    expect(await importedBatches(second.page)).toBe(1);
    await screenshot(second.page, 'desktop-second-reads');
    await first.close();
    await second.page.reload();
    await expect
      .poll(async () => (await call(second.page, 'workspace.info', {})).readOnly, { timeout: 20_000 })
      .toBe(false);
  });

  test('a damaged workspace: the window lists its backups and goes on from the one chosen', async () => {
    const path = await filledWorkspace();
    copyFileSync(path, `${path}.before-schema-9.backup`);
    damage(path);
    const { page } = await desktopOn(path);
    await banner(page, /is damaged \(.+Its last backup is .+before-schema-9\.backup/u);
    expect(await accessibilityFaults(page)).toEqual([]);
    await screenshot(page, 'desktop-damaged');
    await page.getByRole('button', { name: 'Choose a backup' }).click();
    await page.getByRole('button', { name: 'Go on from this backup' }).click();
    await banner(page, /put back to its backup of .+ The damaged file is kept as/u);
    expect(await importedBatches(page)).toBe(1);
    expect(readdirSync(dirname(path)).filter((name) => name.includes('.damaged-'))).toHaveLength(1);
  });

  test('a newer workspace is refused untouched, with what to do', async () => {
    const path = newWorkspace();
    const db = new Database(path);
    db.pragma('application_id = 0x41535359');
    db.pragma('user_version = 9999');
    db.close();
    const bytes = readFileSync(path);
    const { page } = await desktopOn(path);
    await banner(page, /written by a newer Assay \(schema 9999.+open it with the newer version/u);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('a file that may only be read is opened for reading, and says so', async () => {
    const path = await filledWorkspace();
    chmodSync(path, 0o400);
    const bytes = readFileSync(path);
    const { page } = await desktopOn(path);
    await banner(page, /open for reading only: nothing can be imported or saved/u);
    expect(await importedBatches(page)).toBe(1);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });
});
