// Before all tests: a folder for whatever they and the processes they start leave in the system's, gone with them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const PREFIX = 'assay-tests-';
/** What the systems call the folder for temporary files. */
const NAMES = ['TMPDIR', 'TEMP', 'TMP'] as const;

export function setup(): (() => void) | undefined {
  if (basename(tmpdir()).startsWith(PREFIX)) return;
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  for (const name of NAMES) process.env[name] = folder;
  // A process that a test has stopped may still be on its way out.
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
