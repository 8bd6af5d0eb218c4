// The figures that people typed from their invoices. They belong to payer and period, so that a new import keeps them.
import type { Db } from './open.ts';

export type FigureKey = {
  readonly payer: string;
  readonly period: string;
  readonly billingEntity: string;
  readonly invoice: string | null;
  readonly currency: string;
  readonly chargeType: string | null;
};

export type StoredFigure = {
  readonly amount: string;
  readonly currency: string;
  readonly rate: string | null;
  readonly note: string;
  readonly enteredAt: string;
};

export type KeyedFigure = { readonly key: FigureKey; readonly figure: StoredFigure };

type KeyRow = Omit<FigureKey, 'invoice' | 'chargeType'> & {
  invoice: string;
  scope: string;
  chargeType: string;
};

const keyRow = ({ invoice, chargeType, ...key }: FigureKey): KeyRow => ({
  ...key,
  invoice: invoice ?? '',
  scope: chargeType === null ? 'invoice' : 'charge_type',
  chargeType: chargeType ?? '',
});

const IS_KEY = `payer = @payer AND period = @period AND billing_entity = @billingEntity AND invoice = @invoice
  AND currency = @currency AND scope = @scope AND charge_type = @chargeType`;

/** Puts the figure in place of one that was there. */
export function keepFigure(db: Db, key: FigureKey, figure: StoredFigure): void {
  db.prepare(
    `INSERT OR REPLACE INTO invoice_figure (payer, period, billing_entity, invoice, currency, scope, charge_type, amount,
       figure_currency, rate, note, entered_at)
     VALUES (@payer, @period, @billingEntity, @invoice, @currency, @scope, @chargeType, @amount, @figureCurrency, @rate,
       @note, @enteredAt)`,
  ).run({ ...figure, figureCurrency: figure.currency, ...keyRow(key) });
}

/** False where there was none. */
export function dropFigure(db: Db, key: FigureKey): boolean {
  return db.prepare(`DELETE FROM invoice_figure WHERE ${IS_KEY}`).run(keyRow(key)).changes > 0;
}

export function keptFigures(db: Db): KeyedFigure[] {
  const rows = db
    .prepare(
      `SELECT payer, period, billing_entity AS billingEntity, invoice, currency, scope, charge_type AS chargeType,
         amount, figure_currency AS figureCurrency, rate, note, entered_at AS enteredAt FROM invoice_figure`,
    )
    .all() as (KeyRow & Omit<StoredFigure, 'currency'> & { figureCurrency: string })[];
  return rows.map(
    ({ scope, invoice, chargeType, amount, figureCurrency, rate, note, enteredAt, ...key }) => ({
      key: {
        ...key,
        invoice: invoice === '' ? null : invoice,
        chargeType: scope === 'invoice' ? null : chargeType,
      },
      figure: { amount, currency: figureCurrency, rate, note, enteredAt },
    }),
  );
}
