// The command line's promises: exit codes, strict flags, JSON in the published shapes, quiet where nobody watches.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatMoney } from '../../src-main/cli/text.ts';
import { createEngine } from '../../src-main/engine/engine.ts';
import { assay, type Ended, published, spawnAssay } from './assay.ts';

const CLI = resolve(import.meta.dirname, '../../src-main/cli/cli.ts');

let folder: string;
let workspace: string;
let sample: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-cli-'));
  workspace = join(folder, 'bill.assay');
  sample = join(folder, 'sample');
  expect((await assay('sample', sample, '--rows', '1500', '--months', '2', '--plain')).code).toBe(0);
  expect((await assay('import', sample, '--workspace', workspace)).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const october = (): string =>
  join(sample, 'northwind-bedrock/data/BILLING_PERIOD=2026-10/northwind-bedrock-00001.csv');

describe('exit codes', () => {
  const rejecting = (): string => {
    const { data } = Papa.parse<string[]>(readFileSync(october(), 'utf8'), { skipEmptyLines: true });
    const cost = data[0]?.indexOf('line_item_unblended_cost');
    const file = join(folder, 'rejecting.csv');
    const spoilt = data.map((row, line) => row.map((cell, at) => (line === 7 && at === cost ? 'abc' : cell)));
    writeFileSync(file, Papa.unparse(spoilt));
    return file;
  };

  test('0: imported and tied out, nothing on stderr where no terminal is watching', async () => {
    const target = join(folder, 'clean.assay');
    const ended = await spawnAssay(['import', october(), '--workspace', target, '--json']);
    expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: '' });
    expect(published('import', ended)).toMatchObject({ state: 'committed', rows: { rejected: 0 } });
  });

  test('1: the workspace is not there, and is not made by asking', async () => {
    const missing = join(folder, 'typo.assay');
    const ended = await spawnAssay(['query', '--workspace', missing]);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('typo.assay is not there');
    expect(existsSync(missing)).toBe(false);
  });

  test('1: the file is no billing export', async () => {
    const file = join(folder, 'notes.csv');
    writeFileSync(file, 'a,b\n1,2\n');
    const ended = await assay('import', file, '--workspace', join(folder, 'none.assay'));
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/notes\.csv/u);
  });

  test('2: the command line cannot be understood', async () => {
    const ended = await spawnAssay(['query', '--workspace', workspace, '--mesures', 'tokens']);
    expect(ended).toEqual({
      code: 2,
      out: '',
      err: 'assay query: there is no option --mesures; did you mean --measures? See: assay query --help\n',
    });
  });

  test.each([['query'], ['import', 'x.csv'], ['doctor'], ['coverage'], ['serve']])(
    '2: a workspace without a name: %s',
    async (...argv) => {
      const ended = await assay(...argv, '--workspace', '');
      expect(ended).toMatchObject({ code: 2, out: '' });
      expect(ended.err).toContain('--workspace: expected the name of a file, such as bedrock.assay');
    },
  );

  test('3: imported with rejected rows', async () => {
    const ended = await assay('import', rejecting(), '--workspace', join(folder, 'r.assay'), '--json');
    expect(ended.code).toBe(3);
    expect(ended.err).toContain('1 row was rejected and is not in the totals');
    expect(published('import', ended)).toMatchObject({ state: 'committed', rows: { rejected: 1 } });
  });

  test('4: the period is held; --replace goes on, the same file again is nothing to do', async () => {
    const changed = join(folder, 'changed.csv');
    const rows = readFileSync(october(), 'utf8').trimEnd().split('\n');
    writeFileSync(changed, `${rows.slice(0, -1).join('\n')}\n`);
    const before = await assay('query', '--workspace', workspace, '--json');

    const same = await assay('import', october(), '--workspace', workspace, '--json');
    expect(same.code).toBe(0);
    expect(published('import', same)).toMatchObject({ state: 'unchanged' });

    const held = await assay('import', changed, '--workspace', workspace, '--json');
    expect(held.code).toBe(4);
    expect(held.err).toContain('--replace');
    expect(published('import', held)).toMatchObject({
      state: 'held',
      batchId: null,
      replaces: [{ held: { period: '2026-10' } }],
    });
    expect((await assay('query', '--workspace', workspace, '--json')).out).toBe(before.out);

    const replaced = await assay('import', changed, '--workspace', workspace, '--replace', '--json');
    expect(replaced.code).toBe(0);
    const report = published('import', replaced) as { state: string; rows: { read: number } };
    expect(report.state).toBe('committed');
    expect(report.rows.read).toBe(rows.length - 2);
    const back = await assay('import', october(), '--workspace', workspace, '--replace');
    expect(back.code).toBe(0);
    expect((await assay('query', '--workspace', workspace, '--json')).out).toBe(before.out);
  });
});

test('query without a dimension prints its one row once', async () => {
  const { out } = await assay('query', '--workspace', workspace, '--measures', 'unblended,lineItems');
  const { rows, totals } = JSON.parse(
    (await assay('query', '--workspace', workspace, '--measures', 'unblended,lineItems', '--json')).out,
  );
  expect(rows).toEqual([[totals.unblended, totals.lineItems]]);
  const [, , ...lines] = out.split('\n\n')[0]?.trimEnd().split('\n') ?? [];
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(formatMoney(totals.unblended, 'USD'));
});

describe('a command line that cannot be understood names what is meant', () => {
  const cases: readonly (readonly [argv: string[], says: string])[] = [
    [['qurey'], 'there is no command "qurey"; did you mean query?'],
    [['scenario'], 'assay scenario needs a second word:'],
    [['scenario', 'rum', 'x.json'], 'there is no command "scenario rum"; did you mean scenario run?'],
    [['summary', 'october'], 'unexpected "october"'],
    [['import'], 'expected <paths…>'],
    [['query'], 'expected --workspace'],
    [['query', '--workspace'], "'--workspace <value>' argument missing"],
    [
      ['query', '--workspace', 'w', '--group-by', 'modle'],
      '--group-by: there is no dimension “modle”: did you mean model?',
    ],
    [
      ['query', '--workspace', 'w', '--measures', 'token'],
      '--measures: there is no measure “token”: did you mean tokens?',
    ],
    [
      ['query', '--workspace', 'w', '--where', 'modle=x'],
      '--where: there is no dimension “modle”: did you mean model?',
    ],
    [['query', '--workspace', 'w', '--where', 'model'], 'is not a condition'],
    [['query', '--workspace', 'w', '--where', 'model~null'], 'null can only be compared with = or !='],
    [['query', '--workspace', 'w', '--period', '2026-13'], '--period: “2026-13”: there is no month 13'],
    [['query', '--workspace', 'w', '--period', '2026-02..2026-01'], 'ends before it starts'],
    [['query', '--workspace', 'w', '--basis', 'net'], '--basis: "net" is not one of unblended,'],
    [['query', '--workspace', 'w', '--limit', '0'], '--limit: "0" is not a whole number from 1 to 2000'],
    [['query', '--workspace', 'w', '--json', '--csv'], '--json and --csv exclude each other'],
    [['price', 'Nova Lite', '--meter', 'inputs'], '--meter: "inputs" is not one of input,'],
    [['price', 'Nova Lite', '--date', 'today'], '--date: "today" is not YYYY-MM-DD'],
    [['sample', 'x', '--format', 'focus'], '--format: "focus" is not one of cur-1.0, cur-2.0'],
    [['serve', '--port', '70000'], '--port: "70000" is not a whole number from 0 to 65535'],
    [['serve', 'w.assay'], 'unexpected "w.assay"'],
    [['doctor', '--jsno'], 'there is no option --jsno; did you mean --json?'],
  ];
  test.each(cases)('assay %j', async (argv, says) => {
    const ended = await assay(...argv);
    expect(ended.code).toBe(2);
    expect(ended.out).toBe('');
    expect(ended.err).toContain(says);
    expect(ended.err).toContain('--help');
  });
});

describe('JSON in the published shapes', () => {
  const query = (...argv: string[]): Promise<Ended> =>
    assay('query', '--workspace', workspace, '--json', ...argv);

  test('query: numbers are numbers, missing is null', async () => {
    const ended = await query(
      '--measures',
      'unblended,list,tokens,effectiveRate,contracted',
      '--group-by',
      'billingEntity,meter',
      '--where',
      'meter=input,image',
      '--period',
      '2026-10',
      '--sort',
      'tokens:asc',
    );
    expect(ended.code).toBe(0);
    const answer = published('query', ended) as { columns: unknown[]; rows: unknown[][] };
    expect(answer.columns).toEqual([
      { name: 'billingEntity', kind: 'dimension', unit: null },
      { name: 'meter', kind: 'dimension', unit: null },
      { name: 'unblended', kind: 'measure', unit: 'USD' },
      { name: 'list', kind: 'measure', unit: 'USD' },
      { name: 'tokens', kind: 'measure', unit: 'token' },
      { name: 'effectiveRate', kind: 'derived', unit: 'USD/1M token' },
      { name: 'contracted', kind: 'measure', unit: 'USD' },
    ]);
    const image = answer.rows.find(([, meter]) => meter === 'image');
    expect(image?.[2]).toBeTypeOf('number');
    // Marketplace states no list cost, an image has no tokens, nobody typed a contract.
    expect(image?.slice(3)).toEqual([null, null, null, null]);
    const native = answer.rows.find(([entity, meter]) => entity === 'AWS' && meter === 'input');
    expect(native?.slice(2, 6).map((value) => typeof value)).toEqual(Array(4).fill('number'));
  });

  test('query: the default measure is the basis', async () => {
    const answer = published('query', await query('--basis', 'netUnblended'));
    expect(answer).toMatchObject({
      columns: [{ name: 'netUnblended' }],
      provenance: { basis: 'netUnblended' },
    });
  });

  test('query: names and values may hold commas and operators, in quotes', async () => {
    const answer = published(
      'query',
      await query('--group-by', '"costCategory:Business Unit"', '--where', 'region="eu-west-1","us-west-2"'),
    );
    expect(answer).toMatchObject({ columns: [{ name: 'costCategory:Business Unit' }, {}] });
  });

  test('summary: where no Bedrock line is, it says so instead of printing nothing', async () => {
    const none = await assay('summary', '--workspace', workspace, '--where', 'provider=Nobody');
    expect(none.out).toContain('No Bedrock line is in what is held that matches the conditions.');
  });

  test('every other command', async () => {
    const at = ['--workspace', workspace, '--json'];
    const summary = await assay('summary', ...at, '--period', '2026-10', '--where', 'provider=Anthropic');
    expect(published('summary', summary)).toMatchObject({ blocks: [{ currency: 'USD' }] });
    const unknown = published('unknown', await assay('unknown', ...at)) as { rows: unknown[] };
    expect(unknown.rows.length).toBeGreaterThan(0);
    const tieout = await assay('tieout', ...at, '--period', '2026-09');
    expect(tieout.code).toBe(0);
    expect(published('tieout', tieout)).toMatchObject({ invoices: [{ period: '2026-09' }, {}] });
    const price = await assay('price', 'Nova Lite', '--meter', 'input', '--region', 'us-east-1', '--json');
    expect(published('price', price)).toMatchObject({ model: 'Nova Lite' });
    const small = await assay('sample', join(folder, 'small'), '--rows', '50', '--months', '1', '--json');
    const { truth } = published('sample', small) as { truth: object };
    const sheet = readFileSync(join(folder, 'small/truth.json'), 'utf8');
    expect(published('truth', { code: 0, out: sheet, err: '' })).toEqual(truth);
    const doctor = await assay('doctor', ...at);
    expect(doctor.code).toBe(0);
    expect(published('doctor', doctor)).toMatchObject({
      healthy: true,
      workspace: { health: { integrity: 'ok' }, info: { readOnly: true } },
    });
  });

  test('query --csv: a header with units, figures in full precision, the same numbers', async () => {
    const argv = ['--group-by', 'provider', '--measures', 'unblended,tokens'];
    const { rows } = JSON.parse((await query(...argv)).out) as { rows: (string | number | null)[][] };
    const csv = await assay('query', '--workspace', workspace, '--csv', ...argv);
    expect(csv.out.split('\r\n')).toEqual([
      'provider,unblended (USD),tokens (token)',
      ...rows.map((row) => row.map((cell) => cell ?? '').join(',')),
      '',
    ]);
  });
});

test('a price says how many units it is for', async () => {
  const ended = await assay(
    'price',
    'Nova Lite',
    '--meter',
    'input',
    '--mode',
    'batch',
    '--region',
    'us-east-1',
  );
  expect(ended.code).toBe(0);
  expect(ended.out).toMatch(/\$0\.03 {2}1,000,000 tokens/u);
});

test('a reader who stops reading ends the command without a complaint', async () => {
  const child = spawn(process.execPath, [
    CLI,
    'query',
    '--workspace',
    workspace,
    '--group-by',
    'day,model,meter',
  ]);
  child.stdout.destroy();
  let err = '';
  child.stderr.on('data', (text: Buffer) => {
    err += text.toString();
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('an empty period answers null and says so, never zero', async () => {
  const ended = await assay('query', '--workspace', workspace, '--period', '2020-01', '--json');
  expect(ended.code).toBe(0);
  expect(published('query', ended)).toMatchObject({ rows: [], totals: { unblended: null } });
});

test('questions are answered while another Assay has the workspace open; an import is not', async () => {
  const engine = createEngine({ workspacePath: workspace });
  try {
    const asked = await spawnAssay(['query', '--workspace', workspace, '--json']);
    expect({ code: asked.code, err: asked.err }).toEqual({ code: 0, err: '' });
    const refused = await spawnAssay(['import', october(), '--workspace', workspace, '--replace']);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(
      new RegExp(`is in use by another Assay \\([^)]*process ${process.pid}\\b`, 'u'),
    );
  } finally {
    engine.close();
  }
});

describe('assay doctor', () => {
  test('a damaged workspace is broken: exit code 1, the other checks still made', async () => {
    const damaged = join(folder, 'damaged.assay');
    const bytes = Buffer.from(readFileSync(workspace));
    bytes.fill(0x5a, 8192, 8192 + 40_000);
    writeFileSync(damaged, bytes);
    const ended = await assay('doctor', '--workspace', damaged, '--json');
    expect(ended.code).toBe(1);
    const report = published('doctor', ended) as { checks: { name: string; state: string }[] };
    expect(report.checks.filter(({ state }) => state === 'broken').map(({ name }) => name)).toEqual([
      'Workspace',
    ]);
    expect(report.checks.map(({ name }) => name)).toContain('SQLite');
  });

  test('a workspace that is not there is not made', async () => {
    const missing = join(folder, 'nowhere.assay');
    const ended = await assay('doctor', '--workspace', missing);
    expect(ended.code).toBe(1);
    expect(ended.out).toContain('nowhere.assay is not there');
    expect(existsSync(missing)).toBe(false);
  });
});

test('help: every command has its own, from the same table as the flags', async () => {
  const overview = await assay('--help');
  expect(overview.code).toBe(0);
  const names = [...overview.out.matchAll(/^ {2}([a-z]+(?: [a-z]+)?) {2,}\S/gmu)].map(
    ([, name = '']) => name,
  );
  expect(names).toEqual(
    expect.arrayContaining([
      'import',
      'query',
      'summary',
      'unknown',
      'price',
      'scenario run',
      'sample',
      'serve',
      'doctor',
    ]),
  );
  for (const name of names) {
    const help = await assay(...name.split(' '), '--help');
    expect(help.code).toBe(0);
    expect(help.out).toContain(`assay ${name}`);
  }
  const group = await assay('catalog', '--help');
  expect(group.code).toBe(0);
  expect(group.out).toMatch(/^ {2}catalog rollback {2}Put an earlier/mu);
});

const BUILT = existsSync(resolve(import.meta.dirname, '../../dist/renderer/index.html'));

test.skipIf(!BUILT)('serve: prints a link that works once and ends cleanly on an interrupt', async () => {
  const child = spawn(process.execPath, [CLI, 'serve', '--workspace', join(folder, 's.assay')], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const printed = new Promise<string>((done) =>
    child.stdout.once('data', (text: Buffer) => done(String(text))),
  );
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const first = await Promise.race([printed, ended]);
  expect(first).toMatch(/^Assay is open at http:\/\/127\.0\.0\.1:\d+\//u);
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});
