// Looks for levers in the bill: reads the evidence, lets the rules speak, and computes what they found.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { VECTOR_LIMIT } from '../../../shared/contract/scenario-baseline.ts';
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import { type BaselineFacts, baselineOf } from '../../../shared/domain/whatif/baseline.ts';
import type { FinderEvidence } from '../../../shared/domain/whatif/finder/evidence.ts';
import { type Drafts, draftLevers, rankLevers } from '../../../shared/domain/whatif/finder/find.ts';
import type { LocalTime } from '../../../shared/domain/whatif/local-time.ts';
import { needsOf } from '../../../shared/domain/whatif/needs.ts';
import { accountOf, accountsWithRates } from '../../../shared/domain/whatif/price-entries.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { startPeriod } from '../../../shared/domain/whatif/start-period.ts';
import {
  type OutsideCost,
  type ScenarioBaseline,
  scopesOf,
  VECTOR_METERS,
} from '../../../shared/domain/whatif/vectors.ts';
import { createFormat } from '../../../shared/format/format.ts';
import { activeDeliveries, type DeliveryFact } from '../db/deliveries.ts';
import type { Db } from '../db/open.ts';
import { capacityUnits, daysHeld, isEstimated, usageRows } from '../db/scenarios.ts';
import { dayNumber } from '../db/spend.ts';
import { holdings } from '../db/workspace.ts';
import { billNotes } from '../spend/notes.ts';
import { rowsByAccount } from './account-rates.ts';
import { commitmentOffFor, localTimeIn, onlyCurrency } from './baseline.ts';
import {
  type EvidenceQuestion,
  namedRows,
  namingDimension,
  quoteOf,
  readCapacity,
  readQuietUse,
  readRequests,
} from './lever-evidence.ts';

type Question = ParsedInput<'levers.find'>;

const format = createFormat();

/**
 * Opportunities of the bill, ranked. Throws `not_found` where nothing is held or matches, `mixed_currency` for more than
 * one currency, `invalid_input` for a period that ends before it starts, and for a time zone that nobody knows.
 */
export function findLevers(db: Db, catalog: Catalog, question: Question): Output<'levers.find'> {
  const period = periodOf(db, question.period);
  const { where } = question;
  const rows = usageRows(db, { period, where, workload: null, scopes: [] });
  const currency = onlyCurrency(rows, { period, where }, daysHeld(db, period));
  const unsplit = { period, where, currency, workload: null };
  const asked = question.workload === 'auto' ? namingDimension(db, unsplit) : question.workload;
  const { priceLayer } = question;
  const local = localTimeIn(question.timeZone, period, 'timeZone');
  const { evidence, facts, note } = evidenceOf(db, catalog, {
    ...unsplit,
    workload: asked,
    priceLayer,
    local,
  });
  const drafts = draftLevers(evidence);
  return rankLevers(
    evidence,
    drafts,
    { ...question, baseline: { period, where, workload: null } },
    {
      estimated: facts.estimated,
      commitmentOff: facts.commitmentOff,
      catalogVersion: catalog.version,
      notes: [
        ...note,
        ...billNotes(deliveriesIn(db, period)),
        ...splitNote(question, evidence),
        ...facts.notes,
        ...unpricedNote(evidence),
        ...unknownNote(evidence, facts.unknown),
        ...countsNote(evidence),
        ...contractNote(catalog, priceLayer),
      ],
      baselineOf: baselines(db, catalog, evidence, drafts, facts),
    },
  ) as Output<'levers.find'>;
}

/** The deliveries whose billing period the days are part of. */
function deliveriesIn(db: Db, { from, to }: Period): DeliveryFact[] {
  return activeDeliveries(db).filter(({ period }) => period >= from.slice(0, 7) && period <= to.slice(0, 7));
}

function periodOf(db: Db, asked: Period | null): Period {
  const { months, days } = holdings(db);
  const period = asked ?? startPeriod(months, days);
  if (period === null) {
    throw new AssayError('not_found', 'Nothing is imported yet. Import a billing export first.', {});
  }
  if (dayNumber(period.to) >= dayNumber(period.from)) return period;
  throw new AssayError('invalid_input', `The period ends (${period.to}) before it starts (${period.from}).`, {
    field: 'period',
  });
}

type Read = {
  readonly evidence: FinderEvidence;
  readonly facts: Pick<
    BaselineFacts,
    'daysInPeriod' | 'daysCovered' | 'estimated' | 'commitmentOff' | 'ocu'
  > & {
    readonly notes: readonly string[];
    /** Cost of usage whose kind, model or unit is not known. */
    readonly unknown: number;
  };
  /** What had to be left out. */
  readonly note: readonly string[];
};

function evidenceOf(
  db: Db,
  catalog: Catalog,
  question: EvidenceQuestion & Pick<Question, 'priceLayer'> & { readonly local: LocalTime },
): Read {
  const { period, where, currency, workload } = question;
  const account = accountOf(where);
  const accounts = accountsWithRates(catalog, account);
  const apart = rowsByAccount(
    (asked) => usageRows(db, asked),
    { period, where, workload, scopes: [] },
    accounts,
  );
  const { rows, filters } = namedRows(apart, workload);
  const facts = {
    daysInPeriod: dayNumber(period.to) - dayNumber(period.from) + 1,
    daysCovered: daysHeld(db, period),
    estimated: isEstimated(db, period),
    commitmentOff: commitmentOffFor(db, { period, where }),
    ocu: capacityUnits(db, period, currency),
  };
  const nothing = { scopes: [], modes: [], places: [], account, accounts, hourly: null };
  const { vectors, notes, outside } = baselineOf(rows, { period, currency, ...facts, ...nothing }, catalog);
  if (vectors.length > VECTOR_LIMIT && workload !== null) {
    const read = evidenceOf(db, catalog, { ...question, workload: null });
    const note = `Split by ${workload} the usage has ${format.count(vectors.length)} parts, more than the ${format.count(VECTOR_LIMIT)} that can be computed: it is not split. Choose a coarser dimension.`;
    return { ...read, note: [note, ...read.note] };
  }
  return {
    evidence: {
      period,
      currency,
      daysCovered: facts.daysCovered,
      workload,
      vectors,
      workloadFilters: filters,
      priceLayer: question.priceLayer,
      quote: quoteOf(catalog, question, account),
      quiet: readQuietUse(db, question, question.local),
      requests: readRequests(db, catalog, question),
      capacity: readCapacity(db, question),
      ocu: facts.ocu,
    },
    facts: { ...facts, notes, unknown: sumOf(outside.filter(isUnknown).map(({ invoiced }) => invoiced)) },
    note: [],
  };
}

/** Baselines of scenarios over the drafts' levers: the usage is read once, with every scope marked. */
function baselines(
  db: Db,
  catalog: Catalog,
  { period, currency }: FinderEvidence,
  { candidates }: Drafts,
  { daysInPeriod, daysCovered, estimated, commitmentOff, ocu }: Read['facts'],
): (scenario: Scenario) => ScenarioBaseline {
  const scopes = scopesOf(candidates.map(({ lever }) => lever));
  let rows: ReturnType<typeof usageRows> | null = null;
  return (scenario) => {
    const { where } = scenario.baseline;
    const account = accountOf(where);
    const accounts = accountsWithRates(catalog, account);
    rows ??= rowsByAccount(
      (asked) => usageRows(db, asked),
      { period, where, workload: null, scopes },
      accounts,
    );
    const needs = needsOf(scenario);
    return baselineOf(
      rows,
      {
        period,
        currency,
        daysInPeriod,
        daysCovered,
        estimated,
        commitmentOff,
        scopes,
        modes: needs.modes,
        places: needs.places,
        account,
        accounts,
        hourly: null,
        ocu: needs.ocu ? ocu : null,
      },
      catalog,
    );
  };
}

function splitNote({ workload: asked }: Question, { workload }: FinderEvidence): string[] {
  if (asked !== 'auto') return [];
  return [
    workload === null
      ? 'Neither the principal nor a tag names a workload for half of the inference cost, so workloads are not told apart.'
      : `Workloads are told apart by ${workload}, the first of principal and tags that names one for at least half of the inference cost.`,
  ];
}

function unpricedNote({ vectors, quote, currency }: FinderEvidence): string[] {
  const unpriced = sumOf(
    vectors.flatMap((vector) =>
      VECTOR_METERS.filter(
        (meter) => vector.tokens[meter] > 0 && quote(vector, meter, vector.mode) === null,
      ).map((meter) => vector.invoiced[meter]),
    ),
  );
  if (unpriced === 0 || currency !== 'USD') return [];
  return [
    `${format.money(unpriced, currency)} of usage has no price, so rules that compare prices cannot look at it.`,
  ];
}

const isUnknown = ({ reason }: OutsideCost): boolean =>
  reason === 'unknown_model' || reason === 'unknown_unit';

/** What was found nowhere was not looked for in these lines. */
function unknownNote({ currency }: FinderEvidence, unknown: number): string[] {
  if (unknown === 0) return [];
  return [
    `${format.money(unknown, currency)} of usage is of unknown kind, model or unit, so no rule can look at it: answer it in Review first.`,
  ];
}

/** What the contract has to do with the prices of the answer. */
function contractNote({ contract: { version } }: Catalog, priceLayer: Question['priceLayer']): string[] {
  if (priceLayer === 'contract') {
    return [
      version === null
        ? 'The workspace has no contract rates: all prices are list prices.'
        : `Prices are the contract rates of the workspace (version ${version}), and list prices where no rate is for the usage: a saving may mix both, and each figure of its scenario says which.`,
    ];
  }
  return version === null
    ? []
    : [
        `Prices are list prices. The workspace has contract rates (version ${version}): choose them to rank by what you pay.`,
      ];
}

function countsNote({ requests }: FinderEvidence): string[] {
  return requests.length > 0
    ? []
    : ['No request counts by model are imported: rules that need the length of an answer cannot decide.'];
}
