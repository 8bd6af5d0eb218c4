// The content security policies and the headers every page and answer carries.
import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy, newNonce, securityHeaders } from '../../src-main/hosts/content-security.ts';

const directives = (host: 'desktop' | 'browser'): Map<string, string> =>
  new Map(
    contentSecurityPolicy(host, 'N')
      .split('; ')
      .map((directive) => {
        const at = directive.indexOf(' ');
        return [directive.slice(0, at), directive.slice(at + 1)] as const;
      }),
  );

describe.each(['desktop', 'browser'] as const)('the %s page’s policy', (host) => {
  test('denies by default and lets in no text as code', () => {
    const policy = directives(host);
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('worker-src')).toBe("'self'");
    expect(policy.get('style-src')).toBe("'self' 'nonce-N'");
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe|\*|https?:|wss?:|blob:|strict-dynamic/u);
  });

  test.each(['object-src', 'frame-src', 'base-uri', 'form-action', 'frame-ancestors'])(
    'has %s set to none',
    (name) => {
      expect(directives(host).get(name)).toBe("'none'");
    },
  );

  test('comes with the headers that keep an answer what it is and to itself', () => {
    expect(securityHeaders(host, 'N')).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    });
  });
});

test('the desktop page connects to nothing, the browser’s to its own server only', () => {
  expect(directives('desktop').get('connect-src')).toBe("'none'");
  expect(directives('browser').get('connect-src')).toBe("'self'");
});

test('a nonce is long, and never the same twice', () => {
  const nonces = new Set(Array.from({ length: 1000 }, newNonce));
  expect(nonces.size).toBe(1000);
  for (const nonce of nonces) expect(Buffer.from(nonce, 'base64')).toHaveLength(18);
});
