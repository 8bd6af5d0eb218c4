// Rules of the workspace on a real bill: re-classified without a new import, as a new import would, and back again.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../../src-main/engine/engine.ts';
import { cur2, OTHER_2, type Row } from '../import/synthetic.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';
import { answersOf, BILL, ORION, PROFILE, ROWS, type Rule, rules, says, ZEPHYR } from './bill.ts';

async function imported(before: readonly Rule[] = []): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  for (const rule of before) await workspace.engine.call('review.saveRule', { number: null, rule });
  await workspace.import(workspace.write('bill.csv', BILL));
  return workspace;
}

const save = (engine: Engine, rule: Rule, number: number | null = null) =>
  engine.call('review.saveRule', { number, rule });

const costBy = async (engine: Engine, dimension: string, where: { dimension: string; value: string }) => {
  const { rows } = await engine.call('spend.query', {
    measures: ['unblended', 'tokens', 'lineItems'],
    groupBy: [dimension],
    where: [{ dimension: where.dimension, operator: '=', values: [where.value] }],
  });
  return rows;
};

/** The rows that a re-classification touches, as they stand in the file. */
function contents(workspace: TestWorkspace): unknown {
  const db = workspace.rows();
  const tables = [
    'line_series',
    'series_price',
    'line_item',
    'daily',
    'rollup',
    'claimed_rollup',
    'series_rule',
  ];
  return tables.map((table) => {
    const rows = db.prepare(`SELECT * FROM ${table}`).raw().all() as unknown[][];
    return [table, rows.map((row) => JSON.stringify(row)).sort()];
  });
}

describe('a rule', () => {
  test('answers an unknown usage type in every region: tokens, price and model appear, the invoice stays', async () => {
    const { engine } = await imported();
    const tieOut = await engine.call('import.tieOut', {});
    expect(await costBy(engine, 'model', { dimension: 'family', value: 'unknown' })).toEqual([
      [null, 15, null, 2],
    ]);
    const saved = await save(engine, ZEPHYR);
    expect(saved).toEqual({ schemaVersion: 1, number: 1, reclassified: 2, rules: 1 });
    expect(await costBy(engine, 'family', { dimension: 'family', value: 'unknown' })).toEqual([]);
    // 0.06 ordinary, and 12 + 3; a thousand times 1K tokens each.
    expect(await costBy(engine, 'model', { dimension: 'model', value: 'Nova Lite' })).toEqual([
      ['Nova Lite', 15.06, 3_000_000, 3],
    ]);
    const list = await engine.call('spend.query', {
      measures: ['catalogList', 'unpricedShare'],
      where: [{ dimension: 'usageType', operator: '~', values: ['Zephyr9'] }],
    });
    // 2 million tokens of Nova Lite at 0.06 USD per million.
    expect(list.totals.catalogList).toBeCloseTo(0.12, 9);
    expect(list.totals.unpricedShare).toBe(0);
    expect(await engine.call('import.tieOut', {})).toEqual(tieOut);
  });

  test('leaves everything as a new import under the same rules would have it', async () => {
    const some = [
      ZEPHYR,
      ORION,
      says({ resource: PROFILE }, { model: 'Nova Pro' }),
      rules({ product: 'AmazonES' }, 'as_it_stands'),
    ];
    const after = await imported();
    for (const rule of some) await save(after.engine, rule);
    const fresh = await imported(some);
    expect(await answersOf(after.engine)).toEqual(await answersOf(fresh.engine));
    const held = await fresh.engine.call('spend.lineItems', {
      where: [{ dimension: 'service', operator: '=', values: ['AmazonFrontier'] }],
    });
    expect([held.rowCount, held.summedLineItems]).toEqual([2, 0]);
  });

  test('on lines held as daily sums moves their totals and says that their lines need a new import', async () => {
    const workspace = await imported();
    const { engine } = workspace;
    const preview = await engine.call('review.preview', { number: null, rule: ORION });
    expect(preview.becomesBedrock).toEqual([
      { currency: 'USD', lineItems: 2, summedLineItems: 2, unblended: 25 },
    ]);
    expect(preview.notes.join(' ')).toMatch(/2 of the line items .* held as daily sums.*need a new import/u);
    await save(engine, ORION);
    const where = [{ dimension: 'service', operator: '=' as const, values: ['AmazonFrontier'] }];
    const byDay = await engine.call('spend.query', {
      measures: ['unblended', 'tokens'],
      groupBy: ['day'],
      where,
    });
    expect(byDay.rows).toEqual([
      ['2026-08-03', 20, 4_000_000],
      ['2026-08-04', 5, 1_000_000],
    ]);
    const byHour = await engine.call('spend.query', { measures: ['unblended'], groupBy: ['hour'], where });
    expect(byHour.rows).toEqual([[null, 25]]);
    expect(byHour.provenance.notes.join(' ')).toMatch(/belong to no hour/u);
    expect(await engine.call('spend.lineItems', { where })).toEqual({
      rows: [],
      rowCount: 0,
      summedLineItems: 2,
    });
    // A new import holds them in full, and nothing is counted twice.
    await workspace.import(workspace.write('bill.csv', cur2([...ROWS, { line_item_unblended_cost: 0.01 }])));
    expect((await engine.call('spend.lineItems', { where })).rowCount).toBe(2);
    expect((await engine.call('spend.query', { measures: ['unblended'], where })).totals.unblended).toBe(25);
  });

  test('on daily sums reaches what-ifs too: the baseline is what the answers say', async () => {
    const { engine } = await imported();
    await save(engine, ORION);
    const { vectors, outside } = await engine.call('scenario.baseline', {
      baseline: { period: { from: '2026-08-01', to: '2026-08-31' }, where: [], workload: null },
    });
    const { totals } = await engine.call('spend.query', { measures: ['unblended'] });
    const parts = [
      ...vectors.flatMap(({ invoiced }) => Object.values(invoiced)),
      ...outside.map(({ invoiced }) => invoiced),
    ];
    const invoiced = parts.reduce((sum, part) => sum + part, 0);
    expect(invoiced).toBeCloseTo(totals.unblended ?? 0, 9);
  });

  test('that is taken back leaves the file as it was, rows and prices alike', async () => {
    const workspace = await imported();
    const untouched = await imported();
    await save(workspace.engine, ZEPHYR);
    await save(workspace.engine, ORION);
    await save(workspace.engine, rules({ product: 'AmazonBedrock', usageType: '*Nova*' }, 'not_bedrock'));
    const undone: (string | undefined)[] = [];
    for (let step = 0; step < 3; step++) {
      undone.push((await workspace.engine.call('review.rules', {})).undo?.what);
      await workspace.engine.call('review.undo', {});
    }
    expect(undone).toEqual(['Add rule 3', 'Add rule 2', 'Add rule 1']);
    await expect(workspace.engine.call('review.undo', {})).rejects.toThrow(/no change of the rules/u);
    expect(contents(workspace)).toEqual(contents(untouched));
  });

  test('is named on the lines it decided, with who and why; bundled rules stay named as such', async () => {
    const { engine } = await imported();
    await save(engine, ZEPHYR);
    const ruleOf = async (usageType: string) => {
      const { rows } = await engine.call('spend.lineItems', {
        where: [{ dimension: 'usageType', operator: '=', values: [usageType] }],
      });
      return (await engine.call('spend.lineItem', { id: rows[0]?.id ?? 0 })).rule;
    };
    expect(await ruleOf('USE1-Zephyr9:mystery')).toEqual({
      id: 'user:1',
      reason: 'Your rule 1: the account team says so (ada, 2026-11-21)',
      origin: 'yours',
    });
    expect((await ruleOf('USE1-NovaLite-input-tokens'))?.origin).toBe('bundled');
  });

  test('takes lines out of Bedrock; the invoice still has them', async () => {
    const { engine } = await imported();
    const total = async (scope: 'bedrock' | 'all') =>
      (await engine.call('spend.query', { measures: ['unblended', 'lineItems'], scope })).totals;
    const before = { bedrock: await total('bedrock'), all: await total('all') };
    await save(engine, rules({ usageType: '*Zephyr9:mystery' }, 'not_bedrock'));
    expect((await total('bedrock')).unblended).toBeCloseTo((before.bedrock.unblended ?? 0) - 15, 9);
    expect(await total('all')).toEqual(before.all);
  });

  test('without an author is signed with the name this machine knows its user by', async () => {
    const { engine } = await imported();
    await save(engine, { ...ZEPHYR, author: '' });
    const { rules: held } = await engine.call('review.rules', {});
    expect(held[0]?.author).not.toBe('');
    expect(held[0]).toMatchObject({
      number: 1,
      decidedAt: '2026-11-21T12:00:00.000Z',
      lineItems: 2,
      costs: [{ currency: 'USD', unblended: 15 }],
    });
  });

  test('too loose to mean anything is refused', async () => {
    const { engine } = await imported();
    await expect(save(engine, rules({ usageType: '*' }, 'not_bedrock'))).rejects.toThrow(
      /at least 3 characters/u,
    );
    await expect(save(engine, { ...ZEPHYR, why: ' ' })).rejects.toThrow(/say why/u);
    await expect(save(engine, ZEPHYR, 9)).rejects.toThrow(/no rule 9/u);
  });
});

describe('several rules', () => {
  test('are tried in order: moving one changes who decides, and numbers are never given twice', async () => {
    const { engine } = await imported();
    await save(
      engine,
      says({ usageType: '*Zephyr9:mystery' }, { family: 'inference', model: 'Zephyr Wide' }),
    );
    await save(
      engine,
      says({ usageType: 'USE1-Zephyr9:mystery' }, { family: 'inference', model: 'Zephyr East' }),
    );
    const models = async () =>
      (await costBy(engine, 'model', { dimension: 'family', value: 'inference' }))
        .filter(([model]) => String(model).startsWith('Zephyr'))
        .map(([model, cost]) => [model, cost]);
    expect(await models()).toEqual([
      ['Zephyr East', 12],
      ['Zephyr Wide', 3],
    ]);
    await engine.call('review.moveRule', { number: 1, to: 0 });
    expect(await models()).toEqual([['Zephyr Wide', 15]]);
    await engine.call('review.removeRule', { number: 2 });
    expect((await save(engine, ORION)).number).toBe(3);
    const { rules: held } = await engine.call('review.rules', {});
    expect(held.map(({ number }) => number)).toEqual([3, 1]);
  });

  test('go to a file and into another workspace, with who decided when and why; twice adds nothing', async () => {
    const first = await imported();
    await save(first.engine, ZEPHYR);
    await save(first.engine, ORION);
    const target = join(first.folder, 'rules.json');
    expect((await first.engine.call('export.rules', { target })).rows).toBe(2);
    const second = await imported();
    expect(await second.engine.call('review.importRules', { sources: [target] })).toMatchObject({ rules: 2 });
    expect(await answersOf(second.engine)).toEqual(await answersOf(first.engine));
    const again = await second.engine.call('review.importRules', { sources: [target] });
    expect(again).toMatchObject({ reclassified: 0, rules: 2 });
    const copy = join(second.folder, 'copy.json');
    await second.engine.call('export.rules', { target: copy });
    expect(readFileSync(copy, 'utf8')).toBe(readFileSync(target, 'utf8'));
  });

  test('a file that holds something else is refused by name and field', async () => {
    const { engine, write } = await imported();
    const load = (name: string, content: string) =>
      engine.call('review.importRules', { sources: [write(name, content)] });
    await expect(load('broken.json', '{')).rejects.toThrow(/broken\.json cannot be read as a file of rules/u);
    await expect(load('other.json', '{"rules":[]}')).rejects.toThrow(
      /other\.json is not a file of Assay rules: assayRules/u,
    );
    const loose = { ...rules({ usageType: '*' }, 'not_bedrock'), decidedAt: '2026-11-01T00:00:00Z' };
    await expect(load('loose.json', JSON.stringify({ assayRules: 1, rules: [loose] }))).rejects.toThrow(
      /loose\.json: rules\.0\.pattern: .*at least 3/u,
    );
    expect((await engine.call('review.rules', {})).rules).toEqual([]);
  });
});

describe('around a change of rules', () => {
  test('an import that reads just now keeps the rules as they are', async () => {
    const { engine, write } = await imported();
    const path = write(
      'next.csv',
      cur2(
        Array.from({ length: 4000 }, () => ({ bill_billing_period_start_date: '2026-09-01T00:00:00.000Z' })),
      ),
    );
    const staging = engine.call('import.stage', { sources: [path] });
    const refused = await new Promise<unknown>((resolve) => {
      const stop = engine.onEvent((event) => {
        if (event.type !== 'import.progress') return;
        stop();
        resolve(save(engine, ZEPHYR).catch((error: unknown) => error));
      });
    });
    expect(refused).toMatchObject({ code: 'import_running' });
    await staging;
    expect((await save(engine, ZEPHYR)).reclassified).toBe(2);
  });

  test('killed between verdict and prices, the next start prices and sums what waits', async () => {
    const workspace = await imported();
    await save(workspace.engine, ZEPHYR);
    const expected = contents(workspace);
    const db = workspace.rows();
    // What a process leaves that dies right after the verdicts were written.
    db.exec(`INSERT INTO series_to_price SELECT series_id FROM series_rule;
      DELETE FROM series_price WHERE series_id IN (SELECT series_id FROM series_rule);
      UPDATE line_item SET catalog_low = NULL, catalog_high = NULL WHERE series_id IN (SELECT series_id FROM series_rule);
      UPDATE daily SET catalog_low = NULL, catalog_high = NULL, unpriced = unblended
        WHERE series_id IN (SELECT series_id FROM series_rule)`);
    workspace.close();
    const engine = createEngine({ workspacePath: workspace.path });
    await expect.poll(async () => (await engine.call('review.rules', {})).settling).toBe(false);
    engine.close();
    expect(contents(workspace)).toEqual(expected);
  });

  test('a workspace that can only be read says so', async () => {
    const workspace = await imported();
    workspace.close();
    const engine = createEngine({ workspacePath: workspace.path, readOnly: true });
    await expect(save(engine, ZEPHYR)).rejects.toMatchObject({ code: 'workspace_read_only' });
    expect((await engine.call('review.tray', {})).rowCount).toBeGreaterThan(0);
    engine.close();
  });
});

describe('lines of services that Bedrock may drive', () => {
  const bucket = (name: string, cost: number, hour: number): Row => ({
    ...OTHER_2,
    line_item_product_code: 'AmazonS3',
    line_item_usage_type: 'USE1-TimedStorage-ByteHrs',
    line_item_resource_id: name,
    line_item_unblended_cost: cost,
    line_item_usage_start_date: `2026-08-03T0${hour}:00:00.000Z`,
    line_item_usage_end_date: `2026-08-03T0${hour + 1}:00:00.000Z`,
  });
  const BUCKETS = cur2([
    {},
    bucket('prompt-logs', 2, 1),
    bucket('prompt-logs', 3, 2),
    bucket('photos', 40, 1),
  ]);
  const claim = says({ resource: 'prompt-logs' }, { family: 'storage' });

  test('are summed by day under all their labels, so that a rule claims them by their resource', async () => {
    const workspace = testWorkspace();
    const { engine } = workspace;
    const report = await workspace.import(workspace.write('bill.csv', BUCKETS));
    expect(report.rows).toEqual({ read: 4, kept: 1, rolledUp: 3, rejected: 0 });
    expect(report.candidates).toEqual({ lineItems: 3, unblended: 45, capped: false });
    const byResource = { measures: ['unblended', 'lineItems'], groupBy: ['resource'] } as const;
    const of = async (scope: 'bedrock' | 'estate') => {
      const { rows } = await engine.call('spend.query', {
        ...byResource,
        measures: [...byResource.measures],
        groupBy: [...byResource.groupBy],
        where: [{ dimension: 'service', operator: '=', values: ['AmazonS3'] }],
        scope,
      });
      return rows;
    };
    expect(await of('estate')).toEqual([
      ['photos', 40, 1],
      ['prompt-logs', 5, 2],
    ]);
    expect(await of('bedrock')).toEqual([]);
    const tieOut = await engine.call('import.tieOut', {});
    await save(engine, claim);
    expect(await of('bedrock')).toEqual([['prompt-logs', 5, 2]]);
    expect(await engine.call('import.tieOut', {})).toEqual(tieOut);
    await engine.call('review.undo', {});
    expect(await of('bedrock')).toEqual([]);
  });

  test('are kept as lines where a rule made them Bedrock before the import', async () => {
    const workspace = testWorkspace();
    await save(workspace.engine, claim);
    const report = await workspace.import(workspace.write('bill.csv', BUCKETS));
    expect(report.rows).toEqual({ read: 4, kept: 3, rolledUp: 1, rejected: 0 });
    expect(report.bedrock.lineItems).toBe(3);
    expect(report.candidates).toEqual({ lineItems: 1, unblended: 40, capped: false });
  });
});
