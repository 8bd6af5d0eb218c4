// Takes pictures of the built app in a headless Chromium on the bundled sample: each screen in both themes into a folder (out/screenshots),
// those of the README into docs/screenshots. `npm run screenshots [folder]`; CHROMIUM_PATH names the browser where it is not in its usual place.
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Page } from 'playwright-core';
import { SCENES } from './screenshot-scenes.ts';

const ROOT = resolve(import.meta.dirname, '..');
const README_FOLDER = join(ROOT, 'docs/screenshots');
const THEMES = ['light', 'dark'] as const;

async function main(folder: string): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'assay-screenshots-'));
  const server = spawn(
    process.execPath,
    [join(ROOT, 'dist/main/cli.js'), 'serve', '--workspace', join(home, 'sample.assay')],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  try {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(await firstLink(server.stdout));
    mkdirSync(folder, { recursive: true });
    await page.getByRole('button', { name: 'Try the sample data' }).click();
    await page.getByText(/rows read =/u).waitFor({ timeout: 120_000 });
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      for (const scene of SCENES) {
        await show(page, scene.address);
        await scene.prepare?.(page);
        await settle(page);
        const path = join(folder, `${scene.name}-${theme}.png`);
        await page.screenshot({ path });
        if (scene.readme === theme) copyFileSync(path, join(README_FOLDER, basename(path)));
      }
    }
    await browser.close();
  } finally {
    server.kill('SIGTERM');
    rmSync(home, { recursive: true, force: true });
  }
}

async function firstLink(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const link = /http:\/\/127\.0\.0\.1:\S+/u.exec(line)?.[0];
    if (link !== undefined) return link;
  }
  throw new Error('assay serve ended without printing its link.');
}

async function show(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => window.location.assign(to), address);
  await page.getByRole('main').waitFor();
}

/** Until nothing loads any more and the charts have come to rest. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('main [role="status"][aria-label]') === null);
  await page.mouse.move(1439, 0);
  await page.waitForTimeout(700);
}

await main(resolve(process.argv[2] ?? join(ROOT, 'out/screenshots')));
