// The native menu. What concerns files the shell does itself; what concerns the page is sent to it as a command.
import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { MENU_COMMANDS, type MenuCommand } from '../../shared/contract/channels.ts';
import type { Dialogs } from './dialogs.ts';
import { sendEvent } from './window.ts';
import type { Workspaces } from './workspaces.ts';

export type MenuParts = {
  readonly window: BrowserWindow;
  readonly workspaces: Workspaces;
  readonly dialogs: Dialogs;
};

/** Keys of the page's commands that have one; the page's own list shows the same. */
const ACCELERATORS: Partial<Record<MenuCommand, string>> = {
  'import.files': 'CmdOrCtrl+O',
  'go.overview': 'CmdOrCtrl+1',
  'go.explorer': 'CmdOrCtrl+2',
  'go.pricing': 'CmdOrCtrl+3',
  'go.scenario': 'CmdOrCtrl+4',
  'go.import': 'CmdOrCtrl+5',
  'go.ledger': 'CmdOrCtrl+6',
  palette: 'CmdOrCtrl+K',
  rail: 'CmdOrCtrl+B',
  settings: 'CmdOrCtrl+,',
  help: 'F1',
};

/** Installs the menu, and again whenever the recent workspaces change. */
export function installMenu(parts: MenuParts): void {
  const install = (): void => Menu.setApplicationMenu(Menu.buildFromTemplate(template(parts)));
  install();
  parts.workspaces.onSwitch(install);
}

function template({ window, workspaces, dialogs }: MenuParts): MenuItemConstructorOptions[] {
  const command = (name: MenuCommand): MenuItemConstructorOptions => ({
    id: name,
    label: MENU_COMMANDS[name],
    ...(ACCELERATORS[name] === undefined ? {} : { accelerator: ACCELERATORS[name] }),
    click: () => sendEvent(window, { type: 'menu.command', command: name }),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const recent = workspaces.recent().map(
    ({ token, name, folder }): MenuItemConstructorOptions => ({
      label: `${name}  (${folder})`,
      click: () => void dialogs.openPath(workspaces.recentPath(token)),
    }),
  );
  const isMac = process.platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'New workspace…', accelerator: 'CmdOrCtrl+N', click: () => void dialogs.newWorkspace() },
        {
          label: 'Open workspace…',
          accelerator: 'CmdOrCtrl+Shift+O',
          click: () => void dialogs.pickWorkspace(),
        },
        { label: 'Open recent', enabled: recent.length > 0, submenu: recent },
        separator,
        command('import.files'),
        command('import.folder'),
        command('import.sample'),
        separator,
        command('settings'),
        separator,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Go',
      submenu: [
        command('palette'),
        separator,
        command('go.overview'),
        command('go.explorer'),
        command('go.pricing'),
        command('go.scenario'),
        command('go.import'),
        command('go.ledger'),
      ],
    },
    {
      label: '&View',
      submenu: [
        command('theme'),
        command('rail'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged
          ? []
          : ([separator, { role: 'toggleDevTools' }] satisfies MenuItemConstructorOptions[])),
      ],
    },
    { role: 'windowMenu' },
    { label: '&Help', role: 'help', submenu: [command('help'), command('keys')] },
  ];
}
