// Published and own figures of the calibration in words, alike on the screen and in the terminal.
import type { ExampleKind, ExampleUnit, Published, Verdict } from '../domain/calibration/example.ts';
import type { Format } from './format.ts';

export const VERDICT_NAMES: Readonly<Record<Verdict, string>> = {
  agrees: 'Agrees',
  wrong: 'Publication is wrong',
  outdated: 'Outdated',
  depends: 'Depends',
  open: 'Not computable',
};

export const EXAMPLE_KIND_NAMES: Readonly<Record<ExampleKind, string>> = {
  computed: 'Computed',
  price: 'Price look-up',
  open: 'Not computable',
};

/** One figure in its unit. */
export function exampleFigure(value: number | null, unit: ExampleUnit, format: Format): string {
  switch (unit) {
    case 'USD':
      return value !== null && Math.abs(value) < 1
        ? format.unitPrice(value, 'USD')
        : format.money(value, 'USD');
    case 'USD / 1M':
    case 'USD / h':
      return format.unitPrice(value, 'USD');
    case 'share':
      return format.percent(value, 1);
    case 'times':
      return value === null ? format.decimal(value, 1) : `${format.decimal(value, 2)}×`;
    case 'minutes':
      return `${format.decimal(value, 1)} min`;
    case 'count':
    case 'units':
    case 'tokens':
      return format.decimal(value, 2);
  }
}

/** Several figures as one text; alike ones once. */
export function exampleFigures(
  values: readonly (number | null)[],
  unit: ExampleUnit,
  format: Format,
): string {
  const texts = values.map((value) => exampleFigure(value, unit, format));
  return (new Set(texts).size === 1 ? texts.slice(0, 1) : texts).join(' / ');
}

export function publishedText(published: Published, unit: ExampleUnit, format: Format): string {
  switch (published.kind) {
    case 'figures':
      return exampleFigures(published.values, unit, format);
    case 'range': {
      const from = exampleFigure(published.from, unit, format);
      if (published.to === null) return `more than ${from}`;
      return `${from} to ${exampleFigure(published.to, unit, format)}`;
    }
    case 'text':
      return published.text;
  }
}
