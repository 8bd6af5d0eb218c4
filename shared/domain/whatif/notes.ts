// What a reader of a scenario's answer must know: assumptions, holes, and where the figures come from.
import { whereText } from '../spend/grammar.ts';
import type { ScenarioAnswer } from './answer.ts';
import { LEVERS } from './levers.ts';
import { oneOffOf, startOf } from './months.ts';
import type { Pick } from './prices.ts';
import type { Scenario, ScenarioPriceLayer } from './scenario.ts';
import type { ScenarioBaseline } from './vectors.ts';

type Circumstances = {
  readonly horizon: string;
  readonly exhaustive: boolean;
  readonly spreads: readonly (keyof Pick)[];
};

/** Each note with the condition under which it holds. */
export function notesOf(
  scenario: Scenario,
  baseline: ScenarioBaseline,
  { horizon, exhaustive, spreads }: Circumstances,
): string[] {
  const { capacity } = baseline;
  const enabled = scenario.levers.filter((lever) => lever.enabled);
  const models = new Set(baseline.vectors.map(({ model }) => model));
  const strangers = scenario.contractRates.filter(({ model }) => !models.has(model));
  const sunk = enabled.filter((lever) => oneOffOf(lever) > 0 && startOf(lever, horizon) < horizon);
  const candidates: [boolean, string][] = [
    [
      baseline.vectors.length === 0,
      'The baseline holds no token usage, so no lever has anything to work on.',
    ],
    [
      capacity.length > 0,
      'Capacity paid by the hour is in the baseline at price and in the cost after, as invoiced: no price layer has it by the token.',
    ],
    [
      (baseline.ocu?.invoiced ?? 0) !== 0,
      'Search capacity of all services and accounts is in the baseline at price, as invoiced, whatever the filters: no key on the bill says whose it is.',
    ],
    [
      capacity.length > 0 && scenario.growth.length > 0,
      'Capacity paid by the hour does not grow with the traffic: the months ahead have what the baseline has.',
    ],
    [enabled.length === 0, 'No lever is switched on: the scenario is the baseline.'],
    [baseline.estimated, 'Part of the baseline is not invoiced yet and may change.'],
    [
      baseline.currency !== 'USD',
      `Prices of the catalog are in USD and the bill is in ${baseline.currency}: only the rates of the bill apply.`,
    ],
    [spreads.includes('range'), 'Where the catalog gives a price range, the base case takes its middle.'],
    [
      spreads.includes('disputed'),
      'Sources dispute the price of cache writes of some models: the base case takes the dearer one, the band both.',
    ],
    [
      !exhaustive,
      'Too many uncertain parameters for every combination: the band covers all of them together and each on its own.',
    ],
    [
      scenario.priceLayer === 'contract' &&
        scenario.contractRates.length === 0 &&
        baseline.contractVersion === null,
      'No contract rate is typed into the scenario and the workspace has none: all prices are list prices.',
    ],
    [
      strangers.length > 0,
      `Contract rates of models without usage in the baseline have no effect: ${strangers.map(({ model }) => model).join(', ')}.`,
    ],
    [
      sunk.length > 0,
      `One-off cost spent before the horizon is not in the months: ${sunk.map(({ id }) => id).join(', ')}.`,
    ],
    [
      true,
      `Months are average months of 365 ÷ 12 days at the baseline’s daily average, ${trendText(scenario)}.`,
    ],
  ];
  return [...baseline.notes, ...candidates.filter(([holds]) => holds).map(([, note]) => note)];
}

function trendText({ growth, priceChanges }: Scenario): string {
  const parts = [growth.length > 0 ? 'growth' : null, priceChanges.length > 0 ? 'price changes' : null];
  const stated = parts.filter((part) => part !== null);
  return stated.length === 0 ? 'without growth' : `with the ${stated.join(' and ')} stated`;
}

const LAYER_TEXTS: Readonly<Record<ScenarioPriceLayer, string>> = {
  list: 'list prices of the catalog',
  contract:
    'rates typed into the scenario where they name the model, meter and mode; else the contract rates of the workspace; else list prices',
  effective: 'invoiced ÷ tokens where the bill has the model, meter and mode; else list prices',
};

export function provenanceOf(
  scenario: Scenario,
  baseline: ScenarioBaseline,
  horizon: string,
): ScenarioAnswer['provenance'] {
  const { period } = baseline;
  const order = scenario.levers
    .filter(({ enabled }) => enabled)
    .map(({ kind, label }) => label ?? LEVERS[kind].title);
  const zones = [
    ...new Set(scenario.levers.flatMap((one) => (one.kind === 'provisioned' ? one.timeZone : []))),
  ];
  return [
    { label: 'Baseline', value: `${period.from} to ${period.to}, days covered: ${baseline.daysCovered}` },
    { label: 'Filters', value: filterText(scenario) },
    { label: 'Basis of invoiced cost', value: `unblended, ${baseline.currency}` },
    { label: 'Prices', value: LAYER_TEXTS[scenario.priceLayer] },
    ...(scenario.priceLayer === 'contract'
      ? [{ label: 'Contract rates', value: contractText(scenario, baseline) }]
      : []),
    { label: 'Catalog', value: baseline.catalogVersion },
    { label: 'Levers in order', value: order.length === 0 ? 'none' : order.join(' → ') },
    {
      label: 'Saving of a lever',
      value: 'cost before it − cost after it, tokens × price, requests kept whole',
    },
    { label: 'Interaction', value: 'saving in order − saving alone' },
    { label: 'Low and high', value: 'extremes over the ends of all parameter and price ranges' },
    ...(zones.length === 0
      ? []
      : [{ label: 'Units on a schedule', value: `by the hour of the day in ${zones.join(', ')}` }]),
    { label: 'Horizon', value: `${scenario.horizon.months} months from ${horizon}` },
  ];
}

function contractText({ contractRates }: Scenario, { contractVersion }: ScenarioBaseline): string {
  const held =
    contractVersion === null ? 'none in the workspace' : `version ${contractVersion} of the workspace`;
  return `${contractRates.length} typed into the scenario, which come first; ${held}`;
}

function filterText({ baseline }: Scenario): string {
  return baseline.where.length === 0 ? 'none' : baseline.where.map(whereText).join(' and ');
}
