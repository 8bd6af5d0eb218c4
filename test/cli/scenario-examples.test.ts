// Every scenario in docs/scenarios runs on the sample workspace, through the command line and as the page computes it.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { scenario as scenarioSchema } from '../../shared/contract/scenario.ts';
import { sumOf } from '../../shared/domain/sum.ts';
import { needsOf } from '../../shared/domain/whatif/needs.ts';
import { evaluateScenario } from '../../shared/domain/whatif/pipeline.ts';
import { LEVER_KINDS } from '../../shared/domain/whatif/scenario.ts';
import { formatMoney } from '../../src-main/cli/text.ts';
import { createEngine } from '../../src-main/engine/engine.ts';
import { testWorkspace } from '../engine/import/workspace.ts';
import { assay, published } from './assay.ts';

const FOLDER = resolve(import.meta.dirname, '../../docs/scenarios');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
const read = (file: string) => scenarioSchema.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));

test('there is an example of every kind of lever', () => {
  const kinds = new Set(FILES.flatMap((file) => read(file).levers.map(({ kind }) => kind)));
  expect([...kinds].sort()).toEqual([...LEVER_KINDS].sort());
});

test('the command line, the engine and the page answer each of them alike', async () => {
  const workspace = testWorkspace();
  const { batchId } = await workspace.engine.call('sample.stage', {});
  await workspace.engine.call('import.commit', { batchId: batchId ?? 0 });
  workspace.close();
  const told: unknown[] = [];
  for (const file of FILES) {
    const ended = await assay(
      ...['scenario', 'run', join(FOLDER, file), '--workspace', workspace.path, '--json'],
    );
    expect(ended).toMatchObject({ err: '', code: 0 });
    told.push(published('scenario-answer', ended));
  }
  const engine = createEngine({ workspacePath: workspace.path });
  try {
    for (const [index, file] of FILES.entries()) {
      const scenario = read(file);
      const answer = await engine.call('scenario.run', { scenario });
      const { baseline } = scenario;
      const onPage = evaluateScenario(
        scenario,
        await engine.call('scenario.baseline', { baseline, ...needsOf(scenario) }),
      );
      expect(onPage).toEqual(answer);
      expect(told[index]).toEqual(answer);
      // Each lever of an example does something, or says that a daily bill is no base for capacity.
      for (const { moved, charges, guards } of answer.ledger) {
        const noHours = guards.some(({ code }) => code === 'no_hours');
        expect(moved.length + charges.length > 0).toBe(!noHours);
      }
      const inOrder = sumOf(answer.ledger.map((entry) => entry.inOrder?.base ?? 0));
      expect(inOrder).toBeCloseTo(answer.headlines.savingAtPrice?.base ?? 0, 6);
    }
  } finally {
    engine.close();
  }
});

test('shares and simulation are the same from the command line and from the engine', async () => {
  const workspace = testWorkspace();
  const { batchId } = await workspace.engine.call('sample.stage', {});
  await workspace.engine.call('import.commit', { batchId: batchId ?? 0 });
  const scenario = read('batch-and-caching.json');
  const shares = await workspace.engine.call('scenario.shares', { scenario });
  const simulation = await workspace.engine.call('scenario.simulate', { scenario, draws: 200, seed: 5 });
  const { headlines } = await workspace.engine.call('scenario.run', { scenario });
  workspace.close();
  const file = join(FOLDER, 'batch-and-caching.json');
  const common = [file, '--workspace', workspace.path, '--json'];
  expect(published('scenario-shares', await assay('scenario', 'shares', ...common))).toEqual(shares);
  const drawn = await assay('scenario', 'simulate', ...common, '--draws', '200', '--seed', '5');
  expect(published('scenario-simulation', drawn)).toEqual(simulation);
  expect(sumOf(shares.shares.map(({ share }) => share ?? 0))).toBeCloseTo(headlines.savingAtPrice!.base, 6);
  expect(simulation.savingAtPrice.p10).toBeLessThan(headlines.savingAtPrice!.base);
  expect(simulation.savingAtPrice.p90).toBeGreaterThan(headlines.savingAtPrice!.base);
  const told = await assay('scenario', 'simulate', file, '--workspace', workspace.path, '--draws', '100');
  expect(told.out).toContain('100 draws, seed 1.');
});

test('the text says when one-off cost has come back, and what has come together by the end of each fiscal quarter', async () => {
  const workspace = testWorkspace();
  const { batchId } = await workspace.engine.call('sample.stage', {});
  await workspace.engine.call('import.commit', { batchId: batchId ?? 0 });
  const { monthly, paybackMonth, quarters } = await workspace.engine.call('scenario.run', {
    scenario: read('batch.json'),
  });
  workspace.close();
  const { out } = await assay('scenario', 'run', join(FOLDER, 'batch.json'), '--workspace', workspace.path);
  expect(out).toMatch(
    new RegExp(`One-off cost paid back at price +end of ${monthly[(paybackMonth ?? 0) - 1]?.month}`, 'u'),
  );
  for (const { quarter, months, saving, cumulative } of quarters) {
    const row = out.split('\n').find((line) => line.startsWith(quarter)) ?? '';
    expect(row).toContain(formatMoney(saving, 'USD'));
    expect(row).toContain(formatMoney(cumulative, 'USD'));
    expect(row.includes('of 3 months')).toBe(months !== 3);
  }
});
