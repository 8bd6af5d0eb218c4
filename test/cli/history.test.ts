// assay undo, restated and forget, as a person or a job runs them.
import { userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { createEngine } from '../../src-main/engine/engine.ts';
import { cur2 } from '../engine/import/synthetic.ts';
import { type TestWorkspace, testWorkspace } from '../engine/import/workspace.ts';
import { assayOn, published } from './assay.ts';

const PAYER = '000000000001';

async function heldTwice(): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  for (const cost of [10, 12.5]) {
    await workspace.import(workspace.write('r-00001.csv', cur2([{ line_item_unblended_cost: cost }])));
  }
  workspace.close();
  return workspace;
}

test('restated says what changed; undo brings the former figures back, once', async () => {
  const assay = assayOn((await heldTwice()).path);
  const restated = await assay('restated', '--json');
  expect(published('restated', restated)).toMatchObject({ restatements: [{ held: 10, incoming: 12.5 }] });
  expect((await assay('restated')).out).toMatch(
    /^2026-08 of payer 000000000001, restated \d{4}-\d\d-\d\d: \$10/u,
  );
  expect((await assay('restated')).out).toMatch(/AmazonBedrock\s+\$10\.00\s+\$12\.50\s+\$2\.50/u);
  const undone = await assay('undo');
  expect(undone).toMatchObject({ code: 0, err: '' });
  expect(undone.out).toContain(`Held again: 2026-08 of payer ${PAYER}.`);
  expect((await assay('query', '--measures', 'unblended')).out).toContain('$10.00');
  expect((await assay('restated')).out).toBe('No delivery changed a period that was held.\n');
});

test('forget prints first, and deletes only when told so', async () => {
  const assay = assayOn((await heldTwice()).path);
  const asked = await assay('forget', '--payer', PAYER, '--period', '2026-08');
  expect(asked.code).toBe(1);
  expect(asked.out).toContain(
    'Would delete: 2 deliveries with 2 lines, 0 invoice figures, 1 recorded restatement, 0 issued statements, 0 labels of bills.',
  );
  expect((await assay('held')).out).toContain('2026-08');
  const done = await assay('forget', '--payer', PAYER, '--period', '2026-08', '--yes', '--json');
  expect(done.code).toBe(0);
  expect(published('forget', done)).toMatchObject({ deliveries: 2, copies: [] });
  expect((await assay('held')).out).toBe('Nothing is held for this.\n');
  expect(await assay('forget', '--payer', PAYER, '--yes')).toMatchObject({ code: 1 });
  expect(await assay('forget', '--yes')).toMatchObject({ code: 2 });
});

test('beside an open Assay the command line reads, and its writes are refused with the owner’s name', async () => {
  const workspace = await heldTwice();
  const assay = assayOn(workspace.path);
  const owner = createEngine({ workspacePath: workspace.path });
  try {
    for (const reading of [['held'], ['restated'], ['tieout'], ['query', '--measures', 'unblended']]) {
      expect(await assay(...reading)).toMatchObject({ code: 0, err: '' });
    }
    const key = ['--payer', PAYER, '--period', '2026-08'];
    for (const writing of [['undo'], ['forget', ...key, '--yes'], ['tieout', 'set', '1.00', ...key]]) {
      const { code, err } = await assay(...writing);
      expect(code).toBe(1);
      expect(err).toMatch(
        new RegExp(`in use by another Assay \\(${userInfo().username}, process ${process.pid} on `, 'u'),
      );
    }
    const { rows } = await owner.call('import.tieOut', {});
    expect(rows[0]?.heldUnblended).toBe(12.5);
  } finally {
    owner.close();
  }
});
