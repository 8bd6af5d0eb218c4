// Keeps one engine running: starts it, starts it again when it ends unexpectedly, gives up visibly, never loops.
import type { BackupInfo } from '../../shared/contract/backups.ts';
import { AssayError, asFailure, type Failure } from '../../shared/contract/errors.ts';
import type { EngineEvent, Listener } from '../../shared/contract/events.ts';
import { connectEngine, type EngineClient } from './engine-client.ts';
import { type EnginePort, OPEN, type Purpose } from './engine-port.ts';

export type EngineState = Extract<EngineEvent, { type: 'engine.state' }>;

export type Supervisor = {
  /** Resolves once a workspace is open; rejects with the reason when it stays closed. */
  ready(): Promise<void>;
  /** Waits while the engine starts or restarts; rejects with `engine_unavailable` when it is gone for good. */
  call(method: string, input: unknown): Promise<unknown>;
  onEvent(listener: Listener): () => void;
  state(): EngineState;
  /**
   * Tries again after it has failed, or where another Assay had the workspace; without effect in every other state. A
   * person asks for it, never a timer.
   */
  retry(): void;
  /** Puts the backup of a name in the place of a damaged workspace and opens it; without effect in every other state. */
  restore(backup: string): void;
  close(): Promise<void>;
};

export type SupervisorOptions = {
  readonly start: (purpose: Purpose) => EnginePort;
  /** Milliseconds before each restart in a row. When they are used up the engine counts as failed. */
  readonly delays?: readonly number[];
  /** An engine that ran this many milliseconds starts again with the first delay. */
  readonly stableAfter?: number;
};

const DELAYS = [200, 1000, 4000];
const STABLE_AFTER = 60_000;

export function superviseEngine(options: SupervisorOptions): Supervisor {
  const delays = options.delays ?? DELAYS;
  const listeners = new Set<Listener>();
  let state: EngineState = {
    type: 'engine.state',
    state: 'starting',
    failure: null,
    notes: [],
    backups: [],
  };
  let client: EngineClient | null = null;
  let running = freshPromise();
  let launches = 0;
  let restarts = 0;
  let closed = false;
  let isOwner = true;
  let timer: NodeJS.Timeout | null = null;

  const emit = (event: EngineEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const enter = (
    next: EngineState['state'],
    failure: Failure | null,
    notes: string[],
    backups: readonly BackupInfo[] = [],
  ): void => {
    state = { type: 'engine.state', state: next, failure, notes, backups: [...backups] };
    emit(state);
  };
  const giveUp = (failure: Failure, backups: readonly BackupInfo[] = []): void => {
    enter('failed', failure, [], backups);
    running.reject(new AssayError(failure.code, failure.message, failure.details));
  };

  const begin = async (purpose: Purpose): Promise<void> => {
    launches++;
    const current = connectEngine(options.start(purpose));
    client = current;
    current.onEvent(emit);
    const startedAt = performance.now();
    let gone = false;
    void current.ended.then((reason) => {
      gone = true;
      if (closed || state.state === 'failed' || client !== current) return;
      if (performance.now() - startedAt > (options.stableAfter ?? STABLE_AFTER)) restarts = 0;
      again(reason);
    });
    try {
      ({ isOwner } = await current.ready);
    } catch (error) {
      const failure = asFailure(error);
      // A process that ended is started again above; a workspace that must not be opened stays closed.
      if (failure.code === 'engine_unavailable' || closed) return;
      giveUp(failure, current.backups());
      await current.close();
      return;
    }
    const notes = await recoveryNotes(current);
    if (gone || closed) return;
    running.resolve(current);
    enter('running', null, notes);
    if (launches > 1) emit({ type: 'data.changed' });
  };

  const again = (reason: string): void => {
    const delay = delays[restarts];
    const failure = endedFailure(reason, restarts, delay === undefined);
    if (state.state === 'running') running = freshPromise();
    if (delay === undefined) {
      giveUp(failure);
      return;
    }
    restarts++;
    enter('restarting', failure, []);
    timer = setTimeout(() => launch(OPEN), delay);
  };

  const launch = (purpose: Purpose): void => {
    begin(purpose).catch((error: unknown) => giveUp(asFailure(error)));
  };
  const afresh = (purpose: Purpose): void => {
    restarts = 0;
    running = freshPromise();
    enter('starting', null, []);
    launch(purpose);
  };
  /** Lets go of an engine that only reads and starts one that may find the workspace free. */
  const replaceReader = async (): Promise<void> => {
    const reader = client;
    [client, isOwner] = [null, true];
    running = freshPromise();
    enter('starting', null, []);
    await reader?.close();
    if (!closed) launch(OPEN);
  };
  launch(OPEN);

  return {
    async ready() {
      await running.promise;
    },
    async call(method, input) {
      if (closed) throw new AssayError('engine_unavailable', 'The workspace is closed.', { method });
      return (await running.promise).call(method, input);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    retry() {
      if (closed) return;
      if (state.state === 'failed') afresh(OPEN);
      else if (state.state === 'running' && !isOwner) void replaceReader();
    },
    restore(backup) {
      if (!closed && state.failure?.code === 'workspace_corrupt') afresh({ kind: 'restore', backup });
    },
    async close() {
      if (closed) return;
      closed = true;
      if (timer !== null) clearTimeout(timer);
      running.reject(new AssayError('engine_unavailable', 'The workspace is closed.', {}));
      await client?.close();
    },
  };
}

/** Settles with the next running engine. That nobody waits for it yet is no error. */
function freshPromise(): PromiseWithResolvers<EngineClient> {
  const fresh = Promise.withResolvers<EngineClient>();
  fresh.promise.catch(() => undefined);
  return fresh;
}

/** What the engine had to put right when it opened the workspace, so that the user is told. */
async function recoveryNotes(client: EngineClient): Promise<string[]> {
  try {
    const info = (await client.call('workspace.info', {})) as { recovery: string[] };
    return info.recovery;
  } catch {
    // The notes are a courtesy: the page asks for `workspace.info` itself and shows its error.
    return [];
  }
}

function endedFailure(reason: string, restarts: number, final: boolean): Failure {
  const outcome = final
    ? `It was started again ${restarts} times and is left stopped now: open the workspace again, or run \`assay doctor\`.`
    : 'It is being started again.';
  return {
    code: 'engine_unavailable',
    message: `The engine process ended unexpectedly (${reason}). ${outcome} The workspace holds what was committed before.`,
    details: { reason, restarts },
  };
}
