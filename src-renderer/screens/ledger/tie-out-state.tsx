// The state of an invoice or a charge type: a mark, a word, and on hover what it means.
import type { Output } from '../../../shared/contract/methods.ts';
import { Hint } from '../../ui/hint.tsx';
import classes from './ledger.module.css';

export type Invoice = Output<'ledger.tieOut'>['invoices'][number];
export type Line = Invoice['chargeTypes'][number];
export type State = Line['state'];

type Meaning = { readonly mark: string; readonly word: string; readonly means: string };

export const STATES: Readonly<Record<State, Meaning>> = {
  ties: { mark: '✓', word: 'ties', means: 'What is held is the invoice’s figure, to its last decimal.' },
  differs: {
    mark: '✗',
    word: 'differs',
    means: 'What is held is not the invoice’s figure, or not what the file states.',
  },
  no_figure: {
    mark: '○',
    word: 'no invoice figure',
    means: 'File and workspace agree; the invoice itself has not been entered.',
  },
  estimated: {
    mark: '~',
    word: 'estimated',
    means: 'AWS has not issued the invoice yet: amounts may still change.',
  },
  not_tied: {
    mark: '–',
    word: 'not an AWS invoice',
    means:
      'No invoice of AWS adds up to this kind of bill, so nothing is held against one. File and workspace agree.',
  },
};

export function StateMark({ state }: { readonly state: State }) {
  const { mark, word, means } = STATES[state];
  return (
    <Hint label={means}>
      <span className={classes.state} data-state={state}>
        <span aria-hidden>{mark}</span> {word}
      </span>
    </Hint>
  );
}

/** Names an invoice among all. */
export function invoiceKey({ payer, period, billingEntity, invoice, currency }: Invoice): string {
  return JSON.stringify([payer, period, billingEntity, invoice, currency]);
}

/** Counts by state, those that need somebody first: `1 differs, 2 without invoice figure, 3 tie`. */
export function summaryOf(invoices: readonly Invoice[], count: (value: number) => string): string {
  const of = (wanted: State): number => invoices.filter(({ state }) => state === wanted).length;
  const parts: readonly (readonly [number, string])[] = [
    [of('differs'), of('differs') === 1 ? 'differs' : 'differ'],
    [of('no_figure'), 'without invoice figure'],
    [of('estimated'), 'estimated'],
    [of('not_tied'), 'not an AWS invoice'],
    [of('ties'), of('ties') === 1 ? 'ties' : 'tie'],
  ];
  const named = parts.filter(([number]) => number > 0).map(([number, word]) => `${count(number)} ${word}`);
  return `${count(invoices.length)} invoice${invoices.length === 1 ? '' : 's'}: ${named.join(', ')}`;
}
