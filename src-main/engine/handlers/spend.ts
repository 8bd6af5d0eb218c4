// Questions about spend.
import type { Context, Handlers } from '../handlers.ts';
import { bundledFacts } from '../spend/catalog-facts.ts';
import { answerQuery } from '../spend/query.ts';

export function spendHandlers({ db }: Context): Pick<Handlers, 'spend.query'> {
  return {
    'spend.query': (query) => answerQuery(db, bundledFacts(), query),
  };
}
