// How each kind of lever is followed on later bills: which usage, by which measure, and what counts as its volume.
import type { Filter } from '../../spend/vocabulary.ts';
import { sumOf } from '../../sum.ts';
import type { Mode } from '../../usage/vocabulary.ts';
import type { AgentsLever, Lever, TrimmingLever } from '../scenario.ts';
import { type TokensByMeter, type UsageVector, VECTOR_METERS, type VectorMeter } from '../vectors.ts';

/** Usage as it is bought: on a bill, or as a plan leaves it. */
export type Bought = {
  readonly vector: Pick<UsageVector, 'model' | 'region' | 'regionTier'>;
  readonly mode: Mode;
  readonly tokens: TokensByMeter;
};

/** What may not change because of the lever, so that its effect stands in the rate of a cell and not in the mix. */
export type CellBy = 'model_side' | 'side' | 'model';
/** What the volume of a cell is counted in: what the lever does not make less of. `requests` are imported counts. */
export type VolumeIn = 'tokens' | 'input' | 'output' | 'requests';

export type Measure = {
  readonly name: string;
  readonly unit: 'ratio' | 'tokens';
  /** Whether tokens count in the numerator, and in the denominator. */
  readonly part: (bought: Bought, meter: VectorMeter) => boolean;
  readonly of: (meter: VectorMeter) => boolean;
};

export type Followed = {
  /** Dimensions that the lever changes: usage it has moved would leave a scope that names them. */
  readonly changes: readonly string[];
  readonly cellBy: CellBy;
  readonly volumeIn: VolumeIn;
  readonly measure: Measure;
};

/** The capacity that a lever ends: it has no tokens. `paid`: model units and reserved tokens. */
export type FollowedCapacity = {
  readonly capacity: 'search' | 'paid';
  /** Dimensions that capacity may change when its term ends. */
  readonly changes: readonly string[];
};
/** The cost of guardrails, held against the tokens of the requests they check. */
export type FollowedGuardrails = { readonly guardrails: true; readonly changes: readonly string[] };
/** Shown as billed beside what was planned; a saving cannot be told from other use. */
export type Watched = {
  readonly watched: true;
  readonly changes: readonly string[];
  /** Whether capacity within the conditions counts to the cost. */
  readonly capacity: boolean;
  /** Why the bill cannot tell the saving. */
  readonly because: string;
};
export type Following = Followed | FollowedCapacity | FollowedGuardrails | Watched;

const isInput = (meter: VectorMeter): boolean => meter !== 'output';
const anyMeter = (): boolean => true;

const TRIALS =
  'Retries and trials are billed like any request: fewer tokens may as well be less work, and the bill does not say which.';
const FEWER_CALLS =
  'Fewer calls are fewer tokens of every kind, as less work is; runs of an agent are not on the bill.';
const BOTH_SIDES =
  'Input and output are both cut, so neither says how much use there was. Import request counts by model for the baseline and every day since, and pin the scenario again: then requests are the volume.';
const OWN_CAPACITY =
  'What is served on capacity is not billed by the token: fewer tokens may have moved there, or be less work. Cost is that of the tokens still billed and of the capacity.';
const OWN_MODEL =
  'What a model of your own serves is billed by its hours or windows, or under its own name: fewer tokens here may have moved there, or be less work. Cost is that of the tokens still billed here.';
const OWN_INSTANCES =
  'What instances serve is not billed by the token, and who pays them may be another bill: fewer tokens here may have moved there, or be less work. Cost is that of the tokens still billed here.';

const watched = (because: string, parts: Partial<Watched> = {}): Watched => ({
  watched: true,
  changes: [],
  capacity: false,
  because,
  ...parts,
});

/** Dimensions by which tokens and the capacity that serves them differ. */
const ON_CAPACITY = ['mode', 'meter', 'family', 'term', 'usageType', 'operation'];

/** How a lever is followed. `counted`: request counts are held for all of its usage. */
export function followingOf(lever: Lever, counted: boolean): Following {
  switch (lever.kind) {
    case 'batch':
      return byMode(['mode', 'meter'], 'Batch share of tokens', 'batch');
    case 'service_tier':
      return byMode(['mode'], `Share of tokens in ${lever.to.replaceAll('_', ' ')}`, lever.to);
    case 'caching':
      return {
        changes: ['meter'],
        cellBy: 'model_side',
        volumeIn: 'tokens',
        measure: {
          name: 'Cache hit rate',
          unit: 'ratio',
          part: (_bought, meter) => meter === 'cache_read',
          of: isInput,
        },
      };
    case 'residency':
      return {
        changes: ['regionTier', 'region'],
        cellBy: 'model_side',
        volumeIn: 'tokens',
        measure: {
          name: `Share of tokens served ${lever.tier.replaceAll('_', ' ')}`,
          unit: 'ratio',
          part: ({ vector }) =>
            vector.regionTier === lever.tier && (lever.region === null || vector.region === lever.region),
          of: anyMeter,
        },
      };
    case 'routing': {
      const targets = new Set(lever.targets.map(({ model }) => model));
      return {
        changes: ['model', 'provider', 'modelTier', 'service', 'usageType', 'billingEntity', 'mode', 'meter'],
        cellBy: 'side',
        volumeIn: 'tokens',
        measure: {
          name: 'Share of tokens on the targets',
          unit: 'ratio',
          part: ({ vector }) => targets.has(vector.model),
          of: anyMeter,
        },
      };
    }
    case 'trimming':
      return trimmed(lever, counted);
    case 'knowledge_base':
      return { capacity: 'search', changes: [] };
    case 'end_capacity':
      return { capacity: 'paid', changes: ['term', 'usageType'] };
    case 'overhead':
      return watched(TRIALS);
    case 'agents':
      return isShorter(lever) ? BY_OUTPUT : watched(FEWER_CALLS);
    case 'guardrails':
      return { guardrails: true, changes: ['family', 'meter', 'usageType', 'operation', 'model', 'mode'] };
    case 'provisioned':
    case 'reserved':
      return watched(OWN_CAPACITY, { changes: ON_CAPACITY, capacity: true });
    case 'custom_model':
      return watched(OWN_MODEL);
    case 'endpoint':
      return watched(OWN_INSTANCES);
  }
}

/** Whether runs keep all of their calls, so that the output still says how much use there was. */
function isShorter({ runs, maxCalls }: AgentsLever): boolean {
  return maxCalls === null || runs.every(({ calls, weight }) => weight === 0 || calls <= maxCalls);
}

function byMode(changes: readonly string[], name: string, mode: Mode): Followed {
  return {
    changes: [...changes, 'usageType', 'operation'],
    cellBy: 'model_side',
    volumeIn: 'tokens',
    measure: { name, unit: 'ratio', part: (bought) => bought.mode === mode, of: anyMeter },
  };
}

const BY_OUTPUT: Followed = {
  changes: [],
  cellBy: 'model',
  volumeIn: 'output',
  measure: {
    name: 'Input for a token of output',
    unit: 'tokens',
    part: (_bought, meter) => isInput(meter),
    of: (meter) => meter === 'output',
  },
};
const BY_INPUT: Followed = {
  changes: [],
  cellBy: 'model',
  volumeIn: 'input',
  measure: {
    name: 'Output for a token of input',
    unit: 'tokens',
    part: (_bought, meter) => meter === 'output',
    of: isInput,
  },
};
/** The measure is taken over counted requests, which are no tokens. */
const BY_REQUESTS: Followed = {
  changes: [],
  cellBy: 'model',
  volumeIn: 'requests',
  measure: { name: 'Tokens a request', unit: 'tokens', part: anyMeter, of: () => false },
};

/** Whether only counted requests can say how much use there was. */
export function needsCounts(lever: Lever): boolean {
  return lever.kind === 'trimming' && cutsInput(lever) && lever.outputCut.base > 0;
}

const cutsInput = ({ inputCut, cachedCut }: TrimmingLever): boolean =>
  inputCut.base > 0 || cachedCut.base > 0;

/** One side is cut and the other stands for the volume; where both are cut, only counted requests can. */
function trimmed(lever: TrimmingLever, counted: boolean): Following {
  if (needsCounts(lever)) return counted ? BY_REQUESTS : watched(BOTH_SIDES);
  return cutsInput(lever) ? BY_OUTPUT : BY_INPUT;
}

/**
 * The conditions that still hold for usage after the lever has moved it: those on dimensions it changes are dropped,
 * and a routing lever keeps to the models it names, old and new.
 */
export function followedConditions(
  lever: Lever,
  { changes }: Pick<Followed, 'changes'>,
  conditions: readonly Filter[],
): Filter[] {
  const kept = conditions.filter(({ dimension }) => !changes.includes(dimension));
  if (lever.kind !== 'routing') return kept;
  const models = conditions.filter(({ dimension, operator }) => dimension === 'model' && operator === '=');
  if (models.length === 0) return kept;
  const named = models.flatMap(({ values }) => values);
  const targets = lever.targets.map(({ model }) => model);
  return [...kept, { dimension: 'model', operator: '=', values: [...new Set([...named, ...targets])] }];
}

/** A measure over usage; null where its denominator is nothing. */
export function measured({ part, of }: Measure, usage: readonly Bought[]): number | null {
  const total = (counts: (bought: Bought, meter: VectorMeter) => boolean): number =>
    sumOf(
      usage.flatMap((bought) =>
        VECTOR_METERS.filter((meter) => counts(bought, meter)).map((meter) => bought.tokens[meter]),
      ),
    );
  const whole = total((_bought, meter) => of(meter));
  return whole === 0 ? null : total(part) / whole;
}

/** The cell of a meter of some usage, as text. */
export function cellOf(cellBy: CellBy, { vector }: Pick<Bought, 'vector'>, meter: VectorMeter): string {
  const side = meter === 'output' ? 'output' : 'input';
  switch (cellBy) {
    case 'side':
      return side;
    case 'model':
      return vector.model;
    case 'model_side':
      return `${vector.model}, ${side}`;
  }
}

export function countsAsVolume(volumeIn: VolumeIn, meter: VectorMeter): boolean {
  if (volumeIn === 'requests') return false;
  return volumeIn === 'tokens' || (volumeIn === 'output') === (meter === 'output');
}
