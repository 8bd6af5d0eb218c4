// Single billing lines, a page at a time.
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { countLineItems, lineItemIds, lineItemsById } from '../db/line-items.ts';
import type { Db } from '../db/open.ts';

export function listLineItems(db: Db, input: ParsedInput<'spend.lineItems'>): Output<'spend.lineItems'> {
  const { listed, summed } = countLineItems(db, input);
  return {
    rows: lineItemsById(db, lineItemIds(db, input, input)),
    rowCount: listed,
    summedLineItems: summed,
  };
}
