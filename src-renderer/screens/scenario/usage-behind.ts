// The way from a scenario to the lines of the bill it starts from.
import type { Filter } from '../../../shared/domain/spend/vocabulary.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { formatLocation, INITIAL_CONTEXT } from '../../app/location.ts';

/** Address of the explorer on the baseline's days and filters, and on what a lever narrows them to. */
export function usageBehind({ period, where }: Scenario['baseline'], scope: readonly Filter[] = []): string {
  const filters = [...new Map([...where, ...scope].map((one) => [JSON.stringify(one), one])).values()];
  return formatLocation({
    screen: 'explorer',
    context: { ...INITIAL_CONTEXT, period: { from: period.from, to: period.to }, where: filters },
    own: { group: 'model|meter', show: 'cost|quantity|tokens' },
  });
}
