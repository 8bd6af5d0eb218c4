// Undo and redo of edits. A run of edits to the same thing (a slider being dragged) is one step.

export type History<T> = {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** What the last edit touched; an edit with the same key replaces the present instead of adding a step. */
  readonly touched: string | null;
};

/** Steps kept; older ones fall away. */
const DEPTH = 100;

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], touched: null };
}

export function record<T>(history: History<T>, next: T, touched: string | null): History<T> {
  if (next === history.present) return history;
  const sameRun = touched !== null && touched === history.touched;
  return {
    past: sameRun ? history.past : [...history.past, history.present].slice(-DEPTH),
    present: next,
    future: [],
    touched,
  };
}

export function undo<T>({ past, present, future, ...rest }: History<T>): History<T> {
  const previous = past.at(-1);
  if (previous === undefined) return { past, present, future, ...rest };
  return { past: past.slice(0, -1), present: previous, future: [present, ...future], touched: null };
}

export function redo<T>({ past, present, future, ...rest }: History<T>): History<T> {
  const [next, ...later] = future;
  if (next === undefined) return { past, present, future, ...rest };
  return { past: [...past, present], present: next, future: later, touched: null };
}
