// Imports that wait for a decision: listed with what they would replace now, until they are taken over or discarded.
import { expect, test } from 'vitest';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { cur2 } from './synthetic.ts';
import { type TestWorkspace, testWorkspace } from './workspace.ts';

const bill = (workspace: TestWorkspace, name: string, cost: number): string =>
  workspace.write(name, cur2([{ line_item_unblended_cost: cost }]));
const staged = async ({ engine }: TestWorkspace): Promise<{ batchId: number | null; held: number[] }[]> =>
  (await engine.call('import.staged', {})).reports.map(({ batchId, replaces }) => ({
    batchId,
    held: replaces.map(({ held }) => held.unblended),
  }));

test('what was staged is found again, newest first, against what is held by then', async () => {
  const workspace = testWorkspace();
  const first = await workspace.stage(bill(workspace, 'a.csv', 10));
  const second = await workspace.stage(bill(workspace, 'b.csv', 11));
  expect(await staged(workspace)).toEqual([
    { batchId: second.batchId, held: [] },
    { batchId: first.batchId, held: [] },
  ]);
  await workspace.engine.call('import.commit', { batchId: first.batchId ?? 0 });
  expect(await staged(workspace)).toEqual([{ batchId: second.batchId, held: [10] }]);
  await workspace.engine.call('import.discard', { batchId: second.batchId ?? 0 });
  expect(await staged(workspace)).toEqual([]);
});

test('a discarded import is told to every window', async () => {
  const workspace = testWorkspace();
  const { batchId } = await workspace.stage(bill(workspace, 'a.csv', 10));
  const events: string[] = [];
  workspace.engine.onEvent(({ type }) => events.push(type));
  await workspace.engine.call('import.discard', { batchId: batchId ?? 0 });
  expect(events).toContain('data.changed');
});

test('whoever watches a running import learns that it ended, also when it was cancelled', async () => {
  const { engine, ...workspace } = testWorkspace();
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ line_item_usage_amount: index }));
  const file = workspace.write('long.csv', cur2(rows));
  const phases: string[] = [];
  engine.onEvent((event) => {
    if (event.type !== 'import.progress') return;
    phases.push(event.progress.phase);
    void engine.call('import.cancel', {});
  });
  await expect(engine.call('import.stage', { sources: [file] })).rejects.toMatchObject({ code: 'cancelled' });
  expect([phases[0], phases.at(-1)]).toEqual(['reading', 'done']);
});

test('who only reads the workspace is not asked', async () => {
  const workspace = testWorkspace();
  await workspace.stage(bill(workspace, 'a.csv', 10));
  const reader = createEngine({ workspacePath: workspace.path, readOnly: true });
  expect((await reader.call('import.staged', {})).reports).toEqual([]);
  reader.close();
});
