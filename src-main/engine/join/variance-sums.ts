// The sums of one pass over lines: in all, by group, by step of time, by usage type without a price, by token volume.
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import {
  type CacheTally,
  emptyCacheTally,
  isCacheMeter,
  tallyCacheLine,
} from '../../../shared/domain/pricing/cache-saving.ts';
import type { TokenVolume } from '../../../shared/domain/pricing/other-models.ts';
import { emptyVarianceTally, type Tally, tallyLine } from '../../../shared/domain/pricing/variance-tally.ts';
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import { CACHE_WRITE_METERS, type Meter } from '../../../shared/domain/usage/vocabulary.ts';
import { isoDay } from '../db/spend.ts';
import type { VarianceSeries } from '../db/variance-lines.ts';
import type { ReadLine } from './line-variance.ts';

type Answer = Output<'variance.explore'>;
type Grain = ParsedInput<'variance.explore'>['grain'];
type Amount = { lines: number; readonly invoiced: Sum };

export type Sums = {
  readonly total: Tally;
  readonly groups: ReadonlyMap<string | null, Tally>;
  readonly steps: ReadonlyMap<string, Tally>;
  readonly cache: CacheTally;
  /** Deliveries that lines came with. */
  readonly deliveries: ReadonlySet<number>;
  /** Day (since 1970) of the last usage line; null without one. */
  readonly lastDay: number | null;
  add(line: ReadLine): void;
  unpricedUsage(): Answer['unpriced'];
  volumes(): TokenVolume[];
  notUsage(): Answer['notUsage'];
  otherCurrencies(): Answer['otherCurrencies'];
};

/** Meters whose tokens another model would also count: text in, text out, and what was cached of it. */
const SWAPPED_METERS: readonly Meter[] = ['input', 'output', 'cache_read', ...CACHE_WRITE_METERS];

export function openSums(grain: Grain): Sums {
  const groups = new Map<string | null, Tally>();
  const steps = new Map<string, Tally>();
  const deliveries = new Set<number>();
  const unpriced = new Map<string, Unpriced>();
  const volumes = new Map<string, Volume>();
  const notUsage = new Map<string | null, Amount>();
  const currencies = new Map<string, Amount>();
  const stepOf = stepNames(grain);
  /** What a series' lines are added to, found once a series. */
  const places = new Map<VarianceSeries, { readonly group: Tally; readonly volume: Volume | null }>();
  const sums = { total: emptyVarianceTally(), cache: emptyCacheTally(), lastDay: null as number | null };

  function add(line: ReadLine): void {
    const { series, delivery, invoiced } = line;
    deliveries.add(delivery);
    if (series.currency !== 'USD') addAmount(currencies, series.currency, invoiced);
    else if (series.isUsage === 0) addAmount(notUsage, series.chargeType, invoiced);
    else addUsage(line);
  }

  function addUsage(line: ReadLine): void {
    const { series, day, invoiced } = line;
    sums.lastDay = Math.max(sums.lastDay ?? day, day);
    tallyLine(sums.total, line);
    const { group, volume } = places.get(series) ?? placeOf(series);
    tallyLine(group, line);
    tallyLine(tallyAt(steps, stepOf(day)), line);
    if (line.unpricedReason !== null) addUnpriced(unpriced, line, line.unpricedReason);
    if (series.meter !== null && isCacheMeter(series.meter)) {
      const { tokens, list, inputPrice } = line;
      tallyCacheLine(sums.cache, {
        meter: series.meter,
        tokens,
        list: list?.low ?? null,
        invoiced,
        inputPrice,
      });
    }
    if (volume === null || line.tokens === null) return;
    addTo(volume.tokens, line.tokens);
    addTo(volume.invoiced, invoiced);
  }

  function placeOf(series: VarianceSeries) {
    const group = tallyAt(groups, series.group === null ? null : String(series.group));
    const place = { group, volume: volumeAt(volumes, series) };
    places.set(series, place);
    return place;
  }

  return {
    groups,
    steps,
    deliveries,
    add,
    get total() {
      return sums.total;
    },
    get cache() {
      return sums.cache;
    },
    get lastDay() {
      return sums.lastDay;
    },
    unpricedUsage: () =>
      [...unpriced.values()]
        .map(({ invoiced, firstDay, lastDay, ...rest }) => ({
          ...rest,
          invoiced: totalOf(invoiced),
          firstDay: isoDay(firstDay),
          lastDay: isoDay(lastDay),
        }))
        .sort((left, right) => Math.abs(right.invoiced) - Math.abs(left.invoiced)),
    volumes: () =>
      [...volumes.values()]
        .filter(({ tokens }) => totalOf(tokens) > 0)
        .map(({ tokens, invoiced, ...key }) => ({
          ...key,
          tokens: totalOf(tokens),
          invoiced: totalOf(invoiced),
        })),
    notUsage: () =>
      [...notUsage]
        .map(([chargeType, { lines, invoiced }]) => ({ chargeType, lines, invoiced: totalOf(invoiced) }))
        .sort((left, right) => Math.abs(right.invoiced) - Math.abs(left.invoiced)),
    otherCurrencies: () =>
      [...currencies]
        .map(([currency, { lines, invoiced }]) => ({ currency, lines, invoiced: totalOf(invoiced) }))
        .sort((left, right) => left.currency.localeCompare(right.currency)),
  };
}

function tallyAt<K>(tallies: Map<K, Tally>, key: K): Tally {
  const tally = tallies.get(key) ?? emptyVarianceTally();
  tallies.set(key, tally);
  return tally;
}

function addAmount<K>(amounts: Map<K, Amount>, key: K, invoiced: number): void {
  const amount = amounts.get(key) ?? { lines: 0, invoiced: emptySum() };
  amounts.set(key, amount);
  amount.lines += 1;
  addTo(amount.invoiced, invoiced);
}

type Unpriced = Omit<Answer['unpriced'][number], 'invoiced' | 'firstDay' | 'lastDay'> & {
  readonly invoiced: Sum;
  firstDay: number;
  lastDay: number;
};

function addUnpriced(unpriced: Map<string, Unpriced>, line: ReadLine, reason: string): void {
  const { usageType, service, unit, model, meter, mode, region } = line.series;
  const described = { usageType, service, unit, model, meter, mode, region, reason };
  const key = JSON.stringify(described);
  const held = unpriced.get(key) ?? {
    ...described,
    lines: 0,
    invoiced: emptySum(),
    firstDay: line.day,
    lastDay: line.day,
  };
  unpriced.set(key, held);
  held.lines += 1;
  addTo(held.invoiced, line.invoiced);
  held.firstDay = Math.min(held.firstDay, line.day);
  held.lastDay = Math.max(held.lastDay, line.day);
}

type Volume = Omit<TokenVolume, 'tokens' | 'invoiced'> & { readonly tokens: Sum; readonly invoiced: Sum };

/** Plain text tokens only: audio, image and custom-model tokens have no counterpart elsewhere. */
function volumeAt(volumes: Map<string, Volume>, series: VarianceSeries): Volume | null {
  const { meter, mode, region, regionTier, contextBand, variant } = series;
  if (meter === null || variant !== null || !SWAPPED_METERS.includes(meter)) return null;
  const described = { meter, mode: mode ?? 'on_demand', region, regionTier, contextBand } as const;
  const key = JSON.stringify(described);
  const held = volumes.get(key) ?? { ...described, tokens: emptySum(), invoiced: emptySum() };
  volumes.set(key, held);
  return held;
}

/** The step a day belongs to, named as the query vocabulary names it: `2026-10-05`, `2026-W41`, `2026-10`. */
function stepNames(grain: Grain): (day: number) => string {
  const names = new Map<number, string>();
  return (day) => {
    const name = names.get(day) ?? stepName(day, grain);
    names.set(day, name);
    return name;
  };
}

function stepName(day: number, grain: Grain): string {
  switch (grain) {
    case 'day':
      return isoDay(day);
    case 'month':
      return isoDay(day).slice(0, 7);
    case 'week':
      return isoWeek(day);
  }
}

/** ISO week: the year and number of the week that the Thursday of the day's week lies in. */
function isoWeek(day: number): string {
  // Day 0 was a Thursday, so Mondays are the days 4, 11 …
  const thursday = day - ((((day + 3) % 7) + 7) % 7) + 3;
  const year = isoDay(thursday).slice(0, 4);
  const firstDay = Math.round(Date.parse(`${year}-01-01T00:00:00Z`) / 86_400_000);
  const week = Math.floor((thursday - firstDay) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
