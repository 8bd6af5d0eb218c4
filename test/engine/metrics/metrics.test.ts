// Requests beside a real bill: read from each kind of file, joined by day, and never made up where they are missing.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/methods.ts';
import { cur2, MARKETPLACE_2, type Row } from '../import/synthetic.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';

const DAY_4: Row = {
  line_item_usage_start_date: '2026-08-04T10:00:00.000Z',
  line_item_usage_end_date: '2026-08-04T11:00:00.000Z',
};
const PROFILE = 'arn:aws:bedrock:us-east-1:000000000002:application-inference-profile/a1b2c3';

/** 3 August: Nova Lite for 1.00 in and 2.00 out, Claude for 1.50. 4 August: Nova Lite for 4.00 in another account. */
const BILL = cur2([
  { line_item_unblended_cost: 1, tags: '{"resourceTags/user:Team":"search"}' },
  { line_item_unblended_cost: 2, line_item_usage_type: 'USE1-NovaLite-output-tokens' },
  MARKETPLACE_2,
  { ...DAY_4, line_item_unblended_cost: 4, line_item_usage_account_id: '000000000003' },
  {
    line_item_unblended_cost: 8,
    line_item_usage_type: 'USE1-NovaPro-input-tokens',
    line_item_resource_id: PROFILE,
  },
]);

async function bill(): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('bill.csv', BILL));
  return workspace;
}

type Query = Partial<Input<'spend.query'>>;
const MEASURES = ['unblended', 'requests', 'costPerRequest', 'tokensPerRequest'] as const;

const ask = ({ engine }: TestWorkspace, query: Query = {}) =>
  engine.call('spend.query', { measures: [...MEASURES], ...query });

const take = ({ engine, write }: TestWorkspace, name: string, content: string | Uint8Array) =>
  engine.call('metrics.import', { sources: [write(name, content)] });

const csv = (...rows: string[]): string => ['date,key,metric,value', ...rows, ''].join('\n');
const BY_MODEL = csv(
  '2026-08-03,model=Nova Lite,requests,30',
  '2026-08-03,model=Claude Sonnet 4.5,Invocations,5',
  '2026-08-04,model=amazon.nova-lite-v1:0,requests,40',
);

describe('without counts', () => {
  test('requests are missing, with the reason, and never zero', async () => {
    const { totals, provenance, columns } = await ask(await bill());
    expect(totals).toEqual({ unblended: 16.5, requests: null, costPerRequest: null, tokensPerRequest: null });
    expect(provenance.notes.join(' ')).toMatch(/Requests are not in a bill and no counts are imported/u);
    expect(columns.map(({ name, unit }) => [name, unit])).toEqual([
      ['unblended', 'USD'],
      ['requests', 'count'],
      ['costPerRequest', 'USD/request'],
      ['tokensPerRequest', 'token'],
    ]);
  });
});

describe('counts by model from a CSV', () => {
  test('give cost and tokens per request by model, and say what they do not cover', async () => {
    const workspace = await bill();
    await take(workspace, 'requests.csv', BY_MODEL);
    const { rows, totals, provenance } = await ask(workspace, { groupBy: ['model'] });
    expect(rows).toEqual([
      ['Nova Pro', 8, null, null, null],
      // 1 + 2 + 4 USD over 70 requests; 3 million tokens.
      ['Nova Lite', 7, 70, 0.1, expect.closeTo(3_000_000 / 70, 6)],
      ['Claude Sonnet 4.5', 1.5, 5, 0.3, 100_000],
    ]);
    // Nova Pro has no count: its 8 USD are in no figure per request.
    expect(totals.costPerRequest).toBeCloseTo(8.5 / 75, 12);
    expect(totals.requests).toBe(75);
    expect(provenance.notes).toContain('Requests come from requests.csv, counted by Model and day.');
    expect(provenance.notes.join(' ')).toMatch(/known for 51\.5% of the cost; the rest has no count/u);
  });

  test('follow time, filters, periods and the basis', async () => {
    const workspace = await bill();
    await take(workspace, 'requests.csv', BY_MODEL);
    expect((await ask(workspace, { groupBy: ['day'] })).rows.map((row) => row.slice(0, 4))).toEqual([
      ['2026-08-03', 12.5, 35, expect.closeTo(4.5 / 35, 12)],
      ['2026-08-04', 4, 40, 0.1],
    ]);
    const where = [{ dimension: 'model', operator: '=' as const, values: ['Nova Lite'] }];
    expect((await ask(workspace, { where })).totals).toMatchObject({ requests: 70, costPerRequest: 0.1 });
    const period = { from: '2026-08-04', to: '2026-08-04' };
    expect((await ask(workspace, { period })).totals).toMatchObject({ requests: 40, costPerRequest: 0.1 });
    const compared = await ask(workspace, { period, compareTo: { from: '2026-08-03', to: '2026-08-03' } });
    expect(compared.compare?.totals.requests).toBe(35);
    // 0.06 listed on each line: 0.18 over the 70 requests of Nova Lite.
    expect((await ask(workspace, { where, basis: 'list' })).totals.costPerRequest).toBeCloseTo(0.18 / 70, 12);
  });

  test('do not answer what they were not counted by', async () => {
    const workspace = await bill();
    await take(workspace, 'requests.csv', BY_MODEL);
    const byAccount = await ask(workspace, { groupBy: ['account'] });
    expect(byAccount.rows.map((row) => row[2])).toEqual([null, null]);
    expect(byAccount.provenance.notes).toContain(
      'Requests are counted by Model; not by Account. What needs them is missing.',
    );
    const byHour = await ask(workspace, { groupBy: ['hour'] });
    expect(byHour.totals.requests).toBeNull();
    expect(byHour.provenance.notes).toContain('Requests are counted by day, not by hour.');
  });

  test('that meet no line are said', async () => {
    const workspace = await bill();
    await take(
      workspace,
      'requests.csv',
      csv('2026-08-03,model=Nova Lite,requests,30', '2026-09-01,model=Nova Lite,requests,7'),
    );
    const { totals, provenance } = await ask(workspace);
    expect(totals.requests).toBe(30);
    expect(provenance.notes.join(' ')).toMatch(/7 counted requests meet no line/u);
  });

  test('join by tag and by account as well, and are never added to counts kept otherwise', async () => {
    const workspace = await bill();
    await take(workspace, 'models.csv', BY_MODEL);
    await take(workspace, 'tags.csv', csv('2026-08-03,tag:team=search,requests,4'));
    await take(workspace, 'accounts.csv', csv('2026-08-04,000000000003,requests,8'));
    const byTag = await ask(workspace, { groupBy: ['tag:user:Team'] });
    expect(byTag.rows.filter(([team]) => team === 'search').map((row) => row.slice(1, 4))).toEqual([
      [1, 4, 0.25],
    ]);
    const byAccount = await ask(workspace, { groupBy: ['account'] });
    expect(byAccount.rows.filter(([id]) => id === '000000000003').map((row) => row.slice(1, 4))).toEqual([
      [4, 8, 0.5],
    ]);
    expect((await ask(workspace)).totals.requests).toBe(75);
  });
});

describe('a file of counts', () => {
  test('is taken once; a newer figure of the same day and key replaces the older; removing brings it back', async () => {
    const workspace = await bill();
    const first = await take(workspace, 'requests.csv', BY_MODEL);
    expect(await take(workspace, 'again.csv', BY_MODEL)).toMatchObject({ id: null });
    const second = await take(workspace, 'late.csv', csv('2026-08-04,model=Nova Lite,requests,50'));
    expect((await ask(workspace)).totals.requests).toBe(85);
    await workspace.engine.call('metrics.remove', { id: second.id ?? 0 });
    expect((await ask(workspace)).totals.requests).toBe(75);
    await workspace.engine.call('metrics.remove', { id: first.id ?? 0 });
    expect((await ask(workspace)).totals.requests).toBeNull();
    expect(await workspace.engine.call('metrics.list', {})).toEqual({
      schemaVersion: 1,
      imports: [],
      series: [],
    });
    await expect(workspace.engine.call('metrics.remove', { id: 9 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('lists drivers of one’s own under their names', async () => {
    const workspace = await bill();
    const { series } = await take(
      workspace,
      'drivers.csv',
      csv('2026-08-03,*,tickets,12', '2026-08-05,*,tickets,3'),
    );
    expect(series).toEqual([
      {
        metric: 'tickets',
        by: [],
        keys: 1,
        days: 2,
        firstDay: '2026-08-03',
        lastDay: '2026-08-05',
        total: 15,
      },
    ]);
  });

  test('gives the cost of each of them like that of a request, and says that days are added', async () => {
    const workspace = await bill();
    await take(workspace, 'drivers.csv', csv('2026-08-03,*,tickets,12', '2026-08-05,*,tickets,3'));
    const { columns, totals, provenance } = await ask(workspace, { counted: 'tickets' });
    // 16.5 USD less the 4 of 4 August, on which nobody counted: 12.5 over 12 tickets.
    expect(totals).toMatchObject({ requests: 12, costPerRequest: expect.closeTo(12.5 / 12, 12) });
    expect(columns.map(({ unit }) => unit)).toEqual(['USD', 'count', 'USD/tickets', 'token']);
    expect(provenance.notes.join(' ')).toMatch(/Tickets come from drivers\.csv/u);
    expect(provenance.notes).toContain(
      'Tickets of single days are added: what was counted on two days counts twice.',
    );
    const none = await ask(workspace, { counted: 'customers' });
    expect(none.totals).toMatchObject({ requests: null, costPerRequest: null });
    expect(none.provenance.notes.join(' ')).toMatch(/Customers are not in a bill/u);
  });

  test('says of every row it cannot take which and why', async () => {
    const workspace = await bill();
    const report = await take(
      workspace,
      'mixed.csv',
      csv(
        '2026-08-03,model=Nova Lite,requests,30',
        '8/3/2026,model=Nova Lite,requests,30',
        '2026-02-31,model=Nova Lite,requests,30',
        '2026-08-03,meter=input,requests,30',
        '2026-08-03,model=Nova Lite,requests,"1,5"',
        '2026-08-03,model=Nova Lite,requests,-1',
        '2026-08-03,model=Nova Lite,,1',
      ),
    );
    expect(report.rows).toEqual({ read: 7, taken: 1, rejected: 6 });
    expect(report.rejections.map(({ line, reason }) => [line, reason.split(':')[0]])).toEqual([
      [3, 'date'],
      [4, 'date'],
      [5, 'key'],
      [6, 'value'],
      [7, 'value'],
      [8, 'metric'],
    ]);
  });

  test.each([
    ['bill.csv', BILL, 'unsupported_format', /expected a CSV with the columns date, key, metric, value/u],
    ['empty.csv', csv(), 'nothing_to_import', /holds no counts/u],
    [
      'bad.csv',
      csv('x,*,requests,1'),
      'nothing_to_import',
      /none of 1 rows .*line 2: date: “x” is not a day/u,
    ],
    ['text.json', '{"hello":1}', 'unsupported_format', /holds no counts that can be read/u],
  ])('%s is refused', async (name, content, code, message) => {
    const refused = take(await bill(), name, content);
    await expect(refused).rejects.toMatchObject({ code });
    await expect(refused).rejects.toThrow(message);
  });
});

describe('CloudWatch', () => {
  const point = (metric: string, sum: number, dimensions: Record<string, string>, hour = 10): string =>
    JSON.stringify({
      metric_stream_name: 'all',
      account_id: '000000000002',
      region: 'us-east-1',
      namespace: 'AWS/Bedrock',
      metric_name: metric,
      dimensions,
      timestamp: Date.parse('2026-08-03T00:00:00Z') + hour * 3_600_000,
      value: { max: 1, min: 0, sum, count: 60 },
      unit: 'None',
    });

  test('as a metric stream is added up by day, account and model', async () => {
    const workspace = await bill();
    const lines = [
      point('Invocations', 10, { ModelId: 'amazon.nova-lite-v1:0' }),
      point('Invocations', 5, { ModelId: 'us.amazon.nova-lite-v1:0' }, 23),
      point('InvocationThrottles', 2, { ModelId: 'amazon.nova-lite-v1:0' }),
      point('InvocationLatency', 900, { ModelId: 'amazon.nova-lite-v1:0' }),
      point('OutputImageCount', 1, { ModelId: 'amazon.nova-canvas-v1:0', ImageSize: '1024' }),
      point('Invocations', 1, { ModelId: 'amazon.nova-lite-v1:0', Extra: 'x' }),
    ];
    const report = await take(workspace, 'stream.jsonl.gz', gzipSync(lines.join('\n')));
    expect(report).toMatchObject({ kind: 'cloudwatch', rows: { read: 6, taken: 3, rejected: 3 } });
    expect(report.rejections.map(({ reason }) => reason)).toEqual([
      'InvocationLatency is no count that can be added up',
      'OutputImageCount is no count that can be added up',
      'is split by Extra too: it would count twice',
    ]);
    const { rows } = await ask(workspace, { groupBy: ['account', 'model'] });
    expect(
      rows.find(([account, model]) => account === '000000000002' && model === 'Nova Lite')?.slice(2, 5),
    ).toEqual([3, 15, 0.2]);
    expect(report.series.find(({ metric }) => metric === 'throttledRequests')?.total).toBe(2);
  });

  test('counts a profile under its own id and under the model that the bill knows for it', async () => {
    const workspace = await bill();
    await take(workspace, 'stream.jsonl', point('Invocations', 16, { ModelId: PROFILE }));
    const byModel = await ask(workspace, { groupBy: ['model'] });
    expect(byModel.rows.find(([model]) => model === 'Nova Pro')?.slice(1, 4)).toEqual([8, 16, 0.5]);
    const byProfile = await ask(workspace, { groupBy: ['inferenceProfile'] });
    expect(byProfile.rows.find(([profile]) => profile === 'a1b2c3')?.slice(1, 4)).toEqual([8, 16, 0.5]);
    const unknown = await take(
      workspace,
      'other.jsonl',
      point('Invocations', 1, { ModelId: PROFILE.replace('a1b2c3', 'zzz') }),
    );
    expect(unknown.notes).toEqual([
      'The bill does not say which model is behind profile zzz: it is counted by profile only.',
    ]);
  });

  test('as the answer of GetMetricData is read by its labels', async () => {
    const workspace = await bill();
    const report = await take(
      workspace,
      'metric-data.json',
      JSON.stringify(
        {
          MetricDataResults: [
            {
              Id: 'm1',
              Label: 'amazon.nova-lite-v1:0 Invocations',
              Timestamps: ['2026-08-04T00:00:00+00:00', '2026-08-03T00:00:00+00:00'],
              Values: [40, 30],
              StatusCode: 'PartialData',
            },
            { Id: 'm2', Label: 'something else', Timestamps: ['2026-08-03T00:00:00Z'], Values: [1] },
          ],
          Messages: [],
        },
        null,
        2,
      ),
    );
    expect(report).toMatchObject({ kind: 'cloudwatch', rows: { read: 3, taken: 2, rejected: 1 } });
    expect(report.notes).toEqual([
      '“amazon.nova-lite-v1:0 Invocations” is marked as partial data: its figures may be too low.',
    ]);
    expect(
      (await ask(workspace, { groupBy: ['model'] })).rows.find(([model]) => model === 'Nova Lite')?.[2],
    ).toBe(70);
  });
});

describe('the invocation log', () => {
  const SECRET = 'the merger with Northwind closes in May';
  const call = (part: Record<string, unknown>): string =>
    JSON.stringify({
      timestamp: '2026-08-03T09:15:00Z',
      accountId: '000000000002',
      identity: { arn: 'arn:aws:sts::000000000002:assumed-role/Search/very-private-session' },
      region: 'us-east-1',
      requestId: 'request-id-that-nobody-needs',
      operation: 'Converse',
      modelId: 'amazon.nova-lite-v1:0',
      input: {
        inputContentType: 'application/json',
        inputBodyJson: { messages: [{ role: 'user', content: [{ text: SECRET }] }] },
        inputTokenCount: 100,
        cacheReadInputTokenCount: 20,
      },
      output: {
        outputBodyJson: { output: { message: { content: [{ text: SECRET }] } } },
        outputTokenCount: 7,
      },
      requestMetadata: { customer: 'customer-name-of-the-request' },
      schemaType: 'ModelInvocationLog',
      schemaVersion: '1.0',
      ...part,
    });
  const LOG = [
    call({}),
    `2026-08-03T10:00:00.000Z ${call({ timestamp: '2026-08-03T10:00:00Z' })}`,
    call({ errorCode: 'ThrottlingException' }),
    call({ errorCode: 'ValidationException' }),
    call({ modelId: PROFILE }),
    call({ timestamp: SECRET }),
    '{"broken',
  ].join('\n');

  test('becomes requests and token counts by model and profile', async () => {
    const workspace = await bill();
    const report = await take(workspace, 'log.json.gz', gzipSync(LOG));
    expect(report).toMatchObject({ kind: 'invocation_log', rows: { read: 7, taken: 5, rejected: 2 } });
    const totals = Object.fromEntries(
      report.series.filter(({ by }) => by.join() === 'model').map(({ metric, total }) => [metric, total]),
    );
    expect(totals).toEqual({
      requests: 3,
      inputTokens: 300,
      outputTokens: 21,
      cacheReadTokens: 60,
      throttledRequests: 1,
      failedRequests: 1,
    });
    const { rows } = await ask(workspace, { groupBy: ['model'] });
    expect(rows.find(([model]) => model === 'Nova Lite')?.slice(2, 4)).toEqual([2, 1.5]);
  });

  test('leaves no word of a request, an answer, a caller or a request’s data in the workspace or the report', async () => {
    const workspace = await bill();
    const report = await take(workspace, 'log.json', LOG);
    const said = JSON.stringify([report, await workspace.engine.call('metrics.list', {})]);
    workspace.close();
    const file = readFileSync(workspace.path).toString('latin1');
    // The same look finds what is kept, so it would find what is not.
    expect(file).toContain('cacheReadTokens');
    for (const text of [
      SECRET,
      'merger',
      'Northwind',
      'very-private-session',
      'request-id-that',
      'customer-name',
      'Converse',
    ]) {
      expect([text, file.includes(text), said.includes(text)]).toEqual([text, false, false]);
    }
  });
});
