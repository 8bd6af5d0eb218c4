// The sample export in a folder of its own for as long as somebody reads it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE_DEFAULTS, writeSample } from './write.ts';

/** Writes the sample that the workbench offers, hands its folder over, and removes it afterwards, also after a failure. */
export async function withSample<T>(read: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-sample-'));
  try {
    await writeSample({ ...SAMPLE_DEFAULTS, folder });
    return await read(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
