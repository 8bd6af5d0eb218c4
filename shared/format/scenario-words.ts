// Words and figures of a scenario's answer, the same on screens and in reports.
import type { Fact, ScenarioAnswer } from '../domain/whatif/answer.ts';
import type { ComparedFigure } from '../domain/whatif/compare.ts';
import type { Range, ScenarioPriceLayer } from '../domain/whatif/scenario.ts';
import type { Sensitivity } from '../domain/whatif/sensitivity.ts';
import { type Format, UNKNOWN } from './format.ts';
import type { Stated, StatedUnit } from './lever-stated.ts';
import { valueName } from './names.ts';
import { perText, unitAfter } from './per.ts';

/** Cost outside the levers by its label: a family, or `family: meter`, in words. */
export function outsideName(label: string): string {
  const [family = '', meter] = label.split(': ');
  const name = valueName('family', family);
  return meter === undefined ? name : `${name}, ${valueName('meter', meter).toLowerCase()}`;
}

/** Who bills a class of AI spend. */
export const BILLED_AS: Readonly<Record<string, string>> = {
  native: 'Billed by AWS',
  marketplace: 'Billed through Marketplace',
};

/** A class of AI spend under an agreement: native, Marketplace, or one provider's part of either (`native:Amazon`). */
export function lineClassName(lineClass: string): string {
  const [billedAs = '', provider] = lineClass.split(':');
  const name = BILLED_AS[billedAs] ?? billedAs;
  return provider === undefined ? name : `${provider}, ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

const LAYER_WORDS: Readonly<Record<ScenarioPriceLayer, string>> = {
  list: 'list price',
  contract: 'contract price',
  effective: 'effective price',
};

/** `list price`, as a headline names what it is at; `price` over several, where each scenario names its own. */
export function layerWords(layers: readonly ScenarioPriceLayer[]): string {
  const [first, ...others] = new Set(layers);
  return first === undefined || others.length > 0 ? 'price' : LAYER_WORDS[first];
}

/** A figure of scenarios side by side, with the price layer that all of them have. */
export function comparedName(figure: ComparedFigure, layers: readonly ScenarioPriceLayer[]): string {
  const price = layerWords(layers);
  switch (figure) {
    case 'before':
      return `Baseline at ${price}`;
    case 'savingAtPrice':
      return `Saving at ${price}`;
    case 'after':
      return `Cost after, at ${price}`;
    case 'cashThisYear':
      return `Cash at ${price}, commitment year`;
    case 'oneOff':
      return 'One-off cost';
  }
}

/** A fact beside a lever by its unit; `currency` is the answer's. */
export function factText({ value, unit }: Fact, currency: string, format: Format): string {
  if (value === null) return UNKNOWN;
  if (unit === 'ratio') return format.percent(value);
  if (unit === 'token') return format.tokens(value);
  if (unit === 'count') return format.quantity(value);
  if (unit === currency) return format.money(value, currency);
  if (unit.startsWith(`${currency}/`)) {
    return `${format.unitPrice(value, currency)} / ${priced(unit.slice(currency.length + 1))}`;
  }
  const [counted = '', ...per] = unit.split('/');
  return `${format.quantity(value)} ${[unitAfter(value, counted), ...per].join('/')}`;
}

/** What one pays a price for: `request`, or millions of them as `1M tokens`. */
function priced(unit: string): string {
  const [thing, many] = unit.split(' ').toReversed();
  return many === '1M' ? perText(1e6, thing ?? '') : unit;
}

/** When all one-off cost has come back at price, or why that is not said; a month as `monthText` writes it. */
export function paidBackText(
  {
    oneOff,
    paybackMonth,
    monthly,
    headlines,
  }: Pick<ScenarioAnswer, 'oneOff' | 'paybackMonth' | 'monthly' | 'headlines'>,
  monthText: (month: string) => string,
): string {
  if (oneOff === 0) return 'nothing to pay back';
  if (headlines.savingAtPrice === null || monthly.length === 0) return `${UNKNOWN}, the saving is not known`;
  const month = monthly[(paybackMonth ?? 0) - 1]?.month;
  return month === undefined ? 'not within the horizon' : `end of ${monthText(month)}`;
}

/** After how many months what is spent once has come back; `never` where nothing is saved, null where that is not known. */
export function paybackText(saving: number | null, months: number | null, format: Format): string | null {
  if (months !== null) return `${format.quantity(Math.round(months * 10) / 10)} months`;
  return saving === null ? null : 'never';
}

/** What a lever states, with its ends where they differ: `60 % (40 % to 80 %)`. */
export function statedText({ value, unit }: Stated, currency: string, format: Format): string {
  if (value === null) return 'not stated';
  if (typeof value === 'string') return value;
  const text = (amount: number): string => figureText(amount, unit, currency, format);
  if (typeof value === 'number') return text(value);
  const { low, base, high }: Range = value;
  return low === high ? text(base) : `${text(base)} (${text(low)} to ${text(high)})`;
}

/** The ends that an assumption was put to, in its own unit; in words where prices of one cause moved together. */
export function assumptionEnds(
  { range, unit }: Pick<Sensitivity, 'range' | 'unit'>,
  currency: string,
  format: Format,
): { readonly low: string; readonly high: string } {
  if (range === null || unit === null) return { low: 'the low end', high: 'the high end' };
  const text = (value: number): string => figureText(value, unit, currency, format);
  return { low: text(range.low), high: text(range.high) };
}

/** One figure by its unit; `currency` is the answer's. */
export function figureText(value: number, unit: StatedUnit, currency: string, format: Format): string {
  switch (unit) {
    case 'ratio':
      return format.percent(value);
    case 'money':
      return format.money(value, currency);
    case 'unit price':
      return format.unitPrice(value, currency);
    default:
      return format.quantity(value);
  }
}
