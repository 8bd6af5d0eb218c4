// A cell of a table for figures, drawn without what the component library looks up for each of its own: a table of months has
// sixty of them, and a slider moves them all.
//
// children  the figure: Money, Tokens, Percent …
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './values.module.css';

const CELL = `${Table.classes.td} ${classes.cell}`;

export function FigureCell({ children }: { readonly children: ReactNode }) {
  return <td className={CELL}>{children}</td>;
}
