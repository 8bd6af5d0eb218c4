// assay serve: the workbench in a browser, on this machine only.
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { BrowserServer } from '../../hosts/browser-server.ts';
import { dataFolder, defaultWorkspace } from '../../hosts/data-folder.ts';
import { serve } from '../../hosts/serve.ts';
import { anyWorkspace, type Command, EXIT, type Io, text, wholeNumber } from '../command.ts';

const HIGHEST_PORT = 65_535;

export const serveCommand: Command = {
  name: 'serve',
  summary: 'Open the workbench in a browser on this machine, at 127.0.0.1 only.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: {
      type: 'string',
      value: '<file.assay>',
      help: 'the workspace to open or create (default: ASSAY_WORKSPACE, else the one the desktop app opens first)',
    },
    files: {
      type: 'string',
      value: '<folder>',
      help: 'offer the export files of this folder without an upload',
    },
    port: { type: 'string', value: '<number>', help: 'the port to listen on (default: any free one)' },
  },
  notes: ['Prints a link that works once. Press Enter for a new link, Ctrl+C to stop.'],
  examples: ['assay serve --workspace bedrock.assay --files ./cur --port 8080'],
  run: async (_, values, io) => {
    const port = wholeNumber(values, 'port', 0, HIGHEST_PORT) ?? 0;
    const files = text(values, 'files');
    const workspace = anyWorkspace(values, io);
    const server = await serve({
      workspacePath: workspace === null ? defaultWorkspace(dataFolder()) : resolve(workspace),
      port,
      filesFolder: files === null ? null : folder(files),
      log: (line) => io.err(`${line}\n`),
    });
    await untilInterrupted(server, io);
    return EXIT.clean;
  },
};

async function untilInterrupted(server: BrowserServer, io: Io): Promise<void> {
  const print = (): void =>
    io.out(`Assay is open at ${server.newLink()} (this link works once; Enter prints a new one)\n`);
  // Listened for before the link is out: whoever reads it may interrupt at once.
  const interrupted = new Promise<void>((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  print();
  const keys = createInterface({ input: process.stdin });
  keys.on('line', print);
  await interrupted;
  keys.close();
  await server.close();
}

function folder(path: string): string {
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw new AssayError('file_not_found', `--files ${path} is not a folder.`, { file: path });
  return resolve(path);
}
