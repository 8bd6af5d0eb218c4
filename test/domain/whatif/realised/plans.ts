// Plans over a small October and months of later bills to hold against them.
import { planOf, planScopes, type RequestCounts } from '../../../../shared/domain/whatif/realised/plan.ts';
import { type LaterMonth, laterScopes } from '../../../../shared/domain/whatif/realised/realise.ts';
import type { Lever, Scenario } from '../../../../shared/domain/whatif/scenario.ts';
import {
  asScope,
  type ScenarioBaseline,
  scopesOf,
  type UsageVector,
} from '../../../../shared/domain/whatif/vectors.ts';
import { bill, scenario, usage } from '../bill.ts';

/** 310 million tokens in and 31 out of Claude Sonnet 4.5, 930 + 465. */
export const OCTOBER = [usage('1', { tokens: { input: 310, output: 31 } })];
const NOTHING = { hours: 0, invoiced: 0 };

/** A baseline that knows the scopes of a plan; every vector is in all of them. */
export function planned(
  levers: readonly Lever[],
  vectors = OCTOBER,
  ocu = NOTHING,
  parts: Partial<Pick<ScenarioBaseline, 'outside' | 'capacity' | 'hourly'>> = {},
  counts: ReadonlyMap<string, RequestCounts> = new Map(),
) {
  const plan: Scenario = scenario(levers);
  const scopes = [...planScopes(plan), ...scopesOf(levers)].map(asScope);
  const whole = bill(
    vectors.map((vector) => ({ ...vector, inScopes: scopes.map((_, index) => index) })),
    { scopes, ocu, ...parts },
  );
  return planOf(plan, whole, '2026-11-01', counts);
}

type Plan = ReturnType<typeof planned>;

export function later(
  plan: Plan,
  month: string,
  daysHeld: number,
  vectors: readonly UsageVector[],
  ocu = NOTHING,
  parts: Partial<Pick<LaterMonth, 'outside' | 'capacity' | 'counts'>> = {},
): LaterMonth {
  const scopes = laterScopes(plan);
  const daysInMonth = month === '2026-11' ? 30 : 31;
  return {
    month,
    days: { from: `${month}-01`, to: `${month}-${daysInMonth}` },
    daysInMonth,
    daysHeld,
    estimated: false,
    scopes: scopes.map(asScope),
    outside: [],
    counts: new Map(),
    vectors: vectors.map((vector) => ({ ...vector, inScopes: scopes.map((_, index) => index) })),
    ocu,
    capacity: [],
    ...parts,
  };
}
