// The ledger drawn: a baseline of 100, batch saves 30 alone and 30 in order, caching 20 alone and 14 after batch.
import { expect, test } from 'vitest';
import type { LedgerEntry, Moved, ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import { movedGroups, waterfallOf } from '../../../src-renderer/screens/scenario/ledger-view.ts';

const band = (base: number, spread = 0) => ({ low: base - spread, base, high: base + spread });

function entry(leverId: string, alone: number, inOrder: number, enabled = true): LedgerEntry {
  return {
    leverId,
    kind: 'batch',
    label: leverId,
    enabled,
    alone: band(alone, 2),
    inOrder: band(inOrder, 2),
    interaction: band(inOrder - alone),
    moved: [],
    guards: [],
    facts: [],
  };
}

const ANSWER = {
  baseline: { atPrice: band(100) },
  after: band(56),
  ledger: [entry('batch', 30, 30), entry('caching', 20, 14), entry('off', 9, 0, false)],
} as unknown as ScenarioAnswer;

const edges = (order: 'alone' | 'inOrder') =>
  waterfallOf(ANSWER, order, ({ label }) => label).map(({ label, foot, head }) => [label, foot, head]);

test('in order the bars step down to what is left; a switched-off lever has none', () => {
  expect(edges('inOrder')).toEqual([
    ['Baseline', 0, 100],
    ['batch', 70, 100],
    ['caching', 56, 70],
    ['After', 0, 56],
  ]);
});

test('alone each hangs from the baseline, and the interaction shows what they take from each other', () => {
  expect(edges('alone')).toEqual([
    ['Baseline', 0, 100],
    ['batch', 70, 100],
    ['caching', 80, 100],
    ['Interaction', 100, 106],
    ['After', 0, 56],
  ]);
});

test('the whisker spans the saving’s low and high', () => {
  const steps = waterfallOf(ANSWER, 'inOrder', ({ label }) => label);
  expect(steps[1]?.whisker).toEqual([68, 72]);
});

test('moved tokens are gathered by meter and mode, most first', () => {
  const part = (model: string, fromMeter: string, tokens: number): Moved => ({
    model,
    region: 'us-east-1',
    fromMeter,
    fromMode: 'on_demand',
    toMeter: 'input',
    toMode: 'batch',
    tokens,
    costBefore: tokens * 2,
    costAfter: tokens,
    sourceBefore: 'a',
    sourceAfter: 'b',
  });
  const groups = movedGroups([part('A', 'input', 1), part('A', 'cache_read', 5), part('B', 'input', 3)]);
  expect(
    groups.map(({ fromMeter, tokens, costBefore, costAfter, parts }) => [
      fromMeter,
      tokens,
      costBefore,
      costAfter,
      parts.length,
    ]),
  ).toEqual([
    ['cache_read', 5, 10, 5, 1],
    ['input', 4, 8, 4, 2],
  ]);
});
