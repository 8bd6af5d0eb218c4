// The answer of a scenario: pure, so that a window, the engine, the CLI and a test all say the same.
import { sumOf } from '../sum.ts';
import type {
  Band,
  CommitmentResult,
  LedgerEntry,
  LiveAnswer,
  MonthRow,
  Reading,
  ScenarioAnswer,
} from './answer.ts';
import { bandOf } from './band.ts';
import { baseCaseOf, type Case, type Cases, casesOf } from './cases.ts';
import { quartersOf } from './cash-months.ts';
import { commitmentOver, commitmentYear } from './commitment-year.ts';
import {
  type CaseResult,
  type CaseTotals,
  computeCase,
  isNothing,
  ledgerOf,
  lineOf,
  liveLedgerOf,
  NO_PRICE_AT_ALL,
  savingsIn,
  totalsOf,
} from './ledger.ts';
import { type BoundLever, boundOn } from './levers.ts';
import {
  DAYS_PER_MONTH,
  horizonStart,
  monthlyTable,
  oneOffOver,
  type ProjectedMonth,
  paybackMonth,
} from './months.ts';
import { notesOf, provenanceOf } from './notes.ts';
import { leverQuestions } from './open-questions.ts';
import { isCountedCapacity } from './paid-capacity.ts';
import { BASE_PICK, priceBook } from './prices.ts';
import type { Scenario, ScenarioPriceLayer } from './scenario.ts';
import { costAt, type State } from './state.ts';
import { timelineOf } from './timeline.ts';
import { type OutsideCost, prepareBaseline, type ScenarioBaseline, totalTokens } from './vectors.ts';
import { spreadsOf, spreadsPaid, stateAfter, unpricedOf, type World, worldOf } from './world.ts';

/** A scenario computed at one price layer: the world, its cases and their results. */
type Computed<Corner extends CaseTotals = CaseTotals> = {
  readonly world: World;
  readonly cases: Cases;
  readonly base: CaseResult;
  readonly corners: readonly Corner[];
};

/**
 * Evaluates a scenario over its baseline. Amounts are in the baseline's currency, over the baseline's period unless
 * said otherwise. Throws `RangeError` when the baseline was not read for one of the lever scopes.
 */
export function evaluateScenario(scenario: Scenario, whole: ScenarioBaseline): ScenarioAnswer {
  return evaluate(scenario, whole, 'all', ({ world, cases, base, corners }) =>
    ledgerOf(world, cases, base, corners),
  );
}

/** What the saving of a scenario says nothing of, in words; null where that is nothing, and where there is no saving. */
export function leftOutOf(scenario: Scenario, whole: ScenarioBaseline): string | null {
  return evaluateLive(scenario, whole).headlines.savingPartial;
}

/**
 * The base case alone, for as long as something moves: the same figures, but every band is its base, no other price
 * layer is read, and only the levers named have their rows. `evaluateInLines` follows when it rests.
 */
export function evaluateLive(
  scenario: Scenario,
  whole: ScenarioBaseline,
  withRows: readonly string[] = [],
): LiveAnswer {
  return evaluate(scenario, whole, 'base', ({ world, cases, base }) =>
    liveLedgerOf(world, cases, base, withRows),
  );
}

/** `evaluateScenario` as a screen draws it: every lever has its rows. */
export function evaluateInLines(scenario: Scenario, whole: ScenarioBaseline): LiveAnswer {
  const answer = evaluateScenario(scenario, whole);
  return { ...answer, ledger: answer.ledger.map(lineOf) };
}

type Extent = 'all' | 'base';

function evaluate<Entry extends Line>(
  scenario: Scenario,
  whole: ScenarioBaseline,
  extent: Extent,
  ledgerFrom: (computed: Computed<CaseResult>) => Entry[],
): Omit<ScenarioAnswer, 'ledger'> & { readonly ledger: Entry[] } {
  const baseline = prepareBaseline(whole);
  const levers = boundOn(baseline, scenario.levers);
  const computed = compute({ scenario, baseline, levers, extent }, [scenario.priceLayer, false], computeCase);
  const { world, cases, base, corners } = computed;
  const horizon = horizonStart(scenario.horizon.startMonth, baseline.period.to);
  const priced = !unpricedOf(world).isAll;
  const ledger = ledgerFrom(computed);
  const saving = headlineOf(computed, ledger);
  const months = projected(scenario, computed, horizon);
  const isKnown = saving.band !== null;
  const { terms, off } = commitmentOver(scenario, baseline);
  const settled =
    terms === null
      ? null
      : commitmentYear({ world, cases, commitment: terms, levers: scenario.levers, horizon });
  const year = settled === null || isKnown ? settled : asItIs(settled);
  return {
    schemaVersion: 1,
    name: scenario.name,
    currency: baseline.currency,
    period: baseline.period,
    priceLayer: scenario.priceLayer,
    catalogVersion: baseline.catalogVersion,
    baseline: { ...baselineFigures(computed), vectors: whole.vectors.length },
    ledger,
    headlines: {
      savingAtPrice: saving.band,
      savingReason: saving.reason,
      savingPartial: saving.partial,
      cashThisYear: year === null || year.leverCash === null ? null : lessOneOff(year.leverCash, year.oneOff),
      cashReason: off ?? saving.reason,
    },
    after:
      priced && isKnown
        ? bandOf(
            base.after,
            corners.map(({ after }) => after),
          )
        : null,
    readings: readingsOf({ scenario, baseline, levers, extent }, computed, saving),
    monthly: isKnown ? months : months.map(withoutSaving),
    quarters: isKnown ? quartersOf(months, year?.cashMonths ?? [], scenario.fiscalYearStart) : [],
    oneOff: oneOffOver(scenario.levers, horizon, scenario.horizon.months),
    paybackMonth: isKnown ? paybackMonth(months) : null,
    commitment: year,
    notes: notesOf(scenario, baseline, {
      horizon,
      exhaustive: cases.exhaustive,
      spreads: extent === 'base' ? [] : spreadsIn(computed),
    }),
    provenance: provenanceOf(scenario, baseline, horizon),
  };
}

type Question = {
  readonly scenario: Scenario;
  readonly baseline: ScenarioBaseline;
  readonly levers: readonly BoundLever[];
  readonly extent: Extent;
};

function compute<Corner extends CaseTotals>(
  { scenario, baseline, levers, extent }: Question,
  [layer, discountCarried]: readonly [ScenarioPriceLayer, boolean],
  cornerOf: (world: World, one: Case) => Corner,
): Computed<Corner> {
  const book = priceBook(baseline, { layer, discountCarried, contractRates: scenario.contractRates });
  const world = worldOf(baseline, book, scenario.hoursPerMonth);
  const { growth, priceChanges } = scenario;
  const trends = { growth, priceChanges };
  const cases =
    extent === 'base'
      ? baseCaseOf(levers, trends)
      : casesOf(levers, spreadsOf(world, stateAfter(world, levers)), trends);
  return {
    world,
    cases,
    base: computeCase(world, cases.base),
    corners: cases.corners.map((corner) => cornerOf(world, corner)),
  };
}

function spreadsIn({ world, cases }: Computed) {
  return spreadsPaid([world.start, stateAfter(world, cases.base.levers)]);
}

function savingBand({ base, corners }: Computed): Band {
  const saving = ({ before, after }: CaseTotals): number => before - after;
  return bandOf(saving(base), corners.map(saving));
}

const NOTHING_STATED = 'Nothing is stated yet: every lever that is switched on says what it needs.';
const NO_FIGURE = 'No lever that is switched on comes to a figure: each says what it needs.';
const REST_OPEN = 'The levers that come to a figure save nothing, and the others say what they need.';

/** What of a lever's line decides about the sum of all. */
type Line = Pick<LedgerEntry, 'leverId' | 'label' | 'enabled' | 'missing' | 'isPartial' | 'inOrder'>;

/** The saving of all levers, or why it is no figure; `partial`: what it leaves out, null where that is nothing. */
type Headline =
  | { readonly band: Band; readonly reason: null; readonly partial: string | null }
  | { readonly band: null; readonly reason: string; readonly partial: null };

/**
 * Nothing saved is no figure where a lever that is on has none; nor is any sum to which such a lever adds what it costs
 * beside the tokens.
 */
function headlineOf(computed: Computed, lines: readonly Line[]): Headline {
  const { world, base } = computed;
  const band = savingBand(computed);
  const on = lines.filter(({ enabled }) => enabled);
  const open = on.filter(({ inOrder }) => inOrder === null);
  const unknown = (reason: string): Headline => ({ band: null, reason, partial: null });
  if (open.length > 0 && isNothing(band)) {
    if (unpricedOf(world).isAll) return unknown(NO_PRICE_AT_ALL);
    if (open.length < on.length) return unknown(REST_OPEN);
    const isAsked = on.every((line) =>
      line.missing.every((reason) => questionsOf(computed, line).has(reason)),
    );
    return unknown(isAsked ? NOTHING_STATED : NO_FIGURE);
  }
  const halfKnown = open.find((line) => base.inOrder[lines.indexOf(line)] !== 0);
  if (halfKnown !== undefined) {
    const { label, missing } = halfKnown;
    return unknown(`What ${label} costs is known, and what it saves is not. ${missing[0] ?? ''}`.trim());
  }
  return { band, reason: null, partial: leftOut(on) };
}

function questionsOf({ cases }: Computed, { leverId }: Line): ReadonlySet<string> {
  const bound = cases.base.levers.find(({ lever }) => lever.id === leverId);
  return new Set(bound === undefined ? [] : leverQuestions(bound.lever));
}

/** What a saving says nothing of: levers without a figure, and what the others cannot judge. */
function leftOut(on: readonly Line[]): string | null {
  const named = (some: readonly Line[]): string => some.map(({ label }) => label).join(', ');
  const open = on.filter(({ inOrder }) => inOrder === null);
  const partial = on.filter(({ isPartial }) => isPartial);
  const parts = [
    ...(open.length === 0 ? [] : [`${named(open)}, without a figure`]),
    ...(partial.length === 0
      ? []
      : [`usage that ${named(partial)} cannot judge, mostly for want of a price`]),
  ];
  return parts.length === 0 ? null : `Not in it: ${parts.join('; ')}.`;
}

/** The year without what the levers change about it, while nobody has stated that. */
function asItIs(year: CommitmentResult): CommitmentResult {
  return {
    ...year,
    aiSpend: year.aiSpend.map((line) => ({ ...line, scenario: null })),
    scenario: null,
    savingAtPrice: null,
    leverCash: null,
    againstDirect: null,
    cashMonths: [],
    paybackMonth: null,
    formula: [],
  };
}

function lessOneOff({ low, base, high }: Band, oneOff: number): Band {
  return { low: low - oneOff, base: base - oneOff, high: high - oneOff };
}

type Totals = { readonly tokens: number; readonly invoiced: number };

const totals = new WeakMap<ScenarioBaseline, Totals>();

/** Tokens and invoiced cost of the usage, added up once: nothing that moves changes them. */
function totalsIn(baseline: ScenarioBaseline): Totals {
  const known = totals.get(baseline) ?? {
    tokens: sumOf(baseline.vectors.map((vector) => totalTokens(vector.tokens))),
    invoiced: sumOf(baseline.vectors.map((vector) => totalTokens(vector.invoiced))),
  };
  totals.set(baseline, known);
  return known;
}

function baselineFigures({ world, base, corners }: Computed): Omit<ScenarioAnswer['baseline'], 'vectors'> {
  const { outside, daysCovered } = world.baseline;
  const { tokens, invoiced } = totalsIn(world.baseline);
  const capacity = sumOf(world.start.charges.map(({ amount }) => amount));
  const beside = outside.filter((part) => !isCountedCapacity(world.baseline, part));
  const unpriced = unpricedOf(world);
  return {
    invoiced: invoiced + capacity,
    capacity,
    atPrice: unpriced.isAll
      ? null
      : bandOf(
          base.before,
          corners.map(({ before }) => before),
        ),
    tokens,
    daysCovered,
    unpricedTokens: unpriced.tokens,
    unpricedInvoiced: unpriced.invoiced,
    unpricedShare: invoiced === 0 ? null : unpriced.invoiced / invoiced,
    outside: sumOf(beside.map((part) => part.invoiced)),
    outsideParts: outsideParts(beside),
  };
}

function outsideParts(outside: readonly OutsideCost[]): ScenarioAnswer['baseline']['outsideParts'] {
  const parts = new Map<string, { label: string; reason: string; invoiced: number }>();
  for (const { label, reason, invoiced } of outside) {
    const key = `${reason}|${label}`;
    parts.set(key, { label, reason, invoiced: (parts.get(key)?.invoiced ?? 0) + invoiced });
  }
  return [...parts.values()].sort((left, right) => Math.abs(right.invoiced) - Math.abs(left.invoiced));
}

const READING_LABELS: Readonly<Record<ScenarioPriceLayer, string>> = {
  list: 'At list prices',
  contract: 'At the contract’s rates',
  effective: 'At the rates of the bill',
};

/** The scenario at its own layer first, then every other layer that comes to another figure. */
function readingsOf(question: Question, own: Computed, saving: Headline): Reading[] {
  const { scenario } = question;
  const layers: [ScenarioPriceLayer, boolean][] = [
    [scenario.priceLayer, true],
    ['list', false],
    ['contract', false],
    ['contract', true],
    ['effective', false],
    ['effective', true],
  ];
  const readings = [readingOf([scenario.priceLayer, false], own, saving)];
  if (question.extent === 'base') return readings;
  for (const [layer, carried] of layers) {
    const useless = (layer === 'list' && carried) || (layer === 'contract' && !hasContract(question));
    if (useless) continue;
    const computed = compute(question, [layer, carried], totalsOf);
    const { world, cases, base } = computed;
    const lines = savingsIn(world, cases, base, []);
    const reading = readingOf([layer, carried], computed, headlineOf(computed, lines));
    if (!readings.some((other) => sameFigures(other, reading))) readings.push(reading);
  }
  return readings;
}

/** Whether there is any rate of a contract: typed into the scenario, or held in the workspace. */
function hasContract({ scenario, baseline }: Question): boolean {
  return scenario.contractRates.length > 0 || baseline.contractVersion !== null;
}

function readingOf(
  [layer, discountCarried]: readonly [ScenarioPriceLayer, boolean],
  { base, corners, world }: Computed,
  { band: saving, reason: savingReason }: Headline,
): Reading {
  const { tokens: unpricedTokens, isAll } = unpricedOf(world);
  return {
    layer,
    discountCarried,
    label: discountCarried
      ? `${READING_LABELS[layer]}, assuming today’s discount on what is moved`
      : READING_LABELS[layer],
    before: isAll
      ? null
      : bandOf(
          base.before,
          corners.map(({ before }) => before),
        ),
    saving,
    savingReason,
    savingShare: saving === null || isAll || base.before === 0 ? null : saving.base / base.before,
    unpricedTokens,
  };
}

function sameFigures(left: Reading, right: Reading): boolean {
  const volume = Math.abs(left.before?.base ?? 0) + Math.abs(right.before?.base ?? 0);
  const close = (a: Band | null, b: Band | null): boolean =>
    a === null || b === null
      ? a === b
      : (['low', 'base', 'high'] as const).every((end) => Math.abs(a[end] - b[end]) <= 1e-9 * volume);
  return close(left.before, right.before) && close(left.saving, right.saving);
}

function withoutSaving(month: ProjectedMonth): MonthRow {
  return { ...month, scenario: null, saving: null, cumulative: null };
}

function projected(scenario: Scenario, { world, cases }: Computed, horizon: string): ProjectedMonth[] {
  if (world.baseline.daysCovered === 0 || unpricedOf(world).isAll) return [];
  const perMonth = DAYS_PER_MONTH / world.baseline.daysCovered;
  const timeline = timelineOf(world, cases.base.levers, cases.base.trends, horizon);
  const remembered = new Map<State, number>();
  const cost = (state: State): number => {
    const known = remembered.get(state) ?? costAt(state, BASE_PICK) * perMonth;
    remembered.set(state, known);
    return known;
  };
  return monthlyTable({
    levers: scenario.levers,
    horizon,
    months: scenario.horizon.months,
    costIn: (month) => {
      const { before, after } = timeline(month);
      return { before: cost(before), after: cost(after) };
    },
  });
}
