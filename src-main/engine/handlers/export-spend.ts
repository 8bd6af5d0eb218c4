// Files with the answers to questions about spend.
import { exportLineItems, exportSpend } from '../export/spend-csv.ts';
import type { Context, Handlers } from '../handlers.ts';
import { bundledFacts } from '../spend/catalog-facts.ts';

export function exportSpendHandlers({ db }: Context): Pick<Handlers, 'export.spend' | 'export.lineItems'> {
  return {
    'export.spend': (input) => exportSpend(db, bundledFacts(), input),
    'export.lineItems': (input) => exportLineItems(db, bundledFacts(), input),
  };
}
