// The grid of models against modes and meters: an amount where a price is known, the kind of hole where it is not.
import { useMemo } from 'react';
import { GRID_HOLES } from '../../../shared/domain/pricing/coverage.ts';
import { METERS, type Meter } from '../../../shared/domain/usage/vocabulary.ts';
import type { Format } from '../../../shared/format/format.ts';
import { MODE_NAMES, valueName } from '../../../shared/format/names.ts';
import { perText } from '../../../shared/format/per.ts';
import { useNotice } from '../../app/notice.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import classes from './coverage.module.css';
import { type CoverageCell, type CoverageRow, type CoverageTable, rowKey } from './coverage-state.ts';
import { HOLE_MARKS, NEVER_SEEN } from './holes.ts';

type Props = {
  readonly table: CoverageTable;
  readonly rows: readonly CoverageRow[];
  readonly open: string | null;
  readonly onOpen: (row: CoverageRow) => void;
};

export function CoverageMatrix({ table, rows, open, onOpen }: Props) {
  const format = useFormat();
  const { say } = useNotice();
  const columns = useMemo(() => matrixColumns(table, format), [table, format]);
  return (
    <section className={classes.matrix} aria-label="Prices by model and meter">
      <Grid<CoverageRow>
        label="Prices by model and meter"
        columns={columns}
        rows={rows}
        rowKey={rowKey}
        onActivate={onOpen}
        activeKey={open}
        height="fill"
        empty="No row matches. Search for fewer words, or show all rows."
        onCopied={(count) => say(`Copied ${count} rows`)}
      />
    </section>
  );
}

type Column = GridColumn<CoverageRow>;

function matrixColumns(table: CoverageTable, format: Format): readonly Column[] {
  const has = (part: (row: CoverageRow) => boolean): boolean => table.rows.some(part);
  const who: readonly Column[] = [
    {
      id: 'model',
      header: 'Model or feature',
      kind: 'text',
      width: 250,
      value: nameOf,
      render: (row) => (
        <>
          {nameOf(row)}
          {row.variant !== null && <span className={classes.variant}>{row.variant}</span>}
        </>
      ),
      hint: 'As AWS prints it, with the variant; features have no model',
    },
    {
      id: 'tier',
      header: 'Tier',
      kind: 'text',
      width: 76,
      value: ({ regionTier }) => (regionTier === null ? 'Any' : valueName('regionTier', regionTier)),
      hint: 'Region tier. Any: no price of the model names one',
    },
  ];
  const term: Column = {
    id: 'term',
    header: 'Term',
    kind: 'text',
    width: 78,
    value: ({ term: code }) => (code === 'none' ? '' : valueName('term', code)),
  };
  return [
    ...who,
    ...(has((row) => row.term !== 'none') ? [term] : []),
    ...table.columns.map((column, index) => priceColumn(table, column, index, format)),
  ];
}

/** What the amounts of a column are paid in: `USD / 1M tokens`. */
function unitOf(table: CoverageTable, { meter }: CoverageTable['columns'][number], index: number): string {
  const priced = table.rows.map((row) => row.cells[index]).find((cell) => cell?.kind === 'priced');
  return priced?.kind === 'priced' ? `USD / ${perText(priced.per, METERS[meter])}` : METERS[meter];
}

/** The unit of every amount of the grid, or null where columns differ and each has its own in its header. */
export function commonUnit(table: CoverageTable): string | null {
  const units = new Set(table.columns.map((column, index) => unitOf(table, column, index)));
  const [only] = units;
  return units.size === 1 && only !== undefined ? only : null;
}

export function nameOf({ model, provider, contextBand }: CoverageRow): string {
  return `${model ?? provider}${contextBand === 'long' ? ', long context' : ''}`;
}

/** The grid has many columns: the long names stand in the header's hint and in the row's detail. */
const SHORT_NAMES: Readonly<Partial<Record<Meter, string>>> = {
  cache_write_5m: 'Write 5 min',
  cache_write_30m: 'Write 30 min',
  cache_write_1h: 'Write 1 h',
  custom_model_unit_minute: 'CMU minutes',
  custom_model_unit_month: 'CMU months',
  model_unit_hour: 'MU hours',
  tpm_hour: 'TPM hours',
};

function priceColumn(
  table: CoverageTable,
  column: CoverageTable['columns'][number],
  index: number,
  format: Format,
): Column {
  const { mode, meter } = column;
  const cellOf = (row: CoverageRow): CoverageCell => row.cells[index] ?? null;
  const unit = unitOf(table, column, index);
  const inHeader = commonUnit(table) === null ? unit : '';
  const name = valueName('meter', meter);
  const short = SHORT_NAMES[meter] ?? name;
  const header = mode === 'on_demand' ? short : `${MODE_NAMES[mode]} ${short.toLowerCase()}`;
  const texts = table.rows
    .map(cellOf)
    .map((cell) => (cell?.kind === 'priced' ? amountsText(cell, format) : ''));
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  return {
    id: `${mode}-${meter}`,
    header,
    ...(inHeader === '' ? {} : { unit: inHeader }),
    kind: 'number',
    width: Math.max(72, (header.length + inHeader.length) * 7.4 + 36, longest * 8 + 18),
    hint: `${MODE_NAMES[mode]}, ${name}, ${unit}`,
    value: (row) => {
      const cell = cellOf(row);
      return cell === null ? null : cell.kind === 'priced' ? cell.usdLow : HOLE_MARKS[cell.hole];
    },
    render: (row) => <Cell cell={cellOf(row)} unit={unit} format={format} />,
  };
}

type CellProps = { readonly cell: CoverageCell; readonly unit: string; readonly format: Format };

function Cell({ cell, unit, format }: CellProps) {
  if (cell === null) {
    return (
      <span className={classes.never} title={NEVER_SEEN}>
        ·
      </span>
    );
  }
  const billed = cell.billedLines > 0 ? ` ${format.count(cell.billedLines)} lines of the bill.` : '';
  if (cell.kind === 'hole') {
    const { title, says } = GRID_HOLES[cell.hole];
    return (
      <span className={classes.mark} data-hole={cell.hole} title={`${title}. ${says}${billed}`}>
        {HOLE_MARKS[cell.hole]}
      </span>
    );
  }
  return (
    <span
      className={cell.billedLines > 0 ? classes.billed : undefined}
      title={`${cellText(cell, format)} ${unit}, ${placesText(cell.regions, format)}.${billed}`}
    >
      {amountsText(cell, format)}
      {cell.assumed && <span className={classes.assumed}> *</span>}
    </span>
  );
}

type Priced = Extract<NonNullable<CoverageCell>, { kind: 'priced' }>;

/** The amount as the header's unit has it, `from–to` where regions differ. */
function amountsText({ usdLow, usdHigh }: Priced, format: Format): string {
  const text = (usd: number): string => format.unitPrice(usd, '');
  return usdLow === usdHigh ? text(usdLow) : `${text(usdLow)}–${text(usdHigh)}`;
}

export function cellText({ usdLow, usdHigh }: Priced, format: Format): string {
  const text = (usd: number): string => format.unitPrice(usd, 'USD');
  return usdLow === usdHigh ? text(usdLow) : `${text(usdLow)} to ${text(usdHigh)}`;
}

export function placesText(regions: number, format: Format): string {
  if (regions === 0) return 'one price for every commercial region';
  return regions === 1 ? 'one region' : `${format.count(regions)} regions`;
}
