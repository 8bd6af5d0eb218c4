// What the scenario is for, in the user's words; it travels with its exports.
import { Textarea } from '@mantine/core';
import { memo } from 'react';
import type { Edit } from './draft.ts';
import classes from './scenario.module.css';

type Props = {
  readonly note: string | null;
  readonly onEdit: (edit: Edit, touched: string | null) => void;
};

export const NoteField = memo(function NoteField({ note, onEdit }: Props) {
  return (
    <Textarea
      aria-label="Note"
      placeholder="Note: what this scenario is for, who asked, what it leaves out"
      rows={1}
      classNames={{ input: classes.note ?? '' }}
      maxLength={4096}
      value={note ?? ''}
      onChange={({ currentTarget: { value } }) =>
        onEdit({ type: 'set', part: { note: value === '' ? null : value } }, 'note')
      }
    />
  );
});
