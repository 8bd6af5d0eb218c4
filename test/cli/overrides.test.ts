// assay overrides: a rate card on the sample's bill, kept, explained by assay price, exported, removed and put back.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Output } from '../../shared/contract/methods.ts';
import { assay, published } from './assay.ts';

const CARD = `account,provider,model,meter,mode,region,discount_percent,price_usd,unit,note
*,Anthropic,*,*,*,*,8,,,"EDP, annex B"
*,*,Nova Lite,input,on_demand,us-east-1,,0.05,1M tokens,addendum 2
`;

let folder: string;
let workspace: string[];
const file = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-overrides-'));
  workspace = ['--workspace', file('w.assay')];
  await assay('sample', folder, '--rows', '3000', '--months', '1', '--format', 'cur-2.0');
  const imported = await assay('import', folder, ...workspace);
  expect(imported.code).toBe(0);
  writeFileSync(file('card.csv'), CARD);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const list = async () =>
  published(
    'overrides',
    await assay('overrides', 'list', ...workspace, '--json'),
  ) as Output<'overrides.list'>;

test('a dry run shows the contracted amount by model and keeps nothing', async () => {
  const { code, out } = await assay('overrides', 'import', file('card.csv'), '--dry-run', ...workspace);
  expect(code).toBe(0);
  expect(out).toContain('Rates: 2. 2 new, 0 gone, 0 as before.');
  expect(out).toMatch(/^Claude Sonnet 4\.5 +\d/mu);
  expect((await list()).rates).toEqual([]);
});

test('a card with a fault is refused as a whole, with line, column and value', async () => {
  writeFileSync(file('bad.csv'), CARD.replace('Anthropic,', 'Antropic,'));
  const { code, out } = await assay('overrides', 'import', file('bad.csv'), ...workspace);
  expect(code).toBe(1);
  expect(out).toMatch(/2 +provider +Antropic +is no provider known here \(did you mean Anthropic\?\)/u);
  expect((await list()).versions).toEqual([]);
});

test('kept, the rates stand in the price, the variance and the query, and can be taken back', async () => {
  const before = published(
    'variance',
    await assay('variance', ...workspace, '--json'),
  ) as Output<'variance.explore'>;
  const report = published(
    'overrides-report',
    await assay('overrides', 'import', file('card.csv'), ...workspace, '--json'),
  ) as Output<'overrides.save'>;
  const after = published(
    'variance',
    await assay('variance', ...workspace, '--json'),
  ) as Output<'variance.explore'>;
  expect(before.total.contract).toMatchObject({ lines: 0, contracted: null });
  expect(after.total.contract.contracted).toBeCloseTo(report.effect?.after.contracted ?? Number.NaN, 6);
  expect(after.total.invoiced).toBe(before.total.invoiced);
  expect(after.total.contract.lines).toBeLessThan(after.total.lines);
  const { out } = await assay(
    'price',
    'Nova Lite',
    '--meter',
    'input',
    '--mode',
    'on_demand',
    '--region',
    'us-east-1',
    ...workspace,
  );
  expect(out).toMatch(
    /Under contract[\s\S]*\$0\.06 +#2 \$0\.05 per 1M tokens for .*\(addendum 2\) +\$0\.05/u,
  );
  const query = await assay(
    'query',
    '--measures',
    'contracted',
    '--where',
    'provider=Anthropic',
    ...workspace,
    '--json',
  );
  const { totals } = JSON.parse(query.out) as { totals: { contracted: number } };
  expect(totals.contracted).toBeGreaterThan(0);
});

test('export, remove, use: a version is never lost', async () => {
  expect((await assay('overrides', 'export', file('out.csv'), ...workspace)).out).toContain('Rates written');
  const removed = await assay('overrides', 'remove', '1', ...workspace);
  expect(removed.out).toContain('Rates: 1. 0 new, 1 gone, 1 as before.');
  const again = await assay('overrides', 'use', '1', ...workspace, '--json');
  expect((published('overrides', again) as Output<'overrides.list'>).rates).toHaveLength(2);
  expect((await assay('overrides', 'use', 'none', ...workspace)).out).toContain(
    'No contract rates are in use',
  );
});

test.each([
  [['use', 'newest'], 2, '"newest" is no version'],
  [['remove', '7'], 2, '"7" is no rate'],
  [['use', '77'], 1, 'There is no version 77'],
])('assay overrides %j is refused', async (argv, code, says) => {
  const ended = await assay('overrides', ...argv, ...workspace);
  expect(ended.code).toBe(code);
  expect(ended.err).toContain(says);
});
