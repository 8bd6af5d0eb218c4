// A waterfall with totals in between: levels and the changes that lead from one to the next.
import type { WaterfallStep } from './waterfall-steps.ts';

export type LevelStep = {
  readonly id: string;
  readonly label: string;
  readonly kind: 'total' | 'change';
  readonly amount: number;
};

/** Every change starts where the step before ended; every total stands on the axis. Amounts in one unit. */
export function levelSteps(steps: readonly LevelStep[]): WaterfallStep[] {
  let level = 0;
  return steps.map(({ id, label, kind, amount }): WaterfallStep => {
    const from = kind === 'total' ? 0 : level;
    level = from + amount;
    return {
      id,
      label,
      kind: kind === 'total' ? 'total' : amount < 0 ? 'decrease' : amount > 0 ? 'increase' : 'none',
      foot: Math.min(from, level),
      head: Math.max(from, level),
      amount,
      level,
      whisker: null,
    };
  });
}
