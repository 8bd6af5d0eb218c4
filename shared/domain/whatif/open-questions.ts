// What a scenario does not state yet, so that a zero in the result is never a riddle.
import { ALL_UNITS } from './new-levers.ts';
import type { CachingLever, Lever, LeverKind, LeverOf, RoutingLever, Scenario } from './scenario.ts';

export type OpenQuestion = { readonly leverId: string | null; readonly text: string };

/** Questions of the enabled levers first, then of the commitment. */
export function openQuestions({
  levers,
  commitment,
}: Pick<Scenario, 'levers' | 'commitment'>): OpenQuestion[] {
  const questions = levers
    .filter(({ enabled }) => enabled)
    .flatMap((lever) => leverQuestions(lever).map((text) => ({ leverId: lever.id, text })));
  if (commitment === null) return questions;
  const missing: [boolean, string][] = [
    [commitment.year.commit === 0, 'State what the year commits to.'],
    [
      commitment.organicAws.high === 0,
      'State the organic AWS spend of the year, a dollar where there is none: without it all commitment looks unfilled.',
    ],
  ];
  return [...questions, ...asked(missing).map((text) => ({ leverId: null, text }))];
}

function asked(candidates: readonly (readonly [boolean, string])[]): string[] {
  return candidates.filter(([missing]) => missing).map(([, text]) => text);
}

const SHARE_MISSING = 'State the share of requests. At 0 % nothing moves.';

/** What each kind of lever needs to know before it can do anything. */
const QUESTIONS: { readonly [K in LeverKind]: (lever: LeverOf[K]) => string[] } = {
  batch: ({ eligibleShare }) =>
    asked([
      [
        eligibleShare.high === 0,
        'State the share of requests that can wait up to 24 hours. At 0 % nothing moves.',
      ],
    ]),
  caching: cachingQuestions,
  routing: routingQuestions,
  service_tier: ({ share }) => asked([[share.high === 0, SHARE_MISSING]]),
  residency: ({ share }) => asked([[share.high === 0, SHARE_MISSING]]),
  trimming: ({ inputCut, cachedCut, outputCut }) =>
    asked([
      [
        inputCut.high + cachedCut.high + outputCut.high === 0,
        'State how much of the input, the cached input or the output is cut. At 0 % nothing changes.',
      ],
    ]),
  overhead: ({ overheadNow, overheadAfter }) =>
    asked([
      [
        overheadNow.high + overheadAfter.high === 0,
        'State the overhead today and afterwards: extra requests for each useful one.',
      ],
    ]),
  provisioned: ({ units, unitInputPerMinute, unitOutputPerMinute, usdPerUnitHour }) =>
    asked([
      [units === 0, 'State how many units to buy. At 0 nothing moves.'],
      [
        unitInputPerMinute === 0 || unitOutputPerMinute === 0,
        'State how many tokens a minute one unit serves: the contract or a load test says it, the bill does not.',
      ],
      [usdPerUnitHour.high === 0, 'State the price of a unit’s hour. Until then none is bought.'],
    ]),
  reserved: ({ inputThousands, outputThousands, usdPerInputHour, usdPerOutputHour }) =>
    asked([
      [
        inputThousands === 0 || outputThousands === 0,
        'State the tokens a minute to reserve. At 0 nothing moves.',
      ],
      [
        usdPerInputHour.high === 0 || usdPerOutputHour.high === 0,
        'State the price of an hour of 1,000 tokens a minute. Until then nothing is reserved.',
      ],
    ]),
  end_capacity: ({ endedShare }) =>
    asked([[endedShare.high === 0, 'State how much of the capacity ends. At 0 % nothing does.']]),
  custom_model: (lever) =>
    asked([
      [lever.share.high === 0, 'State the share of requests that the model serves. At 0 % nothing moves.'],
      [isServedFree(lever), 'State what serving the model costs. Without a price nothing moves to it.'],
    ]),
  endpoint: ({ share, instances, softwarePerHour, infrastructurePerHour, tokensPerSecond }) =>
    asked([
      [share.high === 0, SHARE_MISSING],
      [instances === 0, 'State how many instances run. At 0 nothing moves.'],
      [
        softwarePerHour.high + infrastructurePerHour.high === 0,
        'State what an instance costs an hour. Without a price nothing moves to it.',
      ],
      [
        tokensPerSecond === 0,
        'State the tokens a second of one instance: without it nothing says that they suffice.',
      ],
    ]),
  agents: ({ systemTokens, growthTokens }) =>
    asked([
      [
        systemTokens + growthTokens === 0,
        'State the tokens of the system prompt and what each call adds: the bill does not know runs and calls.',
      ],
    ]),
  guardrails: ({ requestsPerMonth, inputCharacters, outputCharacters, usdPerThousandUnits }) =>
    asked([
      [requestsPerMonth.high === 0, 'State the requests a month: the bill does not count them.'],
      [inputCharacters + outputCharacters === 0, 'State the characters of a request and its answer.'],
      [usdPerThousandUnits.high === 0, 'State the price of 1,000 text units of all policies together.'],
    ]),
  knowledge_base: ({ ocusKept, alternativePerMonth }) =>
    asked([
      [ocusKept.low >= ALL_UNITS, 'State how many capacity units are kept. Until then all that run are.'],
      [
        ocusKept.base === 0 && alternativePerMonth.high === 0,
        'State what another store costs a month, or how many units are kept: at $0 nothing replaces what ends.',
      ],
    ]),
};

/** What a lever does not state yet, whether it is switched on or not. */
export function leverQuestions<K extends LeverKind>(lever: LeverOf[K] | Lever): string[] {
  return QUESTIONS[lever.kind as K](lever as LeverOf[K]);
}

function isServedFree(lever: LeverOf['custom_model']): boolean {
  const { serving, usdPerMillionInput, usdPerMillionOutput, units, usdPerUnitHour } = lever;
  const { copies, usdPerUnitMinute, windowsPerDay } = lever;
  switch (serving) {
    case 'on_demand':
      return usdPerMillionInput.high + usdPerMillionOutput.high === 0;
    case 'units':
      return units * usdPerUnitHour.high === 0;
    case 'imported':
      return copies * units * usdPerUnitMinute.high * windowsPerDay.high === 0;
  }
}

function cachingQuestions({ prefixShare, arrival, prefixTokens }: CachingLever): string[] {
  const stated = arrival.pattern === 'stated';
  return asked([
    [
      prefixShare.high === 0,
      'State the share of input tokens that is a repeated prefix. At 0 % nothing is cached.',
    ],
    [
      stated && arrival.hitShare.high === 0,
      'State the hit share, or derive it from requests per hour. At 0 % nothing is cached.',
    ],
    [
      !stated && arrival.requestsPerHour.high === 0,
      'State how many requests an hour share one prefix. At 0 nothing is cached.',
    ],
    [prefixTokens === null, 'State the prefix length: shorter than a model’s minimum, nothing is cached.'],
  ]);
}

function routingQuestions({ share, targets }: RoutingLever): string[] {
  return asked([
    [targets.length === 0, 'Choose the models that requests go to.'],
    [targets.length > 0 && targets.every(({ weight }) => weight === 0), 'Give at least one target a weight.'],
    [share.high === 0, 'State the share of requests that is routed. At 0 % nothing moves.'],
  ]);
}
