// Opportunities for prompt caching: usage that reads much and caches nothing, or caches well but only in part.
import { cacheFactsOf } from '../../pricing/model-facts.ts';
import { breakEvenHitShare, breakEvenReadsPerWrite, type CacheFactors } from '../cache-arrival.ts';
import type { CachingLever, Range } from '../scenario.ts';
import type { UsageVector } from '../vectors.ts';
import {
  CACHE_WRITES,
  common,
  equals,
  type FinderEvidence,
  groupsOf,
  INPUT_SIDE,
  isAgent,
  LIST,
  NO_ONE_OFF,
  ON_BILL,
  onDemand,
  row,
  sizeRows,
  tokensOf,
  type UsageGroup,
} from './evidence.ts';
import type { EvidenceRow, Found } from './finding.ts';

/** Uncached input tokens for one output token from which requests are taken to carry a context worth caching. */
export const INPUT_RATIO = 5;
/** Cache reads ÷ all input below which caching is taken to have room. */
export const HIT_RATE = 0.5;
/** How much of the uncached input may be a repeated prefix, when nothing is known of the prompts. */
export const PREFIX_SHARE: Range = { low: 0.1, base: 0.3, high: 0.5 };
/** How often a prefix is found again, when nothing on the bill caches yet. */
export const HIT_SHARE: Range = { low: 0.5, base: 0.7, high: 0.9 };

const cacheable = (evidence: FinderEvidence): UsageGroup[] =>
  groupsOf(
    evidence,
    (vector) => onDemand(vector) && factorsOf(evidence, vector) !== null && vector.tokens.input > 0,
    ['workload'],
  );

/** Price of a write and of a read ÷ price of input, at list; null without all three. */
export function factorsOf({ quote }: FinderEvidence, vector: UsageVector): CacheFactors | null {
  const input = quote(vector, 'input', vector.mode);
  const write = quote(vector, 'cache_write_5m', vector.mode);
  const read = quote(vector, 'cache_read', vector.mode);
  if (input === null || write === null || read === null || input === 0) return null;
  return { write: write / input, read: read / input };
}

/** Usage with long input for short answers that caches nothing, on models with cache prices. */
export function cacheUnused(evidence: FinderEvidence): Found[] {
  return cacheable(evidence)
    .filter((group) => !isAgent(group))
    .filter(({ vectors }) => tokensOf(vectors, 'cache_read', ...CACHE_WRITES) === 0)
    .filter(({ vectors }) => tokensOf(vectors, 'input') >= INPUT_RATIO * tokensOf(vectors, 'output'))
    .map((group): Found => {
      const seen = hitShareElsewhere(evidence, group.model);
      const hitShare = seen === null ? HIT_SHARE : around(seen);
      return cacheCandidate(evidence, group, hitShare, {
        reason:
          'The bill shows long input and no caching; whether the input repeats is in the prompts, not on the bill.',
        assumed:
          seen === null
            ? 'Of the prefix, 70 % is found again before it expires (50 % to 90 %): an assumption.'
            : `Of the prefix, ${percent(hitShare.base)} is found again: as other usage of this model on the same bill, which need not be alike.`,
      });
    });
}

/** Usage that caches and pays for it, with much uncached input left. */
export function cachePartial(evidence: FinderEvidence): Found[] {
  const groups = cacheable(evidence).filter((group) => !isAgent(group));
  return groups.flatMap((group): Found[] => {
    const reads = tokensOf(group.vectors, 'cache_read');
    const writes = tokensOf(group.vectors, ...CACHE_WRITES);
    const all = tokensOf(group.vectors, ...INPUT_SIDE);
    if (reads + writes === 0 || reads / all >= HIT_RATE) return [];
    const [first] = group.vectors;
    const factors = first === undefined ? null : factorsOf(evidence, first);
    const needed = factors === null ? null : breakEvenReadsPerWrite(factors);
    if (writes > 0 && needed !== null && reads / writes < needed) {
      return [wasteful(group, evidence, reads / writes, needed)];
    }
    return [
      cacheCandidate(evidence, group, around(reads / (reads + writes)), {
        reason:
          'This usage caches already and finds what it wrote; how much more of its input repeats is not on the bill.',
        assumed: `Of the prefix, ${percent(reads / (reads + writes))} is found again: as this usage does today, ± 10 points.`,
      }),
    ];
  });
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The observed share, with ten points to either side. */
function around(share: number): Range {
  return { low: Math.max(0, share - 0.1), base: share, high: Math.min(1, share + 0.1) };
}

/** reads ÷ (reads + writes) of a model over the whole bill; null where it writes nothing. */
function hitShareElsewhere({ vectors }: FinderEvidence, model: string): number | null {
  const own = vectors.filter((vector) => vector.model === model);
  const reads = tokensOf(own, 'cache_read');
  const writes = tokensOf(own, ...CACHE_WRITES);
  return writes === 0 ? null : reads / (reads + writes);
}

function cacheRows(evidence: FinderEvidence, { vectors }: UsageGroup): EvidenceRow[] {
  const reads = tokensOf(vectors, 'cache_read');
  const writes = tokensOf(vectors, ...CACHE_WRITES);
  const input = tokensOf(vectors, 'input');
  const output = tokensOf(vectors, 'output');
  const [first] = vectors;
  const factors = first === undefined ? null : factorsOf(evidence, first);
  return [
    row(
      'Uncached input for one output token',
      output === 0 ? null : input / output,
      'tokens',
      ON_BILL,
      output === 0 ? 'no output' : null,
    ),
    row('Cache hit rate', reads / tokensOf(vectors, ...INPUT_SIDE), 'ratio', ON_BILL, 'reads ÷ all input'),
    row(
      'Cache reads for one write',
      writes === 0 ? null : reads / writes,
      'tokens',
      ON_BILL,
      writes === 0 ? 'nothing written' : null,
    ),
    row('Price of a write, input = 1', factors?.write ?? null, 'ratio', LIST),
    row('Price of a read, input = 1', factors?.read ?? null, 'ratio', LIST),
    row(
      'Hit share from which caching pays',
      factors === null ? null : breakEvenHitShare(factors),
      'ratio',
      LIST,
      '(w − 1) ÷ (w − r)',
    ),
  ];
}

function wasteful(group: UsageGroup, evidence: FinderEvidence, perWrite: number, needed: number): Found {
  const text = (value: number): string => String(Math.round(value * 100) / 100);
  return {
    kind: 'undecided',
    subject: group.subject,
    because: `It reads ${text(perWrite)} tokens from the cache for one it writes, below the break-even of ${text(needed)}: caching costs more here than it saves. Caching more would cost more; whether to end it or to use the longer lifetime needs the times between requests.`,
    evidence: [...sizeRows(group, evidence.currency), ...cacheRows(evidence, group)],
    atStake: group.invoiced,
    where: group.scope,
  };
}

function cacheCandidate(
  evidence: FinderEvidence,
  group: UsageGroup,
  hitShare: Range,
  { reason, assumed }: { readonly reason: string; readonly assumed: string },
): Found {
  const scope = [...group.scope, equals('mode', 'on_demand')];
  const lever: CachingLever = {
    ...common('caching', `Caching: ${group.subject}`, scope, 'low'),
    kind: 'caching',
    prefixShare: PREFIX_SHARE,
    prefixTokens: null,
    lifetime: '5m',
    arrival: { pattern: 'stated', hitShare },
  };
  const minimum = cacheFactsOf(group.model)?.minimum ?? null;
  const length =
    minimum === null
      ? 'The shortest prefix this model caches is not known here.'
      : `The prefix is at least ${minimum.high} tokens long: shorter ones this model silently does not cache.`;
  return {
    kind: 'candidate',
    subject: group.subject,
    lever,
    confidence: 'low',
    confidenceReason: reason,
    evidence: [...sizeRows(group, evidence.currency), ...cacheRows(evidence, group)],
    assumptions: [
      '30 % of the uncached input is a prefix that repeats (10 % to 50 %): an assumption, prompts are not on the bill.',
      assumed,
      'Lifetime of 5 minutes.',
      length,
      NO_ONE_OFF,
    ],
    where: scope,
  };
}
