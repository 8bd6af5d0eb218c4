// What the palette finds, in which order, and which entry Enter takes of a list that changes.
import { expect, test } from 'vitest';
import {
  entriesFor,
  entryBeside,
  type PaletteEntry,
  type PaletteGroup,
  selectedEntry,
} from '../../../src-renderer/app/palette-entries.ts';

const entry = (label: string, ...keywords: string[]): PaletteEntry => ({
  id: label,
  label,
  keywords,
  icon: () => null,
  run: () => undefined,
});
const screens: PaletteGroup = {
  name: 'Screens',
  entries: [entry('Overview', 'total'), entry('Prices', 'novelty'), entry('What-if')],
};
const models: PaletteGroup = { name: 'Models', entries: [entry('Nova Lite'), entry('Claude Haiku 4.5')] };
const labels = (groups: readonly PaletteGroup[]): string[] =>
  groups.flatMap(({ name, entries }) => entries.map(({ label }) => `${name}: ${label}`));

test('names before other words, and the group of the best one first', () => {
  expect(labels(entriesFor(' NOV ', [screens, models], 40))).toEqual([
    'Models: Nova Lite',
    'Screens: Prices',
  ]);
  expect(labels(entriesFor('', [screens, models], 4))).toEqual([
    'Screens: Overview',
    'Screens: Prices',
    'Screens: What-if',
    'Models: Nova Lite',
  ]);
  expect(entriesFor('nothing of this name', [screens, models], 40)).toEqual([]);
});

test('the first shown is marked until an arrow chose; the choice stays among those that come, not without itself', () => {
  const [overview, prices, whatIf] = screens.entries;
  const later = [...models.entries, ...screens.entries];
  expect(selectedEntry([], null)).toBeUndefined();
  expect(selectedEntry(models.entries, null)).toBe(models.entries[0]);
  expect(selectedEntry(screens.entries, null)).toBe(overview);
  expect(selectedEntry(later, null)).toBe(models.entries[0]);
  expect(selectedEntry(later, 'Prices')).toBe(prices);
  expect(selectedEntry(models.entries, 'Prices')).toBe(models.entries[0]);
  expect(entryBeside(screens.entries, overview, -1)).toBe(whatIf);
  expect(entryBeside(screens.entries, whatIf, 1)).toBe(overview);
  expect(entryBeside([], undefined, 1)).toBeUndefined();
});
