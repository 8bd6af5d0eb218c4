// Turns the imagined company into billing lines, day by day, from a seed. The same seed gives the same bill, byte for byte.
import { bedrockLines, bedrockLinesOf } from './bedrock-lines.ts';
import { DAY, lineIds, type SampleLine, seeded } from './line.ts';
import { monthlyLines } from './monthly-lines.ts';
import { otherLines } from './other-lines.ts';

export type SampleShape = {
  readonly months: readonly string[];
  readonly rows: number;
  readonly seed: number;
};

/** All lines of one month, in file order. `rowsInMonth` bounds usage lines; taxes, fees and credits come on top. */
export function* linesOfMonth(shape: SampleShape, month: string, rowsInMonth: number): Generator<SampleLine> {
  const random = seeded(shape.seed * 7919 + Number(month.replace('-', '')));
  const start = Date.parse(`${month}-01T00:00:00Z`);
  const monthIndex = shape.months.indexOf(month);
  const end = nextMonth(start);
  const days = Math.round((end - start) / DAY);
  const ids = lineIds(random);
  const perDay = Math.max(2, Math.round(rowsInMonth / days));
  const bedrockPerDay = bedrockLinesOf(perDay);
  const othersPerDay = perDay - bedrockPerDay;
  for (let day = 0; day < days; day++) {
    const dayStart = start + day * DAY;
    yield* bedrockLines(random, ids, dayStart, day, monthIndex + day / days, bedrockPerDay);
    yield* otherLines(random, ids, dayStart, othersPerDay);
  }
  yield* monthlyLines(ids, start, end, monthIndex);
}

export function nextMonth(start: number): number {
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
