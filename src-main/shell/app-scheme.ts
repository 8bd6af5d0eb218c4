// The app's own scheme, `app://assay/`: the only place a page can come from.
import { join } from 'node:path';
import { protocol } from 'electron';
import { loadPageFiles } from '../hosts/page-files.ts';
import { appAnswer } from './app-answer.ts';
import { APP_SCHEME } from './trust.ts';

/** Before the app is ready. No bypass of the content security policy, no service workers, no cross-origin use. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

export function serveAppScheme(): void {
  const pages = loadPageFiles(join(import.meta.dirname, '..', 'renderer'));
  protocol.handle(APP_SCHEME, (request) => appAnswer(pages, request));
}
