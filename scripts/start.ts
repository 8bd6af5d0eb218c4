// `npm start`: builds what is stale, then opens the desktop app; where that cannot run, says why and serves the browser mode.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { electronBinary, missingForDesktop } from '../src-main/hosts/electron-runtime.ts';
import { buildIfStale } from './build-if-stale.ts';

const ROOT = resolve(import.meta.dirname, '..');

function pass(command: string, argv: readonly string[]): void {
  const child = spawn(command, argv, { cwd: ROOT, stdio: 'inherit' });
  // The child gets the terminal's interrupt too; this process only passes on how it ended.
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
