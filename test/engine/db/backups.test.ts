// Going back to the last backup of a damaged workspace: which one it is, what is kept, what is refused.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { damaged, lastBackup, restoreLastBackup } from '../../../src-main/engine/db/backups.ts';
import { closeWorkspace, openWorkspace } from '../../../src-main/engine/db/open.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { cur2 } from '../import/synthetic.ts';

const NOW = new Date('2026-11-21T12:00:00.000Z');

function folderWith(files: Record<string, { content: string; at: string }>): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-backups-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, { content, at }] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
    utimesSync(join(folder, name), new Date(at), new Date(at));
  }
  return folder;
}

test('the last backup is the newest of this workspace, not of another one', () => {
  const folder = folderWith({
    'a.assay.before-schema-2.backup': { content: 'old', at: '2026-10-01T00:00:00Z' },
    'a.assay.before-schema-3.backup': { content: 'new', at: '2026-11-01T00:00:00Z' },
    'b.assay.before-schema-3.backup': { content: 'other', at: '2026-11-20T00:00:00Z' },
    'a.assay.damaged-2026': { content: 'no backup', at: '2026-11-20T00:00:00Z' },
  });
  expect(lastBackup(join(folder, 'a.assay'))).toEqual({
    path: join(folder, 'a.assay.before-schema-3.backup'),
    at: new Date('2026-11-01T00:00:00Z'),
  });
  expect(lastBackup(join(folder, 'c.assay'))).toBeNull();
});

test('going back keeps the damaged file and its log beside the workspace, and says where', () => {
  const folder = folderWith({
    'a.assay': { content: 'damaged', at: '2026-11-20T00:00:00Z' },
    'a.assay-wal': { content: 'its log', at: '2026-11-20T00:00:00Z' },
    'a.assay.before-schema-3.backup': { content: 'whole', at: '2026-11-01T00:00:00Z' },
  });
  const path = join(folder, 'a.assay');
  const said = restoreLastBackup(path, NOW);
  const aside = `${path}.damaged-2026-11-21T12-00-00-000Z`;
  expect(said).toBe(
    `The workspace was put back to its backup of 2026-11-01T00:00:00.000Z. The damaged file is kept as ${aside}.`,
  );
  expect([path, aside, `${aside}-wal`].map((file) => readFileSync(file, 'utf8'))).toEqual([
    'whole',
    'damaged',
    'its log',
  ]);
  expect(existsSync(`${path}-wal`)).toBe(false);
});

test('without a backup nothing is touched', () => {
  const folder = folderWith({ 'a.assay': { content: 'damaged', at: '2026-11-20T00:00:00Z' } });
  expect(() => restoreLastBackup(join(folder, 'a.assay'), NOW)).toThrow(
    /no backup beside .* Nothing was changed/u,
  );
  expect(readdirSync(folder)).toEqual(['a.assay']);
});

test('a workspace that another Assay has is left alone', () => {
  const folder = folderWith({});
  const path = join(folder, 'a.assay');
  const db = openWorkspace(path);
  writeFileSync(`${path}.before-schema-1.backup`, 'whole');
  expect(() => restoreLastBackup(path, NOW)).toThrow(/is in use by another Assay/u);
  closeWorkspace(db);
  expect(readdirSync(folder).toSorted()).toEqual([
    basename(path),
    `${basename(path)}.before-schema-1.backup`,
  ]);
});

test('what SQLite finds over several lines is said in one, with the way on', () => {
  const folder = folderWith({ 'a.assay': { content: 'damaged', at: '2026-11-20T00:00:00Z' } });
  const path = join(folder, 'a.assay');
  expect(damaged(path, '*** in database main ***\nTree 86 page 86').message).toBe(
    `The workspace file ${path} is damaged (*** in database main *** Tree 86 page 86). It was left as it is. There is no backup beside it: import the exports into a new workspace.`,
  );
});

test('before the first import of a day that changes something the workspace is copied; three days are kept', async () => {
  const folder = folderWith({});
  const path = join(folder, 'a.assay');
  const file = join(folder, 'report-00001.csv');
  for (const [day, cost] of [
    ['2026-11-17', 1],
    ['2026-11-18', 2],
    ['2026-11-18', 3],
    ['2026-11-19', 4],
    ['2026-11-20', 5],
    ['2026-11-21', 6],
  ] as const) {
    const engine = createEngine({ workspacePath: path, now: () => new Date(`${day}T12:00:00Z`) });
    writeFileSync(file, cur2([{ line_item_unblended_cost: cost }]));
    const { batchId } = await engine.call('import.stage', { sources: [file] });
    const { warnings } = await engine.call('import.commit', { batchId: batchId ?? 0 });
    expect(warnings).toEqual([]);
    engine.close();
  }
  // Nothing was held before the first import, so there was nothing to copy.
  expect(
    readdirSync(folder)
      .filter((name) => name.includes('backup'))
      .toSorted(),
  ).toEqual(['19', '20', '21'].map((day) => `a.assay.before-2026-11-${day}.backup`));
  // The last holds what was held before its day: a damaged workspace goes back to it.
  restoreLastBackup(path, NOW);
  const engine = createEngine({ workspacePath: path, check: true });
  const { totals } = await engine.call('spend.query', { measures: ['unblended'] });
  engine.close();
  expect(totals).toEqual({ unblended: 5 });
});

test('where no copy can be made the import goes on and says so', async () => {
  const folder = folderWith({});
  const path = join(folder, 'a.assay');
  const engine = createEngine({ workspacePath: path, now: () => NOW });
  const bring = async (cost: number) => {
    const file = join(folder, 'report-00001.csv');
    writeFileSync(file, cur2([{ line_item_unblended_cost: cost }]));
    const { batchId } = await engine.call('import.stage', { sources: [file] });
    return engine.call('import.commit', { batchId: batchId ?? 0 });
  };
  await bring(1);
  // Something in the way of the copy.
  mkdirSync(`${path}.before-2026-11-21.backup.partial`);
  const { warnings } = await bring(2);
  engine.close();
  expect(warnings).toEqual([expect.stringMatching(/^No backup was made beside .*a\.assay: /u)]);
});
