// Which known name a mistyped one was probably meant to be.

/** The candidate within two edits (case ignored) or a third of the length, nearest first; null when none is near. */
export function nearestName(text: string, candidates: readonly string[]): string | null {
  const asked = text.toLowerCase();
  let best: { name: string; edits: number } | null = null;
  for (const name of candidates) {
    const edits = editDistance(asked, name.toLowerCase());
    const near = edits <= Math.max(2, Math.floor(name.length / 3));
    if (near && (best === null || edits < best.edits)) best = { name, edits };
  }
  return best?.name ?? null;
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other. */
function editDistance(left: string, right: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const substituted = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      const swapped =
        left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
          ? (before[column - 2] ?? Number.POSITIVE_INFINITY) + 1
          : Number.POSITIVE_INFINITY;
      current.push(
        Math.min(substituted, swapped, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1),
      );
    }
    before = previous;
    previous = current;
  }
  return previous[right.length] ?? 0;
}
