// What a chart is: the drawing as an ECharts literal, what each step says when pointed at, and the table behind it.
import type { EChartsOption } from 'echarts';

export type ReadoutRow = {
  readonly label: string;
  readonly value: string;
  /** null for rows without a mark in the chart. */
  readonly colour: string | null;
};

/** What is said of one step of the category axis. */
export type Readout = {
  readonly title: string;
  readonly rows: readonly ReadoutRow[];
  readonly total: ReadoutRow | null;
  readonly note: string | null;
};

export type ChartTable = {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** Which columns hold amounts, for alignment. */
  readonly numeric: readonly boolean[];
};

export type ChartSpec = {
  readonly option: EChartsOption;
  /** Which axis carries the steps. */
  readonly stepAxis: 'x' | 'y';
  /** One a step, in the order of the axis. */
  readonly readouts: readonly Readout[];
  readonly table: ChartTable;
  /** Names of the colours; empty where the chart labels its parts directly. */
  readonly legend: readonly { readonly label: string; readonly colour: string }[];
};

/** Prints amounts: `short` for ticks, `full` for read-outs. */
export type AmountText = {
  readonly short: (value: number) => string;
  readonly full: (value: number | null) => string;
};
