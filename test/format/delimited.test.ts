import { expect, test } from 'vitest';
import { csvRow, toCsv, toTsv } from '../../shared/format/delimited.ts';

test('a text that would run as a formula is disarmed, a negative number is not', () => {
  const rows = [
    ['=HYPERLINK("x")', -1.5],
    ['@SUM(A1)', 2],
    ['-cmd', null],
  ] as const;
  expect(toCsv(['name', 'USD'], rows)).toBe(
    'name,USD\r\n"\'=HYPERLINK(""x"")",-1.5\r\n\'@SUM(A1),2\r\n\'-cmd,\r\n',
  );
});

test('clipboard text keeps one cell in one cell', () => {
  expect(toTsv(['a\tb', 'c'], [['x\ny', 0.1]])).toBe('a b\tc\nx y\t0.1');
});

test.each([
  ['+1', "'+1"],
  ['\tx', "'\tx"],
  ['\rx', '"\'\rx"'],
  ['＝1', "'＝1"],
  ['a,b', '"a,b"'],
  ['two\nlines', '"two\nlines"'],
  [' x', '" x"'],
  ['0123', '0123'],
  [1e-7, '1e-7'],
])('%j is written %j', (cell, text) => {
  expect(csvRow([cell, null])).toBe(`${text},\r\n`);
});
