// The SQL of contract rates: what they were after each change, which ones are in use, and the usage they are looked up for.
import {
  OVERRIDE_PARTS,
  type Override,
  type OverrideScope,
} from '../../../shared/domain/pricing/override.ts';
import type { Db } from './open.ts';

export type OverrideVersion = {
  readonly id: number;
  readonly madeAt: string;
  readonly what: string;
  readonly rates: number;
};

/** Versions of the rates, the newest first. */
export function overrideVersions(db: Db): OverrideVersion[] {
  return db
    .prepare<[], OverrideVersion>(
      `SELECT id, made_at AS madeAt, what,
         (SELECT COUNT(*) FROM price_override WHERE version_id = override_version.id) AS rates
       FROM override_version ORDER BY id DESC`,
    )
    .all();
}

const IN_USE = 'override_version';

/** The version in use; null = no rates. */
export function overrideVersionInUse(db: Db): number | null {
  const row = db.prepare<[string], { value: string }>('SELECT value FROM setting WHERE name = ?').get(IN_USE);
  return row === undefined ? null : Number(row.value);
}

export function putOverridesInUse(db: Db, id: number | null): void {
  db.transaction(() => {
    db.prepare('DELETE FROM setting WHERE name = ?').run(IN_USE);
    if (id !== null) db.prepare('INSERT INTO setting (name, value) VALUES (?, ?)').run(IN_USE, String(id));
  })();
}

type Row = OverrideScope & {
  readonly number: number;
  readonly off: number | null;
  readonly usd: number | null;
  readonly per: number | null;
  readonly unit: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly note: string;
};

const PARTS = OVERRIDE_PARTS.join(', ');

export function overridesOfVersion(db: Db, version: number): Override[] {
  return db
    .prepare<[number], Row>(
      `SELECT number, ${PARTS}, share_off AS off, usd, per, unit, first_day AS "from", last_day AS "to", note
       FROM price_override WHERE version_id = ? ORDER BY number`,
    )
    .all(version)
    .map(({ number, off, usd, per, unit, from, to, note, ...scope }) => ({
      number,
      scope,
      rate:
        off === null
          ? { kind: 'price', usd: usd ?? 0, per: per ?? 1, unit: unit ?? '' }
          : { kind: 'percent', off },
      from,
      to,
      note,
    }));
}

/** Keeps rates as a new version, in use from now on. Returns its id. */
export function keepOverrides(
  db: Db,
  version: { readonly madeAt: string; readonly what: string },
  rates: readonly Override[],
): number {
  const insert = db.prepare(
    `INSERT INTO price_override (version_id, number, ${PARTS}, share_off, usd, per, unit, first_day, last_day, note)
     VALUES (?, ?, ${OVERRIDE_PARTS.map(() => '?').join(', ')}, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const keep = db.transaction((): number => {
    const { lastInsertRowid } = db
      .prepare('INSERT INTO override_version (made_at, what) VALUES (?, ?)')
      .run(version.madeAt, version.what);
    const id = Number(lastInsertRowid);
    for (const { number, scope, rate, from, to, note } of rates) {
      const amounts =
        rate.kind === 'percent' ? [rate.off, null, null, null] : [null, rate.usd, rate.per, rate.unit];
      insert.run(id, number, ...OVERRIDE_PARTS.map((part) => scope[part]), ...amounts, from, to, note);
    }
    putOverridesInUse(db, id);
    return id;
  });
  return keep();
}

/** Lines of one series and span of days, added up: what a change of rates is shown on. Amounts in USD. */
export type UsageSum = {
  readonly series: number;
  readonly day: number;
  readonly lastDay: number;
  readonly lines: number;
  /** In base units; null where it does not count or could not be read. */
  readonly quantity: number | null;
  readonly unblended: number;
  readonly listed: number | null;
  readonly contracted: number | null;
};

/** Every Bedrock usage line in USD that is held, added up by series and days. */
export function usageSums(db: Db): UsageSum[] {
  const sums = (table: string, lines: string, lastDay: string): string => `
    SELECT f.series_id AS series, f.day, ${lastDay} AS lastDay, ${lines} AS lines,
      CASE WHEN s.counts_quantity = 1 THEN SUM(f.quantity) * s.multiplier END AS quantity,
      SUM(f.unblended) AS unblended, SUM(f.catalog_low) AS listed, SUM(f.contract_low) AS contracted
    FROM ${table} AS f JOIN line_series AS s ON s.id = f.series_id
    JOIN dim_currency AS currency ON currency.id = s.currency AND currency.text = 'USD'
    WHERE s.is_usage = 1 AND s.line_class = 'bedrock'
      AND f.delivery_id IN (SELECT id FROM delivery WHERE active = 1)
    GROUP BY 1, 2, 3, f.contract_low IS NULL`;
  return db
    .prepare<[], UsageSum>(
      `${sums('line_item', 'COUNT(*)', 'MAX(f.day, (f.end_second - 1) / 86400)')}
       UNION ALL ${sums('claimed_rollup', 'SUM(f.line_items)', 'f.day')}`,
    )
    .all();
}

/** Providers and models that lines of the workspace have, those of its own rules included. */
export function namesOfLines(db: Db): { readonly providers: string[]; readonly models: string[] } {
  const texts = (name: 'provider' | 'model'): string[] =>
    db.prepare<[], string>(`SELECT text FROM dim_${name} ORDER BY text`).pluck().all();
  return { providers: texts('provider'), models: texts('model') };
}
