// Figures as a reader wants them listed: by metric and by what they are kept by, and the files they came with.
import type { Output } from '../../../shared/contract/methods.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import { type MetricFigure, metricImports, metricSeries } from '../db/metrics.ts';
import type { Db } from '../db/open.ts';
import { isoDay } from '../db/spend.ts';

type List = Output<'metrics.list'>;
type Series = List['series'][number];

/** The series of one file. */
export function seriesOf(figures: Iterable<MetricFigure>): Series[] {
  const groups = Map.groupBy(figures, ({ metric, key }) => JSON.stringify([metric, Object.keys(key)]));
  return [...groups]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .slice(0, 1000)
    .map(([id, members]) => {
      const [metric, by] = JSON.parse(id) as [string, string[]];
      const days = members.map(({ day }) => day).toSorted((left, right) => left - right);
      return {
        metric,
        by,
        keys: new Set(members.map(({ key }) => JSON.stringify(key))).size,
        days: new Set(days).size,
        firstDay: isoDay(days[0] ?? 0),
        lastDay: isoDay(days.at(-1) ?? 0),
        total: sumOf(members.map(({ value }) => value)),
      };
    });
}

/** What is held: the files, newest first, and the series that answer questions now. */
export function listMetrics(db: Db): List {
  return {
    schemaVersion: 1,
    imports: metricImports(db).map(({ kind, rowsRead, rowsTaken, rowsRejected, ...held }) => ({
      ...held,
      kind: kind as List['imports'][number]['kind'],
      rows: { read: rowsRead, taken: rowsTaken, rejected: rowsRejected },
    })),
    series: metricSeries(db).map((one) => ({ ...one, by: [...one.by] })),
  };
}
