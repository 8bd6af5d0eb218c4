// An import that holds every line of every service: each stands behind its sum, and no figure changes by it.
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Output } from '../../../shared/contract/methods.ts';
import { isChange } from '../../../shared/domain/ledger/replacement.ts';
import { ROLLUP_LINE_FACTS } from '../../../src-main/engine/db/rollup-lines.ts';
import { ORION } from '../review/bill.ts';
import { cur1, cur2, OTHER_2, type Row } from './synthetic.ts';
import { DATA, type TestWorkspace, testWorkspace } from './workspace.ts';

const disk = (hour: number, cost: number, team: string, more: Row = {}): Row => ({
  ...OTHER_2,
  line_item_product_code: 'AmazonEC2',
  line_item_usage_type: 'USE1-EBS:VolumeUsage.gp3',
  line_item_operation: 'CreateVolume-Gp3',
  line_item_usage_start_date: `2026-08-03T${String(hour).padStart(2, '0')}:00:00.000Z`,
  line_item_usage_end_date: `2026-08-03T${String(hour + 1).padStart(2, '0')}:00:00.000Z`,
  line_item_usage_amount: 3,
  line_item_unblended_cost: cost,
  line_item_net_unblended_cost: '',
  pricing_public_on_demand_cost: '',
  line_item_resource_id: `vol-${team}`,
  line_item_line_item_description: '$0.08 per GB-month of gp3',
  resource_tags: `{"user_team":"${team}"}`,
  tags: '',
  ...more,
});

/** 3.00 in two hours of one team, 0.50 of another in the same hour; and Bedrock's own line of 0.06. */
const DISKS = [disk(10, 1, 'search'), disk(11, 2, 'search'), disk(10, 0.5, 'ads'), {}];

const ask = (workspace: TestWorkspace, question: object): Promise<Output<'spend.query'>> =>
  workspace.engine.call('spend.query', {
    measures: ['unblended', 'lineItems'],
    scope: 'all',
    ...question,
  } as never);
const OTHERS = [{ dimension: 'service', operator: '=' as const, values: ['AmazonEC2'] }];

async function held(content = cur2(DISKS)): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  await workspace.importEveryLine(workspace.write('august-00001.csv', content));
  return workspace;
}

describe('a line of another service', () => {
  test('is listed with its hour, amounts and labels, and says where it stands in its file', async () => {
    const { engine } = await held();
    const { rows, rowCount, summedLineItems } = await engine.call('spend.lineItems', {
      scope: 'all',
      where: OTHERS,
      sort: { by: 'unblended', descending: true },
    });
    expect([rowCount, summedLineItems]).toEqual([3, 0]);
    expect(rows.map(({ unblended, start, resource }) => [unblended, start, resource])).toEqual([
      [2, '2026-08-03T11:00:00Z', 'vol-search'],
      [1, '2026-08-03T10:00:00Z', 'vol-search'],
      [0.5, '2026-08-03T10:00:00Z', 'vol-ads'],
    ]);
    expect(rows[0]).toMatchObject({
      end: '2026-08-03T12:00:00Z',
      operation: 'CreateVolume-Gp3',
      quantity: 3,
      netUnblended: 2,
      amortized: 2,
      netAmortized: 2,
      list: null,
      catalogListLow: null,
      recordNumber: 2,
    });
    expect(rows[0]?.file).toMatch(/august-00001\.csv$/u);
    const detail = await engine.call('spend.lineItem', { id: rows[0]?.id ?? 0 });
    expect(detail).toMatchObject({ line: rows[0], record: [], price: null });
  });

  test('is split by tag, resource, operation and hour, beside the lines that are kept', async () => {
    const workspace = await held();
    const by = async (dimension: string) => (await ask(workspace, { groupBy: [dimension] })).rows;
    expect(await by('tag:user_team')).toEqual([
      ['search', 3, 2],
      ['ads', 0.5, 1],
      [null, 0.06, 1],
    ]);
    expect(await by('hour')).toEqual([
      ['2026-08-03T10:00Z', 1.56, 3],
      ['2026-08-03T11:00Z', 2, 1],
    ]);
    expect((await by('operation')).map(([, cost]) => cost)).toEqual([3.5, 0.06]);
    const filtered = await ask(workspace, {
      where: [{ dimension: 'resource', operator: '=', values: ['vol-ads'] }],
    });
    expect(filtered.totals).toMatchObject({ unblended: 0.5, lineItems: 1 });
    expect(filtered.provenance.notes.join(' ')).not.toMatch(/held summed/u);
  });

  test('is one of a sum where months are held differently, and the answer says of which', async () => {
    const workspace = await held();
    const july = (row: Row): Row => ({
      ...row,
      bill_billing_period_start_date: '2026-07-01T00:00:00Z',
      line_item_usage_start_date: '2026-07-03T10:00:00Z',
      line_item_usage_end_date: '2026-07-03T11:00:00Z',
    });
    const file = workspace.write('july-00001.csv', cur2(DISKS.map(july)));
    const { batchId } = await workspace.engine.call('import.stage', { sources: [file], everyLine: false });
    await workspace.engine.call('import.commit', { batchId: batchId ?? 0 });
    const answer = await ask(workspace, { groupBy: ['tag:user_team'] });
    // July's 3.50 and Bedrock's 0.06 of both months have no tag.
    expect(answer.rows).toEqual([
      [null, 3.62, 5],
      ['search', 3, 2],
      ['ads', 0.5, 1],
    ]);
    expect(answer.provenance.notes).toContain(
      'Lines of other services are held summed in 2026-07 and have no tag:user_team.',
    );
    const lines = await workspace.engine.call('spend.lineItems', { scope: 'all', where: OTHERS });
    expect([lines.rowCount, lines.summedLineItems]).toEqual([3, 3]);
    const { exports } = await workspace.engine.call('ledger.coverage', {});
    expect(exports.map(({ period, everyLine }) => [period, everyLine])).toEqual([
      ['2026-08', true],
      ['2026-07', false],
    ]);
    const { batches } = await workspace.engine.call('import.history', {});
    expect(batches.map(({ everyLine }) => everyLine)).toEqual([false, true]);
  });
});

const GOLDEN = globSync(resolve(import.meta.dirname, '../../golden/import/*/*.csv*')).toSorted();
const REAL = ['cur-1.0-export.csv', 'cur-2.0-export-00001.csv', 'focus-1.0-sample.csv'].map((name) =>
  join(DATA, name),
);
/** Discounts as lines, as columns, and both, with a blank net cost: what the decision about them changes later. */
const discounted = (columns: boolean, lines: boolean): string =>
  cur1([
    ...[1, 2, 3].map((cost) => ({
      'lineItem/ProductCode': 'AmazonEC2',
      'lineItem/UsageType': `BoxUsage:${cost}`,
      'lineItem/UnblendedCost': cost * 100,
      'lineItem/NetUnblendedCost': '',
      'discount/TotalDiscount': columns ? -cost * 10 : '',
    })),
    ...(lines
      ? [
          {
            'lineItem/ProductCode': 'AmazonEC2',
            'lineItem/LineItemType': 'EdpDiscount',
            'lineItem/UnblendedCost': -60,
            'lineItem/NetUnblendedCost': '',
          },
        ]
      : []),
  ]);

/** Sums of the single lines per delivery, series they are summed under and day, beside the sums themselves. */
function sumsOf(workspace: TestWorkspace): { single: unknown[]; summed: unknown[] } {
  const db = workspace.rows();
  const measures = [
    'quantity',
    'unblended',
    'net_unblended',
    'amortized',
    'net_amortized',
    'list',
    'contracted_stated',
  ];
  const totals = measures.map(
    (name) => `round(SUM(part.${name}), 6) AS ${name}, COUNT(part.${name}) > 0 AS has_${name}`,
  );
  const of = (part: string, lines: string): unknown[] =>
    db
      .prepare(
        `SELECT part.delivery_id, COALESCE(series.summed_as, series.id) AS series, part.day, ${lines} AS lines, ${totals.join(', ')}
         FROM ${part} AS part JOIN line_series AS series ON series.id = part.series_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      )
      .all();
  return {
    single: of(`(${ROLLUP_LINE_FACTS} FROM rollup_line)`, 'COUNT(*)'),
    summed: of('rollup', 'SUM(part.line_items)'),
  };
}

describe('single lines add up to their sums on every basis', () => {
  test.each([...GOLDEN, ...REAL].map((path) => [path.split('/').slice(-2).join('/'), path]))(
    '%s',
    async (_, path) => {
      const workspace = testWorkspace();
      const report = await workspace.importEveryLine(path ?? '');
      const { single, summed } = sumsOf(workspace);
      expect(single).toEqual(summed);
      const count = workspace.rows().prepare('SELECT COUNT(*) FROM rollup_line').pluck().get();
      expect(count).toBe(report.rows.rolledUp);
    },
  );

  test.each([
    ['as lines', false, true],
    ['as columns', true, false],
    ['as both, of which one counts', true, true],
  ])('discounts %s', async (_, columns, lines) => {
    const workspace = testWorkspace();
    await workspace.importEveryLine(workspace.write('r-00001.csv', discounted(columns, lines)));
    const { single, summed } = sumsOf(workspace);
    expect(single).toEqual(summed);
    expect(summed).toHaveLength(lines ? 4 : 3);
  });
});

test('no figure differs from those of an import that sums, whatever is asked that sums know', async () => {
  const questions = [
    'day',
    'service',
    'usageType',
    'account',
    'chargeType',
    'region',
    'model',
    'lineClass',
    'invoice',
  ];
  for (const path of REAL) {
    const [every, summed] = [testWorkspace(), testWorkspace()];
    await every.importEveryLine(path);
    await summed.import(path);
    for (const dimension of questions) {
      for (const scope of ['bedrock', 'estate', 'all']) {
        const question = {
          measures: ['unblended', 'netUnblended', 'amortized', 'list', 'catalogList', 'tokens', 'lineItems'],
          groupBy: [dimension],
          scope,
        };
        const [one, other] = [await ask(every, question), await ask(summed, question)];
        expect([dimension, scope, one.rows, one.totals]).toEqual([
          dimension,
          scope,
          other.rows,
          other.totals,
        ]);
      }
    }
    // Labels split the same totals further.
    const whole = (await ask(summed, {})).totals;
    for (const dimension of ['resource', 'operation', 'hour']) {
      const { totals } = await ask(every, { groupBy: [dimension] });
      expect(totals.lineItems).toBe(whole.lineItems);
      expect(totals.unblended).toBeCloseTo(whole.unblended ?? Number.NaN, 9);
    }
  }
});

test('a file read on a thread of its own gives the same lines', async () => {
  const rows = Array.from({ length: 5000 }, (_, index) =>
    disk(index % 20, 0.01 * (index % 700), `team-${index % 90}`, {
      line_item_usage_account_id: String(100_000_000_000 + (index % 30)),
    }),
  );
  const text = cur2(rows);
  expect(Buffer.byteLength(text)).toBeGreaterThan(2 * 1024 ** 2);
  const lines = async (name: string, content: string | Uint8Array): Promise<unknown[]> => {
    const workspace = testWorkspace();
    await workspace.importEveryLine(workspace.write(name, content));
    return workspace
      .rows()
      .prepare(
        `SELECT line.id, line.start_second, line.seconds, line.unblended, line.quantity, line.alike, resource.text AS resource, tags.text AS tags
         FROM rollup_line AS line JOIN line_series AS series ON series.id = line.series_id
         JOIN dim_resource AS resource ON resource.id = series.resource JOIN dim_tag_set AS tags ON tags.id = series.tag_set
         ORDER BY line.id`,
      )
      .all();
  };
  const onThread = await lines('r-00001.csv', text);
  expect(onThread).toHaveLength(5000);
  expect(await lines('r-00001.csv.gz', gzipSync(text))).toEqual(onThread);
});

describe('what is held stays held', () => {
  test('the same file is read again to hold its lines, and once they are held it is nothing to do', async () => {
    const workspace = testWorkspace();
    const file = workspace.write('august-00001.csv', cur2(DISKS));
    const summed = await workspace.import(file);
    expect(summed.everyLine).toBe(false);
    const every = await workspace.importEveryLine(file);
    expect([every.state, every.everyLine, every.replaces[0]?.identical]).toEqual(['committed', true, true]);
    const [again, without] = [
      await workspace.stage(file),
      await workspace.engine.call('import.stage', { sources: [file], everyLine: false }),
    ];
    expect([again.state, without.state]).toEqual(['unchanged', 'unchanged']);
    expect((await ask(workspace, {})).totals).toMatchObject({ unblended: 3.56, lineItems: 4 });
  });

  test('imports go on as the workspace holds its months, until they are told otherwise', async () => {
    const workspace = await held();
    expect((await workspace.engine.call('import.history', {})).everyLine).toBe(true);
    const restated = workspace.write('restated-00001.csv', cur2([...DISKS, disk(12, 4, 'search')]));
    expect((await workspace.import(restated)).everyLine).toBe(true);
    expect((await workspace.engine.call('spend.lineItems', { scope: 'all' })).rowCount).toBe(5);
  });

  test('taken back, discarded and replaced: the lines go with their delivery', async () => {
    const workspace = await held();
    const restated = workspace.write('restated-00001.csv', cur2([...DISKS, disk(12, 4, 'search')]));
    const { batchId } = await workspace.stage(restated);
    await workspace.engine.call('import.discard', { batchId: batchId ?? 0 });
    await workspace.import(restated);
    await workspace.engine.call('import.undo', { batchId: null });
    expect((await workspace.engine.call('spend.lineItems', { scope: 'all' })).rowCount).toBe(4);
    await workspace.import(restated);
    await workspace.import(workspace.write('once-more-00001.csv', cur2([...DISKS, disk(12, 5, 'search')])));
    const db = workspace.rows();
    const lines = db.prepare('SELECT COUNT(*) FROM rollup_line').pluck();
    // The delivery that is held, and the one before it for undo.
    expect(lines.get()).toBe(8);
    expect(
      db
        .prepare('SELECT COUNT(*) FROM rollup_line WHERE delivery_id NOT IN (SELECT id FROM delivery)')
        .pluck()
        .get(),
    ).toBe(0);
  });

  test('a redelivery that only fills in a tag, or moves cost to another resource, is asked about', async () => {
    const workspace = await held();
    const [first = {}, ...rest] = DISKS;
    const redelivered = async (rows: readonly Row[]): Promise<readonly boolean[]> => {
      const { replaces, batchId } = await workspace.stage(workspace.write('august-00001.csv', cur2(rows)));
      if (batchId !== null) await workspace.engine.call('import.discard', { batchId });
      return replaces.map(isChange);
    };
    expect(await redelivered([{ ...first, resource_tags: '{"user_team":"ads"}' }, ...rest])).toEqual([true]);
    expect(await redelivered([{ ...first, line_item_resource_id: 'vol-new' }, ...rest])).toEqual([true]);
    // What only describes, and the order of the rows, change nothing that anybody accounts by.
    expect(
      await redelivered([...rest, { ...first, line_item_line_item_description: 'gp3, per GB-month' }]),
    ).toEqual([false]);
  });

  const orion: Row = {
    ...OTHER_2,
    line_item_product_code: 'AmazonFrontier',
    line_item_usage_type: 'USE1-Orion-input-tokens',
    line_item_usage_amount: 4000,
    line_item_unblended_cost: 20,
    line_item_resource_id: 'orion-1',
    pricing_unit: '1K tokens',
  };
  const claimed = async (workspace: TestWorkspace): Promise<Output<'spend.lineItems'>> => {
    await workspace.engine.call('review.saveRule', { number: null, rule: ORION });
    await expect.poll(async () => (await workspace.engine.call('review.rules', {})).settling).toBe(false);
    return workspace.engine.call('spend.lineItems', {
      where: [{ dimension: 'service', operator: '=', values: ['AmazonFrontier'] }],
    });
  };

  test('a rule that claims a service moves its lines with its sums: listed with hour, resource and price', async () => {
    const workspace = await held(cur2([...DISKS, orion]));
    const before = (await ask(workspace, { groupBy: ['resource'] })).totals;
    const { rowCount, summedLineItems, rows } = await claimed(workspace);
    expect([rowCount, summedLineItems]).toEqual([1, 0]);
    expect(rows[0]).toMatchObject({
      resource: 'orion-1',
      start: '2026-08-03T10:00:00Z',
      model: 'Nova Lite',
      unblended: 20,
      normalizedQuantity: 4_000_000,
    });
    // Four million tokens of Nova Lite at 0.06 a million; the line says it as its sum does.
    expect(rows[0]?.catalogListLow).toBeCloseTo(0.24, 9);
    const detail = await workspace.engine.call('spend.lineItem', { id: rows[0]?.id ?? 0 });
    expect(detail).toMatchObject({ line: rows[0], record: [] });
    expect((await ask(workspace, { groupBy: ['resource'] })).totals).toEqual(before);
    const ours = { scope: 'bedrock', measures: ['unblended', 'lineItems', 'tokens', 'catalogList'] };
    const sums = await ask(workspace, ours);
    expect(sums.totals).toMatchObject({ unblended: 20.06, lineItems: 2 });
    for (const dimension of ['resource', 'operation', 'hour']) {
      const split = await ask(workspace, { ...ours, groupBy: [dimension] });
      expect(split.totals).toEqual(sums.totals);
    }
    expect((await ask(workspace, { ...ours, groupBy: ['resource'] })).rows).toContainEqual([
      'orion-1',
      20,
      1,
      4_000_000,
      rows[0]?.catalogListLow,
    ]);
    await workspace.engine.call('review.undo', {});
    expect((await ask(workspace, { scope: 'bedrock' })).totals).toMatchObject({
      unblended: 0.06,
      lineItems: 1,
    });
    expect((await workspace.engine.call('spend.lineItems', { scope: 'all' })).rowCount).toBe(5);
    const classes = workspace
      .rows()
      .prepare(
        `SELECT DISTINCT one.line_class = sum.line_class FROM line_series AS one
         JOIN line_series AS sum ON sum.id = one.summed_as`,
      )
      .pluck();
    expect(classes.all()).toEqual([1]);
  });

  test('of months that hold sums only, the import that brings the claimed lines is taken, and asks nothing', async () => {
    const workspace = testWorkspace();
    const file = workspace.write('august-00001.csv', cur2([...DISKS, orion]));
    await workspace.import(file);
    expect((await workspace.stage(file)).state).toBe('unchanged');
    expect(await claimed(workspace)).toMatchObject({ rowCount: 0, summedLineItems: 1 });
    const notes = async (question: object): Promise<string> =>
      (await ask(workspace, { scope: 'bedrock', ...question })).provenance.notes.join(' ');
    const lacking =
      '1 line item that a rule made Bedrock’s is held as a daily sum and has no resource: import the files again to have it one by one.';
    const onResource = [{ dimension: 'resource', operator: '=' as const, values: ['orion-1'] }];
    expect(await notes({ groupBy: ['resource'] })).toContain(lacking);
    expect(await notes({ where: onResource })).toContain(lacking);
    expect(await notes({ groupBy: ['model'] })).not.toContain('made Bedrock’s');
    const again = await workspace.import(file);
    expect(again.replaces.map(isChange)).toEqual([false]);
    expect(await workspace.engine.call('ledger.restatements', {})).toMatchObject({ restatements: [] });
    const { rowCount, summedLineItems, rows } = await workspace.engine.call('spend.lineItems', {});
    expect([rowCount, summedLineItems]).toEqual([2, 0]);
    expect(rows.map(({ resource }) => resource)).toContain('orion-1');
    expect(await notes({ groupBy: ['resource'] })).not.toContain('made Bedrock’s');
    expect((await workspace.stage(file)).state).toBe('unchanged');
  });

  test('where every line is held, too: the import that brings raw records is taken', async () => {
    const workspace = await held(cur2([...DISKS, orion]));
    await claimed(workspace);
    const again = await workspace.import(join(workspace.folder, 'august-00001.csv'));
    expect(again.replaces.map(isChange)).toEqual([false]);
    const { rows } = await workspace.engine.call('spend.lineItems', {});
    const record = await Promise.all(rows.map(({ id }) => workspace.engine.call('spend.lineItem', { id })));
    expect(record.map((line) => line.record.length > 0)).toEqual([true, true]);
  });

  test('and one that has the claimed lines of another amount is asked about', async () => {
    const workspace = testWorkspace();
    await workspace.import(workspace.write('august-00001.csv', cur2([...DISKS, orion])));
    await claimed(workspace);
    const other = [...DISKS, { ...orion, line_item_usage_amount: 5000 }];
    const { replaces } = await workspace.stage(workspace.write('august-00001.csv', cur2(other)));
    expect(replaces.map(isChange)).toEqual([true]);
  });
});
