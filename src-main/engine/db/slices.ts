// Lets others in between while much is read: a look at the clock after each step, a pause when it has been long enough.
import { setImmediate } from 'node:timers/promises';

/** Milliseconds of reading between two pauses. */
const SLICE = 8;

/** Await the answer after each step. `onPause` may refuse to go on, by throwing. */
export function inSlices(onPause: () => void = () => {}): () => Promise<void> {
  let until = performance.now() + SLICE;
  return async () => {
    if (performance.now() < until) return;
    await setImmediate();
    onPause();
    until = performance.now() + SLICE;
  };
}
