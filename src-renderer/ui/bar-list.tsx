// A ranking as rows with bars: name, bar, amount, share. Each row can be chosen to filter by it.
//
// items        id, label, value; colour of the bar; hint on hover; muted for "other" and "no value"
// format       prints the value
// onChoose     click or Enter on a row; left out = rows are not buttons
// changeOf     what stands at the right instead of the share
// whole        what the shares are of; null = the sum is not a whole, no shares
import { type CSSProperties, type ReactNode, useId } from 'react';
import classes from './bar-list.module.css';
import { useFormat } from './format-context.ts';

export type BarItem = {
  readonly id: string;
  readonly label: string;
  readonly value: number | null;
  readonly colour: string;
  readonly hint?: string;
  readonly muted?: boolean;
  /** False where a choice would mean nothing, such as "other". */
  readonly choosable?: boolean;
};

type Props = {
  readonly label: string;
  readonly items: readonly BarItem[];
  readonly format: (value: number | null) => string;
  readonly whole: number | null;
  readonly onChoose?: (id: string) => void;
  readonly changeOf?: (item: BarItem) => ReactNode;
};

export function BarList({ label, items, format, whole, onChoose, changeOf }: Props) {
  const text = useFormat();
  const id = useId();
  const largest = items.reduce((most, { value }) => Math.max(most, Math.abs(value ?? 0)), 0);
  return (
    <ul className={classes.list} aria-label={label}>
      {items.map((item) => {
        const part = largest === 0 || item.value === null ? 0 : Math.abs(item.value) / largest;
        const share = whole === null || whole === 0 || item.value === null ? null : item.value / whole;
        const content = (
          <>
            <span
              className={`${classes.name} ${item.muted === true ? classes.muted : ''}`}
              title={item.hint ?? item.label}
            >
              {item.label}
            </span>
            <span className={classes.value}>{format(item.value)}</span>
            <span className={classes.share}>
              {changeOf === undefined ? (share === null ? '' : text.percent(share)) : changeOf(item)}
            </span>
            <span className={classes.track} aria-hidden>
              <span
                className={classes.bar}
                data-negative={item.value !== null && item.value < 0 ? true : undefined}
                style={{ width: `${part * 100}%`, '--bar': item.colour } as CSSProperties}
              />
            </span>
          </>
        );
        return (
          <li key={`${id}-${item.id}`}>
            {onChoose === undefined || item.choosable === false ? (
              <div className={classes.row}>{content}</div>
            ) : (
              <button type="button" className={classes.row} onClick={() => onChoose(item.id)}>
                {content}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
