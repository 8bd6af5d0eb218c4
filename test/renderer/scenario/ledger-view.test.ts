// The ledger drawn: a baseline of 100, batch saves 30 alone and 30 in order, caching 20 alone and 14 after batch.
import { expect, test } from 'vitest';
import { waterfallOf } from '../../../shared/charts/ledger-waterfall.ts';
import type { Fact, Guard, LedgerLine, LiveAnswer, Moved } from '../../../shared/domain/whatif/answer.ts';
import { factTable, guardGroups, movedGroups } from '../../../src-renderer/screens/scenario/ledger-view.ts';

const band = (base: number, spread = 0) => ({ low: base - spread, base, high: base + spread });

function entry(leverId: string, alone: number, inOrder: number, enabled = true): LedgerLine {
  return {
    leverId,
    kind: 'batch',
    label: leverId,
    enabled,
    missing: [],
    isPartial: false,
    alone: band(alone, 2),
    inOrder: band(inOrder, 2),
    interaction: band(inOrder - alone),
    movedTokens: 0,
    refusedTokens: null,
    reasons: [],
    rows: null,
  };
}

const ANSWER = {
  baseline: { atPrice: band(100) },
  after: band(56),
  ledger: [entry('batch', 30, 30), entry('caching', 20, 14), entry('off', 9, 0, false)],
} as unknown as LiveAnswer;

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

test('a lever without a figure has no bar, and with neither end known there is none at all', () => {
  const unstated = { ...entry('routing', 0, 0), missing: ['State it.'], alone: null, inOrder: null };
  const ledger = [...ANSWER.ledger, { ...unstated, interaction: null }];
  const drawn = (answer: LiveAnswer) => waterfallOf(answer, 'inOrder', ({ label }) => label);
  expect(drawn({ ...ANSWER, ledger }).map(({ label }) => label)).toEqual([
    'Baseline',
    'batch',
    'caching',
    'After',
  ]);
  expect(drawn({ ...ANSWER, after: null })).toEqual([]);
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
    toModel: model,
    toPlace: 'us-east-1',
    toMeter: 'input',
    toMode: 'batch',
    tokens,
    tokensAfter: tokens,
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

test('guards are gathered by what they say; an unknown cost is not counted as nothing', () => {
  const guard = (message: string, refused: boolean, tokens: number, cost: number | null): Guard => ({
    code: message,
    message,
    refused,
    model: 'A',
    region: null,
    meter: null,
    tokens,
    cost,
  });
  const groups = guardGroups([
    guard('streams', false, 9, 4),
    guard('no price', true, 2, null),
    guard('no price', true, 3, 1),
    guard('streams', false, 1, 1),
  ]);
  expect(groups.map(({ message, tokens, cost, parts }) => [message, tokens, cost, parts.length])).toEqual([
    ['no price', 5, null, 2],
    ['streams', 10, 5, 2],
  ]);
});

test('facts stand in a table by model; a shared note is said once', () => {
  const fact = (name: string, model: string | null, value: number, note: string | null): Fact => ({
    name,
    model,
    value,
    unit: 'ratio',
    note,
  });
  const table = factTable([
    fact('in batch', null, 1, null),
    fact('read share', 'A', 0.4, null),
    fact('break-even', 'A', 0.5, 'of input'),
    fact('break-even', 'B', 0.6, 'of input'),
  ]);
  expect(table.general.map(({ name }) => name)).toEqual(['in batch']);
  expect(table.names).toEqual([
    { name: 'read share', note: null },
    { name: 'break-even', note: 'of input' },
  ]);
  expect(table.rows.map(({ model, facts }) => [model, facts.map((one) => one?.value ?? null)])).toEqual([
    ['A', [0.4, 0.5]],
    ['B', [null, 0.6]],
  ]);
});
