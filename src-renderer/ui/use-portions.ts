// Lets many things that enter the page at once come in portions, a frame for each after that of what holds them: the styles
// and the layout of all of them in one frame would hold the window up.
import { startTransition, useEffect, useState } from 'react';

/** How many of `count` are to be drawn now. `isUrgent`, where somebody is on the way to them: all, from then on. */
export function usePortions(count: number, portion: number, isUrgent: boolean): number {
  const [drawn, setDrawn] = useState(0);
  useEffect(() => {
    // What was emptied begins anew.
    if (count === 0) return setDrawn(0);
    if (isUrgent) return setDrawn(Number.POSITIVE_INFINITY);
    if (drawn >= count) return;
    return afterFrame(() => startTransition(() => setDrawn(drawn + portion)));
  }, [count, portion, isUrgent, drawn]);
  return isUrgent ? count : Math.min(count, drawn);
}

/** Runs the work once the next frame is painted. Returns the way to call it off. */
function afterFrame(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(work);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
