import { expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/methods.ts';
import { testWorkspace } from '../import/workspace.ts';

const SCENARIO: Input<'scenario.run'>['scenario'] = {
  schemaVersion: 1,
  name: 'Half in batch',
  baseline: { period: { from: '2026-10-01', to: '2026-10-31' } },
  levers: [{ kind: 'batch', id: 'b', eligibleShare: { low: 0.4, base: 0.5, high: 0.6 } }],
};

test('scenarios are kept, changed under their id, listed last saved first, and deleted', async () => {
  const { engine } = testWorkspace();
  const first = await engine.call('scenario.save', { id: null, scenario: SCENARIO });
  const second = await engine.call('scenario.save', { id: null, scenario: { ...SCENARIO, name: 'Other' } });
  expect(first.id).not.toBe(second.id);
  await engine.call('scenario.save', { id: first.id, scenario: { ...SCENARIO, name: 'Renamed', note: 'n' } });
  const { scenarios } = await engine.call('scenario.list', {});
  expect(scenarios.map(({ id, name }) => [id, name])).toEqual([
    [second.id, 'Other'],
    [first.id, 'Renamed'],
  ]);
  expect(scenarios[1]!.scenario).toMatchObject({ name: 'Renamed', note: 'n', levers: [{ kind: 'batch' }] });
  await engine.call('scenario.delete', { id: first.id });
  expect((await engine.call('scenario.list', {})).scenarios.map(({ id }) => id)).toEqual([second.id]);
});

test('what is not there can neither be replaced nor deleted', async () => {
  const { engine } = testWorkspace();
  await expect(engine.call('scenario.save', { id: 7, scenario: SCENARIO })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(engine.call('scenario.delete', { id: 7 })).rejects.toMatchObject({ code: 'not_found' });
});

test('a saved scenario this version cannot read is named, not dropped', async () => {
  const workspace = testWorkspace();
  await workspace.engine.call('scenario.save', { id: null, scenario: SCENARIO });
  const db = workspace.rows();
  db.exec(`UPDATE scenario SET definition = json_set(definition, '$.levers[0].kind', 'teleport')`);
  const { keptScenarios } = await import('../../../src-main/engine/scenario/keep.ts');
  expect(() => keptScenarios(db)).toThrow(/Half in batch.*levers\.0/su);
});

test.each([
  [
    'ranges in order',
    { levers: [{ kind: 'batch', id: 'b', eligibleShare: { low: 0.6, base: 0.5, high: 0.4 } }] },
  ],
  [
    'shares up to 1',
    { levers: [{ kind: 'batch', id: 'b', eligibleShare: { low: 0, base: 0.5, high: 1.1 } }] },
  ],
  ['levers with ids of their own', { levers: [...SCENARIO.levers, ...SCENARIO.levers] }],
  ['known levers', { levers: [{ kind: 'teleport', id: 'b' }] }],
  ['a horizon', { horizon: { months: 0 } }],
])('a scenario must have %s', async (_name, parts) => {
  const { engine } = testWorkspace();
  const scenario = { ...SCENARIO, ...parts } as typeof SCENARIO;
  await expect(engine.call('scenario.run', { scenario })).rejects.toMatchObject({ code: 'invalid_input' });
});
