// What is read of each record is the same on this thread and on one of its own, and is enough for whoever takes it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Field } from '../../../src-main/engine/import/columns.ts';
import { openPlain } from '../../../src-main/engine/import/open-source.ts';
import {
  IS_KNOWN,
  NEEDS_COMMITMENT_AMOUNTS,
  NEEDS_LABELS,
  NEEDS_TEXT,
} from '../../../src-main/engine/import/page-writer.ts';
import {
  createKnowledge,
  OWN_THREAD_BYTES,
  type PageSource,
  type Pages,
  startPageThread,
} from '../../../src-main/engine/import/pages.ts';
import {
  AMOUNT_PLACES,
  amountAt,
  createCursor,
  fieldsAt,
  HAS_COMMITMENT_AMOUNTS,
  RECORD_STATES,
  recordText,
} from '../../../src-main/engine/import/record-page.ts';
import { csv, HEADER, here, line, source } from './page-files.ts';
import { testWorkspace } from './workspace.ts';

/** Good ones, and every kind that takes a closer look. */
const ODD_LINES = [
  line({}),
  line({ text: '"two\nlines, and a ""quote"""' }),
  line({ cost: 'n/a' }),
  line({ cost: '' }),
  line({ cost: '1.23E-5' }),
  line({ start: 'yesterday' }),
  line({ text: 'a stray " quote' }),
  line({ text: '"a "mended" quote"' }),
  'too,few,cells',
  line({ text: `"${'long '.repeat(150_000)}"` }),
  line({ usageType: '"and the last ""one"""' }),
];

/** Every record as it reads from its page. */
async function recordsOf({ pages }: Pages, slots: number): Promise<unknown[]> {
  const records: unknown[] = [];
  for await (const page of pages) {
    const cursor = createCursor(page, slots);
    for (; cursor.record < page.count; cursor.record++) {
      const { record } = cursor;
      const state = RECORD_STATES[page.state[record] as number];
      const hasText = state !== 'good' || (page.textStart[record] as number) >= 0;
      const amount = (field: Field): number => amountAt(page, record, AMOUNT_PLACES.get(field) as number);
      records.push({
        state,
        line: page.line[record],
        text: hasText ? recordText(fieldsAt(cursor)) : null,
        starts: hasText ? [...fieldsAt(cursor).starts].map((at) => at - fieldsAt(cursor).recordStart) : null,
        ...(state === 'good' && {
          start: page.start[record],
          row: page.row[record],
          cost: amount('unblended'),
          quantity: amount('quantity'),
          bad: page.bad[record],
        }),
      });
    }
  }
  return records;
}

/** Lets `work` take the pages of these files, one after the other. */
async function onThread<Result>(
  files: readonly PageSource[],
  work: (next: () => Pages) => Promise<Result>,
): Promise<Result> {
  const thread = startPageThread();
  thread.read(files);
  try {
    return await work(() => thread.next());
  } finally {
    await thread.close();
  }
}

describe('records', () => {
  test('are the same on a thread of their own, file after file, whatever takes a closer look', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => line({ usageType: `USE1-type-${index % 700}` }));
    const files = [
      source('odd.csv', csv(ODD_LINES)),
      source(
        'many.csv.gz',
        gzipSync(csv([...many, ...ODD_LINES, ...many, `${line({ text: '"never closed' })}`])),
      ),
      source('header-only.csv', csv([])),
    ];
    await onThread(files, async (next) => {
      for (const file of files) {
        const there = next();
        const records = await recordsOf(there, file.binding.slots);
        const hereToo = here(file);
        expect(records).toEqual(await recordsOf(hereToo, file.binding.slots));
        expect([there.sha256(), there.bytesRead()]).toEqual([hereToo.sha256(), hereToo.bytesRead()]);
      }
    });
  });

  test('say what is wrong with them, on which line, and keep their text', async () => {
    const file = source('odd.csv', csv(ODD_LINES));
    const records = (await recordsOf(here(file), file.binding.slots)) as {
      state: string;
      line: number;
      text: string;
      cost?: number;
    }[];
    expect(records.map(({ state, line: at, cost }) => [state, at, cost])).toEqual([
      ['good', 2, 1.5],
      ['good', 3, 1.5],
      ['good', 5, Number.NaN],
      ['good', 6, Number.NaN],
      ['good', 7, 1.23e-5],
      ['good', 8, 1.5],
      ['good', 9, 1.5],
      ['good', 10, 1.5],
      ['wrongWidth', 11, undefined],
      ['good', 12, 1.5],
      ['good', 13, 1.5],
    ]);
    expect(records.map(({ text }) => text.length)).toEqual(
      ODD_LINES.map((each) => (each.includes('"mended"') ? expect.any(Number) : each.length)),
    );
    expect(records[9]?.text).toBe(ODD_LINES[9]);
  });

  test('of rows that are known bring what the importer asked for, and no text that it did not', async () => {
    const kinds = ['plain', 'kept', 'covered', 'labelled'];
    const needs = [0, NEEDS_TEXT, NEEDS_COMMITMENT_AMOUNTS, NEEDS_LABELS];
    const file = source(
      'known.csv',
      csv(
        [1, 2]
          .flatMap(() => kinds.map((usageType) => line({ usageType })))
          .concat(line({ usageType: 'plain', cost: '?' })),
      ),
    );
    const knowledge = createKnowledge();
    knowledge.rows.set(needs.map((need) => IS_KNOWN | need));
    const told: unknown[] = [];
    for await (const page of here(file, knowledge).pages) {
      for (let record = 0; record < page.count; record++) {
        told.push({
          row: page.row[record],
          lines: page.lines[record],
          labelRow: page.labelRow[record],
          hasText: (page.textStart[record] as number) >= 0,
          hasCommitment: ((page.flags[record] as number) & HAS_COMMITMENT_AMOUNTS) !== 0,
        });
      }
    }
    const needed = [
      { row: 1, lines: 1, labelRow: -1, hasText: true, hasCommitment: false },
      { row: 3, lines: 1, labelRow: 0, hasText: true, hasCommitment: false },
    ];
    // A cell that is no number is shown to the user, whatever is known of its row; the good ones are summed.
    expect(told).toEqual([
      ...needed,
      ...needed,
      { row: 0, lines: 1, labelRow: -1, hasText: true, hasCommitment: false },
      { row: 0, lines: 2, labelRow: -1, hasText: false, hasCommitment: false },
      { row: 2, lines: 2, labelRow: -1, hasText: false, hasCommitment: true },
    ]);
  });
});

test.each(['csv', 'csv.gz'])(
  'a file that is opened some time before it is read as %s is whole',
  async (kind) => {
    const content = Buffer.from(csv(Array.from({ length: 9000 }, () => line({}))));
    const { path, compression } = source(`late.${kind}`, kind === 'csv' ? content : gzipSync(content));
    const { chunks, bytesRead } = openPlain(path, compression, null);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const read: Uint8Array[] = [];
    for await (const chunk of chunks) read.push(chunk);
    expect(Buffer.concat(read).equals(content)).toBe(true);
    expect(bytesRead()).toBe(statSync(path).size);
  },
);

describe('a thread of its own', () => {
  const rows = csv(Array.from({ length: 40_000 }, (_, index) => line({ text: `charge ${index}` })));
  const packed = gzipSync(rows);

  test.each([
    ['ends too early', packed.subarray(0, packed.length - 2000), /is not complete|ends too early/u],
    [
      'is damaged',
      Buffer.concat([packed.subarray(0, 20_000), Buffer.alloc(200, 0x55), packed.subarray(20_200)]),
      /damaged/u,
    ],
  ])('refuses a file that %s as this one does, and reads the next', async (name, content, message) => {
    const broken = source(`${name}.csv.gz`, content);
    const sound = source('sound.csv.gz', packed);
    await onThread([broken, sound], async (next) => {
      const { slots } = broken.binding;
      const there = await recordsOf(next(), slots).catch((error: Error) => error);
      expect(there).toMatchObject({ message: expect.stringMatching(message), code: 'corrupt_file' });
      expect(there).toEqual(await recordsOf(here(broken), slots).catch((error: Error) => error));
      expect(await recordsOf(next(), slots)).toHaveLength(40_000);
    });
  });

  test('tells the hash of the file on disk', async () => {
    const file = source('hash.csv.gz', packed);
    const sha256 = await onThread([file], async (next) => {
      const read = next();
      await recordsOf(read, file.binding.slots);
      return read.sha256();
    });
    expect(sha256).toBe(createHash('sha256').update(packed).digest('hex'));
  });

  test('is gone when whoever reads stops early: the process ends', () => {
    const file = source('stopped.csv.gz', packed);
    const room = join(import.meta.dirname, '../../../src-main/engine/import');
    const script = `
      import { startPageThread } from ${JSON.stringify(join(room, 'pages.ts'))};
      import { bindColumns } from ${JSON.stringify(join(room, 'header.ts'))};
      const source = { ...${JSON.stringify({ ...file, binding: null })}, binding: bindColumns(${JSON.stringify(HEADER)}, ',', '') };
      const thread = startPageThread();
      thread.read([source]);
      for await (const page of thread.next().pages) break;
      await thread.close();
      console.log('stopped');`;
    const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect([ended.stdout, ended.stderr, ended.status]).toEqual(['stopped\n', '', 0]);
  });

  test('imports the same figures, series and raw records from a large file as from its small parts', async () => {
    const large = Array.from({ length: 24_000 }, (_, index) =>
      line({
        usageType:
          index % 3 === 0
            ? `USE1-NovaLite-${['input', 'output'][index % 2]}-tokens`
            : `USE1-other-${index % 11}`,
        product: ['AmazonBedrock', 'AmazonS3', 'AmazonEC2'][index % 3] as string,
        resource: index % 3 === 1 ? `bucket-${index % 40}` : '',
        cost: String(((index * 7919) % 100_003) / 1000),
        text: `"charge, of ""kind"" ${index % 17}"`,
      }),
    );
    const held = async (parts: readonly string[][], pack: boolean): Promise<unknown> => {
      const workspace = testWorkspace();
      const files = parts.map((part, index) => {
        const content = csv(part);
        expect(pack || content.length > OWN_THREAD_BYTES).toBe(true);
        const name = `report-0000${index + 1}.csv`;
        return pack ? workspace.write(`${name}.gz`, gzipSync(content)) : workspace.write(name, content);
      });
      await workspace.import(...files);
      const db = workspace.rows();
      const all = (sql: string): unknown[] => db.prepare(sql).all();
      return {
        lines:
          all(`SELECT s.key, count(*) AS lines, round(sum(l.unblended), 6) AS cost, round(sum(l.amortized), 6) AS amortized
          FROM line_item l JOIN line_series s ON s.id = l.series_id GROUP BY 1 ORDER BY 1`),
        sums: all(`SELECT s.key, r.day, sum(r.line_items) AS lines, round(sum(r.unblended), 6) AS cost, round(sum(r.amortized), 6) AS amortized
          FROM rollup r JOIN line_series s ON s.id = r.series_id GROUP BY 1, 2 ORDER BY 1, 2`),
      };
    };
    const here4 = [0, 1, 2, 3].map((part) => large.slice(part * 6000, (part + 1) * 6000));
    expect(await held([large], false)).toEqual(await held(here4, true));
  });
});
