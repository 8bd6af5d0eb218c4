// Times an import against its peers on the same files, as ratios: `npm run bench -- --rows 200000,1000000`.
// Each contender is a process of its own, so that its memory and processor time can be read; medians of `--runs` rounds.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { build } from 'vite';
import { writeSample } from '../../src-main/engine/sample/write.ts';
import { ENGINE_HEAP, ENGINE_MEMORY, ENGINE_THREADS } from '../../src-main/hosts/engine-port.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '3' },
    format: { type: 'string', default: 'cur-1.0' },
    'only-import': { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const format = values.format === 'cur-2.0' ? 'cur-2.0' : 'cur-1.0';

type Contender = { readonly name: string; readonly command: string; readonly arguments: readonly string[] };
type Result = {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
  readonly said: string;
};

const OURS = 'assay import';
const OURS_EVERY_LINE = 'assay import, every line';
const DUCKDB = 'DuckDB, 31 columns';

/** What a contender's time, divided by the import's, is to be; Node's gunzip is the floor under every import. */
const TARGETS: Readonly<Record<string, string>> = {
  'Node gunzip, 1 MiB': 'at least 0.38',
  'papaparse, our sink': 'at least 3',
  'sqlite3 .import': 'at least 6',
  [DUCKDB]: 'at least 1.5',
};
/** Time of the import of every line, divided by that of DuckDB's 31 columns. */
const EVERY_LINE_TARGET = 'at most 1.15';

const work = mkdtempSync(join(tmpdir(), 'assay-bench-'));
/** The import runs bundled, as it is shipped; compiled code is kept, which costs the other contenders nothing either. */
const bundle = resolve(import.meta.dirname, '../../dist/bench');
const environment = { ...process.env, NODE_COMPILE_CACHE: join(work, 'compiled') };
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

/** The sample is made once for a number of rows and kept for the next run. */
async function sampleFiles(rows: number): Promise<string[]> {
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
  const ours = (name: string, lines: 'ai' | 'every'): Contender => ({
    name,
    command: 'env',
    arguments: [
      ...Object.entries(ENGINE_MEMORY).map(([variable, value]) => `${variable}=${value}`),
      process.execPath,
      ...ENGINE_HEAP,
      ENGINE_THREADS,
      join(bundle, 'run-import.js'),
      lines,
      join(work, 'bench.assay'),
      ...files,
    ],
  });
  return [
    ours(OURS, 'ai'),
    ours(OURS_EVERY_LINE, 'every'),
    {
      name: 'Node gunzip, 1 MiB',
      command: process.execPath,
      arguments: [here('run-gunzip.ts'), ...files],
    },
    {
      name: 'papaparse, no sink',
      command: process.execPath,
      arguments: [here('run-papaparse.ts'), ...files],
    },
    {
      name: 'papaparse, our sink',
      command: process.execPath,
      arguments: [here('run-papaparse-sink.ts'), join(work, 'papaparse.assay'), ...files],
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
      name: DUCKDB,
      command: process.execPath,
      arguments: [here('run-duckdb.ts'), join(work, 'some.duckdb'), 'some', ...files],
    },
  ];
}

/** Wall time, processor time (user and system, all threads) and peak resident memory of a process. */
function run({ name, command, arguments: given }: Contender): Result {
  const started = performance.now();
  const timed = 'TIMEFORMAT="cpu %U %S"; time "$0" "$@"';
  const finished = spawnSync('bash', ['-c', timed, command, ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const seconds = (performance.now() - started) / 1000;
  if (finished.status !== 0) throw new Error(`${name} failed: ${finished.stderr}`);
  const memory = /peak (?<megabytes>\d+) MB/u.exec(finished.stdout)?.groups?.megabytes;
  const cpu = /cpu (?<user>[\d.]+) (?<system>[\d.]+)/u.exec(finished.stderr)?.groups;
  return {
    seconds,
    cpuSeconds: Number(cpu?.user) + Number(cpu?.system),
    megabytes: Number(memory ?? Number.NaN),
    said: finished.stdout.trim(),
  };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

const rounded = (value: number): string => (Number.isNaN(value) ? '' : String(Math.round(value * 100) / 100));

/** The whole machine's share in the figures, without which they say nothing. */
function printMachine(): void {
  const cpu = cpus();
  const db = new Database(':memory:');
  const sqlite = String(db.prepare('SELECT sqlite_version()').pluck().get());
  db.close();
  console.log(
    `${new Date().toISOString().slice(0, 10)}: ${cpu.length} × ${cpu[0]?.model ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.version}, SQLite ${sqlite}, load average ${loadavg().map(rounded).join(' ')}`,
  );
}

function printTable(results: ReadonlyMap<string, readonly Result[]>, read: number): void {
  const of = (name: string, part: 'seconds' | 'cpuSeconds' | 'megabytes'): number =>
    median((results.get(name) ?? []).map((one) => one[part]));
  const ours = of(OURS, 'seconds');
  console.log('| contender | seconds | CPU s | krow/s | peak MB | time ÷ import | target |');
  console.log('|---|---:|---:|---:|---:|---:|---|');
  for (const name of results.keys()) {
    const seconds = of(name, 'seconds');
    const cells = [
      name,
      rounded(seconds),
      rounded(of(name, 'cpuSeconds')),
      String(Math.round(read / seconds / 1000)),
      rounded(of(name, 'megabytes')),
      rounded(seconds / ours),
      TARGETS[name] ?? '',
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  const ofDuckDb = of(OURS_EVERY_LINE, 'seconds') / of(DUCKDB, 'seconds');
  if (results.has(DUCKDB))
    console.log(`\nevery line ÷ ${DUCKDB}: ${rounded(ofDuckDb)}; target: ${EVERY_LINE_TARGET}`);
}

async function bundleImport(): Promise<void> {
  await build({
    configFile: resolve(import.meta.dirname, '../../vite.main.config.ts'),
    logLevel: 'warn',
    build: { outDir: bundle, rolldownOptions: { input: { 'run-import': here('run-import.ts') } } },
  });
}

printMachine();
await bundleImport();
for (const rows of values.rows.split(',').map(Number)) {
  const files = await sampleFiles(rows);
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const results = new Map<string, Result[]>();
  if (!existsSync(environment.NODE_COMPILE_CACHE)) contenders(files).slice(0, 1).forEach(run);
  for (let round = 1; round <= runs; round++) {
    // Alternating, so that a busy moment of the machine hits all alike.
    for (const contender of contenders(files)) {
      if (values['only-import'] && !contender.name.startsWith(OURS)) continue;
      results.set(contender.name, [...(results.get(contender.name) ?? []), run(contender)]);
    }
  }
  const saidBy = (name: string): string => results.get(name)?.[0]?.said ?? '';
  const said = saidBy(OURS);
  const read = Number(/^(?<rows>\d+) rows/u.exec(said)?.groups?.rows ?? rows);
  console.log(
    `\n${read} rows (${format}), ${files.length} files, ${Math.round(bytes / 1e6)} MB gzip; median of ${runs}; load average ${loadavg().map(rounded).join(' ')}\n${OURS}: ${said}\n${OURS_EVERY_LINE}: ${saidBy(OURS_EVERY_LINE)}\n`,
  );
  printTable(results, read);
}

await import('./pricing.ts');
