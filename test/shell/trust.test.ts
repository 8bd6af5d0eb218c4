// Who may ask, and what they may ask for.
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { methods } from '../../shared/contract/methods.ts';
import { fileReference } from '../../shared/contract/schemas.ts';
import { createFileTokens } from '../../src-main/hosts/file-tokens.ts';
import { checkedCall, isAppAddress, isTrustedSender, SHELL_REQUESTS } from '../../src-main/shell/trust.ts';

const page = { url: 'app://assay/', parent: null };

describe('the sender', () => {
  test('is the top frame of the app’s own page in the app’s own window', () => {
    expect(isTrustedSender(page, true)).toBe(true);
  });

  test.each([
    ['a frame that is gone', null, true],
    ['a frame inside the page', { ...page, parent: {} }, true],
    ['another window', page, false],
    ['a blank page', { ...page, url: 'about:blank' }, true],
    ['no address', { ...page, url: '' }, true],
    ['a file', { ...page, url: 'file:///app/index.html' }, true],
    ['the web', { ...page, url: 'https://assay/' }, true],
  ])('is not %s', (_name, frame, own) => {
    expect(isTrustedSender(frame, own)).toBe(false);
  });

  test.each([
    'app://assay.evil/',
    'app://evil/assay/',
    'app://user@assay/',
    'app://assay:80/',
    'app:assay',
    'https://evil/?app://assay/',
  ])('the address %s is not the app’s', (address) => {
    expect(isAppAddress(address)).toBe(false);
  });
});

describe('a call', () => {
  test('names a method of the contract and carries an input', () => {
    expect(checkedCall({ method: 'workspace.info', input: {} })).toEqual({
      method: 'workspace.info',
      input: {},
    });
  });

  test.each([
    [null],
    ['workspace.info'],
    [{ method: 'toString', input: {} }],
    [{ method: '__proto__', input: {} }],
    [{ method: 'x'.repeat(65), input: {} }],
    [{ method: 'workspace.info', input: {}, channel: 'shell:pick-files' }],
  ])('%j goes no further', (payload) => {
    expect(() => checkedCall(payload)).toThrow(expect.objectContaining({ name: 'AssayError' }));
  });
});

test.each([
  ['pickFiles', { path: '/etc/passwd' }],
  ['droppedFiles', { paths: 'all' }],
  ['saveAs', { suggestedName: '' }],
  ['saveAs', { suggestedName: 'x'.repeat(256) }],
  ['printPage', { suggestedName: 'a.pdf', footer: '', path: '/etc/passwd' }],
  ['printPage', { suggestedName: 'a.pdf', footer: 'x'.repeat(1001) }],
  ['openWorkspace', { kind: 'pick', path: '/etc/passwd' }],
  ['openWorkspace', { kind: 'recent' }],
  ['setTheme', { theme: 'url(evil)' }],
] as const)('the shell’s verb %s does not take %j', (verb, payload) => {
  expect(SHELL_REQUESTS[verb].safeParse(payload).success).toBe(false);
});

describe('files of a call', () => {
  test('become paths by their tokens, everything else stays', () => {
    const tokens = createFileTokens();
    const [one, two] = [tokens.give('/bills/a.csv'), tokens.give('/out/b.csv')];
    expect(tokens.resolve({ sources: [one, one], target: two, query: { limit: 1 } })).toEqual({
      sources: ['/bills/a.csv', '/bills/a.csv'],
      target: '/out/b.csv',
      query: { limit: 1 },
    });
    expect(tokens.resolve(null)).toBeNull();
  });

  test.each(['/etc/passwd', 'file:AAAA', '', 'toString'])('%j is refused', (token) => {
    const tokens = createFileTokens();
    tokens.give('/bills/a.csv');
    expect(() => tokens.resolve({ sources: [token] })).toThrow(/Choose it again/u);
    expect(() => tokens.resolve({ target: token })).toThrow(/Choose it again/u);
  });

  test('are named `sources` or `target` in every method of the contract', () => {
    const isFile = (schema: unknown): boolean =>
      schema === fileReference || (schema instanceof z.ZodArray && schema.element === fileReference);
    const fields = Object.values(methods).flatMap(({ input }) =>
      Object.entries(input.shape).flatMap(([name, schema]) => (isFile(schema) ? [name] : [])),
    );
    expect(new Set(fields)).toEqual(new Set(['sources', 'target']));
  });
});
