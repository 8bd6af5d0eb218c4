// What a workload is called and how it is found again: principals are roles, whatever their sessions are called.
import type { Filter } from '../../spend/vocabulary.ts';

export type Workload = { readonly label: string | null; readonly filter: Filter };

const ROLE = /:assumed-role\/([^/]+)\//u;

/** The workload that a value of a dimension stands for. Sessions of one role are one workload. */
export function workloadOf(dimension: string, value: string | null): Workload {
  const role = dimension === 'principal' && value !== null ? (ROLE.exec(value)?.[1] ?? null) : null;
  if (role !== null) {
    return { label: role, filter: { dimension, operator: '~', values: [`:assumed-role/${role}/`] } };
  }
  return { label: value, filter: { dimension, operator: '=', values: [value] } };
}
