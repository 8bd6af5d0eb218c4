// Answers to a scenario from a thread of their own: the newest question is answered next, those it overtook never.
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';
import type { Extent, Question, Reply } from './evaluator-worker.ts';

/** The part of a thread that is used; tests give their own. */
export type Thread = Pick<Worker, 'postMessage' | 'terminate'> & {
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

export type Asked = {
  readonly scenario: Scenario;
  readonly baseline: ScenarioBaseline;
  /** Levers whose rows are on the screen. */
  readonly withRows: readonly string[];
};
export type Answered = Asked & Reply;

export type Evaluator = {
  /** Takes the place of what was asked before and is not begun. What was asked last is not asked again. */
  readonly ask: (asked: Asked) => void;
  readonly close: () => void;
};

/** One thread for one extent: the base case must not wait for the ranges of the movement before. */
export function createEvaluator(
  extent: Extent,
  thread: Thread,
  onAnswer: (answered: Answered) => void,
): Evaluator {
  let running: Asked | null = null;
  let next: Asked | null = null;
  let sent: ScenarioBaseline | null = null;
  let newest: Asked | null = null;
  const begin = (): void => {
    if (running !== null || next === null) return;
    [running, next] = [next, null];
    const { scenario, baseline, withRows } = running;
    const question: Question = { scenario, extent, baseline: baseline === sent ? null : baseline, withRows };
    sent = baseline;
    thread.postMessage(question);
  };
  const end = (reply: Reply): void => {
    const asked = running;
    running = null;
    begin();
    if (asked !== null) onAnswer({ ...asked, ...reply });
  };
  thread.onmessage = ({ data }) => end(data);
  thread.onerror = ({ message }) =>
    end({ failure: message || 'The scenario’s thread could not be started.' });
  return {
    ask(asked) {
      if (newest?.scenario === asked.scenario && newest.baseline === asked.baseline) return;
      newest = asked;
      next = asked;
      begin();
    },
    close: () => thread.terminate(),
  };
}

export const newThread = (): Thread =>
  new Worker(new URL('./evaluator-worker.ts', import.meta.url), { type: 'module', name: 'scenario' });
