// A bill that is no invoice of AWS to the payer retires no commitment: no gap, no shortfall, no cash of a year from it.
// August 2026, ten lines of a million tokens of Nova Lite input at 0.06 each, 0.03 in batch.
import { expect, test } from 'vitest';
import type { ScenarioInput } from '../../../shared/contract/scenario.ts';
import { assayOn } from '../../cli/assay.ts';
import { cur2 } from '../import/synthetic.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';

const RESOLD = '000000000001';
const OWN = '111111111111';
const AUGUST = { from: '2026-08-01', to: '2026-08-31' };

/** A payer whose bill looks like its own, and one beside it that says so too. */
async function twoPayers(): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  const bill = (payer: string): string =>
    cur2(
      Array.from({ length: 10 }, () => ({ bill_payer_account_id: payer, line_item_unblended_cost: 0.06 })),
    );
  await workspace.import(workspace.write('one-00001.csv', bill(RESOLD)));
  await workspace.import(workspace.write('two-00001.csv', bill(OWN)));
  return workspace;
}

const toBatch = (where: ScenarioInput['baseline']['where'] = []): ScenarioInput => ({
  schemaVersion: 1,
  name: 'All of it in batch',
  baseline: { period: AUGUST, where },
  levers: [
    { kind: 'batch', id: 'batch', eligibleShare: { low: 1, base: 1, high: 1 }, excludeStreaming: false },
  ],
  commitment: {
    year: {
      start: '2026-01-01',
      commit: 100,
      discount: 0,
      drawdown: 'before_discount',
      shortfallSettled: 'face',
      marketplaceCap: 0.25,
      support: 0,
    },
    organicAws: { low: 40, base: 50, high: 60 },
    organicMarketplace: { low: 0, base: 0, high: 0 },
    classes: [],
    directCost: null,
  },
});
const OF_PAYER = (payer: string): ScenarioInput['baseline']['where'] => [
  { dimension: 'payer', operator: '=', values: [payer] },
];
const reseller = ({ engine }: TestWorkspace): Promise<unknown> =>
  engine.call('ledger.sayBill', {
    scope: { payer: RESOLD },
    bill: { kind: 'reseller', label: 'Cloudhaus' },
  });

const OFF =
  'No commitment is counted: the baseline holds what is not the payer’s own AWS bill (payer 000000000001 (Cloudhaus), 2026-08), and that retires nothing. Choose days or a payer with bills of their own.';

test('said to be a reseller’s, a bill has a saving at price and no year: gap, shortfall and cash are not stated', async () => {
  const workspace = await twoPayers();
  const { engine } = workspace;
  const before = await engine.call('scenario.run', { scenario: toBatch() });
  expect(before.commitment).toMatchObject({ gap: { base: 50 } });
  expect(before.headlines.cashReason).toBeNull();
  await reseller(workspace);
  const { headlines, commitment, quarters } = await engine.call('scenario.run', { scenario: toBatch() });
  expect(headlines).toEqual({
    savingAtPrice: before.headlines.savingAtPrice,
    savingReason: null,
    savingPartial: null,
    cashThisYear: null,
    cashReason: OFF,
  });
  expect(headlines.savingAtPrice?.base).toBeCloseTo(20 * 0.03, 12);
  expect(commitment).toBeNull();
  expect(quarters.map(({ cash }) => cash)).toEqual(quarters.map(() => null));
});

test('the payer’s own bill beside it keeps its year, and so does everything once the word is taken back', async () => {
  const workspace = await twoPayers();
  const { engine } = workspace;
  await reseller(workspace);
  const of = async (payer: string) =>
    (await engine.call('scenario.run', { scenario: toBatch(OF_PAYER(payer)) })).headlines;
  // One day of 0.60 makes a year of 219; the lever acts in the four months after August.
  expect((await of(OWN)).cashThisYear?.base).toBeCloseTo((365 * 0.3 * 4) / 12, 9);
  expect((await of(RESOLD)).cashReason).toBe(OFF);
  await engine.call('ledger.undoBill', {});
  expect((await of(RESOLD)).cashReason).toBeNull();
});

test('a bill whose lines say it is resold is not counted either, and the reason tells where to correct that', async () => {
  const workspace = testWorkspace();
  const resold = { line_item_legal_entity: 'Cloudhaus GmbH', line_item_unblended_cost: 0.06 };
  await workspace.import(workspace.write('one-00001.csv', cur2([resold])));
  const reason = async () =>
    (await workspace.engine.call('scenario.run', { scenario: toBatch() })).headlines.cashReason;
  expect(await reason()).toMatch(/^No commitment is counted: .* say what it is under Ledger, Calendar\.$/u);
  await workspace.engine.call('ledger.sayBill', { scope: { payer: RESOLD }, bill: { kind: 'own_invoice' } });
  expect(await reason()).toBeNull();
});

test('probabilities, sensitivities, the lever finder, files and the terminal leave the year out as well', async () => {
  const workspace = await twoPayers();
  const { engine } = workspace;
  await reseller(workspace);
  const scenario = toBatch();
  const { commitment } = scenario;
  const simulated = await engine.call('scenario.simulate', { scenario, draws: 100, seed: 1 });
  expect(simulated.cashThisYear).toBeNull();
  const { base } = await engine.call('scenario.sensitivity', { scenario });
  expect(base.cashThisYear).toBeNull();
  const found = await engine.call('levers.find', { period: AUGUST, commitment });
  expect(found).toMatchObject({ rankedBy: 'saving', cashReason: `${OFF} Ranked by the saving at price.` });
  expect(found.opportunities.every(({ cashThisYear }) => cashThisYear === null)).toBe(true);
  const file = workspace.write('scenario.json', JSON.stringify(scenario));
  const report = await engine.call('scenario.report', { scenario });
  expect(JSON.stringify(report)).toContain(OFF);
  expect(JSON.stringify(report)).not.toMatch(/shortfall/iu);
  workspace.close();
  const { out } = await assayOn(workspace.path)('scenario', 'run', file);
  expect(out).toContain(OFF);
  expect(out).not.toMatch(/absorbed|shortfall/iu);
});
