// What a lever is when it is added: nothing is assumed, so that it moves nothing until somebody states how much.
import { exactly } from './lever.ts';
import { LEVERS } from './levers.ts';
import { UTC } from './local-time.ts';
import type { Lever, LeverKind, LeverOf } from './scenario.ts';

const START = {
  label: null,
  enabled: true,
  scope: [],
  startMonth: null,
  rampMonths: 0,
  oneOffCost: 0,
  owner: null,
  evidence: null,
  confidence: null,
} as const;
const NONE = exactly(0);
const ONE = exactly(1);

/** More search capacity units than run anywhere: stands for "not stated", and all that run are kept. */
export const ALL_UNITS = 1000;

/** The neutral lever of each kind. */
export const NEW_LEVERS: { readonly [K in LeverKind]: Omit<LeverOf[K], 'id'> } = {
  batch: { kind: 'batch', ...START, eligibleShare: NONE, excludeStreaming: true },
  caching: {
    kind: 'caching',
    ...START,
    prefixShare: NONE,
    prefixTokens: null,
    lifetime: '5m',
    arrival: { pattern: 'stated', hitShare: NONE },
  },
  routing: {
    kind: 'routing',
    ...START,
    share: NONE,
    targets: [],
    escalation: NONE,
    todayQuality: null,
    qualityFloor: null,
    requestCeiling: null,
    requestsPerMonth: null,
    routerPerMonth: NONE,
  },
  service_tier: { kind: 'service_tier', ...START, share: NONE, to: 'flex', excludeStreaming: true },
  residency: { kind: 'residency', ...START, share: NONE, tier: 'global', region: null },
  trimming: { kind: 'trimming', ...START, inputCut: NONE, cachedCut: NONE, outputCut: NONE },
  overhead: { kind: 'overhead', ...START, overheadNow: NONE, overheadAfter: NONE },
  provisioned: {
    kind: 'provisioned',
    ...START,
    units: 0,
    spareUnits: 0,
    unitInputPerMinute: 0,
    unitOutputPerMinute: 0,
    usdPerUnitHour: NONE,
    termMonths: 0,
    peakFactor: ONE,
    overflow: 'throttle',
    timeZone: UTC,
  },
  reserved: {
    kind: 'reserved',
    ...START,
    inputThousands: 0,
    outputThousands: 0,
    usdPerInputHour: NONE,
    usdPerOutputHour: NONE,
    termMonths: 1,
    peakFactor: ONE,
    cacheReadWeight: ONE,
  },
  end_capacity: {
    kind: 'end_capacity',
    ...START,
    endedShare: NONE,
    paidUntil: null,
    elsewherePerMonth: NONE,
  },
  custom_model: {
    kind: 'custom_model',
    ...START,
    share: NONE,
    baseModel: null,
    teacherInputMillions: 0,
    teacherOutputMillions: 0,
    teacherUsdInput: 0,
    teacherUsdOutput: 0,
    trainingMillions: 0,
    epochs: 1,
    usdPerMillionTraining: 0,
    storagePerMonth: NONE,
    serving: 'on_demand',
    usdPerMillionInput: NONE,
    usdPerMillionOutput: NONE,
    units: 0,
    usdPerUnitHour: NONE,
    copies: 1,
    usdPerUnitMinute: NONE,
    windowsPerDay: NONE,
  },
  endpoint: {
    kind: 'endpoint',
    ...START,
    share: NONE,
    instances: 0,
    softwarePerHour: NONE,
    infrastructurePerHour: NONE,
    scheduledHours: null,
    tokensPerSecond: 0,
    utilisation: ONE,
  },
  agents: {
    kind: 'agents',
    ...START,
    runs: [{ calls: 1, weight: 1 }],
    maxCalls: null,
    systemTokens: 0,
    growthTokens: 0,
    systemCut: NONE,
    growthCut: NONE,
  },
  guardrails: {
    kind: 'guardrails',
    ...START,
    requestsPerMonth: NONE,
    inputCharacters: 0,
    outputCharacters: 0,
    usdPerThousandUnits: NONE,
    coverageNow: NONE,
    coverageAfter: NONE,
  },
  knowledge_base: {
    kind: 'knowledge_base',
    ...START,
    ocusKept: exactly(ALL_UNITS),
    alternativePerMonth: NONE,
  },
};

export function newLever(levers: readonly Lever[], kind: LeverKind): Lever {
  return { ...NEW_LEVERS[kind], id: freeId(levers, kind) } as Lever;
}

/** The same lever under an id and a name that no lever has yet: `Batch, copy`, then `Batch, copy 2`. */
export function copiedLever<Copied extends Lever>(levers: readonly Lever[], lever: Copied): Copied {
  return { ...lever, id: freeId(levers, lever.kind), label: copyName(levers.map(nameOf), nameOf(lever)) };
}

const nameOf = ({ label, kind }: Lever): string => label ?? LEVERS[kind].title;

function copyName(taken: readonly string[], name: string): string {
  const original = name.replace(/, copy(?: \d+)?$/u, '');
  for (let number = 1; ; number += 1) {
    const copy = `${original}, copy${number === 1 ? '' : ` ${number}`}`;
    if (!taken.includes(copy)) return copy;
  }
}

/** The first number that no lever of this kind has. */
export function freeId(levers: readonly Lever[], kind: LeverKind): string {
  for (let number = 1; ; number += 1) {
    const id = `${kind}-${number}`;
    if (levers.every((lever) => lever.id !== id)) return id;
  }
}
