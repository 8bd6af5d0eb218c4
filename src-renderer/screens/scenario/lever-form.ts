// The parameters of each lever as a form shows them: one table, so that a new lever is an entry and not a component.

import { REGION_TIERS } from '../../../shared/domain/usage/vocabulary.ts';
import { ALL_UNITS } from '../../../shared/domain/whatif/new-levers.ts';
import {
  type Lever,
  type LeverKind,
  type LeverOf,
  SERVICE_TIERS,
} from '../../../shared/domain/whatif/scenario.ts';
import { MODE_NAMES, valueName } from '../../../shared/format/names.ts';
import {
  type Choice,
  count,
  type Field,
  factor,
  money,
  price,
  range,
  share,
  unitPrice,
} from './lever-field.ts';
import { COUNT, FACTOR } from './range-field.tsx';

/** Levers whose parameters are fields of their own; the others have a component. */
type FormKind = Exclude<LeverKind, 'batch' | 'caching'>;

const ONLY_DISTILLED = 'Distillation only; once.';
/** A new lever keeps all that run: an empty field, until somebody says how many. */
const UNITS_KEPT = { ...FACTOR, unstated: { from: ALL_UNITS, text: 'All' } };
const FROM_CONTRACT = 'From the contract or a load test.';
const PEAK = {
  label: 'Peak within the hour',
  description: 'Busiest minute ÷ mean minute; 1 = even. Hours on the bill hide their minutes.',
};
export const SERVING_CHOICES: readonly Choice[] = [
  { value: 'on_demand', label: 'By the token' },
  { value: 'units', label: 'On model units' },
  { value: 'imported', label: 'Imported, by active windows' },
];
const SHARE_MOVED = { label: 'Share of requests', description: 'Of the usage this lever applies to.' };

export const FORMS: { readonly [K in FormKind]: readonly Field<LeverOf[K]>[] } = {
  routing: [
    share('share', { label: 'Share routed', description: 'Requests that go to the models below.' }),
    share('escalation', {
      label: 'Share escalated',
      description: 'Cascade: routed requests that today’s model answers once more. Zero: none.',
    }),
    {
      control: 'number',
      key: 'todayQuality',
      label: 'Quality today',
      description: 'Of the model that serves these requests now, in your own scale; to compare with.',
      empty: 'Not measured',
    },
    {
      control: 'number',
      key: 'qualityFloor',
      label: 'Quality floor',
      description: 'In your own scale. Targets that score lower, or have no score, are refused.',
      empty: 'No floor',
    },
    {
      control: 'number',
      key: 'requestCeiling',
      label: 'Most a request may cost',
      description: 'On average, escalation included. Targets above it are refused; needs the requests below.',
      empty: 'No ceiling',
      isMoney: true,
    },
    {
      control: 'number',
      key: 'requestsPerMonth',
      label: 'Requests a month',
      description: 'Of the usage this lever applies to. Not in the bill.',
      empty: 'Not stated',
    },
    money('routerPerMonth', { label: 'Router cost a month', description: 'What deciding costs.' }),
  ],
  service_tier: [
    {
      control: 'choice',
      key: 'to',
      label: 'Tier',
      description: 'Priced only where the model offers it; nothing is derived.',
      choices: SERVICE_TIERS.map((value) => ({ value, label: MODE_NAMES[value] })),
    },
    share('share', SHARE_MOVED),
    {
      control: 'check',
      key: 'excludeStreaming',
      label: 'Leave out streaming requests',
      description: 'Flex only: where the bill’s operation says that someone waits for the answer',
    },
  ],
  residency: [
    {
      control: 'choice',
      key: 'tier',
      label: 'Region tier',
      description: 'Where requests may be served.',
      choices: REGION_TIERS.map((value) => ({ value, label: valueName('regionTier', value) })),
    },
    {
      control: 'text',
      key: 'region',
      label: 'Region',
      description: 'Region code, to move the usage to another region as well.',
      empty: 'Each usage stays in its region',
    },
    share('share', SHARE_MOVED),
  ],
  trimming: [
    share('inputCut', { label: 'Uncached input cut', description: null }),
    share('cachedCut', {
      label: 'Cached input cut',
      description: 'Reads and writes: a shorter prefix is less to cache.',
    }),
    share('outputCut', {
      label: 'Output cut',
      description: 'Shorter answers, stop sequences, structured output.',
    }),
  ],
  overhead: [
    share('overheadNow', {
      label: 'Overhead today',
      description: 'Retries and trials for each useful request; 50 % = one for every two.',
    }),
    share('overheadAfter', { label: 'Overhead afterwards', description: null }),
  ],
  provisioned: [
    count('units', { label: 'Model units', description: 'Units that serve traffic.' }),
    count('spareUnits', { label: 'Spare units', description: 'Paid for as well, and serve nothing.' }),
    count('unitInputPerMinute', { label: 'Input tokens a minute, one unit', description: FROM_CONTRACT }),
    count('unitOutputPerMinute', { label: 'Output tokens a minute, one unit', description: FROM_CONTRACT }),
    unitPrice('usdPerUnitHour', { label: 'Price of a unit’s hour', description: 'For the term below.' }),
    {
      control: 'choice',
      key: 'termMonths',
      label: 'Term',
      description: 'Paid for as long as the term lasts, used or not.',
      choices: [
        { value: 0, label: 'No commitment' },
        { value: 1, label: '1 month' },
        { value: 6, label: '6 months' },
      ],
    },
    factor('peakFactor', PEAK),
    {
      control: 'choice',
      key: 'overflow',
      label: 'Above the capacity',
      description: 'Nothing spills over by itself: your callers must route it.',
      choices: [
        { value: 'throttle', label: 'Throttled' },
        { value: 'spill', label: 'Routed to on demand' },
      ],
    },
    {
      control: 'zone',
      key: 'timeZone',
      label: 'Time zone',
      description: 'Of units switched by the hour of the day; changes of the clocks are followed.',
    },
  ],
  reserved: [
    count('inputThousands', { label: 'Input, thousand tokens a minute', description: 'At least 100.' }),
    count('outputThousands', { label: 'Output, thousand tokens a minute', description: 'At least 10.' }),
    unitPrice('usdPerInputHour', {
      label: 'Price of an hour of 1K input tokens a minute',
      description: null,
    }),
    unitPrice('usdPerOutputHour', {
      label: 'Price of an hour of 1K output tokens a minute',
      description: null,
    }),
    {
      control: 'choice',
      key: 'termMonths',
      label: 'Term',
      description: 'Billing goes on until the reservation is removed.',
      choices: [
        { value: 1, label: '1 month' },
        { value: 3, label: '3 months' },
      ],
    },
    factor('peakFactor', PEAK),
    share('cacheReadWeight', {
      label: 'Weight of cache reads',
      description: 'How much of a cache read counts as input against the reservation.',
    }),
  ],
  end_capacity: [
    share('endedShare', {
      label: 'Share ended',
      description: 'Of the model units or reserved tokens on the bill that this lever applies to.',
    }),
    {
      control: 'day',
      key: 'paidUntil',
      label: 'Paid until',
      description: 'Last day its term makes you pay for. Not on the bill; empty = nothing with a term ends.',
    },
    money('elsewherePerMonth', {
      label: 'Traffic elsewhere a month',
      description: 'What still runs on it, bought another way; 0 = it is idle.',
    }),
  ],
  custom_model: [
    share('share', { label: 'Share of requests', description: 'Requests that the model serves.' }),
    {
      control: 'text',
      key: 'baseModel',
      label: 'Made from',
      description: 'The model it is tuned or distilled from, as the catalog names it.',
      empty: 'Today’s model',
    },
    {
      control: 'choice',
      key: 'serving',
      label: 'Served',
      description: 'How its requests are paid.',
      choices: SERVING_CHOICES,
    },
    {
      ...unitPrice<LeverOf['custom_model']>('usdPerMillionInput', {
        label: 'Price of 1M input tokens',
        description: null,
      }),
      when: ({ serving }) => serving === 'on_demand',
    },
    {
      ...unitPrice<LeverOf['custom_model']>('usdPerMillionOutput', {
        label: 'Price of 1M output tokens',
        description: null,
      }),
      when: ({ serving }) => serving === 'on_demand',
    },
    {
      ...count<LeverOf['custom_model']>('units', {
        label: 'Units',
        description: 'Model units, or custom model units of one copy.',
      }),
      when: ({ serving }) => serving !== 'on_demand',
    },
    {
      ...unitPrice<LeverOf['custom_model']>('usdPerUnitHour', {
        label: 'Price of a unit’s hour',
        description: 'Charged in full while it idles.',
      }),
      when: ({ serving }) => serving === 'units',
    },
    {
      ...count<LeverOf['custom_model']>('copies', { label: 'Copies', description: 'Running side by side.' }),
      when: ({ serving }) => serving === 'imported',
    },
    {
      ...unitPrice<LeverOf['custom_model']>('usdPerUnitMinute', {
        label: 'Price of a unit’s minute',
        description: null,
      }),
      when: ({ serving }) => serving === 'imported',
    },
    {
      ...factor<LeverOf['custom_model']>('windowsPerDay', {
        label: 'Active windows a day',
        description: 'Of five minutes, each copy; 288 = all day.',
      }),
      when: ({ serving }) => serving === 'imported',
    },
    money('storagePerMonth', { label: 'Storage a month', description: null }),
    count('teacherInputMillions', { label: 'Teacher input, million tokens', description: ONLY_DISTILLED }),
    count('teacherOutputMillions', { label: 'Teacher output, million tokens', description: ONLY_DISTILLED }),
    price('teacherUsdInput', { label: 'Teacher input price, 1M tokens', description: ONLY_DISTILLED }),
    price('teacherUsdOutput', { label: 'Teacher output price, 1M tokens', description: ONLY_DISTILLED }),
    count('trainingMillions', { label: 'Training, million tokens', description: 'Of one epoch.' }),
    count('epochs', { label: 'Epochs', description: 'Each trains on all tokens again.' }),
    price('usdPerMillionTraining', { label: 'Training price, 1M tokens', description: null }),
  ],
  endpoint: [
    share('share', SHARE_MOVED),
    count('instances', { label: 'Instances', description: null }),
    unitPrice('softwarePerHour', {
      label: 'Software fee an hour',
      description: 'Of one instance; none when self-hosted.',
    }),
    unitPrice('infrastructurePerHour', { label: 'Infrastructure an hour', description: 'Of one instance.' }),
    {
      control: 'number',
      key: 'scheduledHours',
      label: 'Hours a month',
      description: 'By schedule: weekdays of 12 hours are 264.',
      empty: 'All hours',
    },
    count('tokensPerSecond', { label: 'Tokens a second', description: 'Of one instance, from a load test.' }),
    share('utilisation', { label: 'Use of the capacity', description: 'What of that speed is really used.' }),
  ],
  agents: [
    {
      control: 'runs',
      key: 'runs',
      label: 'Calls a run',
      description:
        'Calls and how often, such as 2:5, 6:3, 12:2. A distribution: its mean would claim too little.',
    },
    count('systemTokens', { label: 'System prompt, tokens', description: 'Sent again with every call.' }),
    count('growthTokens', {
      label: 'Added by a call, tokens',
      description: 'Carried along by all later calls.',
    }),
    {
      control: 'number',
      key: 'maxCalls',
      label: 'Most calls a run',
      description: null,
      empty: 'No limit',
    },
    share('systemCut', { label: 'System prompt cut', description: null }),
    share('growthCut', {
      label: 'Carried along cut',
      description: 'Summaries instead of the whole history.',
    }),
  ],
  guardrails: [
    range('requestsPerMonth', COUNT, { label: 'Requests a month', description: 'Not in the bill.' }),
    count('inputCharacters', { label: 'Characters of a request', description: 'Rounded up to 1,000.' }),
    count('outputCharacters', { label: 'Characters of an answer', description: 'Rounded up to 1,000.' }),
    unitPrice('usdPerThousandUnits', {
      label: 'Price of 1,000 text units',
      description: 'All policies that look at a text, together.',
    }),
    share('coverageNow', { label: 'Coverage today', description: 'Share of the requests that is checked.' }),
    share('coverageAfter', { label: 'Coverage afterwards', description: null }),
  ],
  knowledge_base: [
    range('ocusKept', UNITS_KEPT, {
      label: 'Capacity units kept',
      description: 'Of those that run on average. Two are the floor with redundancy.',
    }),
    money('alternativePerMonth', {
      label: 'Alternative a month',
      description: 'Another store for the same documents.',
    }),
  ],
};

/** The form of a lever; null where its parameters have a component of their own. */
export function formOf(lever: Lever): readonly Field<Lever>[] | null {
  if (lever.kind === 'batch' || lever.kind === 'caching') return null;
  return FORMS[lever.kind] as unknown as readonly Field<Lever>[];
}
