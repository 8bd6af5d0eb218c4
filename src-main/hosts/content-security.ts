// The content security policies, one constant a host, and the headers that go with every answer to a page.
import { randomBytes } from 'node:crypto';

/** Directives both hosts share; `style-src` gets the page's nonce, because the component library adds style elements. */
const SHARED = {
  'default-src': "'none'",
  'script-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'object-src': "'none'",
  'frame-src': "'none'",
  // Threads for long sums, from the page's own files; they have neither the bridge nor a connection.
  'worker-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
} as const;

/** The desktop page fetches nothing: it talks to the engine through the preload script only. */
const DESKTOP_POLICY = { ...SHARED, 'connect-src': "'none'" } as const;

/** The browser mode's page talks to the loopback server that gave it, and to nobody else. */
const BROWSER_POLICY = { ...SHARED, 'connect-src': "'self'" } as const;

export type PageHost = 'desktop' | 'browser';

export function newNonce(): string {
  return randomBytes(18).toString('base64');
}

export function contentSecurityPolicy(host: PageHost, nonce: string): string {
  const policy = host === 'desktop' ? DESKTOP_POLICY : BROWSER_POLICY;
  const directives: Record<string, string> = { ...policy, 'style-src': `'self' 'nonce-${nonce}'` };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/** Every answer carries these, pages and data alike. */
export function securityHeaders(host: PageHost, nonce: string): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(host, nonce),
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy':
      'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=(), display-capture=()',
    'Cache-Control': 'no-store',
  };
}
