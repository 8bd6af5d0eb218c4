// Holding the workspace against the invoices.
import type { Method } from '../../../shared/contract/methods.ts';
import { exportStatement } from '../export/statement.ts';
import type { Context, Handlers } from '../handlers.ts';
import { closeState, issue } from '../ledger/close.ts';
import { calendar, coverage } from '../ledger/coverage.ts';
import { forgettableHere } from '../ledger/forget.ts';
import { sayBill, takeBillWordBack } from '../ledger/say-bill.ts';
import { restatementsOf } from '../ledger/take-back.ts';
import { enterFigure, removeFigure, tieOutInvoices } from '../ledger/tie-out.ts';

/** Forgetting waits its turn with the imports: it is among their methods. */
type LedgerMethod = Exclude<Extract<Method, `ledger.${string}`>, 'ledger.forget'> | 'export.statement';

export function ledgerHandlers({ db, now, emit }: Context): Pick<Handlers, LedgerMethod> {
  return {
    'ledger.tieOut': (input) => tieOutInvoices(db, input),
    'ledger.restatements': ({ period }) => ({ schemaVersion: 1, restatements: restatementsOf(db, period) }),
    'ledger.forgettable': (scope) => forgettableHere(db, scope),
    'ledger.close': (input) => closeState(db, input),
    'ledger.issue': (input) => {
      const issued = issue(db, input, now());
      emit({ type: 'data.changed' });
      return issued;
    },
    'export.statement': (input) => exportStatement(db, input),
    'ledger.coverage': () => coverage(db),
    'ledger.calendar': (scope) => calendar(db, scope),
    'ledger.sayBill': (input) => {
      sayBill(db, input, now());
      emit({ type: 'data.changed' });
      return {};
    },
    'ledger.undoBill': () => {
      const undone = takeBillWordBack(db);
      emit({ type: 'data.changed' });
      return undone;
    },
    'ledger.keepFigure': (input) => {
      enterFigure(db, input, now());
      emit({ type: 'data.changed' });
      return {};
    },
    'ledger.dropFigure': (input) => {
      removeFigure(db, input);
      emit({ type: 'data.changed' });
      return {};
    },
  };
}
