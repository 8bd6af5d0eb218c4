// assay review: the questions of a bill, answered and taken back at the terminal.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testWorkspace } from '../engine/import/workspace.ts';
import { BILL, PROFILE } from '../engine/review/bill.ts';
import { type Ended, published, assay as run } from './assay.ts';

const assay = (workspace: string, ...argv: string[]): Promise<Ended> =>
  run(...argv, '--workspace', workspace);

async function held(): Promise<string> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('bill.csv', BILL));
  workspace.close();
  return workspace.path;
}

const ZEPHYR = [
  ...[
    '--usage-type',
    '*Zephyr9:mystery',
    '--model',
    'Nova Lite',
    '--family',
    'inference',
    '--meter',
    'input',
  ],
  ...['--mode', 'on_demand', '--why', 'renamed in May', '--by', 'ada'],
];

test('lists what is open with its cost and the reason', async () => {
  const { code, out } = await assay(await held(), 'review');
  expect(code).toBe(0);
  expect(out).toMatch(
    /unknown usage type\s+USE1-Zephyr9:mystery\s+AmazonBedrock\s+1K tokens\s+1\s+\$12\.00/u,
  );
  expect(out).toContain(`profile without model  ${PROFILE}`);
  expect(out).toContain('looks like AI: It counts input, output or cached tokens.');
});

test('map says what it would do, does it, and is listed with who and why', async () => {
  const workspace = await held();
  const dry = await assay(workspace, 'review', 'map', ...ZEPHYR, '--dry-run');
  expect(dry.out).toBe('It would decide 2 line items, $15.00.\n');
  expect((await assay(workspace, 'review', 'rules')).out).toBe('This workspace has no rules of its own.\n');
  expect((await assay(workspace, 'review', 'map', ...ZEPHYR)).out).toBe(
    'Rule 1 is in force.\nIt decides 2 line items, $15.00.\n',
  );
  const { out } = await assay(workspace, 'review', 'rules');
  expect(out).toMatch(
    /1 {2}usage type \*Zephyr9:mystery\s+model Nova Lite, family Inference, meter Input, mode On demand\s+2\s+\$15\.00\s+renamed in May\s+ada, /u,
  );
  expect(out).toContain('assay review undo takes back: Add rule 1');
  expect((await assay(workspace, 'review')).out).not.toContain('Zephyr9');
});

test('undo, remove and move work by number', async () => {
  const workspace = await held();
  await assay(workspace, 'review', 'map', ...ZEPHYR);
  await assay(workspace, 'review', 'map', '--product', 'AmazonES', '--not-bedrock', '--why', 'logs');
  expect((await assay(workspace, 'review', 'move', '1', '1')).out).toBe(
    'Moved. 0 kinds of line were classified anew; 2 rules are in force.\n',
  );
  expect((await assay(workspace, 'review', 'remove', '1')).out).toBe(
    'Removed. 2 kinds of line were classified anew; 1 rule is in force.\n',
  );
  expect((await assay(workspace, 'review', 'undo')).code).toBe(0);
  expect((await assay(workspace, 'review')).out).not.toContain('Zephyr9');
});

test('rules go through a file into another workspace', async () => {
  const [from, to] = [await held(), await held()];
  await assay(from, 'review', 'map', ...ZEPHYR);
  const file = join(dirname(from), 'rules.json');
  expect((await assay(from, 'review', 'export', file)).out).toBe(`1 rules written to ${file}.\n`);
  const ended = await assay(to, 'review', 'import', file, '--json');
  expect(published('review-change', ended)).toMatchObject({ reclassified: 2, rules: 1 });
  published('rules', { code: 0, out: readFileSync(file, 'utf8'), err: '' });
});

describe('--json is what is published', () => {
  test.each([
    ['review', ['review']],
    ['review-rules', ['review', 'rules']],
    ['review-effect', ['review', 'map', ...ZEPHYR, '--dry-run']],
    ['review-change', ['review', 'map', ...ZEPHYR]],
  ])('%s', async (name, argv) => {
    expect(published(name, await assay(await held(), ...argv, '--json'))).toBeTypeOf('object');
  });
});

describe('refused with exit code 2', () => {
  test.each([
    [['--usage-type', '*x-tokens', '--model', 'Nova Lite'], 'expected --why'],
    [['--usage-type', '*x-tokens', '--why', 'w'], 'expected one of'],
    [['--usage-type', '*x-tokens', '--why', 'w', '--model', 'Nova Lite', '--not-bedrock'], 'expected one of'],
    [['--usage-type', '*x-tokens', '--why', 'w', '--meter', 'tonnes'], '"tonnes" is not one of'],
    [['--usage-type', '*x-tokens', '--why', 'w', '--units-each', '0'], 'not a number above 0'],
    [['--usage-type', '*', '--why', 'w', '--not-bedrock'], 'at least 3 characters'],
    [['--why', 'w', '--not-bedrock'], 'needs a usage type'],
  ])('%o', async (argv, says) => {
    const ended = await assay(await held(), 'review', 'map', ...argv);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain(says);
  });

  test('a rule that is no number', async () => {
    expect(await assay(await held(), 'review', 'remove', 'x')).toMatchObject({ code: 2 });
  });
});
