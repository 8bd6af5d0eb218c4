// The byte scanner against papaparse, on ordinary and hostile CSV, however the bytes arrive.
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { fieldText, recordText } from '../../../src-main/engine/import/record-page.ts';
import {
  createScanner,
  feed,
  keepFirstLineOnly,
  MAX_RECORD_BYTES,
  nextRecord,
} from '../../../src-main/engine/import/scanner.ts';
import { createSplitter, type Splitter } from '../../../src-main/engine/import/split.ts';

type Scanned = { fields: string[]; line: number; odd: boolean; text: string };

const SPLITTER = createSplitter();

/** All records of the text, fed in pieces of `piece` bytes, with every column bound: read byte by byte and split ahead. */
function scan(text: string, delimiter: string, piece: number, columns = 64): Scanned[] {
  const byByte = scanWith(null, text, delimiter, piece, columns);
  expect(scanWith(SPLITTER, text, delimiter, piece, columns)).toEqual(byByte);
  return byByte;
}

function scanWith(
  splitter: Splitter | null,
  text: string,
  delimiter: string,
  piece: number,
  columns: number,
): Scanned[] {
  const scanner = createScanner(
    delimiter,
    new Int16Array(columns).map((_, column) => column),
    columns,
    splitter,
  );
  const bytes = Buffer.from(text);
  const found: Scanned[] = [];
  const takeAll = (atEnd: boolean): void => {
    for (;;) {
      const result = nextRecord(scanner, atEnd);
      if (result === 'more' || result === 'end') return;
      if (result === 'unclosed') {
        found.push({ fields: [], line: scanner.nextLine, odd: true, text: 'unclosed' });
        return;
      }
      const fields = Array.from({ length: scanner.width }, (_, slot) => fieldText(scanner, slot));
      found.push({ fields, line: scanner.line, odd: scanner.odd, text: recordText(scanner) });
    }
  };
  for (let at = 0; at < bytes.length; at += piece) {
    feed(scanner, bytes.subarray(at, at + piece), 'test.csv');
    takeAll(false);
  }
  takeAll(true);
  return found;
}

const oracle = (text: string, delimiter: string, newline: '\n' | '\r\n'): string[][] =>
  Papa.parse<string[]>(text, { delimiter, newline }).data.filter(
    (record) => record.length > 1 || record[0] !== '',
  );

describe('the scanner reads what papaparse reads', () => {
  const cell = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.string({ unit: fc.constantFrom('a', '1', ' ', '.', 'ä', '€', '😀', '\\', "'") }),
    },
    { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', '\t') }) },
    { weight: 1, arbitrary: fc.constantFrom('', '""', '"', ',', '\n', ' "', '" ', '{"a":"b, c"}') },
  );

  test('on every table that is written as CSV', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 8 }), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n' as const, '\r\n' as const),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (rows, delimiter, newline, piece, endsWithNewline) => {
          const text = Papa.unparse(rows, { delimiter, newline }) + (endsWithNewline ? newline : '');
          const scanned = scan(text, delimiter, piece);
          expect(scanned.map(({ fields }) => fields)).toEqual(oracle(text, delimiter, newline));
          expect(scanned.some(({ odd }) => odd)).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('on arbitrary text: same records, unless the scanner itself says that the quoting is odd', () => {
    const hostile = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\n', ' ', 'é'), maxLength: 60 });
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 9 }), (text, piece) => {
        const scanned = scan(text, ',', piece);
        if (scanned.some(({ odd }) => odd)) return;
        // A lone quoted blank is a record to the scanner and, filtered like a blank line, none to the oracle.
        const records = scanned
          .map(({ fields }) => fields)
          .filter((fields) => fields.join() !== '' || fields.length > 1);
        expect(records).toEqual(oracle(text, ',', '\n'));
      }),
      { numRuns: 2000 },
    );
  });

  test('the pieces in which the bytes arrive make no difference', () => {
    const hostile = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n'), maxLength: 80 });
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 7 }), (text, piece) => {
        expect(scan(text, ',', piece)).toEqual(scan(text, ',', 1000));
      }),
      { numRuns: 1000 },
    );
  });
});

test('lines are counted as an editor does, embedded line ends and blank lines included', () => {
  const scanned = scan('h1,h2\n"a\nb",1\n\n"c",2\n', ',', 3);
  expect(scanned.map(({ line, fields }) => [line, fields[1]])).toEqual([
    [1, 'h2'],
    [2, '1'],
    [5, '2'],
  ]);
});

test('a stray quote can be made to cost its own line only', () => {
  const scanner = createScanner(',', new Int16Array([0, 1]), 2);
  feed(scanner, Buffer.from('a,"b\nc,d\ne,f\n'), 'test.csv');
  expect(nextRecord(scanner, true)).toBe('unclosed');
  keepFirstLineOnly(scanner, true);
  expect(recordText(scanner)).toBe('a,"b');
  expect(nextRecord(scanner, true)).toBe('record');
  expect([fieldText(scanner, 0), scanner.line]).toEqual(['c', 2]);
});

test('a record without an end is an error, not a full memory', () => {
  const scanner = createScanner(',', new Int16Array([0]), 1);
  const piece = Buffer.alloc(1024 * 1024, 'a');
  const feedAll = (): void => {
    for (let fed = 0; fed <= MAX_RECORD_BYTES + piece.length; fed += piece.length) {
      feed(scanner, piece, 'test.csv');
      nextRecord(scanner, false);
    }
  };
  expect(feedAll).toThrow(
    expect.objectContaining({ code: 'corrupt_file', details: { file: 'test.csv', line: 1 } }),
  );
});
