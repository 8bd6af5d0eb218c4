// The thumbs of a range: they follow the hand by themselves, and the rest of the screen follows them as fast as it can.
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useTransition } from 'react';
import { flushSync } from 'react-dom';
import type { Range } from '../../../shared/domain/whatif/scenario.ts';
import { BOUNDS, type Bound, fromPosition, type Scale, toPosition } from './range.ts';
import classes from './range-field.module.css';
import { BOUND_NAMES, type Writing, written } from './range-field.tsx';

type Props = {
  readonly label: string;
  readonly range: Range;
  readonly writing: Writing;
  readonly scale: Scale;
  readonly onMove: (bound: Bound, value: number) => void;
};

/** Positions of the thumbs in thousandths, so that arrow keys move by a visible step. */
const STEPS = 1000;
const stepOf = (value: number, scale: Scale): string => String(Math.round(toPosition(value, scale) * STEPS));

type Movement = { readonly bound: Bound; readonly value: number };

/**
 * A movement is told once the one before is drawn, the newest first: a hand is faster than a screen full of figures, and
 * every movement told would begin their drawing anew.
 */
function useMovements(onMove: Props['onMove']) {
  const waiting = useRef<Movement | null>(null);
  const newest = useRef<Movement | null>(null);
  const [drawing, startDrawing] = useTransition();
  const tell = useEffectEvent((): void => {
    const movement = waiting.current;
    waiting.current = null;
    if (movement !== null) startDrawing(() => onMove(movement.bound, movement.value));
  });
  useEffect(() => {
    if (!drawing) tell();
  }, [drawing]);
  const move = (movement: Movement): void => {
    waiting.current = movement;
    newest.current = movement;
    if (drawing) return;
    waiting.current = null;
    startDrawing(() => onMove(movement.bound, movement.value));
  };
  /** What comes next, such as saving, finds the thumb where the hand left it. */
  const settle = (): void => {
    const movement = newest.current;
    newest.current = null;
    waiting.current = null;
    if (drawing && movement !== null) flushSync(() => onMove(movement.bound, movement.value));
  };
  return { waiting, move, settle };
}

export function RangeThumbs({ label, range, writing, scale, onMove }: Props) {
  const track = useRef<HTMLDivElement>(null);
  const { waiting, move, settle } = useMovements(onMove);
  const low = toPosition(range.low, scale);
  const high = Math.max(toPosition(range.high, scale), low);
  useLayoutEffect(() => {
    for (const thumb of track.current?.querySelectorAll('input') ?? []) {
      const bound = BOUNDS.find((one) => one === thumb.dataset.bound);
      // A thumb that is ahead of what is drawn stays where the hand is.
      if (bound !== undefined && waiting.current?.bound !== bound) thumb.value = stepOf(range[bound], scale);
    }
  }, [range, scale, waiting]);
  return (
    <div ref={track} className={classes.track}>
      <div className={classes.rail} />
      <div
        className={classes.band}
        style={{ transform: `translateX(${low * 100}%) scaleX(${high - low})` }}
      />
      {BOUNDS.map((bound) => (
        <input
          key={bound}
          type="range"
          className={`${classes.thumb} ${classes[bound]}`}
          data-bound={bound}
          aria-label={`${label}, ${BOUND_NAMES[bound].toLowerCase()}, slider`}
          aria-valuetext={`${written(range[bound], writing)}${writing.suffix}`}
          min={0}
          max={STEPS}
          step={STEPS / 100}
          defaultValue={stepOf(range[bound], scale)}
          onBlur={settle}
          onKeyDown={({ key }) => {
            if (!key.startsWith('Arrow')) settle();
          }}
          onChange={({ currentTarget }) =>
            move({ bound, value: fromPosition(Number(currentTarget.value) / STEPS, scale) })
          }
        />
      ))}
    </div>
  );
}
