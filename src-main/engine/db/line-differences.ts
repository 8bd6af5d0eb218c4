// Whether two deliveries that hold every line state the same of them: labels that the sums of other services do not know,
// such as a tag that was filled in later, tell two deliveries apart that agree in every sum.
import { totalsAgree } from '../../../shared/domain/sum.ts';
import type { Db } from './open.ts';
import { rollupLineRanges } from './rollup-lines.ts';
import { inSlices } from './slices.ts';

/** A delivery of either side: held lines are taken off, incoming ones are added. */
export type SidedDelivery = { readonly id: number; readonly side: 'held' | 'incoming' };

const LINES_A_READ = 2000;
/** Above every day since 1970, as far as dates are read. */
const DAYS = 2 ** 22;
/** Number of lines, quantity and unblended cost: what sums agree in on every basis is not told apart by the others. */
const AMOUNTS = 3;

type Line = readonly [id: number, series: number, day: number, quantity: number | null, unblended: number];

/**
 * `details`: columns of a series that tell lines apart; `leftOut` says of which of them lines are not looked at. True where
 * a side does not hold its lines. A portion at a time; `onPause` may refuse to go on, by throwing.
 */
export async function linesStateTheSame(
  db: Db,
  deliveries: readonly SidedDelivery[],
  details: readonly string[],
  leftOut: (details: readonly (number | null)[]) => boolean,
  onPause: () => void,
): Promise<boolean> {
  if (!bothHoldLines(db, deliveries)) return true;
  const goOn = inSlices(onPause);
  const labelOf = labels(db, details, leftOut);
  const change = changes();
  const read = db
    .prepare<[number, number, number], Line>(
      `SELECT id, series_id, start_second / 86400, quantity, unblended FROM rollup_line
       WHERE id BETWEEN ? AND ? AND +delivery_id = ? ORDER BY id LIMIT ${LINES_A_READ}`,
    )
    .raw();
  for (const { id: delivery, side } of deliveries) {
    const sign = side === 'incoming' ? 1 : -1;
    for (const { first, last } of rollupLineRanges(db, delivery)) {
      for (let from = first, isMore = true; isMore; ) {
        const lines = read.all(from, last, delivery);
        for (const [, series, day, quantity, unblended] of lines) {
          const label = labelOf(series);
          if (label !== null) change.add(label * DAYS + day, sign, quantity ?? 0, unblended);
        }
        from = (lines.at(-1)?.[0] ?? last) + 1;
        isMore = lines.length === LINES_A_READ;
        await goOn();
      }
    }
  }
  return change.isNothing();
}

function bothHoldLines(db: Db, deliveries: readonly SidedDelivery[]): boolean {
  const summed = db
    .prepare<[string], number>(
      'SELECT COUNT(*) FROM delivery WHERE every_line = 0 AND id IN (SELECT value FROM json_each(?))',
    )
    .pluck();
  return summed.get(JSON.stringify(deliveries.map(({ id }) => id))) === 0;
}

/** A number for each combination of details, by series; null for those that are left out. */
function labels(
  db: Db,
  details: readonly string[],
  leftOut: (details: readonly (number | null)[]) => boolean,
): (series: number) => number | null {
  const read = db
    .prepare<[number], (number | null)[]>(
      `SELECT ${details.join(', ')}, currency FROM line_series WHERE id = ?`,
    )
    .raw();
  const bySeries = new Map<number, number | null>();
  const byText = new Map<string, number>();
  return (series) => {
    const known = bySeries.get(series);
    if (known !== undefined) return known;
    const found = read.get(series) ?? [];
    const text = found.join(' ');
    const label = leftOut(found) ? null : (byText.get(text) ?? byText.size);
    if (label !== null) byText.set(text, label);
    bySeries.set(series, label);
    return label;
  };
}

/** Sums of what is added and taken off by key, flat: there may be as many keys as lines. */
function changes(): {
  add(key: number, sign: 1 | -1, quantity: number, unblended: number): void;
  isNothing(): boolean;
} {
  const places = new Map<number, number>();
  const sums: number[] = [];
  const sizes: number[] = [];
  const put = (at: number, value: number): void => {
    sums[at] = (sums[at] ?? 0) + value;
    sizes[at] = (sizes[at] ?? 0) + Math.abs(value);
  };
  return {
    add(key, sign, quantity, unblended) {
      const place = places.get(key) ?? places.size * AMOUNTS;
      places.set(key, place);
      put(place, sign);
      put(place + 1, sign * quantity);
      put(place + 2, sign * unblended);
    },
    isNothing: () => sums.every((sum, at) => totalsAgree(sum, 0, sizes[at] ?? 0)),
  };
}
