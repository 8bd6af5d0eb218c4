// How each measure is printed in cells, ticks and read-outs, and why one may be missing.
import type { ReactNode } from 'react';
import type { AmountText } from '../../../shared/charts/spec.ts';
import type { Format } from '../../../shared/format/format.ts';
import { Unknown } from '../../ui/values.tsx';

/** Unit of a column as the engine names it: a currency, `token`, `USD/1M token`, `ratio`, `count`, a base unit, null. */
export type Unit = string | null;

const isCurrency = (unit: Unit): unit is string => unit !== null && /^[A-Z]{3}$/u.test(unit);
const rateCurrency = (unit: Unit): string | null => /^([A-Z]{3})\/1M token$/u.exec(unit ?? '')?.[1] ?? null;

/** Currency and what one is paid for: a request, or another metric counted beside the bill. */
const perCounted = (unit: Unit): readonly [currency: string, of: string] | null => {
  const [, currency, of] = /^([A-Z]{3})\/(?!1M token$)(.+)$/u.exec(unit ?? '') ?? [];
  return currency === undefined || of === undefined ? null : [currency, of];
};

/** The unit as the header prints it. */
export function unitTitle(unit: Unit): string | null {
  const rate = rateCurrency(unit);
  if (rate !== null) return `${rate} / 1M`;
  if (unit === 'ratio') return '%';
  if (unit === 'count' || unit === null) return null;
  const counted = perCounted(unit);
  if (counted !== null) return counted[1] === 'request' ? counted.join(' / ') : counted[0];
  return unit === 'token' ? 'tokens' : unit;
}

/** A figure for a cell. The currency stands in the header, so amounts are printed bare. */
export function figureText(value: number, unit: Unit, format: Format): string {
  if (isCurrency(unit)) return format.amount(value);
  // The rate of a small model keeps its digits: 0.038, not 0.04.
  if (rateCurrency(unit) !== null)
    return value !== 0 && Math.abs(value) < 1 ? format.quantity(value) : format.amount(value);
  const counted = perCounted(unit);
  if (counted !== null) return format.unitPrice(value, counted[0]);
  if (unit === 'ratio') return format.percent(value);
  if (unit === 'token') return format.tokens(value);
  if (unit === 'count') return format.count(value);
  return format.quantity(value);
}

/** All digits, for hovering. */
export function exactText(value: number, unit: Unit, format: Format): string {
  if (unit === 'ratio') return format.percent(value, 4);
  const title = unitTitle(unit);
  return `${format.decimal(value, 10)}${title === null ? '' : ` ${title}`}`;
}

/** Ticks and read-outs of a chart. */
export function amountText(unit: Unit, format: Format): AmountText {
  const currency = isCurrency(unit) ? unit : rateCurrency(unit);
  if (currency !== null) {
    return {
      short: (value) => format.moneyShort(value, currency),
      full: (value) => format.money(value, currency),
    };
  }
  const text = (value: number): string => figureText(value, unit, format);
  return { short: text, full: (value) => (value === null ? '—' : text(value)) };
}

/** Requests are in no bill. */
const NEEDS_COUNTS = 'Needs counts by what is asked here: see Review, Counts beside the bill.';

const MISSING: Readonly<Record<string, string>> = {
  netUnblended: 'The export states no net cost here.',
  amortized: 'The export states no amortized cost here.',
  netAmortized: 'The export states no net amortized cost here.',
  list: 'The export states no list price here; Marketplace lines never do.',
  catalogList: 'The catalog has no price for these lines.',
  contracted: 'No contract rate is known for these lines.',
  contractedStated: 'The export states no contracted cost here; only FOCUS does.',
  quantity: 'The lines are metered in different units, or in one that is not known.',
  tokens: 'These lines are not metered in tokens.',
  effectiveRate: 'No tokens to divide by.',
  cacheHitRate: 'No input tokens to divide by.',
  batchShare: 'No tokens to divide by.',
  listVariance: 'Without a catalog price there is nothing to compare with.',
  unpricedShare: 'No usage cost to take a share of.',
  requests: NEEDS_COUNTS,
  costPerRequest: NEEDS_COUNTS,
  tokensPerRequest: NEEDS_COUNTS,
};

export function missingReason(measure: string): string {
  return MISSING[measure] ?? 'The data does not say.';
}

type FigureProps = {
  readonly value: number | null;
  readonly unit: Unit;
  readonly measure: string;
  readonly format: Format;
};

export function FigureCell({ value, unit, measure, format }: FigureProps): ReactNode {
  if (value === null) return <Unknown why={missingReason(measure)} />;
  return <span title={exactText(value, unit, format)}>{figureText(value, unit, format)}</span>;
}
