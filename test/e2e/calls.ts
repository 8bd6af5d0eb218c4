// Asks the engine through the page's own bridge, where a test is about the hosts and not about a screen.
import type { Page } from 'playwright-core';
import type { Input, Method, Output } from '../../shared/contract/methods.ts';
import { within } from './within.ts';

type Answer = { output: unknown } | { failure: { code: string; message: string } };

/** The answer as the page gets it: output or failure. */
export async function ask(page: Page, method: string, input: unknown): Promise<Answer> {
  const answer = page.evaluate(
    ([name, given]) => (globalThis as unknown as PageGlobals).assay.call(name as string, given),
    [method, input] as const,
  );
  return JSON.parse(await within(30_000, method, answer)) as Answer;
}

export async function call<M extends Method>(page: Page, method: M, input: Input<M>): Promise<Output<M>> {
  const answer = await ask(page, method, input);
  if ('output' in answer) return answer.output as Output<M>;
  throw new Error(`${method}: ${answer.failure.code}: ${answer.failure.message}`);
}

/** Committed imports of the open workspace. */
export async function importedBatches(page: Page): Promise<number> {
  return (await call(page, 'import.history', {})).batches.filter(({ state }) => state === 'active').length;
}

export type PageGlobals = {
  readonly assay: {
    call(method: string, input: unknown): Promise<string>;
    pickFiles(): Promise<{ token: string; name: string; bytes: number }[]>;
    pickFolder(): Promise<{ token: string; name: string; bytes: number }[]>;
    droppedFiles(files: readonly unknown[]): Promise<{ token: string; name: string; bytes: number }[]>;
    saved(token: string): Promise<void>;
    saveAs(name: string): Promise<{ token: string; name: string } | null>;
    recentWorkspaces(): Promise<{ token: string; name: string }[]>;
    openWorkspace(choice: unknown): Promise<boolean>;
    onEvent(listener: (event: unknown) => void): () => void;
  };
};
