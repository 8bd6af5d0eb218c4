// What the engine and its host tell without being asked.
import { z } from 'zod';
import { backupList } from './backups.ts';
import { failure } from './failure.ts';
import { importProgress } from './import.ts';
import { count, name } from './schemas.ts';

/** Lines on their way to new prices: `series` whose price changed, and `done` of `total` portions of the lines. */
export const repricing = z.object({ catalogVersion: name, series: count, done: count, total: count });
export type Repricing = z.infer<typeof repricing>;

export const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('import.progress'), progress: importProgress }),
  /** Held data changed: whatever was asked before must be asked again. */
  z.object({ type: z.literal('data.changed') }),
  /** Questions about prices wait meanwhile; null = the prices stand again. */
  z.object({ type: z.literal('pricing.progress'), repricing: repricing.nullable() }),
  /** Sent by the host: whether an engine is there to answer. */
  z.object({
    type: z.literal('engine.state'),
    state: z.enum(['starting', 'running', 'restarting', 'failed']),
    failure: failure.nullable(),
    notes: z.array(z.string()).max(20),
    /** Of a workspace that is damaged: the backups to go on from. */
    backups: backupList,
  }),
  /** Sent by the desktop shell: files were dropped on the window or opened with the app. */
  z.object({ type: z.literal('menu.command'), command: z.string().max(64) }),
]);
export type EngineEvent = z.infer<typeof event>;
export type Listener = (event: EngineEvent) => void;
