// Answers from a file that another Assay may be pricing again at this moment: waits, and asks anew where it got in between.
import { setTimeout } from 'node:timers/promises';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Db } from '../db/open.ts';
import { pricedWith } from '../db/prices.ts';
import { seriesToSettle } from '../db/settle.ts';

const PAUSE_MILLISECONDS = 200;
/** About two minutes of waiting: a million lines are priced again in seconds. */
const LOOKS = 600;

/** Throws `engine_unavailable` where the prices never come to rest, as after an Assay that was killed while it priced. */
export async function whileOthersLeavePrices<Result>(
  db: Db,
  question: () => Result | Promise<Result>,
): Promise<Result> {
  for (let look = 0; look < LOOKS; look += 1) {
    const before = settledState(db);
    if (before !== null) {
      const answer = await question();
      if (settledState(db) === before) return answer;
    }
    await setTimeout(PAUSE_MILLISECONDS);
  }
  throw new AssayError(
    'engine_unavailable',
    'The lines of this workspace are still to be priced again, and it is open for reading only. Open it once where it may be written to; nothing was changed.',
  );
}

/** What tells two settled states apart; null while lines wait for their prices. */
function settledState(db: Db): string | null {
  return seriesToSettle(db) > 0 ? null : (pricedWith(db) ?? '');
}
