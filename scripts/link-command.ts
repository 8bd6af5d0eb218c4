// Puts the project's own command beside those of its dependencies: `npx assay` then runs it at once, and without a network,
// where npx would otherwise install the project into a cache of its own first.
import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const COMMANDS = join(ROOT, 'node_modules/.bin');
const BUILT = 'dist/main/cli.js';

if (process.platform === 'win32') {
  writeFileSync(
    join(COMMANDS, 'assay.cmd'),
    `@"%~dp0node" "%~dp0..\\..\\${BUILT.replaceAll('/', '\\')}" %*\r\n`,
  );
} else {
  const link = join(COMMANDS, 'assay');
  rmSync(link, { force: true });
  symlinkSync(join('../..', BUILT), link);
  chmodSync(join(ROOT, BUILT), 0o755);
}
