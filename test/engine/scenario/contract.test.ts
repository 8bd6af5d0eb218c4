// What-ifs under contract, worked by hand on a real bill with a real rate card. August 2026, Nova Lite input in
// us-east-1: ten lines of a million tokens, 0.06 each at list and as much invoiced, 0.03 in batch.
import { expect, test } from 'vitest';
import type { ScenarioInput } from '../../../shared/contract/scenario.ts';
import { needsOf } from '../../../shared/domain/whatif/needs.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { assayOn, published } from '../../cli/assay.ts';
import { cur2 } from '../import/synthetic.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';

const HEADER = 'account,provider,model,meter,mode,region,discount_percent,price_usd,unit,from,to,note';
const AUGUST = { from: '2026-08-01', to: '2026-08-31' };

async function under(...rates: string[]): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  const night = {
    line_item_usage_start_date: '2026-08-03T02:00:00.000Z',
    line_item_usage_end_date: '2026-08-03T03:00:00.000Z',
  };
  const own = Array.from({ length: 9 }, () => night);
  const bill = cur2([...own, { ...night, line_item_usage_account_id: '000000000003' }]);
  await workspace.import(workspace.write('august.csv', bill));
  if (rates.length === 0) return workspace;
  const file = workspace.write('rates.csv', `${[HEADER, ...rates].join('\n')}\n`);
  const read = await workspace.engine.call('overrides.read', { sources: [file], add: false });
  expect(read.report.faults).toEqual([]);
  await workspace.engine.call('overrides.save', { rates: read.rates, what: 'a test' });
  return workspace;
}

const toBatch = (parts: Partial<ScenarioInput> = {}): ScenarioInput => ({
  schemaVersion: 1,
  name: 'All of it in batch',
  baseline: { period: AUGUST },
  priceLayer: 'contract',
  levers: [
    {
      kind: 'batch',
      id: 'batch',
      eligibleShare: { low: 1, base: 1, high: 1 },
      excludeStreaming: false,
    },
  ],
  ...parts,
});

async function ask({ engine }: TestWorkspace, parts: Partial<ScenarioInput> = {}) {
  const answer = await engine.call('scenario.run', { scenario: toBatch(parts) });
  const { baseline, headlines, ledger, provenance } = answer;
  const [moved] = ledger[0]!.moved;
  return {
    answer,
    before: baseline.atPrice,
    saving: headlines.savingAtPrice,
    from: moved?.sourceBefore,
    to: moved?.sourceAfter,
    prices: provenance.find(({ label }) => label === 'Contract rates')?.value,
  };
}

const exactly = (value: number) => ({
  low: expect.closeTo(value, 9),
  base: expect.closeTo(value, 9),
  high: expect.closeTo(value, 9),
});

test('25 % off on demand: 0.45 falls to batch at list, since no rate is for batch; each side says its layer', async () => {
  const told = await ask(await under('*,*,Nova Lite,input,on_demand,*,25,,,,,'));
  expect(told.before).toEqual(exactly(0.45));
  expect(told.saving).toEqual(exactly(0.45 - 0.3));
  expect(told.from).toBe('contract rates of the workspace (version 1), row 1');
  expect(told.to).toMatch(/^list, catalog /u);
  expect(told.prices).toBe('0 typed into the scenario, which come first; version 1 of the workspace');
});

test('a rate for every mode holds for batch too: 0.45 − 0.225', async () => {
  const told = await ask(await under('*,*,Nova Lite,input,*,*,25,,,,,'));
  expect(told.saving).toEqual(exactly(0.225));
  expect(told.to).toMatch(/^contract rates of the workspace/u);
});

test('a rate typed into the scenario comes before the card, for its own mode alone', async () => {
  const workspace = await under('*,*,Nova Lite,input,*,*,25,,,,,');
  const told = await ask(workspace, {
    contractRates: [{ model: 'Nova Lite', meter: 'input', mode: 'on_demand', usd: 0.05 }],
  });
  // 10 × 0.05 typed; batch at 0.03 less 25 % from the card.
  expect(told.before).toEqual(exactly(0.5));
  expect(told.saving).toEqual(exactly(0.5 - 0.225));
  expect([told.from, told.to]).toEqual([
    'contract rate of the scenario',
    'contract rates of the workspace (version 1), row 1',
  ]);
});

test('the list layer does not know the contract, and prints it beside where it differs', async () => {
  const { answer, saving } = await ask(await under('*,*,Nova Lite,input,on_demand,*,25,,,,,'), {
    priceLayer: 'list',
  });
  expect(saving).toEqual(exactly(0.3));
  const contract = answer.readings.find(
    ({ layer, discountCarried }) => layer === 'contract' && !discountCarried,
  );
  expect(contract?.saving).toEqual(exactly(0.15));
});

test('a rate of one account holds where the baseline is that account, and is said not to elsewhere', async () => {
  const workspace = await under('000000000003,*,Nova Lite,input,on_demand,*,,0.04,1M tokens,,,');
  const all = await ask(workspace);
  expect(all.before).toEqual(exactly(0.58));
  expect(all.answer.notes.join(' ')).toContain('one account only (rows 1) are applied to the usage of those');
  const where = [{ dimension: 'account', operator: '=' as const, values: ['000000000003'] }];
  const own = await ask(workspace, { baseline: { period: AUGUST, where } });
  expect(own.before).toEqual(exactly(0.04));
  expect(own.answer.notes.join(' ')).not.toContain('not applied');
});

test('usage of several accounts is priced account by account: 9 at half of 0.06, 1 at its own 0.04', async () => {
  const workspace = await under(
    '*,*,Nova Lite,input,on_demand,*,50,,,,,',
    '000000000003,*,Nova Lite,input,on_demand,*,,0.04,1M tokens,,,',
  );
  const { before, answer } = await ask(workspace);
  expect(before).toEqual(exactly(9 * 0.03 + 0.04));
  // Batch has no rate: 0.30 at list. The part of the account is dearer there than 0.04 by nothing: 0.03.
  expect(answer.headlines.savingAtPrice).toEqual(exactly(0.31 - 0.3));
  // The moves of both stand in one row of the ledger, which names both prices.
  expect(answer.ledger[0]!.moved.map(({ sourceBefore }) => sourceBefore)).toEqual([
    expect.stringMatching(/row 1 · .*row 2|row 2 · .*row 1/u),
  ]);
});

test('capacity finds the hours of an account that is priced by itself', async () => {
  const workspace = await under('000000000003,*,Nova Lite,input,on_demand,*,,0.04,1M tokens,,,');
  const { answer } = await ask(workspace, {
    levers: [
      {
        kind: 'provisioned',
        id: 'units',
        units: 1,
        unitInputPerMinute: 1e6,
        unitOutputPerMinute: 1e6,
        usdPerUnitHour: { low: 1, base: 1, high: 1 },
      },
    ],
  });
  const [entry] = answer.ledger;
  expect(entry!.guards.map(({ code }) => code)).not.toContain('no_hours');
  expect(entry!.moved.reduce((total, { tokens }) => total + tokens, 0)).toBeCloseTo(10e6, 0);
});

test('a rate that starts within the days is a range between list and contract, its middle the base', async () => {
  const { before, from } = await ask(await under('*,*,Nova Lite,input,on_demand,*,50,,,2026-08-17,,'));
  expect(before).toEqual({
    low: expect.closeTo(0.3, 9),
    base: expect.closeTo(0.45, 9),
    high: expect.closeTo(0.6, 9),
  });
  expect(from).toContain('on some of the days; list on the others; a range');
});

test('without any rate the contract layer is list, and says so', async () => {
  const { before, answer } = await ask(await under());
  expect(before).toEqual(exactly(0.6));
  expect(answer.notes).toContain(
    'No contract rate is typed into the scenario and the workspace has none: all prices are list prices.',
  );
});

test('page, engine and command line give one answer under contract', async () => {
  const workspace = await under(
    '*,*,Nova Lite,input,on_demand,*,25,,,,,',
    '000000000003,*,Nova Lite,input,on_demand,*,,0.04,1M tokens,,,',
  );
  const { answer } = await ask(workspace);
  const file = workspace.write('batch.json', JSON.stringify(toBatch()));
  const parsed = await workspace.engine.call('scenario.save', { id: null, scenario: toBatch() });
  const baseline = await workspace.engine.call('scenario.baseline', {
    baseline: parsed.scenario.baseline,
    ...needsOf(parsed.scenario),
  });
  expect(evaluateScenario(parsed.scenario, baseline)).toEqual(answer);
  workspace.close();
  expect(
    published('scenario-answer', await assayOn(workspace.path)('scenario', 'run', file, '--json')),
  ).toEqual(answer);
});

test('the finder ranks by what the contract says where it is asked to, and names the layer of each price', async () => {
  // All of it runs at night. Batch saves 0.30 of 0.60 at list; under 60 % off on demand it would cost 0.06 more.
  const workspace = await under('*,*,Nova Lite,input,on_demand,*,60,,,,,');
  const find = (priceLayer: 'list' | 'contract') =>
    workspace.engine.call('levers.find', { period: AUGUST, priceLayer });
  const [atList, atContract] = [await find('list'), await find('contract')];
  expect([atList.priceLayer, atContract.priceLayer]).toEqual(['list', 'contract']);
  const [offered] = atList.opportunities.filter(({ rule }) => rule === 'batch-quiet');
  expect(offered?.savingAtPrice.base).toBeCloseTo(0.3, 9);
  expect(offered?.scenario.priceLayer).toBe('list');
  expect(offered?.evidence.map(({ basis }) => basis)).toContain('list price in the catalog');
  const told = atContract.lookedAt.find(({ rule }) => rule === 'batch-quiet');
  expect(told).toMatchObject({
    outcome: 'no_saving',
    because: expect.stringMatching(/^Under the contract it would cost more/u),
  });
  expect(told?.evidence[0]?.value).toBeCloseTo(-0.06, 9);
  expect(told?.evidence.map(({ basis }) => basis)).toContain('contract rate, else list price in the catalog');
  expect(atList.notes.join(' ')).toContain('The workspace has contract rates (version 1)');
  expect(atContract.notes.join(' ')).toContain('Prices are the contract rates of the workspace (version 1)');
});
