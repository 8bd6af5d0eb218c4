// Times an import against its peers on the same files, as ratios: `npm run bench -- --rows 1000000`.
// Each contender is a process of its own, so that its peak memory can be read; medians of `--runs` rounds.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeSample } from '../../src-main/engine/sample/write.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '3' },
    format: { type: 'string', default: 'cur-1.0' },
  },
});
const rows = Number(values.rows);
const runs = Number(values.runs);
const format = values.format === 'cur-2.0' ? 'cur-2.0' : 'cur-1.0';

type Contender = { readonly name: string; readonly command: string; readonly arguments: readonly string[] };
type Result = { readonly name: string; readonly seconds: number; readonly megabytes: number };

const work = mkdtempSync(join(tmpdir(), 'assay-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

/** The sample is made once for a number of rows and kept for the next run. */
async function sampleFiles(): Promise<string[]> {
  const folder = join(tmpdir(), `assay-bench-sample-${format}-${rows}`);
  if (!existsSync(join(folder, 'truth.json'))) {
    console.log(`Writing a sample of ${rows} rows to ${folder} …`);
    await writeSample({
      folder,
      rows,
      months: 3,
      seed: 1,
      format,
      compression: 'gzip',
      lastMonth: '2026-10',
    });
  }
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => name.endsWith('.csv.gz'))
    .toSorted();
}

const here = (name: string): string => join(import.meta.dirname, name);
const has = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const quoted = (files: readonly string[]): string => files.map((file) => `'${file}'`).join(' ');

function contenders(files: readonly string[]): Contender[] {
  const shell = (name: string, command: string): Contender => ({
    name,
    command: 'sh',
    arguments: ['-c', command],
  });
  const sqlite = join(work, 'sqlite.db');
  return [
    {
      name: 'assay import',
      command: process.execPath,
      arguments: [here('run-import.ts'), join(work, 'bench.assay'), ...files],
    },
    shell('gzip -dc', `cat ${quoted(files)} | gzip -dc > /dev/null`),
    ...(has('sqlite3')
      ? [
          shell(
            'sqlite3 .import',
            `rm -f ${sqlite}; for f in ${quoted(files)}; do gzip -dc "$f" | sqlite3 ${sqlite} ".import --csv /dev/stdin cur"; done`,
          ),
        ]
      : []),
    {
      name: 'DuckDB, all columns',
      command: process.execPath,
      arguments: [here('run-duckdb.ts'), join(work, 'all.duckdb'), 'all', ...files],
    },
    {
      name: 'DuckDB, 31 columns',
      command: process.execPath,
      arguments: [here('run-duckdb.ts'), join(work, 'some.duckdb'), 'some', ...files],
    },
  ];
}

/** Wall time and peak resident memory of a process. */
function run({ name, command, arguments: given }: Contender): Result {
  const started = performance.now();
  const finished = spawnSync('/usr/bin/env', ['bash', '-c', 'exec "$0" "$@"', command, ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (finished.status !== 0) throw new Error(`${name} failed: ${finished.stderr}`);
  const memory = /peak (?<megabytes>\d+) MB/u.exec(finished.stdout)?.groups?.megabytes;
  return { name, seconds: (performance.now() - started) / 1000, megabytes: Number(memory ?? Number.NaN) };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

const files = await sampleFiles();
const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
const results = new Map<string, Result[]>();
for (let round = 1; round <= runs; round++) {
  // Alternating, so that a busy moment of the machine hits all alike.
  for (const contender of contenders(files)) {
    const result = run(contender);
    results.set(contender.name, [...(results.get(contender.name) ?? []), result]);
  }
}

const cpu = cpus();
console.log(
  `\n${cpu.length} × ${cpu[0]?.model ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.version}`,
);
console.log(
  `${rows} rows (${format}), ${files.length} files, ${Math.round(bytes / 1e6)} MB gzip; median of ${runs}\n`,
);
const ours = median((results.get('assay import') ?? []).map(({ seconds }) => seconds));
console.log(
  'contender'.padEnd(22),
  'seconds'.padStart(9),
  'krow/s'.padStart(8),
  'peak MB'.padStart(8),
  '  time against assay import',
);
for (const [name, measured] of results) {
  const seconds = median(measured.map((one) => one.seconds));
  const megabytes = median(measured.map((one) => one.megabytes));
  console.log(
    name.padEnd(22),
    String(Math.round(seconds * 100) / 100).padStart(9),
    String(Math.round(rows / seconds / 1000)).padStart(8),
    (Number.isNaN(megabytes) ? '' : String(megabytes)).padStart(8),
    `  ${Math.round((seconds / ours) * 100) / 100} ×`,
  );
}

await import('./pricing.ts');
