// The messages between a client and an engine in another process.
import { z } from 'zod';
import { backupList } from './backups.ts';
import type { Failure } from './errors.ts';
import { event, type Listener } from './events.ts';
import { failure } from './failure.ts';

export const request = z.object({ id: z.number().int(), method: z.string().max(64), input: z.unknown() });
export type Request = z.infer<typeof request>;

/** Asks the engine to close the workspace and end its process. */
export const closing = z.object({ type: z.literal('close') });
export type ToEngine = Request | z.infer<typeof closing>;

export const reply = z.discriminatedUnion('type', [
  /** `isOwner`: false while another Assay has the workspace, which is then open for reading only. */
  z.object({ type: z.literal('ready'), isOwner: z.boolean() }),
  z.object({ type: z.literal('failed'), failure, backups: backupList }),
  z.object({ type: z.literal('result'), id: z.number().int(), output: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.number().int(), failure }),
  z.object({ type: z.literal('event'), event }),
]);
export type Reply = z.infer<typeof reply>;

export type PickedFile = { readonly token: string; readonly name: string; readonly bytes: number };
export type RecentWorkspace = {
  readonly token: string;
  readonly name: string;
  readonly folder: string;
  readonly openedAt: string;
};

export type Answer = { readonly output: unknown } | { readonly failure: Failure };

/** What a page sees as `window.assay`: the same in the desktop app and in browser mode. */
export type Bridge = {
  readonly host: 'desktop' | 'browser';
  /** An `Answer` as JSON: what crosses into the page as objects is copied there property by property, which takes ten times as long. */
  call(method: string, input: unknown): Promise<string>;
  onEvent(listener: Listener): () => void;
  /** Shows the file dialog (browser: file input, then upload). Empty when dismissed. */
  pickFiles(): Promise<PickedFile[]>;
  pickFolder(): Promise<PickedFile[]>;
  /** Files dropped onto the page. */
  droppedFiles(files: readonly unknown[]): Promise<PickedFile[]>;
  /** A target for an export; null when dismissed. In the browser, `saved` downloads it afterwards. */
  saveAs(suggestedName: string): Promise<{ token: string; name: string } | null>;
  saved(token: string): Promise<void>;
  /**
   * Puts the page on paper as its print style says. Desktop: asks for a place and writes a PDF; null when dismissed.
   * Browser: opens the print dialog, which can save one; null, because nobody is told what became of it.
   */
  printPage(suggestedName: string, footer: string): Promise<{ name: string } | null>;
  /** Open another workspace; kind `new` asks for a place first. Resolves false when dismissed or not supported. */
  openWorkspace(choice: { kind: 'new' | 'pick' } | { kind: 'recent'; token: string }): Promise<boolean>;
  recentWorkspaces(): Promise<RecentWorkspace[]>;
  /** Goes on from a backup, by its name, of a workspace that failed to open because it is damaged. */
  restoreBackup(name: string): Promise<void>;
  setTheme(theme: 'system' | 'light' | 'dark'): Promise<void>;
};
