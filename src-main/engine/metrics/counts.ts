// Joins requests with the bill: each line's cost meets the count of its day, model, account or tag, or none.
import { chooseSet, unknownTo } from '../../../shared/domain/metrics/choose-set.ts';
import { metricOf } from '../../../shared/domain/metrics/names.ts';
import { isTimeDimension } from '../../../shared/domain/spend/dimensions.ts';
import { BASIS_COMPONENTS } from '../../../shared/domain/spend/measures.ts';
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import { createFormat } from '../../../shared/format/format.ts';
import { dimensionName } from '../../../shared/format/names.ts';
import { type DayCount, dayCounts, metricSeries } from '../db/metrics.ts';
import type { Db } from '../db/open.ts';
import { type SpendPlan, spendRows } from '../db/spend.ts';

/** What is counted for a group: requests, and the cost and tokens of the lines that have a count. */
export type Counts = {
  readonly requests: Sum;
  /** null until a line states them. */
  requestCost: Sum | null;
  requestTokens: Sum | null;
};

export type CountedGroups = {
  /** By the JSON of a group's keys; a group without any count is not among them. */
  readonly groups: ReadonlyMap<string, Counts>;
  readonly total: Counts | null;
  readonly notes: readonly string[];
};

const NONE: Omit<CountedGroups, 'notes'> = { groups: new Map(), total: null };

const format = createFormat();

/** The requests behind a question, or whatever else `metric` counts. Where none fit, the notes say what is missing; nothing is made up. */
export function countRequests(db: Db, plan: SpendPlan, metric: string): CountedGroups {
  const series = metricSeries(db).filter((one) => one.metric === metric);
  const what = sentence(metric);
  if (series.length === 0) {
    return {
      ...NONE,
      notes: [`${what} are not in a bill and no counts are imported here: what needs them is missing.`],
    };
  }
  const names = [...plan.groupBy, ...plan.where.map(({ dimension }) => dimension)];
  if (names.includes('hour')) return { ...NONE, notes: [`${what} are counted by day, not by hour.`] };
  const asked = [...new Set(names.filter((name) => !isTimeDimension(name)))];
  const set = chooseSet(series, asked);
  if (set === null) {
    const kept = series.map(({ by }) => keptBy(by)).join('; or ');
    const missing = unknownTo(
      series.flatMap(({ by }) => by),
      asked,
    );
    const lacking = (missing.length === 0 ? asked : missing).map((name) => dimensionName(name)).join(', ');
    return {
      ...NONE,
      notes: [`${what} are counted ${kept}; not by ${lacking}. What needs them is missing.`],
    };
  }
  return joined(db, plan, metric, set.by);
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const keptBy = (by: readonly string[]): string =>
  by.length === 0 ? 'as one figure a day' : `by ${by.map((name) => dimensionName(name)).join(' and ')}`;

function emptyCounts(): Counts {
  return { requests: emptySum(), requestCost: null, requestTokens: null };
}

/** Adds what is stated; what no line states stays missing. */
function plus(sum: Sum | null, value: number | null): Sum | null {
  if (value === null) return sum;
  const begun = sum ?? emptySum();
  addTo(begun, value);
  return begun;
}

const COMPONENTS = ['tokens', 'lineItems'] as const;

function joined(db: Db, plan: SpendPlan, metric: string, by: readonly string[]): CountedGroups {
  const counted = new Map<string, DayCount>();
  for (const one of dayCounts(db, metric, by, plan.period)) {
    counted.set(JSON.stringify([...by.map((name) => one.key[name] ?? null), one.day]), one);
  }
  const cost = BASIS_COMPONENTS[plan.basis];
  const rows = spendRows(db, {
    ...plan,
    groupBy: [...plan.groupBy, ...by, 'day'],
    components: [cost, ...COMPONENTS],
    cuts: [],
  });
  const groups = new Map<string, Counts>();
  const total = emptyCounts();
  const met = new Set<string>();
  const reach = { with: emptySum(), without: emptySum() };
  for (const { keys, sums } of rows) {
    const cell = JSON.stringify(keys.slice(plan.groupBy.length));
    const count = counted.get(cell);
    addTo(count === undefined ? reach.without : reach.with, sums[0] ?? 0);
    if (count === undefined) continue;
    const id = JSON.stringify(keys.slice(0, plan.groupBy.length));
    const group = groups.get(id) ?? emptyCounts();
    groups.set(id, group);
    for (const counts of [group, total]) {
      counts.requestCost = plus(counts.requestCost, sums[0] ?? null);
      counts.requestTokens = plus(counts.requestTokens, sums[1] ?? null);
      // Lines of several deliveries or currencies share a cell: its requests are added once.
      if (!met.has(cell)) addTo(counts.requests, count.value);
    }
    met.add(cell);
  }
  return {
    groups,
    total: met.size === 0 ? null : total,
    notes: notesOn({ plan, metric, by, counted, met, reach }),
  };
}

type Join = {
  readonly plan: SpendPlan;
  readonly metric: string;
  readonly by: readonly string[];
  readonly counted: ReadonlyMap<string, DayCount>;
  readonly met: ReadonlySet<string>;
  readonly reach: { readonly with: Sum; readonly without: Sum };
};

/** Where the counts come from, the cost that has none, and the counts that meet no line. */
function notesOn({ plan, metric, by, counted, met, reach }: Join): string[] {
  const what = sentence(metric);
  const used = [...met].flatMap((cell) => counted.get(cell)?.file ?? []);
  const files = [...new Set(used)].toSorted().slice(0, 5).join(', ');
  const all = totalOf(reach.with) + totalOf(reach.without);
  const share = all === 0 ? null : totalOf(reach.with) / all;
  const lost = [...counted].filter(([cell]) => !met.has(cell)).map(([, { value }]) => value);
  const lostTotal = lost.reduce((sum, value) => sum + value, 0);
  return [
    met.size === 0
      ? `${what} are counted ${keptBy(by)}, but none of the counts meets a line of this question.`
      : `${what} come from ${files}, counted ${keptBy(by)} and day.`,
    ...(met.size === 0 || share === null || totalOf(reach.without) === 0
      ? []
      : [
          `${what} are known for ${format.percent(share)} of the cost; the rest has no count and is in no figure taken of them.`,
        ]),
    ...(metricOf(metric) !== null || met.size === 0
      ? []
      : [`${what} of single days are added: what was counted on two days counts twice.`]),
    ...(lostTotal === 0 || plan.where.length > 0
      ? []
      : [
          `${format.count(lostTotal)} counted ${metric} meet no line: their model, account or day has no cost here.`,
        ]),
  ];
}
