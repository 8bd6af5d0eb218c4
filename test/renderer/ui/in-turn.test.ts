import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inTurn } from '../../../src-renderer/ui/in-turn.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('each piece of work has a task of its own, in the order asked for', () => {
  const done: string[] = [];
  for (const name of ['trend', 'composition', 'models']) inTurn(() => done.push(name));
  expect(done).toEqual([]);
  vi.advanceTimersToNextTimer();
  expect(done).toEqual(['trend']);
  vi.advanceTimersToNextTimer();
  expect(done).toEqual(['trend', 'composition']);
  vi.runAllTimers();
  expect(done).toEqual(['trend', 'composition', 'models']);
});

test('what is called off is not done, and what fails does not hold up the next', () => {
  const done: string[] = [];
  const callOff = inTurn(() => done.push('gone'));
  inTurn(() => {
    throw new Error('no room to draw');
  });
  inTurn(() => done.push('stays'));
  callOff();
  expect(() => vi.advanceTimersToNextTimer()).toThrow('no room to draw');
  vi.runAllTimers();
  expect(done).toEqual(['stays']);
  inTurn(() => done.push('later'));
  vi.runAllTimers();
  expect(done).toEqual(['stays', 'later']);
});
