// Why requests cannot be bought in another way, whatever lever asks.
import type { Mode } from '../usage/vocabulary.ts';
import type { Notice, Slice } from './lever.ts';

export const CAPACITY_PAID: Notice = {
  code: 'capacity_paid',
  message: 'It runs on capacity that is paid for either way.',
};

export const IN_BATCH: Notice = {
  code: 'in_batch',
  message: 'It is in batch, which runs whenever there is room.',
};

const UNKNOWN_MODE: Notice = {
  code: 'unknown_mode',
  message: 'How it is bought is not known, so its saving is not either.',
};

const BY_MODE: Readonly<Record<Mode, Notice | null>> = {
  on_demand: null,
  batch: null,
  flex: null,
  priority: null,
  latency_optimized: null,
  provisioned: CAPACITY_PAID,
  reserved: CAPACITY_PAID,
  unknown: UNKNOWN_MODE,
};

/**
 * Codes of what refuses for want of something that nobody has said: what is refused may save something, and its saving is
 * not known. Any other refusal says that it stays as it is, which saves nothing.
 */
const OPEN_CODES: ReadonlySet<string> = new Set([
  'no_price_now',
  'no_price_there',
  'no_price',
  'no_batch_price',
  'no_cache_price',
  'no_quality_score',
  'no_hours',
  'several_models',
  'term_end_unknown',
  'unit_hours_unknown',
  'unknown_mode',
  'requests_unknown',
]);

/** Whether a refusal leaves the saving open, which is not to save nothing. */
export function leavesOpen({ code }: Pick<Notice, 'code'>): boolean {
  return OPEN_CODES.has(code);
}

/** Paid capacity stays where it is, also what a lever before this one has bought; so does what nobody can price. */
export function paidAnotherWay({ mode, rate }: Slice): Notice | null {
  return rate === null ? BY_MODE[mode] : CAPACITY_PAID;
}

export const STREAMING: Notice = {
  code: 'streaming',
  message: 'The operation says that someone waits for a stream.',
};

export const STREAMING_UNKNOWN: Notice = {
  code: 'streaming_unknown',
  message: 'The bill does not say whether someone waits for these requests: check before moving them.',
};
