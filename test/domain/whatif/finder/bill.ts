// Evidence for the lever finder over small bills, and the answer that the rules come to.
import type { Filter } from '../../../../shared/domain/spend/vocabulary.ts';
import type { BoughtCapacity, FinderEvidence } from '../../../../shared/domain/whatif/finder/evidence.ts';
import {
  draftLevers,
  type FinderQuestion,
  rankLevers,
} from '../../../../shared/domain/whatif/finder/find.ts';
import type { FinderRuleId, LeverFindings } from '../../../../shared/domain/whatif/finder/finding.ts';
import {
  type PaidCapacity,
  type PriceEntry,
  priceKeyOf,
  type UsageVector,
} from '../../../../shared/domain/whatif/vectors.ts';
import { bill, usage, withScopes } from '../bill.ts';

type Vectors = Parameters<typeof bill>[0];

export type Case = Partial<Omit<FinderEvidence, 'vectors' | 'quote'>> & {
  readonly vectors: Vectors;
  /** Prices of places where there is no usage yet. */
  readonly elsewhere?: readonly PriceEntry[];
};

const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };

/** What the rules find in a bill of October 2026, computed as the engine does. */
export function findIn(
  { vectors, elsewhere = [], ...parts }: Case,
  question: Partial<FinderQuestion> = {},
): LeverFindings {
  const whole = bill(vectors, {
    elsewhere,
    ocu: parts.ocu ?? null,
    currency: parts.currency ?? 'USD',
    // Each lever of the finder that ends capacity is about one, so every one is in every scope.
    capacity: (parts.capacity ?? []).map((bought, index) => paid(bought, index)),
  });
  const evidence: FinderEvidence = {
    period: OCTOBER,
    currency: 'USD',
    daysCovered: 31,
    priceLayer: 'list',
    workload: 'tag:app',
    workloadFilters: new Map(),
    quiet: [],
    requests: [],
    capacity: [],
    ocu: { hours: 0, invoiced: 0 },
    ...parts,
    vectors: whole.vectors,
    quote: (place, meter, mode) => {
      const key = priceKeyOf(place);
      const entry = whole.prices.find(
        (price) => price.key === key && price.meter === meter && price.mode === mode,
      );
      return entry?.low === undefined || entry.low === null ? null : (entry.low + (entry.high ?? 0)) / 2;
    },
  };
  return rankLevers(
    evidence,
    draftLevers(evidence),
    {
      baseline: { period: OCTOBER, where: [], workload: null },
      commitment: null,
      least: 0,
      hoursPerMonth: 730,
      fiscalYearStart: 1,
      priceLayer: 'list',
      ...question,
    },
    {
      estimated: false,
      commitmentOff: null,
      catalogVersion: 'test',
      notes: [],
      baselineOf: ({ levers }) =>
        withScopes(whole, levers, (vector, index) => {
          const scopes = [...new Map(levers.map(({ scope }) => [JSON.stringify(scope), scope])).values()];
          const asked = scopes.filter((scope) => scope.length > 0)[index] ?? [];
          return asked.every((filter) => fits(vector, filter));
        }),
    },
  );
}

function paid({ counted: _, resource: _id, term, ...bought }: BoughtCapacity, index: number): PaidCapacity {
  return {
    ...bought,
    id: `capacity-${index}`,
    provider: null,
    meter: bought.family === 'reserved' ? 'tpm_hour' : 'model_unit_hour',
    variant: null,
    term: term as PaidCapacity['term'],
    billedAs: 'native',
    inScopes: Array.from({ length: 10 }, (_unused, scope) => scope),
  };
}

const FIELDS: Readonly<Record<string, (vector: UsageVector) => string | null>> = {
  // Vectors are inference; capacity is no vector and is in every scope.
  family: () => 'inference',
  term: () => 'none',
  resource: () => null,
  model: ({ model }) => model,
  mode: ({ mode }) => mode,
  region: ({ region }) => region,
  regionTier: ({ regionTier }) => regionTier,
  'tag:app': ({ workload }) => workload,
};

function fits(vector: UsageVector, { dimension, values }: Filter): boolean {
  const field = FIELDS[dimension];
  if (field === undefined) throw new Error(`the tests know no dimension ${dimension}`);
  return values.includes(field(vector));
}

/** The opportunities of one rule. */
export function offered({ opportunities }: LeverFindings, rule: FinderRuleId) {
  return opportunities.filter((one) => one.rule === rule);
}

export function lookedAt({ lookedAt: all }: LeverFindings, rule: FinderRuleId) {
  return all.filter((one) => one.rule === rule);
}

/** The value of a row of evidence by its label. */
export function figure(
  one: { readonly evidence: LeverFindings['lookedAt'][number]['evidence'] },
  label: string,
) {
  return one.evidence.find((row) => row.label === label)?.value;
}

export const millions = (
  id: string,
  input: number,
  output: number,
  parts: Parameters<typeof usage>[1]['vector'] = {},
) => usage(id, { tokens: { input, output }, vector: parts });
