// Follows the answer to a question as a transition: React draws it in slices between which the window hears keys and
// clicks. The query library's own hook makes every answer an urgent update, drawn in one go: after an import, when a
// screen gets all its answers at once, the window stood still for as long.
import { notifyManager, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { startTransition, useEffect, useReducer, useState } from 'react';

/** What this needs of a query observer, with one page or many. */
type Observer<Options, Answer> = {
  setOptions(options: Options): void;
  getOptimisticResult(options: Options): Answer;
  /** The same answer, which remembers what is read of it: a change of another part draws nothing again. */
  trackResult(answer: Answer): unknown;
  subscribe(listener: () => void): () => void;
  updateResult(): void;
};

/** `optionsFor` gives the question with the client's defaults; `observe` is asked once, when the component comes up. */
export function useFollowed<Options, Answer>(
  optionsFor: (client: QueryClient) => Options,
  observe: (client: QueryClient, options: Options) => Observer<Options, Answer>,
): Answer {
  const client = useQueryClient();
  const options = optionsFor(client);
  const [observer] = useState(() => observe(client, options));
  const [, drawAgain] = useReducer((times: number) => times + 1, 0);
  const answer = observer.getOptimisticResult(options);
  useEffect(() => observer.setOptions(options), [observer, options]);
  useEffect(() => {
    const stop = observer.subscribe(notifyManager.batchCalls(() => startTransition(drawAgain)));
    // What came between the drawing and this moment was heard by nobody.
    observer.updateResult();
    return stop;
  }, [observer]);
  return observer.trackResult(answer) as Answer;
}
