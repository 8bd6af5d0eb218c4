// A report as data: what a page prints and a Markdown file holds are the same headings, tables and lists. A chart is its
// figures: the page draws it, and a table beside it says the same.
import { z } from 'zod';
import { count, money, text } from './schemas.ts';

const cells = z.array(text).max(30);
const steps = z.array(
  z.object({
    id: text,
    label: text,
    kind: z.enum(['total', 'decrease', 'increase', 'none']),
    foot: money,
    head: money,
    amount: money,
    level: money,
    whisker: z.tuple([money, money]).nullable(),
  }),
);
const months = z.array(
  z.object({ short: text, long: text, saving: money, oneOff: money, cumulative: money }),
);
const bars = z.array(z.object({ label: text, atLow: money, atHigh: money, low: text, high: text }));

export const reportChart = z.discriminatedUnion('draws', [
  z.object({ draws: z.literal('waterfall'), steps: steps.max(500) }),
  /** `payback` is the month (1 = first) at whose end the one-off cost is paid back. */
  z.object({ draws: z.literal('savings'), months: months.max(600), payback: count.nullable() }),
  z.object({ draws: z.literal('tornado'), bars: bars.max(100), base: money }),
]);
export type ReportChart = z.infer<typeof reportChart>;

export const reportBlock = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('heading'),
    level: z.union([z.literal(2), z.literal(3)]),
    text,
    /** Begins a page where there are pages. */
    newPage: z.boolean(),
  }),
  z.object({ kind: z.literal('text'), text }),
  z.object({ kind: z.literal('list'), items: z.array(text).max(500) }),
  z.object({
    kind: z.literal('table'),
    header: cells,
    rows: z.array(cells).max(5000),
    /** Positions of rows that stand out. */
    strong: z.array(count).max(100),
  }),
  z.object({ kind: z.literal('chart'), describe: text, currency: text, chart: reportChart }),
]);
export type ReportBlock = z.infer<typeof reportBlock>;

export const report = z.object({
  schemaVersion: z.literal(1),
  title: text,
  /** Which workspace, imports, basis and day it comes from: stands on every page. */
  source: text,
  blocks: z.array(reportBlock).max(1000),
});
export type Report = z.infer<typeof report>;
