// What is paid against list: one pass over the lines of a selection, in portions, so that other questions go on.
import { setImmediate } from 'node:timers/promises';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { cacheSaving } from '../../../shared/domain/pricing/cache-saving.ts';
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import { priceOnOtherModels } from '../../../shared/domain/pricing/other-models.ts';
import { varianceSum } from '../../../shared/domain/pricing/variance-tally.ts';
import { isTimeDimension } from '../../../shared/domain/spend/dimensions.ts';
import { activeDeliveries } from '../db/deliveries.ts';
import type { Db } from '../db/open.ts';
import { isoDay } from '../db/spend.ts';
import { invoicedColumns, varianceLines, varianceRanges } from '../db/variance-lines.ts';
import { openLineReader } from './line-variance.ts';
import { openSums, type Sums } from './variance-sums.ts';
import { waterfallOf } from './variance-waterfall.ts';

type Answer = Output<'variance.explore'>;

/** Most rows, groups and unpriced usage types one answer carries. */
const ROW_LIMIT = 2000;
const TREND_LIMIT = 4000;

/** Answers `variance.explore`. Throws `invalid_input` for a dimension of time, `unknown_dimension` for none at all. */
export async function exploreVariance(
  db: Db,
  catalog: Catalog,
  question: ParsedInput<'variance.explore'>,
): Promise<Answer> {
  if (isTimeDimension(question.groupBy)) {
    throw new AssayError(
      'invalid_input',
      `Lines cannot be split by ${question.groupBy} here: the trend shows time. Choose model, meter, account or another.`,
      { field: 'groupBy', value: question.groupBy },
    );
  }
  const columns = invoicedColumns(db);
  const reader = openLineReader(db, catalog, question, columns);
  const sums = openSums(question.grain);
  for (const range of varianceRanges(db, [...columns.keys()], question.period)) {
    for (const line of varianceLines(db, question, range)) {
      const read = reader.read(line);
      if (read !== null) sums.add(read);
    }
    await setImmediate();
  }
  return worded(db, catalog, question, sums);
}

function worded(db: Db, catalog: Catalog, question: ParsedInput<'variance.explore'>, sums: Sums): Answer {
  const total = mutable(varianceSum(sums.total));
  const rows = [...sums.groups]
    .map(([key, tally]) => ({ key, ...mutable(varianceSum(tally)) }))
    .sort(
      (left, right) => Math.abs(right.variance) - Math.abs(left.variance) || right.invoiced - left.invoiced,
    );
  const unpriced = sums.unpricedUsage();
  const volumes = sums.volumes();
  const day = sums.lastDay === null ? null : isoDay(sums.lastDay);
  return {
    schemaVersion: 1,
    period: question.period,
    where: question.where,
    groupBy: question.groupBy,
    catalogVersion: catalog.version,
    total,
    rows: rows.slice(0, ROW_LIMIT),
    rowCount: rows.length,
    trend: [...sums.steps]
      .map(([step, tally]) => ({ step, ...mutable(varianceSum(tally)) }))
      .sort((left, right) => left.step.localeCompare(right.step))
      .slice(-TREND_LIMIT),
    waterfall: waterfallOf(total, sums.notUsage()),
    unpriced: unpriced.slice(0, ROW_LIMIT),
    unpricedCount: unpriced.length,
    notUsage: sums.notUsage().slice(0, 100),
    otherCurrencies: sums.otherCurrencies(),
    cacheSaving: cacheSaving(sums.cache),
    otherModels: {
      day,
      tokens: volumes.reduce((tokens, volume) => tokens + volume.tokens, 0),
      invoiced: volumes.reduce((invoiced, volume) => invoiced + volume.invoiced, 0),
      models:
        day === null
          ? []
          : priceOnOtherModels(catalog, volumes, day).map((other) => ({
              ...other,
              standIns: [...other.standIns],
            })),
    },
    estimated: activeDeliveries(db).some(({ id, estimated }) => estimated && sums.deliveries.has(id)),
  };
}

function mutable(sum: ReturnType<typeof varianceSum>): Answer['total'] {
  return {
    ...sum,
    unpriced: { ...sum.unpriced },
    contract: { ...sum.contract },
    reasons: sum.reasons.map((reason) => ({ ...reason })),
  };
}
