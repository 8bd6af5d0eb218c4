// Listing and comparing through the command line, on the sample bill.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Output } from '../../shared/contract/methods.ts';
import { testWorkspace } from '../engine/import/workspace.ts';
import { assay, published } from './assay.ts';

const example = (name: string): string =>
  resolve(import.meta.dirname, '../../docs/scenarios', `${name}.json`);

/** The sample bill with two saved scenarios of one name. */
async function keptTwice(): Promise<string> {
  const workspace = testWorkspace();
  const { batchId } = await workspace.engine.call('sample.stage', {});
  await workspace.engine.call('import.commit', { batchId: batchId ?? 0 });
  for (const name of ['Twice', 'Twice']) {
    await workspace.engine.call('scenario.save', {
      id: null,
      scenario: {
        schemaVersion: 1,
        name,
        baseline: { period: { from: '2026-08-01', to: '2026-10-31' } },
        levers: [{ kind: 'batch', id: 'b', eligibleShare: { low: 0.4, base: 0.5, high: 0.6 } }],
      },
    });
  }
  workspace.close();
  return workspace.path;
}

test('files and saved scenarios side by side, each as `scenario run` answers it', async () => {
  const path = await keptTwice();
  const ended = await assay('scenario', 'compare', example('batch'), '#1', '--workspace', path, '--json');
  expect(ended).toMatchObject({ code: 0, err: '' });
  const compared = published('scenario-comparison', ended) as Output<'scenario.compare'>;
  const alone = await assay('scenario', 'run', example('batch'), '--workspace', path, '--json');
  const { headlines } = published('scenario-answer', alone) as Output<'scenario.run'>;
  const saving = compared.figures.find(({ figure }) => figure === 'savingAtPrice');
  expect(saving?.values[0]).toEqual(headlines.savingAtPrice);
  expect(saving?.differences[1]).toBeCloseTo(
    (saving?.values[1]?.base ?? 0) - headlines.savingAtPrice!.base,
    9,
  );
});

test('another baseline is said before the figures', async () => {
  const path = await keptTwice();
  const { out } = await assay(
    'scenario',
    'compare',
    example('batch'),
    example('routing'),
    '--workspace',
    path,
  );
  expect(out).toContain('NOT SUBTRACTED B: The baseline is of other days than the first’s.');
  expect(out).toMatch(/^A .*, 2 levers on$/mu);
  expect(out).toMatch(/^B .*, 1 lever on$/mu);
  expect(out).toMatch(/Saving at list price +\$[\d,.]+ +\$[\d,.]+ +—/u);
});

test('the list follows its schema; names that do not tell are refused', async () => {
  const path = await keptTwice();
  const list = published('scenario-list', await assay('scenario', 'list', '--workspace', path, '--json'));
  expect(list).toMatchObject({ schemaVersion: 1, scenarios: [{ name: 'Twice' }, { name: 'Twice' }] });
  expect((await assay('scenario', 'list', '--workspace', path)).out).toMatch(
    /#2 +Twice +2026-08-01.* \d{4}-\d\d-\d\d$/mu,
  );
  expect(await assay('scenario', 'compare', 'Twice', '#1', '--workspace', path)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/names 2 saved scenarios; say which: #\d, #\d/u),
  });
  expect(await assay('scenario', 'compare', 'Twic', '#1', '--workspace', path)).toMatchObject({
    code: 2,
    err: expect.stringContaining('did you mean "Twice"'),
  });
});

test('a report is written by its ending; a PDF is refused with where to get one', async () => {
  const path = await keptTwice();
  const out = (name: string): string => join(dirname(path), name);
  const words = ['scenario', 'report', '#2', '--workspace', path, '--out'];
  const ended = await assay(...words, out('plan.md'), '--json');
  expect(published('scenario-report', ended)).toMatchObject({ format: 'md' });
  const page = readFileSync(out('plan.md'), 'utf8');
  for (const stated of [
    'unblended, USD',
    'list prices of the catalog',
    'none is stated',
    'Levers in order',
    '| Applies to | all usage of the baseline |',
    '| Share of requests that can wait | 50.0% (40.0% to 60.0%) |',
    'Beside the tokens: Inference, search unit',
  ])
    expect(page).toContain(stated);
  expect(page).not.toMatch(/[a-z]_[a-z]/u);
  const refused = await assay(...words, out('plan.pdf'));
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('print dialog') });
  expect(existsSync(out('plan.pdf'))).toBe(false);
  expect(await assay(...words, out('plan'))).toMatchObject({ code: 2 });
});
