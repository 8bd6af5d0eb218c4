// assay calibrate: every example on a line, the counts, and the exit code that says whether all of them hold.
import { expect, test } from 'vitest';
import type { Output } from '../../shared/contract/methods.ts';
import { assay, published } from './assay.ts';

test('all examples hold: exit code 0, each claim with published figure, ours and verdict', async () => {
  const { code, out } = await assay('calibrate');
  expect(code).toBe(0);
  expect(out).toContain('30 open');
  expect(out).toMatch(
    /10,000 GenerateQuery calls.* \$1,440\.00 +\$14,400\.00 .*Publication is wrong +Ten times too low/u,
  );
  expect(out).not.toContain('no longer supported');
});

test('one verdict alone, as JSON in the published shape', async () => {
  const ended = await assay('calibrate', '--verdict', 'outdated', '--json');
  const { rows, verdicts } = published('calibrate', ended) as Output<'catalog.calibrate'>;
  expect(rows.length).toBe(verdicts.find(({ verdict }) => verdict === 'outdated')?.count);
  expect(rows.every(({ verdict, holds, note }) => verdict === 'outdated' && holds && note !== '')).toBe(true);
});

test('an unknown verdict is refused', async () => {
  const ended = await assay('calibrate', '--verdict', 'perhaps');
  expect(ended.code).toBe(2);
  expect(ended.err).toContain('--verdict: "perhaps" is not one of agrees,');
});
