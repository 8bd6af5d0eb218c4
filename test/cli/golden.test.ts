// Sessions at the terminal that a reviewer can read: test/golden/sessions/<case>/session.txt, with its files beside it.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { STEPS, WORKSPACE } from '../golden/build.ts';
import { assay } from './assay.ts';

const GOLDEN = resolve(import.meta.dirname, '../golden');
const SESSIONS = join(GOLDEN, 'sessions');
const CLOCK = '2026-11-21T12:00:00Z';

// Only what reads the clock is told a time; what waits goes on waiting.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(CLOCK) });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Words of a line; those in double quotes are one. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, quoted, plain]) => quoted ?? plain ?? '');

/** What differs from run to run, or with every new price in the catalog. */
const PASSING: readonly (readonly [RegExp, string])[] = [
  [/SHA-256 [0-9a-f]{64}/gu, 'SHA-256 …'],
  [/, catalog [\d-]+(?:\.\d+)?/gu, ''],
  [/[\d.]+\skB/gu, '… kB'],
];

/** What a command printed, both streams, set in by two spaces. */
async function answerTo(line: string): Promise<string[]> {
  const { code, out, err } = await assay(...wordsOf(line.slice('$ assay '.length)), '--workspace', WORKSPACE);
  const text = PASSING.reduce((before, [found, by]) => before.replaceAll(found, by), `${out}${err}`);
  const lines = text
    .trimEnd()
    .split('\n')
    .map((one) => (one.trim() === '' ? '' : `  ${one.trimEnd()}`));
  return [...lines, ...(code === 0 ? [] : [`  (ends with code ${code})`]), ''];
}

/** The session again, with the answers of now. */
async function played(session: string, folder: string): Promise<string> {
  const lines: string[] = [];
  for (const line of session.split('\n')) {
    if (line.startsWith('# ')) lines.push(line);
    if (line.startsWith('> ')) {
      const [step = '', ...operands] = wordsOf(line.slice(2));
      const build = STEPS[step];
      if (build === undefined) throw new Error(`no step is called ${step}`);
      await build(folder, operands);
      lines.push(line);
    }
    if (line.startsWith('$ assay ')) lines.push(line, ...(await answerTo(line)));
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

const cases = readdirSync(SESSIONS).toSorted();

test.each(cases)('%s', async (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-golden-'));
  cpSync(join(SESSIONS, name), folder, { recursive: true });
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });
  const file = join(SESSIONS, name, 'session.txt');
  await expect(await played(readFileSync(file, 'utf8'), folder)).toMatchFileSnapshot(file);
});

test('the page of the golden cases names each of them, and nothing else', () => {
  const page = readFileSync(join(GOLDEN, 'README.md'), 'utf8');
  const named = new Set([...page.matchAll(/\]\(((?:import|sessions)\/[^/)]+)\//gu)].map(([, path]) => path));
  const held = ['import', 'sessions'].flatMap((kind) =>
    readdirSync(join(GOLDEN, kind)).map((name) => `${kind}/${name}`),
  );
  expect([...named].toSorted()).toEqual(held.toSorted());
});
