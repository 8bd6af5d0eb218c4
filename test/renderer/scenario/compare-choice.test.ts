import { expect, test } from 'vitest';
import { scenario as scenarioSchema } from '../../../shared/contract/scenario.ts';
import {
  candidatesOf,
  chosenKeys,
  withChoice,
} from '../../../src-renderer/screens/scenario/compare-choice.ts';
import { newScenario } from '../../../src-renderer/screens/scenario/draft.ts';

const scenario = (name: string) =>
  scenarioSchema.parse({ ...newScenario({ from: '2026-10-01', to: '2026-10-31' }), name });
const saved = ['Plan', 'Plan', 'Other'].map((name, index) => ({
  id: index + 1,
  name,
  savedAt: `2026-11-0${index + 1}T00:00:00Z`,
  scenario: scenario(name),
}));
const candidates = candidatesOf(saved, scenario('Draft'), (savedAt) => savedAt.slice(0, 10));

test('the draft comes first, and two scenarios of one name can be told apart', () => {
  expect(candidates.map(({ key, label }) => [key, label])).toEqual([
    ['draft', 'Draft (on the screen)'],
    ['1', 'Plan, 2026-11-01 (#1)'],
    ['2', 'Plan, 2026-11-02 (#2)'],
    ['3', 'Other'],
  ]);
});

test('an address names up to four, each once; without one, the first two', () => {
  expect(chosenKeys('', candidates)).toEqual(['draft', '1']);
  expect(chosenKeys('3,1,3,9', candidates)).toEqual(['3', '1']);
  expect(chosenKeys('1,2,3,draft', candidates)).toEqual(['1', '2', '3', 'draft']);
});

test('a slot is changed, emptied, or exchanged with the one that has the scenario already', () => {
  expect(withChoice(['1', '2'], 1, '3')).toEqual(['1', '3']);
  expect(withChoice(['1', '2'], 2, '3')).toEqual(['1', '2', '3']);
  expect(withChoice(['1', '2', '3'], 0, '3')).toEqual(['3', '2', '1']);
  expect(withChoice(['1', '2', '3'], 2, null)).toEqual(['1', '2']);
  expect(withChoice(['1'], 1, '1')).toEqual(['1']);
});
