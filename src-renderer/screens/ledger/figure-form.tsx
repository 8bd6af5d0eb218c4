// Takes the figure that a person reads off an invoice: amount, currency, rate where the currency is another, source.
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Input } from '../../../shared/contract/methods.ts';
import { decimalOf, typedDecimal } from '../../../shared/format/amount-input.ts';
import type { NumberStyle } from '../../../shared/format/format.ts';
import { useNotice } from '../../app/notice.tsx';
import { call } from '../../bridge.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Note } from '../../ui/states.tsx';
import classes from './ledger.module.css';
import type { Invoice, Line } from './tie-out-state.tsx';

type Props = { readonly invoice: Invoice; readonly line: Line; readonly onClose: () => void };
type Figure = Input<'ledger.keepFigure'>['figure'];
type Typed = {
  readonly amount: string;
  readonly currency: string;
  readonly rate: string;
  readonly note: string;
};

export function FigureForm({ invoice, line, onClose }: Props) {
  const format = useFormat();
  const style = format.options.numbers;
  const { say } = useNotice();
  const [typed, setTyped] = useState(() => typedOf(line.figure, invoice.currency, style));
  const [failure, setFailure] = useState<string | null>(null);
  const key = keyOf(invoice, line);
  const attempt = async (action: () => Promise<unknown>, done: string): Promise<void> => {
    try {
      await action();
      say(done);
      onClose();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const read = readFigure(typed, invoice.currency, style);
    if (typeof read === 'string') setFailure(read);
    else void attempt(() => call('ledger.keepFigure', { key, figure: read }), 'Invoice figure kept');
  };
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={`${line.chargeType === null ? 'Whole invoice' : line.chargeType} as the invoice states it`}
    >
      <form className={classes.form} onSubmit={save}>
        <Fields typed={typed} exportCurrency={invoice.currency} onChange={setTyped} />
        {failure !== null && <Note tone="danger">{failure}</Note>}
        <Group justify="flex-end" gap="sm">
          {line.figure !== null && (
            <Button
              variant="subtle"
              color="red"
              mr="auto"
              onClick={() => void attempt(() => call('ledger.dropFigure', { key }), 'Invoice figure removed')}
            >
              Remove
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">Keep</Button>
        </Group>
      </form>
    </Modal>
  );
}

type FieldsProps = {
  readonly typed: Typed;
  readonly exportCurrency: string;
  readonly onChange: (typed: Typed) => void;
};

function Fields({ typed, exportCurrency, onChange }: FieldsProps) {
  const set = (part: Partial<Typed>): void => onChange({ ...typed, ...part });
  const isForeign = typed.currency.trim().toUpperCase() !== exportCurrency;
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          label="Amount"
          data-autofocus
          inputMode="decimal"
          maxLength={32}
          value={typed.amount}
          onChange={({ currentTarget }) => set({ amount: currentTarget.value })}
        />
        <TextInput
          label="Currency"
          maxLength={3}
          value={typed.currency}
          onChange={({ currentTarget }) => set({ currency: currentTarget.value })}
        />
      </div>
      {isForeign && (
        <TextInput
          label={`Rate: ${typed.currency.toUpperCase()} for one ${exportCurrency}`}
          description="As the invoice states it, with all its decimals. Nothing is converted without it."
          inputMode="decimal"
          maxLength={32}
          value={typed.rate}
          onChange={({ currentTarget }) => set({ rate: currentTarget.value })}
        />
      )}
      <TextInput
        label="Source"
        description="Where it stands: document, page, who read it."
        maxLength={1000}
        value={typed.note}
        onChange={({ currentTarget }) => set({ note: currentTarget.value })}
      />
    </>
  );
}

function typedOf(figure: Line['figure'], currency: string, style: NumberStyle): Typed {
  if (figure === null) return { amount: '', currency, rate: '', note: '' };
  return {
    amount: typedDecimal(figure.amount, style),
    currency: figure.currency,
    rate: figure.rate === null ? '' : typedDecimal(figure.rate, style),
    note: figure.note,
  };
}

/** The figure, or a sentence about what keeps it from being one. */
function readFigure(typed: Typed, exportCurrency: string, style: NumberStyle): Figure | string {
  const amount = decimalOf(typed.amount, style);
  if (amount === null)
    return `“${typed.amount}” is not an amount in your number style, such as ${sample(style)}.`;
  const currency = typed.currency.trim().toUpperCase();
  if (!/^[A-Z]{3}$/u.test(currency)) return `“${typed.currency}” is not a currency code such as USD.`;
  if (currency === exportCurrency) return { amount, currency, rate: null, note: typed.note };
  const rate = decimalOf(typed.rate, style);
  if (rate === null) return `Enter the invoice’s rate, ${currency} for one ${exportCurrency}.`;
  return { amount, currency, rate, note: typed.note };
}

const sample = (style: NumberStyle): string => typedDecimal('1234.56', style);

function keyOf(invoice: Invoice, line: Line): Input<'ledger.keepFigure'>['key'] {
  const { payer, period, billingEntity, invoice: id, currency } = invoice;
  return { payer, period, billingEntity, invoice: id, currency, chargeType: line.chargeType };
}
