// Writes an import's rows under its batch, in short transactions. Nothing here is visible to a question yet.
import type { DiscountDecision } from '../../../shared/domain/spend/discount-shape.ts';
import { createBulkInsert } from './bulk-insert.ts';
import { type Dictionaries, openDictionaries } from './dictionaries.ts';
import type { Db } from './open.ts';
import { createRollupLineWriter, type RollupLine, settleRollupLines } from './rollup-lines.ts';
import { openSeries, type SeriesDescription, type SeriesStore } from './series.ts';

export type DeliveryKey = {
  readonly payer: string;
  readonly kind: string;
  readonly report: string;
  readonly period: string;
  readonly billingEntity: string;
};

/** What an export lacks, with the consequence. */
export type MissingCapability = { readonly capability: string; readonly consequence: string };

/** Amounts of a line by the catalog and by contract rates, low and high, in USD; null where it has none. */
export type LineAmounts = {
  readonly catalogLow: number | null;
  readonly catalogHigh: number | null;
  readonly contractLow: number | null;
  readonly contractHigh: number | null;
};

export const NO_AMOUNTS: LineAmounts = {
  catalogLow: null,
  catalogHigh: null,
  contractLow: null,
  contractHigh: null,
};

export type LineRow = RollupLine & { readonly day: number; readonly amounts: LineAmounts };

export type RollupGroup = Omit<
  LineRow,
  'file' | 'record' | 'startSecond' | 'endSecond' | 'discount' | 'netStated' | 'amounts'
> & {
  readonly lineItems: number;
  readonly openUnblended: number;
  readonly openDiscount: number;
};

export type RejectedRow = {
  readonly file: number;
  readonly line: number;
  readonly column: string | null;
  readonly reason: string;
  readonly text: string;
};

export type SourceFileRow = {
  readonly name: string;
  readonly bytes: number;
  readonly format: string;
  readonly compression: string;
  readonly report: string;
  readonly part: number | null;
  readonly header: readonly string[];
  readonly delimiter: string;
};

export type FileTotal = {
  readonly file: number;
  readonly delivery: number;
  readonly invoice: string | null;
  readonly currency: string;
  readonly chargeType: string;
  readonly rows: number;
  readonly unblended: number;
  readonly absolute: number;
};

export type FileCounts = { read: number; kept: number; rolledUp: number; rejected: number };

export type Staging = {
  readonly batchId: number;
  /** Runs `work` in one transaction; never await inside. Rows are gathered over several of them. */
  inTransaction(work: () => void): void;
  /** Writes the rows that are gathered; inside a transaction, and before anything is asked of them. */
  writeGathered(): void;
  seriesOf(series: SeriesDescription): number;
  addFile(file: SourceFileRow): number;
  /** `everyLine`: the lines behind its sums are held, too. */
  addDelivery(key: DeliveryKey, missing: readonly MissingCapability[], everyLine: boolean): number;
  addLine(row: LineRow): void;
  addRollup(row: RollupGroup): void;
  addRollupLine(line: RollupLine): void;
  addRaw(file: number, firstRecord: number, lastRecord: number, records: Buffer): void;
  addRejected(row: RejectedRow): void;
  addAccountName(account: string, name: string): void;
  finishFile(file: number, sha256: string, counts: FileCounts): void;
  addTotal(total: FileTotal): void;
  settleDelivery(delivery: number, estimated: boolean, decision: DiscountDecision): void;
};

/** Opens a batch in state `staging`: swept at the next start if this process dies before it is staged. */
export function openStaging(db: Db, startedAt: string): Staging {
  const batchId = Number(
    db
      .prepare(
        `INSERT INTO import_batch (state, started_at, series_before)
         VALUES ('staging', ?, (SELECT COALESCE(MAX(id), 0) FROM line_series))`,
      )
      .run(startedAt).lastInsertRowid,
  );
  const dictionaries: Dictionaries = openDictionaries(db);
  const series: SeriesStore = openSeries(db, dictionaries);
  const rows = rowWriters(db, batchId);
  const inTransaction = db.transaction((work: () => void) => {
    work();
    rows.writeWhenFull();
  });
  return {
    batchId,
    inTransaction,
    seriesOf: (description) => series.idOf(description),
    ...fileWriters(db, batchId),
    ...deliveryWriters(db, batchId),
    ...rows,
    addAccountName: accountNameWriter(db, batchId, dictionaries),
    settleDelivery: (delivery, estimated, decision) => settleDelivery(db, delivery, estimated, decision),
  };
}

type FileWriters = Pick<Staging, 'addFile' | 'finishFile' | 'addTotal'>;
type DeliveryWriters = Pick<Staging, 'addDelivery' | 'addRejected'>;

function fileWriters(db: Db, batchId: number): FileWriters {
  const file = db.prepare(
    `INSERT INTO source_file (batch_id, name, bytes, sha256, format, compression, report, part, header, delimiter,
       rows_read, rows_kept, rows_rolled_up, rows_rejected) VALUES (?, ?, ?, '', ?, ?, ?, ?, ?, ?, 0, 0, 0, 0)`,
  );
  const finish = db.prepare(
    `UPDATE source_file SET sha256 = ?, rows_read = ?, rows_kept = ?, rows_rolled_up = ?, rows_rejected = ?
     WHERE id = ?`,
  );
  const total = db.prepare(
    `INSERT INTO file_total (file_id, delivery_id, invoice, currency, charge_type, rows, unblended, absolute)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return {
    addFile: (row) =>
      Number(
        file.run(
          batchId,
          row.name,
          row.bytes,
          row.format,
          row.compression,
          row.report,
          row.part,
          JSON.stringify(row.header),
          row.delimiter,
        ).lastInsertRowid,
      ),
    finishFile: (id, sha256, counts) => {
      finish.run(sha256, counts.read, counts.kept, counts.rolledUp, counts.rejected, id);
    },
    addTotal: (row) => {
      total.run(
        row.file,
        row.delivery,
        row.invoice,
        row.currency,
        row.chargeType,
        row.rows,
        row.unblended,
        row.absolute,
      );
    },
  };
}

function deliveryWriters(db: Db, batchId: number): DeliveryWriters {
  const delivery = db.prepare(
    `INSERT INTO delivery (batch_id, payer, kind, report, period, billing_entity, estimated, capabilities, every_line)
     VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)`,
  );
  const rejected = db.prepare(
    'INSERT INTO rejected_row (batch_id, file_id, line, column_name, reason, text) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return {
    addDelivery: (key, missing, everyLine) =>
      Number(
        delivery.run(
          batchId,
          key.payer,
          key.kind,
          key.report,
          key.period,
          key.billingEntity,
          JSON.stringify(missing),
          everyLine ? 1 : 0,
        ).lastInsertRowid,
      ),
    addRejected: (row) => {
      rejected.run(batchId, row.file, row.line, row.column, row.reason, row.text);
    },
  };
}

const LINE_COLUMNS = [
  'batch_id',
  'delivery_id',
  'file_id',
  'record_number',
  'series_id',
  'day',
  'start_second',
  'end_second',
  'quantity',
  'unblended',
  'net_unblended',
  'amortized',
  'net_amortized',
  'list',
  'contracted_stated',
  'discount',
  'net_stated',
  'catalog_low',
  'catalog_high',
  'contract_low',
  'contract_high',
] as const;

const ROLLUP_COLUMNS = [
  'batch_id',
  'delivery_id',
  'day',
  'series_id',
  'line_items',
  'quantity',
  'unblended',
  'net_unblended',
  'amortized',
  'net_amortized',
  'list',
  'contracted_stated',
  'open_unblended',
  'open_discount',
] as const;

/** Lines gathered before they are written: some milliseconds of work, and one commit for many chunks of a file. */
const LINES_A_WRITE = 1024;

type RowWriters = Pick<Staging, 'addLine' | 'addRollup' | 'addRollupLine' | 'addRaw' | 'writeGathered'> & {
  /** Writes what was gathered, when it is enough to pay; inside a transaction. */
  writeWhenFull(): void;
};

function rowWriters(db: Db, batchId: number): RowWriters {
  const lines = createBulkInsert(db, 'line_item', LINE_COLUMNS, batchId);
  const sums = createBulkInsert(db, 'rollup', ROLLUP_COLUMNS, batchId);
  const summed = createRollupLineWriter(db);
  const raw = db.prepare(
    'INSERT INTO raw_block (batch_id, file_id, first_record, last_record, records) VALUES (?, ?, ?, ?, ?)',
  );
  let blocks: [file: number, first: number, last: number, records: Buffer][] = [];
  const writeGathered = (): void => {
    lines.flush();
    sums.flush();
    summed.flush();
    for (const block of blocks) raw.run(batchId, ...block);
    blocks = [];
  };
  return {
    addLine: (row) => {
      const { delivery, file, record, series, day, startSecond, endSecond, quantity, unblended } = row;
      const { netUnblended, amortized, netAmortized, list, contractedStated, discount } = row;
      const { netStated, amounts } = row;
      const { catalogLow, catalogHigh, contractLow, contractHigh } = amounts;
      lines.add([
        ...[delivery, file, record, series, day, startSecond, endSecond, quantity, unblended],
        ...[netUnblended, amortized, netAmortized, list, contractedStated, discount, netStated ? 1 : 0],
        ...[catalogLow, catalogHigh, contractLow, contractHigh],
      ]);
    },
    addRollup: (row) => {
      const { delivery, day, series, lineItems, quantity, unblended, netUnblended, amortized } = row;
      const { netAmortized, list, contractedStated, openUnblended, openDiscount } = row;
      sums.add([
        ...[delivery, day, series, lineItems, quantity, unblended, netUnblended, amortized],
        ...[netAmortized, list, contractedStated, openUnblended, openDiscount],
      ]);
    },
    addRollupLine: summed.add,
    addRaw: (...block) => {
      blocks.push(block);
    },
    writeGathered,
    writeWhenFull: () => {
      if (lines.waiting() + sums.waiting() + summed.waiting() >= LINES_A_WRITE) writeGathered();
    },
  };
}

function accountNameWriter(db: Db, batchId: number, dictionaries: Dictionaries): Staging['addAccountName'] {
  const insert = db.prepare(
    'INSERT INTO account_name (account, batch_id, name) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name',
  );
  return (account, name) => {
    insert.run(dictionaries.idOf('account', account), batchId, name);
  };
}

const DISCOUNT_SERIES = `series_id IN (
  SELECT series.id FROM line_series AS series JOIN dim_charge_type AS kind ON kind.id = series.charge_type
  WHERE kind.text LIKE '%Discount%' AND kind.text <> 'DiscountedUsage')`;

/**
 * Puts the discount decision on a delivery. Rows were written with both factors 1; where the decision says that a
 * discount is already counted elsewhere, it is taken out of the net bases here.
 */
function settleDelivery(db: Db, delivery: number, estimated: boolean, decision: DiscountDecision): void {
  db.prepare(
    `UPDATE delivery SET estimated = ?, discount_shape = ?, discount_certain = ?, invoice_basis = ? WHERE id = ?`,
  ).run(estimated ? 1 : 0, decision.shape, decision.certain ? 1 : 0, decision.invoiceBasis, delivery);
  settleRollupLines(db, delivery, decision, DISCOUNT_SERIES);
  if (decision.reading.discountLineFactor === 0) {
    db.prepare(
      `UPDATE line_item SET net_unblended = 0, net_amortized = 0
       WHERE delivery_id = ? AND net_stated = 0 AND ${DISCOUNT_SERIES}`,
    ).run(delivery);
    db.prepare(
      `UPDATE rollup SET net_unblended = net_unblended - open_unblended, net_amortized = net_amortized - open_unblended
       WHERE delivery_id = ? AND ${DISCOUNT_SERIES}`,
    ).run(delivery);
  }
  if (decision.reading.discountColumnFactor === 0) {
    db.prepare(
      `UPDATE line_item SET net_amortized = net_amortized - CASE WHEN net_amortized = net_unblended THEN discount ELSE 0 END,
         net_unblended = net_unblended - discount
       WHERE delivery_id = ? AND net_stated = 0 AND discount IS NOT NULL AND NOT ${DISCOUNT_SERIES}`,
    ).run(delivery);
    db.prepare(
      `UPDATE rollup SET net_amortized = net_amortized - CASE WHEN net_amortized = net_unblended THEN open_discount ELSE 0 END,
         net_unblended = net_unblended - open_discount
       WHERE delivery_id = ? AND open_discount <> 0 AND NOT ${DISCOUNT_SERIES}`,
    ).run(delivery);
  }
}
