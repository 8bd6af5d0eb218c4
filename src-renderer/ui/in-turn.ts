// Lets drawings of several charts come one after the other, each in a task of its own: a screen that gets all its answers
// at once would otherwise hold the window up for as long as all of them take together.
type Work = () => void;

const waiting: Work[] = [];
let running = false;

/** Runs the work after what was asked for before, and not within the present task. Returns the way to call it off. */
export function inTurn(work: Work): () => void {
  waiting.push(work);
  if (!running) {
    running = true;
    setTimeout(next);
  }
  return () => {
    const at = waiting.indexOf(work);
    if (at >= 0) waiting.splice(at, 1);
  };
}

function next(): void {
  const work = waiting.shift();
  running = waiting.length > 0;
  if (running) setTimeout(next);
  work?.();
}
