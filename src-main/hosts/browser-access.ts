// Who may talk to the loopback server: a one-time link becomes a session cookie; every request proves host, origin and session.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export type Access = {
  /** A fresh one-time token; an unused older one stops working. */
  newToken(): string;
  /** Spends the token: the session cookie's header for the right one, null for a wrong or spent one. */
  enter(token: string): string | null;
  /** Null when the request may pass, else the status and the reason. */
  refuse(request: AccessRequest): { status: number; reason: string } | null;
};

export type AccessRequest = { method: string; headers: IncomingHttpHeaders; needsSession: boolean };

const secret = (): string => randomBytes(32).toString('base64url');

function same(left: string, right: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}

export function createAccess(port: number): Access {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  // Cookies are shared between the ports of a host, so the port is part of the name.
  const cookie = `assay-${port}`;
  const session = secret();
  let token: string | null = null;

  return {
    newToken() {
      token = secret();
      return token;
    },
    enter(given) {
      if (token === null || !same(given, token)) return null;
      token = null;
      return `${cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    refuse({ method, headers, needsSession }) {
      const host = headers.host ?? '';
      // A name that merely resolves to this machine (DNS rebinding) is not this server's name.
      if (!hosts.has(host)) return { status: 421, reason: 'wrong host' };
      const { origin } = headers;
      if (origin !== undefined ? origin !== `http://${host}` : method !== 'GET')
        return { status: 403, reason: 'wrong origin' };
      const site = headers['sec-fetch-site'];
      if (needsSession && site !== undefined && site !== 'same-origin' && site !== 'none')
        return { status: 403, reason: 'wrong origin' };
      if (needsSession && !hasSession(headers.cookie, cookie, session))
        return { status: 401, reason: 'no session' };
      return null;
    },
  };
}

function hasSession(header: string | undefined, name: string, session: string): boolean {
  return (header ?? '').split('; ').some((pair) => {
    const at = pair.indexOf('=');
    return pair.slice(0, at) === name && same(pair.slice(at + 1), session);
  });
}
