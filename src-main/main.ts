// Electron's entry, as a table of contents: what is set before the app is ready, what is wired once it is.
import { app } from 'electron';
import { DEFAULT_WORKSPACE } from './hosts/data-folder.ts';
import { registerAppScheme, serveAppScheme } from './shell/app-scheme.ts';
import { createDialogs } from './shell/dialogs.ts';
import { startEngine } from './shell/engine-host.ts';
import { openLog } from './shell/log.ts';
import { installMenu } from './shell/menu.ts';
import { installRelay } from './shell/relay.ts';
import { denyByDefault, restrictProcess } from './shell/security.ts';
import { openSettings } from './shell/settings.ts';
import { createWindow } from './shell/window.ts';
import { workspaceArgument } from './shell/workspace-argument.ts';
import { createWorkspaces } from './shell/workspaces.ts';

app.setName('Assay');
restrictProcess();
registerAppScheme();

async function start(): Promise<void> {
  const folder = app.getPath('userData');
  const log = openLog(folder);
  const settings = openSettings(folder, log);
  denyByDefault(log);
  serveAppScheme();
  const workspaces = createWorkspaces({
    settings,
    start: (path, purpose) => startEngine(path, purpose, log),
    first: workspaceArgument(process.argv, process.cwd()) ?? settings.lastWorkspace(),
    fallback: `${folder}/${DEFAULT_WORKSPACE}`,
  });
  const window = createWindow(settings, workspaces, log);
  const dialogs = createDialogs(window, workspaces);
  installRelay({ window, workspaces, dialogs, settings });
  installMenu({ window, workspaces, dialogs });

  const openArgument = (path: string | null): void => {
    if (path !== null) void dialogs.openPath(path);
    if (window.isMinimized()) window.restore();
    window.focus();
  };
  app.on('second-instance', (_event, argv, folder) => openArgument(workspaceArgument(argv, folder)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openArgument(path);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (workspaces.closed()) return;
    event.preventDefault();
    // Not before this event is over: a quit that is asked for inside it is forgotten with it.
    void workspaces.close().finally(() => setImmediate(() => app.quit()));
  });
}

if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();
