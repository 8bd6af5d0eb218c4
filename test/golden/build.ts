// The steps with which a golden session makes files of readable ones: packed, cut, in another dialect, with another age.
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { asParquet } from '../engine/import/as-parquet.ts';
import { writeZip } from '../engine/import/write-zip.ts';

type Step = (folder: string, operands: readonly string[]) => void | Promise<void>;

/** Changes the bytes of each file. */
const change =
  (to: (bytes: Buffer) => Buffer | string): Step =>
  (folder, files) => {
    for (const file of files) writeFileSync(join(folder, file), to(readFileSync(join(folder, file))));
  };

/** The same cells with another sign between them. */
function delimitedBy(text: string, sign: string): string {
  return text.replace(/"(?:[^"]|"")*"|,/gu, (found) => (found === ',' ? sign : found));
}

const [CUT_BYTES, DAMAGED_BYTE] = [20, 6];

/** By the word after `>` in a session; paths are those of the session's folder. */
export const STEPS: Readonly<Record<string, Step>> = {
  /** Packs each file, which then ends in .gz. */
  gzip(folder, files) {
    for (const file of files) {
      writeFileSync(join(folder, `${file}.gz`), gzipSync(readFileSync(join(folder, file))));
      rmSync(join(folder, file));
    }
  },
  /** Packs a file as two gzip members, one after the other, cut in the middle of a row. */
  'gzip-in-two'(folder, files) {
    for (const file of files) {
      const bytes = readFileSync(join(folder, file));
      const half = Math.round(bytes.length / 2);
      const members = [gzipSync(bytes.subarray(0, half)), gzipSync(bytes.subarray(half))];
      writeFileSync(join(folder, `${file}.gz`), Buffer.concat(members));
      rmSync(join(folder, file));
    }
  },
  /** Packs files into one zip, named first. */
  zip(folder, [target = '', ...files]) {
    const members = files.map((name) => ({ name, content: readFileSync(join(folder, name)) }));
    writeFileSync(join(folder, target), writeZip(members));
    for (const file of files) rmSync(join(folder, file));
  },
  /** Writes each CSV as Parquet with typed columns: report.csv becomes report.snappy.parquet. */
  async parquet(folder, files) {
    for (const file of files) {
      const target = join(folder, file.replace(/\.csv$/u, '.snappy.parquet'));
      await asParquet(join(folder, file), target, 'COMPRESSION snappy');
      rmSync(join(folder, file));
    }
  },
  'byte-order-mark': change((bytes) => `\uFEFF${bytes.toString()}`),
  crlf: change((bytes) => bytes.toString().replaceAll('\n', '\r\n')),
  semicolons: change((bytes) => delimitedBy(bytes.toString(), ';')),
  /** As an older program on Windows saves it. */
  'latin-1': change((bytes) => Buffer.from(bytes.toString(), 'latin1')),
  tabs: change((bytes) => delimitedBy(bytes.toString(), '\t')),
  /** Takes the last bytes away, as a download that broke off. */
  cut: change((bytes) => bytes.subarray(0, bytes.length - CUT_BYTES)),
  /** Turns a byte of the checksum at the end of a gzip. */
  damage: change((bytes) => {
    bytes[bytes.length - DAMAGED_BYTE] = (bytes[bytes.length - DAMAGED_BYTE] ?? 0) ^ 0xff;
    return bytes;
  }),
  empty: change(() => ''),
  copy(folder, [from = '', to = '']) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    cpSync(join(folder, from), join(folder, to), { recursive: true });
  },
  move(folder, [from = '', to = '']) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    renameSync(join(folder, from), join(folder, to));
  },
  remove(folder, files) {
    for (const file of files) rmSync(join(folder, file), { recursive: true });
  },
  /** Gives files a time, the first operand. */
  dated(folder, [time = '', ...files]) {
    for (const file of files) utimesSync(join(folder, file), new Date(time), new Date(time));
  },
  /** Goes on with an empty workspace. */
  'new-workspace'(folder) {
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `${WORKSPACE}${end}`), { force: true });
  },
};

export const WORKSPACE = 'session.assay';
