// The built renderer as a fixed map from address to bytes. A page can only get what is in the map, so no path is ever joined.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { AssayError } from '../../shared/contract/errors.ts';

export type PageFile = { readonly bytes: Buffer; readonly type: string };
export type PageFiles = ReadonlyMap<string, PageFile>;

/** Exact types of everything the build makes; a file of another kind is left out. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export function loadPageFiles(folder: string): PageFiles {
  const files = new Map<string, PageFile>();
  for (const entry of listed(folder)) {
    const type = TYPES[extname(entry)];
    if (type === undefined) continue;
    files.set(`/${relative(folder, entry).split(sep).join('/')}`, { bytes: readFileSync(entry), type });
  }
  if (!files.has('/index.html')) throw notBuilt(folder);
  return files;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    throw notBuilt(folder);
  }
}

function notBuilt(folder: string): AssayError {
  return new AssayError(
    'file_not_found',
    `The user interface is not built: ${folder} has no index.html. Run \`npm run build\`.`,
    { file: folder },
  );
}

/** The page itself, with this response's nonce, and in browser mode with the script that stands in for the preload. */
export function pageHtml(files: PageFiles, nonce: string, bridge: string | null): string {
  const html = files.get('/index.html')?.bytes.toString('utf8') ?? '';
  const withNonce = html.replace('name="csp-nonce" content=""', `name="csp-nonce" content="${nonce}"`);
  return bridge === null
    ? withNonce
    : withNonce.replace('<script', `<script type="module" src="${bridge}"></script>\n    <script`);
}
