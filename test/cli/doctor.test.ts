// assay doctor on a damaged workspace: its backups with what they hold, and going on from one of them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { cur2 } from '../engine/import/synthetic.ts';
import { testWorkspace } from '../engine/import/workspace.ts';
import { assayOn, published } from './assay.ts';

const BACKUP = 'test.assay.before-2026-11-20.backup';

async function held(): Promise<string> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('report-00001.csv', cur2([{ line_item_unblended_cost: 40 }])));
  workspace.close();
  return workspace.path;
}

/** The same with a backup, and damaged since. */
async function damaged(): Promise<string> {
  const path = await held();
  const bytes = readFileSync(path);
  writeFileSync(`${dirname(path)}/${BACKUP}`, bytes);
  writeFileSync(path, Buffer.from(bytes).fill(0x5a, bytes.length / 2, bytes.length / 2 + 20_000));
  return path;
}

test('a damaged workspace is reported with its backups, and is left as it is', async () => {
  const path = await damaged();
  const before = readFileSync(path);
  const assay = assayOn(path);
  const ended = await assay('doctor');
  expect(ended.code).toBe(1);
  expect(ended.out).toMatch(/Workspace\s+broken\s+.*is damaged/u);
  expect(ended.out).toMatch(new RegExp(`${BACKUP}\\s+\\S+\\s+.*1\\s+2026-08`, 'u'));
  expect(published('doctor', await assay('doctor', '--json'))).toMatchObject({
    healthy: false,
    backups: [{ name: BACKUP, state: 'sound', holds: { lineItems: 1, months: ['2026-08'] } }],
    restored: null,
  });
  expect(readFileSync(path).equals(before)).toBe(true);
});

test.each(['last', BACKUP])(
  '--restore %s goes on from the backup and keeps the damaged file',
  async (name) => {
    const path = await damaged();
    const bytes = readFileSync(path);
    const assay = assayOn(path);
    const ended = await assay('doctor', '--restore', name);
    expect(ended.out).toMatch(
      new RegExp(`put back to its backup of .* \\(${BACKUP}\\)\\. The damaged file is kept`, 'u'),
    );
    expect((await assay('query', '--measures', 'unblended')).out).toContain('40');
    const [kept = ''] = readdirSync(dirname(path)).filter((file) => file.includes('.damaged-'));
    expect(readFileSync(`${dirname(path)}/${kept}`).equals(bytes)).toBe(true);
  },
);

test('a sound workspace, and a backup that is not there, are refused and nothing is changed', async () => {
  const sound = await held();
  const refused = await assayOn(sound)('doctor', '--restore', 'last');
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain('is sound: a backup only takes the place of a damaged workspace');
  const path = await damaged();
  const before = readdirSync(dirname(path));
  const missing = await assayOn(path)('doctor', '--restore', 'other.backup');
  expect(missing.err).toContain('There is no backup other.backup beside');
  expect(readdirSync(dirname(path))).toEqual(before);
});
