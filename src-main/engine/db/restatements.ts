// What deliveries changed about periods that were held: kept when a delivery is replaced, and for as long as the payer is.
import type { Db } from './open.ts';

export type Change = { readonly held: number; readonly incoming: number };

export type Restatement = {
  /** The import that brought it; it may be gone by now. */
  readonly batchId: number;
  readonly recordedAt: string;
  readonly payer: string;
  readonly period: string;
  readonly currency: string;
  readonly heldReport: string;
  readonly incomingReport: string;
  readonly heldImportedAt: string;
  readonly held: number;
  readonly incoming: number;
  readonly heldRows: number;
  readonly incomingRows: number;
  readonly heldEstimated: boolean;
  readonly incomingEstimated: boolean;
  readonly byService: readonly (Change & { readonly service: string })[];
  readonly byDay: readonly (Change & { readonly day: string })[];
};

type Row = Omit<Restatement, 'heldEstimated' | 'incomingEstimated' | 'byService' | 'byDay'> & {
  heldEstimated: number;
  incomingEstimated: number;
  byService: string;
  byDay: string;
};

export function recordRestatement(db: Db, restatement: Restatement): void {
  db.prepare(
    `INSERT INTO restatement (batch_id, recorded_at, payer, period, currency, held_report, incoming_report,
       held_imported_at, held, incoming, held_rows, incoming_rows, held_estimated, incoming_estimated, by_service, by_day)
     VALUES (@batchId, @recordedAt, @payer, @period, @currency, @heldReport, @incomingReport, @heldImportedAt, @held,
       @incoming, @heldRows, @incomingRows, @heldEstimated, @incomingEstimated, @byService, @byDay)`,
  ).run({
    ...restatement,
    heldEstimated: restatement.heldEstimated ? 1 : 0,
    incomingEstimated: restatement.incomingEstimated ? 1 : 0,
    byService: JSON.stringify(restatement.byService),
    byDay: JSON.stringify(restatement.byDay),
  });
}

/** An import that was taken back restated nothing. */
export function dropRestatements(db: Db, batchId: number): void {
  db.prepare('DELETE FROM restatement WHERE batch_id = ?').run(batchId);
}

/** Newest first; all periods, or one. */
export function restatements(db: Db, period: string | null): Restatement[] {
  const rows = db
    .prepare(
      `SELECT batch_id AS batchId, recorded_at AS recordedAt, payer, period, currency, held_report AS heldReport,
         incoming_report AS incomingReport, held_imported_at AS heldImportedAt, held, incoming,
         held_rows AS heldRows, incoming_rows AS incomingRows, held_estimated AS heldEstimated,
         incoming_estimated AS incomingEstimated, by_service AS byService, by_day AS byDay
       FROM restatement WHERE @period IS NULL OR period = @period ORDER BY id DESC LIMIT 10000`,
    )
    .all({ period }) as Row[];
  return rows.map(({ heldEstimated, incomingEstimated, byService, byDay, ...row }) => ({
    ...row,
    heldEstimated: heldEstimated === 1,
    incomingEstimated: incomingEstimated === 1,
    byService: JSON.parse(byService) as Restatement['byService'],
    byDay: JSON.parse(byDay) as Restatement['byDay'],
  }));
}
