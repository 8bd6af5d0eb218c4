// Unit prices and price ids of one record as its file states them: evidence beside our prices, never used in their place.
import type { Output } from '../../../shared/contract/methods.ts';

type Detail = Output<'spend.lineItem'>;
type Stated = Detail['stated'];

/** Column names in lower case: FOCUS, CUR 1.0, CUR 2.0 and the flat variant. */
const COLUMNS: Readonly<Record<keyof Stated, readonly string[]>> = {
  listUnitPrice: ['listunitprice', 'pricing/publicondemandrate', 'pricing_public_on_demand_rate'],
  contractedUnitPrice: ['contractedunitprice'],
  priceId: ['skupriceid', 'pricing/ratecode', 'pricing_rate_code'],
};

/** FOCUS files write nothing as a blank cell or as the word. */
const NOTHING = /^(?:|null)$/iu;

export function statedPrices(record: Detail['record']): Stated {
  const cellOf = (field: keyof Stated): string | null => {
    const cell = record.find(({ column }) => COLUMNS[field].includes(column.toLowerCase()));
    return cell === undefined || NOTHING.test(cell.value) ? null : cell.value;
  };
  return {
    listUnitPrice: cellOf('listUnitPrice'),
    contractedUnitPrice: cellOf('contractedUnitPrice'),
    priceId: cellOf('priceId'),
  };
}
