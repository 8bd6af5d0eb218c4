// Something folded away under a line that says what it is; it is not drawn before somebody unfolds it.
import { type ReactNode, useState } from 'react';
import classes from './fold.module.css';

type Props = { readonly summary: ReactNode; readonly children: ReactNode };

export function Fold({ summary, children }: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <details className={classes.fold} onToggle={({ currentTarget }) => setOpened(currentTarget.open)}>
      <summary>{summary}</summary>
      {opened && children}
    </details>
  );
}
