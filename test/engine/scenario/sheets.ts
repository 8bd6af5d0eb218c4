// Reads a workbook's XML and calculates its formulas, without the library that wrote it: a second opinion for tests.
import { inflateRawSync } from 'node:zlib';

export type Cell = {
  readonly text: string | null;
  readonly number: number | null;
  readonly formula: string | null;
};
export type Sheets = ReadonlyMap<string, ReadonlyMap<string, Cell>>;

/** Files of a zip by name, from its central directory. */
function unzipped(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + packed);
    files.set(
      bytes.toString('utf8', at + 46, at + 46 + name),
      (method === 0 ? content : inflateRawSync(content)).toString('utf8'),
    );
    at += 46 + name + extra + comment;
  }
  return files;
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/** Sheets by name, cells by their address. */
export function readSheets(bytes: Buffer): Sheets {
  const files = unzipped(bytes);
  const file = (name: string): string => files.get(name) ?? '';
  const strings = [...file('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gsu)].map(([, item = '']) =>
    unescaped([...item.matchAll(/<t[^>]*>(.*?)<\/t>/gsu)].map(([, text]) => text).join('')),
  );
  const names = [...file('xl/workbook.xml').matchAll(/<sheet name="([^"]*)"/gu)].map(([, name = '']) =>
    unescaped(name),
  );
  return new Map(
    names.map((name, index) => {
      const xml = file(`xl/worksheets/sheet${index + 1}.xml`);
      const cells = [...xml.matchAll(/<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gsu)].map(
        ([, address = '', attributes = '', inner = '']): [string, Cell] => {
          const formula = /<f[^>]*>(.*?)<\/f>/su.exec(inner)?.[1] ?? null;
          const value = /<v>(.*?)<\/v>/su.exec(inner)?.[1] ?? null;
          const isText = attributes.includes('t="s"');
          return [
            address,
            {
              text: isText ? (strings[Number(value)] ?? null) : null,
              number: isText || value === null ? null : Number(value),
              formula: formula === null ? null : unescaped(formula),
            },
          ];
        },
      );
      return [name, new Map(cells)];
    }),
  );
}

/** Functions of ranges and figures. */
const GATHERED: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((left, right) => left + right, 0),
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
};

/** Values of cells with formulas: what one refers to, many refer to. */
const remembered = new WeakMap<Cell, number>();

/** The value of a formula from the sheets: + − × ÷ ^, brackets, cells, SUM, MIN, MAX and SUMIF. Throws on anything else. */
export function calculated(sheets: Sheets, sheet: string, written: string): number {
  const formula = written.replaceAll('$', '');
  const tokens =
    formula.match(
      /[A-Za-z]+![A-Z]+\d+(?::[A-Z]+\d+)?|[A-Z]+\d+(?::[A-Z]+\d+)?|SUMIF|SUM|MIN|MAX|[\d.]+|[-+*/^(),]/gu,
    ) ?? [];
  if (tokens.join('') !== formula) throw new Error(`not understood: ${formula}`);
  let at = 0;
  const take = (): string => tokens[at++] ?? '';
  const expect = (token: string): void => {
    if (take() !== token) throw new Error(`expected ${token} in ${formula}`);
  };
  const addresses = (reference: string): [string, string[]] => {
    const [place, range] = reference.includes('!')
      ? (reference.split('!') as [string, string])
      : [sheet, reference];
    const [, column = '', from = '', , to = from] = /^([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?$/u.exec(range) ?? [];
    const rows = Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
    return [place, rows.map((row) => `${column}${row}`)];
  };
  const cell = (place: string, address: string): number => {
    const found = sheets.get(place)?.get(address);
    if (found === undefined) return 0;
    if (found.formula === null) return found.number ?? 0;
    const known = remembered.get(found) ?? calculated(sheets, place, found.formula);
    remembered.set(found, known);
    return known;
  };
  const cells = (reference: string): number[] => {
    const [place, all] = addresses(reference);
    return all.map((address) => cell(place, address));
  };
  const keys = (reference: string): (string | null)[] => {
    const [place, all] = addresses(reference);
    return all.map((address) => sheets.get(place)?.get(address)?.text ?? null);
  };
  const factor = (): number => {
    const token = take();
    if (token === '(') {
      const value = sum();
      expect(')');
      return value;
    }
    const gathered = GATHERED[token];
    if (gathered !== undefined) {
      expect('(');
      const values = [...argument()];
      while (tokens[at] === ',') {
        take();
        values.push(...argument());
      }
      expect(')');
      return gathered(values);
    }
    if (token === 'SUMIF') {
      expect('(');
      const where = keys(take());
      expect(',');
      const [wanted] = keys(take());
      expect(',');
      const amounts = cells(take());
      expect(')');
      return amounts.reduce((total, amount, index) => (where[index] === wanted ? total + amount : total), 0);
    }
    return /^[\d.]+$/u.test(token) ? Number(token) : (cells(token)[0] ?? 0);
  };
  /** All cells of a range, else one figure. */
  const argument = (): number[] => (tokens[at]?.includes(':') === true ? cells(take()) : [sum()]);
  const power = (): number => {
    const base = factor();
    if (tokens[at] !== '^') return base;
    take();
    return base ** factor();
  };
  const product = (): number => {
    let value = power();
    while (tokens[at] === '*' || tokens[at] === '/')
      value = take() === '*' ? value * power() : value / power();
    return value;
  };
  const sum = (): number => {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-')
      value = take() === '+' ? value + product() : value - product();
    return value;
  };
  const value = sum();
  if (at !== tokens.length) throw new Error(`more than was understood: ${formula}`);
  return value;
}
