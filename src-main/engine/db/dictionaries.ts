// The dictionary tables: text ⇄ id, each text held once for the whole workspace.
import type { Db } from './open.ts';
import { DICTIONARIES, type Dictionary } from './schema.ts';

export type Dictionaries = {
  /** Id of the text, added when it is new; null stays null. */
  idOf(dictionary: Dictionary, text: string | null): number | null;
};

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
