// Where the keyboard goes when levers come and go: to the new card, or to the neighbour of one that is gone.
import { useCallback, useEffect, useRef } from 'react';
import { freeId } from '../../../shared/domain/whatif/new-levers.ts';
import type { Lever } from '../../../shared/domain/whatif/scenario.ts';
import type { Edit } from './draft.ts';

type OnEdit = (edit: Edit, touched: string | null) => void;

/** Where no card is left. */
const ADDER = '[data-add-lever]';
const cardOf = (id: string): string => `[data-lever="${CSS.escape(id)}"]`;

/** `onEdit` with the focus following the cards that it adds and removes. */
export function useLeverFocus(levers: readonly Lever[], onEdit: OnEdit): OnEdit {
  const wanted = useRef<string | null>(null);
  const held = useRef(levers);
  useEffect(() => {
    held.current = levers;
    const target = wanted.current;
    if (target === null) return;
    wanted.current = null;
    const element = document.querySelector<HTMLElement>(target);
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: 'nearest' });
  }, [levers]);
  return useCallback(
    (edit, touched) => {
      wanted.current = focusAfter(edit, held.current);
      onEdit(edit, touched);
    },
    [onEdit],
  );
}

/** What is looked for once the edit is made; null = the focus stays where it is. */
function focusAfter(edit: Edit, levers: readonly Lever[]): string | null {
  switch (edit.type) {
    case 'addLever':
      return cardOf(freeId(levers, edit.kind));
    case 'duplicateLever': {
      const copied = levers.find(({ id }) => id === edit.id);
      return copied === undefined ? null : cardOf(freeId(levers, copied.kind));
    }
    case 'removeLever': {
      const index = levers.findIndex(({ id }) => id === edit.id);
      const neighbour = levers[index + 1] ?? levers[index - 1];
      return neighbour === undefined ? ADDER : cardOf(neighbour.id);
    }
    default:
      return null;
  }
}
