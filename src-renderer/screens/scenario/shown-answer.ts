// The answer on the screen, for the small parts of the inputs that show a figure of it: they change while the fields around
// them stand. A context's value would have every field searched for readers with each movement of a slider.
import { createContext, use, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type { LedgerLine, LiveAnswer } from '../../../shared/domain/whatif/answer.ts';

type ShownAnswer = {
  readonly subscribe: (changed: () => void) => () => void;
  readonly now: () => LiveAnswer | null;
};

export const ShownAnswerContext = createContext<ShownAnswer>({
  subscribe: () => () => undefined,
  now: () => null,
});

/** What to hand down: one object for as long as the screen stands, told of each answer as it is drawn. */
export function useShowAnswer(answer: LiveAnswer | null): ShownAnswer {
  const [{ shown, show }] = useState(newShownAnswer);
  useLayoutEffect(() => show(answer), [show, answer]);
  return shown;
}

function newShownAnswer() {
  const listeners = new Set<() => void>();
  let now: LiveAnswer | null = null;
  const shown: ShownAnswer = {
    subscribe: (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    now: () => now,
  };
  const show = (answer: LiveAnswer | null): void => {
    now = answer;
    for (const tell of listeners) tell();
  };
  return { shown, show };
}

/** Part of the answer on the screen; whoever reads it is drawn anew when that part is another. */
export function useShownAnswer<Part>(partOf: (answer: LiveAnswer | null) => Part): Part {
  const { subscribe, now } = use(ShownAnswerContext);
  return useSyncExternalStore(subscribe, () => partOf(now()));
}

/** Part of a lever in the ledger; there is no line while nothing is computed. */
export function useLedgerLine<Part>(id: string, partOf: (line: LedgerLine | null) => Part): Part {
  return useShownAnswer((answer) => partOf(answer?.ledger.find(({ leverId }) => leverId === id) ?? null));
}
