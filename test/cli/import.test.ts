// When an import asks before it replaces what is held, and when there is nothing to ask.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Output } from '../../shared/contract/methods.ts';
import { cur2, type Row } from '../engine/import/synthetic.ts';
import { assay, published } from './assay.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-cli-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a period that states the same rows and totals again is taken without a question', async () => {
  const again = join(folder, 'held-again.assay');
  const line = { line_item_unblended_cost: 10 };
  const write = (name: string, ...rows: Row[]): string => {
    writeFileSync(join(folder, name), cur2(rows));
    return join(folder, name);
  };
  const imported = async (file: string) => {
    const ended = await assay('import', file, '--workspace', again, '--json');
    return { code: ended.code, ...(published('import', ended) as Output<'import.stage'>) };
  };
  expect(await imported(write('again-00001.csv', line))).toMatchObject({ code: 0, replaces: [] });

  const sameAgain = write('again-00001.csv', { ...line, line_item_line_item_description: 'said better' });
  expect(await imported(sameAgain)).toMatchObject({
    code: 0,
    state: 'committed',
    replaces: [{ identical: true, sameReport: true }],
  });

  const otherReport = write('another-00001.csv', line);
  expect(await imported(otherReport)).toMatchObject({
    code: 4,
    state: 'held',
    replaces: [{ identical: true, sameReport: false }],
  });

  const otherDay = write('again-00001.csv', { ...line, line_item_usage_start_date: '2026-08-04T00:00:00Z' });
  expect(await imported(otherDay)).toMatchObject({ code: 4, replaces: [{ identical: true }] });
});

test.each<[string, Row, Row]>([
  ['account', { line_item_usage_account_id: '000000000003' }, { line_item_usage_account_id: '000000000004' }],
  [
    'usage type',
    { line_item_usage_type: 'USE1-NovaLite-input-tokens' },
    { line_item_usage_type: 'USE1-NovaPro-input-tokens' },
  ],
  ['tag', { resource_tags: '{"user_team":"a"}' }, { resource_tags: '{"user_team":"b"}' }],
  ['quantity', { line_item_usage_amount: 1000 }, { line_item_usage_amount: 2000 }],
  ['net cost', { line_item_net_unblended_cost: 9 }, { line_item_net_unblended_cost: 8 }],
])(
  'totals that hide another %s are a change, which is asked about and kept on record',
  async (_, held, incoming) => {
    const workspace = join(folder, `${_}.assay`);
    const line = { line_item_unblended_cost: 10 };
    const bring = async (row: Row, ...more: string[]) => {
      writeFileSync(join(folder, `${_}-1.csv`), cur2([{ ...line, ...row }]));
      return await assay('import', join(folder, `${_}-1.csv`), '--workspace', workspace, ...more);
    };
    expect((await bring(held)).code).toBe(0);
    const asked = await bring(incoming);
    expect(asked.code).toBe(4);
    expect(asked.out).toMatch(/the same, of each service and day too\. What changed lies below them/u);
    expect((await bring(incoming, '--replace')).code).toBe(0);
    const restated = await assay('restated', '--workspace', workspace);
    expect(restated.out).toMatch(/2026-08.*\n\nNo service and no day has another total/u);
    // And the same once more is no change.
    expect((await bring({ ...incoming, line_item_line_item_description: 'said better' })).code).toBe(0);
  },
);
