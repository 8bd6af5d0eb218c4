// Putting levers in order: by dragging a card by its handle, by keys, by buttons; every move is said aloud.
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import type { Lever } from '../../../shared/domain/whatif/scenario.ts';
import type { Edit } from './draft.ts';
import { LEVER_TITLES } from './words.ts';

/** What a card needs to be dragged, dropped on and moved by keys. */
export type CardOrder = {
  /** The lever would come to stand before or after this card if it were dropped now. */
  readonly dropAt: 'before' | 'after' | null;
  readonly dragged: boolean;
  readonly moveBy: (by: -1 | 1) => void;
  readonly card: {
    onKeyDown: (event: KeyboardEvent) => void;
    onDragOver: (event: DragEvent<HTMLElement>) => void;
    onDrop: (event: DragEvent<HTMLElement>) => void;
  };
  readonly handle: {
    draggable: true;
    onDragStart: (event: DragEvent<HTMLElement>) => void;
    onDragEnd: () => void;
  };
};

type Drag = { readonly id: string; readonly over: number; readonly after: boolean };

export function useLeverOrder(
  levers: readonly Lever[],
  onEdit: (edit: Edit, touched: string | null) => void,
): { readonly said: string; readonly orderOf: (index: number) => CardOrder } {
  const [drag, setDrag] = useState<Drag | null>(null);
  const [said, setSaid] = useState('');
  const place = (id: string, to: number): void => {
    const from = levers.findIndex((lever) => lever.id === id);
    const lever = levers[from];
    if (lever === undefined || to === from || to < 0 || to >= levers.length) return;
    onEdit({ type: 'placeLever', id, to }, null);
    setSaid(`${lever.label ?? LEVER_TITLES[lever.kind]} is now lever ${to + 1} of ${levers.length}.`);
  };
  const orderOf = (index: number): CardOrder => {
    const id = levers[index]?.id ?? '';
    const moveBy = (by: -1 | 1): void => place(id, index + by);
    return {
      dropAt: drag === null || drag.over !== index || drag.id === id ? null : drag.after ? 'after' : 'before',
      dragged: drag?.id === id,
      moveBy,
      card: {
        onKeyDown: (event) => {
          if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
          event.preventDefault();
          moveBy(event.key === 'ArrowUp' ? -1 : 1);
        },
        onDragOver: (event) => {
          if (drag === null) return;
          event.preventDefault();
          const { top, height } = event.currentTarget.getBoundingClientRect();
          const after = event.clientY > top + height / 2;
          if (drag.over !== index || drag.after !== after) setDrag({ ...drag, over: index, after });
        },
        onDrop: (event) => {
          if (drag === null) return;
          event.preventDefault();
          const from = levers.findIndex((lever) => lever.id === drag.id);
          place(drag.id, placeAfterDrop(from, index, drag.after));
          setDrag(null);
        },
      },
      handle: {
        draggable: true,
        onDragStart: (event) => {
          const card = event.currentTarget.closest('section');
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', id);
          if (card !== null) event.dataTransfer.setDragImage(card, 16, 16);
          setDrag({ id, over: index, after: false });
        },
        onDragEnd: () => setDrag(null),
      },
    };
  };
  return { said, orderOf };
}

/** Where a lever from `from` comes to stand when it is dropped before or after the one at `over`. */
export function placeAfterDrop(from: number, over: number, after: boolean): number {
  const gap = after ? over + 1 : over;
  return gap > from ? gap - 1 : gap;
}
