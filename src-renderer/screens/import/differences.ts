// Amounts held and incoming side by side, those that differ first.

export type DifferenceRow = {
  readonly name: string;
  readonly held: number;
  readonly incoming: number;
  readonly difference: number;
};

/** Rows that differ by more than what adding doubles leaves behind, biggest first. */
export function differencesOf(
  rows: readonly { readonly name: string; readonly held: number; readonly incoming: number }[],
): DifferenceRow[] {
  return rows
    .map((row) => ({ ...row, difference: row.incoming - row.held }))
    .filter(
      ({ held, incoming, difference }) =>
        Math.abs(difference) > 1e-9 * Math.max(Math.abs(held), Math.abs(incoming)),
    )
    .sort((left, right) => Math.abs(right.difference) - Math.abs(left.difference));
}
