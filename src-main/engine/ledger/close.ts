// The month close: what is settled and what is not, and the statement that is issued once and never changes.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { issuedStatement } from '../../../shared/contract/ledger.ts';
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { adjustmentsOf, isReady } from '../../../shared/domain/ledger/close.ts';
import { coveredEntities } from '../db/coverage.ts';
import type { Db } from '../db/open.ts';
import {
  filesBehind,
  heldShares,
  issuedShares,
  issueStatements,
  linesOf,
  type Statement,
  type StatementLine,
  statementOf,
  statements,
} from '../db/statements.ts';
import { stepsBeforePublishing } from './close-steps.ts';

type PayerClose = Output<'ledger.close'>['payers'][number];
type Issued = z.output<typeof issuedStatement>;
type Scope = { readonly payer: string; readonly period: string };

/** Where each payer of the period stands. Throws `not_found` where nothing of it is held or was issued. */
export function closeState(db: Db, input: ParsedInput<'ledger.close'>): Output<'ledger.close'> {
  const { period, by } = input;
  return {
    schemaVersion: 1,
    period,
    payers: payersOf(db, input).map((payer) => payerClose(db, { payer, period }, by)),
  };
}

/**
 * Issues the statements of the period's payers, all or none. Throws `period_held` where one was issued before, and
 * `invalid_input` where a step is open and no reason is given.
 */
export function issue(db: Db, input: ParsedInput<'ledger.issue'>, now: Date): Output<'ledger.close'> {
  const payers = closeState(db, input).payers;
  for (const payer of payers) refuseUnready(payer, input);
  issueStatements(
    db,
    payers.map(({ payer, steps, preview, ready }) => ({
      payer,
      period: input.period,
      dimension: input.by,
      issuedAt: now.toISOString(),
      note: input.note,
      accepted: ready ? null : input.accept,
      evidence: JSON.stringify({ steps, files: filesBehind(db, payer, input.period) }),
      lines: preview,
    })),
  );
  return closeState(db, input);
}

function refuseUnready(
  { payer, statement, ready, steps }: PayerClose,
  input: ParsedInput<'ledger.issue'>,
): void {
  if (statement !== null)
    throw new AssayError(
      'period_held',
      `${input.period} of payer ${payer} is closed: its statement was issued on ${statement.issuedAt.slice(0, 10)} and never changes. What changed since goes into the payer's next statement.`,
      { payer, period: input.period },
    );
  if (ready || input.accept !== null) return;
  const open = steps.filter(({ step, done }) => step !== 'publish' && !done).flatMap(({ says }) => says);
  throw new AssayError(
    'invalid_input',
    `${input.period} of payer ${payer} is not settled: ${open.join(' ')} Settle it, or give the reason why the statement is issued all the same.`,
    { payer, period: input.period },
  );
}

function payersOf(db: Db, { period, payer }: ParsedInput<'ledger.close'>): string[] {
  const held = coveredEntities(db).filter((one) => one.period === period);
  const issued = statements(db).filter((one) => one.period === period);
  const all = [...new Set([...held, ...issued].map((one) => one.payer))].toSorted();
  const asked = all.filter((one) => payer === null || one === payer);
  if (asked.length > 0) return asked;
  throw new AssayError(
    'not_found',
    `Nothing of ${payer === null ? 'any payer' : `payer ${payer}`} is held for ${period}. Import its export first.`,
    { period, payer },
  );
}

function payerClose(db: Db, scope: Scope, by: string): PayerClose {
  const steps = stepsBeforePublishing(db, scope);
  const found = statementOf(db, scope.payer, scope.period);
  const statement = issuedFor(db, scope);
  const published =
    statement === null
      ? 'The statement is not issued yet.'
      : `Issued on ${statement.issuedAt.slice(0, 10)}${statement.accepted === null ? '' : `, accepting: ${statement.accepted}`}.`;
  return {
    payer: scope.payer,
    steps: [...steps, { step: 'publish', done: statement !== null, says: [published] }],
    ready: isReady(steps),
    statement,
    preview: statement === null ? linesNow(db, scope, by) : [],
    pending: found === null ? [] : adjustments(db, found),
  };
}

/** The bill by the dimension, and what changed about months that the payer's statements have closed. */
function linesNow(db: Db, { payer, period }: Scope, dimension: string): StatementLine[] {
  const own = heldShares(db, payer, period, dimension).map((share) => ({
    ...share,
    forPeriod: period,
    dimension,
  }));
  const closed = statements(db).filter((one) => one.payer === payer && one.period !== period);
  return [...own, ...closed.flatMap((statement) => adjustments(db, statement))];
}

/** What is held now for the statement's month against what all statements say about it, by the statement's dimension. */
function adjustments(db: Db, { payer, period, dimension }: Statement): StatementLine[] {
  const held = heldShares(db, payer, period, dimension);
  return adjustmentsOf(issuedShares(db, payer, period), held).map((share) => ({
    ...share,
    forPeriod: period,
    dimension,
  }));
}

/** The statement issued for a payer's period; null where none was. */
export function issuedFor(db: Db, { payer, period }: Scope): Issued | null {
  const found = statementOf(db, payer, period);
  return found === null ? null : statementWithLines(db, found);
}

function statementWithLines(db: Db, { id, evidence, ...statement }: Statement): Issued {
  const { steps, files } = JSON.parse(evidence) as Pick<Issued, 'steps' | 'files'>;
  const { payer, period, dimension, issuedAt, note, accepted } = statement;
  // In this order, whatever order they are held in: the digest is over it.
  const content = {
    payer,
    period,
    dimension,
    issuedAt,
    note,
    accepted,
    steps,
    files,
    lines: linesOf(db, id),
  };
  return { ...content, sha256: createHash('sha256').update(JSON.stringify(content)).digest('hex') };
}
