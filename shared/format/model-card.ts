// A model's card in words: one row a fact with where it comes from, alike on screen and in the terminal.
import type { Evidence, Factor, ModelCard } from '../domain/pricing/model-card.ts';
import type { PricePeriod } from '../domain/pricing/price-history.ts';
import type { Format } from './format.ts';
import { METER_TITLES, MODE_NAMES, TERM_NAMES } from './names.ts';

export type CardRow = {
  readonly label: string;
  readonly value: string;
  /** Where it is from; null where prices of the catalog say it, or nothing does. */
  readonly source: string | null;
  /** Something to act on, or something that is not known. */
  readonly tone: 'plain' | 'caution' | 'unknown';
};

const STATES = {
  superseded: 'a newer version is sold beside it',
  legacy: 'legacy',
  extended_access: 'in extended access',
  ended: 'at its end of life',
} as const satisfies Record<NonNullable<NonNullable<ModelCard['lifecycle']>['state']>, string>;

const BASES = {
  named: 'named as its replacement',
  family: 'the next of its family',
  newer_version: 'a newer version',
} as const;

const CACHING = {
  explicit: 'checkpoints set by the caller',
  implicit: 'by itself, without checkpoints',
  none: 'none',
  priced_only: 'cached tokens have prices; no source says how it caches',
} as const;

const UNKNOWN_TEXT = 'not known: no source says';

/** Every fact of the card, unknown ones included. */
export function modelCardRows(card: ModelCard, format: Format): readonly CardRow[] {
  return [
    ...lifecycleRows(card, format),
    ...modeRows(card),
    ...cachingRows(card, format),
    customRow(card, format),
  ];
}

const sourceText = (evidence: Evidence | null, format: Format): string | null =>
  evidence === null
    ? null
    : [evidence.title, evidence.seen === null ? null : `seen ${format.day(evidence.seen)}`, evidence.note]
        .filter((part) => part !== null)
        .join('; ');

function lifecycleRows({ lifecycle, day }: ModelCard, format: Format): CardRow[] {
  if (lifecycle === null) {
    return [
      {
        label: 'Lifecycle',
        value: 'no end is announced in what is known here',
        source: null,
        tone: 'unknown',
      },
    ];
  }
  const { state, legacyFrom, extendedAccessFrom, extendedAccessPriced, endOfLife } = lifecycle;
  const dates = [
    ['legacy from', legacyFrom],
    ['extended access from', extendedAccessFrom],
    ['end of life', endOfLife],
  ].flatMap(([label, at]) => (at == null ? [] : [`${label} ${format.day(at)}`]));
  const standing = state === null ? 'nothing announced' : STATES[state];
  const rows: CardRow[] = [
    {
      label: 'Lifecycle',
      value: [`${standing} on ${format.day(day)}`, ...dates].join(', '),
      source: sourceText(lifecycle.evidence, format),
      tone: state === null ? 'plain' : 'caution',
    },
  ];
  if (extendedAccessPriced === false) {
    const value = 'not known: the provider may ask more than the prices here';
    rows.push({ label: 'Extended-access price', value, source: null, tone: 'unknown' });
  }
  return [...rows, successorRow(lifecycle)];
}

function successorRow(lifecycle: NonNullable<ModelCard['lifecycle']>): CardRow {
  const { successor, successorBasis, standing } = lifecycle;
  if (successor === null || successorBasis === null) {
    return { label: 'Successor', value: UNKNOWN_TEXT, source: null, tone: 'unknown' };
  }
  const own = `${successor}, ${BASES[successorBasis]}`;
  const passed =
    standing === null ? '; it is ending itself, and no other is known' : `; it is ending itself: ${standing}`;
  return {
    label: 'Successor',
    value: standing === successor ? own : own + passed,
    source: null,
    tone: 'plain',
  };
}

function modeRows({ modes }: ModelCard): CardRow[] {
  const named = (offer: 'priced' | 'not_offered' | 'unknown'): string =>
    modes
      .filter((one) => one.offer === offer)
      .map(({ mode, terms }) => [MODE_NAMES[mode], termsText(terms)].filter((part) => part !== '').join(' '))
      .join(', ');
  const rows: CardRow[] = [];
  const [priced, denied, unknown] = [named('priced'), named('not_offered'), named('unknown')];
  if (priced !== '') rows.push({ label: 'Has prices for', value: priced, source: null, tone: 'plain' });
  const deniedBy = modes.find(({ offer }) => offer === 'not_offered')?.evidence?.title ?? null;
  if (denied !== '') rows.push({ label: 'Not offered', value: denied, source: deniedBy, tone: 'caution' });
  if (unknown !== '') rows.push({ label: 'Not known', value: unknown, source: null, tone: 'unknown' });
  for (const { mode, offer, evidence, limits } of modes) {
    if (offer === 'priced' && evidence !== null) {
      const value = evidence.note ?? 'another source says it is not offered';
      rows.push({ label: MODE_NAMES[mode], value, source: evidence.title, tone: 'caution' });
    }
    for (const value of limits) rows.push({ label: MODE_NAMES[mode], value, source: null, tone: 'plain' });
  }
  return rows;
}

const termsText = (terms: readonly string[]): string =>
  terms.length === 0
    ? ''
    : `(${terms.map((term) => TERM_NAMES[term as keyof typeof TERM_NAMES] ?? term).join(', ')})`;

function factorText(factor: Factor, format: Format): string {
  if (factor === null) return UNKNOWN_TEXT;
  const [low, high] = [format.percent(factor.low, 1), format.percent(factor.high, 1)];
  return `${low === high ? low : `${low} to ${high}`} of the price of input`;
}

function cachingRows({ caching }: ModelCard, format: Format): CardRow[] {
  if (caching === null)
    return [{ label: 'Prompt caching', value: UNKNOWN_TEXT, source: null, tone: 'unknown' }];
  const { kind, minimum, maximum, read, writes, writeDisputed, evidence } = caching;
  const source = sourceText(evidence, format);
  const rows: CardRow[] = [{ label: 'Prompt caching', value: CACHING[kind], source, tone: 'plain' }];
  if (kind === 'none') return rows;
  if (kind === 'explicit') {
    const tokens =
      minimum === null
        ? UNKNOWN_TEXT
        : `${format.count(minimum.low)}${minimum.low === minimum.high ? '' : ` or ${format.count(minimum.high)}`} tokens`;
    rows.push({
      label: 'Smallest prefix',
      value: tokens,
      source: null,
      tone: minimum === null ? 'unknown' : 'plain',
    });
    if (maximum !== null)
      rows.push({
        label: 'Largest prefix',
        value: `${format.count(maximum)} tokens`,
        source: null,
        tone: 'plain',
      });
  }
  for (const { meter, factor } of writes) {
    const disputed = writeDisputed ? '; disputed: other sources say the input price' : '';
    const value = `${factorText(factor, format)}${disputed}`;
    rows.push({ label: METER_TITLES[meter], value, source: null, tone: writeDisputed ? 'caution' : 'plain' });
  }
  rows.push({
    label: METER_TITLES.cache_read,
    value: factorText(read, format),
    source: null,
    tone: read === null ? 'unknown' : 'plain',
  });
  return rows;
}

function customRow({ customOnDemand }: ModelCard, format: Format): CardRow {
  const label = 'Custom versions on demand';
  if (customOnDemand === null) return { label, value: UNKNOWN_TEXT, source: null, tone: 'unknown' };
  return { label, value: 'yes', source: sourceText(customOnDemand, format), tone: 'plain' };
}

/** When a price holds, as seen from a day: `until 31 May 2026`, `from 1 Jan 2027, announced`. */
export function periodText(
  { from, to }: Pick<PricePeriod, 'from' | 'to'>,
  day: string,
  format: Format,
): string {
  const begins = from === null ? null : `from ${format.day(from)}`;
  const ends = to === null ? null : `until before ${format.day(to)}`;
  const announced = from !== null && from > day ? 'announced' : null;
  return [begins, ends, announced].filter((part) => part !== null).join(', ') || 'no dates stated';
}
