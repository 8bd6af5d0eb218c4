// The open workspace: one engine at a time, and another file means another engine process, never a second tenant in one.
import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { BackupInfo } from '../../shared/contract/backups.ts';
import { asFailure, type Failure } from '../../shared/contract/errors.ts';
import type { EngineEvent, Listener } from '../../shared/contract/events.ts';
import type { RecentWorkspace } from '../../shared/contract/protocol.ts';
import type { EnginePort, Purpose } from '../hosts/engine-port.ts';
import { createFileTokens, type FileTokens } from '../hosts/file-tokens.ts';
import { type Supervisor, superviseEngine } from '../hosts/supervisor.ts';
import type { Settings } from './settings.ts';

/** Asks which backup to go on from; its name, or null to leave the file as it is. */
export type ChooseBackup = (failure: Failure, backups: readonly BackupInfo[]) => Promise<string | null>;

export type Workspaces = {
  /** Paths behind the tokens that the page holds for files it may import or write. */
  readonly files: FileTokens;
  path(): string;
  engine(): Supervisor;
  /**
   * Opens another workspace; when that fails the present one stays open and the reason is thrown. `wantsBackup` is asked
   * before a damaged one is put back to its last backup.
   */
  open(path: string, chooseBackup: ChooseBackup): Promise<void>;
  recent(): RecentWorkspace[];
  recentPath(token: string): string;
  /** Events of whichever engine is open. */
  onEvent(listener: Listener): () => void;
  /** Told after another workspace has been opened. */
  onSwitch(listener: () => void): void;
  close(): Promise<void>;
  closed(): boolean;
};

export type WorkspacesOptions = {
  readonly settings: Settings;
  readonly start: (path: string, purpose: Purpose) => EnginePort;
  /** What to open first, or null for the fallback. */
  readonly first: string | null;
  readonly fallback: string;
};

export function createWorkspaces({ settings, start, first, fallback }: WorkspacesOptions): Workspaces {
  const files = createFileTokens();
  const recentTokens = createFileTokens();
  const listeners = new Set<Listener>();
  const switched = new Set<() => void>();
  let path = resolve(first ?? fallback);
  let closed = false;

  const tell = (event: EngineEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const supervise = (file: string): Supervisor =>
    superviseEngine({ start: (purpose) => start(file, purpose) });
  const remember = (file: string): void => settings.opened(file, new Date());

  let engine = supervise(path);
  let stopListening = engine.onEvent(tell);
  // A first workspace that cannot be opened is shown as such by the page, from the engine's state.
  engine.ready().then(
    () => remember(path),
    () => undefined,
  );

  return {
    files,
    path: () => path,
    engine: () => engine,
    async open(file, chooseBackup) {
      const wanted = resolve(file);
      if (wanted === path && engine.state().state !== 'failed') return;
      const next = supervise(wanted);
      try {
        await next.ready().catch(async (error: unknown) => {
          const failure = asFailure(error);
          const { backups } = next.state();
          const chosen = backups.length === 0 ? null : await chooseBackup(failure, backups);
          if (chosen === null) throw error;
          next.restore(chosen);
          await next.ready();
        });
      } catch (error) {
        await next.close();
        throw error;
      }
      const previous = engine;
      stopListening();
      [engine, path] = [next, wanted];
      stopListening = next.onEvent(tell);
      remember(wanted);
      for (const listener of switched) listener();
      await previous.close();
    },
    recent: () =>
      settings.recent().map((entry) => ({
        token: recentTokens.give(entry.path),
        name: basename(entry.path),
        folder: dirname(entry.path),
        openedAt: entry.openedAt,
      })),
    recentPath: (token) => recentTokens.path(token),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onSwitch: (listener) => {
      switched.add(listener);
    },
    async close() {
      closed = true;
      await engine.close();
    },
    closed: () => closed,
  };
}

/** A workspace that the user names anew gets the extension the system knows it by. */
export function withExtension(path: string): string {
  return /\.assay$/iu.test(path) || existsSync(path) ? path : `${path}.assay`;
}
