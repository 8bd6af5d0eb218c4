// Runs a simulation beside everything else the engine does: a few draws at a time.
import { setImmediate } from 'node:timers/promises';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import {
  type Simulation,
  type SimulationChoice,
  startSimulation,
} from '../../../shared/domain/whatif/simulate.ts';
import type { ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';

/** Draws between which the engine answers others; some tens of milliseconds. */
const DRAWS_AT_ONCE = 10;

export async function simulateInTurns(
  scenario: Scenario,
  baseline: ScenarioBaseline,
  how: SimulationChoice,
): Promise<Simulation> {
  const running = startSimulation(scenario, baseline, how);
  while (running.left() > DRAWS_AT_ONCE) {
    running.draw(DRAWS_AT_ONCE);
    await setImmediate();
  }
  return running.draw(DRAWS_AT_ONCE);
}
