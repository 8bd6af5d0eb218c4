// A backup beside a workspace, as a person who has to choose one needs to know it.
import { z } from 'zod';
import { count, name, text } from './schemas.ts';

export const backupInfo = z.object({
  /** Its file name: what a choice is made by. Never a path. */
  name,
  /** ISO time it was made. */
  at: z.string().max(32),
  bytes: count,
  /** `unusable`: damaged itself, or from a newer Assay; `problem` says which. */
  state: z.enum(['sound', 'unusable']),
  problem: text.nullable(),
  /** What answers questions in it; null where it cannot be read. */
  holds: z
    .object({
      payers: count,
      months: z.array(z.string().max(7)).max(1200),
      /** Lines of the bills, those held as daily sums among them. */
      lineItems: count,
      lastImportAt: z.string().max(32).nullable(),
    })
    .nullable(),
});
export type BackupInfo = z.infer<typeof backupInfo>;

export const backupList = z.array(backupInfo).max(50);
