// The classes of holes with their number, and what each means.
import { Tooltip } from '@mantine/core';
import { useFormat } from '../../ui/format-context.ts';
import classes from './coverage.module.css';
import type { Coverage } from './coverage-state.ts';
import { HOLE_MARKS, NEVER_SEEN } from './holes.ts';

export function HoleLegend({ holes }: { readonly holes: Coverage['holes'] }) {
  const format = useFormat();
  return (
    <dl className={classes.legend} aria-label="What an empty cell means">
      {holes.map(({ hole, title, says, count }) => (
        <Tooltip key={hole} label={says}>
          <div className={classes.legendEntry}>
            <dt>
              <span className={classes.mark} data-hole={hole} aria-hidden>
                {HOLE_MARKS[hole]}
              </span>
              {title}
            </dt>
            <dd>{format.count(count)}</dd>
          </div>
        </Tooltip>
      ))}
      <Tooltip label={NEVER_SEEN}>
        <div className={classes.legendEntry}>
          <dt>
            <span className={classes.never} aria-hidden>
              ·
            </span>
            Never seen
          </dt>
        </div>
      </Tooltip>
    </dl>
  );
}
