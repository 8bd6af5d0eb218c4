// Calls an engine in another process: numbered requests, their replies, events, and what happens when it ends.
import type { BackupInfo } from '../../shared/contract/backups.ts';
import { AssayError, type Failure } from '../../shared/contract/errors.ts';
import type { Listener } from '../../shared/contract/events.ts';
import { type Reply, reply } from '../../shared/contract/protocol.ts';
import type { EnginePort } from './engine-port.ts';

export type EngineClient = {
  /** Settles when the workspace is open, with whether it is this engine's own; rejects with the reason when it must not be opened. */
  readonly ready: Promise<{ readonly isOwner: boolean }>;
  /** Where it was not opened because it is damaged: the backups to go on from. */
  backups(): readonly BackupInfo[];
  /** Resolves with the reason once the process has ended. */
  readonly ended: Promise<string>;
  call(method: string, input: unknown): Promise<unknown>;
  onEvent(listener: Listener): () => void;
  /** Closes the workspace and ends the process; kills it when it does not end in time. */
  close(): Promise<void>;
};

type Pending = { resolve(output: unknown): void; reject(error: AssayError): void; readonly method: string };

const CLOSE_MILLISECONDS = 5000;

export function connectEngine(port: EnginePort): EngineClient {
  const pending = new Map<number, Pending>();
  const listeners = new Set<Listener>();
  const ready = Promise.withResolvers<{ readonly isOwner: boolean }>();
  const ended = Promise.withResolvers<string>();
  // Whoever calls is told; a client nobody has asked yet must not end the host.
  ready.promise.catch(() => undefined);
  let nextId = 1;
  let gone: string | null = null;
  let backups: readonly BackupInfo[] = [];

  const settle = (id: number, finish: (waiting: Pending) => void): void => {
    const waiting = pending.get(id);
    if (waiting === undefined) return;
    pending.delete(id);
    finish(waiting);
  };

  const receive = (message: Reply): void => {
    switch (message.type) {
      case 'ready':
        ready.resolve({ isOwner: message.isOwner });
        break;
      case 'failed':
        backups = message.backups;
        ready.reject(asError(message.failure));
        break;
      case 'result':
        settle(message.id, (waiting) => waiting.resolve(message.output));
        break;
      case 'error':
        settle(message.id, (waiting) => waiting.reject(asError(message.failure)));
        break;
      case 'event':
        for (const listener of listeners) listener(message.event);
    }
  };

  port.onMessage((message) => {
    const parsed = reply.safeParse(message);
    if (parsed.success) receive(parsed.data);
  });
  port.onExit((reason) => {
    gone = reason;
    // First, so that whoever waits for the end knows of it before the rejected calls are seen.
    ended.resolve(reason);
    ready.reject(unavailable('start', reason));
    for (const id of [...pending.keys()])
      settle(id, (waiting) => waiting.reject(unavailable(waiting.method, reason)));
  });

  return {
    ready: ready.promise,
    ended: ended.promise,
    backups: () => backups,
    call(method, input) {
      if (gone !== null) return Promise.reject(unavailable(method, gone));
      return new Promise((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { resolve, reject, method });
        port.post({ id, method, input });
      });
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      if (gone !== null) return;
      port.post({ type: 'close' });
      const timer = setTimeout(() => port.kill(), CLOSE_MILLISECONDS);
      await ended.promise;
      clearTimeout(timer);
    },
  };
}

function asError({ code, message, details }: Failure): AssayError {
  return new AssayError(code, message, details);
}

function unavailable(method: string, reason: string): AssayError {
  return new AssayError(
    'engine_unavailable',
    `The engine process ended (${reason}) before it answered ${method}. What was already committed is safe; ask again once it runs.`,
    { method, reason },
  );
}
