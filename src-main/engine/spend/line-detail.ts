// Everything known of one billing line: its record, the rule that classified it, its price and why it differs.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import { otherTierPrices } from '../../../shared/domain/pricing/other-tiers.ts';
import type { PriceAnswer, PriceKey } from '../../../shared/domain/pricing/price.ts';
import { writeRow } from '../../../shared/domain/pricing/rate-card.ts';
import { explainUnderContract, explainVariance } from '../../../shared/domain/pricing/variance.ts';
import {
  type LineFacts,
  type LineItem,
  lineFacts,
  lineItemsById,
  type SeriesPriceRow,
  seriesPrices,
} from '../db/line-items.ts';
import type { Db } from '../db/open.ts';
import { isoDay } from '../db/spend.ts';
import { recordOf } from '../import/raw-record.ts';
import { ruleBehind } from '../review/rule-behind.ts';
import { statedPrices } from './stated-prices.ts';

type Detail = Output<'spend.lineItem'>;
type Price = NonNullable<Detail['price']>;

/** Throws `not_found` when no held delivery has that line. */
export function lineItemDetail(db: Db, id: number, catalog: Catalog): Detail {
  const facts = lineFacts(db, id);
  const [line] = lineItemsById(db, [id]);
  if (facts === null || line === undefined) {
    throw new AssayError('not_found', `Line item ${id} is not held; its delivery may have been replaced.`, {
      id,
    });
  }
  const held = seriesPrices(db, facts.seriesId, facts.day, facts.lastDay);
  const price = priceOf(facts, line, held, catalog);
  const record = recordOf(db, facts.fileId, facts.recordNumber);
  return {
    line,
    record,
    stated: statedPrices(record),
    rule: ruleBehind(db, facts.seriesId, facts.ruleId),
    price,
    contract: contractOf(held, catalog),
    variance: varianceOf(facts, line, price, catalog),
  };
}

/** The rates behind the line's contract amount, or behind there being none. */
function contractOf(held: readonly SeriesPriceRow[], { contract }: Catalog): Detail['contract'] {
  const numbers = new Set(held.flatMap(({ overrideNumbers }) => overrideNumbers));
  const rates = contract.rates.filter(({ number }) => numbers.has(number));
  if (rates.length === 0) return null;
  const isKnownThroughout = held.every(({ overrideNumbers }) => overrideNumbers.length > 0);
  const stated = held.find(({ contractReason }) => contractReason !== null)?.contractReason ?? null;
  return {
    rates: rates.map((rate) => ({ number: rate.number, row: writeRow(rate) })),
    unknownReason: stated ?? (isKnownThroughout ? null : 'part_of_span'),
  };
}

function priceOf(
  facts: LineFacts,
  line: LineItem,
  held: readonly SeriesPriceRow[],
  catalog: Catalog,
): Price | null {
  if (held.length === 0) return null;
  const missing = held.find(({ status }) => status === 'missing');
  const lows = held.map(({ low }) => low).filter((low) => low !== null);
  const highs = held.map(({ high }) => high).filter((high) => high !== null);
  const ids = new Set(held.flatMap(({ priceIds }) => priceIds));
  const chosen = catalog.prices.filter((price) => ids.has(price.id));
  const low = missing === undefined ? Math.min(...lows) : null;
  const high = missing === undefined ? Math.max(...highs) : null;
  return {
    status: missing === undefined ? 'priced' : 'missing',
    usdPerUnitLow: low,
    usdPerUnitHigh: high,
    rangeReason:
      low === high
        ? null
        : (held.find(({ rangeReason }) => rangeReason !== null)?.rangeReason ?? 'price_change_in_span'),
    missingReason: missing?.missingReason ?? null,
    formula: formulaOf(facts, line, low, high, chosen[0]?.per ?? 1),
    prices: chosen.map(({ id, usd, per, source, seen, confidence }) => ({
      id,
      usd,
      per,
      source: catalog.sources.find((one) => one.id === source)?.title ?? source,
      seen,
      confidence,
    })),
  };
}

/** Twelve digits: what a double keeps of a product of two. */
const plain = (value: number): string => String(Number(value.toPrecision(12)));
const range = (low: number, high: number): string =>
  low === high ? plain(low) : `${plain(low)} to ${plain(high)}`;

/** billed quantity × multiplier = base units; base units × price = catalog amount, with the figures of this line. */
function formulaOf(
  { multiplier, countsQuantity }: LineFacts,
  line: LineItem,
  low: number | null,
  high: number | null,
  per: number,
): string {
  const { quantity, unit, normalizedQuantity, normalizedUnit } = line;
  if (countsQuantity === 0) return 'The quantity of this charge type does not count.';
  if (quantity === null) return 'The export states no quantity.';
  if (multiplier === null || normalizedQuantity === null) {
    return `${plain(quantity)} of unit “${unit ?? ''}”, which could not be read: no quantity, no catalog amount.`;
  }
  const read = `${plain(quantity)} ${unit ?? ''} × ${plain(multiplier)} = ${plain(normalizedQuantity)} ${normalizedUnit}`;
  if (low === null || high === null) return `${read}; no price, so no catalog amount.`;
  const amount = range(normalizedQuantity * low, normalizedQuantity * high);
  return `${read}; × ${range(low * per, high * per)} USD per ${plain(per)} = ${amount} USD`;
}

function varianceOf(
  facts: LineFacts,
  line: LineItem,
  price: Price | null,
  catalog: Catalog,
): Detail['variance'] {
  const { catalogListLow: low, catalogListHigh: high } = line;
  if (low === null || high === null || line.currency !== 'USD') return null;
  const rangeReason = (price?.rangeReason ?? null) as Extract<PriceAnswer, { kind: 'priced' }>['rangeReason'];
  const input = {
    invoiced: line.unblended,
    catalog: { low, high, rangeReason },
    listStated: line.list,
    otherTiers: otherTierAmounts(facts, line, catalog),
  };
  const { amountLow, amountHigh, reason: againstList } = explainVariance(input);
  const { contractedLow, contractedHigh } = line;
  const reason =
    contractedLow === null || contractedHigh === null
      ? againstList
      : explainUnderContract(input, { low: contractedLow, high: contractedHigh });
  return amountLow === null || amountHigh === null ? null : { amountLow, amountHigh, reason };
}

/** What the same quantity would cost at the other region tiers' prices of its day. */
function otherTierAmounts(facts: LineFacts, line: LineItem, catalog: Catalog): number[] {
  const quantity = line.normalizedQuantity;
  if (line.meter === null || quantity === null) return [];
  const key: PriceKey = {
    provider: line.provider,
    model: line.model,
    meter: line.meter as PriceKey['meter'],
    variant: line.variant,
    mode: (line.mode ?? 'on_demand') as PriceKey['mode'],
    term: (line.term ?? 'none') as PriceKey['term'],
    region: line.region,
    regionTier: line.regionTier as PriceKey['regionTier'],
    contextBand: line.contextBand as PriceKey['contextBand'],
  };
  const prices = otherTierPrices(catalog, key, isoDay(facts.day), isoDay(facts.lastDay));
  return prices.map((price) => price * quantity);
}
