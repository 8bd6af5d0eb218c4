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
