// The local log: what the hosts and the engine say of themselves, never billing content. Nothing is sent anywhere.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../hosts/engine-port.ts';

const MOST_BYTES = 1024 * 1024;

/** Lines go to `logs/assay.log`; one older file is kept. */
export function openLog(folder: string): Log {
  const logs = join(folder, 'logs');
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const file = join(logs, 'assay.log');
  return (line) => {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES) renameSync(file, `${file}.1`);
    appendFileSync(file, `${new Date().toISOString()} ${line}\n`, { mode: 0o600 });
  };
}
