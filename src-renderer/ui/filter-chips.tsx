// Conditions as chips that can be taken off one by one.
//
// chips     id, text ("Model is Nova Lite"); onEdit is offered where a chip can be changed
// onRemove  takes one off; onClear takes all off when there are several
// children  what stands behind the chips, such as the button that adds one
import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './filter-chips.module.css';

export type FilterChip = { readonly id: string; readonly text: string };

type Props = {
  readonly chips: readonly FilterChip[];
  readonly onRemove: (id: string) => void;
  readonly onClear: () => void;
  readonly children?: ReactNode;
};

export function FilterChips({ chips, onRemove, onClear, children }: Props) {
  return (
    <div className={classes.chips} role="group" aria-label="Filters">
      {chips.map(({ id, text }) => (
        <span key={id} className={classes.chip}>
          <span className={classes.text} title={text}>
            {text}
          </span>
          <CloseButton
            size={18}
            iconSize={12}
            aria-label={`Remove filter ${text}`}
            onClick={() => onRemove(id)}
          />
        </span>
      ))}
      {children}
      {chips.length > 1 && (
        <button type="button" className={classes.clear} onClick={onClear}>
          Clear all
        </button>
      )}
    </div>
  );
}
