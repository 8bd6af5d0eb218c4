// Holds a template against a bill: which steps the bill supports, what each would save by itself, which are refused and why.
import { sumOf } from '../sum.ts';
import type { Band, LedgerEntry } from './answer.ts';
import { type BaselineNeeds, needsOf } from './needs.ts';
import { evaluateScenario } from './pipeline.ts';
import type { Lever, Scenario } from './scenario.ts';
import type { StepCost, Template, TemplateName, TemplateStep } from './templates.ts';
import type { ScenarioBaseline } from './vectors.ts';

/**
 * `ready`: the bill has usage for it and every figure is there. `asks`: figures are missing that no bill has.
 * `refused`: the bill has nothing it could work on.
 */
export const STEP_STATES = ['ready', 'asks', 'refused'] as const;

export type WalkedStep = {
  readonly id: string;
  readonly title: string;
  readonly state: (typeof STEP_STATES)[number];
  /** Why it is refused. */
  readonly reasons: string[];
  readonly assumes: string[];
  readonly confirm: string[];
  readonly asks: string[];
  /** Lever it becomes; null where it becomes none. */
  readonly leverId: string | null;
  readonly confirmed: boolean;
  /** Saving by itself with the template's figures, over the baseline's period; null while figures are missing. */
  readonly alone: Band | null;
  /** Cost on the bill the step is about, where no lever works on it. */
  readonly cost: number | null;
};

export type TemplateWalk = {
  readonly schemaVersion: 1;
  readonly template: TemplateName;
  readonly title: string;
  readonly source: string;
  readonly illustration: boolean;
  readonly note: string;
  readonly currency: string;
  readonly steps: WalkedStep[];
  /** Levers of every step that is not refused, those switched on that were confirmed. */
  readonly scenario: Scenario;
};

/** What the baseline of a template must be read with. */
export function templateNeeds({ steps }: Template): BaselineNeeds {
  return needsOf({ levers: probesOf(steps), growth: [] });
}

/** Steps that may be confirmed: those that become a lever. */
export function confirmableSteps({ steps }: Template): string[] {
  return steps.filter(({ lever }) => lever !== null).map(({ id }) => id);
}

/** Walks a template over a baseline that was read with `templateNeeds`. `confirmed` names steps by their id. */
export function walkTemplate(
  template: Template,
  selection: Scenario['baseline'],
  baseline: ScenarioBaseline,
  confirmed: readonly string[],
): TemplateWalk {
  const { name, title, source, illustration, note, steps } = template;
  const empty = emptyScenario(template, selection);
  const walked = steps.map((step) =>
    walkedStep(step, baseline, confirmed.includes(step.id), (lever) => ledgerOf(empty, lever, baseline)),
  );
  const kept = steps.filter((_, index) => walked[index]?.state !== 'refused');
  return {
    schemaVersion: 1,
    template: name,
    title,
    source,
    illustration,
    note,
    currency: baseline.currency,
    steps: walked,
    scenario: {
      ...empty,
      levers: kept.flatMap(({ id, lever }) =>
        lever === null ? [] : [{ ...lever, enabled: confirmed.includes(id), evidence: evidenceOf(template) }],
      ),
    },
  };
}

function walkedStep(
  { id, title, assumes, confirm, asks, lever, probe, cost }: TemplateStep,
  baseline: ScenarioBaseline,
  confirmed: boolean,
  answered: (lever: Lever) => LedgerEntry | undefined,
): WalkedStep {
  const found = cost === null ? null : costOf(baseline, cost);
  const reasons = [
    ...(found === 0 && cost !== null ? [COSTS[cost].missing] : []),
    ...(probe === null ? [] : nothingToDo(answered(probe))),
  ];
  const state = reasons.length > 0 ? 'refused' : asks.length > 0 ? 'asks' : 'ready';
  return {
    id,
    title,
    state,
    reasons,
    assumes: [...assumes],
    confirm: [...confirm],
    asks: [...asks],
    leverId: state === 'refused' ? null : (lever?.id ?? null),
    confirmed: confirmed && state !== 'refused' && lever !== null,
    alone: state === 'ready' && lever !== null ? (answered(lever)?.alone ?? null) : null,
    cost: found,
  };
}

/** Why a lever that is filled in would change nothing on this bill; empty where it changes something. */
function nothingToDo(entry: LedgerEntry | undefined): string[] {
  if (entry === undefined || entry.moved.length > 0 || entry.charges.length > 0) return [];
  const refused = entry.guards.filter((guard) => guard.refused).map(({ message }) => message);
  return refused.length > 0 ? [...new Set(refused)] : [NOTHING];
}

const NOTHING = 'With these figures the step changes nothing on the bill of these days.';

function ledgerOf(empty: Scenario, lever: Lever, baseline: ScenarioBaseline): LedgerEntry | undefined {
  return evaluateScenario({ ...empty, levers: [{ ...lever, enabled: true }] }, baseline).ledger[0];
}

const COSTS: Readonly<Record<StepCost, { readonly labels: readonly string[]; readonly missing: string }>> = {
  guardrails: { labels: ['guardrails'], missing: 'The bill of these days shows no guardrails.' },
  own_models: {
    labels: ['customization', 'custom_import', 'provisioned'],
    missing: 'The bill of these days shows no training, no imported model and no provisioned capacity.',
  },
};

function costOf({ outside }: ScenarioBaseline, cost: StepCost): number {
  const { labels } = COSTS[cost];
  return sumOf(outside.filter(({ label }) => labels.includes(label)).map(({ invoiced }) => invoiced));
}

function probesOf(steps: readonly TemplateStep[]): Lever[] {
  return steps.flatMap(({ probe }) => probe ?? []);
}

/** Travels with the lever into every report, until somebody writes down a better reason. */
function evidenceOf({ title, illustration }: Template): string {
  return illustration
    ? `From the template “${title}”: an illustration, not measured on this usage.`
    : `From the template “${title}”: not measured on this usage.`;
}

function emptyScenario({ title, source, note }: Template, baseline: Scenario['baseline']): Scenario {
  return {
    schemaVersion: 1,
    name: title,
    note: `${note} Source: ${source}.`,
    baseline,
    horizon: { startMonth: null, months: 12 },
    hoursPerMonth: 730,
    growth: [],
    priceChanges: [],
    fiscalYearStart: 1,
    priceLayer: 'list',
    contractRates: [],
    levers: [],
    commitment: null,
  };
}
