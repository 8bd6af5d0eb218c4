// Lays a catalog out as a grid of model × tier against mode × meter, and says of every cell whether and why it is empty.
import type { ContextBand, Meter, Mode, RegionTier, Term } from '../usage/vocabulary.ts';
import type { Catalog } from './catalog.ts';
import { lookUpPrice } from './lookup.ts';
import type { CatalogPrice, PriceKey } from './price.ts';

/** Meters that are looked at together. Every meter is in exactly one group. */
export const METER_GROUPS = {
  tokens: ['input', 'output', 'cache_read', 'cache_write_5m', 'cache_write_30m', 'cache_write_1h'],
  media: [
    'embedding_input',
    'image_input',
    'image',
    'video_second',
    'video_input_second',
    'audio_input_second',
    'audio_second',
    'speech_input',
    'speech_output',
    'search_unit',
  ],
  capacity: ['model_unit_hour', 'tpm_hour', 'custom_model_unit_minute', 'custom_model_unit_month'],
  customization: ['training_token', 'training_hour', 'training_image', 'model_month'],
  services: [
    'cache_storage_hour',
    'text_unit',
    'query',
    'page',
    'minute',
    'request',
    'event',
    'record',
    'transition',
    'human_task',
    'ocu_hour',
    'instance_hour',
    'vcpu_hour',
    'gb_hour',
    'gb_month',
    'other',
  ],
} as const satisfies Record<string, readonly Meter[]>;
export type MeterGroup = keyof typeof METER_GROUPS;
export const METER_GROUP_IDS = Object.keys(METER_GROUPS) as MeterGroup[];

/** Why a cell that could hold a price holds none, the most pressing first. */
export const GRID_HOLES = {
  billed: {
    title: 'Billed, not priced',
    says: 'Lines of the open bill fall here and have no price: they are in the unpriced share.',
  },
  region_label_lost: {
    title: 'Region not stated',
    says: 'A price was published, and its source does not state the region: it is shown as a fact and bound to none.',
  },
  other_regions_only: {
    title: 'Other regions only',
    says: 'The same purchase is priced in other regions. Regions differ, so none stands for another.',
  },
  other_tiers_only: {
    title: 'Other tiers only',
    says: 'The same purchase is priced for another region tier of this model.',
  },
  other_days_only: {
    title: 'Not on this day',
    says: 'The known prices of this purchase begin later or ended earlier.',
  },
  half_of_pair: {
    title: 'Half of a pair',
    says: 'Input and output of a purchase are always sold together, and only one of the two is known.',
  },
  cache_half: {
    title: 'Half of caching',
    says: 'Reading from the cache is priced and writing to it is not, or the other way round: writes may be free, billed as input, or not yet seen.',
  },
} as const satisfies Record<string, { title: string; says: string }>;
export type GridHole = keyof typeof GRID_HOLES;
export const GRID_HOLE_IDS = Object.keys(GRID_HOLES) as GridHole[];

export type CoverageColumn = { readonly mode: Mode; readonly meter: Meter };

export type CoverageCell =
  | {
      readonly kind: 'priced';
      /** USD for `per` base units, the lowest and highest of the regions. */
      readonly usdLow: number;
      readonly usdHigh: number;
      readonly per: number;
      /** Regions with a price of their own; 0 = one price for every commercial region. */
      readonly regions: number;
      readonly assumed: boolean;
      readonly billedLines: number;
    }
  | { readonly kind: 'hole'; readonly hole: GridHole; readonly billedLines: number };

/** One SKU and purchase except mode, meter and region. `regionTier` null = the model has no tiered price. */
export type CoverageRow = {
  readonly provider: string;
  readonly model: string | null;
  readonly variant: string | null;
  readonly term: Term;
  readonly regionTier: RegionTier | null;
  readonly contextBand: ContextBand;
  /** One a column; null = no price of this purchase was ever seen, and nothing suggests that it is sold. */
  readonly cells: readonly (CoverageCell | null)[];
};

export type CoverageTable = {
  readonly group: MeterGroup;
  readonly columns: readonly CoverageColumn[];
  readonly rows: readonly CoverageRow[];
};

/** Usage lines of a bill that share a price key; region does not matter where every region is asked for. */
export type BilledKey = PriceKey & {
  readonly lines: number;
  readonly unpricedLines: number;
};

export type CoverageQuestion = {
  /** null = every region a price is known for. */
  readonly region: string | null;
  readonly day: string;
  readonly billed: readonly BilledKey[];
};

/** The grid of one group of meters on one ISO day. */
export function coverCatalog(catalog: Catalog, group: MeterGroup, question: CoverageQuestion): CoverageTable {
  const meters: readonly Meter[] = METER_GROUPS[group];
  const prices = catalog.prices.filter(({ meter }) => meters.includes(meter));
  const unpriced = question.billed.filter(
    ({ meter, unpricedLines }) => meters.includes(meter) && unpricedLines > 0,
  );
  const columns = columnsOf([...prices, ...unpriced], meters);
  const billed = billedIndex(question);
  const owners = Map.groupBy(prices, ({ model, provider }) => model ?? `${provider} (feature)`);
  const keys = uniqueRows([
    ...[...owners.values()].flatMap((owned) => rowsOf(owned)),
    ...unpriced.map((key) => billedRow(key, owners)),
  ]);
  const rows = keys.map(
    (row): CoverageRow => ({ ...row, cells: cellsOf(catalog, row, columns, question, billed) }),
  );
  return { group, columns, rows: rows.toSorted(compareRows) };
}

/** The row of a billed purchase; one the catalog has no row for gets its own, so that no hole of a bill is hidden. */
function billedRow(key: BilledKey, owners: ReadonlyMap<string, readonly CatalogPrice[]>): RowKey {
  const { provider, model, variant, term, contextBand, regionTier } = key;
  const owned = owners.get(model ?? `${provider ?? ''} (feature)`) ?? [];
  const tiered = owned.some((price) => price.regionTier !== null);
  return {
    provider: owned[0]?.provider ?? provider ?? 'Provider not known',
    model,
    variant,
    term,
    regionTier: owned.length > 0 && !tiered ? null : regionTier,
    contextBand: contextBand ?? 'standard',
  };
}

/** How often each hole occurs in a grid. */
export function countHoles(tables: readonly CoverageTable[]): ReadonlyMap<GridHole, number> {
  const counts = new Map<GridHole, number>();
  for (const cell of tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells))) {
    if (cell?.kind === 'hole') counts.set(cell.hole, (counts.get(cell.hole) ?? 0) + 1);
  }
  return counts;
}

const MODE_ORDER: readonly Mode[] = [
  'on_demand',
  'batch',
  'flex',
  'priority',
  'latency_optimized',
  'provisioned',
  'reserved',
  'unknown',
];

function columnsOf(prices: readonly CoverageColumn[], meters: readonly Meter[]): readonly CoverageColumn[] {
  const found = new Set(prices.map(({ mode, meter }) => `${mode} ${meter}`));
  return MODE_ORDER.flatMap((mode) =>
    meters.filter((meter) => found.has(`${mode} ${meter}`)).map((meter) => ({ mode, meter })),
  );
}

type RowKey = Omit<CoverageRow, 'cells'>;

/** Every variant, term and context band of one owner's prices, in every tier the owner has prices for. */
function rowsOf(owned: readonly CatalogPrice[]): readonly RowKey[] {
  const tiers = tiersOf(owned);
  return owned.flatMap(({ provider, model, variant, term, contextBand }) =>
    tiers.map((regionTier) => ({ provider, model, variant, term, regionTier, contextBand })),
  );
}

function uniqueRows(rows: readonly RowKey[]): readonly RowKey[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

/** A bill tells global, geo and regional apart; a model whose prices name no tier has one row for all. */
function tiersOf(owned: readonly CatalogPrice[]): readonly (RegionTier | null)[] {
  const named = new Set(owned.flatMap(({ regionTier }) => regionTier ?? []));
  if (named.size === 0) return [null];
  const regional = owned.some(({ regionTier }) => regionTier !== 'global');
  return [
    ...(named.has('global') ? (['global'] as const) : []),
    ...(regional ? (['regional'] as const) : []),
    ...(named.has('geo') && named.has('in_region') ? (['geo', 'in_region'] as const) : []),
  ];
}

function cellsOf(
  catalog: Catalog,
  row: RowKey,
  columns: readonly CoverageColumn[],
  question: CoverageQuestion,
  billed: ReadonlyMap<string, { lines: number; unpriced: number }>,
): readonly (CoverageCell | null)[] {
  const owned = (catalog.byOwner.get(row.model ?? '(no model)') ?? []).filter(
    ({ variant, term, contextBand, provider }) =>
      variant === row.variant &&
      term === row.term &&
      contextBand === row.contextBand &&
      provider === row.provider,
  );
  const found = columns.map((column) => priceCell(catalog, row, column, owned, question));
  return columns.map((column, index) => {
    const { lines, unpriced } = billed.get(billedKey({ ...row, ...column })) ?? { lines: 0, unpriced: 0 };
    const cell = found[index] ?? null;
    if (cell !== null) return { ...cell, billedLines: lines };
    const hole = unpriced > 0 ? 'billed' : holeOf(row, column, owned, question, columns, found);
    return hole === null ? null : { kind: 'hole', hole, billedLines: lines };
  });
}

type Priced = Extract<CoverageCell, { kind: 'priced' }>;

function priceCell(
  catalog: Catalog,
  row: RowKey,
  { mode, meter }: CoverageColumn,
  owned: readonly CatalogPrice[],
  { region, day }: CoverageQuestion,
): Priced | null {
  const prices = owned.filter((price) => price.mode === mode && price.meter === meter);
  if (prices.length === 0) return null;
  const regions = region === null ? [...new Set(prices.map(placeOf))] : [region];
  const key = { ...row, mode, meter };
  const answers = regions
    .filter((one) => one !== LOST)
    .map((one) => lookUpPrice(catalog, { ...key, region: one === EVERYWHERE ? null : one }, day, day))
    .filter((answer) => answer.kind === 'priced');
  if (answers.length === 0) return null;
  const chosen = answers.flatMap((answer) => answer.chosen);
  const per = chosen[0]?.per ?? 1;
  return {
    kind: 'priced',
    usdLow: Math.min(...answers.map(({ usdPerUnitLow }) => usdPerUnitLow)) * per,
    usdHigh: Math.max(...answers.map(({ usdPerUnitHigh }) => usdPerUnitHigh)) * per,
    per,
    regions: new Set(chosen.flatMap((price) => price.region ?? [])).size,
    assumed: chosen.every(({ confidence }) => confidence === 'assumed'),
    billedLines: 0,
  };
}

const EVERYWHERE = '(every commercial region)';
const LOST = '(region label lost)';

function placeOf({ anyRegion, region }: CatalogPrice): string {
  return anyRegion ? EVERYWHERE : (region ?? LOST);
}

/** The other half of what is only sold together. */
const PAIRS: Partial<Record<Meter, Meter>> = { input: 'output', output: 'input' };
const CACHE_WRITES: readonly Meter[] = ['cache_write_5m', 'cache_write_30m', 'cache_write_1h'];

function holeOf(
  row: RowKey,
  { mode, meter }: CoverageColumn,
  owned: readonly CatalogPrice[],
  question: CoverageQuestion,
  columns: readonly CoverageColumn[],
  found: readonly (Priced | null)[],
): GridHole | null {
  const same = owned.filter((price) => price.mode === mode && price.meter === meter);
  const placed = same.filter((price) => placeOf(price) !== LOST);
  if (same.length > 0) {
    const elsewhere = placed.length === 0 ? 'region_label_lost' : reasonElsewhere(row, placed, question);
    return elsewhere === 'other_days_only' && placed.length < same.length ? 'region_label_lost' : elsewhere;
  }
  const isPriced = (other: Meter): boolean =>
    columns.some((column, index) => column.mode === mode && column.meter === other && found[index] !== null);
  const half = PAIRS[meter];
  if (half !== undefined && isPriced(half)) return hasOwnInput(row, owned) ? null : 'half_of_pair';
  if (meter === 'cache_read' && CACHE_WRITES.some(isPriced)) return 'cache_half';
  // Which lifetime a model would have is not known: the hole is shown once, at the shortest.
  const noWrite = meter === 'cache_write_5m' && !CACHE_WRITES.some(isPriced);
  return noWrite && isPriced('cache_read') ? 'cache_half' : null;
}

/** Audio, video and image tokens come in and do not go out; a model may also take seconds or images instead of tokens. */
function hasOwnInput({ variant }: RowKey, owned: readonly CatalogPrice[]): boolean {
  const isModality = variant !== null && variant !== 'custom_model';
  return isModality || owned.some(({ meter }) => meter.endsWith('_input') || meter.endsWith('_input_second'));
}

/** Why a purchase that is priced somewhere has no price here: another tier, another region or another day. */
function reasonElsewhere(
  { regionTier }: RowKey,
  placed: readonly CatalogPrice[],
  { region, day }: CoverageQuestion,
): GridHole {
  const inRegion =
    region === null ? placed : placed.filter((price) => price.anyRegion || price.region === region);
  if (inRegion.length === 0) return 'other_regions_only';
  const isGlobal = (price: CatalogPrice): boolean => price.regionTier === 'global';
  const inTier = inRegion.filter((price) => isGlobal(price) === (regionTier === 'global'));
  const onDay = inTier.some(
    ({ effectiveFrom, effectiveTo }) =>
      (effectiveFrom === null || effectiveFrom <= day) && (effectiveTo === null || effectiveTo > day),
  );
  if (inTier.length > 0 && !onDay) return 'other_days_only';
  return 'other_tiers_only';
}

function billedKey(key: Omit<PriceKey, 'provider' | 'region'>): string {
  const { model, meter, variant, mode, term, regionTier, contextBand } = key;
  return JSON.stringify([model, meter, variant, mode, term, regionTier, contextBand ?? 'standard']);
}

/** Lines by the cell they fall into; a line that names a tier also counts for a row without tiers. */
function billedIndex({ billed, region }: CoverageQuestion): Map<string, { lines: number; unpriced: number }> {
  const index = new Map<string, { lines: number; unpriced: number }>();
  for (const line of billed) {
    if (region !== null && line.region !== region) continue;
    for (const regionTier of new Set([line.regionTier, null])) {
      const key = billedKey({ ...line, regionTier });
      const held = index.get(key) ?? { lines: 0, unpriced: 0 };
      index.set(key, {
        lines: held.lines + line.lines,
        unpriced: held.unpriced + line.unpricedLines,
      });
    }
  }
  return index;
}

const TIER_ORDER: readonly (RegionTier | null)[] = ['global', 'regional', 'geo', 'in_region', null];

function compareRows(left: CoverageRow, right: CoverageRow): number {
  const text = ({ provider, model, variant }: CoverageRow): string =>
    [provider, model, variant].join('\u0000');
  return (
    text(left).localeCompare(text(right)) ||
    left.term.localeCompare(right.term) ||
    right.contextBand.localeCompare(left.contextBand) ||
    TIER_ORDER.indexOf(left.regionTier) - TIER_ORDER.indexOf(right.regionTier)
  );
}
