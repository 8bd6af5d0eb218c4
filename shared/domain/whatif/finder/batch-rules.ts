// Opportunities for batch: usage named like a job, and usage that does not fall off when people sleep.
import type { BatchLever, Range } from '../scenario.ts';
import type { UsageVector } from '../vectors.ts';
import {
  canWait,
  common,
  type FinderEvidence,
  groupsOf,
  INPUT_SIDE,
  LIST,
  listCost,
  NO_ONE_OFF,
  ON_BILL,
  onDemand,
  type QuietUse,
  row,
  sizeRows,
  tokensOf,
  type UsageGroup,
} from './evidence.ts';
import type { Candidate, EvidenceRow, Found } from './finding.ts';

/** Words that people put into the names of what runs unattended. */
export const JOB_WORDS =
  /(?<![a-z])(?:batch|bulk|nightly|daily|weekly|cron|scheduled|jobs?|etl|offline|backfill|pipeline|ingest(?:ion)?|index(?:er|ing))(?![a-z])/iu;

/** Usage in quiet time at this share of its average rate does not depend on people being awake. */
export const QUIET_RATE = 0.8;

/** How much of a job can wait, when its name is all that is known. */
export const JOB_SHARE: Range = { low: 0.5, base: 0.8, high: 1 };

/** Batch has a price for what is read and written; without one nothing could move. */
function movable(evidence: FinderEvidence): UsageGroup[] {
  const priced = (vector: UsageVector): boolean =>
    evidence.quote(vector, 'input', 'batch') !== null && evidence.quote(vector, 'output', 'batch') !== null;
  return groupsOf(evidence, (vector) => onDemand(vector) && canWait(vector) && priced(vector), ['workload']);
}

const isJob = ({ workload }: UsageGroup): boolean => workload !== null && JOB_WORDS.test(workload);

/** On-demand usage of workloads whose name says that nobody waits. */
export function batchJobs(evidence: FinderEvidence): Found[] {
  if (evidence.workload === null) {
    return [
      {
        kind: 'undecided',
        subject: null,
        because:
          'The usage is not split by workload, so no name can say that it is a job. Choose a tag, principal or account to split by.',
        evidence: [],
        atStake: null,
        where: [],
      },
    ];
  }
  return movable(evidence)
    .filter(isJob)
    .map((group) => {
      const word = JOB_WORDS.exec(group.workload ?? '')?.[0] ?? '';
      return batchCandidate(evidence, group, JOB_SHARE, {
        confidence: 'medium',
        confidenceReason: `The name of the workload says so (“${word}”); whether each request can wait is for its owner to say.`,
        rows: [],
        assumptions: [
          '80 % of the requests can wait 24 hours (50 % to 100 %): an assumption, the bill does not say.',
        ],
      });
    });
}

/** On-demand usage that runs through nights and weekends nearly as it does at work. */
export function batchQuiet(evidence: FinderEvidence): Found[] {
  return movable(evidence)
    .filter((group) => !isJob(group))
    .flatMap((group): Found[] => {
      const quiet = evidence.quiet.find(
        ({ model, workload }) => model === group.model && workload === group.workload,
      );
      if (quiet === undefined || quiet.quietTime === 0 || quiet.tokens === 0)
        return [undecided(group, evidence)];
      const rate = quiet.quietTokens / quiet.tokens / quiet.quietTime;
      if (rate < QUIET_RATE) return [];
      const share = quietShare(quiet);
      const rows = quietRows(quiet, rate);
      const hourly = quiet.by === 'hour';
      return [
        batchCandidate(evidence, group, share, {
          confidence: 'low',
          confidenceReason: hourly
            ? 'The hours look like machines, but customers in other time zones look alike.'
            : 'The export is daily: weekends look like working days, which fits machines and consumers alike.',
          rows,
          assumptions: [
            `${percent(share.base)} of the requests can wait 24 hours: between what ran in quiet time (${percent(share.low)}) and the same rate held at all times (${percent(share.high)}).`,
            hourly
              ? `Quiet time is 20:00 to 06:00 and the weekend by the clock of ${quiet.timeZone}: check it against where the users are.`
              : 'Quiet time is the weekend in UTC: the export does not say the hour.',
          ],
        }),
      ];
    });
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/**
 * How much may be work that nobody waits for, from s = tokens in quiet time ÷ tokens and f = quiet time ÷ time:
 * at least what ran in quiet time (s), at most its rate at all times (s ÷ f, capped at 1), base the middle.
 */
export function quietShare({ quietTokens, tokens, quietTime }: QuietUse): Range {
  const low = quietTokens / tokens;
  const high = Math.min(1, low / quietTime);
  return { low, base: (low + high) / 2, high };
}

function quietRows({ quietTokens, tokens, quietTime, by, timeZone }: QuietUse, rate: number): EvidenceRow[] {
  const when = by === 'hour' ? 'nights and weekends' : 'weekends';
  return [
    row(`Share of the tokens in ${when}`, quietTokens / tokens, 'ratio', ON_BILL),
    row(`Share of the time that is ${when}`, quietTime, 'ratio', `calendar, ${timeZone}`),
    row('Rate in quiet time, average = 1', rate, 'ratio', ON_BILL),
  ];
}

function undecided(group: UsageGroup, { currency }: FinderEvidence): Found {
  return {
    kind: 'undecided',
    subject: group.subject,
    because: 'The period holds no quiet time of this usage to compare with: choose a whole week or more.',
    evidence: sizeRows(group, currency),
    atStake: group.invoiced,
    where: group.scope,
  };
}

type Judgement = Pick<Candidate, 'confidence' | 'confidenceReason' | 'assumptions'> & {
  readonly rows: readonly EvidenceRow[];
};

function batchCandidate(
  evidence: FinderEvidence,
  group: UsageGroup,
  eligibleShare: Range,
  { confidence, confidenceReason, rows, assumptions }: Judgement,
): Candidate {
  const { vectors, subject } = group;
  const scope = [...group.scope, { dimension: 'mode', operator: '=', values: ['on_demand'] } as const];
  const reads = tokensOf(vectors, 'cache_read');
  const input = tokensOf(vectors, ...INPUT_SIDE);
  const lever: BatchLever = {
    ...common('batch', `Batch: ${subject}`, scope, confidence),
    kind: 'batch',
    eligibleShare,
    excludeStreaming: true,
  };
  return {
    kind: 'candidate',
    subject,
    lever,
    confidence,
    confidenceReason,
    evidence: [
      ...sizeRows(group, evidence.currency),
      ...rows,
      row(
        'Cache reads, share of input',
        input === 0 ? null : reads / input,
        'ratio',
        ON_BILL,
        'batch knows no caching',
      ),
      row('At on-demand prices', listCost(evidence, vectors), 'USD', LIST),
    ],
    assumptions: [...assumptions, NO_ONE_OFF],
    where: scope,
  };
}
