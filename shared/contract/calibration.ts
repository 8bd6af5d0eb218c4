// Published figures against ours: one row an example, with what it is made of and whether the two agree.
import { z } from 'zod';
import { DOCUMENT_IDS, EXAMPLE_KINDS, EXAMPLE_UNITS, VERDICTS } from '../domain/calibration/example.ts';
import { count, isoDay, name, text } from './schemas.ts';

const figure = z.number();

export const calibrationAnswer = z.object({
  schemaVersion: z.literal(1),
  catalogVersion: name,
  /** Examples by kind, and by verdict. */
  kinds: z.array(z.object({ kind: z.enum(EXAMPLE_KINDS), count })).max(EXAMPLE_KINDS.length),
  verdicts: z.array(z.object({ verdict: z.enum(VERDICTS), count })).max(VERDICTS.length),
  rows: z
    .array(
      z.object({
        id: name,
        document: z.enum(DOCUMENT_IDS),
        title: text,
        /** Day the publication states; null = none. */
        documentDate: isoDay.nullable(),
        kind: z.enum(EXAMPLE_KINDS),
        says: text,
        unit: z.enum(EXAMPLE_UNITS),
        published: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('figures'), values: z.array(figure).max(20), within: z.number() }),
          z.object({ kind: z.literal('range'), from: figure, to: figure.nullable() }),
          z.object({ kind: z.literal('text'), text }),
        ]),
        inputs: text,
        /** Day whose prices were used; null where none are. */
        day: isoDay.nullable(),
        /** null in it = no single price; null = not computable. */
        ours: z.array(figure.nullable()).max(20).nullable(),
        verdict: z.enum(VERDICTS),
        /** Whether our figure still supports the verdict: false means that the catalog and the example part ways. */
        holds: z.boolean(),
        note: text,
      }),
    )
    .max(2000),
});
