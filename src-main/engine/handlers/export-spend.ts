// Files with the answers to questions about spend.
import { exportLineItems, exportSpend } from '../export/spend-csv.ts';
import type { Context, Handlers } from '../handlers.ts';
import { catalogFacts } from '../spend/catalog-facts.ts';

export function exportSpendHandlers({
  db,
  pricing,
}: Context): Pick<Handlers, 'export.spend' | 'export.lineItems'> {
  return {
    'export.spend': (input) =>
      exportSpend(db, catalogFacts(pricing.catalog(), pricing.linesVersion()), input),
    'export.lineItems': (input) =>
      exportLineItems(db, catalogFacts(pricing.catalog(), pricing.linesVersion()), input),
  };
}
