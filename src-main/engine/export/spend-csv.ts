// A spend answer, or the lines behind it, as a CSV file; what it rests on goes into a JSON file beside it.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { periodText, queryArguments } from '../../../shared/domain/spend/grammar.ts';
import { csvRow, type DelimitedCell } from '../../../shared/format/delimited.ts';
import { countLineItems, type LineItem, lineItemIds, lineItemsById } from '../db/line-items.ts';
import type { Db } from '../db/open.ts';
import type { CatalogFacts } from '../spend/provenance.ts';
import { answerInFull, type FullAnswer, type SpendQuery } from '../spend/query.ts';
import { writeFileWhole } from './write-file.ts';

type Written = Output<'export.spend'>;
type Cells = readonly DelimitedCell[];

/** Rows turned into text at a time. */
const PAGE = 2000;

/** Where the facts about an exported table are written, so that the table itself stays a plain table. */
export const metadataPath = (target: string): string => `${target}-metadata.json`;

const headerOf = ({ name, unit }: FullAnswer['columns'][number]): string =>
  unit === null ? name : `${name} (${unit})`;

/** Writes every group of the answer, whatever page of it is shown. */
export async function exportSpend(
  db: Db,
  catalog: CatalogFacts,
  { query, target }: ParsedInput<'export.spend'>,
): Promise<Written> {
  const answer = answerInFull(db, catalog, query);
  const compared =
    query.compareTo === null ? null : answerInFull(db, catalog, { ...query, period: query.compareTo });
  const header = answer.columns.map(headerOf);
  const table =
    compared === null || query.compareTo === null
      ? { header, rows: answer.rows as Cells[] }
      : sideBySide(query, answer, compared, ` ${periodText(query.compareTo)}`);
  const bytes = await writeFileWhole(target, csvPages(table.header, table.rows));
  await writeMetadata(target, {
    columns: answer.columns,
    rows: table.rows.length,
    totals: answer.totals,
    compareTo: query.compareTo === null ? null : { period: query.compareTo, totals: compared?.totals ?? {} },
    asked: ['assay', 'query', ...queryArguments(query)],
    provenance: answer.provenance,
  });
  return { rows: table.rows.length, bytes };
}

/** The measures of another period beside those of this one; groups that only one of them has are there too. */
function sideBySide(
  query: SpendQuery,
  answer: FullAnswer,
  compared: FullAnswer,
  suffix: string,
): { header: string[]; rows: Cells[] } {
  const keys = query.groupBy.length;
  const keyOf = (row: Cells): string => JSON.stringify(row.slice(0, keys));
  const missing = query.measures.map(() => null);
  const other = new Map(compared.rows.map((row) => [keyOf(row), row]));
  const rows = answer.rows.map((row): Cells => {
    const match = other.get(keyOf(row));
    other.delete(keyOf(row));
    return [...row, ...(match?.slice(keys) ?? missing)];
  });
  const onlyThere = [...other.values()].map(
    (row): Cells => [...row.slice(0, keys), ...missing, ...row.slice(keys)],
  );
  const names = compared.columns
    .slice(keys)
    .map(({ name, unit, kind }) => ({ name: name + suffix, unit, kind }));
  return {
    header: [...answer.columns, ...names].map(headerOf),
    rows: [...rows, ...onlyThere],
  };
}

function* csvPages(header: readonly string[], rows: readonly Cells[]): Generator<string> {
  yield csvRow(header);
  for (let at = 0; at < rows.length; at += PAGE)
    yield rows
      .slice(at, at + PAGE)
      .map(csvRow)
      .join('');
}

/** Columns of the line export. Amounts are in the line's own currency, which is a column; catalog list is in USD. */
const LINE_COLUMNS: readonly (readonly [string, keyof LineItem])[] = [
  ['start (UTC)', 'start'],
  ['end (UTC)', 'end'],
  ['payer', 'payer'],
  ['account', 'account'],
  ['billingEntity', 'billingEntity'],
  ['service', 'service'],
  ['chargeType', 'chargeType'],
  ['usageType', 'usageType'],
  ['operation', 'operation'],
  ['region', 'region'],
  ['resource', 'resource'],
  ['family', 'family'],
  ['provider', 'provider'],
  ['model', 'model'],
  ['meter', 'meter'],
  ['variant', 'variant'],
  ['mode', 'mode'],
  ['term', 'term'],
  ['regionTier', 'regionTier'],
  ['contextBand', 'contextBand'],
  ['quantity (billed)', 'quantity'],
  ['unit (billed)', 'unit'],
  ['quantity (base units)', 'normalizedQuantity'],
  ['base unit', 'normalizedUnit'],
  ['currency', 'currency'],
  ['unblended (currency)', 'unblended'],
  ['netUnblended (currency)', 'netUnblended'],
  ['amortized (currency)', 'amortized'],
  ['netAmortized (currency)', 'netAmortized'],
  ['list (currency)', 'list'],
  ['contracted as billed (currency)', 'contractedStated'],
  ['catalogList low (USD)', 'catalogListLow'],
  ['catalogList high (USD)', 'catalogListHigh'],
  ['contracted low (USD)', 'contractedLow'],
  ['contracted high (USD)', 'contractedHigh'],
  ['file', 'file'],
  ['record', 'recordNumber'],
];

/** Writes every matching line, whatever page of them is shown. */
export async function exportLineItems(
  db: Db,
  catalog: CatalogFacts,
  { query, target }: ParsedInput<'export.lineItems'>,
): Promise<Written> {
  const ids = lineItemIds(db, query, null);
  const bytes = await writeFileWhole(target, linePages(db, ids));
  const { where, period, scope } = query;
  await writeMetadata(target, {
    columns: LINE_COLUMNS.map(([name]) => name),
    rows: ids.length,
    where,
    period,
    scope,
    /** Matching lines that are held as daily sums and are therefore not in the file. */
    summedLineItems: countLineItems(db, query).summed,
    catalogVersion: catalog.version,
  });
  return { rows: ids.length, bytes };
}

function* linePages(db: Db, ids: readonly number[]): Generator<string> {
  yield csvRow(LINE_COLUMNS.map(([name]) => name));
  for (let at = 0; at < ids.length; at += PAGE) {
    const page = ids.slice(at, at + PAGE);
    const lines = lineItemsById(db, page);
    // Between two pages an import may have replaced the delivery: better no file than half a file.
    if (lines.length !== page.length) {
      throw new AssayError('not_found', 'The lines changed while they were written. Export them again.');
    }
    yield lines.map((line) => csvRow(LINE_COLUMNS.map(([, field]) => line[field]))).join('');
  }
}

async function writeMetadata(target: string, facts: Readonly<Record<string, unknown>>): Promise<void> {
  await writeFileWhole(metadataPath(target), [
    `${JSON.stringify({ schemaVersion: 1, ...facts }, null, 2)}\n`,
  ]);
}
