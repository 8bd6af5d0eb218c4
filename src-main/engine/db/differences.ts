// What is held of a payer's period against what a batch brings of it, by service and by day of use.
import { addTo, difference, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import { daysOfDelivery } from './batch-days.ts';
import { linesStateTheSame, type SidedDelivery } from './line-differences.ts';
import type { Db } from './open.ts';
import { inSlices } from './slices.ts';

export type Scope = { readonly payer: string; readonly period: string; readonly currency: string };
export type Difference = { readonly label: string; readonly held: number; readonly incoming: number };
/** Services by their names, '' where a line has none; days as `YYYY-MM-DD`. The biggest differences first. */
export type Differences = { readonly byService: Difference[]; readonly byDay: Difference[] };

const MOST_SERVICES = 50;
const MOST_DAYS = 62;

type Side = SidedDelivery['side'];
type Sides = Map<string, Record<Side, Sum>>;

/** Unblended cost on both sides. A day at a time; `onPause` may refuse to go on, by throwing. */
export async function differences(
  db: Db,
  scope: Scope,
  batchId: number,
  onPause: () => void,
): Promise<Differences> {
  const services: Sides = new Map();
  const days: Sides = new Map();
  const goOn = inSlices(onPause);
  const deliveries = deliveriesOfBothSides(db, scope, batchId);
  for (const table of ['daily', 'rollup'] as const) {
    const costs = costsOfDay(db, table);
    for (const { id, side } of deliveries) {
      for (const day of daysOfDelivery(db, id, table)) {
        for (const { service, date, unblended } of costs.all({
          delivery: id,
          day,
          currency: scope.currency,
        })) {
          addTo(sidesOf(services, service)[side], unblended);
          addTo(sidesOf(days, date)[side], unblended);
        }
        await goOn();
      }
    }
  }
  return { byService: biggest(services, MOST_SERVICES), byDay: biggest(days, MOST_DAYS) };
}

/** What somebody may account by, and every basis: all that tells two deliveries apart but texts that only describe. */
const OF_SERVICE = ['service', 'usage_type'] as const;
const OF_SUMS = ['account', 'billing_entity', 'charge_type', 'region', 'unit'] as const;
const OF_LINES = ['operation', 'resource', 'principal', 'tag_set', 'cost_category_set'] as const;
const DETAILS = [...OF_SERVICE, ...OF_SUMS, ...OF_LINES] as const;
const AMOUNTS = [
  'line_items',
  'quantity',
  'unblended',
  'net_unblended',
  'amortized',
  'net_amortized',
  'list',
] as const;

/** Whether both sides state the same of each day in every detail. `onPause` may refuse to go on, by throwing. */
export async function statesTheSameDetails(
  db: Db,
  scope: Scope,
  batchId: number,
  onPause: () => void,
): Promise<boolean> {
  const goOn = inSlices(onPause);
  const deliveries = deliveriesOfBothSides(db, scope, batchId);
  const days = new Set<number>();
  for (const { id } of deliveries)
    for (const table of ['daily', 'rollup'] as const)
      for (const day of daysOfDelivery(db, id, table)) days.add(day);
  const details = detailsOfDay(db);
  const claimed = claimedServices(db, deliveries);
  for (const day of days) {
    const sides: Sides[] = AMOUNTS.map(() => new Map());
    for (const { id, side } of deliveries) {
      for (const row of details.iterate({ delivery: id, day, currency: scope.currency })) {
        const service = row.slice(AMOUNTS.length, AMOUNTS.length + OF_SERVICE.length).join(' ');
        const label = row
          .slice(AMOUNTS.length, claimed.has(service) ? -OF_LINES.length : undefined)
          .join(' ');
        for (const [at, amounts] of sides.entries()) addTo(sidesOf(amounts, label)[side], row[at] ?? 0);
      }
      await goOn();
    }
    if (sides.some((amounts) => [...amounts.values()].some(differ))) return false;
  }
  const isClaimed = (row: readonly (number | null)[]): boolean =>
    claimed.has(row.slice(0, OF_SERVICE.length).join(' '));
  return linesStateTheSame(db, deliveries, DETAILS, isClaimed, onPause);
}

/**
 * Service and usage type of sums that a rule claimed: one side may hold these lines one by one and the other only their
 * sums, which know less of them.
 */
function claimedServices(db: Db, deliveries: readonly SidedDelivery[]): ReadonlySet<string> {
  const found = db
    .prepare<[string], (number | null)[]>(
      `SELECT DISTINCT ${OF_SERVICE.map((name) => `series.${name}`).join(', ')}
       FROM claimed_rollup AS part JOIN line_series AS series ON series.id = part.series_id
       WHERE part.delivery_id IN (SELECT value FROM json_each(?))`,
    )
    .raw()
    .all(JSON.stringify(deliveries.map(({ id }) => id)));
  return new Set(found.map((service) => service.join(' ')));
}

const differ = ({ held, incoming }: Record<Side, Sum>): boolean =>
  difference(totalOf(incoming), totalOf(held)) !== 0;

/** Amounts, then the details, by their numbers in the dictionaries. */
const detailsOfDay = (db: Db) =>
  db
    .prepare<[OfDay], (number | null)[]>(
      ['daily', 'rollup']
        .map(
          (table) => `SELECT ${AMOUNTS.map((name) => `SUM(part.${name})`).join(', ')},
             ${DETAILS.map((name) => `series.${name}`).join(', ')}
           FROM ${table} AS part
           JOIN line_series AS series ON series.id = part.series_id
           JOIN dim_currency AS currency ON currency.id = series.currency
           WHERE part.delivery_id = @delivery AND part.day = @day AND currency.text = @currency
           GROUP BY ${DETAILS.map((name) => `series.${name}`).join(', ')}`,
        )
        .join(' UNION ALL '),
    )
    .raw();

function deliveriesOfBothSides(db: Db, { payer, period }: Scope, batchId: number): SidedDelivery[] {
  return db
    .prepare<[{ payer: string; period: string; batchId: number }], SidedDelivery>(
      `SELECT id, CASE batch_id WHEN @batchId THEN 'incoming' ELSE 'held' END AS side FROM delivery
       WHERE payer = @payer AND period = @period AND (active = 1 OR batch_id = @batchId) ORDER BY id`,
    )
    .all({ payer, period, batchId });
}

type OfDay = { readonly delivery: number; readonly day: number; readonly currency: string };
type Cost = { readonly service: string; readonly date: string; readonly unblended: number };

const costsOfDay = (db: Db, table: 'daily' | 'rollup') =>
  db.prepare<[OfDay], Cost>(
    `SELECT COALESCE(service.text, '') AS service, date(part.day * 86400, 'unixepoch') AS date,
       SUM(part.unblended) AS unblended
     FROM ${table} AS part
     JOIN line_series AS series ON series.id = part.series_id
     JOIN dim_currency AS currency ON currency.id = series.currency
     LEFT JOIN dim_service AS service ON service.id = series.service
     WHERE part.delivery_id = @delivery AND part.day = @day AND currency.text = @currency
     GROUP BY series.service`,
  );

function sidesOf(sides: Sides, label: string): Record<Side, Sum> {
  const both = sides.get(label) ?? { held: emptySum(), incoming: emptySum() };
  sides.set(label, both);
  return both;
}

function biggest(sides: Sides, most: number): Difference[] {
  const size = ({ held, incoming }: Difference): number => Math.abs(incoming - held);
  return [...sides]
    .map(([label, { held, incoming }]) => ({ label, held: totalOf(held), incoming: totalOf(incoming) }))
    .sort((left, right) => size(right) - size(left) || (left.label < right.label ? -1 : 1))
    .slice(0, most);
}
