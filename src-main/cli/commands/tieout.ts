// assay tieout: every invoice against its file, what is held and the user's figure; set and clear enter the figures.

import type { Input, Output } from '../../../shared/contract/methods.ts';
import { payerText } from '../../../shared/domain/ledger/payer.ts';
import {
  type Command,
  EXIT,
  flag,
  type Io,
  JSON_OPTION,
  type Option,
  text,
  UsageError,
  type Values,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { withEngine, withHeldData } from '../session.ts';
import { type Cell, left, right, table } from '../table.ts';
import { formatCount, formatMoney } from '../text.ts';

type Answer = Output<'ledger.tieOut'>;
type Invoice = Answer['invoices'][number];
type Line = Invoice['chargeTypes'][number];
type Key = Input<'ledger.dropFigure'>['key'];

const MONTH_OPTION: Option = {
  type: 'string',
  value: '<YYYY-MM>',
  help: 'one billing period (default: all)',
};

export const tieOutCommand: Command = {
  name: 'tieout',
  summary:
    'Tie every invoice out: what its file states, what is held, the invoice figure you entered, and the difference.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: WORKSPACE_OPTION,
    period: MONTH_OPTION,
    payer: { type: 'string', value: '<account id>', help: 'one payer (default: all)' },
    json: JSON_OPTION,
  },
  notes: [
    'An amount ties when it differs from the invoice by less than one unit of the last decimal of the figure; rows and',
    'cost of the file and of the workspace must be equal. Exit code 1 when something differs.',
  ],
  examples: ['assay tieout --workspace bedrock.assay --period 2026-10'],
  run: (_, values, io) => {
    const input = { period: text(values, 'period'), payer: text(values, 'payer') };
    return withHeldData(workspaceOf(values, io), async (engine) => {
      const answer = await engine.call('ledger.tieOut', input);
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describeTieOut(answer));
      return tieOutExit(answer, io);
    });
  },
};

function tieOutExit({ invoices }: Answer, io: Io): number {
  const differing = invoices.filter(({ state }) => state === 'differs').length;
  if (differing === 0) return EXIT.clean;
  io.err(
    `assay tieout: ${formatCount(differing)} of ${formatCount(invoices.length)} invoices do not tie out.\n`,
  );
  return EXIT.error;
}

/** Each invoice with its charge types, its total, and what is to know about it. */
export function describeTieOut({ invoices }: Answer): string {
  if (invoices.length === 0) return 'Nothing is held for this, so there is nothing to tie out.\n';
  return invoices.map(describeInvoice).join('\n');
}

const STATES: Readonly<Record<Line['state'], string>> = {
  ties: 'ties',
  differs: 'DIFFERS',
  no_figure: 'no invoice figure',
  estimated: 'estimated',
  not_tied: 'not an AWS invoice',
};

function describeInvoice(invoice: Invoice): string {
  const heading = `${invoice.period}, payer ${payerText(invoice.payer)}, ${invoice.billingEntity === '' ? 'no billing entity' : invoice.billingEntity}, invoice ${invoice.invoice ?? '(not issued yet)'}, ${invoice.currency}: ${STATES[invoice.state]}\n`;
  const basis = invoice.invoiceBasis === 'unblended' ? 'Unblended held' : 'Net unblended held';
  const lines = table(
    [
      left('Charge type'),
      right('Rows in file'),
      right('Rows held'),
      right('Unblended in file'),
      right(basis),
      right('Invoice figure'),
      right('Difference'),
      left('State'),
    ],
    [...invoice.chargeTypes, invoice.total].map((line) => cellsOf(line, invoice.currency)),
  );
  return `${heading}${lines}${invoice.notes.map((note) => `Note: ${note}\n`).join('')}`;
}

function cellsOf(line: Line, currency: string): Cell[] {
  const { figure } = line;
  const rate = figure?.rate === null || figure === null ? '' : ` at ${figure.rate}`;
  return [
    left(line.chargeType === null ? 'Whole invoice' : line.chargeType === '' ? '(none)' : line.chargeType),
    right(formatCount(line.fileRows)),
    right(formatCount(line.heldRows)),
    // No row is no amount: a figure may be entered for what is not imported, or not any more.
    right(line.fileRows === 0 ? '—' : formatMoney(line.fileUnblended, currency)),
    right(line.heldRows === 0 ? '—' : formatMoney(line.heldInvoiced, currency)),
    right(figure === null ? '—' : `${formatMoney(Number(figure.amount), figure.currency)}${rate}`),
    right(line.difference === null ? '—' : formatMoney(line.difference, figure?.currency ?? currency)),
    left(STATES[line.state]),
  ];
}

const KEY_OPTIONS = {
  payer: { type: 'string', value: '<account id>', help: 'the payer of the invoice' },
  period: { type: 'string', value: '<YYYY-MM>', help: 'its billing period' },
  entity: { type: 'string', value: '<name>', help: 'its billing entity (default: AWS)' },
  invoice: { type: 'string', value: '<id>', help: 'its id (default: none yet)' },
  'charge-type': { type: 'string', value: '<name>', help: 'one charge type (default: the whole invoice)' },
  'export-currency': { type: 'string', value: '<code>', help: 'currency of the export (default: USD)' },
} as const satisfies Record<string, Option>;

export const tieOutSetCommand: Command = {
  name: 'tieout set',
  summary: 'Enter the figure of an invoice, or of one charge type of it, to tie out against.',
  operands: '<amount>',
  operandCount: [1, 1],
  options: {
    workspace: WORKSPACE_OPTION,
    ...KEY_OPTIONS,
    currency: {
      type: 'string',
      value: '<code>',
      help: 'currency of the invoice (default: that of the export)',
    },
    rate: {
      type: 'string',
      value: '<number>',
      help: 'invoice currency for one unit of the export currency, as the invoice states it',
    },
    note: { type: 'string', value: '<text>', help: 'where the figure stands' },
  },
  notes: ['A negative amount goes after two dashes: assay tieout set … -- -12.50'],
  examples: [
    'assay tieout set 1234.56 --payer 123456789012 --period 2026-10 --invoice 2417 --note "invoice 2417.pdf, page 1"',
    'assay tieout set 1130.00 --payer 123456789012 --period 2026-10 --invoice 2417 --currency EUR --rate 0.91532',
  ],
  run: ([amount = ''], values, io) => {
    const key = keyOf(values);
    const figure = {
      amount,
      currency: text(values, 'currency') ?? key.currency,
      rate: text(values, 'rate'),
      note: text(values, 'note') ?? '',
    };
    return withEngine(workspaceOf(values, io), async (engine) => {
      await engine.call('ledger.keepFigure', { key, figure });
      const { invoices } = await engine.call('ledger.tieOut', { period: key.period, payer: key.payer });
      io.out(describeTieOut({ schemaVersion: 1, invoices: invoices.filter((one) => isOf(one, key)) }));
      return EXIT.clean;
    });
  },
};

export const tieOutClearCommand: Command = {
  name: 'tieout clear',
  summary: 'Take an invoice figure away again.',
  operands: '',
  operandCount: [0, 0],
  options: { workspace: WORKSPACE_OPTION, ...KEY_OPTIONS },
  notes: [],
  examples: ['assay tieout clear --payer 123456789012 --period 2026-10 --invoice 2417'],
  run: (_, values, io) => {
    const key = keyOf(values);
    return withEngine(workspaceOf(values, io), async (engine) => {
      await engine.call('ledger.dropFigure', { key });
      io.out('The figure was removed.\n');
      return EXIT.clean;
    });
  },
};

const isOf = (invoice: Invoice, key: Key): boolean =>
  invoice.billingEntity === key.billingEntity &&
  invoice.invoice === key.invoice &&
  invoice.currency === key.currency;

function keyOf(values: Values): Key {
  const needed = (name: 'payer' | 'period'): string => {
    const value = text(values, name);
    if (value === null) throw new UsageError(`expected --${name} ${KEY_OPTIONS[name].value}`);
    return value;
  };
  return {
    payer: needed('payer'),
    period: needed('period'),
    billingEntity: text(values, 'entity') ?? 'AWS',
    invoice: text(values, 'invoice'),
    currency: text(values, 'export-currency') ?? 'USD',
    chargeType: text(values, 'charge-type'),
  };
}
