// The rules of the desktop shell that are data or text: page preferences, links, the scheme, and what no source may contain.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPageFiles, type PageFiles } from '../../src-main/hosts/page-files.ts';
import { appAnswer } from '../../src-main/shell/app-answer.ts';
import { externalAddress } from '../../src-main/shell/external-links.ts';
import { webPreferences } from '../../src-main/shell/web-preferences.ts';
import { temporaryFolder } from '../hosts/process.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test('pages run sandboxed and isolated, without Node, webviews or experiments', () => {
  expect(webPreferences('/app/preload.cjs', true)).toEqual({
    preload: '/app/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: false,
  });
});

describe('addresses handed to the user’s browser', () => {
  test.each([
    'https://aws.amazon.com/bedrock/pricing/',
    'https://docs.aws.amazon.com/cur/latest/userguide/x.html',
  ])('%s is', (address) => expect(externalAddress(address)).toBe(address));

  test.each([
    'http://aws.amazon.com/',
    'https://aws.amazon.com.evil.example/',
    'https://evil.example/aws.amazon.com',
    'https://aws.amazon.com@evil.example/',
    'https://user:word@aws.amazon.com/',
    'https://aws.amazon.com:8443/',
    'file:///etc/passwd',
    'file://server/share',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://server/share',
    'ms-msdt:/id',
    'vbscript:x',
    'mailto:a@b.example',
    '//aws.amazon.com/',
    '\\\\server\\share',
    'aws.amazon.com',
    '',
    null,
    42,
    { toString: () => 'https://aws.amazon.com/' },
  ])('%j is not', (value) => expect(externalAddress(value)).toBeNull());
});

describe('the app’s scheme', () => {
  let pages: PageFiles;
  beforeAll(() => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'pages/assets'), { recursive: true });
    writeFileSync(
      join(folder, 'pages/index.html'),
      '<meta name="csp-nonce" content="" /><script src="/a.js">',
    );
    writeFileSync(join(folder, 'pages/assets/a.js'), 'export {};');
    writeFileSync(join(folder, 'pages/assets/a.map'), 'a kind that is not served');
    writeFileSync(join(folder, 'secret.html'), 'secret');
    pages = loadPageFiles(join(folder, 'pages'));
  });
  const get = (url: string, method = 'GET'): Response => appAnswer(pages, { method, url });

  test('answers the page with the nonce of its own policy, and without the browser mode’s bridge', async () => {
    const answer = get('app://assay/');
    const nonce = /'nonce-([^']+)'/u.exec(answer.headers.get('content-security-policy') ?? '')?.[1];
    const html = await answer.text();
    expect(html).toContain(`<meta name="csp-nonce" content="${nonce}" />`);
    expect(html).not.toContain('bridge');
  });

  test('answers a built file with its exact type and the policy', async () => {
    const answer = get('app://assay/assets/a.js');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'/u);
    expect(await answer.text()).toBe('export {};');
  });

  test.each([
    'app://assay/../secret.html',
    'app://assay/%2e%2e/secret.html',
    'app://assay/..%2fsecret.html',
    'app://assay/assets/..\\..\\secret.html',
    'app://assay//secret.html',
    'app://assay/assets/a.map',
    'app://assay/index.html',
    'app://assay/assets/',
    'app://evil/assets/a.js',
    'app://assay.evil/assets/a.js',
    'file:///etc/passwd',
  ])('has nothing at %s', (address) => {
    expect(get(address).status).toBe(404);
  });

  test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('does not take %s', (method) => {
    expect(get('app://assay/', method).status).toBe(405);
  });
});

describe('no source', () => {
  const sources = (folder: string): string[] =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
  const files = [...sources('src-main'), ...sources('src-renderer'), ...sources('shared')];

  /** What would take a protection away, with the only file that may name it. */
  const FORBIDDEN: readonly (readonly [what: string, pattern: RegExp, only: RegExp | null])[] = [
    ['switches web security off', /webSecurity:\s*false|disable-web-security/u, null],
    ['switches the sandbox off', /no-sandbox|sandbox:\s*false/u, null],
    ['lets insecure content run', /allowRunningInsecureContent:\s*true|allow-running-insecure/u, null],
    ['turns on features by name', /enableBlinkFeatures|enable-blink-features/u, null],
    ['bypasses the policy', /bypassCSP|unsafe-inline|unsafe-eval/u, null],
    ['runs text in a page', /executeJavaScript|insertCSS/u, null],
    ['runs text at all', /\beval\(|new Function\(|node:vm|from 'vm'/u, null],
    ['blocks the page on the shell', /sendSync/u, null],
    ['listens to the page elsewhere than in the relay', /ipcMain/u, /^src-main\/shell\/relay\.ts$/u],
    ['opens addresses elsewhere than in one place', /openExternal/u, /^src-main\/shell\/security\.ts$/u],
    ['opens paths of the page', /showItemInFolder|shell\.openPath/u, null],
    ['talks to the network', /node:(https?|net|tls|dgram|dns)\b/u, /^src-main\/hosts\/browser-/u],
    ['loads SQLite extensions', /loadExtension/u, null],
    ['offers deep links', /setAsDefaultProtocolClient/u, null],
    ['updates or reports by itself', /autoUpdater|crashReporter/u, null],
  ];

  test.each(FORBIDDEN)('%s', (_what, pattern, only) => {
    const found = files.filter(
      (file) => !(only?.test(file) ?? false) && pattern.test(readFileSync(join(ROOT, file), 'utf8')),
    );
    expect(found).toEqual([]);
  });

  test('of the preload script needs anything but Electron', () => {
    const preload = readFileSync(join(ROOT, 'src-main/preload.ts'), 'utf8');
    const values = [...preload.matchAll(/^import (?!type)[^;]*? from '([^']+)'/gmu)].map((match) => match[1]);
    expect(values).toEqual(['electron', '../shared/contract/channels.ts']);
  });
});
