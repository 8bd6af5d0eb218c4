// The SQL of pinned plans: one a saved scenario, as it stood when it was pinned.
import type { Db } from './open.ts';

export type StoredPin = {
  readonly scenarioId: number;
  readonly startsOn: string;
  readonly pinnedAt: string;
  /** JSON that the contract's schema reads. */
  readonly plan: string;
};

/** The pin of a saved scenario; null where it has none. */
export function storedPin(db: Db, scenarioId: number): StoredPin | null {
  const row = db
    .prepare<[number], StoredPin>(
      `SELECT scenario_id AS scenarioId, starts_on AS startsOn, pinned_at AS pinnedAt, plan
       FROM scenario_pin WHERE scenario_id = ?`,
    )
    .get(scenarioId);
  return row ?? null;
}

/** Keeps a plan in place of the one there was. */
export function storePin(db: Db, { scenarioId, startsOn, pinnedAt, plan }: StoredPin): void {
  db.prepare(
    `INSERT INTO scenario_pin (scenario_id, starts_on, pinned_at, plan) VALUES (?, ?, ?, ?)
     ON CONFLICT (scenario_id) DO UPDATE SET starts_on = excluded.starts_on, pinned_at = excluded.pinned_at,
       plan = excluded.plan`,
  ).run(scenarioId, startsOn, pinnedAt, plan);
}

/** Whether there was one to remove. */
export function removePin(db: Db, scenarioId: number): boolean {
  return db.prepare('DELETE FROM scenario_pin WHERE scenario_id = ?').run(scenarioId).changes > 0;
}
