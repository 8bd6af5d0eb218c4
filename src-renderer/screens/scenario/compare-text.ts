// The comparison as a table for a sheet: a row a figure, a column a scenario, then its difference to the first.
import type { Output } from '../../../shared/contract/methods.ts';
import { type DelimitedCell, toTsv } from '../../../shared/format/delimited.ts';
import { comparedName } from '../../../shared/format/scenario-words.ts';
import { columnUnit, LETTERS } from './compare-words.ts';

type Comparison = Output<'scenario.compare'>;
type Values = readonly (number | { readonly base: number } | null)[];

export function comparisonText({ scenarios, figures, levers, models, months }: Comparison): string {
  const cells = (section: string, label: string, values: Values, differences: readonly (number | null)[]) => [
    section,
    label,
    ...values.flatMap((value, index): DelimitedCell[] => {
      const amount = value !== null && typeof value === 'object' ? value.base : value;
      return index === 0 ? [amount] : [amount, differences[index] ?? null];
    }),
  ];
  const layers = scenarios.map(({ priceLayer }) => priceLayer);
  return toTsv(
    [
      'section',
      'figure',
      ...scenarios.flatMap((scenario, index) => {
        const title = `${LETTERS[index]} ${scenario.name} (${columnUnit(scenario, scenarios)})`;
        return index === 0 ? [title] : [title, `${LETTERS[index]} − A`];
      }),
    ],
    [
      ...figures.map((row) => cells('figure', comparedName(row.figure, layers), row.values, row.differences)),
      ...levers.map((row) => cells('lever', row.label, row.values, row.differences)),
      ...models.map((row) => cells('model', row.model ?? 'beside the tokens', row.values, row.differences)),
      ...months.map((row) => cells('month', row.month, row.values, row.differences)),
    ],
  );
}
