// One invoice: each charge type and the whole, as the file states it, as it is held, and as the invoice says.
import { Button, Table } from '@mantine/core';
import { IconPencil, IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import { BillForm } from '../../app/bill-form.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { Note } from '../../ui/states.tsx';
import { InTableContext, Money, Unknown } from '../../ui/values.tsx';
import { FigureForm } from './figure-form.tsx';
import classes from './ledger.module.css';
import { type Invoice, type Line, StateMark } from './tie-out-state.tsx';

/** No row is no amount. */
const NO_ROW = 'No row is held for this.';

export function InvoicePanel({ invoice }: { readonly invoice: Invoice }) {
  const format = useFormat();
  const [editing, setEditing] = useState<Line | null>(null);
  const [saying, setSaying] = useState(false);
  const { chargeTypes, total, notes, currency, bill } = invoice;
  const basis = invoice.invoiceBasis === 'unblended' ? 'Unblended' : 'Net unblended';
  return (
    <Panel
      title={`${invoice.invoice === null ? 'Invoice not issued yet' : `Invoice ${invoice.invoice}`}, ${invoice.billingEntity}, ${format.month(invoice.period)}`}
      aside={
        <span className={classes.aside}>
          {bill === null ? '' : `${bill.label ?? bill.name}, `}
          {currency}, invoiced on the {basis.toLowerCase()} basis
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconTag size={12} />}
            onClick={() => setSaying(true)}
          >
            Label this bill
          </Button>
        </span>
      }
    >
      {notes.length > 0 && (
        <Note tone={invoice.state === 'differs' ? 'caution' : 'info'}>
          {notes.map((note) => (
            <p key={note} className={classes.noteLine}>
              {note}
            </p>
          ))}
        </Note>
      )}
      <div className={classes.wide}>
        <Table verticalSpacing={3} horizontalSpacing="sm" mt={8}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Charge type</Table.Th>
              <Table.Th className={classes.right}>Rows, file</Table.Th>
              <Table.Th className={classes.right}>Rows, held</Table.Th>
              <Table.Th className={classes.right}>Unblended, file</Table.Th>
              <Table.Th className={classes.right}>Unblended, held</Table.Th>
              {basis !== 'Unblended' && <Table.Th className={classes.right}>{basis}, held</Table.Th>}
              <Table.Th className={classes.right}>Invoice figure</Table.Th>
              <Table.Th className={classes.right}>Difference</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th aria-label="Figure" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <InTableContext value={true}>
              {[...chargeTypes, total].map((line) => (
                <LineRow
                  key={line.chargeType ?? '\u0000'}
                  line={line}
                  invoice={invoice}
                  onEdit={() => setEditing(line)}
                />
              ))}
            </InTableContext>
          </Table.Tbody>
        </Table>
      </div>
      {saying && (
        <BillForm
          payer={invoice.payer}
          period={invoice.period}
          report={null}
          bill={bill}
          onClose={() => setSaying(false)}
        />
      )}
      {editing !== null && <FigureForm invoice={invoice} line={editing} onClose={() => setEditing(null)} />}
    </Panel>
  );
}

type RowProps = { readonly line: Line; readonly invoice: Invoice; readonly onEdit: () => void };

function LineRow({ line, invoice, onEdit }: RowProps) {
  const format = useFormat();
  const { figure, difference, chargeType } = line;
  const name = chargeType === null ? 'Whole invoice' : chargeType === '' ? 'No charge type' : chargeType;
  return (
    <Table.Tr className={chargeType === null ? classes.sum : undefined}>
      <Table.Td>{name}</Table.Td>
      <Table.Td className={classes.right}>{format.count(line.fileRows)}</Table.Td>
      <Table.Td className={classes.right}>{format.count(line.heldRows)}</Table.Td>
      <Table.Td className={classes.right}>
        <Money
          value={line.fileRows === 0 ? null : line.fileUnblended}
          currency={invoice.currency}
          why={NO_ROW}
        />
      </Table.Td>
      <Table.Td className={classes.right}>
        <Money
          value={line.heldRows === 0 ? null : line.heldUnblended}
          currency={invoice.currency}
          why={NO_ROW}
        />
      </Table.Td>
      {invoice.invoiceBasis !== 'unblended' && (
        <Table.Td className={classes.right}>
          <Money value={line.heldInvoiced} currency={invoice.currency} />
        </Table.Td>
      )}
      <Table.Td className={classes.right}>
        {figure === null ? (
          <Unknown why="No figure was entered." />
        ) : (
          <span title={figure.note}>
            <Money value={Number(figure.amount)} currency={figure.currency} />
            {figure.rate !== null && <span className={classes.source}> at {figure.rate}</span>}
          </span>
        )}
      </Table.Td>
      <Table.Td className={classes.right}>
        {figure === null || difference === null ? (
          <Unknown why="There is no figure to compare with." />
        ) : (
          format.moneyChange(difference, figure.currency)
        )}
      </Table.Td>
      <Table.Td>
        <StateMark state={line.state} />
      </Table.Td>
      <Table.Td className={classes.right}>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPencil size={12} />}
          aria-label={`${figure === null ? 'Enter' : 'Change'} the figure: ${name}`}
          onClick={onEdit}
        >
          {figure === null ? 'Enter' : 'Change'}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
