// What the rules of the lever finder read: the usage of the bill by workload, and what stands around it.

import type { Filter, Period } from '../../spend/vocabulary.ts';
import { sumOf } from '../../sum.ts';
import type { ModelTier } from '../../usage/line.ts';
import { KNOWN_MODELS } from '../../usage/models.ts';
import type { Mode } from '../../usage/vocabulary.ts';
import type { LeverCommon } from '../scenario.ts';
import {
  type CapacityUnits,
  type PriceKeyParts,
  totalTokens,
  type UsageVector,
  VECTOR_METERS,
  type VectorMeter,
} from '../vectors.ts';
import type { EvidenceRow, FinderPriceLayer } from './finding.ts';

/** Tokens of a model and workload in quiet time (nights and weekends) and at all times whose hour or day is known. */
export type QuietUse = {
  readonly model: string;
  readonly workload: string | null;
  /** `hour`: by the hour of each line. `day`: the export is daily, so quiet time is the weekend alone. */
  readonly by: 'hour' | 'day';
  /** By whose clock: IANA name. */
  readonly timeZone: string;
  readonly quietTokens: number;
  readonly tokens: number;
  /** Share (0…1) of the hours (or days) of the period that are quiet. */
  readonly quietTime: number;
};

/** Imported request counts of a model, with its tokens on the days that have a count. */
export type ModelRequests = {
  readonly model: string;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly days: number;
};

/** Capacity that is paid by the hour, as the bill shows it. */
export type BoughtCapacity = {
  readonly family: 'provisioned' | 'reserved';
  readonly model: string | null;
  readonly term: string | null;
  readonly region: string | null;
  /** The capacity's own id, which counts may be kept under; null where the bill names none. */
  readonly resource: string | null;
  /** Hours of units; null where the unit is not known. */
  readonly hours: number | null;
  readonly invoiced: number;
  /** What is counted under its id; null = nothing is. */
  readonly counted: CountedCapacity | null;
};

/** Imported counts of what ran on capacity, over the period. A metric that no file states is null, never nothing. */
export type CountedCapacity = {
  readonly requests: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** Days with every one of these counts that there is. */
  readonly days: number;
};

export type FinderEvidence = {
  readonly period: Period;
  readonly currency: string;
  readonly daysCovered: number;
  /** Dimension that tells workloads apart; null = not split. */
  readonly workload: string | null;
  readonly vectors: readonly UsageVector[];
  /** How a workload is found again: its label → a condition. */
  readonly workloadFilters: ReadonlyMap<string | null, Filter>;
  readonly priceLayer: FinderPriceLayer;
  /** Price of the layer at a place, USD per ONE token; the middle of a range. null = none. */
  readonly quote: (place: PriceKeyParts, meter: VectorMeter, mode: Mode) => number | null;
  readonly quiet: readonly QuietUse[];
  /** Empty = no counts are held by model. */
  readonly requests: readonly ModelRequests[];
  readonly capacity: readonly BoughtCapacity[];
  readonly ocu: CapacityUnits;
};

/** Usage that one lever could act on, found again by its scope. */
export type UsageGroup = {
  readonly subject: string;
  readonly model: string;
  readonly workload: string | null;
  readonly vectors: readonly UsageVector[];
  readonly scope: readonly Filter[];
  readonly invoiced: number;
};

/** What groups may be split by beside the model. */
type Split = 'workload' | 'mode' | 'region' | 'regionTier';

/** The vectors that a rule is about, by model and what it splits by; the biggest cost first. */
export function groupsOf(
  { vectors, workload, workloadFilters }: FinderEvidence,
  keep: (vector: UsageVector) => boolean,
  splits: readonly Split[],
): UsageGroup[] {
  const used = splits.filter((split) => split !== 'workload' || workload !== null);
  const groups = Map.groupBy(vectors.filter(keep), (vector) =>
    JSON.stringify([vector.model, ...used.map((split) => vector[split])]),
  );
  return [...groups.values()]
    .flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      const conditions = used.map(
        (split): Filter =>
          split === 'workload'
            ? (workloadFilters.get(first.workload) ?? equals(workload ?? 'account', first.workload))
            : equals(split, first[split]),
      );
      return [
        {
          subject: [first.model, ...used.map((split) => nameOf(split, first[split]))].join(' · '),
          model: first.model,
          workload: first.workload,
          vectors: own,
          scope: [equals('model', first.model), ...conditions],
          invoiced: sumOf(own.map((vector) => totalTokens(vector.invoiced))),
        },
      ];
    })
    .sort((left, right) => right.invoiced - left.invoiced || (left.subject < right.subject ? -1 : 1));
}

export function equals(dimension: string, value: string | null): Filter {
  return { dimension, operator: '=', values: [value] };
}

function nameOf(split: Split, value: string | null): string {
  if (value === null) return split === 'workload' ? 'no workload named' : `${split} not stated`;
  return value.replaceAll('_', ' ');
}

export function tokensOf(vectors: readonly UsageVector[], ...meters: readonly VectorMeter[]): number {
  return sumOf(vectors.flatMap(({ tokens }) => meters.map((meter) => tokens[meter])));
}

export const CACHE_WRITES: readonly VectorMeter[] = ['cache_write_5m', 'cache_write_30m', 'cache_write_1h'];
/** Everything a model reads: uncached input, cache reads and cache writes are added, never subtracted. */
export const INPUT_SIDE: readonly VectorMeter[] = ['input', 'cache_read', ...CACHE_WRITES];

/** List cost of the vectors as they are bought, or at another place and mode; USD. null where a price is missing. */
export function listCost(
  { quote }: FinderEvidence,
  vectors: readonly UsageVector[],
  change: {
    readonly place?: (vector: UsageVector) => PriceKeyParts;
    readonly mode?: Mode;
    /** Priced as plain input where there is no cache price. */
    readonly plainWithoutCache?: boolean;
  } = {},
): number | null {
  const parts = vectors.flatMap((vector) =>
    VECTOR_METERS.filter((meter) => vector.tokens[meter] > 0).map((meter) => {
      const place = change.place?.(vector) ?? vector;
      const mode = change.mode ?? vector.mode;
      const own = quote(place, meter, mode);
      const stand = own === null && change.plainWithoutCache === true && meter !== 'output';
      const price = stand ? quote(place, 'input', mode) : own;
      return price === null ? null : price * vector.tokens[meter];
    }),
  );
  return parts.includes(null) ? null : sumOf(parts.filter((part) => part !== null));
}

const TIERS = new Map(KNOWN_MODELS.map(({ model, tier }) => [model, tier]));

export function tierOf(model: string): ModelTier | null {
  return TIERS.get(model) ?? null;
}

/** A person reads the stream as it is written, so it cannot wait. */
export const canWait = ({ streaming }: UsageVector): boolean => streaming !== 'yes';
export const onDemand = ({ mode }: UsageVector): boolean => mode === 'on_demand';

/** Agents send what was said before with every call: their context is looked at by a rule of its own. */
export const isAgent = ({ workload }: UsageGroup): boolean =>
  workload !== null && /(?<![a-z])agent(?:ic|s)?(?![a-z])/iu.test(workload);

export const ON_BILL = 'quantities on the bill';
export const INVOICED = 'invoiced, unblended';
/** Said of every price that a rule asks for; the answer names the layer that it was asked at. */
export const LIST = 'list price in the catalog';
export const COUNTS = 'imported counts';

/** A row of evidence. */
export function row(
  label: string,
  value: number | null,
  unit: string,
  basis: string,
  note: string | null = null,
): EvidenceRow {
  return { label, value, unit, basis, note };
}

/** Rows that every usage group has: what it costs, and what it reads and writes. */
export function sizeRows({ vectors, invoiced }: UsageGroup, currency: string): EvidenceRow[] {
  return [
    row('Cost of this usage', invoiced, currency, INVOICED),
    row('Input tokens, cached ones included', tokensOf(vectors, ...INPUT_SIDE), 'token', ON_BILL),
    row('Output tokens', tokensOf(vectors, 'output'), 'token', ON_BILL),
  ];
}

/** The fields that every lever of the finder has in common. */
export function common(
  id: string,
  label: string,
  scope: readonly Filter[],
  confidence: LeverCommon['confidence'],
): LeverCommon {
  return {
    id,
    label,
    enabled: true,
    scope,
    startMonth: null,
    rampMonths: 0,
    oneOffCost: 0,
    owner: null,
    evidence: null,
    confidence,
  };
}

/** No one-off cost is known, so none is in the figures: said with every opportunity. */
export const NO_ONE_OFF =
  'One-off cost 0 and in full from the first month: state what the change costs and how long it takes.';
