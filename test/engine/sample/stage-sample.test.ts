import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { testWorkspace } from '../import/workspace.ts';

const sampleFolders = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('assay-sample-'));

test('the sample of the start screen is staged like any file, and nothing of it stays on disk', async () => {
  const { engine } = testWorkspace();
  const before = sampleFolders();
  const staged = await engine.call('sample.stage', {});
  expect(staged).toMatchObject({ state: 'staged', replaces: [] });
  expect((await engine.call('workspace.info', {})).lineItems).toBe(0);
  const report = await engine.call('import.commit', { batchId: staged.batchId ?? 0 });
  expect(report.rows.rejected).toBe(0);
  const info = await engine.call('workspace.info', {});
  expect(info.lineItems).toBe(report.bedrock.lineItems);
  expect(info.days?.to).toBe('2026-10-31');
  expect(sampleFolders().filter((name) => !before.includes(name))).toEqual([]);

  const again = await engine.call('sample.stage', {});
  expect(again.state).toBe('unchanged');
});
