// The answer on the screen, for the small parts of the inputs that show a figure of it: they change while the fields around them stand.
import { createContext, use } from 'react';
import type { LedgerLine, LiveAnswer } from '../../../shared/domain/whatif/answer.ts';

export const ShownAnswer = createContext<LiveAnswer | null>(null);

export const useShownAnswer = (): LiveAnswer | null => use(ShownAnswer);

/** A lever in the ledger; null while nothing is computed. */
export function useLedgerLine(id: string): LedgerLine | null {
  return useShownAnswer()?.ledger.find(({ leverId }) => leverId === id) ?? null;
}
