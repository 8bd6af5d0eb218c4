// What the catalog covers, and what the bills pay against it.
import type { Context, Handlers } from '../handlers.ts';
import { answerCoverage } from '../join/coverage.ts';

type JoinMethod = 'catalog.coverage';

export function joinHandlers({ db, now, pricing }: Context): Pick<Handlers, JoinMethod> {
  const today = (): string => now().toISOString().slice(0, 10);
  return {
    'catalog.coverage': (input) => answerCoverage(db, pricing.catalog(), input, today()),
  };
}
