// The base case on the page's own thread: an answer that takes less than a frame is drawn in the frame of the movement itself. What
// is slow about a first answer is done before, in pieces while the window is idle; what stays slow is left to the other thread.
import type { LiveAnswer } from '../../../shared/domain/whatif/answer.ts';
import { evaluateLive } from '../../../shared/domain/whatif/pipeline.ts';
import { type Rehearsed, rehearsal } from '../../../shared/domain/whatif/rehearsal.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';
import type { Asked } from './evaluator.ts';

/** How long an answer of the page's own may take, so that its task stays below 50 ms with the drawing. */
export const QUICK_MILLISECONDS = 24;
/** A piece of a rehearsal that takes longer is slow. */
const LONGEST_PIECE_MILLISECONDS = 50;
/** What all pieces before the first whole computation may take together: it takes about as long at once. */
const LONGEST_WHOLE_MILLISECONDS = 200;
/** So many slow ones are the usage's or the lever's doing; one may be the machine's. */
const SLOW_TIMES = 2;
/** How often what is too slow is rehearsed, each at another rest. */
const MOST_TRIES = 3;

export type PageEvaluator = {
  /** null where the other thread must be asked: nothing is ready for this scenario, or it was not quick enough. */
  readonly answer: (asked: Asked) => LiveAnswer | null;
  /** Makes ready for movements of a scenario that has come to rest. */
  readonly rehearse: (asked: Asked) => void;
  readonly close: () => void;
};

/** The clock and the window's idle time; tests give their own. */
export type Idle = {
  /** Milliseconds. */
  readonly now: () => number;
  /** Works when the window has nothing else to do, for as long as it says. Answers with how to call it off. */
  readonly whenIdle: (work: (hasTime: () => boolean) => void) => () => void;
};

/** What was made ready, or tried: a baseline, and all of a scenario that a lever's slider does not move. */
type Ground = {
  readonly baseline: ScenarioBaseline;
  readonly fixed: string;
  /** How often it was too slow. */
  readonly tries: number;
  /** Slow answers in a row, by the lever that was moved; null until the rehearsal is over. */
  readonly slow: Map<string, number> | null;
};

export function createPageEvaluator(idle: Idle = WINDOW_IDLE): PageEvaluator {
  let ground: Ground | null = null;
  let last: Scenario | null = null;
  let callOff = (): void => undefined;

  const isGround = ({ scenario, baseline }: Asked): boolean =>
    ground?.baseline === baseline && ground.fixed === fixedOf(scenario);

  const answer = (asked: Asked): LiveAnswer | null => {
    callOff();
    if (!isGround(asked)) return null;
    const slow = ground?.slow ?? null;
    const moved = movedIn(asked.scenario, last);
    last = asked.scenario;
    if (slow === null || moved.some((lever) => (slow.get(lever) ?? 0) >= SLOW_TIMES)) return null;
    const start = idle.now();
    const found = evaluated(asked);
    const isSlow = idle.now() - start > QUICK_MILLISECONDS;
    for (const lever of moved) slow.set(lever, isSlow ? (slow.get(lever) ?? 0) + 1 : 0);
    return found;
  };

  const rehearse = (asked: Asked): void => {
    callOff();
    const known = isGround(asked) ? ground : null;
    const isReady = isQuick(known?.slow ?? null);
    const tries = known?.tries ?? 0;
    if (isReady || tries >= MOST_TRIES) return;
    const { scenario, baseline } = asked;
    const begun: Ground = { baseline, fixed: fixedOf(scenario), tries, slow: null };
    [ground, last] = [begun, scenario];
    callOff = inPieces(rehearsal(scenario, baseline), idle, (quickest) => {
      const slow = quickest === null ? null : new Map([...quickest].map(([id, took]) => [id, timesOf(took)]));
      ground = { ...begun, tries: isQuick(slow) ? tries : tries + 1, slow };
    });
  };
  return { answer, rehearse, close: () => callOff() };
}

/** Whether no lever is left to the other thread. */
const isQuick = (slow: Ground['slow']): boolean =>
  slow !== null && [...slow.values()].every((times) => times < SLOW_TIMES);

const timesOf = (took: number): number => (took > QUICK_MILLISECONDS ? SLOW_TIMES : 0);

/** The other thread says why where it cannot be computed. */
function evaluated({ scenario, baseline, withRows }: Asked): LiveAnswer | null {
  try {
    return evaluateLive(scenario, baseline, withRows);
  } catch {
    return null;
  }
}

/** Rehearses, and tells the quickest time of each lever; null where it was too much. Answers with how to call it off. */
function inPieces(
  pieces: Generator<Rehearsed, void>,
  { now, whenIdle }: Idle,
  onEnd: (quickest: ReadonlyMap<string, number> | null) => void,
): () => void {
  const quickest = new Map<string, number>();
  let [slow, together] = [0, 0];
  const work = (hasTime: () => boolean): void => {
    do {
      const start = now();
      const piece = next(pieces);
      const took = now() - start;
      if (took > LONGEST_PIECE_MILLISECONDS) slow += 1;
      if (quickest.size === 0) together += took;
      const isTooMuch = piece === null || slow >= SLOW_TIMES || together > LONGEST_WHOLE_MILLISECONDS;
      if (isTooMuch || piece.done === true) {
        onEnd(isTooMuch ? null : quickest);
        return;
      }
      const lever = piece.value;
      if (lever !== null) quickest.set(lever, Math.min(quickest.get(lever) ?? took, took));
    } while (hasTime());
    callOff = whenIdle(work);
  };
  let callOff = whenIdle(work);
  return () => callOff();
}

function next(pieces: Generator<Rehearsed, void>): IteratorResult<Rehearsed, void> | null {
  try {
    return pieces.next();
  } catch {
    return null;
  }
}

/** All of a scenario but its name, its note, and the numbers of its levers and its commitment. */
function fixedOf({ name: _name, note: _note, levers, commitment, ...rest }: Scenario): string {
  const moving = JSON.stringify([levers, commitment], (_key, value: unknown) =>
    typeof value === 'number' ? 0 : value,
  );
  return moving + JSON.stringify(rest);
}

/** The levers that are other ones than before; where there is none, what has moved is the commitment. */
function movedIn({ levers }: Scenario, before: Scenario | null): readonly string[] {
  const moved = levers.filter((lever, at) => lever !== before?.levers[at]);
  return moved.length === 0 ? ['commitment'] : moved.map(({ id }) => id);
}

/** Of an idle period, what must be left to begin another piece. */
const LEAST_LEFT_MILLISECONDS = 12;

const WINDOW_IDLE: Idle = {
  now: () => performance.now(),
  whenIdle: (work) => {
    const handle = requestIdleCallback((deadline) =>
      work(() => deadline.timeRemaining() > LEAST_LEFT_MILLISECONDS),
    );
    return () => cancelIdleCallback(handle);
  },
};
