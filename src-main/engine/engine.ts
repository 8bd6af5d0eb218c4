// The engine: one workspace, one table of handlers, events. Every host (desktop, browser, CLI, tests) uses this object.
import { AssayError } from '../../shared/contract/errors.ts';
import type { EngineEvent, Listener } from '../../shared/contract/events.ts';
import { type Call, type Method, methods } from '../../shared/contract/methods.ts';
import { createPricing } from './catalog/pricing.ts';
import { asWorkspaceError } from './db/failures.ts';
import { closeWorkspace, openWorkspace, recoveryNotes } from './db/open.ts';
import { type Context, handlers } from './handlers.ts';
import { readsPricedLines } from './priced-questions.ts';

export type Engine = {
  readonly call: Call;
  /** Returns the function that stops listening. */
  onEvent(listener: Listener): () => void;
  close(): void;
};

export type EngineOptions = {
  readonly workspacePath: string;
  /** Opens for reading although the file could be written, for instance while another Assay owns it. */
  readonly readOnly?: boolean;
  /** Checks the file's structure first; `workspace_corrupt` where it is damaged. */
  readonly check?: boolean;
  /** What the host has to say about how it came to open the workspace, for the user to read once. */
  readonly notes?: readonly string[];
  /** The clock, so that tests can fix "now". */
  readonly now?: () => Date;
  /** Told of calls slower than `slowMilliseconds`, by method name only: never content. */
  readonly onSlowCall?: (method: Method, milliseconds: number) => void;
  readonly slowMilliseconds?: number;
};

/** Opens (or creates) the workspace. Throws `AssayError` when the file must not be touched. */
export function createEngine(options: EngineOptions): Engine {
  const db = openWorkspace(options.workspacePath, {
    readOnly: options.readOnly ?? false,
    check: options.check ?? false,
  });
  const listeners = new Set<Listener>();
  const emit = (event: EngineEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const recovery = [...(options.notes ?? []), ...recoveryNotes(db)];
  const closing = new AbortController();
  const pricing = createPricing(db, emit, closing.signal, (sentence) => recovery.push(sentence));
  const context: Context = {
    db,
    pricing,
    path: options.workspacePath,
    now: options.now ?? (() => new Date()),
    emit,
    recovery,
  };
  const table = handlers(context);
  const slow = options.slowMilliseconds ?? 250;

  const call = async (method: Method, input: unknown): Promise<unknown> => {
    const definition = methods[method];
    const handler = table[method] as ((input: unknown) => unknown) | undefined;
    if (definition === undefined || handler === undefined) {
      throw new AssayError('unknown_method', `There is no method ${String(method)}.`);
    }
    const parsed = definition.input.safeParse(input);
    if (!parsed.success) throw invalidInput(method, parsed.error.issues);
    const started = performance.now();
    try {
      const ask = (): unknown => handler(parsed.data);
      return await (readsPricedLines(method) ? pricing.whilePricesStand(ask) : ask());
    } catch (error) {
      throw asWorkspaceError(error, options.workspacePath);
    } finally {
      const took = performance.now() - started;
      if (took > slow) options.onSlowCall?.(method, took);
    }
  };

  return {
    call: call as Call,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closing.abort();
      closeWorkspace(db);
    },
  };
}

function invalidInput(
  method: Method,
  issues: readonly { path: PropertyKey[]; message: string }[],
): AssayError {
  const first = issues[0];
  const where = first?.path.map(String).join('.') ?? '';
  return new AssayError(
    'invalid_input',
    `${method}: ${where === '' ? '' : `${where}: `}${first?.message ?? 'invalid input'}`,
    { method, field: where },
  );
}
