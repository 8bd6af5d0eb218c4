// A distribution of calls a run, as a person writes it: `2:5, 12:1` is five runs of two calls for one of twelve.
import type { AgentCalls } from '../../../shared/domain/whatif/scenario.ts';

export function runsText(runs: readonly AgentCalls[]): string {
  return runs.map(({ calls, weight }) => `${calls}:${weight}`).join(', ');
}

/** null where any part cannot be read. Calls are whole numbers from 1, weights are not negative and not all zero. */
export function runsOf(text: string): AgentCalls[] | null {
  const runs = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => /^(\d{1,4})(?:\s*:\s*(\d{1,9}(?:\.\d{1,6})?))?$/u.exec(part))
    .map((match) => (match === null ? null : { calls: Number(match[1]), weight: Number(match[2] ?? 1) }));
  const read = runs.filter((run) => run !== null && run.calls >= 1 && run.calls <= 1000);
  if (read.length === 0 || read.length !== runs.length || runs.length > 100) return null;
  return read.some((run) => run !== null && run.weight > 0) ? read.filter((run) => run !== null) : null;
}
