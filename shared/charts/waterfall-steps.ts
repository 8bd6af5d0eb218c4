// The arithmetic of a waterfall: from a start through signed changes to an end, every bar with its foot and head.

export type WaterfallChange = {
  readonly id: string;
  readonly label: string;
  /** Signed: negative takes away. */
  readonly amount: number;
  /** The change under the low and high case, where known. */
  readonly low: number | null;
  readonly high: number | null;
};

export type WaterfallStep = {
  readonly id: string;
  readonly label: string;
  readonly kind: 'total' | 'decrease' | 'increase' | 'none';
  /** Lower and upper edge of the bar; equal when nothing changes. */
  readonly foot: number;
  readonly head: number;
  readonly amount: number;
  /** Where the level stands after the step, for the line to the next bar. */
  readonly level: number;
  /** Levels under the low and high case, lower first; null where no range is known. */
  readonly whisker: readonly [number, number] | null;
};

/**
 * Steps of a waterfall in the unit of its amounts.
 * `chained` lets every bar start where the one before ended; otherwise each hangs from the start by itself.
 */
export function waterfallSteps(
  start: { readonly label: string; readonly amount: number },
  changes: readonly WaterfallChange[],
  end: { readonly label: string; readonly amount: number },
  chained: boolean,
): WaterfallStep[] {
  let level = start.amount;
  const bars = changes.map((change): WaterfallStep => {
    const from = chained ? level : start.amount;
    const to = from + change.amount;
    if (chained) level = to;
    return {
      id: change.id,
      label: change.label,
      kind: change.amount < 0 ? 'decrease' : change.amount > 0 ? 'increase' : 'none',
      foot: Math.min(from, to),
      head: Math.max(from, to),
      amount: change.amount,
      level: to,
      whisker: whisker(from, change),
    };
  });
  return [total('start', start), ...bars, total('end', end)];
}

function whisker(from: number, { low, high }: WaterfallChange): readonly [number, number] | null {
  if (low === null || high === null || low === high) return null;
  return [from + Math.min(low, high), from + Math.max(low, high)];
}

function total(id: string, { label, amount }: { label: string; amount: number }): WaterfallStep {
  return {
    id,
    label,
    kind: 'total',
    foot: Math.min(0, amount),
    head: Math.max(0, amount),
    amount,
    level: amount,
    whisker: null,
  };
}
