// Which colour a provider, model, mode or meter has: the same one on every chart, whatever else is shown beside it.
import type { ChartTheme } from './theme.ts';

/** Values of closed lists have their slot by hand, the most frequent ones the clearest colours. */
const FIXED_SLOTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  provider: {
    Anthropic: 1,
    Amazon: 0,
    Meta: 3,
    Mistral: 4,
    'Mistral AI': 4,
    Cohere: 2,
    AI21: 6,
    'AI21 Labs': 6,
    DeepSeek: 7,
    'Stability AI': 5,
  },
  mode: {
    on_demand: 0,
    batch: 2,
    provisioned: 3,
    reserved: 4,
    flex: 7,
    priority: 1,
    latency_optimized: 6,
  },
  meter: {
    input: 0,
    output: 1,
    cache_read: 2,
    cache_write_5m: 3,
    cache_write_30m: 5,
    cache_write_1h: 6,
    embedding_input: 7,
    image: 4,
    model_unit_hour: 6,
    tpm_hour: 5,
    ocu_hour: 7,
    search_unit: 4,
  },
  family: {
    inference: 0,
    provisioned: 3,
    reserved: 4,
    knowledge_base: 2,
    agents: 1,
    guardrails: 6,
    customization: 5,
    custom_import: 7,
  },
  billingEntity: { AWS: 0, 'AWS Marketplace': 1, AISPL: 2 },
  regionTier: { global: 0, geo: 1, in_region: 2, regional: 3 },
  lineClass: { bedrock: 0, candidate: 4 },
};

const SLOTS = 8;

/**
 * Slot (0…7) of every value of a dimension. Closed lists are fixed; for open ones (models, services, accounts) a value
 * prefers the slot its name gives and steps aside for one that comes earlier in `order`, so the leading values never
 * share. Once all are given away, a slot is shared with the value furthest behind in `order`.
 */
export function colourSlots(dimension: string, order: readonly string[]): ReadonlyMap<string, number> {
  const fixed = FIXED_SLOTS[dimension] ?? {};
  const slots = new Map<string, number>(Object.entries(fixed));
  const owners: number[][] = Array.from({ length: SLOTS }, () => []);
  for (const [rank, value] of order.entries()) {
    const slot = fixed[value];
    if (slot !== undefined) owners[slot]?.push(rank);
  }
  for (const [rank, value] of order.entries()) {
    if (slots.has(value)) continue;
    const slot = bestSlot(preferred(value), owners);
    owners[slot]?.push(rank);
    slots.set(value, slot);
  }
  return slots;
}

/** The slot with the fewest owners: the first free one from `start` on, else the one whose first owner is furthest behind. */
function bestSlot(start: number, owners: readonly (readonly number[])[]): number {
  const slots = Array.from({ length: SLOTS }, (_, step) => (start + step) % SLOTS);
  const ownersOf = (slot: number): readonly number[] => owners[slot] ?? [];
  return slots.reduce((best, slot) => {
    const fewer = ownersOf(slot).length - ownersOf(best).length;
    const behind = (ownersOf(slot)[0] ?? 0) > (ownersOf(best)[0] ?? 0);
    return fewer < 0 || (fewer === 0 && behind) ? slot : best;
  });
}

/** FNV-1a: a small stable hash, so that a model keeps its slot while others come and go. */
function preferred(value: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < value.length; index++) {
    hash = Math.imul(hash ^ value.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash % SLOTS;
}

export type ColourOf = (value: string | null) => string;

/**
 * The colours of one chart, no two of its values alike. A value has its own colour; where two would have the same one,
 * the leading of them (by `slots`) keeps it and the other takes one that the chart leaves free. Beyond sixteen values
 * there is no colour left: they are grey. null stands for "no value", `unknown` for what the rules could not classify:
 * both grey, never a category's colour.
 */
export function chartColours(
  shown: readonly (string | null)[],
  slots: ReadonlyMap<string, number>,
  { categorical, further, other, unknown }: ChartTheme,
): ColourOf {
  const taken = placesOf(shown, slots, categorical.length + further.length);
  return (value) => {
    if (value === null || value === '') return other;
    if (value === 'unknown') return unknown;
    return [...categorical, ...further][taken.get(value) ?? -1] ?? other;
  };
}

/** Value → place among all colours: first whoever leads in a colour, then the others in their order. */
function placesOf(
  shown: readonly (string | null)[],
  slots: ReadonlyMap<string, number>,
  places: number,
): ReadonlyMap<string, number> {
  const ranks = new Map([...slots.keys()].map((value, rank) => [value, rank]));
  const rankOf = (value: string): number => ranks.get(value) ?? ranks.size;
  const values = [...new Set(shown)]
    .flatMap((value) => (value === null || value === '' || value === 'unknown' ? [] : [value]))
    .toSorted((left, right) => rankOf(left) - rankOf(right));
  const holders = new Map<number, string>();
  for (const value of values) {
    const own = slots.get(value) ?? preferred(value);
    if (!holders.has(own)) holders.set(own, value);
  }
  const settled = new Set(holders.values());
  for (const value of values.filter((one) => !settled.has(one))) {
    const free = Array.from({ length: places }, (_, place) => place).find((place) => !holders.has(place));
    if (free !== undefined) holders.set(free, value);
  }
  return new Map([...holders].map(([place, value]) => [value, place]));
}
