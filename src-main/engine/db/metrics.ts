// The SQL of metrics: figures a day of what was counted beside the bill, and the files they came with.
import type { MetricKey } from '../../../shared/domain/metrics/key.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import type { Db } from './open.ts';
import { dayNumber, isoDay } from './spend.ts';

export type MetricImport = {
  readonly file: string;
  readonly kind: string;
  readonly sha256: string;
  readonly importedAt: string;
  readonly rowsRead: number;
  readonly rowsTaken: number;
  readonly rowsRejected: number;
};

/** One figure: how much of a metric was counted under a key on a day (days since 1970-01-01). */
export type MetricFigure = {
  readonly day: number;
  readonly metric: string;
  readonly key: MetricKey;
  readonly value: number;
};

/** Id of the import that brought this very file; null where none did. */
export function importOfFile(db: Db, sha256: string): number | null {
  const find = db.prepare<[string], number>('SELECT id FROM metric_import WHERE sha256 = ?').pluck();
  return find.get(sha256) ?? null;
}

/** Keeps a file's figures, all or none. Returns the import's id. */
export function keepMetrics(db: Db, source: MetricImport, figures: Iterable<MetricFigure>): number {
  return db.transaction(() => {
    const id = Number(
      db
        .prepare(
          `INSERT INTO metric_import (file, kind, sha256, imported_at, rows_read, rows_taken, rows_rejected)
           VALUES (@file, @kind, @sha256, @importedAt, @rowsRead, @rowsTaken, @rowsRejected)`,
        )
        .run(source).lastInsertRowid,
    );
    const find = db.prepare<[string], number>('SELECT id FROM metric_key WHERE key = ?').pluck();
    const add = db.prepare('INSERT INTO metric_key (key, kept_by) VALUES (?, ?)');
    const insert = db.prepare(
      'INSERT INTO metric_value (import_id, metric, key_id, day, value) VALUES (?, ?, ?, ?, ?)',
    );
    for (const { day, metric, key, value } of figures) {
      const text = JSON.stringify(key);
      const keyId = find.get(text) ?? Number(add.run(text, JSON.stringify(Object.keys(key))).lastInsertRowid);
      insert.run(id, metric, keyId, day, value);
    }
    return id;
  })();
}

/** Forgets a file's figures; whether there was such an import. */
export function dropMetrics(db: Db, id: number): boolean {
  return db.transaction(() => {
    const { changes } = db.prepare('DELETE FROM metric_import WHERE id = ?').run(id);
    db.prepare('DELETE FROM metric_key WHERE id NOT IN (SELECT key_id FROM metric_value)').run();
    return changes === 1;
  })();
}

export type StoredImport = Omit<MetricImport, 'sha256'> & { readonly id: number };

export function metricImports(db: Db): StoredImport[] {
  return db
    .prepare<[], StoredImport>(
      `SELECT id, file, kind, imported_at AS importedAt, rows_read AS rowsRead, rows_taken AS rowsTaken,
         rows_rejected AS rowsRejected FROM metric_import ORDER BY id DESC LIMIT 10000`,
    )
    .all();
}

/** Figures that answer: of several files that count the same under the same key on a day, the newest one's. */
const CURRENT = `
  SELECT value.metric, key.key, key.kept_by, value.day, value.value, value.import_id, MAX(value.import_id)
  FROM metric_value AS value JOIN metric_key AS key ON key.id = value.key_id
  GROUP BY value.metric, value.key_id, value.day`;

export type MetricSeries = {
  readonly metric: string;
  readonly by: readonly string[];
  readonly keys: number;
  readonly days: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly total: number;
};

/** What is held, by metric and by what it is kept by. */
export function metricSeries(db: Db): MetricSeries[] {
  const rows = db
    .prepare(
      `SELECT metric, kept_by AS keptBy, COUNT(DISTINCT key) AS keys, COUNT(DISTINCT day) AS days,
         MIN(day) AS firstDay, MAX(day) AS lastDay, SUM(value) AS total
       FROM (${CURRENT}) GROUP BY metric, kept_by ORDER BY metric, kept_by LIMIT 1000`,
    )
    .all() as (Omit<MetricSeries, 'by' | 'firstDay' | 'lastDay'> & {
    keptBy: string;
    firstDay: number;
    lastDay: number;
  })[];
  return rows.map(({ keptBy, firstDay, lastDay, ...row }) => ({
    ...row,
    by: JSON.parse(keptBy) as string[],
    firstDay: isoDay(firstDay),
    lastDay: isoDay(lastDay),
  }));
}

export type DayCount = {
  readonly key: MetricKey;
  /** ISO day. */
  readonly day: string;
  readonly value: number;
  readonly file: string;
};

/** The figures of one metric kept by exactly these dimensions, of a period. */
export function dayCounts(db: Db, metric: string, by: readonly string[], period: Period | null): DayCount[] {
  const rows = db
    .prepare<[string, string, number, number], { key: string; day: number; value: number; file: string }>(
      `SELECT current.key, current.day, current.value, metric_import.file
       FROM (${CURRENT}) AS current JOIN metric_import ON metric_import.id = current.import_id
       WHERE current.metric = ? AND current.kept_by = ? AND current.day BETWEEN ? AND ?`,
    )
    .all(
      metric,
      JSON.stringify(by),
      period === null ? -1e9 : dayNumber(period.from),
      period === null ? 1e9 : dayNumber(period.to),
    );
  return rows.map(({ key, day, value, file }) => ({
    key: JSON.parse(key) as MetricKey,
    day: isoDay(day),
    value,
    file,
  }));
}

/** Application inference profiles → the one model that the bill knows for each; those with none or several are left out. */
export function modelsOfProfiles(db: Db): ReadonlyMap<string, string> {
  const marker = ':application-inference-profile/';
  const rows = db
    .prepare<[], { profile: string; model: string }>(
      `SELECT substr(resource.text, instr(resource.text, '${marker}') + ${marker.length}) AS profile,
         MIN(model.text) AS model
       FROM line_series AS s JOIN dim_resource AS resource ON resource.id = s.resource
       JOIN dim_model AS model ON model.id = s.model
       WHERE instr(resource.text, '${marker}') > 0
       GROUP BY 1 HAVING COUNT(DISTINCT s.model) = 1`,
    )
    .all();
  return new Map(rows.map(({ profile, model }) => [profile, model]));
}
