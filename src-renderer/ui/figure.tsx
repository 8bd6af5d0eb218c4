// One figure with its name: what it is, how much, in which unit, what changed, and where it comes from.
//
// label        the figure's name
// value        the figure, already a component or text (Money, Percent …)
// unit         printed small beside the value
// size         `lead` for the one figure a screen is about, else `normal`
// detail       line under the value: change, share, explanation of a dash
// explanation  opens "where does this come from"; null where the figure is plain
// mark         a state of its own beside the name ("estimated", "2 rates missing")
import type { ReactNode } from 'react';
import { Explain, type Explanation } from './explain.tsx';
import classes from './figure.module.css';

type Props = {
  readonly label: string;
  readonly value: ReactNode;
  readonly unit?: string;
  readonly size?: 'lead' | 'normal';
  readonly detail?: ReactNode;
  readonly explanation?: Explanation | null;
  readonly mark?: string | null;
};

export function Figure({
  label,
  value,
  unit,
  size = 'normal',
  detail = null,
  explanation = null,
  mark = null,
}: Props) {
  return (
    <div className={classes.figure} role="group" aria-label={label}>
      <div className={classes.head}>
        <span className={classes.label}>{label}</span>
        {mark !== null && (
          <span className={classes.mark} title={mark}>
            {mark}
          </span>
        )}
        {explanation !== null && <Explain explanation={explanation} />}
      </div>
      <div className={size === 'lead' ? classes.lead : classes.value}>
        {value}
        {unit !== undefined && <span className={classes.unit}>{unit}</span>}
      </div>
      {detail !== null && <div className={classes.detail}>{detail}</div>}
    </div>
  );
}
