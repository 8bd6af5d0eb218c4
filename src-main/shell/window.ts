// The one window: where it opens, what colour it has before the page is there, what it is told.
import { basename, join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { CHANNELS } from '../../shared/contract/channels.ts';
import type { EngineEvent } from '../../shared/contract/events.ts';
import type { Log } from '../hosts/engine-port.ts';
import type { Settings } from './settings.ts';
import { APP_URL } from './trust.ts';
import { webPreferences } from './web-preferences.ts';
import { fitting } from './window-bounds.ts';
import type { Workspaces } from './workspaces.ts';

/** The page's own background, so that opening does not flash. */
const BACKGROUND = { light: '#ffffff', dark: '#242424' } as const;

/** A page that dies more often than this is left, with the reason in the log. */
const MOST_RELOADS = 3;

export function createWindow(settings: Settings, workspaces: Workspaces, log: Log): BrowserWindow {
  const { bounds, maximized, theme } = settings.get();
  nativeTheme.themeSource = theme;
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...fitting(bounds, displays),
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Assay',
    backgroundColor: BACKGROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    webPreferences: webPreferences(join(import.meta.dirname, 'preload.cjs'), app.isPackaged),
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
    log('window shown');
  });
  rememberBounds(window, settings);
  nativeTheme.on('updated', () =>
    window.setBackgroundColor(BACKGROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light']),
  );
  connectPage(window, workspaces, log);
  void window.loadURL(APP_URL);
  return window;
}

/** Sends an event to the page, if there still is one. */
export function sendEvent(window: BrowserWindow, event: EngineEvent): void {
  if (!window.isDestroyed()) window.webContents.send(CHANNELS.event, event);
}

function connectPage(window: BrowserWindow, workspaces: Workspaces, log: Log): void {
  const contents = window.webContents;
  const title = (): void => window.setTitle(`${basename(workspaces.path(), '.assay')} — Assay`);
  window.on('page-title-updated', (event) => event.preventDefault());
  title();
  workspaces.onEvent((event) => sendEvent(window, event));
  let loads = 0;
  contents.on('dom-ready', () => {
    // Reloading the window is how a person asks to try again.
    if (loads++ > 0) workspaces.engine().retry();
    sendEvent(window, workspaces.engine().state());
  });
  // Another workspace means another page: no figure of the former one survives.
  workspaces.onSwitch(() => {
    title();
    contents.reload();
  });
  let reloads = 0;
  contents.on('render-process-gone', (_event, { reason }) => {
    log(`the page's process ended: ${reason}`);
    if (reason !== 'clean-exit' && reloads++ < MOST_RELOADS) contents.reload();
  });
}

function rememberBounds(window: BrowserWindow, settings: Settings): void {
  window.on('close', () =>
    settings.set({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }),
  );
}
