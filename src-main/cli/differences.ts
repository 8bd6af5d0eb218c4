// What a delivery changes about a held period, by service and by day, as the terminal prints it.
import { left, right, table } from './table.ts';
import { formatMoney } from './text.ts';

type Sides = { readonly held: number; readonly incoming: number };

export type Differences = {
  readonly byService: readonly (Sides & { readonly service: string })[];
  readonly byDay: readonly (Sides & { readonly day: string })[];
};

/** Two tables, an empty line between them. */
export function describeDifferences({ byService, byDay }: Differences, currency: string): string {
  const changes = (name: string, rows: readonly (readonly [label: string, sides: Sides])[]): string =>
    table(
      [left(name), right('Held'), right('New'), right('Difference')],
      rows.map(([label, { held, incoming }]) => [
        left(label === '' ? '(none)' : label),
        ...[held, incoming, incoming - held].map((amount) => right(formatMoney(amount, currency))),
      ]),
    );
  return [
    changes(
      'Service',
      byService.map((row) => [row.service, row]),
    ),
    changes(
      'Day',
      byDay.map((row) => [row.day, row]),
    ),
  ].join('\n');
}
