// What the catalog covers: the grid of models against meters with its holes, and the usage types that get a price.
import { z } from 'zod';
import { GRID_HOLE_IDS, METER_GROUP_IDS } from '../domain/pricing/coverage.ts';
import { USAGE_HOLE_IDS } from '../domain/pricing/usage-coverage.ts';
import { contextBand, count, isoDay, meter, mode, name, regionTier, term, text } from './schemas.ts';

export const coverageInput = z.object({
  /** AWS region code; null = every region that has a price. */
  region: z.string().max(64).nullable().default(null),
  /** Day of the usage; null = today. */
  date: isoDay.nullable().default(null),
});

/** `null` in a row = no price of this purchase was ever seen, and nothing suggests that it is sold. */
const cell = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('priced'),
    /** USD for `per` base units, lowest and highest of the regions. */
    usdLow: z.number(),
    usdHigh: z.number(),
    per: z.number(),
    /** Regions with a price of their own; 0 = one price for every commercial region. */
    regions: count,
    assumed: z.boolean(),
    /** Lines of the open workspace that fall here. */
    billedLines: count,
  }),
  z.object({ kind: z.literal('hole'), hole: z.enum(GRID_HOLE_IDS), billedLines: count }),
]);

const hole = <Id extends string>(ids: readonly Id[]) =>
  z.object({ hole: z.enum(ids), title: text, says: text, count });

export const coverageAnswer = z.object({
  schemaVersion: z.literal(1),
  catalogVersion: name,
  date: isoDay,
  region: text.nullable(),
  /** Usage types published by others, read as an import reads them. */
  usage: z.object({
    strings: count,
    priced: count,
    /** Share (0…1) of the distinct strings that get a price. */
    share: z.number(),
    holes: z.array(hole(USAGE_HOLE_IDS)).max(50),
    readings: z
      .array(
        z.object({
          usageType: text,
          productCode: text,
          /** Product name or model attribute that stood beside the string; null = nothing did. */
          product: text.nullable(),
          unit: text.nullable(),
          family: text.nullable(),
          model: text.nullable(),
          meter: meter.nullable(),
          variant: text.nullable(),
          mode: mode.nullable(),
          region: text.nullable(),
          regionTier: regionTier.nullable(),
          usdLow: z.number().nullable(),
          usdHigh: z.number().nullable(),
          per: z.number().nullable(),
          /** null = priced. */
          hole: z.enum(USAGE_HOLE_IDS).nullable(),
          /** Ids of the prices that were used, or that came closest. */
          prices: z.array(name).max(20),
        }),
      )
      .max(2000),
  }),
  /** Distinct holes of the grid with their number of cells, the most pressing first. */
  holes: z.array(hole(GRID_HOLE_IDS)).max(50),
  groups: z
    .array(
      z.object({
        group: z.enum(METER_GROUP_IDS),
        columns: z.array(z.object({ mode, meter })).max(100),
        rows: z
          .array(
            z.object({
              provider: text,
              model: text.nullable(),
              variant: text.nullable(),
              term,
              regionTier: regionTier.nullable(),
              contextBand,
              cells: z.array(cell.nullable()).max(100),
            }),
          )
          .max(5000),
      }),
    )
    .max(20),
  /** Usage lines of the open workspace with and without a price. */
  billed: z.object({ lines: count, unpricedLines: count }),
});
