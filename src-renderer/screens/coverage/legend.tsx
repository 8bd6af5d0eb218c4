// How to read the grid: the unit of its amounts, and the classes of holes with their number.
import { useFormat } from '../../ui/format-context.ts';
import { Hint } from '../../ui/hint.tsx';
import classes from './coverage.module.css';
import type { Coverage, CoverageTable } from './coverage-state.ts';
import { HOLE_MARKS, NEVER_SEEN } from './holes.ts';
import { commonUnit } from './matrix.tsx';

type Props = { readonly table: CoverageTable; readonly holes: Coverage['holes'] };

export function CoverageLegend({ table, holes }: Props) {
  const format = useFormat();
  const unit = commonUnit(table);
  return (
    <dl className={classes.legend} aria-label="How to read the grid">
      {unit !== null && (
        <div className={classes.legendEntry}>
          <dt>Amounts</dt>
          <dd>{unit}</dd>
        </div>
      )}
      <div className={classes.legendEntry}>
        <dt className={classes.billed}>0.00</dt>
        <dd>on the bill</dd>
      </div>
      {holes.map(({ hole, title, says, count }) => (
        <Hint key={hole} label={says}>
          <div className={classes.legendEntry}>
            <dt>
              <span className={classes.mark} data-hole={hole} aria-hidden>
                {HOLE_MARKS[hole]}
              </span>
              {title}
            </dt>
            <dd>{format.count(count)}</dd>
          </div>
        </Hint>
      ))}
      <Hint label={NEVER_SEEN}>
        <div className={classes.legendEntry}>
          <dt>
            <span className={classes.never} aria-hidden>
              ·
            </span>
            Never seen
          </dt>
        </div>
      </Hint>
    </dl>
  );
}
