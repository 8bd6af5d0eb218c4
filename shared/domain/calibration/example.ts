// What a published figure is, and what it takes to hold it against ours. The examples themselves are data beside this.
import type { Catalog } from '../pricing/catalog.ts';
import { factsWithoutRegion, lookUpPrice } from '../pricing/lookup.ts';
import type { PriceKey } from '../pricing/price.ts';
import type { Meter, Mode, RegionTier, Term } from '../usage/vocabulary.ts';

/** The publications the examples come from. `date` is the day they state; null = they state none. */
export const DOCUMENTS = {
  finout: { title: 'Finout guide to Amazon Bedrock pricing', date: null },
  article: { title: 'Understanding Amazon Bedrock Pricing', date: null },
  opslyft: { title: 'Opslyft guide', date: '2026-05-20' },
  layers: { title: 'AWS Bedrock Cost Structure', date: null },
  redress: { title: 'Redress guide', date: null },
} as const satisfies Record<string, { title: string; date: string | null }>;
export type DocumentId = keyof typeof DOCUMENTS;
export const DOCUMENT_IDS = Object.keys(DOCUMENTS) as DocumentId[];

/** computed: arithmetic or a price times a volume; price: a dated look-up; open: not computable, with the reason. */
export const EXAMPLE_KINDS = ['computed', 'price', 'open'] as const;
export type ExampleKind = (typeof EXAMPLE_KINDS)[number];

/** wrong: the sum, unit or price does not hold; outdated: it held once; depends: it holds for some models or tiers only. */
export const VERDICTS = ['agrees', 'wrong', 'outdated', 'depends', 'open'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const EXAMPLE_UNITS = [
  'USD',
  'USD / 1M',
  'USD / h',
  'share',
  'times',
  'count',
  'minutes',
  'units',
  'tokens',
] as const;
export type ExampleUnit = (typeof EXAMPLE_UNITS)[number];

/** Figures as printed: `within` is half of the last printed digit; a range holds what lies in it; `text` is no figure. */
export type Published =
  | { readonly kind: 'figures'; readonly values: readonly number[]; readonly within: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number | null }
  | { readonly kind: 'text'; readonly text: string };

export type Example = {
  readonly id: string;
  readonly document: DocumentId;
  readonly kind: ExampleKind;
  /** What is claimed, in our words. */
  readonly says: string;
  readonly unit: ExampleUnit;
  readonly published: Published;
  /** What our figure is made of; empty where there is none. */
  readonly inputs: string;
  readonly ours: ((prices: Prices) => readonly (number | null)[]) | null;
  readonly verdict: Verdict;
  readonly note: string;
};

/**
 * Catalog prices on one day. Each look-up gives null where there is no single price. Publications name no region: where
 * the catalog binds a price to none, its lowest published figure answers, and `withoutRegion` says so.
 */
export type Prices = {
  readonly day: string;
  /** Whether a look-up so far was answered by a figure whose source does not state the region. */
  withoutRegion(): boolean;
  /** USD for one base unit of the meter. */
  one(key: Partial<PriceKey> & { readonly meter: Meter }): number | null;
  /** USD for 1,000,000 tokens. */
  million(
    model: string,
    meter: Meter,
    more?: { readonly mode?: Mode; readonly regionTier?: RegionTier },
  ): number | null;
  /** USD for one model unit and hour. */
  unitHour(model: string, term: Term, variant?: string | null): number | null;
  readonly catalog: Catalog;
};

export function pricesOn(catalog: Catalog, day: string): Prices {
  let withoutRegion = false;
  const one: Prices['one'] = (key) => {
    const full: PriceKey = {
      provider: null,
      model: null,
      variant: null,
      mode: 'on_demand',
      term: 'none',
      region: 'us-east-1',
      regionTier: null,
      contextBand: 'standard',
      ...key,
    };
    const answer = lookUpPrice(catalog, full, day, day);
    if (answer.kind === 'priced')
      return answer.usdPerUnitLow === answer.usdPerUnitHigh ? answer.usdPerUnitLow : null;
    const facts = factsWithoutRegion(catalog, full, day).map(({ usd, per }) => usd / per);
    if (facts.length === 0) return null;
    withoutRegion = true;
    return Math.min(...facts);
  };
  return {
    day,
    withoutRegion: () => withoutRegion,
    catalog,
    one,
    million: (model, meter, { mode = 'on_demand', regionTier = 'regional' } = {}) =>
      product(one({ model, meter, mode, regionTier }), 1e6),
    unitHour: (model, term, variant = null) =>
      one({ model, meter: 'model_unit_hour', mode: 'provisioned', term, variant, regionTier: 'regional' }),
  };
}

/** Product of figures; unknown as soon as one of them is. */
export function product(...factors: readonly (number | null)[]): number | null {
  return factors.reduce<number | null>(
    (result, factor) => (result === null || factor === null ? null : result * factor),
    1,
  );
}

export function quotient(over: number | null, under: number | null): number | null {
  return over === null || under === null || under === 0 ? null : over / under;
}

/** Sum of figures; unknown as soon as one of them is. */
export function total(...parts: readonly (number | null)[]): number | null {
  return parts.reduce<number | null>(
    (result, part) => (result === null || part === null ? null : result + part),
    0,
  );
}

type Row = Omit<Example, 'document' | 'kind' | 'published'>;

/** Short ways to write the examples of one document. */
export function examplesOf(document: DocumentId) {
  const row = (kind: ExampleKind, fields: Row, published: Published): Example => ({
    document,
    kind,
    published,
    ...fields,
  });
  return {
    computed: (fields: Row, published: Published) => row('computed', fields, published),
    price: (fields: Row, published: Published) => row('price', fields, published),
    /** Not computable: `note` says why. */
    open: (id: string, says: string, text: string, note: string): Example =>
      row(
        'open',
        { id, says, unit: 'count', inputs: '', ours: null, verdict: 'open', note },
        { kind: 'text', text },
      ),
  };
}

/** Printed figures, exact unless `within` says how coarsely they are printed. */
export const figures = (values: readonly number[], within = 0): Published => ({
  kind: 'figures',
  values,
  within,
});
export const range = (from: number, to: number | null): Published => ({ kind: 'range', from, to });
