// The commitment year by its parts: spend by month and line class, and every case settled, so that a reader can follow it.
import { organicLines, type SettledYear, type SpendLine, settleYear } from '../commitment/absorption.ts';
import type { LineClassTerms } from '../commitment/agreement.ts';
import { sumOf } from '../sum.ts';
import { computedCases } from './case-table.ts';
import { commitmentOver, spendOf, type YearSpendLines } from './commitment-year.ts';
import { horizonStart } from './months.ts';
import type { Scenario, ScenarioCommitment } from './scenario.ts';
import { prepareBaseline, type ScenarioBaseline } from './vectors.ts';

/** Gross AI spend by line class, in the order of the table's classes. */
type Spend = { readonly before: readonly number[]; readonly after: readonly number[] };

/** A case at one level of the year's other spend, and both sides as they are settled. */
export type YearCase = Spend & {
  readonly name: string;
  readonly organicAws: number;
  readonly organicMarketplace: number;
  readonly settled: { readonly before: SettledYear; readonly after: SettledYear };
};

export type YearTable = {
  readonly classes: readonly LineClassTerms[];
  /** The base case by month; sums to the base case of the year. */
  readonly months: readonly (Spend & { readonly month: string })[];
  /** The base case at the base of the other spend first. The bands of the year are the extremes over these rows. */
  readonly cases: readonly YearCase[];
};

/** null where no year is settled over this baseline. */
export function yearTable(scenario: Scenario, whole: ScenarioBaseline): YearTable | null {
  const { terms } = commitmentOver(scenario, prepareBaseline(whole));
  if (terms === null) return null;
  const { world, cases } = computedCases(scenario, whole);
  const horizon = horizonStart(scenario.horizon.startMonth, world.baseline.period.to);
  const named = [cases.base, ...cases.corners].map((one, index) => ({
    name: index === 0 ? 'base' : (cases.names[index - 1] ?? ''),
    spend: spendOf({ world, commitment: terms, levers: scenario.levers, horizon }, one),
  }));
  const classes = classesOf(named.map(({ spend }) => spend));
  const grossIn = (lines: readonly SpendLine[]): number[] =>
    classes.map(({ lineClass }) =>
      sumOf(lines.filter((line) => line.lineClass === lineClass).map(({ gross }) => gross)),
    );
  return {
    classes,
    months: (named[0]?.spend.months ?? []).map(({ month, before, after }) => ({
      month,
      before: grossIn(before),
      after: grossIn(after),
    })),
    cases: named.flatMap(({ name, spend }) =>
      levelsOf(terms).map(({ level, aws, marketplace }) => {
        const organic = organicLines({ aws, marketplace });
        return {
          name: level === 'base' ? name : `${name}; other spend ${level}`,
          organicAws: aws,
          organicMarketplace: marketplace,
          before: grossIn(spend.baseline),
          after: grossIn(spend.scenario),
          settled: {
            before: settleYear(terms.year, [...organic, ...spend.baseline]),
            after: settleYear(terms.year, [...organic, ...spend.scenario]),
          },
        };
      }),
    ),
  };
}

/** The levels of the year's other spend, the base first; the base alone where nothing of it is a range. */
function levelsOf({ organicAws, organicMarketplace }: ScenarioCommitment) {
  const isExact = [organicAws, organicMarketplace].every(({ low, high }) => low === high);
  const levels = isExact ? (['base'] as const) : (['base', 'low', 'high'] as const);
  return levels.map((level) => ({ level, aws: organicAws[level], marketplace: organicMarketplace[level] }));
}

function classesOf(spends: readonly YearSpendLines[]): LineClassTerms[] {
  const lines = spends.flatMap(({ baseline, scenario }) => [...baseline, ...scenario]);
  return [...new Map(lines.map(({ gross: _, ...terms }) => [terms.lineClass, terms])).values()];
}
