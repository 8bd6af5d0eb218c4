// A sample bill in the browser mode: written, picked like any export, and screens opened on it by their address.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { SAMPLE_DEFAULTS, writeSample } from '../../src-main/engine/sample/write.ts';
import { type BrowserMode, launchBrowserMode } from './browser.ts';

/** The data files of a sample of so many months, the last of which has no invoice yet. */
export async function bill(seed: number, months: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bill-'));
  const { files } = await writeSample({ ...SAMPLE_DEFAULTS, folder, rows: 2000 * months, months, seed });
  return files.map((file) => (file.startsWith('/') ? file : join(folder, file)));
}

/** A file with this content, in a folder of its own. */
export function written(name: string, content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'assay-bill-')), name);
  writeFileSync(file, content);
  return file;
}

/** For the tests of a `describe`: the browser mode with these files imported, handed to `use`, closed after the last. */
export function onImported(files: () => Promise<readonly string[]>, use: (mode: BrowserMode) => void): void {
  let mode: BrowserMode | null = null;
  beforeAll(async () => {
    mode = await launchBrowserMode();
    await pick(mode.page, await files());
    await mode.page.getByText(/rows read =/u).waitFor({ timeout: 60_000 });
    use(mode);
  }, 120_000);
  afterAll(() => mode?.close());
}

/** The same with the sample bill that these tests know the figures of. */
export const onSampleBill = (months: number, use: (mode: BrowserMode) => void): void =>
  onImported(() => bill(1, months), use);

export async function pick(page: Page, files: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page
    .getByRole('button', { name: /^(?:Choose|Import) files$/u })
    .first()
    .click();
  await (await chooser).setFiles([...files]);
}

/** What stands for an answer that is awaited: an outline of it, the answer to the question before, or the screen before. */
const AWAITED = 'main [role="status"][aria-label], main [aria-busy="true"], main[aria-busy="true"]';

/** Goes to an address inside the page and waits until all that is shown there answers what it asks. */
export async function open(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.assign(to);
    // The page hears of its new address before it draws the next frame, and has drawn it one later.
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, hash);
  await page.getByRole('main').waitFor();
  await expect.poll(() => page.locator(AWAITED).count(), { timeout: 20_000 }).toBe(0);
}

export const addressOf = (page: Page): string => new URL(page.url()).hash;
