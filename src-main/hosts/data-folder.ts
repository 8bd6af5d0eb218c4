// Where the default workspace lives when nobody names one: the same folder for the desktop app and the browser mode.
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const DEFAULT_WORKSPACE = 'Default.assay';

export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Assay');
    case 'win32':
      return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Assay');
    default:
      return join(environment.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'Assay');
  }
}

/** The default workspace's path; its folder is made, readable by this user only. */
export function defaultWorkspace(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, DEFAULT_WORKSPACE);
}
