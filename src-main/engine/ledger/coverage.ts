// What is held of which period: exports, parts, invoices, what they lack, and the calendar of one period's days.
import type { z } from 'zod';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { coveredExport } from '../../../shared/contract/ledger.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { calendarOf, daysOfMonth, type Hours, missingParts } from '../../../shared/domain/ledger/coverage.ts';
import {
  type AccountDay,
  accountDays,
  accountNames,
  type CoveredEntity,
  coveredEntities,
  holdsBefore,
  type Scope,
  secondsOf,
} from '../db/coverage.ts';
import { activeDeliveries, type DeliveryFact } from '../db/deliveries.ts';
import type { Db } from '../db/open.ts';
import { lastWord } from './say-bill.ts';

type CoveredExport = z.output<typeof coveredExport>;
type Calendar = Output<'ledger.calendar'>;

/** Accounts a calendar names; the rest are counted. */
const MOST_ACCOUNTS = 500;

/** Every export held, newest period first. */
export function coverage(db: Db): Output<'ledger.coverage'> {
  const exports = new Map<string, CoveredEntity[]>();
  for (const entity of coveredEntities(db)) {
    const key = JSON.stringify([entity.batchId, entity.payer, entity.kind, entity.report, entity.period]);
    exports.set(key, [...(exports.get(key) ?? []), entity]);
  }
  const bills = new Map(activeDeliveries(db).map(({ id, bill }) => [id, bill]));
  return {
    schemaVersion: 1,
    exports: [...exports.values()].flatMap((entities) => exportOf(entities, bills)),
    lastBillWord: lastWord(db),
  };
}

function exportOf(
  entities: readonly CoveredEntity[],
  bills: ReadonlyMap<number, DeliveryFact['bill']>,
): CoveredExport[] {
  const [first] = entities;
  if (first === undefined) return [];
  const { payer, kind, report, period, importedAt } = first;
  const parts = [...new Set(entities.flatMap((entity) => JSON.parse(entity.parts) as number[]))].toSorted(
    (left, right) => left - right,
  );
  return [
    {
      payer,
      kind,
      report,
      period,
      importedAt,
      rows: entities.reduce((sum, { rows }) => sum + rows, 0),
      everyLine: entities.every(({ everyLine }) => everyLine === 1),
      parts: parts.length === 0 ? null : { present: parts, missing: missingParts(parts) },
      bills: entities.map(({ billingEntity, estimated, invoices }) => ({
        billingEntity,
        estimated: estimated === 1,
        invoices: (JSON.parse(invoices) as string[]).toSorted(),
      })),
      bill:
        entities.map(({ deliveryId }) => bills.get(deliveryId) ?? null).find((one) => one !== null) ?? null,
      missing: missingOf(entities),
    },
  ];
}

/** What the export lacks, each consequence once. */
function missingOf(entities: readonly CoveredEntity[]): CoveredExport['missing'] {
  const all = entities.flatMap(({ capabilities }) => JSON.parse(capabilities) as CoveredExport['missing']);
  return [...new Map(all.map((one) => [one.capability, one])).values()];
}

/** The days of one payer's period, altogether and by account. Throws `not_found` where nothing of it is held. */
export function calendar(db: Db, scope: Scope): Calendar {
  const entities = coveredEntities(db).filter(
    ({ payer, period }) => payer === scope.payer && period === scope.period,
  );
  if (entities.length === 0) {
    throw new AssayError('not_found', `Nothing of payer ${scope.payer} is held for ${scope.period}.`, {
      payer: scope.payer,
      period: scope.period,
    });
  }
  const held = accountDays(db, scope);
  const days = [...new Set(held.map(({ day }) => day))].toSorted();
  const total = days.map((day) => ({ day, lineItems: linesOn(held, day) }));
  return {
    schemaVersion: 1,
    ...scope,
    days: calendarOf({
      period: scope.period,
      estimated: entities.some(({ estimated }) => estimated === 1),
      isFirst: !holdsBefore(db, scope),
      held: total,
      firstHours: hoursOf(db, scope, days[0]),
      lastHours: hoursOf(db, scope, days.at(-1)),
    }),
    outsidePeriod: total.filter(({ day }) => !day.startsWith(scope.period)),
    ...accountsOf(db, scope.period, held),
  };
}

const linesOn = (held: readonly AccountDay[], day: string): number =>
  held.reduce((sum, one) => (one.day === day ? sum + one.lineItems : sum), 0);

function hoursOf(db: Db, scope: Scope, day: string | undefined): Hours | null {
  if (day === undefined) return null;
  const { first, last } = secondsOf(db, scope, day);
  if (first === null || last === null) return null;
  const midnight = Date.parse(`${day}T00:00:00Z`) / 1000;
  const clock = (second: number): string =>
    second - midnight >= 86_400 ? '24:00' : new Date(second * 1000).toISOString().slice(11, 16);
  return { from: clock(first), to: clock(last) };
}

/** Accounts with the most lines first, each with its lines on every day of the period. */
function accountsOf(
  db: Db,
  period: string,
  held: readonly AccountDay[],
): Pick<Calendar, 'accounts' | 'accountsLeftOut'> {
  const byAccount = new Map<string, Map<string, number>>();
  for (const { account, day, lineItems } of held) {
    const days = byAccount.get(account) ?? new Map<string, number>();
    byAccount.set(account, days.set(day, lineItems));
  }
  const names = accountNames(db);
  const calendarDays = daysOfMonth(period);
  const accounts = [...byAccount]
    .map(([account, days]) => ({
      account,
      name: names.get(account) ?? null,
      lineItems: [...days.values()].reduce((sum, lines) => sum + lines, 0),
      days: calendarDays.map((day) => days.get(day) ?? 0),
    }))
    .toSorted((left, right) => right.lineItems - left.lineItems || left.account.localeCompare(right.account));
  return {
    accounts: accounts.slice(0, MOST_ACCOUNTS),
    accountsLeftOut: Math.max(0, accounts.length - MOST_ACCOUNTS),
  };
}
