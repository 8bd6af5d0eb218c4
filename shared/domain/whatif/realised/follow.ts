// How each kind of lever is followed on later bills: which usage, by which measure, and what counts as its volume.
import type { Filter } from '../../spend/vocabulary.ts';
import { sumOf } from '../../sum.ts';
import type { Mode } from '../../usage/vocabulary.ts';
import type { Lever, TrimmingLever } from '../scenario.ts';
import { type TokensByMeter, type UsageVector, VECTOR_METERS, type VectorMeter } from '../vectors.ts';

/** Usage as it is bought: on a bill, or as a plan leaves it. */
export type Bought = {
  readonly vector: Pick<UsageVector, 'model' | 'region' | 'regionTier'>;
  readonly mode: Mode;
  readonly tokens: TokensByMeter;
};

/** What may not change because of the lever, so that its effect stands in the rate of a cell and not in the mix. */
export type CellBy = 'model_side' | 'side' | 'model';
/** What the volume of a cell is counted in: tokens that the lever does not make fewer. */
export type VolumeIn = 'tokens' | 'input' | 'output';

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
export type NotFollowed = { readonly because: string };
export type Following = Followed | FollowedCapacity | NotFollowed;

const isInput = (meter: VectorMeter): boolean => meter !== 'output';
const anyMeter = (): boolean => true;

const REQUESTS_NEEDED =
  'Its effect is in tokens a request, and requests are not on the bill: it cannot be told from less use.';
const OWN_CAPACITY =
  'What is served on capacity paid by the hour is not billed by the token, so the bill cannot say what moved there.';

/** How a lever is followed, or why it is not. */
export function followingOf(lever: Lever): Following {
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
      return trimmed(lever);
    case 'knowledge_base':
      return { capacity: 'search', changes: [] };
    case 'end_capacity':
      return { capacity: 'paid', changes: ['term', 'usageType'] };
    case 'overhead':
    case 'agents':
    case 'guardrails':
      return { because: REQUESTS_NEEDED };
    case 'provisioned':
    case 'reserved':
    case 'custom_model':
    case 'endpoint':
      return { because: OWN_CAPACITY };
  }
}

function byMode(changes: readonly string[], name: string, mode: Mode): Followed {
  return {
    changes: [...changes, 'usageType', 'operation'],
    cellBy: 'model_side',
    volumeIn: 'tokens',
    measure: { name, unit: 'ratio', part: (bought) => bought.mode === mode, of: anyMeter },
  };
}

/** One side is cut and the other stands for the volume; where both are cut, only requests could. */
function trimmed({ inputCut, cachedCut, outputCut }: TrimmingLever): Following {
  const cutsInput = inputCut.base > 0 || cachedCut.base > 0;
  if (cutsInput && outputCut.base > 0) return { because: REQUESTS_NEEDED };
  return cutsInput
    ? {
        changes: [],
        cellBy: 'model',
        volumeIn: 'output',
        measure: {
          name: 'Input for a token of output',
          unit: 'tokens',
          part: (_bought, meter) => isInput(meter),
          of: (meter) => meter === 'output',
        },
      }
    : {
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
  return volumeIn === 'tokens' || (volumeIn === 'output') === (meter === 'output');
}
