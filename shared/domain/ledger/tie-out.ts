// Holds the figure of an invoice, as a person typed it, against what is held: converted, equal or not, and by how much.
import { totalsAgree } from '../sum.ts';

export const TIE_STATES = ['ties', 'differs', 'no_figure', 'estimated', 'not_tied'] as const;
/**
 * `estimated`: AWS has not issued the invoice, so that a difference proves nothing yet. `not_tied`: the bill is none
 * that an invoice of AWS adds up to, so that neither agreement nor difference would mean anything.
 */
export type TieState = (typeof TIE_STATES)[number];

/** An amount or a rate as typed: digits with a point, no grouping. */
export const DECIMAL_PATTERN = /^-?\d{1,15}(?:\.\d{1,10})?$/u;

export type TypedFigure = {
  readonly amount: string;
  /** Currency of the invoice. */
  readonly currency: string;
  /** Units of the invoice's currency for one unit of the export's; null where both are the same. */
  readonly rate: string | null;
};

export type HeldAmount = {
  /** Sum on the basis that adds up to the invoice. */
  readonly amount: number;
  /** Σ|amount|: the volume that "equal" is measured against. */
  readonly absolute: number;
};

export type Tie = {
  readonly state: TieState;
  /** What is held, in the invoice's currency; null without a figure. */
  readonly expected: number | null;
  /** `expected` − figure; exactly 0 where only the adding of doubles is between them. Null without a figure. */
  readonly difference: number | null;
  /** The difference from which it no longer ties: one unit of the figure's last decimal. */
  readonly tolerance: number | null;
  /** What the typed rate's own rounding can explain of the difference; null without a rate. */
  readonly rateSlack: number | null;
};

/** Of a bill that is held against no invoice. */
export const NOT_TIED: Tie = {
  state: 'not_tied',
  expected: null,
  difference: null,
  tolerance: null,
  rateSlack: null,
};

/** Currencies that are invoiced without decimals; all others have cents. */
const WHOLE_CURRENCIES: readonly string[] = ['CLP', 'IDR', 'ISK', 'JPY', 'KRW', 'VND'];

/**
 * Ties a typed figure to what is held. An invoice is rounded once, to its currency's decimals or to more where more
 * were typed; anything below one unit of the last decimal is that rounding, everything else is a difference.
 */
export function tieFigure(held: HeldAmount, figure: TypedFigure | null, estimated: boolean): Tie {
  if (figure === null) {
    const nothing = { expected: null, difference: null, tolerance: null, rateSlack: null };
    if (estimated) return { ...nothing, state: 'estimated' };
    // Rows that cost nothing need no figure.
    return { ...nothing, state: held.absolute === 0 ? 'ties' : 'no_figure' };
  }
  const rate = figure.rate === null ? 1 : Number(figure.rate);
  const expected = held.amount * rate;
  const stated = Number(figure.amount);
  const isEqual = totalsAgree(expected, stated, Math.max(held.absolute * rate, Math.abs(stated)));
  const difference = isEqual ? 0 : expected - stated;
  const tolerance = unitOfLastDecimal(figure);
  const ties = Math.abs(difference) < tolerance * (1 - 1e-9);
  return {
    state: estimated ? 'estimated' : ties ? 'ties' : 'differs',
    expected,
    difference,
    tolerance,
    rateSlack: figure.rate === null ? null : (Math.abs(held.amount) * lastDecimal(figure.rate)) / 2,
  };
}

function unitOfLastDecimal({ amount, currency }: TypedFigure): number {
  return Math.min(lastDecimal(amount), WHOLE_CURRENCIES.includes(currency) ? 1 : 0.01);
}

/** 0.01 for `12.34`, 1 for `12`. */
function lastDecimal(text: string): number {
  const decimals = text.split('.')[1]?.length ?? 0;
  return Number(`1e-${decimals}`);
}

/**
 * The state of a whole invoice: its own figure decides; without one, the figures of its charge types do, and they tie
 * it only when each has one.
 */
export function stateOfInvoice(whole: TieState, chargeTypes: readonly TieState[]): TieState {
  if (whole !== 'no_figure') return whole === 'ties' && chargeTypes.includes('differs') ? 'differs' : whole;
  if (chargeTypes.includes('differs')) return 'differs';
  return chargeTypes.length > 0 && chargeTypes.every((state) => state === 'ties') ? 'ties' : 'no_figure';
}
