// Entry of the engine's own process: the same messages whether the parent is Electron (utility process) or Node (child).
import { asFailure } from '../../shared/contract/errors.ts';
import type { Method } from '../../shared/contract/methods.ts';
import { closing, type Reply, request } from '../../shared/contract/protocol.ts';
import type { Engine } from '../engine/engine.ts';
import { purposeOf } from './engine-port.ts';
import { backupsToChoose, openForHost } from './open-for-host.ts';

type Parent = {
  post(reply: Reply): void;
  onMessage(listener: (message: unknown) => void): void;
  onGone(listener: () => void): void;
};

/** Electron's utility process has `process.parentPort`; plain Node does not know it. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
};

function parent(): Parent {
  const port = (process as { parentPort?: ParentPort }).parentPort;
  if (port !== undefined) {
    return {
      post: (reply) => port.postMessage(reply),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
      // A utility process ends with its parent.
      onGone: () => undefined,
    };
  }
  return {
    post: (reply) => process.send?.(reply),
    onMessage: (listener) => process.on('message', listener),
    onGone: (listener) => process.on('disconnect', listener),
  };
}

function serve(engine: Engine, host: Parent): void {
  engine.onEvent((event) => host.post({ type: 'event', event }));
  const end = (): void => {
    engine.close();
    process.exit(0);
  };
  host.onGone(end);
  process.on('SIGTERM', end);
  host.onMessage((message) => {
    if (closing.safeParse(message).success) end();
    const parsed = request.safeParse(message);
    if (!parsed.success) return;
    const { id, method, input } = parsed.data;
    // The engine refuses names it does not know; the type is for those it does.
    engine.call(method as Method, input as never).then(
      (output) => host.post({ type: 'result', id, output }),
      (error: unknown) => host.post({ type: 'error', id, failure: asFailure(error) }),
    );
  });
}

async function start(): Promise<void> {
  // Workspaces and exports hold bills: whatever this process creates is the user's alone.
  process.umask(0o077);
  // A terminal interrupts everything it started at once. The parent hears it too and closes the workspace in order.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  const host = parent();
  const { workspacePath, purpose } = purposeOf(process.argv.slice(-2));
  try {
    const { engine, isOwner } = await openForHost(workspacePath, purpose);
    serve(engine, host);
    host.post({ type: 'ready', isOwner });
  } catch (error) {
    const failure = asFailure(error);
    host.post({ type: 'failed', failure, backups: backupsToChoose(workspacePath, failure) });
    // The parent ends this process once it has read why; without a parent nothing is left to do.
    host.onMessage(() => process.exit(1));
    host.onGone(() => process.exit(1));
  }
}

await start();
