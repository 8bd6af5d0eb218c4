// One setting: its name, what it does, and its control.
import type { ReactNode } from 'react';
import classes from './settings.module.css';

type Props = { readonly label: string; readonly hint: string; readonly children: ReactNode };

export function Row({ label, hint, children }: Props) {
  return (
    <div className={classes.row}>
      <div>
        <div className={classes.label}>{label}</div>
        <div className={classes.hint}>{hint}</div>
      </div>
      <div>{children}</div>
    </div>
  );
}
