// Records whose quoting is not as the format has it: papaparse decides how they read.
import Papa from 'papaparse';
import { recordText } from './record-page.ts';
import { createScanner, feed, nextRecord, type Scanner } from './scanner.ts';

/**
 * Lets `work` see the current record with its quoting mended, when papaparse reads it as one record of `width`
 * fields. False, and nothing done, when it does not.
 */
export function withRepairedRecord(scanner: Scanner, width: number, work: () => void): boolean {
  const delimiter = String.fromCharCode(scanner.delimiter);
  const { data } = Papa.parse<string[]>(recordText(scanner), { delimiter, newline: '\n' });
  const fields = data.length === 1 ? data[0] : undefined;
  if (fields?.length !== width) return false;
  const mended = createScanner(delimiter, scanner.slotOf, scanner.starts.length);
  feed(mended, Buffer.from(fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(delimiter)), '');
  nextRecord(mended, true);
  const { buffer, recordStart, recordEnd } = scanner;
  scanner.buffer = mended.buffer;
  scanner.recordStart = mended.recordStart;
  scanner.recordEnd = mended.recordEnd;
  scanner.starts.set(mended.starts);
  scanner.ends.set(mended.ends);
  scanner.escaped.set(mended.escaped);
  work();
  scanner.buffer = buffer;
  scanner.recordStart = recordStart;
  scanner.recordEnd = recordEnd;
  return true;
}
