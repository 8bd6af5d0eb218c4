// Holding the workspace against the invoices.
import type { Method } from '../../../shared/contract/methods.ts';
import type { Context, Handlers } from '../handlers.ts';
import { calendar, coverage } from '../ledger/coverage.ts';
import { enterFigure, removeFigure, tieOutInvoices } from '../ledger/tie-out.ts';

type LedgerMethod = Extract<Method, `ledger.${string}`>;

export function ledgerHandlers({ db, now, emit }: Context): Pick<Handlers, LedgerMethod> {
  return {
    'ledger.tieOut': (input) => tieOutInvoices(db, input),
    'ledger.coverage': () => coverage(db),
    'ledger.calendar': (scope) => calendar(db, scope),
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
