// One whole in a few parts, side by side in one bar, each part named with its amount and share beneath.
//
// label   what the whole is
// parts   id, label, value (negative parts are listed, not drawn), colour, hint
// format  prints a value
import type { CSSProperties, ReactNode } from 'react';
import { useFormat } from './format-context.ts';
import classes from './split-bar.module.css';

export type SplitPart = {
  readonly id: string;
  readonly label: string;
  /** null = not stated; negative parts are listed and not drawn. */
  readonly value: number | null;
  readonly colour: string;
  readonly aside?: ReactNode;
};

type Props = {
  readonly label: string;
  readonly parts: readonly SplitPart[];
  readonly format: (value: number | null) => string;
};

export function SplitBar({ label, parts, format }: Props) {
  const text = useFormat();
  const drawn = parts.flatMap((part) =>
    part.value !== null && part.value > 0 ? [{ ...part, value: part.value }] : [],
  );
  const whole = drawn.reduce((sum, { value }) => sum + value, 0);
  return (
    <div role="group" aria-label={label}>
      <div className={classes.bar} aria-hidden>
        {drawn.map((part) => (
          <span
            key={part.id}
            className={classes.part}
            style={{ flexGrow: part.value / whole, '--part': part.colour } as CSSProperties}
          />
        ))}
      </div>
      <dl className={classes.legend}>
        {parts.map((part) => (
          <div key={part.id} className={classes.entry}>
            <dt>
              <span className={classes.key} style={{ '--part': part.colour } as CSSProperties} aria-hidden />
              {part.label}
              {part.aside}
            </dt>
            <dd>
              {format(part.value)}
              <span className={classes.share}>
                {whole > 0 && part.value !== null && part.value >= 0 ? text.percent(part.value / whole) : ''}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
