// Builds the app when a source is newer than what is built.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');

/** Everything the build reads. */
const INPUTS = [
  'shared',
  'src-main',
  'src-renderer',
  'docs/scenarios',
  'package-lock.json',
  'vite.config.ts',
  'vite.main.config.ts',
  'vite.preload.config.ts',
];
/** The last file the build writes. */
const OUTPUT = 'dist/main/preload.cjs';

function newest(path: string): number {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

export function buildIfStale(): void {
  const built = join(ROOT, OUTPUT);
  const changed = Math.max(...INPUTS.map((input) => newest(join(ROOT, input))));
  if (existsSync(built) && statSync(built).mtimeMs >= changed) return;
  console.log('Building …');
  const { status } = spawnSync('npm run --silent build', { cwd: ROOT, stdio: 'inherit', shell: true });
  if (status !== 0) throw new Error('The build failed.');
}
