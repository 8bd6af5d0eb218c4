// How far an import is: bytes, rows, rows a second and time left, told a few times a second.
import type { z } from 'zod';
import type { importProgress } from '../../../shared/contract/import.ts';
import type { Source } from './plan.ts';

export type ImportProgress = z.output<typeof importProgress>;

const PROGRESS_MILLISECONDS = 150;

export function totalBytes(sources: readonly Source[]): number {
  return sources.reduce((sum, { bytes }) => sum + bytes, 0);
}

export type Meter = {
  begin(source: Source, index: number): void;
  /** Bytes and rows of the source read so far. */
  advance(bytes: number, rows: number): void;
  report(phase: ImportProgress['phase']): void;
};

/** Progress in bytes, rows, rows a second and time left, a few times a second. */
export function createMeter(
  onProgress: (progress: ImportProgress) => void,
  sources: readonly Source[],
  batchId: number,
): Meter {
  const started = performance.now();
  const bytesTotal = totalBytes(sources);
  let source: Source | undefined;
  let fileIndex = 0;
  let bytesBefore = 0;
  let bytesRead = 0;
  let rowsBefore = 0;
  let rows = 0;
  let told = 0;
  const report = (phase: ImportProgress['phase']): void => {
    const seconds = (performance.now() - started) / 1000;
    const share = bytesTotal === 0 ? 1 : bytesRead / bytesTotal;
    onProgress({
      batchId,
      file: source?.name ?? '',
      fileIndex,
      fileCount: sources.length,
      bytesRead,
      bytesTotal,
      rows,
      rowsPerSecond: seconds > 0 ? Math.round(rows / seconds) : 0,
      secondsLeft: share > 0.01 ? (seconds * (1 - share)) / share : null,
      phase,
    });
  };
  return {
    begin(next, index) {
      bytesBefore += source?.bytes ?? 0;
      rowsBefore = rows;
      source = next;
      fileIndex = index;
      bytesRead = bytesBefore;
      report('reading');
    },
    advance(bytes, rowsOfSource) {
      bytesRead = Math.min(bytesBefore + bytes, bytesTotal);
      rows = rowsBefore + rowsOfSource;
      if (performance.now() - told < PROGRESS_MILLISECONDS) return;
      told = performance.now();
      report('reading');
    },
    report,
  };
}
