// What a lever moved, refused and warns of, gathered into the rows that the ledger prints.
import { addTo, emptySum, type Sum, sumOf, totalOf } from '../sum.ts';
import type { Guard, Moved } from './answer.ts';
import type { PlanAt } from './apply.ts';
import type { Notice } from './lever.ts';
import type { Pick as PricePick } from './prices.ts';
import { leavesOpen } from './refusals.ts';
import { amountsAt, METER_COUNT, type State, type Way } from './state.ts';
import {
  arcsFrom,
  hasMeter,
  type MeterNotice,
  nameOf,
  shareOf,
  sizeOf,
  type WorkedPlan,
} from './worked-plan.ts';

/**
 * `moved`: one row for each model, region and pair of meters and modes, the most tokens first. `guards`: one for each
 * reason, model and region, refusals first, then by tokens.
 */
export type Details = { readonly moved: Moved[]; readonly guards: Guard[] };

/** What a lever that acts in full does to a state. */
export function detailsOf(state: State, planAt: PlanAt, pick: PricePick): Details {
  const moves: Moves = { rows: [], sums: [], positions: new Map() };
  const guards: Guards = { rows: [], byNotice: new Map(), byText: new Map() };
  for (const [index, way] of state.ways.entries()) {
    const plan = planAt(state, index);
    if (plan === null) continue;
    const now: Now = {
      way,
      tokens: state.tokens,
      at: index * METER_COUNT,
      amounts: amountsAt(way, pick),
      pick,
    };
    const isRefused = plan.refusals.length > 0;
    const notices = isRefused ? plan.refusals : plan.warnings;
    const loss = isRefused ? null : addMoves(moves, plan, now);
    const touched = notices.length === 0 ? null : touchedBy(plan, now);
    for (const notice of notices) if (touched !== null) addGuard(guards, notice, isRefused, way, touched);
    if (loss !== null) addGuard(guards, COSTS_MORE, false, way, loss);
  }
  return { moved: movedRows(moves), guards: guardRows(guards) };
}

/**
 * What a lever does to a state without its rows; `refusals`: tokens by what a guard that refused them says; `open`: what
 * those of them say that leave the saving open, each once.
 */
export type Tally = {
  readonly hasMoved: boolean;
  readonly tokens: number;
  readonly refusals: ReadonlyMap<string, number>;
  readonly open: readonly string[];
};

/** The figures that `detailsOf` would come to, without making its rows. */
export function tallyOf(state: State, planAt: PlanAt, pick: PricePick): Tally {
  const moved = emptySum();
  let hasMoved = false;
  const refusals = new Map<string, Sum>();
  const open = new Set<string>();
  for (let index = 0; index < state.ways.length; index += 1) {
    const way = state.ways[index];
    const plan = planAt(state, index);
    if (way === undefined || plan === null) continue;
    const at = index * METER_COUNT;
    if (plan.refusals.length === 0) {
      hasMoved = addMoved(moved, plan, way, state.tokens, at) || hasMoved;
      continue;
    }
    const now = { way, tokens: state.tokens, at, amounts: amountsAt(way, pick), pick };
    const { tokens } = touchedBy(plan, now);
    for (const notice of plan.refusals) {
      const { message } = notice;
      const own = refusals.get(message) ?? emptySum();
      refusals.set(message, own);
      addTo(own, tokens);
      if (tokens > 0 && leavesOpen(notice)) open.add(message);
    }
  }
  return {
    hasMoved,
    tokens: totalOf(moved),
    refusals: new Map([...refusals].map(([message, sum]) => [message, totalOf(sum)])),
    open: [...open],
  };
}

/** Adds the tokens that `addMoves` makes rows of. Answers whether there are any. */
function addMoved(moved: Sum, plan: WorkedPlan, now: Way, tokens: Float64Array, at: number): boolean {
  let hasMoved = false;
  for (let meter = 0; meter < METER_COUNT; meter += 1) {
    if (!hasMeter(plan.changed, meter)) continue;
    const taken = (tokens[at + meter] ?? 0) * shareOf(plan, meter);
    for (const outcome of plan.outcomes) {
      if (hasMeter(outcome.keeps, meter)) continue;
      for (const { to, part } of arcsFrom(outcome, meter)) {
        const were = taken * part * outcome.serving.from;
        const become = taken * part * outcome.serving.weight * sizeOf(to, outcome.serving.scale);
        const stays = to === meter && outcome.way === now && were === become;
        if ((were === 0 && become === 0) || stays) continue;
        hasMoved = true;
        addTo(moved, were);
      }
    }
  }
  return hasMoved;
}

const COSTS_MORE: Notice = {
  code: 'costs_more',
  message: 'Moved as asked, and it costs more than before.',
};

/** Requests as they are bought before the lever: the way, where its tokens are, and its prices. */
type Now = {
  readonly way: Way;
  readonly tokens: Float64Array;
  readonly at: number;
  readonly amounts: Float64Array;
  readonly pick: PricePick;
};

/** Tokens that something is about, and what they cost now; null where that is not priced. */
type Volume = { readonly tokens: number; readonly cost: number | null };

/** The tokens a plan changes, whatever becomes of it. */
function touchedBy(plan: WorkedPlan, { way, tokens, at, amounts }: Now): Volume {
  const [count, cost] = [emptySum(), emptySum()];
  for (let meter = 0; meter < METER_COUNT; meter += 1) {
    if (!hasMeter(plan.changed, meter)) continue;
    const taken = (tokens[at + meter] ?? 0) * shareOf(plan, meter);
    const part = taken * (1 - stayingShare(plan, way, meter));
    addTo(count, part);
    addTo(cost, part * (amounts[meter] ?? Number.NaN));
  }
  const total = totalOf(cost);
  return { tokens: totalOf(count), cost: Number.isNaN(total) ? null : total };
}

/** Share of the taken tokens of a meter that the outcomes leave where and what they are. */
function stayingShare({ outcomes }: WorkedPlan, now: Way, meter: number): number {
  const staying = emptySum();
  for (const outcome of outcomes) {
    if (outcome.way !== now || sizeOf(meter, outcome.serving.scale) !== 1) continue;
    const same = arcsFrom(outcome, meter).find(({ to }) => to === meter);
    addTo(staying, Math.min(outcome.serving.from, outcome.serving.weight) * (same?.part ?? 0));
  }
  return totalOf(staying);
}

/** Sums of a row that more than one way has come to; most rows have one. */
type Sums = {
  readonly tokens: Sum;
  readonly tokensAfter: Sum;
  readonly costBefore: Sum;
  readonly costAfter: Sum;
  readonly sourcesBefore: string[];
  readonly sourcesAfter: string[];
};
type MoveRow = { -readonly [K in keyof Moved]: Moved[K] };
/** Rows and the sums of those that are several; positions of the rows by purchase before, then purchase after and meters. */
type Moves = {
  readonly rows: MoveRow[];
  readonly sums: (Sums | undefined)[];
  readonly positions: Map<number, Map<number, number>>;
};

/** Adds what a plan moves. The tokens moved and their cost, where it is more afterwards than before; else null. */
function addMoves(moves: Moves, plan: WorkedPlan, now: Now): Volume | null {
  const [tokens, before, after] = [emptySum(), emptySum(), emptySum()];
  const positions = positionsFrom(moves, now.way);
  for (let meter = 0; meter < METER_COUNT; meter += 1) {
    if (!hasMeter(plan.changed, meter)) continue;
    const taken = (now.tokens[now.at + meter] ?? 0) * shareOf(plan, meter);
    for (const outcome of plan.outcomes) {
      if (hasMeter(outcome.keeps, meter)) continue;
      const amounts = amountsAt(outcome.way, now.pick);
      for (const { to, part } of arcsFrom(outcome, meter)) {
        const were = taken * part * outcome.serving.from;
        const become = taken * part * outcome.serving.weight * sizeOf(to, outcome.serving.scale);
        const stays = to === meter && outcome.way === now.way && were === become;
        if ((were === 0 && become === 0) || stays) continue;
        const costBefore = were * (now.amounts[meter] ?? Number.NaN);
        const costAfter = become * (amounts[to] ?? Number.NaN);
        addTo(tokens, were);
        addTo(before, costBefore);
        addTo(after, costAfter);
        const move = {
          now: now.way,
          next: outcome.way,
          meter,
          to,
          tokens: were,
          tokensAfter: become,
          costBefore,
          costAfter,
        };
        const key = (outcome.way.names.to * METER_COUNT + meter) * METER_COUNT + to;
        const position = positions.get(key);
        if (position === undefined) {
          positions.set(key, moves.rows.length);
          moves.rows.push(newRow(move));
        } else addToRow(moves, position, move);
      }
    }
  }
  const isLoss = totalOf(after) > totalOf(before) * (1 + 1e-12);
  return isLoss ? { tokens: totalOf(tokens), cost: totalOf(before) } : null;
}

function positionsFrom({ positions }: Moves, now: Way): Map<number, number> {
  const own = positions.get(now.names.from) ?? new Map<number, number>();
  positions.set(now.names.from, own);
  return own;
}

/** Tokens of one meter that become tokens of another or are bought elsewhere, and what both cost. */
type Move = Pick<Moved, 'tokens' | 'tokensAfter' | 'costBefore' | 'costAfter'> & {
  readonly now: Way;
  readonly next: Way;
  readonly meter: number;
  readonly to: number;
};

function newRow({ now, next, meter, to, ...amounts }: Move): MoveRow {
  return {
    model: now.vector.model,
    region: now.vector.region,
    fromMeter: nameOf(meter),
    fromMode: now.mode,
    toModel: next.vector.model,
    toPlace: next.place,
    toMeter: nameOf(to),
    toMode: next.mode,
    ...amounts,
    sourceBefore: sourceOf(now, meter),
    sourceAfter: sourceOf(next, to),
  };
}

function addToRow({ rows, sums }: Moves, position: number, move: Move): void {
  const row = rows[position];
  if (row === undefined) return;
  const own = sums[position] ?? sumsOf(row);
  sums[position] = own;
  for (const amount of ['tokens', 'tokensAfter', 'costBefore', 'costAfter'] as const)
    addTo(own[amount], move[amount]);
  addSource(own.sourcesBefore, sourceOf(move.now, move.meter));
  addSource(own.sourcesAfter, sourceOf(move.next, move.to));
}

function sumsOf(row: MoveRow): Sums {
  return {
    tokens: startingAt(row.tokens),
    tokensAfter: startingAt(row.tokensAfter),
    costBefore: startingAt(row.costBefore),
    costAfter: startingAt(row.costAfter),
    sourcesBefore: [row.sourceBefore],
    sourcesAfter: [row.sourceAfter],
  };
}

function startingAt(value: number): Sum {
  const sum = emptySum();
  addTo(sum, value);
  return sum;
}

function addSource(sources: string[], source: string): void {
  if (!sources.includes(source)) sources.push(source);
}

function sourceOf({ quotes }: Way, meter: number): string {
  const quote = quotes[meter];
  return quote?.kind === 'priced' ? quote.source : '';
}

function movedRows({ rows, sums }: Moves): Moved[] {
  for (const [position, own] of sums.entries()) {
    const row = rows[position];
    if (own === undefined || row === undefined) continue;
    row.tokens = totalOf(own.tokens);
    row.tokensAfter = totalOf(own.tokensAfter);
    row.costBefore = totalOf(own.costBefore);
    row.costAfter = totalOf(own.costAfter);
    row.sourceBefore = own.sourcesBefore.join(' · ');
    row.sourceAfter = own.sourcesAfter.join(' · ');
  }
  return rows.sort((left, right) => right.tokens - left.tokens);
}

type GuardRow = { readonly first: Omit<Guard, 'tokens' | 'cost'>; readonly volumes: Volume[] };

/** Rows by what is said and where. The same notice is mostly the same object, which spares reading it. */
type Guards = {
  readonly rows: GuardRow[];
  readonly byNotice: Map<Notice, Map<number, GuardRow>>;
  readonly byText: Map<string, Map<number, GuardRow>>;
};

function addGuard(guards: Guards, notice: Notice, refused: boolean, way: Way, volume: Volume): void {
  const { code, message } = notice;
  const meter = 'meter' in notice ? (notice as MeterNotice).meter : null;
  let places = guards.byNotice.get(notice);
  if (places === undefined) {
    const text = JSON.stringify([code, meter, message]);
    places = guards.byText.get(text) ?? new Map<number, GuardRow>();
    guards.byText.set(text, places);
    guards.byNotice.set(notice, places);
  }
  const known = places.get(way.names.home);
  if (known !== undefined) {
    known.volumes.push(volume);
    return;
  }
  const { model, region } = way.vector;
  const row = { first: { code, message, refused, model, region, meter }, volumes: [volume] };
  places.set(way.names.home, row);
  guards.rows.push(row);
}

function guardRows({ rows }: Guards): Guard[] {
  return rows
    .map(({ first, volumes }): Guard => {
      const costs = volumes.map(({ cost }) => cost).filter((cost) => cost !== null);
      return {
        ...first,
        tokens: sumOf(volumes.map(({ tokens }) => tokens)),
        cost: costs.length === volumes.length ? sumOf(costs) : null,
      };
    })
    .sort((left, right) => Number(right.refused) - Number(left.refused) || right.tokens - left.tokens);
}
