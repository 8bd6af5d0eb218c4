// Browser mode put together: an engine process kept running, the built page, the loopback server.
import { join } from 'node:path';
import { asFailure } from '../../shared/contract/errors.ts';
import { type BrowserServer, startBrowserServer } from './browser-server.ts';
import type { Log } from './engine-port.ts';
import { startNodeProcess } from './node-process.ts';
import { loadPageFiles } from './page-files.ts';
import { entryBeside } from './runtime.ts';
import { superviseEngine } from './supervisor.ts';

export type ServeOptions = {
  readonly workspacePath: string;
  readonly port: number;
  readonly filesFolder: string | null;
  readonly log: Log;
};

/** Rejects with `AssayError` where the workspace must not be opened, or with the system's error where the port is taken. */
export async function serve(options: ServeOptions): Promise<BrowserServer> {
  const pages = loadPageFiles(pageFolder());
  const engine = superviseEngine({
    start: (purpose) =>
      startNodeProcess({
        purpose,
        node: process.execPath,
        entry: entryBeside(import.meta, 'engine-process'),
        workspacePath: options.workspacePath,
        log: options.log,
      }),
  });
  try {
    // Opens the workspace before a link is printed: a refusal belongs in the terminal.
    await engine.ready().catch((error: unknown) => {
      // A damaged workspace with backups is opened all the same: the page lets a person choose among them.
      if (engine.state().backups.length === 0) throw error;
      options.log(asFailure(error).message);
    });
    for (const note of engine.state().notes) options.log(note);
    const server = await startBrowserServer({ engine, pages, ...options });
    return {
      ...server,
      async close() {
        await server.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** Where the built pages are: the build puts them beside the folder of the Node entries. */
export function pageFolder(): string {
  return join(
    import.meta.dirname,
    import.meta.filename.endsWith('.ts') ? '../../dist/renderer' : '../renderer',
  );
}
