// What the comparison calls its columns.
import type { Output } from '../../../shared/contract/methods.ts';
import { layerWords } from '../../../shared/format/scenario-words.ts';

type Scenarios = Output<'scenario.compare'>['scenarios'];

/** Columns, the first being what the others are compared with. */
export const LETTERS = ['A', 'B', 'C', 'D'] as const;

/** Currency of a column, and its price layer where it is not the others': else the figures' names say it. */
export function columnUnit({ currency, priceLayer }: Scenarios[number], all: Scenarios): string {
  const isMixed = all.some((other) => other.priceLayer !== priceLayer);
  return isMixed ? `${currency}, ${layerWords([priceLayer])}` : currency;
}
