// assay bill set, clear and undo: what the bills of a payer, a report or a period are, in the user's own words.
import type { Input } from '../../../shared/contract/methods.ts';
import { BILL_KIND_FACTS, BILL_KINDS, type BillKind } from '../../../shared/domain/ledger/bill-kind.ts';
import {
  type Command,
  columns,
  EXIT,
  type Option,
  text,
  UsageError,
  type Values,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { withEngine } from '../session.ts';
import { describeCoverage } from './held.ts';

type Scope = Input<'ledger.sayBill'>['scope'];

const SCOPE_OPTIONS = {
  payer: { type: 'string', value: '<account id>', help: 'the payer of the bill' },
  period: {
    type: 'string',
    value: '<YYYY-MM>',
    help: 'one billing period (default: every one, also later ones)',
  },
  report: {
    type: 'string',
    value: '<name>',
    help: 'one report, as `assay held` names it (default: every one)',
  },
} as const satisfies Record<string, Option>;

export const billSetCommand: Command = {
  name: 'bill set',
  summary: 'Say what a bill is: its kind, and your own label for it. Kept when the export is imported again.',
  operands: '<kind>',
  operandCount: [1, 1],
  options: {
    workspace: WORKSPACE_OPTION,
    ...SCOPE_OPTIONS,
    label: { type: 'string', value: '<text>', help: 'what you call it, shown with its figures' },
  },
  notes: [
    'Kinds:',
    ...columns(BILL_KINDS.map((kind) => [kind, BILL_KIND_FACTS[kind].name])),
    'A kind that no invoice of AWS adds up to switches the tie-out off for it, and what-ifs count no commitment over it.',
    'The narrowest word holds: of a period before of a report before of the payer.',
  ],
  examples: [
    'assay bill set reseller --payer 123456789012 --label "Cloudhaus pro forma"',
    'assay bill set own_invoice --payer 123456789012 --period 2026-08',
  ],
  run: ([kind = ''], values, io) => {
    const scope = scopeOf(values);
    const bill = { kind: kindOf(kind), label: text(values, 'label') ?? '' };
    return said(workspaceOf(values, io), { scope, bill }, io.out);
  },
};

export const billClearCommand: Command = {
  name: 'bill clear',
  summary: 'Say nothing about a bill any more: it is again what its lines tell.',
  operands: '',
  operandCount: [0, 0],
  options: { workspace: WORKSPACE_OPTION, ...SCOPE_OPTIONS },
  notes: ['Takes away what was said of exactly this payer, period and report.'],
  examples: ['assay bill clear --payer 123456789012 --period 2026-08'],
  run: (_, values, io) => said(workspaceOf(values, io), { scope: scopeOf(values), bill: null }, io.out),
};

export const billUndoCommand: Command = {
  name: 'bill undo',
  summary: 'Take back what was said last about a bill; what was said before holds again.',
  operands: '',
  operandCount: [0, 0],
  options: { workspace: WORKSPACE_OPTION },
  notes: [],
  examples: ['assay bill undo --workspace bedrock.assay'],
  run: (_, values, io) =>
    withEngine(workspaceOf(values, io), async (engine) => {
      const { undone } = await engine.call('ledger.undoBill', {});
      const what = undone.kind === null ? 'nothing more was said' : `${undone.kind} ${undone.label}`.trim();
      const where = [undone.report, undone.period].filter((part) => part !== null).join(', ');
      io.out(`Taken back: ${what}, of payer ${undone.payer}${where === '' ? '' : `, ${where}`}.\n`);
      return EXIT.clean;
    }),
};

function said(
  workspace: string,
  input: Input<'ledger.sayBill'>,
  out: (text: string) => void,
): Promise<number> {
  return withEngine(workspace, async (engine) => {
    await engine.call('ledger.sayBill', input);
    const { exports } = await engine.call('ledger.coverage', {});
    const { payer, report = null, period = null } = input.scope;
    const about = exports.filter(
      (one) =>
        one.payer === payer &&
        (report === null || one.report === report) &&
        (period === null || one.period === period),
    );
    out(describeCoverage(about));
    return EXIT.clean;
  });
}

function scopeOf(values: Values): Scope {
  const payer = text(values, 'payer');
  if (payer === null) throw new UsageError(`expected --payer ${SCOPE_OPTIONS.payer.value}`);
  return { payer, period: text(values, 'period'), report: text(values, 'report') };
}

function kindOf(name: string): BillKind {
  const kind = BILL_KINDS.find((known) => known === name);
  if (kind !== undefined) return kind;
  throw new UsageError(`"${name}" is not a kind of bill: ${BILL_KINDS.join(', ')}`);
}
