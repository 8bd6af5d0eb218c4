// Reads and writes a rate card: rows of texts, as a CSV, a spreadsheet or the editor has them, against contract rates.

import { nearestName } from '../spend/nearest-name.ts';
import { KNOWN_MODELS, resolveModel } from '../usage/models.ts';
import { readUnit } from '../usage/units.ts';
import { CONTEXT_BANDS, METER_NAMES, type Meter, MODES, TERMS } from '../usage/vocabulary.ts';
import {
  EVERY,
  NOTHING,
  OVERRIDE_PARTS,
  type Override,
  type OverridePart,
  type OverrideRate,
  type OverrideScope,
} from './override.ts';

/** Columns of a rate card, in the order in which it is written. */
export const RATE_CARD_COLUMNS = [
  ...OVERRIDE_PARTS,
  'discount_percent',
  'price_usd',
  'unit',
  'from',
  'to',
  'note',
] as const;
export type RateCardColumn = (typeof RATE_CARD_COLUMNS)[number];

/** Columns a card must have: what a rate is for is never taken from silence. The others may be left out as a whole. */
export const REQUIRED_COLUMNS = ['account', 'provider', 'model', 'meter', 'mode', 'region'] as const;

/** One row as texts; a column that the card leaves out has `EVERY` (parts) or '' (the rest). */
export type RateCardRow = Readonly<Record<RateCardColumn, string>>;

export const EMPTY_ROW: RateCardRow = {
  ...(Object.fromEntries(OVERRIDE_PARTS.map((part) => [part, EVERY])) as OverrideScope),
  discount_percent: '',
  price_usd: '',
  unit: '',
  from: '',
  to: '',
  note: '',
};

export type RowFault = { readonly column: RateCardColumn; readonly value: string; readonly problem: string };

export type RowReading =
  | { readonly kind: 'read'; readonly override: Override }
  | { readonly kind: 'faulty'; readonly faults: readonly RowFault[] };

/** Names beyond the model table that a workspace knows: those of its own rules and of imported offers. */
export type KnownNames = { readonly providers: readonly string[]; readonly models: readonly string[] };

export const KNOWN_BY_TABLE: KnownNames = {
  providers: [...new Set(KNOWN_MODELS.map(({ provider }) => provider))],
  models: KNOWN_MODELS.map(({ model }) => model),
};

type Read<Value> = { readonly value: Value } | { readonly problem: string };
const problem = (text: string): { readonly problem: string } => ({ problem: text });

/** Reads one row. Every fault is named with its column, value and what to do; a faulty row gives no rate. */
export function readRow(row: RateCardRow, number: number, known: KnownNames): RowReading {
  const faults: RowFault[] = [];
  const take = <Value>(column: RateCardColumn, read: Read<Value>, fallback: Value): Value => {
    if ('value' in read) return read.value;
    faults.push({ column, value: row[column], problem: read.problem });
    return fallback;
  };
  const parts = OVERRIDE_PARTS.map((part) => [part, take(part, readPart(part, row[part], known), EVERY)]);
  const scope = withProvider(Object.fromEntries(parts) as OverrideScope, (text) =>
    faults.push({ column: 'provider', value: row.provider, problem: text }),
  );
  const rate = readRate(row, scope, (column, text) =>
    faults.push({ column, value: row[column], problem: text }),
  );
  const from = take('from', readDay(row.from), null);
  const to = take('to', readDay(row.to), null);
  if (from !== null && to !== null && from > to)
    faults.push({ column: 'to', value: row.to, problem: `is before ${from}, the first day` });
  if (row.note.length > LONGEST_NOTE)
    faults.push({
      column: 'note',
      value: row.note.slice(0, 40),
      problem: `has more than ${LONGEST_NOTE} characters`,
    });
  if (faults.length > 0 || rate === null) return { kind: 'faulty', faults };
  return { kind: 'read', override: { number, scope, rate, from, to, note: row.note.trim() } };
}

const LONGEST_NOTE = 500;

const listed =
  (values: readonly string[], what: string) =>
  (text: string): Read<string> => {
    const folded = text.toLowerCase().replaceAll(/[\s-]+/gu, '_');
    const found = values.find((value) => value === folded);
    return found === undefined
      ? problem(`is no ${what}${nearText(folded, values)}; ${EVERY} stands for every ${what}`)
      : { value: found };
  };

function nearText(text: string, values: readonly string[]): string {
  const near = nearestName(text, values);
  return near === null ? '' : ` (did you mean ${near}?)`;
}

const TIERS = ['global', 'regional'] as const;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/u;

/** How each part is read where it is neither left open nor `NOTHING`. */
const PART_READERS: Readonly<Record<OverridePart, (text: string, known: KnownNames) => Read<string>>> = {
  account: (text) =>
    /^\d{12}$/u.test(text)
      ? { value: text }
      : problem('is no account id of 12 digits; spreadsheets drop leading zeros and round long numbers'),
  provider: (text, { providers }) => {
    const found = providers.find((provider) => provider.toLowerCase() === text.toLowerCase());
    return found === undefined
      ? problem(`is no provider known here${nearText(text, providers)}`)
      : { value: found };
  },
  model: (text, { models }) => {
    const found =
      resolveModel(text)?.model ?? models.find((model) => model.toLowerCase() === text.toLowerCase());
    return found === undefined
      ? problem(`is no model known here${nearText(text, models)}`)
      : { value: found };
  },
  meter: listed(METER_NAMES, 'meter'),
  variant: (text) => ({ value: text }),
  mode: listed(
    MODES.filter((mode) => mode !== 'unknown'),
    'mode',
  ),
  term: listed(TERMS, 'term'),
  region: (text) =>
    REGION.test(text.toLowerCase())
      ? { value: text.toLowerCase() }
      : problem('is no region code such as us-east-1'),
  tier: listed(TIERS, 'tier'),
  context: listed(CONTEXT_BANDS, 'context band'),
};

/** Parts of which a line may have none. */
const MAY_BE_NOTHING: readonly OverridePart[] = ['provider', 'model', 'variant', 'region', 'tier'];

function readPart(part: OverridePart, text: string, known: KnownNames): Read<string> {
  const stated = text.trim();
  if (stated === '') return problem(`is empty: write ${EVERY} for every ${part}, or name one`);
  if (stated === EVERY) return { value: EVERY };
  if (stated.toLowerCase() === NOTHING && MAY_BE_NOTHING.includes(part)) return { value: NOTHING };
  return PART_READERS[part](stated, known);
}

/** A model names its provider, so that both are written and counted alike. */
function withProvider(scope: OverrideScope, refuse: (text: string) => void): OverrideScope {
  const provider = resolveModel(scope.model)?.provider ?? null;
  if (provider === null || scope.provider === provider) return scope;
  if (scope.provider !== EVERY) refuse(`is not the provider of ${scope.model}, which is ${provider}`);
  return { ...scope, provider };
}

function readRate(
  { discount_percent: percent, price_usd: price, unit }: RateCardRow,
  { meter }: OverrideScope,
  refuse: (column: RateCardColumn, text: string) => void,
): OverrideRate | null {
  const [hasPercent, hasPrice] = [percent.trim() !== '', price.trim() !== ''];
  if (hasPercent === hasPrice) {
    const both = 'a rate is either a discount_percent or a price_usd, and this row has ';
    refuse(hasPrice ? 'price_usd' : 'discount_percent', `${both}${hasPrice ? 'both' : 'neither'}`);
    return null;
  }
  if (hasPercent) {
    const off = numberOf(percent.replace(/\s*%\s*$/u, ''));
    if (off !== null && off >= 0 && off <= 100) return { kind: 'percent', off: off / 100 };
    refuse('discount_percent', 'is no percentage from 0 to 100, with a point as decimal mark');
    return null;
  }
  const usd = numberOf(price.replace(/^\s*\$\s*/u, ''));
  if (usd === null || usd < 0) {
    refuse('price_usd', 'is no amount in USD from 0 up, with a point as decimal mark');
    return null;
  }
  if (meter === EVERY) {
    refuse('meter', 'is open: a price is for one meter; a discount_percent may be for every one');
    return null;
  }
  const reading = readUnit({ meter: meter as Meter, unit, description: null, marketplace: false });
  if (unit.trim() !== '' && reading !== null)
    return { kind: 'price', usd, per: reading.multiplier, unit: unit.trim() };
  refuse(
    'unit',
    `is no unit of the meter ${meter}: say what the price is for, such as “1M tokens” or “hour”`,
  );
  return null;
}

function numberOf(text: string): number | null {
  const stated = text.trim();
  return /^\d+(\.\d+)?(e-?\d+)?$/iu.test(stated) ? Number(stated) : null;
}

function readDay(text: string): Read<string | null> {
  const stated = text.trim();
  if (stated === '') return { value: null };
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(stated) ? Date.parse(`${stated}T00:00:00Z`) : Number.NaN;
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(stated);
  return exists ? { value: stated } : problem('is no day such as 2026-10-31');
}

/** A rate as a row: what `readRow` reads back to the same rate. */
export function writeRow({ scope, rate, from, to, note }: Override): RateCardRow {
  return {
    ...scope,
    discount_percent: rate.kind === 'percent' ? String(Number((rate.off * 100).toPrecision(12))) : '',
    price_usd: rate.kind === 'price' ? String(rate.usd) : '',
    unit: rate.kind === 'price' ? rate.unit : '',
    from: from ?? '',
    to: to ?? '',
    note,
  };
}
