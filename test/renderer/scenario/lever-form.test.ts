// Every lever can be added, is neutral, and every parameter it has can be edited.
import { describe, expect, test } from 'vitest';
import { scenario as scenarioSchema } from '../../../shared/contract/scenario.ts';
import { NEW_LEVERS } from '../../../shared/domain/whatif/new-levers.ts';
import { openQuestions } from '../../../shared/domain/whatif/open-questions.ts';
import { LEVER_KINDS, type Lever } from '../../../shared/domain/whatif/scenario.ts';
import { runsOf, runsText } from '../../../src-renderer/screens/scenario/agent-runs.ts';
import { edited, newScenario } from '../../../src-renderer/screens/scenario/draft.ts';
import { type Field, labelOf } from '../../../src-renderer/screens/scenario/lever-field.ts';
import { FORMS } from '../../../src-renderer/screens/scenario/lever-form.ts';

const COMMON = new Set(Object.keys(NEW_LEVERS.batch).filter((key) => key in NEW_LEVERS.trimming));
const empty = newScenario({ from: '2026-10-01', to: '2026-10-31' });

test.each(LEVER_KINDS)('%s is added as a valid lever, and what it lacks is asked for', (kind) => {
  const added = edited(empty, { type: 'addLever', kind });
  expect(scenarioSchema.parse(added)).toEqual(added);
  expect(openQuestions(added)).not.toEqual([]);
});

test.each(Object.entries(FORMS))('every parameter of %s has a field', (kind, fields) => {
  const own = Object.keys(NEW_LEVERS[kind as keyof typeof FORMS]).filter((key) => !COMMON.has(key));
  const edited = new Set(fields.map(({ key }) => key as string));
  // Targets have a component of their own.
  expect(own.filter((key) => !edited.has(key))).toEqual(kind === 'routing' ? ['targets'] : []);
});

test('amounts of money say their currency, and nothing else does', () => {
  const priced = Object.values(FORMS).flatMap((fields) =>
    (fields as readonly Field<Lever>[])
      .map((field) => labelOf(field, 'EUR'))
      .filter((label) => /, EUR$/u.test(label)),
  );
  expect(priced).toEqual([
    'Most a request may cost, EUR',
    'Router cost a month, EUR',
    'Price of a unit’s hour, EUR',
    'Price of an hour of 1K input tokens a minute, EUR',
    'Price of an hour of 1K output tokens a minute, EUR',
    'Traffic elsewhere a month, EUR',
    'Price of 1M input tokens, EUR',
    'Price of 1M output tokens, EUR',
    'Price of a unit’s hour, EUR',
    'Price of a unit’s minute, EUR',
    'Storage a month, EUR',
    'Teacher input price, 1M tokens, EUR',
    'Teacher output price, 1M tokens, EUR',
    'Training price, 1M tokens, EUR',
    'Software fee an hour, EUR',
    'Infrastructure an hour, EUR',
    'Price of 1,000 text units, EUR',
    'Alternative a month, EUR',
  ]);
});

describe('calls a run', () => {
  test('are written and read back', () => {
    const runs = [
      { calls: 2, weight: 5 },
      { calls: 12, weight: 0.5 },
    ];
    expect(runsText(runs)).toBe('2:5, 12:0.5');
    expect(runsOf('2:5, 12:0.5')).toEqual(runs);
    expect(runsOf(' 3 , 8 : 2 ')).toEqual([
      { calls: 3, weight: 1 },
      { calls: 8, weight: 2 },
    ]);
  });

  test.each(['', 'a', '0:1', '2:-1', '2:1, x', '2:0'])('“%s” is not a distribution', (text) => {
    expect(runsOf(text)).toBeNull();
  });
});
