// Who is answered when a scenario moves faster than it is computed, and which figures stand on the screen meanwhile.
import { expect, test } from 'vitest';
import type { LiveAnswer } from '../../../shared/domain/whatif/answer.ts';
import { evaluateInLines } from '../../../shared/domain/whatif/pipeline.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { prepareBaseline } from '../../../shared/domain/whatif/vectors.ts';
import { newScenario } from '../../../src-renderer/screens/scenario/draft.ts';
import {
  type Answered,
  type Asked,
  createEvaluator,
  type Thread,
} from '../../../src-renderer/screens/scenario/evaluator.ts';
import type { Answer, Question, Reply } from '../../../src-renderer/screens/scenario/evaluator-worker.ts';
import { shownOf } from '../../../src-renderer/screens/scenario/use-answer.ts';
import { batch, bill, MILLION, scenario, usage } from '../../domain/whatif/bill.ts';

const baseline = bill([usage('chat', { tokens: { input: 100 * MILLION, output: 10 * MILLION } })]);
const other = { ...baseline };
const movedTo = (share: number): Scenario => scenario([batch(share)]);
const answerTo = (asked: Scenario): LiveAnswer => evaluateInLines(asked, baseline);

/** A thread that answers when it is told to. */
function heldThread() {
  const questions: Question[] = [];
  const thread: Thread = {
    postMessage: (question: Question) => questions.push(question),
    terminate: () => undefined,
    onmessage: null,
    onerror: null,
  };
  const reply = (answer: Answer): void => {
    const data: Reply = { ...answer, prepared: null };
    thread.onmessage?.({ data } as MessageEvent<Reply>);
  };
  return { thread, questions, reply };
}

test('what a movement overtook is never computed; the newest is, and each answer says what it is of', () => {
  const { thread, questions, reply } = heldThread();
  const answers: Answered[] = [];
  const evaluator = createEvaluator('base', thread, (answered) => answers.push(answered));
  const [first, second, third] = [movedTo(0.1), movedTo(0.2), movedTo(0.3)];
  for (const asked of [first, second, third]) evaluator.ask({ scenario: asked, baseline, withRows: [] });
  expect(questions.map((question) => question.scenario)).toEqual([first]);
  reply({ answer: answerTo(first) });
  reply({ answer: answerTo(third) });
  expect(questions.map((question) => question.scenario)).toEqual([first, third]);
  expect(answers.map((answered) => answered.scenario)).toEqual([first, third]);
});

test('what was asked when the hand moved is not asked again when the draft is drawn', () => {
  const { thread, questions, reply } = heldThread();
  const evaluator = createEvaluator('base', thread, () => undefined);
  const [first, second] = [movedTo(0.1), movedTo(0.2)];
  for (const asked of [first, first]) evaluator.ask({ scenario: asked, baseline, withRows: [] });
  reply({ answer: answerTo(first) });
  evaluator.ask({ scenario: first, baseline, withRows: [] });
  expect(questions.map((question) => question.scenario)).toEqual([first]);
  // An undo asks for what was asked before the last movement.
  for (const asked of [second, first]) {
    evaluator.ask({ scenario: asked, baseline, withRows: [] });
    reply({ answer: answerTo(asked) });
  }
  expect(questions.map((question) => question.scenario)).toEqual([first, second, first]);
});

test('what the page answers itself overtakes what the thread still computes', () => {
  const { thread, questions, reply } = heldThread();
  const answers: Answered[] = [];
  const [first, second, third, fourth] = [movedTo(0.1), movedTo(0.2), movedTo(0.3), movedTo(0.4)];
  const page = { answer: ({ scenario: of }: Asked) => (of === third ? answerTo(third) : null) };
  const evaluator = createEvaluator('base', thread, (answered) => answers.push(answered), page);
  const asked = (of: Scenario): Asked => ({ scenario: of, baseline, withRows: [] });
  expect(evaluator.ask(asked(first))).toBeNull();
  expect(evaluator.ask(asked(second))).toBeNull();
  expect(evaluator.ask(asked(third))).toEqual(answerTo(third));
  expect(evaluator.ask(asked(third))).toBeNull();
  reply({ answer: answerTo(first) });
  expect(answers).toEqual([]);
  expect(evaluator.ask(asked(fourth))).toBeNull();
  reply({ answer: answerTo(fourth) });
  expect(questions.map((question) => question.scenario)).toEqual([first, fourth]);
  expect(answers.map((answered) => answered.scenario)).toEqual([fourth]);
});

test('the vectors that a thread gathered are not gathered again here', () => {
  const { thread } = heldThread();
  const whole = { ...baseline };
  const prepared = structuredClone(baseline.vectors);
  createEvaluator('base', thread, () => undefined).ask({
    scenario: movedTo(0.1),
    baseline: whole,
    withRows: [],
  });
  thread.onmessage?.({ data: { failure: 'not looked at', prepared } } as MessageEvent<Reply>);
  expect(prepareBaseline(whole).vectors).toBe(prepared);
});

test('the baseline goes over once, and again when it is another', () => {
  const { thread, questions, reply } = heldThread();
  const evaluator = createEvaluator('all', thread, () => undefined);
  for (const asked of [baseline, baseline, other]) {
    evaluator.ask({ scenario: movedTo(0.1), baseline: asked, withRows: [] });
    reply({ failure: 'not looked at' });
  }
  expect(questions.map((question) => question.baseline)).toEqual([baseline, null, other]);
});

test('a thread that breaks says so, and the next question is asked all the same', () => {
  const { thread, questions } = heldThread();
  const answers: Answered[] = [];
  const evaluator = createEvaluator('base', thread, (answered) => answers.push(answered));
  evaluator.ask({ scenario: movedTo(0.1), baseline, withRows: [] });
  thread.onerror?.({ message: 'out of memory' } as ErrorEvent);
  evaluator.ask({ scenario: movedTo(0.2), baseline, withRows: [] });
  expect(answers).toMatchObject([{ failure: 'out of memory' }]);
  expect(questions).toHaveLength(2);
});

test('while something moves, ranges of what rested before are not mixed with figures of now', () => {
  const [before, now] = [movedTo(0.1), movedTo(0.2)];
  const rested = { answer: answerTo(before), of: before, on: baseline };
  const live = { answer: answerTo(now), of: now, on: baseline };
  const moving = shownOf({ live, rested }, now);
  expect(moving).toMatchObject({ answered: now, rested: { of: before, on: baseline } });
  expect(moving.answer?.headlines).toEqual(live.answer.headlines);
  expect(moving.answer?.ledger).toEqual(live.answer.ledger);
  const settled = { answer: answerTo(now), of: now, on: baseline };
  expect(shownOf({ live, rested: settled }, now)).toEqual({
    answer: settled.answer,
    answered: now,
    rested: settled,
  });
});

test('what rested over another baseline gives nothing to the figures of this one', () => {
  const [before, now] = [movedTo(0.1), newScenario(baseline.period)];
  const live = { answer: answerTo(now), of: now, on: baseline };
  const shown = shownOf({ live, rested: { answer: answerTo(before), of: before, on: other } }, now);
  expect(shown).toEqual({ answer: live.answer, answered: now, rested: live });
});

test('what rested stays with the baseline read for it while the next scenario, of other scopes, is read', () => {
  const rested = { answer: answerTo(movedTo(0.1)), of: movedTo(0.1), on: baseline };
  const next = scenario([
    batch(0.1, { scope: [{ dimension: 'model', operator: '=', values: ['Nova Lite'] }] }),
  ]);
  expect(shownOf({ live: rested, rested }, next).rested).toBe(rested);
});
