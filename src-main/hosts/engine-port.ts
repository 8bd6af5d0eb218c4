// What a client needs of a process that runs the engine, whichever kind of process it is.
import type { ToEngine } from '../../shared/contract/protocol.ts';

export type EnginePort = {
  readonly pid: number | undefined;
  post(message: ToEngine): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Told once, with the reason in words: "exit code 1", "signal SIGKILL". */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
};

/** What a new engine process is to do with the workspace first. */
export type Purpose =
  | { readonly kind: 'open' }
  /** Puts the backup of this name in the place of the damaged workspace first. */
  | { readonly kind: 'restore'; readonly backup: string };

export const OPEN: Purpose = { kind: 'open' };

/**
 * For V8 in the engine's process: 4 MiB for short-lived objects. Left to itself it lets them have sixteen while an
 * import runs, which takes 60 MB more and saves no time. And 64 MiB of others before it first looks for what nobody
 * uses: it would look through them at every few MiB of an import, which takes a twentieth of it.
 */
export const ENGINE_HEAP = ['--max-semi-space-size=4', '--initial-old-space-size=64'];

/** For Node: as many helping threads for V8 as the machine has processors to spare; left to itself it has four anywhere. */
export const ENGINE_THREADS = '--v8-pool-size=0';

/**
 * For the C library under Node on Linux: one store of memory for all threads. With one for each, an import takes 20 MB more,
 * since what one thread gives back no other can use. Others ignore it.
 */
export const ENGINE_MEMORY = { MALLOC_ARENA_MAX: '1' } as const;

const RESTORE = 'restore:';

/** How the process is told: the workspace, and what to do with it. */
export function engineArguments(workspacePath: string, purpose: Purpose): string[] {
  return [workspacePath, purpose.kind === 'restore' ? `${RESTORE}${purpose.backup}` : purpose.kind];
}

/** The other side of `engineArguments`: the last two arguments of the process. */
export function purposeOf([workspacePath = '', told = '']: readonly string[]): {
  readonly workspacePath: string;
  readonly purpose: Purpose;
} {
  const purpose: Purpose = told.startsWith(RESTORE)
    ? { kind: 'restore', backup: told.slice(RESTORE.length) }
    : OPEN;
  return { workspacePath, purpose };
}

/** Receives the engine's own log lines (method names and durations, never billing content). */
export type Log = (line: string) => void;

/** All that the engine's process inherits: where to put temporary files, the locale and the time zone. */
const INHERITED = ['HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE'];

export function engineEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const entries = INHERITED.map((name) => [name, environment[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
