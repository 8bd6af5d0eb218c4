// The choices of the savings screen stand in the address; a finding's usage keeps the filters of the screen.
import { expect, test } from 'vitest';
import { openAsScenario, takeScenario } from '../../../src-renderer/app/scenario-handover.ts';
import {
  joinedWhere,
  readSavingsState,
  type SavingsState,
  workloadOf,
  writeSavingsState,
} from '../../../src-renderer/screens/savings/savings-state.ts';
import { scenario } from '../../domain/whatif/bill.ts';

test.each<SavingsState>([
  { view: 'found', open: null, split: 'auto', terms: null, prices: 'list', zone: 'UTC' },
  {
    view: 'looked',
    open: 'batch-jobs:x',
    split: 'tag:user:team',
    terms: 7,
    prices: 'contract',
    zone: 'Europe/Berlin',
  },
  { view: 'rules', open: null, split: 'none', terms: null, prices: 'list', zone: 'UTC' },
])('%o survives the address', (state) => {
  const own = Object.entries(writeSavingsState(state)).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  expect(readSavingsState(Object.fromEntries(own))).toEqual(state);
});

test('what the address does not say right falls back', () => {
  expect(
    readSavingsState({ view: 'x', split: 'bananas', terms: '-1', zone: 'Europe/Atlantis', prices: 'x' }),
  ).toEqual({
    view: 'found',
    open: null,
    split: 'auto',
    terms: null,
    prices: 'list',
    zone: 'UTC',
  });
  expect([workloadOf('none'), workloadOf('auto'), workloadOf('account')]).toEqual([null, 'auto', 'account']);
});

test('a filter that the screen and the finding share stands once', () => {
  const model = { dimension: 'model', operator: '=', values: ['Nova Lite'] } as const;
  const team = { dimension: 'tag:team', operator: '=', values: ['Legal'] } as const;
  expect(joinedWhere([team, model], [{ ...model }])).toEqual([team, model]);
});

test('a scenario is handed over once', () => {
  Object.assign(globalThis, { window: { location: { hash: '#/savings' } } });
  const made = scenario([]);
  openAsScenario(made);
  expect(takeScenario()).toBe(made);
  expect(takeScenario()).toBeNull();
  expect(globalThis.window.location.hash).toBe('#/scenario');
  Reflect.deleteProperty(globalThis, 'window');
});
