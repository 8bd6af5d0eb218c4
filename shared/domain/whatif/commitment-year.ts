// The scenario's AI spend within a commitment year: annualised, split by line class, run through the agreement.
import {
  type Absorption,
  absorb,
  againstDirect,
  organicLines,
  type SpendLine,
} from '../commitment/absorption.ts';
import { type LineClassTerms, termsFor } from '../commitment/agreement.ts';
import { CHARGE_TYPE_RULES } from '../commitment/charge-types.ts';
import { sumOf } from '../sum.ts';
import type { Band, CommitmentCase, CommitmentResult, Step } from './answer.ts';
import { bandOf } from './band.ts';
import type { Case, Cases } from './cases.ts';
import { cashMonths } from './cash-months.ts';
import { DAYS_PER_MONTH, monthsOfYear, oneOffIn, paidBackAt } from './months.ts';
import { openQuestions } from './open-questions.ts';
import { isCountedCapacity } from './paid-capacity.ts';
import type { Lever, Scenario, ScenarioCommitment } from './scenario.ts';
import { costOfWays, type State } from './state.ts';
import { timelineOf } from './timeline.ts';
import { type OutsideCost, type ScenarioBaseline, type UsageVector, VECTOR_METERS } from './vectors.ts';
import type { World } from './world.ts';

export type YearTerms = {
  readonly world: World;
  readonly commitment: ScenarioCommitment;
  readonly levers: readonly Lever[];
  /** First month of the horizon. */
  readonly horizon: string;
};
type YearInput = YearTerms & { readonly cases: Cases };

/** The commitment a scenario is judged under, or why its year cannot be settled over this baseline. */
export function commitmentOver(
  { commitment }: Pick<Scenario, 'commitment'>,
  { daysCovered, commitmentOff }: Pick<ScenarioBaseline, 'daysCovered' | 'commitmentOff'>,
):
  | { readonly terms: ScenarioCommitment; readonly off: null }
  | { readonly terms: null; readonly off: string } {
  if (commitment === null)
    return {
      terms: null,
      off: 'No commitment is given, so how much of the saving is cash this year cannot be said.',
    };
  const [missing] = openQuestions({ levers: [], commitment });
  if (missing !== undefined) return { terms: null, off: missing.text };
  if (commitmentOff !== null) return { terms: null, off: commitmentOff };
  if (daysCovered === 0)
    return { terms: null, off: 'The baseline covers no days, so no year can be extrapolated from it.' };
  return { terms: commitment, off: null };
}

/** One combination of a price-and-parameter case with a level of organic spend. */
type Settled = {
  readonly baseline: Absorption;
  readonly scenario: Absorption;
  readonly aiBaseline: readonly SpendLine[];
  readonly aiScenario: readonly SpendLine[];
};

/**
 * Settles the year for every case and level of organic spend; bands are the extremes over those.
 * Incremental cash = cash with AI − cash without; lever cash = cash of the baseline − cash of the scenario.
 */
export function commitmentYear(input: YearInput): CommitmentResult {
  const { world, cases, commitment } = input;
  const ends = ['low', 'base', 'high'] as const;
  const baseSpend = spendOf(input, cases.base);
  const base = settle(commitment, baseSpend, organicAt(commitment, 'base'));
  const all = [cases.base, ...cases.corners].flatMap((one) => {
    const spend = spendOf(input, one);
    return ends.map((end) => settle(commitment, spend, organicAt(commitment, end)));
  });
  const band = (value: (settled: Settled) => number): Band => bandOf(value(base), all.map(value));
  const oneOff = oneOffOfYear(input);
  const { directCost } = commitment;
  const months = cashMonths(
    commitment.year,
    baseSpend.months.map((month) => ({
      ...month,
      oneOff: oneOffIn(input.levers, month.month, input.horizon),
    })),
    base.scenario.with.shortfallDue - base.baseline.with.shortfallDue,
  );
  const paid = paidBackAt(months);
  return {
    currency: world.baseline.currency,
    yearStart: commitment.year.start,
    aiSpend: base.aiBaseline.map(({ gross, ...terms }, index) => ({
      ...terms,
      baseline: gross,
      scenario: base.aiScenario[index]?.gross ?? 0,
    })),
    gap: band((settled) => settled.baseline.gap),
    cashWithoutAi: band((settled) => settled.baseline.without.cash),
    baseline: caseOf(band, (settled) => settled.baseline),
    scenario: caseOf(band, (settled) => settled.scenario),
    savingAtPrice: band((settled) => grossOf(settled.aiBaseline) - grossOf(settled.aiScenario)),
    leverCash: band((settled) => settled.baseline.with.cash - settled.scenario.with.cash),
    oneOff,
    againstDirect: directCost === null ? null : againstDirect(directCost, base.scenario.incrementalCash),
    cashMonths: months,
    paybackMonth: paid === null ? null : (months[paid]?.month ?? null),
    formula: stepsOf(commitment, base, oneOff, world.baseline.currency),
    assumptions: assumptionsOf(input),
  };
}

function caseOf(
  band: (value: (settled: Settled) => number) => Band,
  which: (settled: Settled) => Absorption,
): CommitmentCase {
  return {
    retired: band((settled) => which(settled).with.retired),
    absorbed: band((settled) => which(settled).absorbed),
    shortfall: band((settled) => which(settled).shortfall),
    cash: band((settled) => which(settled).with.cash),
    incrementalCash: band((settled) => which(settled).incrementalCash),
  };
}

function grossOf(lines: readonly SpendLine[]): number {
  return sumOf(lines.map(({ gross }) => gross));
}

type Organic = { readonly aws: number; readonly marketplace: number };

function organicAt(
  { organicAws, organicMarketplace }: ScenarioCommitment,
  end: 'low' | 'base' | 'high',
): Organic {
  return { aws: organicAws[end], marketplace: organicMarketplace[end] };
}

function oneOffOfYear({ commitment, levers, horizon }: YearTerms): number {
  return sumOf(monthsOfYear(commitment.year.start).map(({ month }) => oneOffIn(levers, month, horizon)));
}

/** Cash saving of the year after one-off cost, for one case and one level of organic spend. */
export function settledCash(terms: YearTerms, one: Case, organic: Organic): number {
  const { baseline, scenario } = settle(terms.commitment, spendOf(terms, one), organic);
  return baseline.with.cash - scenario.with.cash - oneOffOfYear(terms);
}

export type YearSpendLines = {
  readonly baseline: SpendLine[];
  readonly scenario: SpendLine[];
  /** The same by month: gross spend of what of the month lies in the year. */
  readonly months: { readonly month: string; readonly before: SpendLine[]; readonly after: SpendLine[] }[];
};

function settle({ year }: ScenarioCommitment, spend: YearSpendLines, organic: Organic): Settled {
  const lines = organicLines(organic);
  return {
    baseline: absorb(year, lines, spend.baseline),
    scenario: absorb(year, lines, spend.scenario),
    aiBaseline: spend.baseline,
    aiScenario: spend.scenario,
  };
}

/** Gross AI spend of the commitment year by line class: as it is, and with the levers by their months. */
export function spendOf(
  { world, commitment, horizon }: YearTerms,
  { levers, pick, trends }: Case,
): YearSpendLines {
  const perMonth = DAYS_PER_MONTH / world.baseline.daysCovered;
  const fixed = fixedParts(world);
  const remembered = new Map<State, SpendLine[]>();
  const perClass = (state: State): SpendLine[] => {
    const known = remembered.get(state);
    if (known !== undefined) return known;
    const lines = byClass(commitment.classes, [
      ...fixed,
      ...state.charges,
      ...state.ways.map(({ vector: { billedAs, provider } }, index) => ({
        billedAs,
        provider,
        amount: costOfWays(state, pick, index, index + 1),
      })),
    ]);
    remembered.set(state, lines);
    return lines;
  };
  const timeline = timelineOf(world, levers, trends, horizon);
  const months = monthsOfYear(commitment.year.start).map(({ month, share }) => {
    const { before, after } = timeline(month);
    const scaled = (state: State): SpendLine[] =>
      perClass(state).map((line) => ({ ...line, gross: line.gross * perMonth * share }));
    return { month, before: scaled(before), after: scaled(after) };
  });
  const all = (when: 'before' | 'after'): SpendLine[] => months.flatMap((month) => month[when]);
  // A lever may bring a class that the bill does not have yet: it stands in both, at nothing before.
  const classes = [
    ...new Map([...all('before'), ...all('after')].map((line) => [line.lineClass, line])).values(),
  ];
  const summed = (lines: readonly SpendLine[]): SpendLine[] =>
    classes.map((terms) => ({
      ...terms,
      gross: sumOf(lines.filter(({ lineClass }) => lineClass === terms.lineClass).map(({ gross }) => gross)),
    }));
  return { baseline: summed(all('before')), scenario: summed(all('after')), months };
}

type Part = Pick<UsageVector, 'billedAs' | 'provider'> & { readonly amount: number };

function byClass(classes: readonly LineClassTerms[], parts: readonly Part[]): SpendLine[] {
  const groups = Map.groupBy(parts, ({ billedAs, provider }) => termsFor(classes, billedAs, provider));
  return [...groups].map(([terms, own]) => ({ ...terms, gross: sumOf(own.map(({ amount }) => amount)) }));
}

/** Cost over the baseline that no lever touches: outside usage, and what has no price, as invoiced. */
function fixedParts(world: World): Part[] {
  const { vectors, outside } = world.baseline;
  const beside = outside.filter((part) => countsAsSpend(part) && !isCountedCapacity(world.baseline, part));
  return [
    ...beside.map((part) => ({ ...part, amount: part.invoiced })),
    ...vectors.map((vector) => ({ ...vector, amount: sumOf(unpricedCost(world, vector)) })),
  ];
}

function unpricedCost({ book }: World, vector: UsageVector): number[] {
  const unpriced = VECTOR_METERS.filter((meter) => book.quote(vector, meter, vector.mode).kind === 'missing');
  return unpriced.map((meter) => vector.invoiced[meter]);
}

/** Usage counts; of the other lines only those whose charge type retires commitment (fees, refunds). */
function countsAsSpend({ reason, chargeType }: OutsideCost): boolean {
  if (reason !== 'not_usage') return true;
  return CHARGE_TYPE_RULES.some((rule) => rule.chargeType === chargeType && rule.retires);
}

function stepsOf(
  { year }: ScenarioCommitment,
  { baseline, scenario }: Settled,
  oneOff: number,
  unit: string,
): Step[] {
  const without = scenario.without;
  const withAi = scenario.with;
  const rows: [string, string, number][] = [
    ['retired without AI', 'eligible AWS + min(cap, all eligible Marketplace)', without.retired],
    ['gap', 'max(0, commitment − retired without AI)', scenario.gap],
    ['Marketplace cap', 'cap share × commitment', withAi.marketplaceCap],
    ['eligible Marketplace with AI', 'organic + AI, before the cap', withAi.marketplaceEligible],
    ['retired with AI', 'eligible AWS + min(cap, all eligible Marketplace)', withAi.retired],
    ['absorbed', 'min(gap, retired with AI − retired without AI)', scenario.absorbed],
    ['shortfall', 'max(0, commitment − retired with AI)', scenario.shortfall],
    ['shortfall due', settlementOf(year), withAi.shortfallDue],
    ['net cost with AI', 'gross − discount of the discounted lines', withAi.net],
    ['support with AI', 'support share × net cost', withAi.support],
    ['cash with AI', 'net cost + shortfall due + support', withAi.cash],
    ['cash without AI', 'the same without the AI spend', without.cash],
    ['incremental cash', 'cash with AI − cash without AI', scenario.incrementalCash],
    ['cash before the levers', 'net cost + shortfall due + support, AI spend as it is', baseline.with.cash],
    ['cash effect of the levers', 'cash before the levers − cash with AI', baseline.with.cash - withAi.cash],
    ['one-off cost this year', 'of the levers that start in this year', oneOff],
  ];
  return rows.map(([name, expression, value]) => ({ name, expression, value, unit }));
}

function settlementOf({ shortfallSettled, drawdown }: ScenarioCommitment['year']): string {
  if (shortfallSettled === 'face') return 'shortfall at face value';
  return drawdown === 'before_discount'
    ? 'shortfall × (1 − discount)'
    : 'shortfall; measured after discount, it is net already';
}

function assumptionsOf({ world, commitment, cases }: YearInput): string[] {
  const { daysCovered, outside } = world.baseline;
  const left = [...new Set(outside.filter((part) => !countsAsSpend(part)).map(({ label }) => label))];
  return [
    `AI spend of the year: the baseline’s daily average (days covered: ${daysCovered}) times 365, ${growthText(cases.base)}.`,
    'Levers act from their start month with their ramp; months before it cost what they cost today.',
    'Gross spend is taken at the price layer of the scenario; what has no price there is taken as invoiced.',
    ...(left.length === 0 ? [] : [`Not counted as spend: ${left.join(', ')}.`]),
    ...(commitment.classes.length === 0
      ? [
          'Line classes by default: native spend retires and is discounted; Marketplace spend retires within the cap, undiscounted.',
        ]
      : []),
    'Whether Marketplace-billed models retire commitment, within the cap or in full, and earn the discount is a matter of the contract: check the clause.',
  ];
}

function growthText({ trends }: Case): string {
  const growing = trends.growth.length > 0;
  const repriced = trends.priceChanges.length > 0;
  if (!growing && !repriced) return 'without growth';
  return `with the ${[growing ? 'growth' : null, repriced ? 'price changes' : null].filter(Boolean).join(' and ')} stated`;
}
