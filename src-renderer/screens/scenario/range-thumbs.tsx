// The thumbs of a range: they follow the hand by themselves, and the rest of the screen follows them as fast as it can.
import { useLayoutEffect, useRef } from 'react';
import type { Range } from '../../../shared/domain/whatif/scenario.ts';
import { move, settleMovement } from './movement.ts';
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

export function RangeThumbs({ label, range, writing, scale, onMove }: Props) {
  const track = useRef<HTMLDivElement>(null);
  const low = toPosition(range.low, scale);
  const high = Math.max(toPosition(range.high, scale), low);
  useLayoutEffect(() => {
    for (const thumb of track.current?.querySelectorAll('input') ?? []) {
      const bound = BOUNDS.find((one) => one === thumb.dataset.bound);
      if (bound !== undefined) thumb.value = stepOf(range[bound], scale);
    }
  }, [range, scale]);
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
          onBlur={settleMovement}
          onKeyDown={({ key }) => {
            if (!key.startsWith('Arrow')) settleMovement();
          }}
          onChange={({ currentTarget }) =>
            move(() => onMove(bound, fromPosition(Number(currentTarget.value) / STEPS, scale)))
          }
        />
      ))}
    </div>
  );
}
