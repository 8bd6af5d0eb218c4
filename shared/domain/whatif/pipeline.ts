// The answer of a scenario: pure, so that a window, the engine, the CLI and a test all say the same.
import { sumOf } from '../sum.ts';
import type { Band, LiveAnswer, Reading, ScenarioAnswer } from './answer.ts';
import { bandOf } from './band.ts';
import { baseCaseOf, type Case, type Cases, casesOf } from './cases.ts';
import { quartersOf } from './cash-months.ts';
import { commitmentOver, commitmentYear } from './commitment-year.ts';
import {
  type CaseResult,
  type CaseTotals,
  computeCase,
  ledgerOf,
  lineOf,
  liveLedgerOf,
  totalsOf,
} from './ledger.ts';
import { type BoundLever, boundOn } from './levers.ts';
import { DAYS_PER_MONTH, horizonStart, monthlyTable, paybackMonth } from './months.ts';
import { notesOf, provenanceOf } from './notes.ts';
import { isCountedCapacity } from './paid-capacity.ts';
import { BASE_PICK, priceBook } from './prices.ts';
import type { Scenario, ScenarioPriceLayer } from './scenario.ts';
import { costAt, type State } from './state.ts';
import { timelineOf } from './timeline.ts';
import { type OutsideCost, prepareBaseline, type ScenarioBaseline, totalTokens } from './vectors.ts';
import { spreadsOf, spreadsPaid, stateAfter, unpricedOf, type World, worldOf } from './world.ts';

/** A scenario computed at one price layer: the world, its cases and their results. */
type Computed<Result extends CaseTotals = CaseTotals> = {
  readonly world: World;
  readonly cases: Cases;
  readonly base: Result;
  readonly corners: readonly Result[];
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

function evaluate<Entry>(
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
  const monthly = projected(scenario, computed, horizon);
  const { terms, off } = commitmentOver(scenario, baseline);
  const year =
    terms === null
      ? null
      : commitmentYear({ world, cases, commitment: terms, levers: scenario.levers, horizon });
  return {
    schemaVersion: 1,
    name: scenario.name,
    currency: baseline.currency,
    period: baseline.period,
    priceLayer: scenario.priceLayer,
    catalogVersion: baseline.catalogVersion,
    baseline: { ...baselineFigures(computed), vectors: whole.vectors.length },
    ledger: ledgerFrom(computed),
    headlines: {
      savingAtPrice: savingBand(computed),
      cashThisYear: year === null ? null : lessOneOff(year.leverCash, year.oneOff),
      cashReason: off,
    },
    after: bandOf(
      base.after,
      corners.map(({ after }) => after),
    ),
    readings: readingsOf({ scenario, baseline, levers, extent }, computed),
    monthly,
    quarters: quartersOf(monthly, year?.cashMonths ?? [], scenario.fiscalYearStart),
    paybackMonth: paybackMonth(monthly),
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

function compute<Result extends CaseTotals>(
  { scenario, baseline, levers, extent }: Question,
  [layer, discountCarried]: readonly [ScenarioPriceLayer, boolean],
  resultOf: (world: World, one: Case) => Result,
): Computed<Result> {
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
    base: resultOf(world, cases.base),
    corners: cases.corners.map((corner) => resultOf(world, corner)),
  };
}

function spreadsIn({ world, cases }: Computed) {
  return spreadsPaid([world.start, stateAfter(world, cases.base.levers)]);
}

function savingBand({ base, corners }: Computed): Band {
  const saving = ({ before, after }: CaseTotals): number => before - after;
  return bandOf(saving(base), corners.map(saving));
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
    atPrice: bandOf(
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
function readingsOf(question: Question, own: Computed): Reading[] {
  const { scenario } = question;
  const layers: [ScenarioPriceLayer, boolean][] = [
    [scenario.priceLayer, true],
    ['list', false],
    ['contract', false],
    ['contract', true],
    ['effective', false],
    ['effective', true],
  ];
  const readings = [readingOf(scenario.priceLayer, false, own)];
  if (question.extent === 'base') return readings;
  for (const [layer, carried] of layers) {
    const useless = (layer === 'list' && carried) || (layer === 'contract' && !hasContract(question));
    if (useless) continue;
    const reading = readingOf(layer, carried, compute(question, [layer, carried], totalsOf));
    if (!readings.some((other) => sameFigures(other, reading))) readings.push(reading);
  }
  return readings;
}

/** Whether there is any rate of a contract: typed into the scenario, or held in the workspace. */
function hasContract({ scenario, baseline }: Question): boolean {
  return scenario.contractRates.length > 0 || baseline.contractVersion !== null;
}

function readingOf(layer: ScenarioPriceLayer, discountCarried: boolean, computed: Computed): Reading {
  const saving = savingBand(computed);
  const { base, corners, world } = computed;
  return {
    layer,
    discountCarried,
    label: discountCarried
      ? `${READING_LABELS[layer]}, assuming today’s discount on what is moved`
      : READING_LABELS[layer],
    before: bandOf(
      base.before,
      corners.map(({ before }) => before),
    ),
    saving,
    savingShare: base.before === 0 ? null : saving.base / base.before,
    unpricedTokens: unpricedOf(world).tokens,
  };
}

function sameFigures(left: Reading, right: Reading): boolean {
  const close = (a: Band, b: Band): boolean =>
    (['low', 'base', 'high'] as const).every(
      (end) => Math.abs(a[end] - b[end]) <= 1e-9 * (Math.abs(left.before.base) + Math.abs(right.before.base)),
    );
  return close(left.before, right.before) && close(left.saving, right.saving);
}

function projected(scenario: Scenario, { world, cases }: Computed, horizon: string) {
  if (world.baseline.daysCovered === 0) return [];
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
