// What prompt caching saved on a bill: cached tokens at list against the same tokens as uncached input, writes included.
import { addTo, emptySum, type Sum, totalOf } from '../sum.ts';
import { CACHE_WRITE_METERS, type Meter } from '../usage/vocabulary.ts';

export function isCacheMeter(meter: Meter | null): boolean {
  return meter === 'cache_read' || CACHE_WRITE_METERS.some((write) => write === meter);
}

export type CacheTally = {
  readonly readTokens: Sum;
  readonly writeTokens: Sum;
  readonly asBilled: Sum;
  readonly asInput: Sum;
  readonly invoiced: Sum;
  lines: number;
  /** Lines left out, because they or their input have no price. */
  linesWithout: number;
};

export function emptyCacheTally(): CacheTally {
  return {
    readTokens: emptySum(),
    writeTokens: emptySum(),
    asBilled: emptySum(),
    asInput: emptySum(),
    invoiced: emptySum(),
    lines: 0,
    linesWithout: 0,
  };
}

/** One line of cache reads or writes. Amounts in USD, `inputPrice` per ONE token of the same purchase; null = unknown. */
export function tallyCacheLine(
  tally: CacheTally,
  line: {
    readonly meter: Meter;
    readonly tokens: number | null;
    readonly list: number | null;
    readonly invoiced: number;
    readonly inputPrice: number | null;
  },
): void {
  const { meter, tokens, list, invoiced, inputPrice } = line;
  if (tokens === null || list === null || inputPrice === null) {
    tally.linesWithout += 1;
    return;
  }
  tally.lines += 1;
  addTo(meter === 'cache_read' ? tally.readTokens : tally.writeTokens, tokens);
  addTo(tally.asBilled, list);
  addTo(tally.asInput, tokens * inputPrice);
  addTo(tally.invoiced, invoiced);
}

export type CacheSaving = {
  readonly readTokens: number;
  readonly writeTokens: number;
  /** Cached tokens at list: as billed, and had they all been uncached input. USD. */
  readonly asBilled: number;
  readonly asInput: number;
  /** asInput − asBilled; negative where writes cost more than reads saved. Null without cached tokens. */
  readonly saving: number | null;
  readonly invoiced: number;
  readonly lines: number;
  readonly linesWithout: number;
};

export function cacheSaving(tally: CacheTally): CacheSaving {
  const [asBilled, asInput] = [totalOf(tally.asBilled), totalOf(tally.asInput)];
  return {
    readTokens: totalOf(tally.readTokens),
    writeTokens: totalOf(tally.writeTokens),
    asBilled,
    asInput,
    saving: tally.lines === 0 ? null : asInput - asBilled,
    invoiced: totalOf(tally.invoiced),
    lines: tally.lines,
    linesWithout: tally.linesWithout,
  };
}
