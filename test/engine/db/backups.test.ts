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
import { backupContents, problemOf } from '../../../src-main/engine/db/backup-contents.ts';
import { backups, damaged, restoreBackup } from '../../../src-main/engine/db/backups.ts';
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

/** Of files that only stand for backups. */
const unseen = () => null;

test('the backups of a workspace are listed newest first, not those of another one', () => {
  const folder = folderWith({
    'a.assay.before-schema-2.backup': { content: 'old', at: '2026-10-01T00:00:00Z' },
    'a.assay.before-schema-3.backup': { content: 'new', at: '2026-11-01T00:00:00Z' },
    'b.assay.before-schema-3.backup': { content: 'other', at: '2026-11-20T00:00:00Z' },
    'a.assay.damaged-2026': { content: 'no backup', at: '2026-11-20T00:00:00Z' },
  });
  expect(
    backups(join(folder, 'a.assay')).map(({ name, at, bytes }) => [name, at.toISOString(), bytes]),
  ).toEqual([
    ['a.assay.before-schema-3.backup', '2026-11-01T00:00:00.000Z', 3],
    ['a.assay.before-schema-2.backup', '2026-10-01T00:00:00.000Z', 3],
  ]);
  expect(backups(join(folder, 'c.assay'))).toEqual([]);
});

test('going back keeps the damaged file and its log beside the workspace, and says where', () => {
  const folder = folderWith({
    'a.assay': { content: 'damaged', at: '2026-11-20T00:00:00Z' },
    'a.assay-wal': { content: 'its log', at: '2026-11-20T00:00:00Z' },
    'a.assay.before-schema-3.backup': { content: 'whole', at: '2026-11-01T00:00:00Z' },
  });
  const path = join(folder, 'a.assay');
  const said = restoreBackup(path, 'a.assay.before-schema-3.backup', NOW, unseen);
  const aside = `${path}.damaged-2026-11-21T12-00-00-000Z`;
  expect(said).toBe(
    `The workspace was put back to its backup of 2026-11-01 00:00 UTC (a.assay.before-schema-3.backup). The damaged file is kept as ${aside}.`,
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
  expect(() => restoreBackup(join(folder, 'a.assay'), 'a.assay.before-schema-3.backup', NOW, unseen)).toThrow(
    /no backup a\.assay\.before-schema-3\.backup beside .* Nothing was changed/u,
  );
  expect(readdirSync(folder)).toEqual(['a.assay']);
});

test('a workspace that another Assay has is left alone', () => {
  const folder = folderWith({});
  const path = join(folder, 'a.assay');
  const db = openWorkspace(path);
  writeFileSync(`${path}.before-schema-1.backup`, 'whole');
  expect(() => restoreBackup(path, `${basename(path)}.before-schema-1.backup`, NOW, unseen)).toThrow(
    /is in use by another Assay/u,
  );
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
  const contents = backupContents(path);
  expect(
    contents.map(({ state, holds }) => [state, holds?.months, holds?.lineItems, holds?.lastImportAt]),
  ).toEqual(
    ['2026-11-20', '2026-11-19', '2026-11-18'].map((day) => [
      'sound',
      ['2026-08'],
      1,
      `${day}T12:00:00.000Z`,
    ]),
  );
  restoreBackup(path, 'a.assay.before-2026-11-21.backup', NOW, problemOf);
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

/** A workspace with one import, a sound backup, a damaged one, and one of a newer Assay; damaged itself. */
async function damagedWithBackups(): Promise<{ path: string; folder: string }> {
  const folder = folderWith({});
  const path = join(folder, 'a.assay');
  const engine = createEngine({ workspacePath: path, now: () => NOW });
  const file = join(folder, 'report-00001.csv');
  writeFileSync(file, cur2([{ line_item_unblended_cost: 7 }]));
  const { batchId } = await engine.call('import.stage', { sources: [file] });
  await engine.call('import.commit', { batchId: batchId ?? 0 });
  engine.close();
  const sound = readFileSync(path);
  const half = Buffer.from(sound).fill(0x5a, sound.length / 2, sound.length / 2 + 20_000);
  const newer = Buffer.from(sound);
  newer.writeUInt32BE(999, 60);
  const copies: readonly (readonly [string, Buffer, string])[] = [
    ['before-2026-11-20', half, '2026-11-20'],
    ['before-2026-11-19', sound, '2026-11-19'],
    ['before-2026-11-18', newer, '2026-11-18'],
  ];
  for (const [reason, bytes, day] of copies) {
    writeFileSync(`${path}.${reason}.backup`, bytes);
    utimesSync(`${path}.${reason}.backup`, new Date(day), new Date(day));
  }
  writeFileSync(path, half);
  return { path, folder };
}

test('each backup says what it holds, or why it is none to go on from; looking changes nothing', async () => {
  const { path, folder } = await damagedWithBackups();
  const before = readdirSync(folder).toSorted();
  expect(
    backupContents(path).map(({ name, state, problem, holds }) => [name, state, problem, holds]),
  ).toEqual([
    ['a.assay.before-2026-11-20.backup', 'unusable', expect.stringMatching(/^damaged: /u), null],
    [
      'a.assay.before-2026-11-19.backup',
      'sound',
      null,
      { payers: 1, months: ['2026-08'], lineItems: 1, lastImportAt: '2026-11-21T12:00:00.000Z' },
    ],
    ['a.assay.before-2026-11-18.backup', 'unusable', 'written by a newer Assay (schema 999)', null],
  ]);
  expect(readdirSync(folder).toSorted()).toEqual(before);
});

test('a backup that is damaged itself is refused, and the workspace is not touched', async () => {
  const { path, folder } = await damagedWithBackups();
  const before = readdirSync(folder).toSorted();
  expect(() => restoreBackup(path, 'a.assay.before-2026-11-20.backup', NOW, problemOf)).toThrow(
    /cannot be gone on from \(damaged: .*\)\. Nothing was changed; choose another/u,
  );
  expect(readdirSync(folder).toSorted()).toEqual(before);
  restoreBackup(path, 'a.assay.before-2026-11-19.backup', NOW, problemOf);
  const engine = createEngine({ workspacePath: path, check: true });
  expect((await engine.call('spend.query', { measures: ['unblended'] })).totals).toEqual({ unblended: 7 });
  engine.close();
});

test('a workspace whose first bytes are gone is damaged where it has backups, and foreign where it has none', async () => {
  const { path, folder } = await damagedWithBackups();
  writeFileSync(path, 'x'.repeat(5000));
  expect(() => openWorkspace(path)).toThrow(/is damaged \(its first bytes are not those of a workspace\)/u);
  writeFileSync(join(folder, 'b.assay'), 'x'.repeat(5000));
  expect(() => openWorkspace(join(folder, 'b.assay'))).toThrow(/may be a damaged one, or another/u);
});

test('damaged files are kept one beside the other, never one over the other', async () => {
  const { path, folder } = await damagedWithBackups();
  const once = () => restoreBackup(path, 'a.assay.before-2026-11-19.backup', NOW, unseen);
  once();
  once();
  expect(readdirSync(folder).filter((name) => name.includes('.damaged-'))).toHaveLength(2);
});
