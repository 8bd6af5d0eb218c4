// The waterfall of a scenario: from its baseline over its levers to what is left, the same on the screen and in a report.
import { sumOf } from '../domain/sum.ts';
import type { LedgerEntry, ScenarioAnswer } from '../domain/whatif/answer.ts';
import { type WaterfallStep, waterfallSteps } from './waterfall-steps.ts';

/** `alone`: every lever by itself from the baseline, their interaction as a bar of its own. */
export type LedgerOrder = 'inOrder' | 'alone';

type Entry = Pick<LedgerEntry, 'leverId' | 'enabled' | 'alone' | 'inOrder' | 'interaction'>;
type Answered<Line> = Pick<ScenarioAnswer, 'baseline' | 'after'> & { readonly ledger: readonly Line[] };

/**
 * Bars from the baseline to what is left, in money; a lever without a figure has none. The last bar is where the ones
 * before it arrive. Empty where either end is not known.
 */
export function waterfallOf<Line extends Entry>(
  { baseline, after, ledger }: Answered<Line>,
  order: LedgerOrder,
  labelOf: (line: Line) => string,
): WaterfallStep[] {
  const before = baseline.atPrice;
  if (before === null || after === null) return [];
  const entries = ledger.filter(({ enabled }) => enabled);
  const changes = entries.flatMap((entry) => {
    const band = entry[order];
    if (band === null) return [];
    return [
      { id: entry.leverId, label: labelOf(entry), amount: -band.base, low: -band.high, high: -band.low },
    ];
  });
  const interaction = sumOf(entries.map((entry) => entry.interaction?.base ?? 0));
  const shared =
    order === 'alone' && changes.length > 1
      ? [{ id: 'interaction', label: 'Interaction', amount: -interaction, low: null, high: null }]
      : [];
  return waterfallSteps(
    { label: 'Baseline', amount: before.base },
    [...changes, ...shared],
    { label: 'After', amount: after.base },
    order === 'inOrder',
  );
}
