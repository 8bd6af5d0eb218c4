// The card beside the pointed step of a chart: sorted amounts and their total.
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { Readout } from '../../shared/charts/spec.ts';
import classes from './chart.module.css';

const MOST_ROWS = 10;
const GAP = 12;

type Props = {
  readonly readout: Readout;
  readonly x: number;
  readonly y: number;
  readonly within: RefObject<HTMLDivElement | null>;
};

export function ChartReadout({ readout, x, y, within }: Props) {
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: x + GAP, top: y });
  useLayoutEffect(() => {
    const size = card.current?.getBoundingClientRect();
    const room = within.current?.getBoundingClientRect();
    if (size === undefined || room === undefined) return;
    const right = x + GAP + size.width <= room.width;
    setPlace({
      left: right ? x + GAP : Math.max(0, x - GAP - size.width),
      top: Math.max(0, Math.min(y - size.height / 2, room.height - size.height)),
    });
  }, [x, y, within]);
  const shown = readout.rows.slice(0, MOST_ROWS);
  const hidden = readout.rows.length - shown.length;
  return (
    <div ref={card} className={classes.readout} style={place}>
      <div className={classes.readoutTitle}>{readout.title}</div>
      {shown.map(({ label, value, colour }) => (
        <div key={label} className={classes.readoutRow}>
          <span className={classes.mark} style={{ background: colour ?? 'transparent' }} />
          <span className={classes.readoutLabel}>{label}</span>
          <span className={classes.readoutValue}>{value}</span>
        </div>
      ))}
      {hidden > 0 && <div className={classes.readoutNote}>and {hidden} more, in the table view</div>}
      {readout.total !== null && (
        <div className={`${classes.readoutRow} ${classes.readoutTotal}`}>
          <span className={classes.mark} />
          <span className={classes.readoutLabel}>{readout.total.label}</span>
          <span className={classes.readoutValue}>{readout.total.value}</span>
        </div>
      )}
      {readout.note !== null && <div className={classes.readoutNote}>{readout.note}</div>}
    </div>
  );
}

export function readoutText({ title, rows, total, note }: Readout): string {
  const parts = [...rows, ...(total === null ? [] : [total])].map(({ label, value }) => `${label} ${value}`);
  return [title, ...parts, ...(note === null ? [] : [note])].join(', ');
}
