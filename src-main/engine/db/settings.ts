// Small facts about the workspace itself, by name: which catalog prices it, what was begun and is not finished.
import type { Db } from './open.ts';

/** The value held under a name; null where there is none. */
export function setting(db: Db, name: string): string | null {
  const find = db.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck();
  return find.get(name) ?? null;
}

/** Holds a value under a name; null takes it away. */
export function keepSetting(db: Db, name: string, value: string | null): void {
  if (value === null) db.prepare('DELETE FROM setting WHERE name = ?').run(name);
  else
    db.prepare(
      'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    ).run(name, value);
}
