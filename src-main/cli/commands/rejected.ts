// assay rejected: the rows that the imports held could not read, with the place and the reason of each.
import type { RejectedReport } from '../../../shared/contract/cli.ts';
import { PAGE_LIMIT } from '../../../shared/contract/schemas.ts';
import { toCsv } from '../../../shared/format/delimited.ts';
import type { Engine } from '../../engine/engine.ts';
import {
  type Command,
  EXIT,
  flag,
  JSON_OPTION,
  UsageError,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { withHeldData } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCount } from '../text.ts';

type Row = RejectedReport['rows'][number];

export const rejectedCommand: Command = {
  name: 'rejected',
  summary: 'List the rows that imports could not read: file, line, column and reason. They are in no total.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: WORKSPACE_OPTION,
    csv: { type: 'boolean', help: 'print them as CSV, with the row’s text as it stood in the file' },
    json: JSON_OPTION,
  },
  notes: ['Have the export written again, or repair these rows, and import it with --replace.'],
  examples: [
    'assay rejected --workspace bedrock.assay',
    'assay rejected --workspace bedrock.assay --csv > rejected.csv',
  ],
  run: (_, values, io) => {
    if (flag(values, 'json') && flag(values, 'csv'))
      throw new UsageError('--json and --csv exclude each other');
    return withHeldData(workspaceOf(values, io), async (engine) => {
      const rows = await heldRejectedRows(engine);
      if (flag(values, 'csv')) io.out(asCsv(rows));
      else if (flag(values, 'json')) io.out(`${JSON.stringify(reportOf(rows), null, 2)}\n`);
      else io.out(rows.length === 0 ? 'No row of what is held was rejected.\n' : rejectedTable(rows));
      return EXIT.clean;
    });
  },
};

const reportOf = (rows: readonly Row[]): RejectedReport => ({
  schemaVersion: 1,
  rowCount: rows.length,
  rows: [...rows],
});

/** The rejected rows of every import that is in use, in the order of imports and files. */
async function heldRejectedRows(engine: Engine): Promise<readonly Row[]> {
  const { batches } = await engine.call('import.history', {});
  const rows: Row[] = [];
  for (const batch of batches) {
    if (batch.state !== 'active' || batch.rows.rejected === 0) continue;
    for (let offset = 0; ; offset += PAGE_LIMIT) {
      const page = await engine.call('import.rejectedRows', { batchId: batch.id, offset, limit: PAGE_LIMIT });
      rows.push(...page.rows);
      if (page.rows.length < PAGE_LIMIT) break;
    }
  }
  return rows;
}

const asCsv = (rows: readonly Row[]): string =>
  toCsv(
    ['file', 'line', 'column', 'reason', 'text'],
    rows.map(({ file, line, column, reason, text }) => [file, line, column, reason, text]),
  );

/** Where each rejected row stands and why it was rejected; its text is left to CSV and JSON. */
export function rejectedTable(rows: readonly Row[]): string {
  return table(
    [left('File'), right('Line'), left('Column'), left('Reason')],
    rows.map(({ file, line, column, reason }) => [
      left(file),
      right(formatCount(line)),
      left(column ?? '—'),
      left(reason),
    ]),
  );
}
