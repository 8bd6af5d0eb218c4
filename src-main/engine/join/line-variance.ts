// Reads one line against the catalog: what was invoiced, what list is, and which reason the difference has.
import { isCacheMeter } from '../../../shared/domain/pricing/cache-saving.ts';
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import { lookUpPrice, priceChangeDays } from '../../../shared/domain/pricing/lookup.ts';
import { otherTierPrices } from '../../../shared/domain/pricing/other-tiers.ts';
import type { PriceKey, VarianceReason } from '../../../shared/domain/pricing/price.ts';
import {
  type ContractAmount,
  explainUnderContract,
  explainVariance,
  type VarianceInput,
} from '../../../shared/domain/pricing/variance.ts';
import { INFERENCE_TOKEN_METERS } from '../../../shared/domain/usage/vocabulary.ts';
import type { Db } from '../db/open.ts';
import { isoDay } from '../db/spend.ts';
import {
  type PriceReason,
  priceReasons,
  type VarianceLine,
  type VarianceSelection,
  type VarianceSeries,
  varianceSeries,
} from '../db/variance-lines.ts';

/** One line as the sums take it. */
export type ReadLine = {
  readonly series: VarianceSeries;
  readonly delivery: number;
  readonly day: number;
  readonly invoiced: number;
  /** null = without a catalog amount. */
  readonly list: { readonly low: number; readonly high: number } | null;
  /** null = no contract price is known. */
  readonly contract: ContractAmount | null;
  readonly reason: VarianceReason;
  /** Why there is no catalog amount; null where there is one. */
  readonly unpricedReason: string | null;
  readonly tokens: number | null;
  /** USD per token of the same purchase's uncached input; only for cache lines, null where not known. */
  readonly inputPrice: number | null;
};

export type LineReader = { read(line: VarianceLine): ReadLine | null };

/** Reads lines of a selection; lines of other series (another scope) give null. */
export function openLineReader(
  db: Db,
  catalog: Catalog,
  selection: VarianceSelection & { readonly groupBy: string },
  columns: ReadonlyMap<number, 'unblended' | 'netUnblended'>,
): LineReader {
  const reasons = priceReasons(db);
  const known = new Map(
    varianceSeries(db, selection, selection.groupBy).map((one) => [
      one.id,
      factsOf(one, reasons.get(one.id) ?? []),
    ]),
  );
  const prices = openPrices(catalog);
  return {
    read(line) {
      const [, seriesId, delivery, day, lastDay, quantity, unblended, net, stated, low, high, ...contracted] =
        line;
      const facts = known.get(seriesId);
      if (facts === undefined) return null;
      const { series: own, asked, askedInput, isToken } = facts;
      const invoiced = columns.get(delivery) === 'netUnblended' ? (net ?? unblended) : unblended;
      const overlapping = facts.held.filter(({ fromDay, toDay }) => fromDay <= lastDay && toDay >= day);
      const base =
        own.countsQuantity === 1 && quantity !== null && own.multiplier !== null
          ? quantity * own.multiplier
          : null;
      const contract = contractAmount(contracted, own.currency);
      const shared = { series: own, delivery, day, invoiced, contract, tokens: isToken ? base : null };
      if (low === null || high === null || own.currency !== 'USD') {
        const unpricedReason = whyUnpriced(own, quantity, overlapping);
        return { ...shared, list: null, reason: 'unpriced', unpricedReason, inputPrice: null };
      }
      const list = { low, high };
      const rangeReason =
        overlapping.find((one) => one.rangeReason !== null)?.rangeReason ?? 'price_change_in_span';
      const catalogAmount = { ...list, rangeReason: low === high ? null : rangeReason };
      const input = { invoiced, catalog: catalogAmount, listStated: stated };
      const plain = explainVariance({ ...input, otherTiers: [] }).reason;
      // Other tiers are looked up only where nothing stronger explains the line: it is the costly part.
      const looksAtTiers = LOOKS_AT_TIERS.includes(plain) && base !== null && asked !== null;
      const otherTiers = looksAtTiers
        ? prices.otherTiers(asked, day, lastDay).map((price) => price * base)
        : [];
      const reason = reasonOf({ ...input, otherTiers }, plain, contract);
      const inputPrice = askedInput === null ? null : prices.input(askedInput, day, lastDay);
      return { ...shared, list, reason, unpricedReason: null, inputPrice };
    },
  };
}

/** `plain`: the reason without a look at other tiers and the contract. */
function reasonOf(
  input: VarianceInput,
  plain: VarianceReason,
  contract: ContractAmount | null,
): VarianceReason {
  if (contract !== null) return explainUnderContract(input, contract);
  return input.otherTiers.length === 0 ? plain : explainVariance(input).reason;
}

function contractAmount([low, high]: readonly (number | null)[], currency: string): ContractAmount | null {
  if (low === null || low === undefined || high === null || high === undefined) return null;
  return currency === 'USD' ? { low, high } : null;
}

/** A price key with the text it is remembered by. */
type Asked = { readonly key: PriceKey; readonly text: string };

/** What every line of a series shares, worked out once. */
type SeriesFacts = {
  readonly series: VarianceSeries;
  /** null where the series is not priced by a meter. */
  readonly asked: Asked | null;
  /** The same purchase's uncached input; only for cache meters. */
  readonly askedInput: Asked | null;
  readonly isToken: boolean;
  readonly held: readonly PriceReason[];
};

function factsOf(series: VarianceSeries, held: readonly PriceReason[]): SeriesFacts {
  const key = keyOf(series);
  const asked = (one: PriceKey): Asked => ({ key: one, text: JSON.stringify(one) });
  return {
    series,
    held,
    asked: key === null ? null : asked(key),
    askedInput: key === null || !isCacheMeter(series.meter) ? null : asked({ ...key, meter: 'input' }),
    isToken: INFERENCE_TOKEN_METERS.some((meter) => meter === series.meter),
  };
}

/** Reasons that another region tier's price goes before. */
const LOOKS_AT_TIERS: readonly VarianceReason[] = ['contract_discount', 'rounding', 'unknown'];

function keyOf(series: VarianceSeries): PriceKey | null {
  const { provider, model, meter, variant, mode, term, region, regionTier, contextBand } = series;
  if (meter === null) return null;
  return {
    provider,
    model,
    meter,
    variant,
    mode: mode ?? 'on_demand',
    term: term ?? 'none',
    region,
    regionTier,
    contextBand,
  };
}

/** Why a line has no catalog amount, the nearest cause first. */
function whyUnpriced(
  series: VarianceSeries,
  quantity: number | null,
  overlapping: readonly PriceReason[],
): string {
  if (series.family === 'unknown') return 'not_classified';
  if (series.currency !== 'USD') return 'no_price_in_currency';
  if (series.meter === null) return 'not_priced_by_meter';
  const missing = overlapping.find(({ missingReason }) => missingReason !== null)?.missingReason ?? null;
  if (missing !== null) return missing;
  if (series.countsQuantity === 0) return 'quantity_not_counted';
  if (series.multiplier === null) return 'unit_unknown';
  return quantity === null ? 'quantity_missing' : 'unknown_model';
}

/** Look-ups remembered by key and by the stretch of days in which no price of the key changes. */
function openPrices(catalog: Catalog) {
  const changes = new Map<string, readonly string[]>();
  const tiers = new Map<string, readonly number[]>();
  const inputs = new Map<string, number | null>();
  const stretchOf = ({ key, text }: Asked, day: number, lastDay: number): string => {
    const days = changes.get(text) ?? priceChangeDays(catalog, key);
    changes.set(text, days);
    if (days.length === 0) return text;
    const [from, to] = [isoDay(day), isoDay(lastDay)];
    return `${text} ${days.filter((change) => change <= from).length} ${days.filter((change) => change <= to).length}`;
  };
  return {
    otherTiers(asked: Asked, day: number, lastDay: number): readonly number[] {
      const stretch = stretchOf(asked, day, lastDay);
      const found = tiers.get(stretch) ?? otherTierPrices(catalog, asked.key, isoDay(day), isoDay(lastDay));
      tiers.set(stretch, found);
      return found;
    },
    /** The low end, as list amounts are taken; null without an input price. */
    input(asked: Asked, day: number, lastDay: number): number | null {
      const stretch = stretchOf(asked, day, lastDay);
      const known = inputs.get(stretch);
      if (known !== undefined) return known;
      const answer = lookUpPrice(catalog, asked.key, isoDay(day), isoDay(lastDay));
      const price = answer.kind === 'priced' ? answer.usdPerUnitLow : null;
      inputs.set(stretch, price);
      return price;
    },
  };
}
