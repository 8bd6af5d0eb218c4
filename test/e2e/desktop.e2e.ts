// The desktop app as a person uses it: import, menus, workspaces, what it remembers.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { electronBinary } from '../../src-main/hosts/electron-runtime.ts';
import { CUR_1, CUR_1_FOLDER, CUR_2 } from './bills.ts';
import { call, importedBatches, type PageGlobals } from './calls.ts';
import {
  answerOpenDialog,
  answerSaveDialog,
  type Desktop,
  type DesktopOptions,
  dropFiles,
  launchDesktop,
  newDataFolder,
  untilLoadedAnew,
} from './desktop.ts';
import { describeOn, ROOT } from './runtimes.ts';
import { accessibilityFaults, screenshot } from './watch.ts';

const info = (desktop: Desktop) => call(desktop.page, 'workspace.info', {});

const clickMenu = (desktop: Desktop, label: string): Promise<void> =>
  desktop.app.evaluate(({ Menu }, wanted) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
    const found = items.find((item) => item.label === wanted);
    if (found === undefined) throw new Error(`The menu has no ${wanted}.`);
    found.click();
  }, label);

const expectImported = (desktop: Desktop, batches: number): Promise<void> =>
  expect.poll(() => importedBatches(desktop.page), { timeout: 30_000 }).toBe(batches);

/** Waits until the engine has this workspace open. */
const expectWorkspace = (desktop: Desktop, name: string): Promise<void> =>
  expect
    .poll(
      () =>
        info(desktop).then(
          ({ path }) => path,
          () => '',
        ),
      { timeout: 15_000 },
    )
    .toMatch(new RegExp(`${name}$`, 'u'));

describeOn('electron', 'the desktop app', () => {
  let open: Desktop | null = null;
  const launch = async (options?: DesktopOptions): Promise<Desktop> => {
    open = await launchDesktop(options);
    return open;
  };
  afterEach(async () => {
    const desktop = open;
    open = null;
    await desktop?.close();
  });

  test.each(['light', 'dark'] as const)(
    'starts on an empty workspace, accessible, in the %s theme',
    async (theme) => {
      const desktop = await launch();
      await desktop.page.emulateMedia({ colorScheme: theme });
      await desktop.page.getByRole('button', { name: 'Choose files' }).waitFor();
      // Colours fade from one theme to the other.
      await desktop.page.waitForTimeout(500);
      await screenshot(desktop.page, `desktop-start-${theme}`);
      expect(await accessibilityFaults(desktop.page)).toEqual([]);
      desktop.watch.expectNothingWrong();
      expect((await info(desktop)).path).toBe(join(desktop.data, 'Default.assay'));
    },
  );

  test('imports an export chosen in the system’s dialog, and every row ties to the file', async () => {
    const desktop = await launch();
    await answerOpenDialog(desktop.app, [CUR_1]);
    await desktop.page.getByRole('button', { name: 'Choose files' }).click();
    await expectImported(desktop, 1);
    const { rows } = await call(desktop.page, 'import.tieOut', {});
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ agrees }) => !agrees)).toEqual([]);
    await screenshot(desktop.page, 'desktop-imported');
    desktop.watch.expectNothingWrong();
  });

  test('a folder dropped on the window is imported with its manifest', async () => {
    const desktop = await launch();
    await dropFiles(desktop.page, [CUR_1_FOLDER]);
    await expectImported(desktop, 1);
    const { batches } = await call(desktop.page, 'import.history', {});
    expect(batches[0]?.deliveries).toMatchObject([{ report: 'my-report', period: '2018-08', rows: 6190 }]);
  });

  test('an export goes where the dialog says, and nowhere a page could name', async () => {
    const desktop = await launch();
    const target = join(desktop.data, 'answer.csv');
    await answerSaveDialog(desktop.app, target);
    const saved = await desktop.page.evaluate(() =>
      (globalThis as unknown as PageGlobals).assay.saveAs('../../spend.csv'),
    );
    expect(saved).toEqual({ token: expect.stringMatching(/^file:/u), name: 'answer.csv' });
    await call(desktop.page, 'export.spend', {
      query: { measures: ['unblended'], groupBy: ['month'], scope: 'all' },
      target: saved?.token ?? '',
    });
    expect(readFileSync(target, 'utf8')).toMatch(/month/iu);
    await expect(
      call(desktop.page, 'export.spend', { query: { measures: ['unblended'] }, target }),
    ).rejects.toThrow(/invalid_input/u);
  });

  test('the menu goes to screens and switches the theme', async () => {
    const desktop = await launch();
    await clickMenu(desktop, 'Settings…');
    await expect.poll(() => desktop.page.url(), { timeout: 5000 }).toMatch(/settings/u);
    const scheme = (): Promise<string | null> =>
      desktop.page.evaluate(() => document.documentElement.getAttribute('data-mantine-color-scheme'));
    const before = await scheme();
    await clickMenu(desktop, 'Switch between light and dark');
    await expect.poll(scheme, { timeout: 5000 }).toBe(before === 'dark' ? 'light' : 'dark');
  });

  test('a new workspace starts empty, the former one is a click away, and a broken one changes nothing', async () => {
    const desktop = await launch();
    await answerOpenDialog(desktop.app, [CUR_2]);
    await desktop.page.getByRole('button', { name: 'Choose files' }).click();
    await expectImported(desktop, 1);

    await answerSaveDialog(desktop.app, join(desktop.data, 'Second'));
    await untilLoadedAnew(desktop.page, () => clickMenu(desktop, 'New workspace…'));
    await expectWorkspace(desktop, 'Second.assay');
    expect((await call(desktop.page, 'import.history', {})).batches).toEqual([]);

    const broken = join(desktop.data, 'broken.assay');
    writeFileSync(broken, 'this is no database, however long it is');
    await answerOpenDialog(desktop.app, [broken]);
    const shown = desktop.app.evaluate(
      ({ dialog }) =>
        new Promise<string>((done) => {
          dialog.showMessageBox = async (...given: unknown[]) => {
            done(JSON.stringify(given.at(-1)));
            return { response: 0, checkboxChecked: false };
          };
        }),
    );
    await clickMenu(desktop, 'Open workspace…');
    expect(await shown).toMatch(/broken\.assay was not opened/u);
    await expectWorkspace(desktop, 'Second.assay');

    const recent = await desktop.page.evaluate(() =>
      (globalThis as unknown as PageGlobals).assay.recentWorkspaces(),
    );
    expect(recent.map(({ name }) => name)).toEqual(['Second.assay', 'Default.assay']);
    await untilLoadedAnew(desktop.page, async () => {
      await desktop.page
        .evaluate(
          (token) => (globalThis as unknown as PageGlobals).assay.openWorkspace({ kind: 'recent', token }),
          recent[1]?.token ?? '',
        )
        // The page is loaded anew before the answer can reach it.
        .catch(() => undefined);
    });
    await expectWorkspace(desktop, 'Default.assay');
    expect((await call(desktop.page, 'import.history', {})).batches).toHaveLength(1);
  });

  test('the window’s place and the last workspace are remembered', async () => {
    const data = newDataFolder();
    const first = await launch({ data, args: [join(data, 'mine.assay')] });
    await expectWorkspace(first, 'mine.assay');
    await first.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1000, height: 640 }),
    );
    await first.close();
    expect(existsSync(join(data, 'mine.assay-wal'))).toBe(false);
    const second = await launch({ data });
    await expectWorkspace(second, 'mine.assay');
    const bounds = await second.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getBounds(),
    );
    expect(bounds).toMatchObject({ width: 1000, height: 640 });
  });

  test('a second start hands its workspace to the first and ends', async () => {
    const desktop = await launch();
    const other = join(desktop.data, 'handed-over.assay');
    const second = spawn(electronBinary() ?? '', [ROOT, `--user-data-dir=${desktop.data}`, other], {
      stdio: 'ignore',
    });
    expect(await new Promise((done) => second.once('exit', done))).toBe(0);
    await expectWorkspace(desktop, 'handed-over.assay');
    expect(desktop.app.windows()).toHaveLength(1);
  });
});
