// Denies by default what Electron would allow: navigation, new windows, permissions, downloads, devices, the network.
import { app, session, shell, type WebContents } from 'electron';
import type { Log } from '../hosts/engine-port.ts';
import { externalAddress } from './external-links.ts';
import { APP_URL, isAppAddress } from './trust.ts';

/** The one permission a page has: to put text it shows on the clipboard, after a click. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Schemes a page may load from; everything else is cancelled before it leaves the process. */
const LOCAL_SCHEMES: ReadonlySet<string> = new Set(['app:', 'blob:', 'data:', 'devtools:']);

/** Before the app is ready. */
export function restrictProcess(): void {
  app.enableSandbox();
  // No name is ever resolved, no proxy asked for, no dictionary or component fetched.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('no-proxy-server');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
}

export function denyByDefault(log: Log): void {
  const own = session.defaultSession;
  own.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(ALLOWED_PERMISSIONS.has(permission)),
  );
  own.setPermissionCheckHandler((_contents, permission) => ALLOWED_PERMISSIONS.has(permission));
  own.setDevicePermissionHandler(() => false);
  own.setSpellCheckerEnabled(false);
  own.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !URL.canParse(url) || !LOCAL_SCHEMES.has(new URL(url).protocol) });
  });
  own.on('will-download', (event, item) => {
    // What the page made itself (a picture of a chart) is saved through the system's dialog; nothing else is.
    if (!item.getURL().startsWith(`blob:${APP_URL}`)) event.preventDefault();
  });
  app.on('web-contents-created', (_event, contents) => restrictContents(contents, log));
}

const isReload = ({ url, isMainFrame }: { url: string; isMainFrame: boolean }): boolean =>
  isMainFrame && url.split('#')[0] === APP_URL;

function restrictContents(contents: WebContents, log: Log): void {
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // A single page never navigates; it may only load itself again.
  contents.on('will-frame-navigate', (event) => {
    if (!isReload(event)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const address = externalAddress(url);
    if (address !== null) void shell.openExternal(address);
    return { action: 'deny' };
  });
  // The empty page is the one address Electron asks nobody about; the relay answers no page but the app's own.
  contents.on('did-navigate', (_event, url) => {
    if (isAppAddress(url)) return;
    log('the page left the app and was brought back');
    void contents.loadURL(APP_URL);
  });
}
