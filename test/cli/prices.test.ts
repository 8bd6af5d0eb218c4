// assay cost: tokens as people write them, every way to buy them, and names that stand for nothing.
import { expect, test } from 'vitest';
import type { Output } from '../../shared/contract/methods.ts';
import { assay, published } from './assay.ts';

test('10 M in and 2 M out on Haiku 4.5: $20 on demand, global', async () => {
  const ended = await assay(
    'cost',
    'claude-haiku-4-5',
    '--input',
    '10M',
    '--output',
    '2000K',
    '--region',
    'us-east-1',
  );
  expect(ended.code).toBe(0);
  expect(ended.out).toContain('10,000,000 input and 2,000,000 output tokens');
  expect(ended.out).toMatch(/^Claude Haiku 4\.5 +On demand .* global .* \$20\.00$/mu);
});

test('JSON in the published shape, the same figures', async () => {
  const argv = [
    'cost',
    'Nova Lite',
    '--input',
    '1000000',
    '--output',
    '0',
    '--region',
    'us-east-1',
    '--json',
  ];
  const answer = published('cost', await assay(...argv)) as Output<'catalog.cost'>;
  const plain = answer.rows.find(({ mode, regionTier }) => mode === 'on_demand' && regionTier !== 'global');
  expect(plain).toMatchObject({ model: 'Nova Lite', low: 0.06, high: 0.06 });
});

test.each([
  [['cost', 'Nova Lite', '--input', 'many'], 2, '--input: "many" is not a number of tokens'],
  [['cost', 'Nova Lyte', '--input', '1M'], 1, 'Nearest: '],
  [['cost', 'Nova Lite', '--date', 'soon'], 2, '--date: "soon" is not YYYY-MM-DD'],
])('assay %j', async (argv, code, says) => {
  const ended = await assay(...argv);
  expect(ended.code).toBe(code);
  expect(ended.err).toContain(says);
});

test('nothing to sell here is an answer with exit code 1', async () => {
  const ended = await assay('cost', 'Titan Image Generator G1', '--input', '1M');
  expect(ended.code).toBe(1);
  expect(ended.out).toContain('No model has a price for both here.');
});
