// What the comparison calls its columns and figures.
import type { ComparedFigure } from '../../../shared/domain/whatif/compare.ts';

/** Columns, the first being what the others are compared with. */
export const LETTERS = ['A', 'B', 'C', 'D'] as const;

export const FIGURE_NAMES: Readonly<Record<ComparedFigure, string>> = {
  before: 'Baseline at price',
  savingAtPrice: 'Saving at price',
  after: 'Cost after',
  cashThisYear: 'Cash, commitment year',
  oneOff: 'One-off cost',
};
