// An issued statement as a file: the same bytes whenever it is written, with the digest that proves it.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { issuedStatement } from '../../../shared/contract/ledger.ts';
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { csvRow } from '../../../shared/format/delimited.ts';
import type { Db } from '../db/open.ts';
import { issuedFor } from '../ledger/close.ts';
import { writeFileWhole } from './write-file.ts';

type Statement = z.output<typeof issuedStatement>;

/** Writes the statement. Throws `not_found` where none was issued for the payer and period. */
export async function exportStatement(
  db: Db,
  { payer, period, format, target }: ParsedInput<'export.statement'>,
): Promise<Output<'export.statement'>> {
  const statement = issuedFor(db, { payer, period });
  if (statement === null)
    throw new AssayError(
      'not_found',
      `No statement of payer ${payer} was issued for ${period}. Issue it first: what is not issued may still change.`,
      { payer, period },
    );
  const text = format === 'json' ? jsonOf(statement) : csvOf(statement);
  const bytes = await writeFileWhole(target, [text]);
  return { rows: statement.lines.length, bytes, sha256: createHash('sha256').update(text).digest('hex') };
}

const jsonOf = (statement: Statement): string =>
  `${JSON.stringify({ schemaVersion: 1, statement }, null, 2)}\n`;

const COLUMNS: readonly (readonly [
  string,
  (line: Statement['lines'][number], statement: Statement) => string | number | null,
])[] = [
  ['payer', (_, { payer }) => payer],
  ['statement', (_, { period }) => period],
  ['issuedAt', (_, { issuedAt }) => issuedAt],
  ['forPeriod', ({ forPeriod }) => forPeriod],
  ['kind', ({ forPeriod }, { period }) => (forPeriod === period ? 'period' : 'prior-period adjustment')],
  ['lineClass', ({ lineClass }) => lineClass],
  ['by', ({ dimension }) => dimension],
  ['key', ({ key }) => key],
  ['lineItems', ({ lineItems }) => lineItems],
  ['amount', ({ amount }) => amount],
  ['currency', ({ currency }) => currency],
  ['statementSha256', (_, { sha256 }) => sha256],
];

function csvOf(statement: Statement): string {
  return [
    COLUMNS.map(([name]) => name),
    ...statement.lines.map((line) => COLUMNS.map(([, cell]) => cell(line, statement))),
  ]
    .map(csvRow)
    .join('');
}
