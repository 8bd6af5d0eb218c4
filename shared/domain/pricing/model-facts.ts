// What is known of models beside their prices, as dated data: when they end, what replaces them, what they can do.

import type { CatalogSource } from './catalog.ts';
import facts from './model-facts.json' with { type: 'json' };

export const SUCCESSOR_BASES = ['named', 'family', 'newer_version'] as const;

/** The way a model goes. ISO days; null = not found in public text. Dates can differ by region: `note` says where. */
export type ModelLifecycle = {
  readonly model: string;
  readonly legacyFrom: string | null;
  /** From here on its provider may ask higher prices; those known are in the catalog. */
  readonly extendedAccessFrom: string | null;
  readonly endOfLife: string | null;
  readonly successor: string | null;
  /** Whether a source names the successor, or it is the family's next one, or merely a newer version sold beside it. */
  readonly successorBasis: (typeof SUCCESSOR_BASES)[number] | null;
  readonly source: CatalogSource;
  readonly note: string | null;
};

export const LIFECYCLE_STATES = ['superseded', 'legacy', 'extended_access', 'ended'] as const;
export type LifecycleState = (typeof LIFECYCLE_STATES)[number];

/** What a model asks of a cached prefix: it changes the cost, and no bill says it. */
export type CacheFacts = {
  /** `explicit`: checkpoints are set; `implicit`: cached without being asked; `none`: no caching. */
  readonly kind: 'explicit' | 'implicit' | 'none';
  /** Tokens below which a checkpoint is silently ignored. Two figures where sources differ; null = not published. */
  readonly minimum: { readonly low: number; readonly high: number } | null;
  /** Most tokens that are cached; null = not published. */
  readonly maximum: number | null;
  /** True where some sources price a cache write at 0 and others at the input price. */
  readonly writeDisputed: boolean;
  readonly source: CatalogSource;
  readonly note: string | null;
};

/** A statement about a model and a way to buy it. */
export type ModeFact = {
  readonly mode: string;
  readonly text: string | null;
  readonly source: CatalogSource;
};

export const MODEL_FACTS_VERSION: string = facts.version;
export const MODEL_FACT_SOURCES = facts.sources as readonly CatalogSource[];

const SOURCES = new Map(MODEL_FACT_SOURCES.map((source) => [source.id, source]));

function sourceOf(id: string): CatalogSource {
  const source = SOURCES.get(id);
  if (source === undefined) throw new Error(`model-facts.json names no source ${id}.`);
  return source;
}

type Sourced = { readonly source: string; readonly note?: string };
type OfModels = Sourced & { readonly models: readonly string[] };
type WrittenLifecycle = Sourced & { readonly model: string } & Partial<
    Omit<ModelLifecycle, 'model' | 'source' | 'note'>
  >;
type WrittenCaching = OfModels &
  Partial<Pick<CacheFacts, 'kind' | 'maximum' | 'writeDisputed'>> & { readonly minimum?: readonly number[] };

const LIFECYCLES = new Map(
  (facts.lifecycle as readonly WrittenLifecycle[]).map((written) => [written.model, lifecycleFrom(written)]),
);

function lifecycleFrom(written: WrittenLifecycle): ModelLifecycle {
  return {
    legacyFrom: null,
    extendedAccessFrom: null,
    endOfLife: null,
    successor: null,
    successorBasis: null,
    ...written,
    source: sourceOf(written.source),
    note: written.note ?? null,
  };
}

/** Every model with a lifecycle, in the order of the file. */
export const MODEL_LIFECYCLES: readonly ModelLifecycle[] = [...LIFECYCLES.values()];

/** The lifecycle of a model by its name on the bill; null = nothing is known, which is not the same as staying. */
export function lifecycleOf(model: string): ModelLifecycle | null {
  return LIFECYCLES.get(model) ?? null;
}

/** Where a model stands on a day (ISO); null while nothing has been announced by then. */
export function lifecycleStateOn(lifecycle: ModelLifecycle, day: string): LifecycleState | null {
  const { endOfLife, extendedAccessFrom, legacyFrom, successorBasis, source } = lifecycle;
  if (endOfLife !== null && day >= endOfLife) return 'ended';
  if (extendedAccessFrom !== null && day >= extendedAccessFrom) return 'extended_access';
  // A source that states an end and no beginning knew of it on the day it was read.
  const announced = legacyFrom ?? (endOfLife === null ? null : source.seen);
  if (announced !== null && day >= announced) return 'legacy';
  return successorBasis === 'newer_version' ? 'superseded' : null;
}

/** The first model down the line of successors that has not itself been announced to end by a day; null = none is known. */
export function standingSuccessor(model: string, day: string): string | null {
  const passed = new Set([model]);
  let next = lifecycleOf(model)?.successor ?? null;
  while (next !== null && !passed.has(next)) {
    const lifecycle = lifecycleOf(next);
    const state = lifecycle === null ? null : lifecycleStateOn(lifecycle, day);
    if (state === null || state === 'superseded') return next;
    passed.add(next);
    next = lifecycle?.successor ?? null;
  }
  return null;
}

const CACHING = byModel(facts.caching as readonly WrittenCaching[], (written): CacheFacts => {
  const [low, high] = written.minimum ?? [];
  return {
    kind: written.kind ?? 'explicit',
    minimum: low === undefined || high === undefined ? null : { low, high },
    maximum: written.maximum ?? null,
    writeDisputed: written.writeDisputed ?? false,
    source: sourceOf(written.source),
    note: written.note ?? null,
  };
});

/** What is known of a model's caching; null = nothing. */
export function cacheFactsOf(model: string): CacheFacts | null {
  return CACHING.get(model)?.[0] ?? null;
}

const modeFact = ({ mode, text, note, source }: OfModels & { mode: string; text?: string }): ModeFact => ({
  mode,
  text: text ?? note ?? null,
  source: sourceOf(source),
});
const NOT_OFFERED = byModel(facts.notOffered, modeFact);
const LIMITS = byModel(facts.limits, modeFact);
const CUSTOM_ON_DEMAND = byModel(facts.customOnDemand, (written: OfModels) => ({
  source: sourceOf(written.source),
  note: written.note ?? null,
}));

/** Ways to buy a model that a source says it is not sold by. What no source mentions is not here: it is unknown. */
export function modesNotOffered(model: string): readonly ModeFact[] {
  return NOT_OFFERED.get(model) ?? [];
}

/** Conditions that come with a way to buy a model. */
export function modeLimits(model: string): readonly ModeFact[] {
  return LIMITS.get(model) ?? [];
}

/** Where a source says that custom versions of a model are served on demand; null = no source says so. */
export function customOnDemandOf(
  model: string,
): { readonly source: CatalogSource; readonly note: string | null } | null {
  return CUSTOM_ON_DEMAND.get(model)?.[0] ?? null;
}

function byModel<Written extends { readonly models: readonly string[] }, Fact>(
  rows: readonly Written[],
  read: (row: Written) => Fact,
): ReadonlyMap<string, readonly Fact[]> {
  const known = new Map<string, Fact[]>();
  for (const row of rows) {
    const fact = read(row);
    for (const model of row.models) known.set(model, [...(known.get(model) ?? []), fact]);
  }
  return known;
}
