// `assay serve`: the workbench in a browser, on this machine only.
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { AssayError } from '../../shared/contract/errors.ts';
import { dataFolder, defaultWorkspace } from '../hosts/data-folder.ts';
import { serve } from '../hosts/serve.ts';

export const SERVE_HELP = `assay serve [--workspace <file.assay>] [--files <folder>] [--port <number>]

Opens the workbench for a browser on this machine, at 127.0.0.1 only, and prints a link that works once.
  --workspace  the workspace to open or create (default: the one the desktop app opens first)
  --files      offer the export files of this folder without an upload
  --port       the port to listen on (default: any free one)
Press Enter for a new link, Ctrl+C to stop.
`;

/** Runs until interrupted; the exit code. Rejects with `AssayError` when it cannot start. */
export async function serveCommand(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      workspace: { type: 'string' },
      files: { type: 'string' },
      port: { type: 'string', default: '0' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(SERVE_HELP);
    return 0;
  }
  const server = await serve({
    workspacePath:
      values.workspace === undefined ? defaultWorkspace(dataFolder()) : resolve(values.workspace),
    port: portNumber(values.port),
    filesFolder: values.files === undefined ? null : folder(values.files),
    log: (line) => process.stderr.write(`${line}\n`),
  });
  const print = (): void => {
    process.stdout.write(
      `Assay is open at ${server.newLink()} (this link works once; Enter prints a new one)\n`,
    );
  };
  print();
  const keys = createInterface({ input: process.stdin });
  keys.on('line', print);
  await new Promise<void>((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  keys.close();
  await server.close();
  return 0;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/u.test(text) || port > 65_535)
    throw new AssayError('invalid_input', `--port ${text} is not a port number (0 to 65535).`, {
      value: text,
    });
  return port;
}

function folder(path: string): string {
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw new AssayError('file_not_found', `--files ${path} is not a folder.`, { file: path });
  return resolve(path);
}
