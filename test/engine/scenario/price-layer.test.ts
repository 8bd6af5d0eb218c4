// Both headlines name the price layer they are at, wherever they stand: reports, sheets, the terminal, side by side.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SCENARIO_PRICE_LAYERS } from '../../../shared/domain/whatif/scenario.ts';
import { comparedName, layerWords } from '../../../shared/format/scenario-words.ts';
import { describeScenario } from '../../../src-main/cli/scenario-text.ts';
import { closeWorkspace } from '../../../src-main/engine/db/open.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { comparisonText } from '../../../src-renderer/screens/scenario/compare-text.ts';
import { filledWorkspace } from '../fixture.ts';
import { testWorkspace } from '../import/workspace.ts';
import { readSheets } from './sheets.ts';

const exactly = (value: number) => ({ low: value, base: value, high: value });

function scenarioAt(priceLayer: (typeof SCENARIO_PRICE_LAYERS)[number]) {
  return {
    schemaVersion: 1 as const,
    name: 'Half to batch',
    baseline: { period: { from: '2026-08-01', to: '2026-08-31' } },
    priceLayer,
    levers: [{ kind: 'batch' as const, id: 'b', eligibleShare: exactly(0.5) }],
    commitment: {
      year: {
        start: '2026-09-01',
        commit: 500,
        discount: 0.1,
        drawdown: 'after_discount' as const,
        shortfallSettled: 'face' as const,
      },
      organicAws: exactly(450),
      organicMarketplace: exactly(0),
    },
  };
}

function filledEngine() {
  const { folder } = testWorkspace();
  const path = join(folder, 'layers.assay');
  closeWorkspace(filledWorkspace(path, [{ unblended: 6, quantity: 100_000 }]));
  return { engine: createEngine({ workspacePath: path }), folder };
}

test.each(SCENARIO_PRICE_LAYERS)('at %s prices', async (layer) => {
  const { engine, folder } = filledEngine();
  const scenario = scenarioAt(layer);
  const answer = await engine.call('scenario.run', { scenario });
  const compared = await engine.call('scenario.compare', { scenarios: [scenario, scenario] });
  const exported = async (format: 'md' | 'csv' | 'xlsx'): Promise<Buffer> => {
    const target = join(folder, `answer.${format}`);
    await engine.call('export.scenario', { scenario, target, format });
    return readFileSync(target);
  };
  const report = (await exported('md')).toString();
  const [saving, cash] = (await exported('csv')).toString().split('\r\n').slice(1, 3);
  const summary = readSheets(await exported('xlsx')).get('Summary');
  engine.close();

  const price = `${layer} price`;
  expect(report).toContain(`**Saving at ${price}, Aug 2026**`);
  expect(report).toContain(`Cash saving at ${price} this commitment year`);
  expect(saving).toContain(`2026-08-01 to 2026-08-31, at ${price}`);
  expect(cash).toContain(`commitment year from 2026-09-01, at ${price}`);
  expect(['A2', 'A3', 'A6'].map((address) => summary?.get(address)?.text)).toEqual([
    `Baseline at ${price}`,
    `Saving at ${price}`,
    `Cash saving this commitment year, at ${price}`,
  ]);
  const printed = describeScenario(answer);
  expect(printed).toContain(`Saving at ${price}, 2026-08-01 to 2026-08-31`);
  expect(printed).toContain(`Cash saving at ${price}, year from 2026-09-01`);
  const side = comparisonText(compared);
  expect(side).toContain(`Saving at ${price}`);
  expect(side).toContain(`Cash at ${price}, commitment year`);
  expect(side).toContain('A Half to batch (USD)');
});

test('side by side at different layers, each column names its own and the figures none', async () => {
  const { engine } = filledEngine();
  const scenarios = [scenarioAt('list'), scenarioAt('effective')];
  const side = comparisonText(await engine.call('scenario.compare', { scenarios }));
  engine.close();
  expect(side).toContain('A Half to batch (USD, list price)');
  expect(side).toContain('B Half to batch (USD, effective price)');
  expect(side).toContain('Saving at price');
  expect(layerWords(['list', 'list'])).toBe('list price');
  expect(comparedName('before', ['list', 'contract'])).toBe('Baseline at price');
});
