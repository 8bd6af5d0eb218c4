// Writes an exported file as a whole or not at all: beside the target first, then in its place.
import { open, rename, rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { AssayError } from '../../../shared/contract/errors.ts';

/** Writes the parts one after the other, pausing between them so that other calls go on. Returns the bytes written. */
export async function writeFileWhole(target: string, parts: Iterable<string | Uint8Array>): Promise<number> {
  const beside = `${target}.${process.pid}.partial`;
  let bytes = 0;
  try {
    const file = await open(beside, 'w');
    try {
      for (const part of parts) {
        const whole = typeof part === 'string' ? Buffer.from(part) : part;
        bytes += (await file.write(whole)).bytesWritten;
        await setImmediate();
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target);
  } catch (error) {
    // Where the folder is no folder, removing fails like writing did: the first failure is the one to tell.
    await rm(beside, { force: true }).catch(() => undefined);
    throw asWriteFailure(error, target);
  }
  return bytes;
}

function asWriteFailure(error: unknown, target: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (error instanceof AssayError || code === null || !/^E[A-Z]+$/u.test(code)) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AssayError('disk_full', `There is no room to write ${target}. Nothing was written.`, {
      file: target,
    });
  }
  return new AssayError('file_unwritable', `${target} cannot be written (${code}). Choose another place.`, {
    file: target,
    code,
  });
}
