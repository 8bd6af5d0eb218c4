// Reads what the rules of the lever finder look at: usage by workload, its hours, counts beside it, paid capacity.
import { spendQuery } from '../../../shared/contract/spend.ts';
import { chooseSet } from '../../../shared/domain/metrics/choose-set.ts';
import type { Metric } from '../../../shared/domain/metrics/names.ts';
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import { lookUpPrice } from '../../../shared/domain/pricing/lookup.ts';
import type { Filter, Period } from '../../../shared/domain/spend/vocabulary.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import { streamingOf, type UsageRow } from '../../../shared/domain/whatif/baseline.ts';
import type {
  BoughtCapacity,
  CountedCapacity,
  FinderEvidence,
  ModelRequests,
  QuietUse,
} from '../../../shared/domain/whatif/finder/evidence.ts';
import { quietUse, type TimedTokens } from '../../../shared/domain/whatif/finder/quiet.ts';
import { workloadOf } from '../../../shared/domain/whatif/finder/workload.ts';
import type { LocalTime } from '../../../shared/domain/whatif/local-time.ts';
import { contractEntry } from '../../../shared/domain/whatif/price-entries.ts';
import { type ContractEntry, pricePartsOf } from '../../../shared/domain/whatif/vectors.ts';
import { dayCounts, metricSeries } from '../db/metrics.ts';
import type { Db } from '../db/open.ts';
import { type SpendPlan, spendRows } from '../db/spend.ts';
import { holdings } from '../db/workspace.ts';
import { catalogFacts } from '../spend/catalog-facts.ts';
import { answerInFull } from '../spend/query.ts';

/** Days, conditions and the one currency of the question. */
export type EvidenceQuestion = {
  readonly period: Period;
  readonly where: readonly Filter[];
  readonly currency: string;
  /** Dimension that tells workloads apart; null = not split. */
  readonly workload: string | null;
};

const plan = ({ period, where, currency }: EvidenceQuestion, parts: Partial<SpendPlan>): SpendPlan => ({
  groupBy: [],
  cuts: [],
  where: [...where, { dimension: 'currency', operator: '=', values: [currency] }, ...(parts.where ?? [])],
  period,
  scope: 'bedrock',
  basis: 'unblended',
  components: parts.components ?? ['unblended'],
  spread: null,
  batchModels: [],
  ...(parts.groupBy === undefined ? {} : { groupBy: parts.groupBy }),
});

const where = (dimension: string, ...values: string[]): Filter => ({ dimension, operator: '=', values });
const INFERENCE = where('family', 'inference');

/** Most tag keys that are tried as workloads. */
const TAG_LIMIT = 20;
/** Share of the inference cost that must name a workload before a dimension is taken by itself. */
const NAMED_SHARE = 0.5;

/** The first of principal and tags that names a workload for at least half of the inference cost; null = none does. */
export function namingDimension(db: Db, question: EvidenceQuestion): string | null {
  const tags = holdings(db)
    .tagKeys.slice(0, TAG_LIMIT)
    .map((key) => `tag:${key}`);
  const all = ['principal', ...tags];
  return all.find((dimension) => namedShare(db, question, dimension) >= NAMED_SHARE) ?? null;
}

function namedShare(db: Db, question: EvidenceQuestion, dimension: string): number {
  const rows = [...spendRows(db, plan(question, { groupBy: [dimension], where: [INFERENCE] }))];
  const cost = (some: typeof rows): number => sumOf(some.map(({ sums: [amount] }) => amount ?? 0));
  const whole = cost(rows);
  return whole === 0 ? 0 : cost(rows.filter(({ keys: [value] }) => value !== null)) / whole;
}

/** Usage rows with their workloads named: sessions of one role become one. */
export function namedRows<Row extends UsageRow>(
  rows: readonly Row[],
  dimension: string | null,
): { readonly rows: Row[]; readonly filters: FinderEvidence['workloadFilters'] } {
  const filters = new Map<string | null, Filter>();
  if (dimension === null) return { rows: rows.map((row) => ({ ...row, workload: null })), filters };
  const named = rows.map((row) => {
    const { label, filter } = workloadOf(dimension, row.workload);
    filters.set(label, filter);
    return { ...row, workload: label };
  });
  return { rows: named, filters };
}

/** Prices of the layer at any place over the period, each looked up once. */
export function quoteOf(
  catalog: Catalog,
  { period, currency, priceLayer }: EvidenceQuestion & Pick<FinderEvidence, 'priceLayer'>,
  account: string | null,
): FinderEvidence['quote'] {
  const known = new Map<string, number | null>();
  return (place, meter, mode) => {
    if (currency !== 'USD') return null;
    const sku = { ...pricePartsOf(place), meter, mode, term: 'none' as const };
    const key = JSON.stringify(Object.values(sku));
    const found = known.get(key);
    if (found !== undefined) return found;
    const answer = lookUpPrice(catalog, sku, period.from, period.to);
    const contract =
      priceLayer === 'contract'
        ? contractEntry(catalog, { ...sku, account: place.account ?? account }, answer, period)
        : null;
    const list = answer.kind === 'missing' ? null : (answer.usdPerUnitLow + answer.usdPerUnitHigh) / 2;
    const price = contract === null ? list : middleOf(contract);
    known.set(key, price);
    return price;
  };
}

const middleOf = ({ low, high }: ContractEntry): number | null =>
  low === null || high === null ? null : (low + high) / 2;

/** Quiet use of on-demand usage that nobody streams: by hour where the lines say their hour, else by day. */
export function readQuietUse(db: Db, question: EvidenceQuestion, local: LocalTime): QuietUse[] {
  const users = { period: question.period, local };
  const hours = timedTokens(db, question, 'hour');
  const byHour = quietUse(
    'hour',
    hours.flatMap(({ time, ...rest }) => (time === null ? [] : [{ ...rest, time }])),
    users,
  );
  const byDay = quietUse(
    'day',
    timedTokens(db, question, 'day').flatMap(({ time, ...rest }) =>
      time === null ? [] : [{ ...rest, time }],
    ),
    users,
  );
  const withoutHour = new Set(
    hours.filter(({ time }) => time === null).map(({ model, workload }) => JSON.stringify([model, workload])),
  );
  const isHourly = ({ model, workload }: QuietUse): boolean =>
    !withoutHour.has(JSON.stringify([model, workload]));
  return [...byHour.filter(isHourly), ...byDay.filter((use) => !isHourly(use))];
}

type Timed = Omit<TimedTokens, 'time'> & { readonly time: string | null };

function timedTokens(db: Db, question: EvidenceQuestion, grain: 'hour' | 'day'): Timed[] {
  const { workload } = question;
  const rows = spendRows(
    db,
    plan(question, {
      groupBy: ['model', 'operation', grain, ...(workload === null ? [] : [workload])],
      where: [INFERENCE, where('mode', 'on_demand')],
      components: ['tokens'],
    }),
  );
  const found: Timed[] = [];
  for (const { keys, sums } of rows) {
    const [model = null, operation = null, time = null, value = null] = keys.map((key) =>
      key === null ? null : String(key),
    );
    const tokens = sums[0] ?? null;
    if (model === null || tokens === null || streamingOf(operation) === 'yes') continue;
    const label = workload === null ? null : workloadOf(workload, value).label;
    found.push({ model, workload: label, time, tokens });
  }
  return found;
}

/** Request counts by model, with the tokens of the days that have a count. Empty where none are held by model. */
export function readRequests(db: Db, catalog: Catalog, question: EvidenceQuestion): ModelRequests[] {
  const { rows } = answerInFull(
    db,
    catalogFacts(catalog),
    spendQuery.parse({
      measures: ['requests', 'totalInputTokens', 'outputTokens'],
      groupBy: ['model', 'day'],
      // No condition of our own: counts answer only what they are kept by, and tokens are those of inference anyway.
      where: question.where,
      period: question.period,
    }),
  );
  const counted = rows.flatMap(([model, , requests, input, output]) =>
    typeof model === 'string' && typeof requests === 'number'
      ? [{ model, requests, input: Number(input ?? 0), output: Number(output ?? 0) }]
      : [],
  );
  return [...Map.groupBy(counted, ({ model }) => model)].map(([model, days]) => ({
    model,
    requests: sumOf(days.map(({ requests }) => requests)),
    inputTokens: sumOf(days.map(({ input }) => input)),
    outputTokens: sumOf(days.map(({ output }) => output)),
    days: days.length,
  }));
}

/** Model units and reserved tokens that the bill shows, with what is counted under their ids. */
export function readCapacity(db: Db, question: EvidenceQuestion): BoughtCapacity[] {
  const rows = spendRows(
    db,
    plan(question, {
      groupBy: ['family', 'model', 'term', 'region', 'resource'],
      where: [where('family', 'provisioned', 'reserved'), where('chargeType', 'Usage')],
      components: ['quantity', 'unblended'],
    }),
  );
  const text = (key: string | number | null): string | null => (key === null ? null : String(key));
  const groups = Map.groupBy([...rows], ({ keys }) => JSON.stringify(keys));
  return [...groups.values()].flatMap((own): BoughtCapacity[] => {
    const [first] = own;
    if (first === undefined) return [];
    const [family = null, model = null, term = null, region = null, resource = null] = first.keys;
    const hours = own.map(({ sums: [quantity] }) => quantity ?? null);
    return [
      {
        family: family === 'reserved' ? 'reserved' : 'provisioned',
        model: text(model),
        term: text(term),
        region: text(region),
        resource: text(resource),
        hours: hours.includes(null) ? null : sumOf(hours.filter((value) => value !== null)),
        invoiced: sumOf(own.map(({ sums: [, cost] }) => cost ?? 0)),
        counted: resource === null ? null : countedUnder(db, String(resource), question.period),
      },
    ];
  });
}

/** Counts kept under the id of capacity, which is what a report names as its model; null without any. */
function countedUnder(db: Db, resource: string, period: Period): CountedCapacity | null {
  const all = metricSeries(db);
  const days: number[] = [];
  const counted = (metric: Metric): number | null => {
    const set = chooseSet(
      all.filter((series) => series.metric === metric),
      ['model'],
    );
    if (set === null) return null;
    const own = dayCounts(db, metric, set.by, period).filter(({ key: { model } }) =>
      isSameId(model, resource),
    );
    if (own.length === 0) return null;
    days.push(new Set(own.map(({ day }) => day)).size);
    return sumOf(own.map(({ value }) => value));
  };
  const found = {
    requests: counted('requests'),
    inputTokens: counted('inputTokens'),
    outputTokens: counted('outputTokens'),
  };
  return days.length === 0 ? null : { ...found, days: Math.min(...days) };
}

/** Whether a count's model is this capacity: its ARN, or the id at the end of it. */
function isSameId(model: string | undefined, resource: string): boolean {
  return model !== undefined && (model === resource || resource.endsWith(`/${model}`));
}
