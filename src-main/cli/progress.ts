// The progress line of an import: drawn over itself on a terminal, not at all elsewhere.
import type { EngineEvent } from '../../shared/contract/events.ts';
import type { Engine } from '../engine/engine.ts';
import type { Io } from './command.ts';
import { formatBytes, formatCount, formatDuration, formatPercent } from './text.ts';

const WIDTH = 24;

/** Shows progress while `work` runs. */
export async function withProgress<T>(engine: Engine, io: Io, work: () => Promise<T>): Promise<T> {
  if (!io.terminal) return work();
  const stop = engine.onEvent((event) => {
    const line = progressLine(event);
    if (line !== null) io.err(`\r\u001b[2K${line}`);
  });
  try {
    return await work();
  } finally {
    stop();
    io.err('\r\u001b[2K');
  }
}

function progressLine(event: EngineEvent): string | null {
  if (event.type !== 'import.progress') return null;
  const { bytesRead, bytesTotal, rows, rowsPerSecond, secondsLeft, phase, file } = event.progress;
  const share = bytesTotal === 0 ? 0 : bytesRead / bytesTotal;
  const filled = Math.round(share * WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  const left = secondsLeft === null ? '' : `, ${formatDuration(secondsLeft)} left`;
  return `${bar} ${formatPercent(share)} of ${formatBytes(bytesTotal)}  ${formatCount(rows)} rows, ${formatCount(Math.round(rowsPerSecond))}/s${left}  ${phase} ${file}`;
}
