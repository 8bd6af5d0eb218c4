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

/**
 * The parts of a drawing that move with its figures, at a step of the axis and at amounts: what is enough to draw them
 * anew over axes that stay.
 */
export type Figures = {
  /** Names all the rest of the drawing: two of one frame differ in their figures only. */
  readonly frame: string;
  readonly bars: readonly Bar[];
  /** Pixels. */
  readonly barMaxWidth: number;
  readonly barRadius: number;
  /** Thin lines from low to high, in the colour of the words. */
  readonly ranges: readonly { readonly step: number; readonly low: number; readonly high: number }[];
  /** Each over the amount it belongs to. */
  readonly words: readonly { readonly step: number; readonly over: number; readonly text: string }[];
  readonly line: { readonly amounts: readonly number[]; readonly name: string } | null;
  /** Of words, ranges and line. */
  readonly ink: string;
};
export type Bar = {
  readonly step: number;
  readonly from: number;
  readonly to: number;
  readonly colour: string;
};

export type ChartSpec = {
  readonly option: EChartsOption;
  /** null where the drawing has parts of other kinds, which only all of it together can move. */
  readonly figures: Figures | null;
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
