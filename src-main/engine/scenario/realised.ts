// Pins saved scenarios to a start date and reads the bills since, for what was planned against what came.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { pinnedPlan } from '../../../shared/contract/realised.ts';
import { scenario as scenarioSchema } from '../../../shared/contract/scenario.ts';
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import type { Filter } from '../../../shared/domain/spend/vocabulary.ts';
import { baselineOf } from '../../../shared/domain/whatif/baseline.ts';
import { needsOf } from '../../../shared/domain/whatif/needs.ts';
import {
  monthsSince,
  planState,
  type RealisedAnswer,
  realisedNotes,
} from '../../../shared/domain/whatif/realised/answer.ts';
import { needsCounts } from '../../../shared/domain/whatif/realised/follow.ts';
import {
  conditionsOf,
  type PinnedPlan,
  planOf,
  planScopes,
} from '../../../shared/domain/whatif/realised/plan.ts';
import { type LaterMonth, laterScopes, realise } from '../../../shared/domain/whatif/realised/realise.ts';
import type { Db } from '../db/open.ts';
import { removePin, type StoredPin, storedPin, storePin } from '../db/scenario-pins.ts';
import { capacityUnits, daysHeld, isEstimated, usageRows } from '../db/scenarios.ts';
import { holdings } from '../db/workspace.ts';
import { readBaseline } from './baseline.ts';
import { keptScenarios, type SavedScenario } from './keep.ts';
import { requestCounts } from './request-counts.ts';

type Answer = Output<'scenario.realised'>;

const inCurrency = (currency: string): Filter => ({
  dimension: 'currency',
  operator: '=',
  values: [currency],
});

/** Throws `not_found` for a scenario that is not saved. */
function savedScenario(db: Db, id: number): SavedScenario {
  const found = keptScenarios(db).find((saved) => saved.id === id);
  if (found !== undefined) return found;
  throw new AssayError('not_found', `There is no saved scenario ${id}: it was deleted, or was never saved.`, {
    scenario: id,
  });
}

/**
 * Pins a saved scenario: what it plans is computed now, from its baseline as held and the prices in force, and kept.
 * Throws `invalid_input` for a scenario without an enabled lever or a start within its baseline.
 */
export function pinScenario(db: Db, catalog: Catalog, id: number, startsOn: string, now: Date): Answer {
  const { scenario } = savedScenario(db, id);
  const { period } = scenario.baseline;
  if (startsOn <= period.to) {
    throw new AssayError(
      'invalid_input',
      `The plan would start on ${startsOn}, within its own baseline (to ${period.to}): days cannot be both. Choose a later day.`,
      { field: 'startsOn' },
    );
  }
  if (!scenario.levers.some(({ enabled }) => enabled)) {
    throw new AssayError(
      'invalid_input',
      'The scenario has no lever that is switched on: nothing is planned.',
      {
        scenario: id,
      },
    );
  }
  const needs = needsOf(scenario);
  const { currency } = readBaseline(db, { ...scenario.baseline, ...needs }, catalog);
  const whole = readBaseline(
    db,
    {
      ...needs,
      period,
      where: [inCurrency(currency)],
      workload: null,
      scopes: [...planScopes(scenario), ...needs.scopes],
    },
    catalog,
  );
  const counts = new Map(
    scenario.levers
      .filter(needsCounts)
      .map((lever) => [
        lever.id,
        requestCounts(db, catalog, period, conditionsOf(lever, scenario.baseline.where)),
      ]),
  );
  const plan = planOf(scenario, whole, startsOn, counts);
  const pinnedAt = now.toISOString();
  storePin(db, { scenarioId: id, startsOn, pinnedAt, plan: JSON.stringify(plan) });
  return realisedScenario(db, catalog, id, now);
}

export function unpinScenario(db: Db, catalog: Catalog, id: number, now: Date): Answer {
  savedScenario(db, id);
  if (!removePin(db, id)) {
    throw new AssayError('not_found', `Scenario ${id} is not pinned, so there is no plan to take off.`, {
      scenario: id,
    });
  }
  return realisedScenario(db, catalog, id, now);
}

/** What a pinned scenario planned and what the bills since say. */
export function realisedScenario(db: Db, catalog: Catalog, id: number, now: Date): Answer {
  const saved = savedScenario(db, id);
  const pin = storedPin(db, id);
  const heldTo = holdings(db).days?.to ?? null;
  const head = { schemaVersion: 1, scenarioId: id, name: saved.name, heldTo } as const;
  if (pin === null) return { ...head, state: 'not_pinned', plan: null, levers: [], notes: [] };
  const plan = readPlan(pin, saved.name);
  const months = heldTo === null ? [] : laterMonths(db, catalog, plan, heldTo);
  const state = planState(plan.startsOn, now.toISOString().slice(0, 10), months);
  const answer: RealisedAnswer = {
    ...head,
    state,
    plan: {
      startsOn: plan.startsOn,
      pinnedAt: pin.pinnedAt,
      changedSince: JSON.stringify(scenarioSchema.parse(plan.scenario)) !== JSON.stringify(saved.scenario),
      currency: plan.currency,
      period: plan.period,
      daysCovered: plan.daysCovered,
      catalogVersion: plan.catalogVersion,
      priceLayer: plan.priceLayer,
    },
    levers: realise(plan, state === 'running' ? months : []),
    notes: state === 'running' ? realisedNotes(plan, months) : [],
  };
  return answer as Answer;
}

/** Throws `workspace_corrupt` naming the scenario when its plan cannot be read. */
function readPlan({ plan }: StoredPin, scenarioName: string): PinnedPlan {
  const parsed = pinnedPlan.safeParse(JSON.parse(plan));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new AssayError(
    'workspace_corrupt',
    `The plan pinned for “${scenarioName}” cannot be read (${where}). Pin the scenario again.`,
    { field: where },
  );
}

function laterMonths(db: Db, catalog: Catalog, plan: PinnedPlan, heldTo: string): LaterMonth[] {
  const scopes = laterScopes(plan);
  return monthsSince(plan.startsOn, heldTo).map(({ month, days, daysInMonth }) => {
    const facts = {
      period: days,
      currency: plan.currency,
      daysInPeriod: daysInMonth,
      daysCovered: daysHeld(db, days),
      estimated: isEstimated(db, days),
      // What came to be is held against the plan at price; no year is settled here.
      commitmentOff: null,
    };
    const rows = usageRows(db, { period: days, where: [inCurrency(plan.currency)], workload: null, scopes });
    const nothing = { modes: [], places: [], account: null, accounts: [], hourly: null, ocu: null };
    const baseline = baselineOf(rows, { ...facts, ...nothing, scopes }, catalog);
    return {
      month,
      days,
      daysInMonth,
      daysHeld: facts.daysCovered,
      estimated: facts.estimated,
      scopes: baseline.scopes,
      vectors: baseline.vectors,
      outside: baseline.outside,
      capacity: baseline.capacity,
      counts: new Map(
        plan.levers
          .filter(({ volumeIn }) => volumeIn === 'requests')
          .map(({ leverId, conditions }) => [leverId, requestCounts(db, catalog, days, conditions)]),
      ),
      ocu: capacityUnits(db, days, plan.currency),
    };
  });
}
