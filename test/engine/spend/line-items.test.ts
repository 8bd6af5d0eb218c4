import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { methods } from '../../../shared/contract/methods.ts';
import { closeWorkspace } from '../../../src-main/engine/db/open.ts';
import { createEngine, type Engine } from '../../../src-main/engine/engine.ts';
import { type FixtureLine, filledWorkspace } from '../fixture.ts';

let folder: string;
let engine: Engine | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-'));
  engine = null;
});
afterEach(() => {
  engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

function bill(lines: readonly FixtureLine[]): Engine {
  const path = join(folder, 'bill.assay');
  closeWorkspace(filledWorkspace(path, lines));
  engine = createEngine({ workspacePath: path });
  return engine;
}

describe('line items', () => {
  test('a page of lines with what the bill says and what was made of it', async () => {
    const answer = await bill([{ unblended: 0.06, catalogLow: 0.06, list: 0.06, tags: { Team: 'a' } }]).call(
      'spend.lineItems',
      {},
    );
    expect(methods['spend.lineItems'].output.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({ rowCount: 1, summedLineItems: 0 });
    expect(answer.rows[0]).toMatchObject({
      start: '2026-08-01T10:00:00Z',
      end: '2026-08-01T11:00:00Z',
      account: '111111111111',
      usageType: 'USE1-NovaLite-input-tokens',
      meter: 'input',
      quantity: 1000,
      unit: '1K tokens',
      normalizedQuantity: 1e6,
      normalizedUnit: 'token',
      unblended: 0.06,
      netUnblended: null,
      catalogListHigh: 0.06,
      file: 'made-by-test.csv',
      recordNumber: 1,
    });
  });

  test.each([
    [null, [1, 2, 3]],
    [{ by: 'unblended', descending: true }, [2, 3, 1]],
    [{ by: 'start', descending: false }, [3, 1, 2]],
    [{ by: 'quantity', descending: true }, [3, 2, 1]],
    [{ by: 'quantity', descending: false }, [2, 3, 1]],
  ] as const)('sorted by %j', async (sort, records) => {
    const lines = [
      { unblended: 1, start: '2026-08-02T00:00:00Z', quantity: null },
      { unblended: 9, start: '2026-08-03T00:00:00Z', quantity: 5 },
      { unblended: 4, start: '2026-08-01T00:00:00Z', quantity: 7 },
    ];
    const { rows } = await bill(lines).call('spend.lineItems', { sort });
    expect(rows.map(({ recordNumber }) => recordNumber)).toEqual(records);
  });

  test('conditions, pages, and the count over all pages', async () => {
    const lines = Array.from({ length: 10 }, (_, index) => ({
      unblended: index,
      model: index % 2 === 0 ? 'Nova Pro' : 'Nova Lite',
    }));
    const where = [{ dimension: 'model', operator: '=' as const, values: ['Nova Pro'] }];
    const { rows, rowCount } = await bill(lines).call('spend.lineItems', { where, limit: 2, offset: 1 });
    expect(rowCount).toBe(5);
    expect(rows.map(({ unblended }) => unblended)).toEqual([2, 4]);
  });

  test('lines of other services cannot be listed; the answer says how many', async () => {
    const answer = await bill([{ unblended: 1 }, { unblended: 2, lineClass: 'other' }]).call(
      'spend.lineItems',
      { scope: 'all' },
    );
    expect(answer).toMatchObject({ rowCount: 1, summedLineItems: 1 });
  });
});

describe('export', () => {
  const lines: FixtureLine[] = [
    ...Array.from({ length: 2500 }, (_, index) => ({
      unblended: index / 8,
      account: String(100_000_000_000 + index),
    })),
    { unblended: 0.5, account: '=HYPERLINK("http://x","y")' },
  ];
  const read = (path: string) =>
    Papa.parse<string[]>(readFileSync(path, 'utf8').trimEnd(), { newline: '\r\n' }).data;

  test('a spend answer is written with all its groups, not only the page, and can be added up again', async () => {
    const target = join(folder, 'spend.csv');
    const query = {
      measures: ['unblended' as const, 'tokens' as const],
      groupBy: ['account', 'model'],
      limit: 10,
    };
    const written = await bill(lines).call('export.spend', { query, target });
    const [header, ...rows] = read(target);
    expect(header).toEqual(['account', 'model', 'unblended (USD)', 'tokens (token)']);
    expect(rows.length).toBe(2501);
    expect(written).toEqual({ rows: 2501, bytes: readFileSync(target).length });
    expect(rows.some(([account]) => account === `'=HYPERLINK("http://x","y")`)).toBe(true);
    const metadata = JSON.parse(readFileSync(`${target}-metadata.json`, 'utf8'));
    // Added up from the file: eighths are exact in binary.
    expect(rows.reduce((sum, [, , cost]) => sum + Number(cost), 0)).toBe(metadata.totals.unblended);
    expect(metadata).toMatchObject({ rows: 2501, provenance: { basis: 'unblended', lineItems: 2501 } });
    expect(metadata.asked.join(' ')).toContain('--group-by account,model');
  });

  test('a comparison is written beside, with the groups that only it has', async () => {
    const target = join(folder, 'compared.csv');
    const some = [
      { unblended: 5 },
      { unblended: 3, start: '2026-07-01T00:00:00Z' },
      { unblended: 4, start: '2026-07-01T00:00:00Z', model: 'Nova Pro' },
    ];
    const query = {
      measures: ['unblended' as const],
      groupBy: ['model'],
      period: { from: '2026-08-01', to: '2026-08-31' },
      compareTo: { from: '2026-07-01', to: '2026-07-31' },
    };
    await bill(some).call('export.spend', { query, target });
    expect(read(target)).toEqual([
      ['model', 'unblended (USD)', 'unblended 2026-07 (USD)'],
      ['Nova Lite', '5', '3'],
      ['Nova Pro', '', '4'],
    ]);
  });

  test('the lines behind an answer are written with their file and record', async () => {
    const target = join(folder, 'lines.csv');
    const query = { sort: { by: 'unblended' as const, descending: true }, limit: 5 };
    const written = await bill(lines).call('export.lineItems', { query, target });
    const [header = [], ...rows] = read(target);
    expect(written.rows).toBe(2501);
    expect(rows.length).toBe(2501);
    const at = (name: string) => header.indexOf(name);
    expect(rows[0]?.[at('unblended (currency)')]).toBe(String(2499 / 8));
    expect(rows[0]?.[at('record')]).toBe('2500');
    expect(rows[0]?.[at('file')]).toBe('made-by-test.csv');
  });

  test('a failed export leaves neither half a file nor the old one changed', async () => {
    const blocked = join(folder, 'blocked.csv');
    mkdirSync(blocked);
    const query = { measures: ['unblended' as const] };
    await expect(bill(lines).call('export.spend', { query, target: blocked })).rejects.toMatchObject({
      code: 'file_unwritable',
    });
    const nowhere = join(folder, 'nowhere', 'spend.csv');
    await expect(engine?.call('export.spend', { query, target: nowhere })).rejects.toMatchObject({
      code: 'file_unwritable',
    });
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('an existing file is replaced as a whole', async () => {
    const target = join(folder, 'spend.csv');
    writeFileSync(target, 'old\n'.repeat(10_000));
    await bill([{ unblended: 1 }]).call('export.spend', { query: { measures: ['unblended'] }, target });
    expect(readFileSync(target, 'utf8')).toBe('unblended (USD)\r\n1\r\n');
    expect(existsSync(`${target}-metadata.json`)).toBe(true);
  });
});
