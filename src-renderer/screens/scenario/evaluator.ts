// Answers to a scenario from a thread of their own: the newest question is answered next, those it overtook never. What the page
// answers itself overtakes them all.
import type { LiveAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { type ScenarioBaseline, takePrepared } from '../../../shared/domain/whatif/vectors.ts';
import type { Answer, Extent, Question, Reply } from './evaluator-worker.ts';
import type { PageEvaluator } from './page-evaluator.ts';

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
export type Answered = Asked & Answer;

export type Evaluator = {
  /**
   * Takes the place of what was asked before and is not begun. What was asked last is not asked again. Answers where the
   * page does so at once, and what was asked before is then answered no more; else null, and the thread will.
   */
  readonly ask: (asked: Asked) => LiveAnswer | null;
  readonly close: () => void;
};

/** One thread for one extent: the base case must not wait for the ranges of the movement before. */
export function createEvaluator(
  extent: Extent,
  thread: Thread,
  onAnswer: (answered: Answered) => void,
  page: Pick<PageEvaluator, 'answer'> | null = null,
): Evaluator {
  let running: Asked | null = null;
  let overtaken: Asked | null = null;
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
  const end = ({ prepared, ...answer }: Reply): void => {
    const asked = running;
    running = null;
    begin();
    if (asked === null) return;
    if (prepared !== null) takePrepared(asked.baseline, prepared);
    if (asked !== overtaken) onAnswer({ ...asked, ...answer });
  };
  thread.onmessage = ({ data }) => end(data);
  thread.onerror = ({ message }) =>
    end({ failure: message || 'The scenario’s thread could not be started.', prepared: null });
  return {
    ask(asked) {
      if (newest?.scenario === asked.scenario && newest.baseline === asked.baseline) return null;
      newest = asked;
      const answer = page?.answer(asked) ?? null;
      if (answer !== null) [next, overtaken] = [null, running];
      else {
        next = asked;
        begin();
      }
      return answer;
    },
    close: () => thread.terminate(),
  };
}

export const newThread = (): Thread =>
  new Worker(new URL('./evaluator-worker.ts', import.meta.url), { type: 'module', name: 'scenario' });
