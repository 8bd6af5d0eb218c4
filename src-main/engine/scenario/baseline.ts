// Reads what a scenario starts from: usage of a selection, the days behind it, and the prices it needs.
import { AssayError } from '../../../shared/contract/errors.ts';
import { VECTOR_LIMIT } from '../../../shared/contract/scenario-baseline.ts';
import { commitmentOff } from '../../../shared/domain/ledger/bill-kind.ts';
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import type { Filter, Period } from '../../../shared/domain/spend/vocabulary.ts';
import { type BaselineFacts, baselineOf, partsOf } from '../../../shared/domain/whatif/baseline.ts';
import { hourlyOf } from '../../../shared/domain/whatif/hourly.ts';
import type { LocalTime } from '../../../shared/domain/whatif/local-time.ts';
import { accountOf, accountsWithRates } from '../../../shared/domain/whatif/price-entries.ts';
import type { HourlyUsage, ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';
import { localTimeOver } from '../../../shared/format/time-zone.ts';
import { activeDeliveries } from '../db/deliveries.ts';
import type { Db } from '../db/open.ts';
import {
  type BaselineQuestion,
  capacityUnits,
  daysHeld,
  deliveriesAsked,
  hourRows,
  isEstimated,
  usageRows,
} from '../db/scenarios.ts';
import { dayNumber } from '../db/spend.ts';
import { rowsByAccount } from './account-rates.ts';

/**
 * The baseline of a selection of Bedrock lines. Throws `invalid_input` for a period that ends before it starts or a
 * workload split too finely, `not_found` for an empty selection, `mixed_currency` for more than one currency.
 */
export function readBaseline(
  db: Db,
  question: BaselineQuestion &
    Pick<BaselineFacts, 'modes' | 'places'> & {
      readonly hourly: readonly (readonly Filter[])[];
      /** Time zones that the hours are wanted in as well. */
      readonly timeZones: readonly string[];
      readonly ocu: boolean;
    },
  catalog: Catalog,
): ScenarioBaseline {
  const { period, scopes, modes, places, hourly, ocu } = question;
  const daysInPeriod = dayNumber(period.to) - dayNumber(period.from) + 1;
  if (!(daysInPeriod > 0)) {
    throw new AssayError(
      'invalid_input',
      `The baseline ends (${period.to}) before it starts (${period.from}).`,
      {
        field: 'baseline.period',
      },
    );
  }
  const account = accountOf(question.where);
  const own = accountsWithRates(catalog, account);
  const apart = rowsByAccount((asked) => usageRows(db, asked), question, own);
  // Priced together, where accounts apart would be more than can be computed: a note says so.
  const accounts = partsOf(apart) > VECTOR_LIMIT ? [] : own;
  const rows = accounts === own ? apart : usageRows(db, question);
  const daysCovered = daysHeld(db, period);
  const currency = onlyCurrency(rows, question, daysCovered);
  const baseline = baselineOf(
    rows,
    {
      period,
      currency,
      daysInPeriod,
      daysCovered,
      estimated: isEstimated(db, period),
      commitmentOff: commitmentOffFor(db, question),
      scopes,
      modes,
      places,
      account,
      accounts,
      ocu: ocu ? capacityUnits(db, period, currency) : null,
      hourly: hourly.length === 0 ? null : readHours(db, question, daysCovered, accounts),
    },
    catalog,
  );
  refuseTooMany(baseline, question);
  return baseline;
}

/** Why nothing of a selection counts under a commitment: what it holds is not the payer's own bill. Null = it is. */
export function commitmentOffFor(
  db: Db,
  selection: Pick<BaselineQuestion, 'where' | 'period'>,
): string | null {
  const others = activeDeliveries(db).filter(({ bill }) => bill !== null && !bill.ties);
  if (others.length === 0) return null;
  const asked = new Set(
    deliveriesAsked(
      db,
      selection,
      others.map(({ id }) => id),
    ),
  );
  return commitmentOff(others.filter(({ id }) => asked.has(id)));
}

/** Most hours of all usage together that a page is given. */
const POINT_LIMIT = 400_000;

function readHours(
  db: Db,
  question: BaselineQuestion & {
    readonly hourly: readonly (readonly Filter[])[];
    readonly timeZones: readonly string[];
  },
  daysCovered: number,
  accounts: readonly string[],
): HourlyUsage {
  const { period, scopes, hourly, timeZones } = question;
  const rows = rowsByAccount((asked) => hourRows(db, asked), question, accounts);
  const localTimes = timeZones.map((timeZone) => localTimeIn(timeZone, period, 'levers.timeZone'));
  const found = hourlyOf(rows, daysCovered * 24, scopes, hourly, localTimes);
  const points = found.rows.reduce((total, { at }) => total + at.length, 0);
  if (points <= POINT_LIMIT) return found;
  throw new AssayError(
    'invalid_input',
    `The levers that buy capacity apply to ${found.rows.length} parts of the usage, ${points} hours together; at most ${POINT_LIMIT} can be computed. Apply them to one model.`,
    { field: 'levers.scope', points },
  );
}

/** The zone over the days. Throws `invalid_input`, naming the field, for a name that nobody knows. */
export function localTimeIn(timeZone: string, period: Period, field: string): LocalTime {
  const found = localTimeOver(timeZone, period);
  if (found !== null) return found;
  throw new AssayError(
    'invalid_input',
    `There is no time zone “${timeZone}”. Give its IANA name, such as Europe/Berlin or America/New_York, or UTC.`,
    { field, value: timeZone },
  );
}

/** The one currency of rows over days of which so many are held. Throws `not_found` for none, `mixed_currency` for several. */
export function onlyCurrency(
  rows: readonly { currency: string | null }[],
  { period, where }: Pick<BaselineQuestion, 'period' | 'where'>,
  daysCovered: number,
): string {
  const currencies = [...new Set(rows.map(({ currency }) => currency ?? 'unknown'))].sort();
  const [first] = currencies;
  if (first === undefined) {
    throw new AssayError('not_found', nothingFound(period, where.length > 0, daysCovered), {
      from: period.from,
      to: period.to,
      filters: where.length,
      daysHeld: daysCovered,
    });
  }
  if (currencies.length > 1) {
    throw new AssayError(
      'mixed_currency',
      `The baseline is in ${currencies.join(', ')}, which are never added together. Choose one with a filter such as currency=${first}.`,
      { currencies: currencies.join(', ') },
    );
  }
  return first;
}

/** Days that are held and hold no Bedrock are no days to be imported. */
function nothingFound({ from, to }: Period, isFiltered: boolean, daysCovered: number): string {
  if (daysCovered === 0) return `Nothing is held from ${from} to ${to}. Choose days that were imported.`;
  return isFiltered
    ? `No Bedrock usage from ${from} to ${to} matches the filters. Choose fewer filters, or other days.`
    : `What is held from ${from} to ${to} has no Bedrock usage, so there is nothing to start from. Choose other days, or import the bill that has it.`;
}

function refuseTooMany({ vectors }: ScenarioBaseline, { workload }: BaselineQuestion): void {
  if (vectors.length <= VECTOR_LIMIT) return;
  throw new AssayError(
    'invalid_input',
    `Splitting the baseline${workload === null ? '' : ` by ${workload}`} gives ${vectors.length} parts; at most ${VECTOR_LIMIT} can be computed. Choose a coarser workload or more filters.`,
    { field: 'baseline.workload', vectors: vectors.length },
  );
}
