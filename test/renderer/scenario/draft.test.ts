// Editing a scenario: neutral defaults, an order that moves, ranges that stay ordered, steps that can be taken back.
import { describe, expect, test } from 'vitest';
import { scenario as scenarioSchema } from '../../../shared/contract/scenario.ts';
import { openQuestions } from '../../../shared/domain/whatif/open-questions.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import {
  type Edit,
  edited,
  newCommitment,
  newScenario,
} from '../../../src-renderer/screens/scenario/draft.ts';
import { record, redo, startHistory, undo } from '../../../src-renderer/screens/scenario/history.ts';
import {
  exactly,
  fromPosition,
  toPosition,
  withBound,
} from '../../../src-renderer/screens/scenario/range.ts';

const AUGUST = { from: '2026-08-01', to: '2026-08-31' };
const after = (...edits: Edit[]): Scenario => edits.reduce(edited, newScenario(AUGUST));
const order = ({ levers }: Scenario): string[] => levers.map(({ id }) => id);

describe('levers', () => {
  const three = after(
    { type: 'addLever', kind: 'batch' },
    { type: 'addLever', kind: 'caching' },
    { type: 'addLever', kind: 'batch' },
  );

  test('start neutral: nothing is eligible, nothing is a prefix, nothing hits', () => {
    expect(three.levers[0]).toMatchObject({ eligibleShare: { low: 0, base: 0, high: 0 } });
    expect(three.levers[1]).toMatchObject({
      prefixShare: { high: 0 },
      prefixTokens: null,
      arrival: { pattern: 'stated', hitShare: { high: 0 } },
    });
    expect(scenarioSchema.safeParse(three).success).toBe(true);
  });

  test('keep ids of their own, also after one was removed', () => {
    expect(order(three)).toEqual(['batch-1', 'caching-1', 'batch-2']);
    const again = edited(edited(three, { type: 'removeLever', id: 'batch-1' }), {
      type: 'addLever',
      kind: 'batch',
    });
    expect(order(again)).toEqual(['caching-1', 'batch-2', 'batch-1']);
  });

  test('move up and down and stop at the ends', () => {
    expect(order(edited(three, { type: 'placeLever', id: 'caching-1', to: 0 }))).toEqual([
      'caching-1',
      'batch-1',
      'batch-2',
    ]);
    expect(order(edited(three, { type: 'placeLever', id: 'caching-1', to: 2 }))).toEqual([
      'batch-1',
      'batch-2',
      'caching-1',
    ]);
    expect(edited(three, { type: 'placeLever', id: 'batch-2', to: 3 }).levers).toBe(three.levers);
  });

  test('a copy follows its original with the same parameters', () => {
    const shared = edited(three, {
      type: 'setLever',
      id: 'batch-1',
      part: { eligibleShare: { low: 0.2, base: 0.3, high: 0.4 } },
    });
    const copied = edited(shared, { type: 'duplicateLever', id: 'batch-1' });
    expect(order(copied)).toEqual(['batch-1', 'batch-3', 'caching-1', 'batch-2']);
    expect(copied.levers[1]).toMatchObject({ eligibleShare: { base: 0.3 } });
  });

  test.each([
    ['its kind’s name', null, ['Batch migration, copy', 'Batch migration, copy 2']],
    ['its own', 'Nightly reports', ['Nightly reports, copy', 'Nightly reports, copy 2']],
  ])('a copy is told from its original, and from another copy: %s', (_, label, names) => {
    const named = edited(three, { type: 'setLever', id: 'batch-1', part: { label } });
    const copied = edited(named, { type: 'duplicateLever', id: 'batch-1' });
    const again = edited(copied, { type: 'duplicateLever', id: 'batch-3' });
    expect(again.levers.map((lever) => lever.label)).toEqual([label, ...names, null, null]);
  });

  test('a field of another kind does not stick', () => {
    const wrong = edited(three, {
      type: 'setLever',
      id: 'batch-1',
      part: { prefixTokens: 2000, owner: 'Ada' },
    });
    expect(wrong.levers[0]).not.toHaveProperty('prefixTokens');
    expect(wrong.levers[0]).toMatchObject({ owner: 'Ada' });
  });
});

describe('commitment', () => {
  test('is absent until asked for, and its edits then change one thing', () => {
    expect(edited(newScenario(AUGUST), { type: 'setYear', part: { commit: 5 } }).commitment).toBeNull();
    const classes = [
      { lineClass: 'native', retires: true, discounted: true, inMarketplaceCap: false },
      { lineClass: 'marketplace', retires: true, discounted: false, inMarketplaceCap: true },
    ];
    const committed = after(
      { type: 'set', part: { commitment: newCommitment('2026-01-01', classes) } },
      { type: 'setYear', part: { commit: 20e6 } },
      { type: 'setClass', lineClass: 'marketplace', part: { retires: false } },
    );
    expect(committed.commitment?.year).toMatchObject({ commit: 20e6, discount: 0, marketplaceCap: 0.25 });
    expect(committed.commitment?.classes.map(({ retires }) => retires)).toEqual([true, false]);
    expect(scenarioSchema.safeParse(committed).success).toBe(true);
  });
});

test('what is not stated is asked, and no longer once it is', () => {
  const started = after({ type: 'addLever', kind: 'batch' }, { type: 'addLever', kind: 'caching' });
  expect(openQuestions(started).map(({ leverId }) => leverId)).toEqual([
    'batch-1',
    'caching-1',
    'caching-1',
    'caching-1',
  ]);
  const range = { low: 0.1, base: 0.2, high: 0.3 };
  const answered = [
    { type: 'setLever', id: 'batch-1', part: { eligibleShare: range } },
    {
      type: 'setLever',
      id: 'caching-1',
      part: { prefixShare: range, prefixTokens: 4000, arrival: { pattern: 'stated', hitShare: range } },
    },
  ] satisfies Edit[];
  expect(openQuestions(answered.reduce(edited, started))).toEqual([]);
  const off = edited(started, { type: 'setLever', id: 'caching-1', part: { enabled: false } });
  expect(openQuestions(off)).toHaveLength(1);
});

describe('ranges', () => {
  const range = { low: 0.2, base: 0.4, high: 0.6 };
  test.each([
    ['low', 0.5, { low: 0.5, base: 0.5, high: 0.6 }],
    ['low', 0.9, { low: 0.9, base: 0.9, high: 0.9 }],
    ['base', 0.1, { low: 0.1, base: 0.1, high: 0.6 }],
    ['base', 0.7, { low: 0.2, base: 0.7, high: 0.7 }],
    ['high', 0.3, { low: 0.2, base: 0.3, high: 0.3 }],
  ] as const)('moving %s to %d drags the others only as far as needed', (bound, value, expected) => {
    expect(withBound(range, bound, value)).toEqual(expected);
  });
});

describe('undo', () => {
  test('a dragged slider is one step; another field is another', () => {
    let history = startHistory('a');
    for (const [next, touched] of [
      ['b', 'share'],
      ['c', 'share'],
      ['d', 'owner'],
    ] as const) {
      history = record(history, next, touched);
    }
    expect(undo(history).present).toBe('c');
    expect(undo(undo(history)).present).toBe('a');
    expect(undo(undo(undo(history))).present).toBe('a');
    expect(redo(undo(undo(history))).present).toBe('c');
  });

  test('an edit after undo forgets what was undone', () => {
    const history = record(undo(record(startHistory('a'), 'b', null)), 'c', null);
    expect(redo(history).present).toBe('c');
    expect(undo(history).present).toBe('a');
  });
});

test('one value moves as one; a spread range stays spread', () => {
  expect(withBound(exactly(0), 'base', 0.3)).toEqual({ low: 0.3, base: 0.3, high: 0.3 });
  expect(withBound(exactly(0.3), 'high', 0.5)).toEqual({ low: 0.3, base: 0.3, high: 0.5 });
});

test('a slider of requests an hour can hit one and a thousand, and comes back where it was', () => {
  const scale = { max: 1000, step: 0.1, power: 4 };
  expect(fromPosition(toPosition(1, scale), scale)).toBe(1);
  expect(fromPosition(toPosition(640, scale), scale)).toBe(640);
  expect(toPosition(10, scale)).toBeCloseTo(0.316, 3);
  expect(toPosition(5000, scale)).toBe(1);
});
