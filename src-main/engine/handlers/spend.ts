// Questions about spend.
import type { Method } from '../../../shared/contract/methods.ts';
import type { Context, Handlers } from '../handlers.ts';
import { catalogFacts } from '../spend/catalog-facts.ts';
import { lineItemDetail } from '../spend/line-detail.ts';
import { listLineItems } from '../spend/line-items.ts';
import { answerQuery } from '../spend/query.ts';
import { summarize } from '../spend/summary.ts';
import { unknownUsage } from '../spend/unknown.ts';
import { valuesOf } from '../spend/values.ts';

type SpendMethod = Extract<Method, `spend.${string}`>;

export function spendHandlers({ db, pricing }: Context): Pick<Handlers, SpendMethod> {
  const facts = () => catalogFacts(pricing.catalog(), pricing.linesVersion());
  return {
    'spend.query': (query) => answerQuery(db, facts(), query),
    'spend.summary': (input) => summarize(db, facts(), input),
    'spend.lineItems': (input) => listLineItems(db, input),
    'spend.lineItem': ({ id }) => lineItemDetail(db, id, pricing.catalog()),
    'spend.unknown': (input) => unknownUsage(db, input),
    'spend.values': (input) => valuesOf(db, input),
  };
}
