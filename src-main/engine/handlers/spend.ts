// Questions about spend.
import type { Method } from '../../../shared/contract/methods.ts';
import type { Context, Handlers } from '../handlers.ts';
import { bundledFacts } from '../spend/catalog-facts.ts';
import { lineItemDetail } from '../spend/line-detail.ts';
import { listLineItems } from '../spend/line-items.ts';
import { answerQuery } from '../spend/query.ts';
import { summarize } from '../spend/summary.ts';
import { unknownUsage } from '../spend/unknown.ts';
import { valuesOf } from '../spend/values.ts';

type SpendMethod = Extract<Method, `spend.${string}`>;

export function spendHandlers({ db }: Context): Pick<Handlers, SpendMethod> {
  return {
    'spend.query': (query) => answerQuery(db, bundledFacts(), query),
    'spend.summary': (input) => summarize(db, bundledFacts(), input),
    'spend.lineItems': (input) => listLineItems(db, input),
    'spend.lineItem': ({ id }) => lineItemDetail(db, id),
    'spend.unknown': (input) => unknownUsage(db, input),
    'spend.values': (input) => valuesOf(db, input),
  };
}
