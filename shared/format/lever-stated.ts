// What a lever states, in words: every parameter with its unit, so that a reader of a report can hold it against something.
import { sumOf } from '../domain/sum.ts';
import type { FigureUnit } from '../domain/whatif/lever.ts';
import { ALL_UNITS } from '../domain/whatif/new-levers.ts';
import type { Lever, LeverKind, LeverOf, Range } from '../domain/whatif/scenario.ts';
import { LIFETIME_NAMES, MODE_NAMES } from './names.ts';

export type StatedUnit = FigureUnit | 'text';

/** A figure with its ends where it has them, a plain value, or null where nothing is stated. */
export type Stated = {
  readonly name: string;
  readonly unit: StatedUnit;
  readonly value: Range | number | string | null;
};

type Entry<L> = readonly [
  name: string,
  unit: StatedUnit,
  value: (lever: L) => Stated['value'],
  when?: (lever: L) => boolean,
];

const yes = (flag: boolean): string => (flag ? 'yes' : 'no');
const months = (term: number): string =>
  term === 0 ? 'no commitment' : `${term} ${term === 1 ? 'month' : 'months'}`;
/** 0 stands for "not stated" in what a contract or a load test says. */
const known = (value: number): number | null => (value === 0 ? null : value);
const stated = (range: Range): Range | null => (range.high === 0 ? null : range);

/** Nothing is sold at a price of zero: it is what nobody has stated. */
function withoutFreePrices(unit: StatedUnit, value: Stated['value']): Stated['value'] {
  if (unit !== 'unit price' || value === null || typeof value === 'string') return value;
  return typeof value === 'number' ? known(value) : stated(value);
}

const ARRIVALS = { stated: 'hit share stated', poisson: 'at random', even: 'evenly spaced' } as const;
const SERVED = {
  on_demand: 'by the token',
  units: 'on model units',
  imported: 'imported, by active windows',
} as const;
const isDistilled = ({ teacherInputMillions, teacherOutputMillions }: LeverOf['custom_model']): boolean =>
  teacherInputMillions + teacherOutputMillions > 0;

/** What each kind states, in the order in which its form asks for it. */
const STATED: { readonly [K in LeverKind]: readonly Entry<LeverOf[K]>[] } = {
  batch: [
    ['Share of requests that can wait', 'ratio', ({ eligibleShare }) => eligibleShare],
    ['Leaves out streaming requests', 'text', ({ excludeStreaming }) => yes(excludeStreaming)],
  ],
  caching: [
    ['Prefix, share of uncached input', 'ratio', ({ prefixShare }) => prefixShare],
    ['Prefix, length in tokens', 'count', ({ prefixTokens }) => prefixTokens],
    ['Lifetime', 'text', ({ lifetime }) => LIFETIME_NAMES[lifetime]],
    ['Arrival of requests', 'text', ({ arrival }) => ARRIVALS[arrival.pattern]],
    [
      'Hit share',
      'ratio',
      ({ arrival }) => (arrival.pattern === 'stated' ? stated(arrival.hitShare) : null),
      ({ arrival }) => arrival.pattern === 'stated',
    ],
    [
      'Requests an hour with one prefix',
      'factor',
      ({ arrival }) => (arrival.pattern === 'stated' ? null : stated(arrival.requestsPerHour)),
      ({ arrival }) => arrival.pattern !== 'stated',
    ],
  ],
  routing: [
    ['Share routed', 'ratio', ({ share }) => share],
    ['Served by', 'text', ({ targets }) => targetsText(targets)],
    ['Share escalated', 'ratio', ({ escalation }) => escalation],
    ['Quality of today’s model', 'factor', ({ todayQuality }) => todayQuality],
    ['Quality floor', 'factor', ({ qualityFloor }) => qualityFloor],
    ['Most a request may cost', 'unit price', ({ requestCeiling }) => requestCeiling],
    ['Requests a month', 'count', ({ requestsPerMonth }) => requestsPerMonth],
    ['Router cost a month', 'money', ({ routerPerMonth }) => routerPerMonth],
  ],
  service_tier: [
    ['Tier', 'text', ({ to }) => MODE_NAMES[to]],
    ['Share of requests', 'ratio', ({ share }) => share],
    ['Leaves out streaming requests', 'text', ({ excludeStreaming }) => yes(excludeStreaming)],
  ],
  residency: [
    ['Region tier', 'text', ({ tier }) => tier.replace('_', ' ')],
    ['Region', 'text', ({ region }) => region ?? 'as today'],
    ['Share of requests', 'ratio', ({ share }) => share],
  ],
  trimming: [
    ['Uncached input cut', 'ratio', ({ inputCut }) => inputCut],
    ['Cached input cut', 'ratio', ({ cachedCut }) => cachedCut],
    ['Output cut', 'ratio', ({ outputCut }) => outputCut],
  ],
  overhead: [
    ['Overhead today', 'ratio', ({ overheadNow }) => overheadNow],
    ['Overhead afterwards', 'ratio', ({ overheadAfter }) => overheadAfter],
  ],
  provisioned: [
    ['Model units', 'count', ({ units }) => units],
    ['Spare units', 'count', ({ spareUnits }) => spareUnits],
    ['Input tokens a minute, one unit', 'count', ({ unitInputPerMinute }) => known(unitInputPerMinute)],
    ['Output tokens a minute, one unit', 'count', ({ unitOutputPerMinute }) => known(unitOutputPerMinute)],
    ['Price of a unit’s hour', 'unit price', ({ usdPerUnitHour }) => usdPerUnitHour],
    ['Term', 'text', ({ termMonths }) => months(termMonths)],
    ['Peak within the hour, times the mean', 'factor', ({ peakFactor }) => peakFactor],
    [
      'Above the capacity',
      'text',
      ({ overflow }) => (overflow === 'spill' ? 'routed to on demand' : 'throttled'),
    ],
    ['Time zone of a schedule by the hour', 'text', ({ timeZone }) => timeZone],
  ],
  reserved: [
    ['Input, thousand tokens a minute', 'count', ({ inputThousands }) => inputThousands],
    ['Output, thousand tokens a minute', 'count', ({ outputThousands }) => outputThousands],
    ['Hour of 1K input tokens a minute', 'unit price', ({ usdPerInputHour }) => usdPerInputHour],
    ['Hour of 1K output tokens a minute', 'unit price', ({ usdPerOutputHour }) => usdPerOutputHour],
    ['Term', 'text', ({ termMonths }) => months(termMonths)],
    ['Peak within the hour, times the mean', 'factor', ({ peakFactor }) => peakFactor],
    ['Weight of cache reads', 'ratio', ({ cacheReadWeight }) => cacheReadWeight],
  ],
  end_capacity: [
    ['Share ended', 'ratio', ({ endedShare }) => endedShare],
    ['Paid until', 'text', ({ paidUntil }) => paidUntil],
    ['Traffic elsewhere a month', 'money', ({ elsewherePerMonth }) => elsewherePerMonth],
  ],
  custom_model: [
    ['Share of requests', 'ratio', ({ share }) => share],
    ['Made from', 'text', ({ baseModel }) => baseModel ?? 'today’s model'],
    ['Served', 'text', ({ serving }) => SERVED[serving]],
    ['Input, 1M tokens', 'unit price', ({ usdPerMillionInput }) => usdPerMillionInput, byToken],
    ['Output, 1M tokens', 'unit price', ({ usdPerMillionOutput }) => usdPerMillionOutput, byToken],
    ['Units', 'count', ({ units }) => units, ({ serving }) => serving !== 'on_demand'],
    [
      'Price of a unit’s hour',
      'unit price',
      ({ usdPerUnitHour }) => usdPerUnitHour,
      ({ serving }) => serving === 'units',
    ],
    ['Copies', 'count', ({ copies }) => copies, isImported],
    ['Price of a unit’s minute', 'unit price', ({ usdPerUnitMinute }) => usdPerUnitMinute, isImported],
    ['Active windows a day, each copy', 'factor', ({ windowsPerDay }) => windowsPerDay, isImported],
    ['Storage a month', 'money', ({ storagePerMonth }) => storagePerMonth],
    ['Teacher input, million tokens', 'factor', (lever) => lever.teacherInputMillions, isDistilled],
    ['Teacher output, million tokens', 'factor', (lever) => lever.teacherOutputMillions, isDistilled],
    ['Teacher input price, 1M tokens', 'unit price', (lever) => lever.teacherUsdInput, isDistilled],
    ['Teacher output price, 1M tokens', 'unit price', (lever) => lever.teacherUsdOutput, isDistilled],
    ['Training, million tokens of an epoch', 'factor', ({ trainingMillions }) => trainingMillions],
    ['Epochs', 'factor', ({ epochs }) => epochs],
    ['Training price, 1M tokens', 'unit price', (lever) => lever.usdPerMillionTraining],
  ],
  endpoint: [
    ['Share of requests', 'ratio', ({ share }) => share],
    ['Instances', 'count', ({ instances }) => instances],
    ['Software fee an hour, one instance', 'unit price', ({ softwarePerHour }) => softwarePerHour],
    ['Infrastructure an hour, one instance', 'unit price', (lever) => lever.infrastructurePerHour],
    ['Hours a month', 'text', ({ scheduledHours }) => scheduledHours?.toString() ?? 'all hours'],
    ['Tokens a second, one instance', 'factor', ({ tokensPerSecond }) => known(tokensPerSecond)],
    ['Use of the capacity', 'ratio', ({ utilisation }) => utilisation],
  ],
  agents: [
    ['Calls a run', 'text', ({ runs }) => runsText(runs)],
    ['System prompt, tokens', 'count', ({ systemTokens }) => systemTokens],
    ['Added by a call, tokens', 'count', ({ growthTokens }) => growthTokens],
    ['Most calls a run', 'text', ({ maxCalls }) => maxCalls?.toString() ?? 'no limit'],
    ['System prompt cut', 'ratio', ({ systemCut }) => systemCut],
    ['Carried along cut', 'ratio', ({ growthCut }) => growthCut],
  ],
  guardrails: [
    ['Requests a month', 'count', ({ requestsPerMonth }) => requestsPerMonth],
    ['Characters of a request', 'count', ({ inputCharacters }) => inputCharacters],
    ['Characters of an answer', 'count', ({ outputCharacters }) => outputCharacters],
    ['Price of 1,000 text units, all policies', 'unit price', (lever) => lever.usdPerThousandUnits],
    ['Coverage today', 'ratio', ({ coverageNow }) => coverageNow],
    ['Coverage afterwards', 'ratio', ({ coverageAfter }) => coverageAfter],
  ],
  knowledge_base: [
    ['Capacity units kept', 'factor', ({ ocusKept }) => (ocusKept.low >= ALL_UNITS ? null : ocusKept)],
    ['Alternative a month', 'money', ({ alternativePerMonth }) => alternativePerMonth],
  ],
};

function byToken({ serving }: LeverOf['custom_model']): boolean {
  return serving === 'on_demand';
}

function isImported({ serving }: LeverOf['custom_model']): boolean {
  return serving === 'imported';
}

const parts = (weight: number): string => `${weight} ${weight === 1 ? 'part' : 'parts'}`;

function targetsText(targets: LeverOf['routing']['targets']): string | null {
  if (targets.length === 0) return null;
  const weights = sumOf(targets.map(({ weight }) => weight));
  const shareText = (weight: number): string =>
    weights === 0 ? 'no share' : `${Math.round((1000 * weight) / weights) / 10} %`;
  return targets
    .map(({ model, weight, region, quality, inputFactor, outputFactor }) =>
      [
        `${model} ${shareText(weight)}`,
        ...(region === null ? [] : [region]),
        ...(inputFactor === 1 && outputFactor === 1
          ? []
          : [`× ${inputFactor} input and × ${outputFactor} output tokens`]),
        quality === null ? 'quality not measured' : `quality ${quality}`,
      ].join(', '),
    )
    .join('; ');
}

function runsText(runs: LeverOf['agents']['runs']): string {
  return runs
    .map(({ calls, weight }) => `${calls} ${calls === 1 ? 'call' : 'calls'}, ${parts(weight)}`)
    .join('; ');
}

/** Everything that a lever states and that matters to it as it stands. */
export function leverStated(lever: Lever): Stated[] {
  const entries = STATED[lever.kind] as unknown as readonly Entry<Lever>[];
  return entries
    .filter(([, , , when]) => when === undefined || when(lever))
    .map(([name, unit, value]) => ({ name, unit, value: withoutFreePrices(unit, value(lever)) }));
}
