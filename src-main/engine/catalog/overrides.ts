// The contract rates of a workspace: read, checked as a whole, previewed on what is held, kept as versions.
import { basename } from 'node:path';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { RATES_LIMIT } from '../../../shared/contract/overrides.ts';
import { type Override, overrideConflicts } from '../../../shared/domain/pricing/override.ts';
import {
  KNOWN_BY_TABLE,
  type KnownNames,
  RATE_CARD_COLUMNS,
  type RateCardRow,
  readRow,
  writeRow,
} from '../../../shared/domain/pricing/rate-card.ts';
import { toCsv } from '../../../shared/format/delimited.ts';
import type { Db } from '../db/open.ts';
import {
  keepOverrides,
  namesOfLines,
  overridesOfVersion,
  overrideVersionInUse,
  overrideVersions,
  putOverridesInUse,
} from '../db/overrides.ts';
import { writeFileWhole } from '../export/write-file.ts';
import { readRateCard } from '../import/rate-card.ts';
import { effectOf } from './override-effect.ts';
import type { Pricing } from './pricing.ts';

type Report = Output<'overrides.preview'>;
type Fault = Report['faults'][number];

export type OverridesContext = { readonly db: Db; readonly pricing: Pricing; readonly now: () => Date };

const FAULT_LIMIT = 500;

function inUse(db: Db): Override[] {
  const version = overrideVersionInUse(db);
  return version === null ? [] : overridesOfVersion(db, version);
}

export function listOverrides(db: Db): Output<'overrides.list'> {
  const version = overrideVersionInUse(db);
  return {
    schemaVersion: 1,
    version,
    rates: inUse(db).map(writeRow),
    versions: overrideVersions(db).map((one) => ({ ...one, inUse: one.id === version })),
  };
}

type Checked = { readonly rates: readonly Override[]; readonly faults: readonly Fault[] };

/** Every fault of the rows, with the line of the file where there is one; conflicts only once each row is sound. */
function check(rows: readonly RateCardRow[], known: KnownNames, lines: readonly (number | null)[]): Checked {
  const faults: Fault[] = [];
  const rates: Override[] = [];
  for (const [index, row] of rows.entries()) {
    const reading = readRow(row, index + 1, known);
    const line = lines[index] ?? null;
    if (reading.kind === 'read') rates.push(reading.override);
    else faults.push(...reading.faults.map((fault) => ({ number: index + 1, line, ...fault })));
  }
  if (faults.length > 0) return { rates, faults: faults.slice(0, FAULT_LIMIT) };
  const place = (number: number): string => {
    const line = lines[number - 1] ?? null;
    return line === null ? `rate ${number}` : `rate ${number} (line ${line})`;
  };
  const conflicts = overrideConflicts(rates).map(({ left, right }) => ({
    number: right.number,
    line: lines[right.number - 1] ?? null,
    column: null,
    value: '',
    problem: `and ${place(left.number)} are for the same usage on the same days, and neither comes first: let one name more, or end one before the other`,
  }));
  return { rates, faults: conflicts };
}

function knownNames(db: Db, { catalog }: Pricing): KnownNames {
  const held = namesOfLines(db);
  const { prices } = catalog();
  return {
    providers: [
      ...new Set([...KNOWN_BY_TABLE.providers, ...prices.map(({ provider }) => provider), ...held.providers]),
    ],
    models: [...new Set([...KNOWN_BY_TABLE.models, ...held.models])],
  };
}

/** What a rate says but for its place: two of one content are the same rate. */
const contentOf = (rate: Override): string => JSON.stringify(writeRow(rate));

async function reportOf(
  { db, pricing }: OverridesContext,
  { rates, faults }: Checked,
  rows: number,
): Promise<Report> {
  const before = new Set(inUse(db).map(contentOf));
  const after = new Set(rates.map(contentOf));
  const kept = [...after].filter((content) => before.has(content)).length;
  return {
    schemaVersion: 1,
    rates: rows,
    faults: [...faults],
    changes: { added: after.size - kept, removed: before.size - kept, kept },
    effect: faults.length > 0 ? null : await effectOf(db, pricing.catalog(), rates),
  };
}

export function previewOverrides(context: OverridesContext, rows: readonly RateCardRow[]): Promise<Report> {
  const checked = check(rows, knownNames(context.db, context.pricing), []);
  return reportOf(context, checked, rows.length);
}

/** Reads a rate card and checks it together with the rates it would stand after. Keeps nothing. */
export async function readOverrides(
  context: OverridesContext,
  { sources, add }: ParsedInput<'overrides.read'>,
): Promise<Output<'overrides.read'>> {
  const path = sources[0] ?? '';
  const card = await readRateCard(path);
  const held = add ? inUse(context.db).map(writeRow) : [];
  const rows = [...held, ...card.map(({ row }) => row)];
  if (rows.length > RATES_LIMIT) throw tooMany(rows.length);
  const lines = [...held.map(() => null), ...card.map(({ line }) => line)];
  const checked = check(rows, knownNames(context.db, context.pricing), lines);
  return { file: basename(path), rates: rows, report: await reportOf(context, checked, rows.length) };
}

const tooMany = (rows: number): AssayError =>
  new AssayError(
    'invalid_input',
    `${rows} rates are more than ${RATES_LIMIT}: leave open what does not differ.`,
    {
      rates: rows,
    },
  );

/** Keeps rates as a new version in use; the lines follow. Throws `invalid_input` naming the first fault, and keeps nothing then. */
export async function saveOverrides(
  context: OverridesContext,
  { rates: rows, what }: ParsedInput<'overrides.save'>,
): Promise<Report> {
  const { db, pricing, now } = context;
  refuseReadOnly(db);
  const checked = check(rows, knownNames(db, pricing), []);
  const [fault] = checked.faults;
  if (fault !== undefined) {
    const where = fault.column === null ? '' : `, ${fault.column} “${fault.value}”`;
    const message = `Rate ${fault.number}${where} ${fault.problem}. Nothing was kept.`;
    throw new AssayError('invalid_input', message, {
      number: fault.number,
      column: fault.column,
      value: fault.value,
    });
  }
  const report = await reportOf(context, checked, rows.length);
  keepOverrides(db, { madeAt: now().toISOString(), what }, checked.rates);
  await pricing.changed();
  return report;
}

/** Puts any version of the rates back in use; null = no rates. Throws `not_found`. */
export async function changeOverrides(
  { db, pricing }: OverridesContext,
  version: number | null,
): Promise<Output<'overrides.list'>> {
  refuseReadOnly(db);
  const held = overrideVersions(db).map(({ id }) => id);
  if (version !== null && !held.includes(version)) {
    const known = ['none', ...held].join(', ');
    throw new AssayError(
      'not_found',
      `There is no version ${version} of the contract rates. Held: ${known}.`,
      {
        version,
      },
    );
  }
  putOverridesInUse(db, version);
  await pricing.changed();
  return listOverrides(db);
}

function refuseReadOnly(db: Db): void {
  if (!db.readonly) return;
  throw new AssayError(
    'workspace_read_only',
    'This workspace is open for reading only. Open a copy that you may write to, then change its contract rates.',
  );
}

/** Writes the rates in use as a rate card that reads back to the same rates. */
export async function exportOverrides(db: Db, target: string): Promise<{ rows: number; bytes: number }> {
  const rows = inUse(db).map(writeRow);
  const csv = toCsv(
    RATE_CARD_COLUMNS,
    rows.map((row) => RATE_CARD_COLUMNS.map((column) => row[column])),
  );
  return { rows: rows.length, bytes: await writeFileWhole(target, [csv]) };
}
