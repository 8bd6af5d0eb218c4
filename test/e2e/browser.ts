// Starts `assay serve` as the built command and opens its one-time link in a real Chromium.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumBinary, ROOT } from './runtimes.ts';
import { type Watch, watch } from './watch.ts';

export type BrowserMode = {
  readonly page: Page;
  readonly watch: Watch;
  readonly link: string;
  readonly browser: Browser;
  readonly server: ChildProcess;
  close(): Promise<void>;
};

/** Nothing of the browser's own may go out either. The sandbox stays on, except for root, for whom Chromium has none. */
const FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const newWorkspace = (): string => join(mkdtempSync(join(tmpdir(), 'assay-e2e-')), 'browser.assay');

export async function launchBrowserMode(
  args: readonly string[] = [],
  workspace = newWorkspace(),
): Promise<BrowserMode> {
  const server = spawn(
    process.execPath,
    [join(ROOT, 'dist/main/cli.js'), 'serve', '--workspace', workspace, ...args],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const link = await printedLink(server);
  const browser = await chromium.launch({ executablePath: chromiumBinary() ?? '', args: FLAGS });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const seen = watch(page);
  await page.goto(link);
  await page.waitForFunction(() => document.querySelector('main') !== null);
  return {
    page,
    watch: seen,
    link,
    browser,
    server,
    async close() {
      await browser.close();
      server.kill('SIGTERM');
      if (server.exitCode === null && server.signalCode === null)
        await new Promise((done) => server.once('exit', done));
    },
  };
}

export function printedLink(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (server.stdout === null) return reject(new Error('The server has no output.'));
    createInterface(server.stdout).on('line', (line) => {
      const link = /http:\/\/127\.0\.0\.1:\d+\/open\?token=[\w-]+/u.exec(line)?.[0];
      if (link !== undefined) resolve(link);
    });
    server.once('exit', (code) => reject(new Error(`assay serve ended with exit code ${code}.`)));
  });
}
