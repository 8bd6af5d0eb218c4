// The report of an import that was forgotten in part: only what is still held, from the rows that are left.
import type { Db } from './open.ts';

type ChargeTotal = { currency: string; chargeType: string; rows: number; unblended: number };
type StoredFile = {
  readonly id: number;
  readonly name: string;
  readonly sha256: string;
};
type StoredReport = {
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
};

/** The stored report without what the batch no longer holds; figures that would take reading the files again are null. */
export function reportOf(db: Db, batchId: number): string {
  const stored = db
    .prepare<[number], string>('SELECT report FROM import_batch WHERE id = ?')
    .pluck()
    .get(batchId);
  const report = JSON.parse(stored ?? '{"files":[]}') as StoredReport;
  const held = db
    .prepare<[number], StoredFile>('SELECT id, name, sha256 FROM source_file WHERE batch_id = ?')
    .all(batchId);
  const files = report.files.flatMap((file) => {
    const own = held.find(({ name, sha256 }) => name === file.path && sha256 === file.sha256);
    return own === undefined ? [] : [fileLeft(db, batchId, file, own.id)];
  });
  return JSON.stringify({
    ...report,
    files,
    totals: totalsLeft(db, batchId, null),
    bedrock: { lineItems: 0, unblended: null, unknownLineItems: 0, unknownUnblended: null },
    candidates: { lineItems: 0, unblended: null, capped: false },
    replaces: [],
    warnings: ['A payer or period of this import was forgotten since.'],
  });
}

function fileLeft(db: Db, batchId: number, file: StoredReport['files'][number], fileId: number): object {
  const left = (column: 'payer' | 'period'): string[] =>
    db
      .prepare<[number], string>(
        `SELECT DISTINCT delivery.${column} FROM file_total AS total
         JOIN delivery ON delivery.id = total.delivery_id WHERE total.file_id = ? ORDER BY 1`,
      )
      .pluck()
      .all(fileId);
  return {
    ...file,
    payers: left('payer'),
    period: left('period').join(', '),
    totals: totalsLeft(db, batchId, fileId),
  };
}

/** Totals per currency and charge type of a file, or of the whole batch. */
function totalsLeft(db: Db, batchId: number, fileId: number | null): ChargeTotal[] {
  return db
    .prepare<[{ batchId: number; fileId: number | null }], ChargeTotal>(
      `SELECT total.currency, total.charge_type AS chargeType, SUM(total.rows) AS rows,
         SUM(total.unblended) AS unblended
       FROM delivery JOIN file_total AS total ON total.delivery_id = delivery.id
       WHERE delivery.batch_id = @batchId AND (@fileId IS NULL OR total.file_id = @fileId) GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    .all({ batchId, fileId });
}
