// The browser mode: the same page and the same engine, served on this machine's loopback address only.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { AssayError, asFailure } from '../../shared/contract/errors.ts';
import type { EngineEvent } from '../../shared/contract/events.ts';
import { isMethod } from '../../shared/contract/methods.ts';
import { type Access, createAccess } from './browser-access.ts';
import { type BrowserFiles, createBrowserFiles, namedAsUploaded } from './browser-files.ts';
import { newNonce, securityHeaders } from './content-security.ts';
import { type PageFiles, pageHtml } from './page-files.ts';
import type { Supervisor } from './supervisor.ts';

export type BrowserServerOptions = {
  readonly engine: Supervisor;
  readonly pages: PageFiles;
  /** 0 = any free port. */
  readonly port: number;
  /** A folder whose export files may be picked without an upload; null = uploads only. */
  readonly filesFolder: string | null;
};

export type BrowserServer = {
  readonly port: number;
  /** A link that opens the workbench once. */
  newLink(): string;
  close(): Promise<void>;
};

const BRIDGE = '/assets/browser-bridge.js';
const MOST_CALL_BYTES = 4 * 1024 * 1024;

type Context = {
  engine: Supervisor;
  pages: PageFiles;
  access: Access;
  files: BrowserFiles;
  streams: Set<ServerResponse>;
};
type Exchange = { request: IncomingMessage; response: ServerResponse; url: URL; nonce: string };
type Route = {
  method: 'GET' | 'POST';
  path: RegExp;
  /** False for the two things a browser without a session may ask for. */
  needsSession: boolean;
  answer(context: Context, exchange: Exchange): void | Promise<void>;
};

const envelope = z.strictObject({
  method: z.string().max(64).refine(isMethod, 'unknown method'),
  input: z.unknown(),
});

const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/open$/u, needsSession: false, answer: enter },
  // A browser asks for it by itself on the page that only leads on; the workbench names its own icon.
  { method: 'GET', path: /^\/favicon\.ico$/u, needsSession: false, answer: noIcon },
  { method: 'GET', path: /^\/$/u, needsSession: true, answer: page },
  { method: 'GET', path: /^\/events$/u, needsSession: true, answer: events },
  { method: 'POST', path: /^\/call$/u, needsSession: true, answer: call },
  { method: 'GET', path: /^\/files$/u, needsSession: true, answer: listFiles },
  { method: 'POST', path: /^\/files$/u, needsSession: true, answer: upload },
  { method: 'POST', path: /^\/restore$/u, needsSession: true, answer: restore },
  { method: 'POST', path: /^\/target$/u, needsSession: true, answer: target },
  { method: 'GET', path: /^\/download$/u, needsSession: true, answer: download },
  { method: 'GET', path: /^\/(assets\/|[^/]+\.)/u, needsSession: true, answer: asset },
];

export async function startBrowserServer(options: BrowserServerOptions): Promise<BrowserServer> {
  const files = createBrowserFiles(options.filesFolder);
  const streams = new Set<ServerResponse>();
  let context: Context | null = null;
  const server = createServer((request, response) => {
    if (context === null) response.writeHead(503).end();
    else void handle(context, request, response);
  });
  // 127.0.0.1 by number: a name could resolve to another interface.
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  context = { engine: options.engine, pages: options.pages, access: createAccess(port), files, streams };
  const { access } = context;
  const unsubscribe = options.engine.onEvent((event) => {
    for (const stream of streams) send(stream, event);
  });
  return {
    port,
    newLink: () => `http://127.0.0.1:${port}/open?token=${access.newToken()}`,
    async close() {
      unsubscribe();
      for (const stream of streams) stream.end();
      server.close();
      server.closeAllConnections();
      files.close();
    },
  };
}

async function handle(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const nonce = newNonce();
  for (const [name, value] of Object.entries(securityHeaders('browser', nonce)))
    response.setHeader(name, value);
  try {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const method = request.method ?? '';
    const matching = ROUTES.filter((route) => route.path.test(url.pathname));
    const route = matching.find((candidate) => candidate.method === method);
    const needsSession = route?.needsSession ?? true;
    const refusal = context.access.refuse({ method, headers: request.headers, needsSession });
    if (refusal !== null) return refused(response, refusal.status, refusal.reason);
    if (route === undefined) return refused(response, matching.length > 0 ? 405 : 404, 'not here');
    await route.answer(context, { request, response, url, nonce });
  } catch (error) {
    if (response.headersSent) response.destroy();
    else json(response, 400, { failure: asFailure(error) });
  }
}

const NO_SESSION = `<!doctype html><meta charset="utf-8"><title>Assay</title>
<p>This link has been used, or this browser has no session with Assay.</p>
<p>Press Enter in the terminal where Assay runs; it prints a new link.</p>`;

function refused(response: ServerResponse, status: number, reason: string): void {
  const isPage = status === 401;
  response.writeHead(status, { 'Content-Type': isPage ? 'text/html; charset=utf-8' : 'text/plain' });
  response.end(isPage ? NO_SESSION : reason);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'Content-Type': 'application/json' })
    .end(namedAsUploaded(JSON.stringify(body)));
}

function send(stream: ServerResponse, event: EngineEvent): void {
  stream.write(`data: ${namedAsUploaded(JSON.stringify(event))}\n\n`);
}

function enter({ access }: Context, { url, response }: Exchange): void {
  const cookie = access.enter(url.searchParams.get('token') ?? '');
  if (cookie === null) {
    refused(response, 401, 'no session');
    return;
  }
  // Not a redirect: a strict cookie is withheld when the link was followed from another site.
  response.writeHead(200, { 'Set-Cookie': cookie, 'Content-Type': 'text/html; charset=utf-8' });
  response.end('<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Assay</title>');
}

function noIcon(_context: Context, { response }: Exchange): void {
  response.writeHead(204).end();
}

function page({ engine, pages }: Context, { response, nonce }: Exchange): void {
  // Reloading the page is how a person asks to try again.
  engine.retry();
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(pageHtml(pages, nonce, BRIDGE));
}

const restoreBody = z.strictObject({ name: z.string().min(1).max(255) });

async function restore({ engine }: Context, { request, response }: Exchange): Promise<void> {
  const parsed = restoreBody.safeParse(await body(request));
  if (!parsed.success) throw new AssayError('invalid_input', 'Name the backup to go on from.', {});
  engine.restore(parsed.data.name);
  json(response, 200, {});
}

function asset({ pages }: Context, { url, response }: Exchange): void {
  const file = pages.get(url.pathname);
  if (file === undefined || url.pathname === '/index.html') refused(response, 404, 'not here');
  else response.writeHead(200, { 'Content-Type': file.type }).end(file.bytes);
}

function events({ engine, streams }: Context, { response }: Exchange): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  send(response, engine.state());
  streams.add(response);
  response.on('close', () => streams.delete(response));
}

async function call({ engine, files }: Context, { request, response }: Exchange): Promise<void> {
  const parsed = envelope.safeParse(await body(request));
  if (!parsed.success)
    throw new AssayError('unknown_method', 'The request names no method of the engine.', {});
  const { method, input } = parsed.data;
  const answer = await engine.call(method, files.tokens.resolve(input)).then(
    (output) => ({ output }),
    (error: unknown) => ({ failure: asFailure(error) }),
  );
  json(response, 200, answer);
}

async function body(request: IncomingMessage): Promise<unknown> {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
    throw new AssayError('invalid_input', 'A call is sent as application/json.', {});
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_CALL_BYTES)
      throw new AssayError('invalid_input', `A call may have ${MOST_CALL_BYTES} bytes at most.`, {});
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new AssayError('invalid_input', 'The call is not valid JSON.', {});
  }
}

function listFiles({ files }: Context, { response }: Exchange): void {
  json(response, 200, { files: files.list() });
}

async function upload({ files }: Context, { request, response, url }: Exchange): Promise<void> {
  const [group, name] = ['group', 'name'].map((field) => (url.searchParams.get(field) ?? '').slice(0, 4096));
  json(response, 200, { file: await files.receive(group ?? '', name ?? '', request) });
}

const targetBody = z.strictObject({ name: z.string().min(1).max(255) });

async function target({ files }: Context, { request, response }: Exchange): Promise<void> {
  const parsed = targetBody.safeParse(await body(request));
  if (!parsed.success) throw new AssayError('invalid_input', 'An export needs a file name.', {});
  json(response, 200, files.target(parsed.data.name));
}

async function download({ files }: Context, { response, url }: Exchange): Promise<void> {
  const { stream, name, bytes } = files.download(url.searchParams.get('token') ?? '');
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': bytes,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
  stream.pipe(response);
  await once(response, 'close');
}
