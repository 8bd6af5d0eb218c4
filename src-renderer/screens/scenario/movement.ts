// Movements of a slider: what one edits is drawn in the frame of its answer, not before it. The thumb follows the hand by itself,
// and a drawing of its own would only hold the answer up.
import { flushSync } from 'react-dom';

/** How long an edit waits for its answer before it is drawn without. */
const PATIENCE_MILLISECONDS = 60;

let isMoving = false;
let waiting: { readonly draw: () => void; readonly timer: number } | null = null;

/** Makes an edit as the movement of a slider. */
export function move(edit: () => void): void {
  isMoving = true;
  try {
    edit();
  } finally {
    isMoving = false;
  }
}

/** Leaves the drawing of a movement to its answer. False where it is none, or one is not to be expected: it is drawn right away. */
export function leaveToAnswer(answers: boolean, draw: () => void): boolean {
  if (!isMoving || !answers) return false;
  const timer = waiting?.timer ?? window.setTimeout(() => flushSync(drawMovement), PATIENCE_MILLISECONDS);
  waiting = { draw, timer };
  return true;
}

/** Draws the newest movement, if it waits. */
export function drawMovement(): void {
  if (waiting === null) return;
  const { draw, timer } = waiting;
  waiting = null;
  clearTimeout(timer);
  draw();
}

/** What comes next, such as saving, finds everything where the hand left it. */
export function settleMovement(): void {
  if (waiting !== null) flushSync(drawMovement);
}
