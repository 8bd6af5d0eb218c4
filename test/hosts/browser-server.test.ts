// The loopback server over a real engine process: who gets in, what is served, how files travel.
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PickedFile } from '../../shared/contract/protocol.ts';
import { type BrowserServer, startBrowserServer } from '../../src-main/hosts/browser-server.ts';
import { loadPageFiles } from '../../src-main/hosts/page-files.ts';
import { type Supervisor, superviseEngine } from '../../src-main/hosts/supervisor.ts';
import { startEngine, temporaryFolder } from './process.ts';

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };
type Ask = { method?: string; headers?: Record<string, string>; body?: string | Buffer };

let server: BrowserServer;
let engine: Supervisor;
let cookie = '';
const calls: unknown[] = [];
const folder = temporaryFolder();
const pages = join(folder, 'pages');
const exports = join(folder, 'exports');

/** A request as any program could send it: nothing is added or refused by a browser. */
function ask(path: string, { method = 'GET', headers = {}, body = '' }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const own = (): string => `http://127.0.0.1:${server.port}`;
const json = (more: Record<string, string> = {}): Record<string, string> => ({
  cookie,
  origin: own(),
  'content-type': 'application/json',
  ...more,
});
const call = (method: unknown, input: unknown): Promise<Answer> =>
  ask('/call', { method: 'POST', headers: json(), body: JSON.stringify({ method, input }) });

beforeAll(async () => {
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(
    join(pages, 'index.html'),
    '<!doctype html><meta name="csp-nonce" content="" /><script src="/assets/a.js"></script>',
  );
  writeFileSync(join(pages, 'assets', 'a.js'), 'export {};');
  mkdirSync(join(exports, 'part'), { recursive: true });
  writeFileSync(join(exports, 'part', 'cur-1.csv.gz'), 'gz');
  writeFileSync(join(exports, 'notes.txt'), 'not an export');
  writeFileSync(join(folder, 'outside.csv'), 'secret');
  symlinkSync(join(folder, 'outside.csv'), join(exports, 'link.csv'));
  const real = superviseEngine({ start: () => startEngine(join(folder, 'w.assay')) });
  engine = {
    ...real,
    call(method, input) {
      calls.push({ method, input });
      return real.call(method, input);
    },
  };
  server = await startBrowserServer({ engine, pages: loadPageFiles(pages), port: 0, filesFolder: exports });
  const entered = await ask(new URL(server.newLink()).pathname + new URL(server.newLink()).search);
  cookie = String(entered.headers['set-cookie']?.[0]).split(';')[0] ?? '';
});

afterAll(async () => {
  await server.close();
  await engine.close();
});

describe('who gets in', () => {
  test('the link works once and gives a cookie that scripts and other sites cannot use', async () => {
    const { pathname, search } = new URL(server.newLink());
    const first = await ask(pathname + search);
    expect(first.status).toBe(200);
    expect(first.headers['set-cookie']?.[0]).toMatch(
      /^assay-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/u,
    );
    expect((await ask(pathname + search)).status).toBe(401);
  });

  test('a newer link makes the older one useless, and a wrong token enters nowhere', async () => {
    const older = new URL(server.newLink());
    server.newLink();
    expect((await ask(older.pathname + older.search)).status).toBe(401);
    expect((await ask('/open?token=')).status).toBe(401);
    expect((await ask('/open')).status).toBe(401);
  });

  test.each([
    ['no session', '/', {}],
    ['a wrong session', '/', { cookie: 'assay=x' }],
    ['no session for data', '/events', {}],
    ['no session for a script', '/assets/a.js', {}],
  ])('%s is turned away from %s', async (_name, path, headers) => {
    expect((await ask(path, { headers })).status).toBe(401);
  });

  test.each([
    ['another host name (DNS rebinding)', { host: 'evil.example' }, 421],
    ['another site', { origin: 'https://evil.example' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }, 403],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a fetch from a sibling site', { 'sec-fetch-site': 'same-site' }, 403],
  ])('a call from %s is refused even with the cookie', async (_name, headers, status) => {
    const before = calls.length;
    const answer = await ask('/call', { method: 'POST', headers: json(headers), body: '{}' });
    expect(answer.status).toBe(status);
    expect(calls).toHaveLength(before);
  });

  test('a call without an Origin header is refused', async () => {
    const headers = { cookie, 'content-type': 'application/json' };
    expect((await ask('/call', { method: 'POST', headers, body: '{}' })).status).toBe(403);
  });

  test('nothing listens on any other address of this machine', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) {
      const outcome = await new Promise<string>((done) => {
        const socket = connect({ host: address, port: server.port });
        socket.on('connect', () => done('connected'));
        socket.on('error', (error) => done((error as NodeJS.ErrnoException).code ?? 'error'));
      });
      expect(outcome).toBe('ECONNREFUSED');
    }
  });
});

describe('pages', () => {
  test('the page carries the nonce of its own policy, fresh each time, and the bridge before its script', async () => {
    const [one, two] = [await ask('/', { headers: { cookie } }), await ask('/', { headers: { cookie } })];
    const nonce = /'nonce-([^']+)'/u.exec(String(one.headers['content-security-policy']))?.[1] ?? 'none';
    expect(one.text).toContain(`<meta name="csp-nonce" content="${nonce}" />`);
    expect(two.text).not.toContain(nonce);
    expect(one.text.indexOf('browser-bridge.js')).toBeLessThan(one.text.indexOf('a.js'));
    expect(one.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  });

  test.each([
    '/assets/../../w.assay',
    '/assets/%2e%2e/%2e%2e/w.assay',
    '/..%2fw.assay',
    '/assets/b.js',
    '/index.html',
    '//etc/passwd',
  ])('%s is nothing that was built', async (path) => {
    expect((await ask(path, { headers: { cookie } })).status).toBe(404);
  });

  test('built files come with their exact type, other methods do not come at all', async () => {
    const script = await ask('/assets/a.js', { headers: { cookie } });
    expect(script).toMatchObject({ status: 200, text: 'export {};' });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await ask('/assets/a.js', { method: 'PUT', headers: json() })).status).toBe(405);
  });
});

describe('calls', () => {
  test('answers and failures of the engine come as data', async () => {
    const answer = JSON.parse((await call('spend.lineItem', { id: -1 })).text) as {
      failure: { code: string };
    };
    expect(answer.failure.code).toMatch(/^(invalid_input|unknown_method)$/u);
  });

  test.each([
    ['constructor', {}],
    ['no.such', {}],
    [42, {}],
  ])('the method %s never reaches the engine', async (method, input) => {
    const before = calls.length;
    expect((await call(method, input)).status).toBe(400);
    expect(calls).toHaveLength(before);
  });

  test('a body that is too large, no JSON or of another type is refused', async () => {
    const big = JSON.stringify({ method: 'workspace.info', input: { x: 'x'.repeat(4 * 1024 * 1024) } });
    expect((await ask('/call', { method: 'POST', headers: json(), body: big })).status).toBe(400);
    expect((await ask('/call', { method: 'POST', headers: json(), body: '{' })).status).toBe(400);
    const form = json({ 'content-type': 'text/plain' });
    expect((await ask('/call', { method: 'POST', headers: form, body: '{}' })).status).toBe(400);
  });

  test('there is no other way in: an upgrade of the connection is refused, with the session too', async () => {
    const upgraded = await new Promise<number | string>((resolve) => {
      const headers = {
        cookie,
        origin: own(),
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      };
      const sent = httpRequest({ host: '127.0.0.1', port: server.port, path: '/events-socket', headers });
      sent.on('upgrade', () => resolve('upgraded'));
      sent.on('response', ({ statusCode }) => resolve(statusCode ?? 0));
      sent.on('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? 'error'));
      sent.end();
    });
    expect(upgraded).toBe(404);
  });

  test('events stream the state at once', async () => {
    const seen = await new Promise<string>((resolve) => {
      const sent = httpRequest(
        { host: '127.0.0.1', port: server.port, path: '/events', headers: { cookie } },
        (response) =>
          response.on('data', (chunk: Buffer) => {
            sent.destroy();
            resolve(chunk.toString('utf8'));
          }),
      );
      sent.end();
    });
    expect(JSON.parse(seen.replace(/^data: /u, ''))).toMatchObject({ type: 'engine.state' });
  });
});

describe('files', () => {
  const stagedPath = async (token: string): Promise<string> => {
    await call('import.stage', { sources: [token] });
    const last = calls.at(-1) as { input: { sources: string[] } };
    return last.input.sources[0] ?? '';
  };

  test('an upload keeps its name in a private place and is known to the page by a token only', async () => {
    const answer = await ask(`/files?group=g&name=${encodeURIComponent('../../etc/cur report.csv')}`, {
      method: 'POST',
      headers: { cookie, origin: own(), 'content-type': 'application/octet-stream' },
      body: 'a,b\n1,2\n',
    });
    const { file } = JSON.parse(answer.text) as { file: PickedFile };
    expect(file).toEqual({ token: expect.stringMatching(/^file:/u), name: 'cur report.csv', bytes: 8 });
    const path = await stagedPath(file.token);
    expect(path).toMatch(/assay-[^/]+\/[\w-]+\/file\/file\/etc\/cur report\.csv$/u);
    expect(readFileSync(path, 'utf8')).toBe('a,b\n1,2\n');
  });

  test('answers, errors and the history name an upload as the user did', async () => {
    const send = async (name: string, body: string): Promise<string> => {
      const path = `/files?group=named&name=${encodeURIComponent(name)}`;
      const sent = await ask(path, { method: 'POST', headers: { cookie, origin: own() }, body });
      return (JSON.parse(sent.text) as { file: PickedFile }).file.token;
    };
    const broken = await send('may/my report.csv', 'no,such,columns\n1,2,3\n');
    const refused = (await call('import.stage', { sources: [broken] })).text;
    expect(JSON.parse(refused)).toMatchObject({ failure: { details: { file: 'may/my report.csv' } } });
    expect(refused).not.toContain('assay-uploads');
    // A second file of that name, and one that is good: its report and the history hold the name as well.
    const namesake = await send('may/my report.csv', 'x\n');
    expect((await call('import.stage', { sources: [namesake] })).text).not.toMatch(/assay-uploads|~/u);
    const good = await send('cur.csv', readFileSync('test/data/cur-1.0-export.csv', 'utf8'));
    const staged = JSON.parse((await call('import.stage', { sources: [good] })).text) as {
      output: { batchId: number; files: { path: string }[] };
    };
    expect(staged.output.files.map(({ path }) => path)).toEqual(['cur.csv']);
    expect((await call('import.history', {})).text).not.toContain('assay-uploads');
    await call('import.discard', { batchId: staged.output.batchId });
  });

  test('files of one choice lie together as they lay, and namesakes stay apart', async () => {
    const send = async (group: string, name: string): Promise<Answer> =>
      ask(`/files?group=${group}&name=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { cookie, origin: own() },
        body: name,
      });
    const pathOf = async (answer: Answer): Promise<string> =>
      stagedPath((JSON.parse(answer.text) as { file: PickedFile }).file.token);
    const manifest = await pathOf(await send('one', 'may/cur-Manifest.json'));
    const data = await pathOf(await send('one', 'may/part/cur-1.csv'));
    const other = await pathOf(await send('two', 'may/cur-Manifest.json'));
    expect(data).toBe(join(manifest, '../part/cur-1.csv'));
    expect(other).not.toBe(manifest);
    const namesake = await pathOf(await send('one', 'may/cur-Manifest.json'));
    expect(namesake).toMatch(/\/may\/cur-Manifest\.json$/u);
    expect(namesake).not.toBe(manifest);
    expect(readFileSync(manifest, 'utf8')).toBe('may/cur-Manifest.json');
  });

  test('the listed folder offers export files, never links out of it', async () => {
    const { files } = JSON.parse((await ask('/files', { headers: { cookie } })).text) as {
      files: PickedFile[];
    };
    expect(files.map(({ name }) => name)).toEqual(['part/cur-1.csv.gz']);
    expect(await stagedPath(files[0]?.token ?? '')).toBe(join(exports, 'part', 'cur-1.csv.gz'));
  });

  test.each([['/etc/passwd'], ['file:guess'], ['']])(
    'the path or token %j is no file of this page',
    async (token) => {
      const before = calls.length;
      const answer = await call('import.stage', { sources: [token] });
      expect(JSON.parse(answer.text)).toMatchObject({ failure: { code: 'invalid_input' } });
      expect(calls).toHaveLength(before);
    },
  );

  test('an export is written to a private place and downloaded by its token, once it exists', async () => {
    const made = await ask('/target', {
      method: 'POST',
      headers: json(),
      body: '{"name":"spend \\"q3\\".csv"}',
    });
    const { token, name } = JSON.parse(made.text) as { token: string; name: string };
    expect(name).toBe('spend q3.csv');
    expect((await ask(`/download?token=${token}`, { headers: { cookie } })).status).toBe(400);
    await call('export.spend', { query: { measures: ['unblended'] }, target: token });
    const { input } = calls.at(-1) as { input: { target: string } };
    writeFileSync(input.target, 'day,unblended\n');
    const got = await ask(`/download?token=${token}`, { headers: { cookie } });
    expect(got).toMatchObject({ status: 200, text: 'day,unblended\n' });
    expect(got.headers['content-disposition']).toBe("attachment; filename*=UTF-8''spend%20q3.csv");
    const { files } = JSON.parse((await ask('/files', { headers: { cookie } })).text) as {
      files: PickedFile[];
    };
    const listed = files[0]?.token ?? '';
    expect((await ask(`/download?token=${listed}`, { headers: { cookie } })).status).toBe(400);
  });

  test('closing removes what was uploaded', async () => {
    const second = await startBrowserServer({
      engine,
      pages: loadPageFiles(pages),
      port: 0,
      filesFolder: null,
    });
    const link = new URL(second.newLink());
    const entered = await fetch(link);
    const session = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const sent = await fetch(`http://127.0.0.1:${second.port}/files?name=x.csv`, {
      method: 'POST',
      headers: { cookie: session, origin: `http://127.0.0.1:${second.port}` },
      body: 'x',
    });
    const { file } = (await sent.json()) as { file: PickedFile };
    await fetch(`http://127.0.0.1:${second.port}/call`, {
      method: 'POST',
      headers: {
        cookie: session,
        origin: `http://127.0.0.1:${second.port}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ method: 'import.stage', input: { sources: [file.token] } }),
    });
    const { input } = calls.at(-1) as { input: { sources: string[] } };
    expect(existsSync(input.sources[0] ?? '')).toBe(true);
    await second.close();
    expect(existsSync(input.sources[0] ?? '')).toBe(false);
  });
});
