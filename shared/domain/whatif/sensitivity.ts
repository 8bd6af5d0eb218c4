// Which assumption moves the answer most: each range alone at its ends while everything else stays at its base.
import { baseCaseOf, type Case, type End, type Uncertain, uncertainsOf } from './cases.ts';
import { commitmentOver, settledCash } from './commitment-year.ts';
import { totalsOf } from './ledger.ts';
import type { FigureUnit } from './lever.ts';
import { type BoundLever, bind } from './levers.ts';
import { horizonStart } from './months.ts';
import { leftOutOf } from './pipeline.ts';
import { priceBook } from './prices.ts';
import type { Range, Scenario, ScenarioCommitment } from './scenario.ts';
import { prepareBaseline, type ScenarioBaseline } from './vectors.ts';
import { spreadsOf, stateAfter, worldOf } from './world.ts';

/** Both headlines with one assumption at one end; cash is null without a commitment. */
export type Outlook = { readonly savingAtPrice: number; readonly cashThisYear: number | null };

export type Sensitivity = {
  /** null: not a parameter of a lever. */
  readonly leverId: string | null;
  /** Name of the lever, or null. */
  readonly label: string | null;
  readonly name: string;
  /** The assumption's own ends; null where prices of one cause move together. */
  readonly range: Range | null;
  /** What the ends are in: the answer's currency for money and prices. null without a range. */
  readonly unit: FigureUnit | null;
  readonly low: Outlook;
  readonly high: Outlook;
};

export type Sensitivities = {
  readonly schemaVersion: 1;
  readonly base: Outlook;
  /** What every one of these figures leaves out; null where that is nothing. */
  readonly savingPartial: string | null;
  /** The one that moves the saving at price most first; then by cash. */
  readonly assumptions: Sensitivity[];
};

type OrganicPart = 'organicAws' | 'organicMarketplace';
const ORGANIC: Readonly<Record<OrganicPart, string>> = {
  organicAws: 'organic AWS spend of the year',
  organicMarketplace: 'organic Marketplace spend of the year',
};

/** Savings over the baseline's period, cash over the commitment year, in the baseline's currency. */
export function sensitivitiesOf(scenario: Scenario, whole: ScenarioBaseline): Sensitivities {
  const baseline = prepareBaseline(whole);
  const { priceLayer: layer, contractRates, hoursPerMonth, growth, priceChanges } = scenario;
  const book = priceBook(baseline, { layer, discountCarried: false, contractRates });
  const world = worldOf(baseline, book, hoursPerMonth);
  const levers = scenario.levers.map(bind);
  const trends = { growth, priceChanges };
  const base = baseCaseOf(levers, trends).base;
  const { terms: commitment } = commitmentOver(scenario, baseline);
  const horizon = horizonStart(scenario.horizon.startMonth, baseline.period.to);
  const outlook = (one: Case, terms: ScenarioCommitment | null): Outlook => {
    const { before, after } = totalsOf(world, one);
    return {
      savingAtPrice: before - after,
      cashThisYear:
        terms === null
          ? null
          : settledCash({ world, commitment: terms, levers: scenario.levers, horizon }, one, {
              aws: terms.organicAws.base,
              marketplace: terms.organicMarketplace.base,
            }),
    };
  };
  const enabled = new Set(scenario.levers.filter((lever) => lever.enabled).map(({ id }) => id));
  const uncertain = uncertainsOf(levers, spreadsOf(world, stateAfter(world, levers)), trends).filter(
    ({ leverId }) => leverId === null || enabled.has(leverId),
  );
  return {
    schemaVersion: 1,
    base: outlook(base, commitment),
    savingPartial: leftOutOf(scenario, whole),
    assumptions: [
      ...uncertain.map(({ toEnd, ...what }) => ({
        ...named(what, levers),
        low: outlook(toEnd(base, 'low'), commitment),
        high: outlook(toEnd(base, 'high'), commitment),
      })),
      ...organicAssumptions(commitment, (terms) => outlook(base, terms)),
    ].sort(
      (left, right) =>
        reach(right, 'savingAtPrice') - reach(left, 'savingAtPrice') ||
        reach(right, 'cashThisYear') - reach(left, 'cashThisYear'),
    ),
  };
}

function named(
  { leverId, name, range, unit }: Omit<Uncertain, 'toEnd'>,
  levers: readonly BoundLever[],
): Pick<Sensitivity, 'leverId' | 'label' | 'name' | 'range' | 'unit'> {
  const bound = levers.find(({ lever }) => lever.id === leverId);
  return {
    leverId,
    label: bound === undefined ? null : (bound.lever.label ?? bound.title),
    name,
    range,
    unit,
  };
}

/** The year's other spend decides how much of a saving is cash; it does not touch the saving at price. */
function organicAssumptions(
  commitment: ScenarioCommitment | null,
  outlook: (terms: ScenarioCommitment) => Outlook,
): Sensitivity[] {
  if (commitment === null) return [];
  return (Object.entries(ORGANIC) as [OrganicPart, string][]).flatMap(([part, name]) => {
    const range = commitment[part];
    if (range.low === range.high) return [];
    const at = (end: End): Outlook =>
      outlook({ ...commitment, [part]: { low: range[end], base: range[end], high: range[end] } });
    return [{ leverId: null, label: null, name, range, unit: 'money', low: at('low'), high: at('high') }];
  });
}

function reach({ low, high }: Sensitivity, headline: keyof Outlook): number {
  return Math.abs((high[headline] ?? 0) - (low[headline] ?? 0));
}
