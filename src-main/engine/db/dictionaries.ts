// The dictionary tables: text ⇄ id, each text held once for the whole workspace.
import type { Db } from './open.ts';
import { DICTIONARIES, type Dictionary } from './schema.ts';

export type Dictionaries = {
  /** Id of the text, added when it is new; null stays null. */
  idOf(dictionary: Dictionary, text: string | null): number | null;
};

/** Columns of `line_series` that refer to a dictionary under another name than its own. */
const FURTHER_COLUMNS: Readonly<Partial<Record<Dictionary, readonly string[]>>> = {
  region: ['stated_region'],
};

/** Deletes the texts that no series and no account name refers to. */
export function removeUnusedTexts(db: Db): void {
  for (const name of DICTIONARIES) {
    const used = [name, ...(FURTHER_COLUMNS[name] ?? [])]
      .map((column) => `SELECT ${column} FROM line_series WHERE ${column} IS NOT NULL`)
      .concat(name === 'account' ? ['SELECT account FROM account_name'] : []);
    db.prepare(`DELETE FROM dim_${name} WHERE id NOT IN (${used.join(' UNION ')})`).run();
  }
}

/** A look-up with a memory for one run; forget it when a transaction that used it is rolled back. */
export function openDictionaries(db: Db): Dictionaries {
  const rooms = Object.fromEntries(
    DICTIONARIES.map((name) => [
      name,
      {
        known: new Map<string, number>(),
        find: db.prepare<[string], number>(`SELECT id FROM dim_${name} WHERE text = ?`).pluck(),
        add: db.prepare<[string]>(`INSERT INTO dim_${name} (text) VALUES (?)`),
      },
    ]),
  );
  return {
    idOf(dictionary, text) {
      if (text === null) return null;
      const room = rooms[dictionary];
      if (room === undefined) throw new Error(`no dictionary ${dictionary}`);
      const known = room.known.get(text);
      if (known !== undefined) return known;
      const id = room.find.get(text) ?? Number(room.add.run(text).lastInsertRowid);
      room.known.set(text, id);
      return id;
    },
  };
}
