// The words a usage type adds to its meter: mode, region tier, context band, cache lifetime, modality, custom model.
import type { ContextBand, Mode, RegionTier } from './vocabulary.ts';

export type Qualifiers = {
  readonly mode: Mode | null;
  readonly regionTier: RegionTier | null;
  readonly contextBand: ContextBand | null;
  readonly lifetime: '5m' | '30m' | '1h' | null;
  readonly modality: string | null;
  readonly customModel: true | null;
};

export const NO_QUALIFIERS: Qualifiers = {
  mode: null,
  regionTier: null,
  contextBand: null,
  lifetime: null,
  modality: null,
  customModel: null,
};

type Word = { readonly spelling: string; readonly says: Partial<Qualifiers>; readonly reason: string };

const WORDS: readonly Word[] = [
  { spelling: 'standard', says: { mode: 'on_demand' }, reason: 'the standard tier is on demand' },
  { spelling: 'on[-_]?demand', says: { mode: 'on_demand' }, reason: 'spelled out' },
  { spelling: 'batch', says: { mode: 'batch' }, reason: 'batch inference' },
  { spelling: 'flex', says: { mode: 'flex' }, reason: 'flex service tier' },
  { spelling: 'priority', says: { mode: 'priority' }, reason: 'priority service tier' },
  {
    spelling: 'latency[-_]?optimi[sz]ed',
    says: { mode: 'latency_optimized' },
    reason: 'latency-optimized inference',
  },
  {
    spelling: '(?:cross[-_]?region[-_]?)?global(?:[-_]cross[-_]?region)?',
    says: { regionTier: 'global' },
    reason: 'served through a global inference profile',
  },
  {
    spelling: '(?:cross[-_]?region[-_]?)?geo',
    says: { regionTier: 'geo' },
    reason: 'served within a geography, where the string says so',
  },
  { spelling: 'in[-_]?region', says: { regionTier: 'in_region' }, reason: 'served in the region itself' },
  { spelling: 'regional', says: { regionTier: 'regional' }, reason: 'in-region or geo' },
  {
    spelling: 'lctx|long[-_]?ctx|long[-_]?context',
    says: { contextBand: 'long' },
    reason: 'long context window',
  },
  { spelling: '1h|1[-_]?hour|60m', says: { lifetime: '1h' }, reason: 'cache lifetime' },
  { spelling: '30m|30[-_]?min(?:ute)?s?', says: { lifetime: '30m' }, reason: 'cache lifetime' },
  { spelling: '5m|5[-_]?min(?:ute)?s?', says: { lifetime: '5m' }, reason: 'cache lifetime' },
  {
    spelling: 'custom(?:[-_]?models?)?',
    says: { customModel: true },
    reason: 'a customized model on demand',
  },
  { spelling: 'text', says: { modality: 'text' }, reason: 'text tokens of a model with other modalities' },
  { spelling: 'image', says: { modality: 'image' }, reason: 'image tokens' },
  { spelling: 'audio', says: { modality: 'audio' }, reason: 'audio tokens' },
  { spelling: 'video', says: { modality: 'video' }, reason: 'video tokens' },
  { spelling: 'mantle', says: {}, reason: 'the endpoint, which does not change what is metered' },
  { spelling: 'million', says: {}, reason: 'older Marketplace meters name their unit' },
];

const LEADING = WORDS.map(({ spelling, says }) => ({
  pattern: new RegExp(`^[-_]*(?:${spelling})(?=$|[-_])`, 'iu'),
  says,
}));
const TRAILING = WORDS.map(({ spelling, says }) => ({
  pattern: new RegExp(`(?:^|[-_])(?:${spelling})[-_]*$`, 'iu'),
  says,
}));

/** Both readings together; null where they contradict each other. */
export function mergeQualifiers(one: Qualifiers, other: Partial<Qualifiers>): Qualifiers | null {
  const merged: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const held = merged[name] ?? null;
    if (value !== null && held !== null && held !== value) return null;
    merged[name] = value ?? held;
  }
  return merged as Qualifiers;
}

/** Reads what follows a meter, in any order; null where a word is not known or two contradict each other. */
export function readTail(tail: string): Qualifiers | null {
  let rest = tail;
  let found: Qualifiers | null = NO_QUALIFIERS;
  while (found !== null && rest.replace(/^[-_]+/u, '') !== '') {
    const word = LEADING.find(({ pattern }) => pattern.test(rest));
    if (word === undefined) return null;
    rest = rest.replace(word.pattern, '');
    found = mergeQualifiers(found, word.says);
  }
  return found;
}

/** A routing name before a model id, as in inference profiles, says where requests may go. */
const ROUTING: readonly { readonly pattern: RegExp; readonly says: Partial<Qualifiers> }[] = [
  { pattern: /^global[-_.]/iu, says: { regionTier: 'global' } },
  { pattern: /^(?:us-gov|us|eu|apac|jp|au|ca)\./iu, says: { regionTier: 'geo' } },
];

export type HeadReading = { readonly name: string; readonly qualifiers: Qualifiers };

/**
 * Reads what stands before a meter: the model's name and qualifiers after it. `isName` stops the reading as
 * soon as the rest is a whole name, since some names end in such a word. null where two words contradict.
 */
export function readHead(head: string, isName: (text: string) => boolean): HeadReading | null {
  const routing = ROUTING.find(({ pattern }) => pattern.test(head));
  let name = (routing === undefined ? head : head.replace(routing.pattern, '')).replace(/[-_]+$/u, '');
  let qualifiers: Qualifiers | null = { ...NO_QUALIFIERS, ...routing?.says };
  while (qualifiers !== null && name !== '' && !isName(name)) {
    const word = TRAILING.find(({ pattern }) => pattern.test(name));
    if (word === undefined) break;
    name = name.replace(word.pattern, '');
    qualifiers = mergeQualifiers(qualifiers, word.says);
  }
  return qualifiers === null ? null : { name, qualifiers };
}
