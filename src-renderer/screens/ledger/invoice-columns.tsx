// Columns of the list of invoices.
import type { Format } from '../../../shared/format/format.ts';
import type { GridColumn } from '../../ui/grid.tsx';
import { Unknown } from '../../ui/values.tsx';
import { type Invoice, STATES, StateMark } from './tie-out-state.tsx';

const NO_FIGURE = 'No figure of the whole invoice was entered.';

export function invoiceColumns(format: Format): GridColumn<Invoice>[] {
  return [
    {
      id: 'state',
      header: 'State',
      kind: 'text',
      width: 156,
      value: ({ state }) => STATES[state].word,
      render: ({ state }) => <StateMark state={state} />,
    },
    {
      id: 'period',
      header: 'Period',
      kind: 'text',
      width: 84,
      value: ({ period }) => period,
      render: ({ period }) => format.month(period),
    },
    { id: 'payer', header: 'Payer', kind: 'mono', width: 116, value: ({ payer }) => payer },
    {
      id: 'billingEntity',
      header: 'Billing entity',
      kind: 'text',
      width: 140,
      value: ({ billingEntity }) => billingEntity,
    },
    {
      id: 'invoice',
      header: 'Invoice',
      kind: 'mono',
      width: 100,
      grow: 1,
      value: ({ invoice }) => invoice,
      render: ({ invoice }) =>
        invoice ?? <Unknown why="No invoice id yet: AWS fills it in when it issues the invoice." />,
    },
    ...amountColumns(format),
  ];
}

function amountColumns(format: Format): GridColumn<Invoice>[] {
  return [
    {
      id: 'held',
      header: 'Held, as invoiced',
      kind: 'number',
      width: 132,
      hint: 'On the basis that adds up to the invoice: unblended, or net unblended where discounts are columns of the usage lines.',
      value: ({ total }) => total.heldInvoiced,
      render: ({ total, currency }) => (
        <span title={`${format.decimal(total.heldInvoiced, 10)} ${currency}`}>
          {format.money(total.heldInvoiced, currency)}
        </span>
      ),
    },
    {
      id: 'figure',
      header: 'Invoice figure',
      kind: 'number',
      width: 120,
      value: ({ total }) => (total.figure === null ? null : Number(total.figure.amount)),
      render: ({ total: { figure } }) =>
        figure === null ? <Unknown why={NO_FIGURE} /> : format.money(Number(figure.amount), figure.currency),
    },
    {
      id: 'difference',
      header: 'Difference',
      kind: 'number',
      width: 110,
      value: ({ total }) => total.difference,
      render: ({ total: { figure, difference } }) =>
        figure === null || difference === null ? (
          <Unknown why={NO_FIGURE} />
        ) : (
          format.moneyChange(difference, figure.currency)
        ),
    },
  ];
}
