// Answers requests of the page for its own files: look-up only, every answer with the security headers.
import { newNonce, securityHeaders } from '../hosts/content-security.ts';
import { type PageFiles, pageHtml } from '../hosts/page-files.ts';
import { isAppAddress } from './trust.ts';

export function appAnswer(pages: PageFiles, request: { method: string; url: string }): Response {
  const nonce = newNonce();
  const answer = (status: number, type: string, body: string | Uint8Array<ArrayBuffer>): Response =>
    new Response(body, { status, headers: { ...securityHeaders('desktop', nonce), 'Content-Type': type } });

  if (!isAppAddress(request.url)) return answer(404, 'text/plain', 'not here');
  if (request.method !== 'GET') return answer(405, 'text/plain', 'GET only');
  const { pathname } = new URL(request.url);
  if (pathname === '/') return answer(200, 'text/html; charset=utf-8', pageHtml(pages, nonce, null));
  const file = pathname === '/index.html' ? undefined : pages.get(pathname);
  return file === undefined
    ? answer(404, 'text/plain', 'not here')
    : answer(200, file.type, new Uint8Array(file.bytes));
}
