// What the workspace holds, in a few figures, and whether its file is sound.
import type { Db } from './open.ts';
import { isoDay } from './spend.ts';
import { heldKeys } from './spend-filter.ts';

const ACTIVE = '(SELECT id FROM delivery WHERE active = 1)';

export type Holdings = {
  readonly days: { readonly from: string; readonly to: string } | null;
  readonly months: { month: string; estimated: boolean }[];
  readonly payers: string[];
  readonly tagKeys: string[];
  readonly costCategories: string[];
};

/** Days and deliveries that answer questions, and the keys their lines are labelled with. */
export function holdings(db: Db): Holdings {
  const { first, last } = db
    .prepare(
      `SELECT MIN(day) AS first, MAX(day) AS last FROM (
         SELECT MIN(day) AS day FROM daily WHERE delivery_id IN ${ACTIVE}
         UNION ALL SELECT MAX(day) FROM daily WHERE delivery_id IN ${ACTIVE}
         UNION ALL SELECT MIN(day) FROM rollup WHERE delivery_id IN ${ACTIVE}
         UNION ALL SELECT MAX(day) FROM rollup WHERE delivery_id IN ${ACTIVE})`,
    )
    .get() as { first: number | null; last: number | null };
  const months = db
    .prepare(
      `SELECT period AS month, MAX(estimated) AS estimated FROM delivery WHERE active = 1 GROUP BY period ORDER BY period`,
    )
    .all() as { month: string; estimated: number }[];
  const payers = db
    .prepare('SELECT DISTINCT payer FROM delivery WHERE active = 1 ORDER BY payer')
    .pluck()
    .all() as string[];
  return {
    days: first === null || last === null ? null : { from: isoDay(first), to: isoDay(last) },
    months: months.map(({ month, estimated }) => ({ month, estimated: estimated === 1 })),
    payers,
    tagKeys: heldKeys(db, 'tag_set'),
    costCategories: heldKeys(db, 'cost_category_set'),
  };
}

/** Billing months of which some delivery is held. */
export function heldMonths(db: Db): ReadonlySet<string> {
  return new Set(
    db.prepare<[], string>('SELECT DISTINCT period FROM delivery WHERE active = 1').pluck().all(),
  );
}

export type FileHealth = {
  readonly sqlite: string;
  readonly integrity: 'ok' | 'damaged';
  readonly problem: string | null;
  readonly bytes: number;
};

/** Reads the whole file and checks its structure. */
export function fileHealth(db: Db): FileHealth {
  const verdict = String(db.pragma('quick_check(1)', { simple: true }));
  return {
    sqlite: String(db.prepare('SELECT sqlite_version()').pluck().get()),
    integrity: verdict === 'ok' ? 'ok' : 'damaged',
    problem: verdict === 'ok' ? null : verdict,
    bytes: workspaceBytes(db),
  };
}

/** Size of the workspace file, without what is still on its way into it. */
export function workspaceBytes(db: Db): number {
  const value = (pragma: string): number => Number(db.pragma(pragma, { simple: true }));
  return value('page_count') * value('page_size');
}
