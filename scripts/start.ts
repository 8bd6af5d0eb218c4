// `npm start`: builds what is stale, then opens the desktop app; where that cannot run, says why and serves the browser mode.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { electronBinary, missingForDesktop } from './electron-runtime.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Everything the build reads. */
const INPUTS = [
  'shared',
  'src-main',
  'src-renderer',
  'package-lock.json',
  'vite.config.ts',
  'vite.main.config.ts',
];
/** The last file the build writes. */
const OUTPUT = 'dist/main/preload.cjs';

function newest(path: string): number {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function buildIfStale(): void {
  const built = join(ROOT, OUTPUT);
  const changed = Math.max(...INPUTS.map((input) => newest(join(ROOT, input))));
  if (existsSync(built) && statSync(built).mtimeMs >= changed) return;
  console.log('Building …');
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: true,
  });
  if (status !== 0) process.exit(status ?? 1);
}

function pass(command: string, argv: readonly string[]): void {
  const child = spawn(command, argv, { cwd: ROOT, stdio: 'inherit' });
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

buildIfStale();
const extra = process.argv.slice(2);
const missing = missingForDesktop();
const binary = electronBinary();
if (missing === null && binary !== null) {
  pass(binary, [ROOT, ...extra]);
} else {
  console.log(`No desktop window: ${missing}. Opening Assay for your browser instead.`);
  pass(process.execPath, [join(ROOT, 'dist/main/cli.js'), 'serve', ...extra]);
}
