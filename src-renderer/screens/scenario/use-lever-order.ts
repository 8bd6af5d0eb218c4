// Putting levers in order: by dragging a card by its handle, by keys, by buttons; every move is said aloud.
import { type DragEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Lever } from '../../../shared/domain/whatif/scenario.ts';
import type { Edit } from './draft.ts';
import { LEVER_TITLES } from './words.ts';

/** What a card needs to be dragged, dropped on and moved by keys; the same object for as long as the lever is there. */
export type CardOrder = {
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

type Drag = { readonly id: string; readonly over: string; readonly after: boolean };
type OnEdit = (edit: Edit, touched: string | null) => void;

/** What the handlers look up when something happens, so that they themselves never change. */
type Latest = {
  readonly levers: readonly Lever[];
  readonly drag: Drag | null;
  readonly setDrag: (drag: Drag | null) => void;
  readonly place: (id: string, to: number) => void;
};

export type LeverOrder = {
  readonly said: string;
  /** The lever that is dragged would come to stand before or after this one if it were dropped now. */
  readonly dropAt: (id: string) => 'before' | 'after' | null;
  readonly isDragged: (id: string) => boolean;
  readonly orderOf: (id: string) => CardOrder;
};

export function useLeverOrder(levers: readonly Lever[], onEdit: OnEdit): LeverOrder {
  const [drag, setDrag] = useState<Drag | null>(null);
  const [said, setSaid] = useState('');
  const place = (id: string, to: number): void => {
    const from = levers.findIndex((lever) => lever.id === id);
    const lever = levers[from];
    if (lever === undefined || to === from || to < 0 || to >= levers.length) return;
    onEdit({ type: 'placeLever', id, to }, null);
    setSaid(`${lever.label ?? LEVER_TITLES[lever.kind]} is now lever ${to + 1} of ${levers.length}.`);
  };
  const latest = useRef<Latest>({ levers, drag, setDrag, place });
  useLayoutEffect(() => {
    latest.current = { levers, drag, setDrag, place };
  });
  const [known] = useState(() => new Map<string, CardOrder>());
  const orderOf = (id: string): CardOrder => {
    const held = known.get(id) ?? cardOrder(id, latest);
    known.set(id, held);
    return held;
  };
  return {
    said,
    dropAt: (id) =>
      drag === null || drag.over !== id || drag.id === id ? null : drag.after ? 'after' : 'before',
    isDragged: (id) => drag?.id === id,
    orderOf,
  };
}

function isInLowerHalf({ clientY, currentTarget }: DragEvent<HTMLElement>): boolean {
  const { top, height } = currentTarget.getBoundingClientRect();
  return clientY > top + height / 2;
}

function cardOrder(id: string, latest: { readonly current: Latest }): CardOrder {
  const indexOf = (one: string): number => latest.current.levers.findIndex((lever) => lever.id === one);
  const moveBy = (by: -1 | 1): void => latest.current.place(id, indexOf(id) + by);
  return {
    moveBy,
    card: {
      onKeyDown: (event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        moveBy(event.key === 'ArrowUp' ? -1 : 1);
      },
      onDragOver: (event) => {
        const { drag, setDrag } = latest.current;
        if (drag === null) return;
        event.preventDefault();
        const after = isInLowerHalf(event);
        if (drag.over !== id || drag.after !== after) setDrag({ ...drag, over: id, after });
      },
      onDrop: (event) => {
        const { drag, setDrag, place } = latest.current;
        if (drag === null) return;
        event.preventDefault();
        // Where it is let go, not where it was last drawn: a quick hand is ahead of the drawing.
        place(drag.id, placeAfterDrop(indexOf(drag.id), indexOf(id), isInLowerHalf(event)));
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
        latest.current.setDrag({ id, over: id, after: false });
      },
      onDragEnd: () => latest.current.setDrag(null),
    },
  };
}

/** Where a lever from `from` comes to stand when it is dropped before or after the one at `over`. */
export function placeAfterDrop(from: number, over: number, after: boolean): number {
  const gap = after ? over + 1 : over;
  return gap > from ? gap - 1 : gap;
}
