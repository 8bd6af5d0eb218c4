// A scenario on its way from the screen that made it to the screen that edits it.
import type { Scenario } from '../../shared/domain/whatif/scenario.ts';
import { openScreen } from './navigation.ts';

let waiting: Scenario | null = null;

/** Opens a scenario, not saved yet, for editing. */
export function openAsScenario(scenario: Scenario): void {
  waiting = scenario;
  openScreen('scenario');
}

/** The scenario that waits to be edited, once; null where none does. */
export function takeScenario(): Scenario | null {
  const taken = waiting;
  waiting = null;
  return taken;
}
