// What a hostile script inside the page would try, tried in the running app. Each attempt must come to nothing.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PageGlobals } from '../e2e/calls.ts';
import { type Desktop, launchDesktop } from '../e2e/desktop.ts';
import { describeOn, ROOT } from '../e2e/runtimes.ts';

/** A server on this machine that a leak would reach, whatever the names of the world resolve to. */
type Listener = { address: string; connections(): number; close(): void };

async function listen(): Promise<Listener> {
  let count = 0;
  const server = createServer((socket) => {
    count++;
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return { address: `http://127.0.0.1:${port}/`, connections: () => count, close: () => server.close() };
}

describeOn('electron', 'a hostile page in the desktop app', () => {
  let desktop: Desktop;
  let listener: Listener;
  beforeAll(async () => {
    listener = await listen();
    desktop = await launchDesktop();
  });
  afterAll(async () => {
    await desktop.close();
    listener.close();
  });

  /** The page is where it was, and it is the only one. */
  const expectUnmoved = async (): Promise<void> => {
    await desktop.page.waitForTimeout(250);
    await expect.poll(() => desktop.page.url().split('#')[0]).toBe('app://assay/');
    expect(desktop.app.windows()).toHaveLength(1);
  };

  test('the page comes from the app’s own scheme, not from a file or the web', () => {
    expect(desktop.page.url()).toMatch(/^app:\/\/assay\//u);
  });

  test.each(['process', 'require', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'])(
    'the page has no %s',
    async (name) => {
      expect(await desktop.page.evaluate((key) => typeof Reflect.get(globalThis, key), name)).toBe(
        'undefined',
      );
    },
  );

  test('the bridge has these functions, takes no channel name and cannot be replaced', async () => {
    const keys = await desktop.page.evaluate(() =>
      Object.keys((globalThis as unknown as PageGlobals).assay).toSorted(),
    );
    expect(keys).toEqual(
      'call droppedFiles host onEvent openWorkspace pickFiles pickFolder printPage recentWorkspaces restoreBackup saveAs saved setTheme'.split(
        ' ',
      ),
    );
    const replaced = await desktop.page.evaluate(() => {
      try {
        Reflect.set(globalThis, 'assay', 'evil');
      } catch {
        return false;
      }
      return Reflect.get(globalThis, 'assay') === 'evil';
    });
    expect(replaced).toBe(false);
  });

  test('what an event listener is given is the event, never Electron’s own object', async () => {
    const keys = await desktop.page.evaluate(
      () =>
        new Promise<string[]>((done) => {
          (globalThis as unknown as PageGlobals).assay.onEvent((event) => done(Object.keys(event as object)));
        }),
    );
    expect(keys.toSorted()).toEqual(['backups', 'failure', 'notes', 'state', 'type']);
  });

  test('the page’s process is sandboxed by the system', async () => {
    const pid = await desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    expect(status).toMatch(/^NoNewPrivs:\s+1$/mu);
    expect(status).toMatch(/^Seccomp:\s+2$/mu);
  });

  test.each([
    'https://example.com/',
    'http://127.0.0.1:1/',
    'file:///etc/passwd',
    'app://assay/index.html',
    'app://evil/',
    'data:text/html,<h1>evil</h1>',
    'about:blank',
    'javascript:document.body.remove()',
  ])('the page does not navigate to %s', async (address) => {
    await desktop.page.evaluate((url) => {
      window.location.href = url;
    }, address);
    await expectUnmoved();
    await expect.poll(() => desktop.page.evaluate(() => document.querySelector('main') !== null)).toBe(true);
  });

  test.each(['https://example.com/', 'about:blank', 'app://assay/', 'file:///etc/passwd'])(
    'window.open(%s) opens nothing',
    async (address) => {
      expect(await desktop.page.evaluate((url) => window.open(url) === null, address)).toBe(true);
      await expectUnmoved();
    },
  );

  test('a link to a new window, a form and a refresh lead nowhere', async () => {
    await desktop.page.evaluate(() => {
      const link = document.createElement('a');
      [link.href, link.target] = ['https://example.com/', '_blank'];
      document.body.append(link);
      link.click();
      link.remove();
      const form = document.createElement('form');
      form.action = 'https://example.com/';
      document.body.append(form);
      form.submit();
      form.remove();
      const refresh = document.createElement('meta');
      [refresh.httpEquiv, refresh.content] = ['refresh', '0;url=https://example.com/'];
      document.head.append(refresh);
    });
    await expectUnmoved();
  });

  test('frames and webviews stay empty', async () => {
    const inside = await desktop.page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = 'app://assay/';
      document.body.append(frame);
      const view = document.createElement('webview');
      view.setAttribute('src', 'https://example.com/');
      document.body.append(view);
      await new Promise((done) => setTimeout(done, 300));
      let bridge = 'out of reach';
      try {
        bridge = frame.contentWindow === null ? bridge : typeof Reflect.get(frame.contentWindow, 'assay');
      } catch {
        // The frame holds an error page of another origin.
      }
      const isPlain = Object.getPrototypeOf(view) === HTMLElement.prototype;
      frame.remove();
      view.remove();
      return { bridge, isPlain };
    });
    expect(inside).toEqual({ bridge: expect.stringMatching(/^(out of reach|undefined)$/u), isPlain: true });
    await expectUnmoved();
  });

  test.each([
    ['fetch', `fetch(URL, { mode: 'no-cors' }).catch(() => 0)`],
    ['a socket', `try { new WebSocket(URL.replace('http', 'ws')) } catch { }`],
    ['an event stream', `new EventSource(URL)`],
    ['a picture', `new Image().src = URL`],
    ['a script', `document.head.append(Object.assign(document.createElement('script'), { src: URL }))`],
    [
      'a style',
      `document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: URL }))`,
    ],
    [
      'a hint',
      `document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: URL }))`,
    ],
    [
      'a preconnection',
      `document.head.append(Object.assign(document.createElement('link'), { rel: 'preconnect', href: URL }))`,
    ],
    ['a beacon', `navigator.sendBeacon(URL, 'x')`],
    [
      'a font',
      `document.fonts.add(new FontFace('x', 'url(' + URL + ')')); document.fonts.load('12px x').catch(() => 0)`,
    ],
    ['a worker', `try { new Worker(URL) } catch { }`],
    [
      'a film',
      `document.body.append(Object.assign(document.createElement('video'), { src: URL, autoplay: true }))`,
    ],
  ])('nothing leaves by %s', async (_name, script) => {
    await desktop.page.evaluate(`{ const URL = ${JSON.stringify(listener.address)}; ${script}; 0 }`);
    await desktop.page.waitForTimeout(200);
    expect(listener.connections()).toBe(0);
  });

  test('even without the page’s policy the session lets nothing out', async () => {
    const outcome = await desktop.app.evaluate(
      ({ session }, url) =>
        session.defaultSession.fetch(url).then(
          () => 'reached',
          () => 'refused',
        ),
      listener.address,
    );
    expect([outcome, listener.connections()]).toEqual(['refused', 0]);
  });

  test('text never becomes code: no eval, no inline script, no inline handler, no inline style', async () => {
    const outcome = await desktop.page.evaluate(async () => {
      const ran: string[] = [];
      Reflect.set(globalThis, 'ran', (name: string) => ran.push(name));
      const script = document.createElement('script');
      script.textContent = `ran('inline script')`;
      document.head.append(script);
      const button = document.createElement('button');
      button.setAttribute('onclick', `ran('inline handler')`);
      document.body.append(button);
      button.click();
      const style = document.createElement('style');
      style.textContent = '.hostile-probe { color: rgb(1, 2, 3) }';
      document.head.append(style);
      button.className = 'hostile-probe';
      if (getComputedStyle(button).color === 'rgb(1, 2, 3)') ran.push('inline style');
      button.remove();
      // From a timer with text, because the test's own way in may evaluate text.
      await new Promise((done) => {
        try {
          setTimeout(`ran('text in a timer')`, 0);
        } catch {
          // Refused as it should be.
        }
        setTimeout(done, 50);
      });
      return ran;
    });
    expect(outcome).toEqual([]);
  });

  test.each(['notifications', 'geolocation', 'camera', 'microphone', 'clipboard-read', 'midi'])(
    'the permission %s is denied',
    async (name) => {
      const state = await desktop.page.evaluate(
        (permission) =>
          navigator.permissions.query({ name: permission as PermissionName }).then(
            (status) => status.state as string,
            () => 'denied',
          ),
        name,
      );
      expect(state).toBe('denied');
    },
  );

  test('asking for a device or a notification is refused', async () => {
    const answers = await desktop.page.evaluate(async () => [
      await Notification.requestPermission(),
      await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        () => 'denied',
      ),
    ]);
    expect(answers).toEqual(['denied', 'denied']);
  });

  test('a download of anything but what the page made itself is cancelled', async () => {
    const started = await desktop.app.evaluate(
      ({ session }) =>
        new Promise<string>((done) => {
          session.defaultSession.once('will-download', (event) =>
            setTimeout(() => done(event.defaultPrevented ? 'cancelled' : 'went on'), 0),
          );
          session.defaultSession.downloadURL('app://assay/index.html');
          setTimeout(() => done('never started'), 3000);
        }),
    );
    expect(started).toBe('cancelled');
  });

  test.each([
    'app://assay/../../package.json',
    'app://assay/%2e%2e/%2e%2e/package.json',
    'app://assay/assets/..%2f..%2fpackage.json',
    'app://assay//etc/passwd',
    'app://evil/index.html',
    'app://assay/index.html',
  ])('the scheme has nothing at %s', async (address) => {
    const status = await desktop.app.evaluate(
      ({ net }, url) =>
        net.fetch(url, { bypassCustomProtocolHandlers: false }).then((answer) => answer.status),
      address,
    );
    expect(status).toBe(404);
  });

  test('a second window with the same preload is not trusted by the relay', async () => {
    const answer = await desktop.app.evaluate(
      async ({ BrowserWindow }, preload) => {
        const second = new BrowserWindow({
          show: false,
          webPreferences: { preload: preload ?? '', sandbox: true },
        });
        await second.loadURL('app://assay/');
        const result: unknown = await second.webContents.executeJavaScript(
          `assay.call('workspace.info', {}).then(() => 'answered', (error) => error.message)`,
        );
        second.destroy();
        return result;
      },
      join(ROOT, 'dist/main/preload.cjs'),
    );
    expect(answer).toMatch(/refused/u);
  });

  test('a path made by a script is no file: only what a person chose has a token', async () => {
    const answer = await desktop.page.evaluate(async () => {
      const { assay } = globalThis as unknown as PageGlobals;
      const picked = await assay.droppedFiles([new File(['x'], '/etc/passwd'), { path: '/etc/passwd' }]);
      return { picked, staged: JSON.parse(await assay.call('import.stage', { sources: ['/etc/passwd'] })) };
    });
    expect(answer).toMatchObject({ picked: [], staged: { failure: { code: 'invalid_input' } } });
  });
});
