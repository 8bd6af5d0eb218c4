// Starts the built desktop app in a real Electron with a data folder of its own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { electronBinary } from '../../src-main/hosts/electron-runtime.ts';
import { ROOT } from './runtimes.ts';
import { type Watch, watch } from './watch.ts';
import { within } from './within.ts';

export type Desktop = {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly watch: Watch;
  readonly data: string;
  close(): Promise<void>;
};

export type DesktopOptions = {
  /** The user's data folder; a fresh one when left out. */
  readonly data?: string;
  readonly args?: readonly string[];
};

export const newDataFolder = (): string => mkdtempSync(join(tmpdir(), 'assay-e2e-'));

export async function launchDesktop({
  data = newDataFolder(),
  args = [],
}: DesktopOptions = {}): Promise<Desktop> {
  const app = await _electron.launch({
    executablePath: electronBinary() ?? '',
    // Without it Playwright switches the sandbox off, which the app must not depend on, and the tests neither.
    chromiumSandbox: true,
    args: [ROOT, `--user-data-dir=${data}`, ...args],
    env: { ...strings(process.env), LANG: 'en_US.UTF-8' },
  });
  const page = await within(20_000, 'opening the window', app.firstWindow());
  const seen = watch(page);
  // The page may have been loading before anybody watched it.
  await page.reload();
  await page.waitForFunction(() => document.querySelector('main') !== null);
  return { app, page, watch: seen, data, close: () => within(20_000, 'closing the app', app.close()) };
}

/**
 * Does what makes the app load its page anew, such as opening another workspace, and waits for the new page. A question
 * asked meanwhile could reach the old page, which breaks off with it.
 */
export async function untilLoadedAnew(page: Page, action: () => Promise<void>): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute('data-former', ''));
  await action();
  await page.waitForFunction(
    () => !document.documentElement.hasAttribute('data-former') && document.querySelector('main') !== null,
  );
}

/** Makes the next file dialogs of the app choose these paths, as a person would. */
export async function answerOpenDialog(app: ElectronApplication, paths: readonly string[]): Promise<void> {
  await app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: filePaths.length === 0, filePaths: [...filePaths] });
  }, paths);
}

export async function answerSaveDialog(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
}

/**
 * Drops files or folders on the middle of the window as a person does, who lets go when the window says that it takes
 * them. Let go before the browser has heard so too, they are not taken; a person tries again.
 */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop'): Promise<unknown> =>
    session.send('Input.dispatchDragEvent', {
      type,
      x: 400,
      y: 300,
      data: { items: [], files: [...files], dragOperationsMask: 1 },
    });
  const attempt = async (): Promise<string> => {
    const ended = page.evaluate(
      () =>
        new Promise<string>((end) => {
          window.addEventListener('drop', () => end('taken'), { once: true });
          window.addEventListener('dragleave', ({ relatedTarget }) => {
            if (relatedTarget === null) end('not taken');
          });
        }),
    );
    await drag('dragEnter');
    await drag('dragOver');
    await page.getByText(/^Drop to import/u).waitFor();
    await drag('dragOver');
    await drag('drop');
    return ended;
  };
  await expect.poll(attempt).toBe('taken');
  await session.detach();
}

/** The engine's process, found among the children of the app or of the server by its entry file. */
export function enginePid(parent: number | undefined): number {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const found = lines
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/u.exec(line))
    .find((match) => Number(match?.[2]) === parent && match?.[3]?.includes('engine-process'));
  return Number(found?.[1] ?? Number.NaN);
}

function strings(environment: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(environment);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
