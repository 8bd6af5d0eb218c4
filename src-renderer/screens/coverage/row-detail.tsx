// Every cell of one row in words: the price with its regions, or the hole with its reason, and the way to the prices.
import { Anchor } from '@mantine/core';
import { GRID_HOLES } from '../../../shared/domain/pricing/coverage.ts';
import { METERS } from '../../../shared/domain/usage/vocabulary.ts';
import { valueName } from '../../../shared/format/names.ts';
import { perText } from '../../../shared/format/per.ts';
import { formatLocation, INITIAL_CONTEXT } from '../../app/location.ts';
import { useFormat } from '../../ui/format-context.ts';
import classes from './coverage.module.css';
import type { CoverageCell, CoverageRow, CoverageTable } from './coverage-state.ts';
import { HOLE_MARKS, NEVER_SEEN } from './holes.ts';
import { cellText, nameOf, placesText } from './matrix.tsx';

type Props = {
  readonly row: CoverageRow;
  readonly table: CoverageTable;
  readonly region: string | null;
  readonly date: string;
};

export function RowDetail({ row, table, region, date }: Props) {
  const format = useFormat();
  const facts = [
    row.provider,
    row.regionTier === null ? 'any tier' : valueName('regionTier', row.regionTier),
    ...(row.variant === null ? [] : [row.variant]),
    ...(row.term === 'none' ? [] : [valueName('term', row.term)]),
    region ?? 'every region with a price',
    `used on ${format.day(date)}`,
  ];
  const link = formatLocation({
    screen: 'pricing',
    context: INITIAL_CONTEXT,
    own: { q: row.model ?? row.provider, ...(region === null ? {} : { region }) },
  });
  return (
    <div className={classes.detail}>
      <div>
        <h3 className={classes.detailTitle}>{nameOf(row)}</h3>
        <p className={classes.detailFacts}>{facts.join(' · ')}</p>
        <Anchor href={link} size="sm">
          See these prices in the catalog
        </Anchor>
      </div>
      <ul className={classes.cells}>
        {table.columns.map(({ mode, meter }, index) => (
          <li key={`${mode} ${meter}`}>
            <span className={classes.cellName}>
              {valueName('mode', mode)}, {valueName('meter', meter).toLowerCase()}
            </span>
            <CellWords cell={row.cells[index] ?? null} unit={METERS[meter]} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function CellWords({ cell, unit }: { readonly cell: CoverageCell; readonly unit: string }) {
  const format = useFormat();
  if (cell === null) return <span className={classes.cellWhy}>{NEVER_SEEN}</span>;
  const billed =
    cell.billedLines === 0 ? null : (
      <span className={classes.cellWhy}>{format.count(cell.billedLines)} lines of the bill fall here.</span>
    );
  if (cell.kind === 'hole') {
    const { title, says } = GRID_HOLES[cell.hole];
    return (
      <>
        <span className={classes.mark} data-hole={cell.hole}>
          {HOLE_MARKS[cell.hole]}
        </span>
        <span className={classes.cellWhy}>
          {title}. {says}
        </span>
        {billed}
      </>
    );
  }
  return (
    <>
      <strong>
        {cellText(cell, format)} / {perText(cell.per, unit)}
      </strong>
      <span className={classes.cellWhy}>
        {placesText(cell.regions, format)}
        {cell.assumed ? ', assumed: derived and not published' : ''}
      </span>
      {billed}
    </>
  );
}
