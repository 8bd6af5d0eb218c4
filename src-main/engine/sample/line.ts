// What a billing line of the sample is before a format writes it, and the seeded chance behind all lines.
import type { SampleAccount, SampleUsage } from './company.ts';

/** One billing line before it is written in a format. Money in USD; times in milliseconds since 1970. */
export type SampleLine = {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly billingEntity: 'AWS' | 'AWS Marketplace';
  readonly billType: 'Anniversary' | 'Purchase' | 'Refund';
  readonly chargeType: string;
  readonly account: SampleAccount;
  readonly productCode: string;
  readonly productName: string;
  readonly usageType: string;
  readonly operation: string;
  readonly resource: string | null;
  readonly principal: string | null;
  readonly region: string;
  readonly quantity: number;
  readonly unit: string;
  readonly rate: number | null;
  readonly unblended: number;
  /** After negotiated discounts; null where the export leaves it blank. */
  readonly net: number | null;
  /** Public on-demand cost; null on Marketplace lines, where the export says 0. */
  readonly list: number | null;
  readonly effective: { readonly kind: 'savingsPlan' | 'reservation'; readonly cost: number } | null;
  readonly description: string;
  readonly taxType: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly businessUnit: string | null;
  /** What the line truly is; null when it is not a Bedrock usage line. */
  readonly meaning: SampleUsage['meaning'] | null;
  readonly multiplier: number;
  readonly isBedrock: boolean;
};

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** What most lines have in common: usage billed by AWS, without tags, discounts or coverage. */
export const PLAIN_LINE = {
  billingEntity: 'AWS',
  billType: 'Anniversary',
  chargeType: 'Usage',
  usageType: '',
  operation: '',
  resource: null,
  principal: null,
  region: '',
  unit: '',
  rate: null,
  list: null,
  effective: null,
  taxType: null,
  tags: {},
  businessUnit: null,
  meaning: null,
  multiplier: 1,
  isBedrock: false,
} as const satisfies Partial<SampleLine>;

/** A small seeded generator (mulberry32): numbers in 0…1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Ten decimals, as the export prints them. */
export const round = (value: number): number => Math.round(value * 1e10) / 1e10;

/** Line ids as AWS writes them: 52 letters and digits, never the same. */
export function* lineIds(random: () => number): Generator<string> {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  for (;;) yield Array.from({ length: 52 }, () => letters[Math.floor(random() * 32)]).join('');
}
