// The assembled splitter: the same as its source, and as careful as the byte scanner about what it leaves alone.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import wabt from 'wabt';
import { readNumber } from '../../../src-main/engine/import/numbers.ts';
import { fieldText } from '../../../src-main/engine/import/record-page.ts';
import { createScanner, feed, nextRecord } from '../../../src-main/engine/import/scanner.ts';
import { createSplitter, SPLIT_BINARY, type Splitter } from '../../../src-main/engine/import/split.ts';

function splitter(): Splitter {
  const made = createSplitter();
  if (made === null) throw new Error('no WebAssembly SIMD here');
  return made;
}

test('the binary is what the source assembles to', async () => {
  const path = new URL('../../../src-main/engine/import/split.wat', import.meta.url);
  const module = (await wabt()).parseWat('split.wat', readFileSync(path, 'utf8'), { simd: true });
  expect(Buffer.from(module.toBinary({}).buffer).toString('base64')).toBe(SPLIT_BINARY);
});

/** Records the splitter finds ahead in the text. */
function ahead(text: string): number {
  const made = splitter();
  return made.split(0, made.text.write(text), ','.charCodeAt(0));
}

test('records are split ahead up to the first that needs a closer look', () => {
  const plain = 'a,b,"c, d ""e"""\n'.repeat(20);
  expect(ahead(plain)).toBe(20);
  expect(ahead(`${plain}a,b`)).toBe(20);
  for (const odd of ['a,"b\nc",d\n', 'a,b"c,d\n', 'a,"b" ,d\n', 'a,"b"\r\n']) {
    const found = ahead(`${plain}${odd}${plain}`);
    // The 64 bytes in which it stands are left to the careful scanner as well.
    expect(found).toBeGreaterThanOrEqual(15);
    expect(found).toBeLessThanOrEqual(20);
  }
});

/** Everything the scanner tells of the text's records. */
function told(text: string, made: Splitter | null): string[] {
  const slots = new Int16Array(40).map((_, column) => column);
  const scanner = createScanner(',', slots, slots.length, made);
  feed(scanner, Buffer.from(text), 'test.csv');
  const found: string[] = [];
  while (nextRecord(scanner, true) === 'record') {
    found.push(`${scanner.line} ${scanner.width} ${scanner.odd}`);
    for (let slot = 0; slot < scanner.width; slot++) found.push(fieldText(scanner, slot));
  }
  return found;
}

test('wide records, plain and odd ones mixed, are cut where the byte scanner cuts them', () => {
  const cell = fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom('', 'a', '0.0', '2026-10-01T00:00:00Z') },
    { weight: 9, arbitrary: fc.string({ unit: fc.constantFrom('a', '7', '.', 'ä'), maxLength: 90 }) },
    { weight: 3, arbitrary: fc.constantFrom('"x, y"', '"say ""no"""', '""', '"{""a"":""b""}"') },
    { weight: 1, arbitrary: fc.constantFrom('"a\nb"', '"c"d', 'e"f', '"g" h', '"', '\r') },
  );
  const made = splitter();
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 40 }), { maxLength: 30 }),
      fc.constantFrom('\n', '\r\n'),
      (rows, lineEnd) => {
        const text = rows.map((row) => row.join(',')).join(lineEnd);
        expect(told(text, made)).toEqual(told(text, null));
      },
    ),
    { numRuns: 400 },
  );
});

/** What the module reads in each cell of one record: the number, null for a blank, undefined for a closer look. */
function read(cells: readonly string[]): (number | null | undefined)[] {
  const made = splitter();
  const slots = cells.map((_, slot) => slot);
  const scanner = createScanner(',', Int16Array.from(slots), slots.length, made);
  const numbers = made.numbers(0, slots);
  feed(scanner, Buffer.from(`${cells.join(',')}\n`), 'test.csv');
  nextRecord(scanner, true);
  const odd = numbers === null ? -1 : made.readNumbers(numbers);
  return cells.map((_, slot) => {
    if (((odd >> slot) & 1) === 1) return undefined;
    const value = numbers?.values[slot] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  });
}

test('numbers are those of the careful reader, or are left to it', () => {
  const plain = ['0', '0.0', '-12.50', '+3', '.5', '5.', '-0.0000000000', '123456789012345', '0.000000001'];
  expect(read(plain)).toEqual([0, 0, -12.5, 3, 0.5, 5, 0, 123_456_789_012_345, 1e-9]);
  expect(read(['', '1e3', '-7.0E-10', '1234567890123456', '1.2.3', '-', '.', 'NULL', '1 '])).toEqual([
    null,
    ...new Array<undefined>(8).fill(undefined),
  ]);
  const decimal = fc
    .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 17n }), fc.integer({ min: 0, max: 26 }))
    .map(([negative, digits, decimals]) => {
      const padded = digits.toString().padStart(decimals + 1, '0');
      const cut = padded.length - decimals;
      return `${negative ? '-' : ''}${padded.slice(0, cut)}.${padded.slice(cut)}`;
    });
  fc.assert(
    fc.property(fc.array(decimal, { minLength: 1, maxLength: 16 }), (cells) => {
      for (const [slot, value] of read(cells).entries()) {
        const text = Buffer.from(cells[slot] ?? '');
        if (value !== undefined) expect(value).toBe(readNumber(text, 0, text.length));
      }
    }),
    { numRuns: 500 },
  );
});
