// assay metrics: counts taken in at the terminal, and cost per request asked for there.
import { expect, test } from 'vitest';
import { cur2 } from '../engine/import/synthetic.ts';
import { type TestWorkspace, testWorkspace } from '../engine/import/workspace.ts';
import { type Ended, published, assay as run } from './assay.ts';

const COUNTS = 'date,key,metric,value\n2026-08-03,model=Nova Lite,requests,4\n';

async function held(): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('bill.csv', cur2([{ line_item_unblended_cost: 3 }])));
  workspace.close();
  return workspace;
}

const assay = ({ path }: TestWorkspace, ...argv: string[]): Promise<Ended> =>
  run(...argv, '--workspace', path);

test('counts are taken in, listed, used by a query and forgotten', async () => {
  const workspace = await held();
  expect((await assay(workspace, 'metrics', 'list')).out).toMatch(/^No counts are held/u);
  const taken = await assay(workspace, 'metrics', 'import', workspace.write('counts.csv', COUNTS));
  expect(taken).toMatchObject({ code: 0, err: '' });
  expect(taken.out).toMatch(
    /^1 of 1 rows taken\.\n[\s\S]*requests\s+Model\s+1\s+1\s+2026-08-03\s+2026-08-03\s+4\n/u,
  );
  const asked = await assay(
    workspace,
    'query',
    '--measures',
    'requests,costPerRequest',
    '--group-by',
    'model',
  );
  expect(asked.out).toMatch(/Nova Lite\s+4\s+\$0\.75/u);
  expect((await assay(workspace, 'metrics', 'list')).out).toMatch(/1\s+counts\.csv\s+csv\s+1\s+0\s+\d{4}/u);
  expect((await assay(workspace, 'metrics', 'remove', '1')).code).toBe(0);
  expect((await assay(workspace, 'metrics', 'list')).out).toMatch(/^No counts are held/u);
});

test('rejected rows end with code 3 and the first reason', async () => {
  const workspace = await held();
  const file = workspace.write('counts.csv', `${COUNTS}3.8.2026,*,requests,1\n`);
  const { code, err } = await assay(workspace, 'metrics', 'import', file);
  expect(code).toBe(3);
  expect(err).toBe(
    'assay metrics import: 1 of 2 rows were rejected (line 3: date: “3.8.2026” is not a day such as 2026-10-31).\n',
  );
});

test('a file of no counts ends with code 1, a wrong id with code 2', async () => {
  const workspace = await held();
  const ended = await assay(workspace, 'metrics', 'import', workspace.write('note.txt', 'hello'));
  expect(ended).toMatchObject({ code: 1, out: '' });
  expect(ended.err).toContain('holds no counts that can be read');
  expect(await assay(workspace, 'metrics', 'remove', 'x')).toMatchObject({ code: 2 });
});

test('--json is what is published', async () => {
  const workspace = await held();
  const file = workspace.write('counts.csv', COUNTS);
  expect(published('metrics', await assay(workspace, 'metrics', 'import', file, '--json'))).toMatchObject({
    id: 1,
  });
  expect(published('metrics-list', await assay(workspace, 'metrics', 'list', '--json'))).toMatchObject({
    series: [{ metric: 'requests', by: ['model'], total: 4 }],
  });
});
