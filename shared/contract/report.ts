// A report as data: what a page prints and a Markdown file holds are the same headings, tables and lists.
import { z } from 'zod';
import { count, text } from './schemas.ts';

const cells = z.array(text).max(30);

export const reportBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), level: z.union([z.literal(2), z.literal(3)]), text }),
  z.object({ kind: z.literal('text'), text }),
  z.object({ kind: z.literal('list'), items: z.array(text).max(500) }),
  z.object({
    kind: z.literal('table'),
    header: cells,
    rows: z.array(cells).max(5000),
    /** Positions of rows that stand out. */
    strong: z.array(count).max(100),
  }),
]);
export type ReportBlock = z.infer<typeof reportBlock>;

export const report = z.object({
  schemaVersion: z.literal(1),
  title: text,
  blocks: z.array(reportBlock).max(1000),
});
export type Report = z.infer<typeof report>;
