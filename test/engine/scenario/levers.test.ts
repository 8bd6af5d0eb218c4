// The lever finder on a real export and real counts: workloads by principal and tag, hours, requests, paid capacity.
import { describe, expect, test } from 'vitest';
import { leverFindings } from '../../../shared/contract/finder.ts';
import type { Input } from '../../../shared/contract/methods.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';

const HEADER = [
  'bill_payer_account_id',
  'bill_billing_period_start_date',
  'bill_invoice_id',
  'bill_billing_entity',
  'line_item_usage_account_id',
  'line_item_line_item_type',
  'line_item_usage_start_date',
  'line_item_usage_end_date',
  'line_item_product_code',
  'product_product_name',
  'line_item_usage_type',
  'line_item_operation',
  'line_item_usage_amount',
  'pricing_unit',
  'line_item_currency_code',
  'line_item_unblended_cost',
  'line_item_iam_principal',
  'resource_tags_user_app',
  'line_item_resource_id',
];

type Line = {
  readonly type: string;
  readonly start: string;
  readonly hours?: number;
  readonly quantity: number;
  readonly unit?: string;
  readonly cost: number;
  readonly role: string | null;
  readonly tag?: string;
  readonly operation?: string;
  readonly resource?: string;
};

/** Lines of Nova Pro, us-east-1: input 0.80 and output 3.20 a million, batch half of it; units are thousands. */
function csv(lines: readonly Line[]): string {
  const records = lines.map(
    ({ hours = 1, unit = '1K tokens', operation = 'InvokeModelInference', ...line }) => {
      const end = new Date(Date.parse(line.start) + hours * 3_600_000).toISOString();
      const principal =
        line.role === null
          ? ''
          : `arn:aws:sts::111111111111:assumed-role/${line.role}/session-${line.start.slice(8, 10)}`;
      const tags = line.tag ?? '';
      return [
        '999999999999',
        '2026-10-01T00:00:00.000Z',
        'INV-1',
        'AWS',
        '111111111111',
        'Usage',
        line.start,
        end,
        'AmazonBedrock',
        'Amazon Bedrock',
        line.type,
        operation,
        line.quantity,
        unit,
        'USD',
        line.cost,
        principal,
        tags,
        line.resource ?? '',
      ].join(',');
    },
  );
  return [HEADER.join(','), ...records].join('\n');
}

const INPUT = 'USE1-NovaPro-input-tokens';
const OUTPUT = 'USE1-NovaPro-output-tokens';
const at = (day: number, hour: number): string =>
  `2026-10-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;
const WEEK = { from: '2026-10-05', to: '2026-10-11' };

async function workspaceWith(lines: readonly Line[]): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('october.csv', csv(lines)));
  return workspace;
}

async function find(workspace: TestWorkspace, question: Input<'levers.find'> = {}) {
  return leverFindings.parse(await workspace.engine.call('levers.find', { period: WEEK, ...question }));
}

/** A million in (0.80) and a tenth out (0.32) in every given hour. */
const calls = (role: string | null, hours: readonly (readonly [number, number])[], tag?: string): Line[] =>
  hours.flatMap(([day, hour]) => [
    {
      type: INPUT,
      start: at(day, hour),
      quantity: 1000,
      cost: 0.8,
      role,
      ...(tag === undefined ? {} : { tag }),
    },
    {
      type: OUTPUT,
      start: at(day, hour),
      quantity: 100,
      cost: 0.32,
      role,
      ...(tag === undefined ? {} : { tag }),
    },
  ]);
const DAYS = [5, 6, 7, 8, 9, 10, 11];

describe('workloads', () => {
  test('sessions of one role are one workload, and its scope finds all of them again', async () => {
    const workspace = await workspaceWith(
      calls(
        'nightly-etl',
        DAYS.map((day) => [day, 9] as const),
      ),
    );
    const { workload, opportunities } = await find(workspace);
    expect(workload).toBe('principal');
    const [job] = opportunities.filter(({ rule }) => rule === 'batch-jobs');
    expect(job?.subject).toBe('Nova Pro · nightly-etl');
    // Seven times 1.12 on demand, half of it in batch, 80 % of that.
    expect(job?.savingAtPrice.base).toBeCloseTo(0.8 * 0.5 * 7 * 1.12, 8);
    const { totals } = await workspace.engine.call('spend.query', {
      measures: ['unblended'],
      where: job?.where ?? [],
      period: WEEK,
    });
    expect(totals.unblended).toBeCloseTo(7 * 1.12, 8);
  });

  test('without principals the tag that names most tells them apart; without either nothing does', async () => {
    const tagged = await find(await workspaceWith(calls(null, [[5, 9]], 'batch-import')));
    expect(tagged.workload).toBe('tag:user_app');
    expect(tagged.opportunities.map(({ id }) => id)).toContain('batch-jobs:nova-pro-batch-import');
    const bare = await find(await workspaceWith(calls(null, [[5, 9]])));
    expect(bare.workload).toBeNull();
    expect(bare.lookedAt.find(({ rule }) => rule === 'batch-jobs')).toMatchObject({ outcome: 'undecided' });
  });
});

test('hours: a role that calls every hour of the week runs in quiet time as always, an office role does not', async () => {
  const every = DAYS.flatMap((day) => [0, 4, 8, 12, 16, 20].map((hour) => [day, hour] as const));
  const office = [5, 6, 7, 8, 9].flatMap((day) => [9, 11, 13, 15].map((hour) => [day, hour] as const));
  const { opportunities } = await find(
    await workspaceWith([...calls('enrichment', every), ...calls('desk', office)]),
  );
  const quiet = opportunities.filter(({ rule }) => rule === 'batch-quiet');
  expect(quiet.map(({ subject }) => subject)).toEqual(['Nova Pro · enrichment']);
  const figure = (label: string) => quiet[0]?.evidence.find((row) => row.label === label)?.value;
  // Of 42 hours, 12 at the weekend and of the others 0:00, 4:00 and 20:00: 12 + 15 = 27.
  expect(figure('Share of the tokens in nights and weekends')).toBeCloseTo(27 / 42, 10);
  expect(figure('Share of the time that is nights and weekends')).toBeCloseTo(98 / 168, 10);
});

test('nights and weekends are those of the time zone asked for: an office in Europe works at night, seen from Hawaii', async () => {
  const office = [5, 6, 7, 8, 9].flatMap((day) => [9, 11, 13, 15].map((hour) => [day, hour] as const));
  const workspace = await workspaceWith(calls('desk', office));
  const quietIn = async (timeZone: string) => {
    const { opportunities } = await find(workspace, { timeZone });
    return opportunities.find(({ rule }) => rule === 'batch-quiet');
  };
  expect(await quietIn('Europe/Berlin')).toBeUndefined();
  const found = await quietIn('Pacific/Honolulu');
  expect(found?.evidence).toContainEqual(
    expect.objectContaining({ label: 'Share of the tokens in nights and weekends', value: 1 }),
  );
  expect(found?.assumptions.join(' ')).toContain('by the clock of Pacific/Honolulu');
  await expect(find(workspace, { timeZone: 'Europe/Atlantis' })).rejects.toMatchObject({
    code: 'invalid_input',
    details: { field: 'timeZone', value: 'Europe/Atlantis' },
  });
});

test('request counts by model say how long answers are', async () => {
  const workspace = await workspaceWith(
    calls('chat', [
      [5, 9],
      [6, 9],
    ]),
  );
  const counts = workspace.write(
    'counts.csv',
    ['date,key,metric,value', '2026-10-05,model=Nova Pro,requests,1000', ''].join('\n'),
  );
  await workspace.engine.call('metrics.import', { sources: [counts] });
  const { opportunities } = await find(workspace);
  const [found] = opportunities.filter(({ rule }) => rule === 'over-tiered');
  // 100,000 output tokens on the one day that was counted ÷ 1,000 requests.
  expect(found?.evidence.find(({ label }) => label === 'Output tokens of a request')?.value).toBe(100);
  expect(found?.scenario.levers[0]).toMatchObject({ kind: 'routing', share: { base: 0.4 } });
});

test('model units are shown with what they cost, and stay undecided', async () => {
  const { lookedAt } = await find(
    await workspaceWith([
      ...calls('chat', [[5, 9]]),
      {
        type: 'USE1-NovaPro-ProvisionedThroughput-NoCommit-ModelUnits',
        start: at(5, 0),
        hours: 24,
        quantity: 48,
        unit: 'Hours',
        cost: 960,
        role: null,
        operation: 'Usage',
      },
    ]),
  );
  expect(lookedAt.filter(({ rule, atStake }) => rule === 'idle-units' && atStake === 960)).toHaveLength(1);
});

test('units on which no request is counted on any day are offered to end, and their ARN finds them again', async () => {
  const resource = 'arn:aws:bedrock:us-east-1:111111111111:provisioned-model/a1b2c3';
  const units = (type: string, id: string): Line[] =>
    [5, 6, 7, 8, 9, 10, 11].map((day) => ({
      ...{ type, start: at(day, 0), hours: 24, quantity: 24, unit: 'Hours', cost: 480 },
      ...{ role: null, operation: 'Usage', resource: id },
    }));
  const workspace = await workspaceWith([
    ...units('USE1-NovaPro-ProvisionedThroughput-NoCommit-ModelUnits', resource),
    ...units('USE1-NovaPro-ProvisionedThroughput-NoCommit-ModelUnits', `${resource}-other`),
  ]);
  const counts = [5, 6, 7, 8, 9, 10, 11].map(
    (day) => `2026-10-${String(day).padStart(2, '0')},model=${resource},Invocations,0`,
  );
  const source = workspace.write('counts.csv', ['date,key,metric,value', ...counts, ''].join('\n'));
  await workspace.engine.call('metrics.import', { sources: [source] });
  const { opportunities, lookedAt } = await find(workspace);
  const own = opportunities.filter(({ rule }) => rule === 'idle-units');
  // Seven days of 480; the other unit has no counts, and stays undecided.
  expect(own.map(({ savingAtPrice, confidence }) => [savingAtPrice.base, confidence])).toEqual([
    [3360, 'high'],
  ]);
  expect(lookedAt.filter(({ rule, atStake }) => rule === 'idle-units' && atStake === 3360)).toHaveLength(1);
  const answer = await workspace.engine.call('scenario.run', { scenario: own[0]!.scenario });
  expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(3360, 9);
});

test('the days are the latest month with an invoice where none are asked for; an empty selection says so', async () => {
  const workspace = await workspaceWith(calls('chat', [[5, 9]]));
  const answer = await workspace.engine.call('levers.find', {});
  expect(answer.period).toEqual({ from: '2026-10-01', to: '2026-10-31' });
  await expect(
    workspace.engine.call('levers.find', {
      where: [{ dimension: 'model', operator: '=', values: ['Nova Lite'] }],
    }),
  ).rejects.toMatchObject({ code: 'not_found' });
});
