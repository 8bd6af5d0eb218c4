// Who may ask the shell for something: the app's own page, at the top of the app's own window, and nobody else.
import { z } from 'zod';
import { AssayError } from '../../shared/contract/errors.ts';
import { isMethod, type Method } from '../../shared/contract/methods.ts';

export const APP_SCHEME = 'app';
export const APP_HOST = 'assay';
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`;

/** The part of Electron's `WebFrameMain` that tells who speaks; null when the frame is gone. */
export type Frame = { readonly url: string; readonly parent: unknown } | null;

/** Node knows no origin for schemes of our own, so scheme and host are compared, and nothing else may be in between. */
export function isAppAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === '';
}

export function isTrustedSender(frame: Frame, senderIsOurWindow: boolean): boolean {
  return senderIsOurWindow && frame !== null && frame.parent === null && isAppAddress(frame.url);
}

const envelope = z.strictObject({ method: z.string().max(64), input: z.unknown() });

/** What the relay passes on: a method of the contract and an input, which the engine checks. */
export function checkedCall(payload: unknown): { method: Method; input: unknown } {
  const parsed = envelope.safeParse(payload);
  if (!parsed.success) throw new AssayError('invalid_input', 'A call names a method and an input.', {});
  const { method, input } = parsed.data;
  if (!isMethod(method)) throw new AssayError('unknown_method', `There is no method ${method}.`, {});
  return { method, input };
}

const token = z.string().min(1).max(100);

/** The shell's own verbs, each with the only shape of request it accepts. */
export const SHELL_REQUESTS = {
  pickFiles: z.strictObject({}),
  pickFolder: z.strictObject({}),
  recent: z.strictObject({}),
  restoreBackup: z.strictObject({ name: z.string().min(1).max(255) }),
  droppedFiles: z.strictObject({ paths: z.array(z.string().min(1).max(4096)).max(10_000) }),
  saveAs: z.strictObject({ suggestedName: z.string().min(1).max(255) }),
  printPage: z.strictObject({ suggestedName: z.string().min(1).max(255), footer: z.string().max(1000) }),
  openWorkspace: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['new', 'pick']) }),
    z.strictObject({ kind: z.literal('recent'), token }),
  ]),
  setTheme: z.strictObject({ theme: z.enum(['system', 'light', 'dark']) }),
} as const;
