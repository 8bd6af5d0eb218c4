// Questions while lines are priced again: a workspace that an older catalog priced twice as high answers in one voice.
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { Input, Output } from '../../../shared/contract/methods.ts';
import { BUNDLED_CATALOG } from '../../../shared/domain/pricing/catalog.ts';
import { createPriceGate } from '../../../src-main/engine/catalog/price-gate.ts';
import { closeWorkspace, openWorkspace } from '../../../src-main/engine/db/open.ts';
import { setPricedWith } from '../../../src-main/engine/db/prices.ts';
import { createEngine, type Engine } from '../../../src-main/engine/engine.ts';
import { assay } from '../../cli/assay.ts';
import { cur2 } from '../import/synthetic.ts';
import { testWorkspace } from '../import/workspace.ts';

const DAYS = 28;
const QUESTION: Input<'spend.query'> = {
  measures: ['unblended', 'catalogList', 'lineItems'],
  groupBy: ['day', 'meter'],
};

type Answer = Output<'spend.query'>;
const figures = ({ rows, totals }: Answer): unknown => [rows, totals];

/** August with a line of input and one of output a day; the file as the catalog of 2020, twice as dear, left it. */
async function pricedByAnOlderCatalog(): Promise<{ path: string; now: Answer; before: Answer }> {
  const workspace = testWorkspace();
  const rows = Array.from({ length: DAYS }, (_, index) => {
    const day = `2026-08-${String(index + 1).padStart(2, '0')}`;
    return ['input', 'output'].map((meter) => ({
      line_item_usage_type: `USE1-NovaPro-${meter}-tokens`,
      line_item_usage_start_date: `${day}T10:00:00.000Z`,
      line_item_usage_end_date: `${day}T11:00:00.000Z`,
    }));
  }).flat();
  await workspace.import(workspace.write('august.csv', cur2(rows)));
  const now = await workspace.engine.call('spend.query', QUESTION);
  const db = workspace.rows();
  for (const table of ['line_item', 'daily'])
    db.exec(`UPDATE ${table} SET catalog_low = 2 * catalog_low, catalog_high = 2 * catalog_high`);
  db.exec(`UPDATE series_price SET catalog_version = '2020-01-01',
    usd_per_unit_low = 2 * usd_per_unit_low, usd_per_unit_high = 2 * usd_per_unit_high`);
  setPricedWith(db, '2020-01-01');
  workspace.close();
  return { path: workspace.path, now, before: doubled(now) };
}

function doubled(answer: Answer): Answer {
  const list = answer.totals.catalogList ?? null;
  return { ...answer, totals: { ...answer.totals, catalogList: list === null ? null : 2 * list } };
}

function open(path: string, readOnly = false): Engine {
  const engine = createEngine({ workspacePath: path, readOnly });
  onTestFinished(() => engine.close());
  return engine;
}

test('the older prices are twice as high, or the tests below could not fail', async () => {
  const { path, now, before } = await pricedByAnOlderCatalog();
  const answer = await open(path, true).call('spend.query', QUESTION);
  expect(answer.totals.catalogList).toBeCloseTo(2 * (now.totals.catalogList ?? 0), 9);
  expect(answer.totals).toEqual(before.totals);
  expect(answer.provenance.catalogVersion).toBe('2020-01-01');
});

test('a question asked at once is answered by the catalog in force, and so are those behind it', async () => {
  const { path, now } = await pricedByAnOlderCatalog();
  const engine = open(path);
  const answers = await Promise.all([1, 2, 3].map(() => engine.call('spend.query', QUESTION)));
  for (const answer of answers) {
    expect(figures(answer)).toEqual(figures(now));
    expect(answer.provenance.catalogVersion).toBe(BUNDLED_CATALOG.version);
  }
});

test('the command line waits too, and leaves the workspace priced', async () => {
  const { path, now } = await pricedByAnOlderCatalog();
  const list = async (): Promise<number | null | undefined> => {
    const ended = await assay('query', '--measures', 'catalogList', '--workspace', path, '--json');
    return (JSON.parse(ended.out) as Answer).totals.catalogList;
  };
  const expected = expect.closeTo(now.totals.catalogList ?? 0, 9);
  expect(await list()).toEqual(expected);
  const db = openWorkspace(path);
  expect(db.prepare('SELECT SUM(catalog_low) FROM line_item').pluck().get()).toEqual(expected);
  expect(db.prepare('SELECT COUNT(*) FROM series_to_price').pluck().get()).toBe(0);
  closeWorkspace(db);
});

test('closed half way, neither is lost: the next start goes on and answers whole', async () => {
  const { path, now } = await pricedByAnOlderCatalog();
  const first = createEngine({ workspacePath: path });
  const begun = new Promise<void>((resolve) => {
    first.onEvent((event) => {
      if (event.type === 'pricing.progress' && event.repricing !== null) resolve();
    });
  });
  await begun;
  first.close();
  const db = openWorkspace(path);
  const sum = (table: string): unknown => db.prepare(`SELECT SUM(catalog_low) FROM ${table}`).pluck().get();
  const list = now.totals.catalogList ?? 0;
  expect([sum('line_item'), sum('daily')]).toEqual([expect.closeTo(list, 9), expect.closeTo(2 * list, 9)]);
  closeWorkspace(db);
  expect(figures(await open(path).call('spend.query', QUESTION))).toEqual(figures(now));
});

test('a reader beside it waits until the owner has priced the last line', async () => {
  const { path, now } = await pricedByAnOlderCatalog();
  const owner = openWorkspace(path);
  owner.exec('INSERT INTO series_to_price SELECT id FROM line_series');
  const asked = open(path, true).call('spend.query', QUESTION);
  const early = await Promise.race([asked.then(() => 'answered'), setTimeout(300, 'waits')]);
  expect(early).toBe('waits');
  closeWorkspace(owner);
  open(path);
  expect(figures(await asked)).toEqual(figures(now));
});

test('the app sees how far it is, and that it is over', async () => {
  const { path } = await pricedByAnOlderCatalog();
  const engine = open(path);
  const events: EngineEvent[] = [];
  engine.onEvent((event) => events.push(event));
  const meanwhile = new Promise<Output<'workspace.info'>>((resolve) => {
    engine.onEvent((event) => {
      if (event.type === 'pricing.progress' && event.repricing?.done === 0)
        void engine.call('workspace.info', {}).then(resolve);
    });
  });
  await engine.call('spend.query', QUESTION);
  const progress = events.flatMap((event) => (event.type === 'pricing.progress' ? [event.repricing] : []));
  expect(progress).toEqual([{ catalogVersion: BUNDLED_CATALOG.version, series: 2, done: 0, total: 1 }, null]);
  expect(events.filter(({ type }) => type === 'data.changed')).toHaveLength(1);
  expect((await meanwhile).repricing).toMatchObject({ series: 2, total: 1 });
  expect((await meanwhile).unpricedShare).toBeNull();
  expect((await engine.call('workspace.info', {})).repricing).toBeNull();
});

test('a change of prices waits for the questions inside, and holds back those that come', async () => {
  const gate = createPriceGate();
  const told: string[] = [];
  const question = Promise.withResolvers<void>();
  const inside = gate.ask(() => question.promise.then(() => told.push('first answer')));
  const change = gate.change(async () => {
    told.push('change begins');
    await setTimeout(5);
    told.push('change ends');
  });
  const later = gate.open().then(() => told.push('second question'));
  await setTimeout(5);
  expect(told).toEqual([]);
  question.resolve();
  await Promise.all([inside, change, later]);
  expect(told).toEqual(['first answer', 'change begins', 'change ends', 'second question']);
});
