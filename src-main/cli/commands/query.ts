// assay query: one question in the vocabulary of the query interface, as a table, JSON or CSV.
import type { Input, Output } from '../../../shared/contract/methods.ts';
import { PAGE_LIMIT } from '../../../shared/contract/schemas.ts';
import {
  parseDimension,
  parseMeasure,
  parseNames,
  parsePeriod,
  parseSort,
  parseWhere,
} from '../../../shared/domain/spend/grammar.ts';
import { BASES, DIMENSIONS, MEASURES, SCOPES } from '../../../shared/domain/spend/vocabulary.ts';
import { toCsv } from '../../../shared/format/delimited.ts';
import {
  type Command,
  choice,
  EXIT,
  flag,
  JSON_OPTION,
  read,
  readEach,
  text,
  UsageError,
  type Values,
  WORKSPACE_OPTION,
  wholeNumber,
  workspaceOf,
} from '../command.ts';
import { withHeldData } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCell, formatCount, formatCounted } from '../text.ts';

type Answer = Output<'spend.query'>;

export const queryCommand: Command = {
  name: 'query',
  summary: 'Ask what was spent: measures grouped by dimensions, filtered, for a period.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: WORKSPACE_OPTION,
    measures: { type: 'string', value: '<a,b>', help: 'measures, comma-separated (default: the basis)' },
    'group-by': {
      type: 'string',
      value: '<a,b>',
      help: 'dimensions, comma-separated; tag:<key> and costCategory:<name> too',
    },
    where: {
      type: 'string',
      multiple: true,
      value: '<condition>',
      help: 'dim=a,b  dim!=a  dim~text  dim>=n  dim<=n  dim=null; conditions are joined by AND',
    },
    period: {
      type: 'string',
      value: '<from..to>',
      help: 'whole months (2026-08..2026-10) or days, both inclusive (default: all)',
    },
    'compare-to': { type: 'string', value: '<from..to>', help: 'a second period, answered beside the first' },
    basis: {
      type: 'string',
      value: '<basis>',
      help: `cost of the default measure and of rates: ${BASES.join(', ')} (default: unblended)`,
    },
    scope: {
      type: 'string',
      value: '<scope>',
      help: 'bedrock (default), estate (with AI-adjacent services), all (the whole bill)',
    },
    spread: {
      type: 'boolean',
      help: 'put discounts and credits on the usage of their invoice, account and product; the rest is said',
    },
    counted: {
      type: 'string',
      value: '<metric>',
      help: 'what requests and figures per request count: any imported metric, such as conversations (default: requests)',
    },
    sort: { type: 'string', value: '<column[:asc]>', help: 'column to sort by, descending unless :asc' },
    limit: { type: 'string', value: '<n>', help: `most rows, 1 to ${PAGE_LIMIT} (default: ${PAGE_LIMIT})` },
    json: JSON_OPTION,
    csv: { type: 'boolean', help: 'print the answer as CSV' },
  },
  notes: [`Dimensions: ${DIMENSIONS.join(' ')}`, `Measures: ${MEASURES.join(' ')}`],
  examples: [
    "assay query --workspace b.assay --measures unblended,tokens --group-by model,meter --where 'provider=Anthropic' --period 2026-08..2026-10",
    'assay query --workspace b.assay --group-by month,tag:user:Team --basis netUnblended --measures netUnblended --csv',
  ],
  run: (_, values, io) => {
    if (flag(values, 'json') && flag(values, 'csv'))
      throw new UsageError('--json and --csv exclude each other');
    const query = questionOf(values);
    return withHeldData(workspaceOf(values, io), async (engine) => {
      const answer = await engine.call('spend.query', query);
      if (flag(values, 'json')) io.out(`${JSON.stringify(answer, null, 2)}\n`);
      else if (flag(values, 'csv')) io.out(toCsv(answer.columns.map(headerOf), answer.rows));
      else io.out(describeAnswer(answer));
      return EXIT.clean;
    });
  },
};

/** The question that the flags ask, in the words of the query interface. */
function questionOf(values: Values): Input<'spend.query'> {
  const basis = choice(values, 'basis', BASES) ?? 'unblended';
  const sort = read(values, 'sort', parseSort);
  return {
    measures: read(values, 'measures', (names) => parseNames(names, parseMeasure)) ?? [basis],
    groupBy: read(values, 'group-by', (names) => parseNames(names, parseDimension)) ?? [],
    where: readEach(values, 'where', parseWhere),
    period: read(values, 'period', parsePeriod),
    compareTo: read(values, 'compare-to', parsePeriod),
    basis,
    scope: choice(values, 'scope', SCOPES) ?? 'bedrock',
    spread: flag(values, 'spread'),
    counted: text(values, 'counted') ?? 'requests',
    sort: sort === null ? [] : [sort],
    limit: wholeNumber(values, 'limit', 1, PAGE_LIMIT) ?? PAGE_LIMIT,
  };
}

const headerOf = ({ name, unit }: Answer['columns'][number]): string =>
  unit === null ? name : `${name} (${unit})`;

/** The answer as a table with its totals, and what a reader should know of it. */
export function describeAnswer(answer: Answer): string {
  const { compare } = answer;
  const beside =
    compare === null
      ? []
      : [
          `Beside it, ${compare.period.from} to ${compare.period.to}:\n`,
          rowsAndTotals(answer.columns, compare.rows, compare.totals),
          ...(compare.notHeld.length === 0
            ? []
            : [`Nothing is held of ${compare.notHeld.join(', ')}: what was billed then is not known.\n`]),
        ];
  const notes = notesOf(answer).map((note) => `${note}\n`);
  return [rowsAndTotals(answer.columns, answer.rows, answer.totals), ...beside, notes.join('')].join('\n');
}

/** Rows of an answer with its totals below; without a dimension the one row is the total. */
export function rowsAndTotals(
  columns: Answer['columns'],
  rows: Answer['rows'],
  totals: Answer['totals'],
): string {
  const aligned = (shown: readonly string[]) =>
    columns.map(({ kind }, index) => (kind === 'dimension' ? left : right)(shown[index] ?? ''));
  const isGrouped = columns.some(({ kind }) => kind === 'dimension');
  const shown = (row: Answer['rows'][number]) =>
    aligned(columns.map(({ unit }, index) => formatCell(row[index] ?? null, unit)));
  const sums = columns.map(({ name, kind, unit }, index) => {
    if (kind === 'dimension') return index === 0 ? 'Total' : '';
    return formatCell(totals[name] ?? null, unit);
  });
  return table(
    aligned(columns.map(headerOf)),
    isGrouped || rows.length === 0 ? [...rows.map(shown), aligned(sums)] : rows.map(shown),
  );
}

function notesOf({ rowCount, rows, provenance }: Answer): string[] {
  const { basis, scope, lineItems, catalogVersion, estimated, notes } = provenance;
  const source = `Basis ${basis}, scope ${scope}, ${formatCounted(lineItems, 'line item')}, catalog ${catalogVersion ?? '—'}${estimated ? ', estimated' : ''}.`;
  return [
    ...(rowCount > rows.length
      ? [`${formatCount(rows.length)} of ${formatCount(rowCount)} rows shown; the total is over all.`]
      : []),
    source,
    ...notes,
  ];
}
