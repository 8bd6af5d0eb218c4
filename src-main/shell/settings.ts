// What the shell remembers between starts: the window's place, the theme, recent workspaces. One small file in the user's data folder.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Log } from '../hosts/engine-port.ts';

const bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
});
export type Bounds = z.infer<typeof bounds>;

const theme = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof theme>;

const schema = z.object({
  bounds: bounds.nullable().default(null),
  maximized: z.boolean().default(false),
  theme: theme.default('system'),
  recent: z
    .array(z.object({ path: z.string().min(1), openedAt: z.string() }))
    .max(100)
    .default([]),
});
type Values = z.infer<typeof schema>;

const MOST_RECENT = 10;

export type Settings = {
  get(): Values;
  set(change: Partial<Values>): void;
  /** Puts the workspace at the head of the recent ones. */
  opened(path: string, at: Date): void;
  /** Recent workspaces that still exist, newest first. */
  recent(): { path: string; openedAt: string }[];
  lastWorkspace(): string | null;
};

export function openSettings(folder: string, log: Log): Settings {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'settings.json');
  let values = read(file, log);

  const set = (change: Partial<Values>): void => {
    values = { ...values, ...change };
    // Written beside and renamed, so that a crash leaves the old file or the new one.
    writeFileSync(`${file}.new`, JSON.stringify(values, null, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const recent = (): Values['recent'] => values.recent.filter(({ path }) => existsSync(path));

  return {
    get: () => values,
    set,
    opened(path, at) {
      const absolute = resolve(path);
      const others = values.recent.filter((entry) => entry.path !== absolute);
      set({ recent: [{ path: absolute, openedAt: at.toISOString() }, ...others].slice(0, MOST_RECENT) });
    },
    recent,
    lastWorkspace: () => recent()[0]?.path ?? null,
  };
}

function read(file: string, log: Log): Values {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log('settings.json is not readable; starting afresh');
    return schema.parse({});
  }
}
