// A kept line as column → value, exactly as it stood in its file.
import Papa from 'papaparse';
import type { Db } from '../db/open.ts';
import { rawRecord } from '../db/raw-records.ts';

/** Column and value of every field of the record; empty when the workspace does not hold it. */
export function recordOf(db: Db, fileId: number, recordNumber: number): { column: string; value: string }[] {
  const raw = rawRecord(db, fileId, recordNumber);
  if (raw === null) return [];
  const { data } = Papa.parse<string[]>(raw.text, { delimiter: raw.delimiter, newline: '\n' });
  return raw.header.map((column, index) => ({ column, value: data[0]?.[index] ?? '' }));
}
