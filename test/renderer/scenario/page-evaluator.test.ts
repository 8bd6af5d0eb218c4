// When the page computes a movement itself: after it was rehearsed while the window was idle, and for as long as it is quick.
import { expect, test } from 'vitest';
import { evaluateLive } from '../../../shared/domain/whatif/pipeline.ts';
import type { Lever, Scenario } from '../../../shared/domain/whatif/scenario.ts';
import {
  createPageEvaluator,
  type Idle,
  QUICK_MILLISECONDS,
} from '../../../src-renderer/screens/scenario/page-evaluator.ts';
import { batch, bill, caching, exactly, MILLION, scenario, usage } from '../../domain/whatif/bill.ts';

const baseline = bill(
  ['chat', 'search'].map((id) =>
    usage(id, { tokens: { input: 100 * MILLION, output: 10 * MILLION }, vector: { region: id } }),
  ),
);
const at = (share: number, parts: Partial<Scenario> = {}): Scenario =>
  scenario([batch(share), caching(0.5, 0.8)], parts);
const asked = (of: Scenario, on = baseline) => ({ scenario: of, baseline: on, withRows: [] });

/** A window whose idle time and clock the test keeps; each piece and each answer takes as long as it says. */
function keptWindow() {
  let clock = 0;
  let read = 0;
  const waiting = new Set<(hasTime: () => boolean) => void>();
  const window = { takes: 1, pieces: 0 };
  const idle: Idle = {
    // Read before and after each piece.
    now: () => {
      read += 1;
      if (read % 2 === 0) clock += window.takes;
      return clock;
    },
    whenIdle: (work) => {
      waiting.add(work);
      return () => void waiting.delete(work);
    },
  };
  /** One piece an idle period, so many of them. */
  const idleFor = (periods: number): void => {
    for (let period = 0; period < periods && waiting.size > 0; period += 1) {
      const [work] = waiting;
      waiting.clear();
      window.pieces += 1;
      work?.(() => false);
    }
  };
  return { idle, idleFor, window };
}
const ALL = 1000;

function readyFor(rested: Scenario) {
  const kept = keptWindow();
  const page = createPageEvaluator(kept.idle);
  page.rehearse(asked(rested));
  kept.idleFor(ALL);
  return { ...kept, page };
}

test('it answers movements of what was rehearsed to its end, as the thread would', () => {
  const { idle, idleFor, window } = keptWindow();
  const page = createPageEvaluator(idle);
  expect(page.answer(asked(at(0.1)))).toBeNull();
  page.rehearse(asked(at(0.1)));
  expect(window.pieces).toBe(0);
  idleFor(ALL);
  expect(window.pieces).toBeGreaterThan(6);
  for (const share of [0.1, 0.2, 0.3])
    expect(page.answer(asked(at(share)))).toEqual(evaluateLive(at(share), structuredClone(baseline)));
});

test('a movement calls a rehearsal off; it begins again at the next rest', () => {
  const { idle, idleFor, window } = keptWindow();
  const page = createPageEvaluator(idle);
  page.rehearse(asked(at(0.1)));
  idleFor(3);
  expect(page.answer(asked(at(0.2)))).toBeNull();
  idleFor(ALL);
  expect(window.pieces).toBe(3);
  page.rehearse(asked(at(0.2)));
  idleFor(ALL);
  expect(page.answer(asked(at(0.3)))).not.toBeNull();
});

test('whatever is no number of a lever needs a rehearsal of its own; a name and a note need none', () => {
  const { page } = readyFor(at(0.1));
  const growth = [{ scope: [], perMonth: exactly(0.02), onceFrom: null }];
  for (const other of [
    at(0.1, { priceLayer: 'effective' }),
    at(0.1, { hoursPerMonth: 720 }),
    at(0.1, { growth }),
    scenario([batch(0.1)]),
    scenario([batch(0.1, { enabled: false }), caching(0.5, 0.8)]),
    scenario([batch(0.1, { startMonth: '2027-01' }), caching(0.5, 0.8)]),
  ])
    expect(page.answer(asked(other))).toBeNull();
  expect(page.answer(asked(at(0.1), { ...baseline }))).toBeNull();
  expect(page.answer(asked(at(0.2, { name: 'Batch', note: 'Asked by the team.' })))).not.toBeNull();
});

test('two slow answers in a row leave that lever to the thread, not the others; a rehearsal at rest takes it back', () => {
  const { page, window, idleFor } = readyFor(at(0.1));
  let { levers } = at(0.1);
  const answerTo = (one: Lever, takes: number) => {
    levers = levers.map((other) => (other.id === one.id ? one : other));
    window.takes = takes;
    return page.answer(asked(scenario(levers)));
  };
  const slow = QUICK_MILLISECONDS + 1;
  expect(page.answer(asked(scenario(levers)))).not.toBeNull();
  for (const takes of [slow, 1, slow, slow]) expect(answerTo(batch(takes / 100), takes)).not.toBeNull();
  expect(answerTo(batch(0.6), 1)).toBeNull();
  expect(answerTo(caching(0.4, 0.8), 1)).not.toBeNull();
  expect(answerTo(batch(0.7), 1)).toBeNull();
  page.rehearse(asked(scenario(levers)));
  idleFor(ALL);
  expect(answerTo(batch(0.8), 1)).not.toBeNull();
});

test('a lever whose movements are slow at rest is left to the thread from the start, after three tries for good', () => {
  const { idle, idleFor, window } = keptWindow();
  const page = createPageEvaluator(idle);
  window.takes = QUICK_MILLISECONDS + 1;
  for (let rest = 0; rest < 5; rest += 1) {
    page.rehearse(asked(at(rest / 10)));
    idleFor(ALL);
    if (rest === 2) window.takes = 1;
  }
  expect(page.answer(asked(at(0.9)))).toBeNull();
});

test('pieces that take long, singly or together, end the rehearsal: so much usage is not for the page', () => {
  const { idle, idleFor, window } = keptWindow();
  const page = createPageEvaluator(idle);
  window.takes = 51;
  page.rehearse(asked(at(0.1)));
  idleFor(ALL);
  expect(window.pieces).toBe(2);
  const many = bill(
    Array.from({ length: 2000 }, (_, index) =>
      usage(`v${index}`, { tokens: { input: 1 }, vector: { region: `r${index}` } }),
    ),
  );
  window.takes = 2;
  page.rehearse(asked(at(0.1), many));
  idleFor(ALL);
  expect(window.pieces).toBe(2 + 101);
  expect(page.answer(asked(at(0.2), many))).toBeNull();
});

test('what cannot be computed is the thread’s to say', () => {
  const { page } = readyFor(at(0.1));
  const scope = [{ dimension: 'model' as const, operator: '=' as const, values: ['Nova Lite'] }];
  const unknown = scenario([batch(0.1, { scope })]);
  const other = createPageEvaluator(keptWindow().idle);
  other.rehearse(asked(unknown));
  expect(other.answer(asked(unknown))).toBeNull();
  expect(page.answer(asked(unknown))).toBeNull();
});
