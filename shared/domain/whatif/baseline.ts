// Builds the baseline of a scenario from usage rows: vectors, the cost around them, and the list prices they need.
import type { Catalog } from '../pricing/catalog.ts';
import type { Filter } from '../spend/vocabulary.ts';
import { addTo, emptySum, type Sum, totalOf } from '../sum.ts';
import type { ContextBand, Meter, Mode, RegionTier, Term } from '../usage/vocabulary.ts';
import { capacityOf } from './paid-capacity.ts';
import { contractNotes, type PriceQuestion, pricesFor } from './price-entries.ts';
import {
  asScope,
  billedAsOf,
  type CapacityUnits,
  type HourlyUsage,
  NO_TOKENS,
  type OutsideCost,
  type ScenarioBaseline,
  type UsageVector,
  VECTOR_METERS,
  type VectorMeter,
} from './vectors.ts';

/** Sums of the selection's lines that agree in everything a scenario looks at. */
export type UsageRow = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly variant: string | null;
  readonly region: string | null;
  readonly regionTier: RegionTier | null;
  readonly contextBand: ContextBand | null;
  readonly mode: Mode | null;
  readonly term: Term | null;
  readonly meter: Meter | null;
  readonly family: string | null;
  readonly chargeType: string | null;
  readonly billingEntity: string | null;
  readonly operation: string | null;
  readonly isUsage: boolean;
  readonly workload: string | null;
  /** The account, where it is one with contract rates of its own that were told apart; else null. */
  readonly account: string | null;
  readonly inScopes: number[];
  /** In base units; null where the quantity does not count or its unit is unknown. */
  readonly quantity: number | null;
  readonly invoiced: number;
};

export type BaselineFacts = PriceQuestion & {
  readonly currency: string;
  readonly daysInPeriod: number;
  readonly daysCovered: number;
  readonly estimated: boolean;
  readonly commitmentOff: string | null;
  readonly scopes: readonly (readonly Filter[])[];
  readonly hourly: HourlyUsage | null;
  readonly ocu: CapacityUnits | null;
};

/** The baseline of a selection. Every cent of the rows is in a vector or outside; throws nothing. */
export function baselineOf(
  rows: readonly UsageRow[],
  facts: BaselineFacts,
  catalog: Catalog,
): ScenarioBaseline {
  const { vectors, outside } = sorted(rows);
  const { period, currency, daysCovered, estimated, commitmentOff } = facts;
  return {
    period,
    currency,
    daysCovered,
    estimated,
    commitmentOff,
    catalogVersion: catalog.version,
    contractVersion: catalog.contract.version,
    scopes: facts.scopes.map(asScope),
    vectors,
    outside,
    capacity: capacityOf(rows.filter((row) => outsideReason(row) === 'fixed_capacity')),
    prices: currency === 'USD' ? pricesFor(vectors, facts, catalog) : [],
    hourly: facts.hourly,
    ocu: facts.ocu,
    notes: [...notesOf(facts), ...contractNotes(catalog, facts)],
  };
}

function notesOf({ daysInPeriod, daysCovered }: BaselineFacts): string[] {
  if (daysCovered === daysInPeriod) return [];
  return [
    `Billing data is held for ${daysCovered} of the ${daysInPeriod} days of the baseline: months and years are projected from those.`,
  ];
}

type Building = {
  readonly vector: Omit<UsageVector, 'tokens' | 'invoiced'>;
  readonly tokens: Record<VectorMeter, Sum>;
  readonly invoiced: Record<VectorMeter, Sum>;
};

/** Splits rows into vectors, whose meters stay together, and what no lever works on. */
function sorted(rows: readonly UsageRow[]): { vectors: UsageVector[]; outside: OutsideCost[] } {
  const building = new Map<string, Building>();
  const outside = new Map<string, { cost: Omit<OutsideCost, 'invoiced'>; sum: Sum }>();
  const put = (cost: Omit<OutsideCost, 'invoiced'>, invoiced: number): void => {
    const key = JSON.stringify(Object.values(cost));
    const held = outside.get(key) ?? { cost, sum: emptySum() };
    outside.set(key, held);
    addTo(held.sum, invoiced);
  };
  for (const row of rows) {
    const reason = outsideReason(row);
    if (reason !== null) put(outsidePart(row, reason), row.invoiced);
    else addToVector(building, row);
  }
  const vectors = [...building.values()].flatMap((built) => {
    const whole = finished(built);
    for (const meter of VECTOR_METERS) {
      // A meter whose corrections cancel its tokens has no rate: its cost stands beside the vectors.
      if (whole.tokens[meter] > 0 || whole.invoiced[meter] === 0) continue;
      const { provider, billedAs, inScopes } = whole;
      put(
        {
          reason: 'not_tokens',
          label: 'cost without tokens',
          chargeType: 'Usage',
          provider,
          billedAs,
          inScopes,
        },
        whole.invoiced[meter],
      );
    }
    const kept = withoutEmptyMeters(whole);
    return VECTOR_METERS.some((meter) => kept.tokens[meter] > 0) ? [kept] : [];
  });
  return {
    vectors,
    outside: [...outside.values()].map(({ cost, sum }) => ({ ...cost, invoiced: totalOf(sum) })),
  };
}

/** Why a row is no part of a vector; null = it is. */
function outsideReason(row: UsageRow): OutsideCost['reason'] | null {
  if (!row.isUsage) return 'not_usage';
  if (row.mode === 'provisioned' || row.mode === 'reserved') return 'fixed_capacity';
  if (row.meter === 'ocu_hour') return 'search_capacity';
  if (row.family === 'unknown') return 'unknown_model';
  if (row.family !== 'inference' || !isVectorMeter(row.meter)) return 'not_tokens';
  if (row.model === null || row.mode === null) return 'unknown_model';
  return row.quantity === null ? 'unknown_unit' : null;
}

function outsidePart(row: UsageRow, reason: OutsideCost['reason']): Omit<OutsideCost, 'invoiced'> {
  return {
    reason,
    label: reason === 'not_usage' ? (row.chargeType ?? 'no charge type') : labelOf(row),
    chargeType: row.chargeType,
    provider: row.provider,
    billedAs: billedAsOf(row.billingEntity),
    inScopes: row.inScopes,
  };
}

function labelOf({ family, meter }: UsageRow): string {
  return family === 'inference' && meter !== null ? `inference: ${meter}` : (family ?? 'unknown');
}

function isVectorMeter(meter: Meter | null): meter is VectorMeter {
  return (VECTOR_METERS as readonly (Meter | null)[]).includes(meter);
}

/** Operations since 2026 say whether a response is streamed; older lines carry the generic `Usage`. */
export function streamingOf(operation: string | null): UsageVector['streaming'] {
  if (operation === null) return 'unknown';
  if (/stream/iu.test(operation)) return 'yes';
  return /^(invokemodel|converse)/iu.test(operation) ? 'no' : 'unknown';
}

/** What tells a row's usage apart; null where it is no part of a vector. */
export function vectorOf(row: UsageRow): Omit<UsageVector, 'id' | 'tokens' | 'invoiced'> | null {
  const { model, mode } = row;
  if (outsideReason(row) !== null || model === null || mode === null) return null;
  return {
    provider: row.provider,
    model,
    variant: row.variant,
    region: row.region,
    regionTier: row.regionTier,
    contextBand: row.contextBand,
    account: row.account,
    mode,
    billedAs: billedAsOf(row.billingEntity),
    streaming: streamingOf(row.operation),
    workload: row.workload,
    inScopes: row.inScopes,
  };
}

/** Vectors that rows become. */
export function partsOf(rows: readonly UsageRow[]): number {
  return new Set(rows.map(vectorOf).map((vector) => vector && JSON.stringify(Object.values(vector)))).size;
}

function addToVector(building: Map<string, Building>, row: UsageRow): void {
  const { meter } = row;
  const vector = vectorOf(row);
  if (!isVectorMeter(meter) || vector === null) return;
  const key = JSON.stringify(Object.values(vector));
  const built = building.get(key) ?? {
    vector: { id: String(building.size + 1), ...vector },
    tokens: emptySums(),
    invoiced: emptySums(),
  };
  building.set(key, built);
  addTo(built.tokens[meter], row.quantity ?? 0);
  addTo(built.invoiced[meter], row.invoiced);
}

function emptySums(): Record<VectorMeter, Sum> {
  return Object.fromEntries(VECTOR_METERS.map((meter) => [meter, emptySum()])) as Record<VectorMeter, Sum>;
}

function finished({ vector, tokens, invoiced }: Building): UsageVector {
  const totals = (sums: Record<VectorMeter, Sum>): UsageVector['tokens'] => {
    const record: Record<VectorMeter, number> = { ...NO_TOKENS };
    for (const meter of VECTOR_METERS) record[meter] = totalOf(sums[meter]);
    return record;
  };
  return { ...vector, tokens: totals(tokens), invoiced: totals(invoiced) };
}

function withoutEmptyMeters(vector: UsageVector): UsageVector {
  const tokens: Record<VectorMeter, number> = { ...NO_TOKENS };
  const invoiced: Record<VectorMeter, number> = { ...NO_TOKENS };
  for (const meter of VECTOR_METERS) {
    if (vector.tokens[meter] <= 0) continue;
    tokens[meter] = vector.tokens[meter];
    invoiced[meter] = vector.invoiced[meter];
  }
  return { ...vector, tokens, invoiced };
}
