// A surface with a heading, for one question.
//
// title     heading; also the panel's name for screen readers
// aside     what stands at the right of the heading: unit, switch, buttons
// note      one line under the heading
// grow      fills the height its container leaves, and scrolls inside
import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './panel.module.css';

type Props = {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly note?: ReactNode;
  readonly grow?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

export function Panel({ title, aside = null, note = null, grow = false, className = '', children }: Props) {
  const id = useId();
  return (
    <section className={`${classes.panel} ${grow ? classes.grow : ''} ${className}`} aria-labelledby={id}>
      <header className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {aside !== null && <div className={classes.aside}>{aside}</div>}
      </header>
      {note !== null && <p className={classes.note}>{note}</p>}
      <div className={classes.body}>{children}</div>
    </section>
  );
}
