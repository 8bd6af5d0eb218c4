// The last import can be taken back, once; what deliveries changed stays on record.
import { mkdirSync, rmSync, truncateSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cur2, OTHER_2, type Row } from '../import/synthetic.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';

const cost = (amount: number, more: Row = {}): Row => ({
  ...more,
  line_item_unblended_cost: amount,
});
const SEPTEMBER: Row = {
  bill_billing_period_start_date: '2026-09-01T00:00:00Z',
  line_item_usage_start_date: '2026-09-03T10:00:00Z',
  line_item_usage_end_date: '2026-09-03T11:00:00Z',
};

const bring = (workspace: TestWorkspace, ...rows: Row[]) =>
  workspace.import(workspace.write('report-00001.csv', cur2(rows)));

async function total(workspace: TestWorkspace): Promise<number> {
  const { rows } = await workspace.engine.call('import.tieOut', {});
  return rows.reduce((sum, { heldUnblended }) => sum + heldUnblended, 0);
}

const undoable = async (workspace: TestWorkspace) =>
  (await workspace.engine.call('import.history', {})).undoable;

describe('undo', () => {
  test('without a backup it is still taken back, and says what that means', async () => {
    const workspace = testWorkspace();
    await bring(workspace, cost(1));
    await bring(workspace, cost(5));
    // The day's backup is gone, and something lies in the way of another one.
    rmSync(`${workspace.path}.before-2026-11-21.backup`);
    mkdirSync(`${workspace.path}.before-2026-11-21.backup.partial`);
    const { warnings, restored } = await workspace.engine.call('import.undo', { batchId: null });
    expect(restored).toMatchObject([{ unblended: 1 }]);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^No backup was made beside .*test\.assay: .+ what it brought can only be had again from its files\.$/u,
      ),
    ]);
  });

  test('a workspace too large to be copied says so before it is asked', async () => {
    const workspace = testWorkspace();
    await bring(workspace, cost(1));
    expect((await undoable(workspace))?.noBackup).toBeNull();
    // Larger than is copied on its own, without a byte of it being written.
    truncateSync(workspace.path, 600 * 1024 * 1024);
    expect((await undoable(workspace))?.noBackup).toContain(
      'is larger than the 512 MB that are copied on their own',
    );
    const { warnings } = await workspace.engine.call('import.undo', { batchId: null });
    expect(warnings.join(' ')).toContain('No backup was made');
  });

  test('what was replaced is held again, to the line, and the import is gone', async () => {
    const workspace = testWorkspace();
    const first = await bring(workspace, cost(1), cost(2, OTHER_2));
    const second = await bring(workspace, cost(5), cost(7, OTHER_2));
    expect(await total(workspace)).toBe(12);
    expect(await undoable(workspace)).toEqual({ batchId: second.batchId, restores: 1, noBackup: null });
    const answer = await workspace.engine.call('import.undo', { batchId: second.batchId });
    expect(answer.removed).toMatchObject([{ period: '2026-08', unblended: 12 }]);
    expect(answer.restored).toMatchObject([{ period: '2026-08', unblended: 3 }]);
    expect(await total(workspace)).toBe(3);
    const { batches } = await workspace.engine.call('import.history', {});
    expect(batches.map(({ id, state }) => [id, state])).toEqual([[first.batchId, 'active']]);
    const rows = workspace.rows().prepare('SELECT COUNT(*) FROM line_item').pluck();
    expect(rows.get()).toBe(1);
  });

  test('of a period that was new leaves the others alone', async () => {
    const workspace = testWorkspace();
    await bring(workspace, cost(1));
    const { batchId } = await bring(workspace, cost(5, SEPTEMBER));
    const answer = await workspace.engine.call('import.undo', { batchId });
    expect(answer.restored).toEqual([]);
    expect(await total(workspace)).toBe(1);
  });

  test('of imports of separate periods goes back one by one', async () => {
    const workspace = testWorkspace();
    const first = await bring(workspace, cost(1));
    const second = await bring(workspace, cost(5, SEPTEMBER));
    await workspace.engine.call('import.undo', { batchId: second.batchId });
    await workspace.engine.call('import.undo', { batchId: first.batchId });
    expect(await total(workspace)).toBe(0);
    expect(await undoable(workspace)).toBeNull();
    await expect(workspace.engine.call('import.undo', { batchId: null })).rejects.toThrow(/no import/iu);
  });

  test('never leaves a hole: after one step back, what the import before replaced is no longer there', async () => {
    const workspace = testWorkspace();
    await bring(workspace, cost(1));
    const second = await bring(workspace, cost(2));
    const third = await bring(workspace, cost(3));
    await workspace.engine.call('import.undo', { batchId: third.batchId });
    expect(await total(workspace)).toBe(2);
    expect(await undoable(workspace)).toBeNull();
    await expect(workspace.engine.call('import.undo', { batchId: second.batchId })).rejects.toThrow(
      /no longer held/u,
    );
    expect(await total(workspace)).toBe(2);
  });

  test('only of the last import, and the same file can be imported again afterwards', async () => {
    const workspace = testWorkspace();
    const first = await bring(workspace, cost(1));
    const second = await bring(workspace, cost(5, SEPTEMBER));
    await expect(workspace.engine.call('import.undo', { batchId: first.batchId })).rejects.toThrow(
      /not the last/u,
    );
    await workspace.engine.call('import.undo', { batchId: second.batchId });
    expect((await bring(workspace, cost(5, SEPTEMBER))).state).toBe('committed');
    expect(await total(workspace)).toBe(6);
  });
});

describe('restatements', () => {
  test('a redelivery is on record by service and day, also when both deliveries are long replaced', async () => {
    const workspace = testWorkspace();
    await bring(workspace, cost(1), cost(2, OTHER_2));
    await bring(workspace, cost(1.5), cost(2, OTHER_2));
    await bring(
      workspace,
      cost(1.5),
      cost(2, OTHER_2),
      cost(4, { line_item_usage_start_date: '2026-08-09T10:00:00Z' }),
    );
    const { restatements } = await workspace.engine.call('ledger.restatements', {});
    expect(restatements.map(({ held, incoming }) => [held, incoming])).toEqual([
      [3.5, 7.5],
      [3, 3.5],
    ]);
    expect(restatements[0]).toMatchObject({
      payer: '000000000001',
      period: '2026-08',
      currency: 'USD',
      heldRows: 2,
      incomingRows: 3,
      heldEstimated: false,
      recordedAt: '2026-11-21T12:00:00.000Z',
    });
    // What did not change is not in the list of changes.
    expect(restatements[1]?.byService).toEqual([{ service: 'AmazonBedrock', held: 1, incoming: 1.5 }]);
    expect(restatements[0]?.byDay).toEqual([{ day: '2026-08-09', held: 0, incoming: 4 }]);
  });

  test('the same figures again are no restatement; an import taken back restated nothing', async () => {
    const workspace = testWorkspace();
    await bring(workspace, cost(1));
    await bring(workspace, cost(1, { line_item_line_item_description: 'worded anew' }));
    const { batchId } = await bring(workspace, cost(2));
    const list = async () => (await workspace.engine.call('ledger.restatements', {})).restatements;
    expect(await list()).toHaveLength(1);
    await workspace.engine.call('import.undo', { batchId });
    expect(await list()).toEqual([]);
  });

  test('one period can be asked for', async () => {
    const workspace = testWorkspace();
    await bring(workspace, cost(1));
    await bring(workspace, cost(2));
    const of = async (period: string) =>
      (await workspace.engine.call('ledger.restatements', { period })).restatements.length;
    expect([await of('2026-08'), await of('2026-09')]).toEqual([1, 0]);
  });
});
