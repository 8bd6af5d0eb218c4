// Unit prices and price ids of a record, whichever format states them, in the digits of the file.
import { expect, test } from 'vitest';
import { statedPrices } from '../../../src-main/engine/spend/stated-prices.ts';

const record = (cells: Record<string, string>) =>
  Object.entries(cells).map(([column, value]) => ({ column, value }));

test.each([
  [
    'FOCUS',
    { ListUnitPrice: '0.0000004', ContractedUnitPrice: '0.00000036', SkuPriceId: 'G95.JRT.VXG' },
    { listUnitPrice: '0.0000004', contractedUnitPrice: '0.00000036', priceId: 'G95.JRT.VXG' },
  ],
  [
    'FOCUS that writes NULL',
    { ListUnitPrice: 'NULL', ContractedUnitPrice: '', SkuPriceId: 'NULL' },
    { listUnitPrice: null, contractedUnitPrice: null, priceId: null },
  ],
  [
    'CUR 1.0',
    { 'pricing/publicOnDemandRate': '0.0000600000', 'pricing/RateCode': 'G95.JRT.VXG' },
    { listUnitPrice: '0.0000600000', contractedUnitPrice: null, priceId: 'G95.JRT.VXG' },
  ],
  [
    'CUR 2.0',
    { pricing_public_on_demand_rate: '0.06', pricing_rate_code: 'G95.JRT.VXG' },
    { listUnitPrice: '0.06', contractedUnitPrice: null, priceId: 'G95.JRT.VXG' },
  ],
])('%s', (_, cells, stated) => {
  expect(statedPrices(record(cells))).toEqual(stated);
});
