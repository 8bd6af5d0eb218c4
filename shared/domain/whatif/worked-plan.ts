// What a lever does to requests bought in one way, worked out once: why it may not, or where the tokens of each meter go.
import type { Dial, Notice, Outcome, Plan, Purchase, Scale, Serving, Share } from './lever.ts';
import { noPriceText, type PriceBook } from './prices.ts';
import { METER_COUNT, type Way, wayAt } from './state.ts';
import { type UsageVector, VECTOR_METERS, type VectorMeter } from './vectors.ts';

/** Tokens of one meter that become tokens of another: taken × weight × part × size of what they become. */
export type Arc = { readonly to: number; readonly part: number };

/** How often requests are served in one way, and what becomes of their tokens. Sets of meters are bits by their position. */
export type WorkedServing = {
  readonly from: number;
  readonly weight: number;
  readonly scale: Scale;
  /** By position of the meter that they come from; null = every meter stays what it is. */
  readonly arcs: readonly (readonly Arc[])[] | null;
  /** Meters whose tokens stay exactly what they are, where the way stays the same. */
  readonly keeps: number;
};

/** One way in which requests are served afterwards. */
export type WorkedOutcome = {
  readonly way: Way;
  readonly serving: WorkedServing;
  /** Meters whose tokens stay exactly where and what they are. */
  readonly keeps: number;
};

export type WorkedPlan = {
  readonly share: Share;
  readonly outcomes: readonly WorkedOutcome[];
  /** Meters with tokens that the plan changes. */
  readonly changed: number;
  /** Why nothing of it may happen. */
  readonly refusals: readonly Notice[];
  readonly warnings: readonly Notice[];
};

/** Ways at stated rates that a lever has made: it alone knows them, and makes each once. */
export type StatedWays = Map<UsageVector, Way[]>;

/**
 * Depends on which meters have tokens (`used`, as bits), and on nothing else about their number. Made for every way
 * whenever a lever moves, so it holds no more than it must.
 */
export function workedPlan(
  plan: Plan,
  way: Way,
  used: number,
  book: PriceBook,
  stated: StatedWays,
): WorkedPlan {
  const outcomes: WorkedOutcome[] = [];
  let kept = used;
  for (const outcome of plan.outcomes) {
    const worked = workedOutcome(outcome, way, book, stated);
    kept &= worked.keeps;
    outcomes.push(worked);
  }
  const changed = plan.outcomes.length === 0 ? 0 : used & ~kept;
  const missing = plan.refusals.length > 0 ? null : firstMissing(changed, outcomes, way);
  return {
    share: plan.share,
    outcomes,
    changed,
    refusals: missing === null ? plan.refusals : [missing],
    warnings: plan.warnings,
  };
}

export function hasMeter(meters: number, meter: number): boolean {
  return (meters & (1 << meter)) !== 0;
}

/** Factor on tokens of a meter by position: the first is uncached input, the last output. */
export function sizeOf(meter: number, scale: Scale): number {
  if (meter === METER_COUNT - 1) return scale.output;
  return meter === 0 ? scale.input : scale.cached;
}

/** Share taken of a meter by position. */
export function shareOf({ share }: WorkedPlan, meter: number): number {
  return meter === METER_COUNT - 1 ? share.output : share.input;
}

function workedOutcome(outcome: Outcome, way: Way, book: PriceBook, stated: StatedWays): WorkedOutcome {
  const then = isSamePurchase(outcome, way) ? way : wayOf(outcome, way, book, stated);
  const serving = workedServing(outcome.serving);
  return { way: then, serving, keeps: then === way ? serving.keeps : 0 };
}

const servingsKnown = new WeakMap<Serving, WorkedServing>();

/** One object for each, as levers have one for all that they move. */
function workedServing(serving: Serving): WorkedServing {
  const { from, weight, meters, scale } = serving;
  const worked = servingsKnown.get(serving) ?? {
    from,
    weight,
    scale,
    arcs: arcsOf(meters),
    keeps: weight === from ? unchanged(meters, scale) : 0,
  };
  servingsKnown.set(serving, worked);
  return worked;
}

/** The dials of a lever. `alike` is equal for dials that differ in how far they go, but in nothing that hangs on 0 or 1. */
export type WorkedDials = { readonly alike: string; readonly dials: readonly (Share | WorkedServing)[] };

export function workedDials(dials: readonly Dial[]): WorkedDials {
  const alike = JSON.stringify(dials, (_, value) =>
    typeof value === 'number' && value !== 0 && value !== 1 ? 'between' : value,
  );
  return { alike, dials: dials.map((dial) => ('meters' in dial ? workedServing(dial) : dial)) };
}

/** What stands in the place of a dial; anything else stands for itself. */
export type Setting = <Dialled extends Share | WorkedServing>(dial: Dialled) => Dialled;

const AS_IT_STANDS: Setting = (dial) => dial;

/** Puts a lever's dials in the place of another's that is alike. */
export function settingOf(theirs: WorkedDials, own: WorkedDials): Setting {
  if (theirs === own) return AS_IT_STANDS;
  const [from, to] = [theirs.dials, own.dials];
  return <Dialled extends Share | WorkedServing>(dial: Dialled): Dialled => {
    for (let index = 0; index < from.length; index += 1)
      if (from[index] === dial) return to[index] as Dialled;
    return dial;
  };
}

/** A plan with its dials set. */
export function withDials(plan: WorkedPlan, set: Setting): WorkedPlan {
  if (set === AS_IT_STANDS) return plan;
  const { share, outcomes, changed, refusals, warnings } = plan;
  return {
    share: set(share),
    outcomes: outcomes.map(({ way, serving, keeps }) => ({ way, serving: set(serving), keeps })),
    changed,
    refusals,
    warnings,
  };
}

/** Meters that neither become another nor change their number. */
function unchanged(meters: Serving['meters'], scale: Scale): number {
  let same = 0;
  for (let meter = 0; meter < METER_COUNT; meter += 1) {
    if (sizeOf(meter, scale) === 1 && meters[nameOf(meter)] === undefined) same += 1 << meter;
  }
  return same;
}

function wayOf(outcome: Outcome, { origin }: Way, book: PriceBook, stated: StatedWays): Way {
  if (outcome.rate === null) return wayAt(book, origin, outcome);
  const own = stated.get(origin) ?? [];
  stated.set(origin, own);
  const known = own.find((way) => isSamePurchase(way, outcome));
  if (known !== undefined) return known;
  const way = wayAt(book, origin, outcome);
  own.push(way);
  return way;
}

function arcsOf(meters: Serving['meters']): WorkedServing['arcs'] {
  if (Object.keys(meters).length === 0) return null;
  return VECTOR_METERS.map((meter) =>
    (Object.entries(meters[meter] ?? { [meter]: 1 }) as [VectorMeter, number][]).map(([target, part]) => ({
      to: VECTOR_METERS.indexOf(target),
      part,
    })),
  );
}

/** What tokens of a meter become, by the outcome. */
export function arcsFrom({ serving: { arcs } }: WorkedOutcome, meter: number): readonly Arc[] {
  return (arcs ?? ITSELF)[meter] ?? [];
}

const ITSELF: readonly (readonly Arc[])[] = VECTOR_METERS.map((_, meter) => [{ to: meter, part: 1 }]);

function isSamePurchase(left: Purchase, right: Purchase): boolean {
  return (
    left.vector === right.vector &&
    left.mode === right.mode &&
    (left.rate?.id ?? null) === (right.rate?.id ?? null)
  );
}

const CACHED: ReadonlySet<VectorMeter> = new Set([
  'cache_read',
  'cache_write_5m',
  'cache_write_30m',
  'cache_write_1h',
]);

export type MeterNotice = Notice & { readonly meter: VectorMeter };

/** The first price that the plan needs and the book does not have; one is enough to stop it. */
function firstMissing(changed: number, outcomes: readonly WorkedOutcome[], way: Way): MeterNotice | null {
  for (let meter = 0; meter < METER_COUNT; meter += 1) {
    if (!hasMeter(changed, meter)) continue;
    const now = way.quotes[meter];
    if (now?.kind === 'missing') return missingNow(nameOf(meter), now.why);
    for (const outcome of outcomes) {
      for (const { to } of arcsFrom(outcome, meter)) {
        const quote = outcome.way.quotes[to];
        if (quote?.kind === 'missing') return missingThen(outcome.way, way, nameOf(to), quote.why);
      }
    }
  }
  return null;
}

export function nameOf(meter: number): VectorMeter {
  const name = VECTOR_METERS[meter];
  if (name === undefined) throw new RangeError(`No meter has position ${meter} of ${METER_COUNT}.`);
  return name;
}

function missingNow(meter: VectorMeter, why: string): MeterNotice {
  const message = `Its cost today is not priced (${why}), so no saving can be stated.`;
  return { code: 'no_price_now', message, meter };
}

function missingThen({ vector, mode }: Way, now: Way, meter: VectorMeter, why: string): MeterNotice {
  const moves = vector !== now.vector;
  return {
    code: moves ? 'no_price_there' : missingCode(mode, CACHED.has(meter)),
    message: noPriceText(meter, mode, moves ? vector : null, why),
    meter,
  };
}

function missingCode(mode: Way['mode'], cached: boolean): string {
  if (mode === 'batch') return 'no_batch_price';
  return cached ? 'no_cache_price' : 'no_price';
}
