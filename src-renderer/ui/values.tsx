// Figures in running text and cells. Each takes null for "not known" and then prints a dash that says why.
//
// Money    value, currency, why      `$1,234.56`; the full amount on hover
// Tokens   value, why                `1.24 B`; the exact count on hover
// Percent  value (0…1), why
// Count    value, why
// UnitPrice value, currency, why     significant digits kept
// Change   now, before, currency     arrow, amount, percent: never colour alone
// Unknown  why                       the dash itself
import { createContext, useContext } from 'react';
import { difference } from '../../shared/domain/sum.ts';
import { type Format, UNKNOWN } from '../../shared/format/format.ts';
import { useFormat } from './format-context.ts';
import { Hint } from './hint.tsx';
import classes from './values.module.css';

type Known = { readonly value: number | null; readonly why?: string };

/**
 * True inside a table, where every dash would be a stop of the Tab key: they are passed over there, and their reason is
 * read with the cell.
 */
export const InTableContext = createContext(false);

export function Unknown({ why }: { readonly why: string }) {
  const inTable = useContext(InTableContext);
  return (
    <Hint label={why}>
      <button
        type="button"
        className={classes.unknown}
        tabIndex={inTable ? -1 : 0}
        aria-label={`Not known: ${why}`}
      >
        {UNKNOWN}
      </button>
    </Hint>
  );
}

const NOT_STATED = 'The data does not say.';

/** No component of its own: a slider moves a hundred of them at once. */
function figure(text: string, exact: string) {
  return (
    <span className={classes.figure} title={exact === text ? undefined : exact}>
      {text}
    </span>
  );
}

/** A known amount as `Money` prints it, for what draws many. */
export function moneyFigure(format: Format, value: number, currency: string) {
  return figure(format.money(value, currency), `${format.decimal(value, 10)} ${currency}`);
}

export function Money({ value, currency, why = NOT_STATED }: Known & { readonly currency: string }) {
  const format = useFormat();
  return value === null ? <Unknown why={why} /> : moneyFigure(format, value, currency);
}

export function Tokens({ value, why = NOT_STATED }: Known) {
  const format = useFormat();
  if (value === null) return <Unknown why={why} />;
  return figure(format.tokens(value), `${format.count(value)} tokens`);
}

export function Percent({ value, why = NOT_STATED }: Known) {
  const format = useFormat();
  if (value === null) return <Unknown why={why} />;
  return figure(format.percent(value), format.percent(value, 4));
}

export function Count({ value, why = NOT_STATED }: Known) {
  const format = useFormat();
  if (value === null) return <Unknown why={why} />;
  return figure(format.count(value), format.count(value));
}

export function UnitPrice({ value, currency, why = NOT_STATED }: Known & { readonly currency: string }) {
  const format = useFormat();
  if (value === null) return <Unknown why={why} />;
  return figure(format.unitPrice(value, currency), `${value} ${currency}`);
}

type ChangeProps = {
  readonly now: number | null;
  readonly before: number | null;
  readonly currency: string;
  /** Left out: only the percentage, for narrow places. */
  readonly short?: boolean;
};

/** Difference to a comparison value; says so when there is nothing to compare with. */
export function Change({ now, before, currency, short = false }: ChangeProps) {
  const format = useFormat();
  if (now === null || before === null) return <Unknown why="Nothing is held for the days compared with." />;
  const change = difference(now, before);
  const share = before === 0 ? null : change / Math.abs(before);
  const arrow = change > 0 ? '▲' : change < 0 ? '▼' : '=';
  const percent = share === null ? (change === 0 ? '0.0%' : 'new') : format.percentChange(share);
  return (
    <span className={classes.change} title={`${format.money(before, currency)} before`}>
      <span className={classes.arrow} aria-hidden>
        {arrow}
      </span>
      {short ? percent : `${format.moneyChange(change, currency)} (${percent})`}
    </span>
  );
}
