// Rows and cells of a table for figures, drawn without what the component library looks up for each of its own: a table of months
// has sixty cells, and a slider moves them all.
//
// children  of a cell the figure: Money, Tokens, Percent …; of a row its cells
import { Table } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { useFormat } from './format-context.ts';
import classes from './values.module.css';
import { moneyFigure, Unknown } from './values.tsx';

const CELL = `${Table.classes.td} ${classes.cell}`;

export function FigureCell({ children }: { readonly children: ReactNode }) {
  return <td className={CELL}>{children}</td>;
}

/** `why` says why a null is not known. */
type MoneyProps = { readonly value: number | null; readonly currency: string; readonly why: string };

/** An amount; drawn anew only when it is another. */
export const MoneyCell = memo(function MoneyCell({ value, currency, why }: MoneyProps) {
  const format = useFormat();
  return (
    <td className={CELL}>{value === null ? <Unknown why={why} /> : moneyFigure(format, value, currency)}</td>
  );
});

type RowProps = { readonly muted?: boolean; readonly children: ReactNode };

/** Muted: stands for something that is switched off. */
export function FigureRow({ muted = false, children }: RowProps) {
  return (
    <tr className={Table.classes.tr} data-with-row-border data-muted={muted || undefined}>
      {children}
    </tr>
  );
}

/** What the row is of. */
export function NameCell({ children }: { readonly children: ReactNode }) {
  return <td className={Table.classes.td}>{children}</td>;
}
