// Which runtimes the end-to-end tests find here. One that is missing skips its tests with one clear line.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from 'vitest';
import { missingForDesktop } from '../../src-main/hosts/electron-runtime.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
export const RESULTS = resolve(ROOT, 'test-results');

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function chromiumBinary(): string | null {
  return (
    [process.env.CHROMIUM_PATH, ...CHROMIUM].find((path) => path !== undefined && existsSync(path)) ?? null
  );
}

const MISSING = {
  electron: missingForDesktop(),
  chromium: chromiumBinary() === null ? 'there is no Chromium here (CHROMIUM_PATH names one)' : null,
} as const;

/** `describe` where the runtime is there; else the tests are skipped, and the reason is printed once. */
export function describeOn(runtime: keyof typeof MISSING, name: string, tests: () => void): void {
  const missing = MISSING[runtime];
  if (missing !== null) process.stdout.write(`skipped: ${name}: ${missing}\n`);
  describe.skipIf(missing !== null)(name, tests);
}
