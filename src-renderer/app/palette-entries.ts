// What the palette offers for what is typed, and which of it Enter takes: derived from what is shown at that moment.
import type { ComponentType } from 'react';

export type PaletteEntry = {
  readonly id: string;
  readonly label: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly description?: string;
  /** Other words it is found by. */
  readonly keywords?: readonly string[];
  /** The key that does the same. */
  readonly keys?: string | null;
  readonly run: () => void;
};
export type PaletteGroup = { readonly name: string; readonly entries: readonly PaletteEntry[] };

/**
 * The first `most` entries that hold what is typed: those found by their name before those found by other words, and
 * groups by their best entry.
 */
export function entriesFor(typed: string, groups: readonly PaletteGroup[], most: number): PaletteGroup[] {
  const wanted = typed.trim().toLowerCase();
  const holds = (text: string): boolean => text.toLowerCase().includes(wanted);
  const all = groups.flatMap(({ name, entries }) => entries.map((entry) => ({ name, entry })));
  const byName = all.filter(({ entry }) => holds(entry.label));
  const byOtherWords = all.filter(
    ({ entry: { label, description = '', keywords = [] } }) =>
      !holds(label) && (holds(description) || keywords.some(holds)),
  );
  const found = new Map<string, PaletteEntry[]>();
  for (const { name, entry } of [...byName, ...byOtherWords].slice(0, most))
    found.set(name, [...(found.get(name) ?? []), entry]);
  return [...found].map(([name, entries]) => ({ name, entries }));
}

/** The entry gone to by arrow for as long as it is shown, else the first shown. */
export function selectedEntry(
  shown: readonly PaletteEntry[],
  chosen: string | null,
): PaletteEntry | undefined {
  return shown.find(({ id }) => id === chosen) ?? shown[0];
}

/** The entry so many steps from the selected one; past either end it goes on at the other. */
export function entryBeside(
  shown: readonly PaletteEntry[],
  selected: PaletteEntry | undefined,
  steps: number,
): PaletteEntry | undefined {
  if (selected === undefined) return undefined;
  return shown[(shown.indexOf(selected) + steps + shown.length) % shown.length];
}
