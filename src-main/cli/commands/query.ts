// assay query: one question in the vocabulary of the query interface, as a table, JSON or CSV.
import type { Output } from '../../../shared/contract/methods.ts';
import { parsePeriod, parseSort, parseWhere } from '../../../shared/domain/spend/grammar.ts';
import {
  BASES,
  DIMENSIONS,
  MEASURES,
  type Measure,
  SCOPES,
} from '../../../shared/domain/spend/vocabulary.ts';
import { toCsv } from '../../../shared/format/delimited.ts';
import {
  type Command,
  choice,
  EXIT,
  flag,
  JSON_OPTION,
  text,
  texts,
  UsageError,
  WORKSPACE_OPTION,
  wholeNumber,
  workspaceOf,
} from '../command.ts';
import { withEngine } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCell } from '../text.ts';

type Answer = Output<'spend.query'>;

export const queryCommand: Command = {
  name: 'query',
  summary: 'Ask what was spent: measures grouped by dimensions, filtered, for a period.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: WORKSPACE_OPTION,
    measures: { type: 'string', value: '<a,b>', help: 'measures, comma-separated (default: unblended)' },
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
      help: `cost basis of derived measures: ${BASES.join(', ')} (default: unblended)`,
    },
    scope: {
      type: 'string',
      value: '<scope>',
      help: 'bedrock (default), estate (with AI-adjacent services), all (the whole bill)',
    },
    sort: { type: 'string', value: '<column[:asc]>', help: 'column to sort by, descending unless :asc' },
    limit: { type: 'string', value: '<n>', help: 'most rows, 1 to 2000 (default: 2000)' },
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
    const period = text(values, 'period');
    const compareTo = text(values, 'compare-to');
    const sort = text(values, 'sort');
    const query = {
      measures: list(text(values, 'measures') ?? 'unblended').map(asMeasure),
      groupBy: list(text(values, 'group-by') ?? ''),
      where: texts(values, 'where').map((condition) => usage(() => parseWhere(condition))),
      period: period === null ? null : usage(() => parsePeriod(period)),
      compareTo: compareTo === null ? null : usage(() => parsePeriod(compareTo)),
      basis: choice(values, 'basis', BASES) ?? 'unblended',
      scope: choice(values, 'scope', SCOPES) ?? 'bedrock',
      sort: sort === null ? [] : [usage(() => parseSort(sort))],
      limit: wholeNumber(values, 'limit', 1, 2000) ?? 2000,
    };
    return withEngine(workspaceOf(values, io), async (engine) => {
      const answer = await engine.call('spend.query', query);
      if (flag(values, 'json')) io.out(`${JSON.stringify(answer, null, 2)}\n`);
      else if (flag(values, 'csv')) io.out(toCsv(answer.columns.map(headerOf), answer.rows));
      else io.out(describe(answer));
      return EXIT.clean;
    });
  },
};

const list = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function asMeasure(name: string): Measure {
  const found = MEASURES.find((measure) => measure === name);
  if (found === undefined)
    throw new UsageError(`--measures: "${name}" is not a measure (see assay query --help)`);
  return found;
}

/** A grammar error is the caller's: exit code 2. */
export function usage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const headerOf = ({ name, unit }: Answer['columns'][number]): string =>
  unit === null ? name : `${name} (${unit})`;

function describe(answer: Answer): string {
  const header = answer.columns.map((column) =>
    column.kind === 'dimension' ? left(column.name) : right(headerOf(column)),
  );
  const rows = answer.rows.map((row) =>
    row.map((value, index) => {
      const column = answer.columns[index];
      const shown = formatCell(value, column?.unit ?? null);
      return column?.kind === 'dimension' ? left(shown) : right(shown);
    }),
  );
  const totals = answer.columns.map((column, index) =>
    column.kind === 'dimension'
      ? left(index === 0 ? 'Total' : '')
      : right(formatCell(answer.totals[column.name] ?? null, column.unit)),
  );
  const { provenance } = answer;
  const notes = [
    answer.rowCount > answer.rows.length
      ? `${answer.rows.length} of ${answer.rowCount} rows shown; the total is over all.`
      : null,
    `Basis ${provenance.basis}, scope ${provenance.scope}, ${provenance.lineItems} line items, catalog ${provenance.catalogVersion ?? '—'}${provenance.estimated ? ', estimated' : ''}.`,
    ...provenance.notes,
  ].filter((note) => note !== null);
  return `${table(header, [...rows, totals])}\n${notes.join('\n')}\n`;
}
