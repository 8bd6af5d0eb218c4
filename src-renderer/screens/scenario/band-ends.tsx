// How far an amount reaches, in small type under it.
//
// band      its low and high end
// currency  of the amount
// The result is nothing where both ends are the amount itself.
import type { Band } from '../../../shared/domain/whatif/answer.ts';
import type { Format } from '../../../shared/format/format.ts';
import { hasSpread } from './ledger-view.ts';
import classes from './scenario.module.css';

/** A function, not a component: a ledger in motion has dozens of them. */
export function bandEnds(format: Format, band: Band, currency: string) {
  if (!hasSpread(band)) return null;
  const [from, to] = format.moneyEnds(band.low, band.high, currency);
  return (
    <span className={classes.ends}>
      <span>{from} to</span> <span>{to}</span>
    </span>
  );
}
