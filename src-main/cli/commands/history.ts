// assay undo, restated and forget: take the last import back, see what deliveries changed, delete for good.

import type { Output } from '../../../shared/contract/methods.ts';
import { payerText } from '../../../shared/domain/ledger/payer.ts';
import {
  type Command,
  EXIT,
  flag,
  JSON_OPTION,
  text,
  UsageError,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { describeDifferences } from '../differences.ts';
import { withEngine, withHeldData } from '../session.ts';
import { formatBytes, formatCounted, formatMoney } from '../text.ts';

type Restatement = Output<'ledger.restatements'>['restatements'][number];
type Forgettable = Output<'ledger.forgettable'>;

export const undoCommand: Command = {
  name: 'undo',
  summary: 'Take the last import back: what it replaced is held again, what it brought is removed.',
  operands: '',
  operandCount: [0, 0],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: ['One step: what an import replaced is kept until the next import replaces it in turn.'],
  examples: ['assay undo --workspace bedrock.assay'],
  run: (_, values, io) =>
    withEngine(workspaceOf(values, io), async (engine) => {
      const { undoable } = await engine.call('import.history', {});
      const answer = await engine.call('import.undo', { batchId: undoable?.batchId ?? null });
      if (flag(values, 'json')) io.out(`${JSON.stringify(answer, null, 2)}\n`);
      else {
        const of = (deliveries: readonly { period: string; payer: string }[]): string =>
          deliveries.map(({ period, payer }) => `${period} of payer ${payerText(payer)}`).join(', ');
        io.out(`Taken back: ${of(answer.removed)}.\n`);
        if (answer.restored.length > 0) io.out(`Held again: ${of(answer.restored)}.\n`);
      }
      for (const warning of answer.warnings) io.err(`assay undo: ${warning}\n`);
      return EXIT.clean;
    }),
};

export const restatedCommand: Command = {
  name: 'restated',
  summary: 'What later deliveries changed about periods that were already held, by service and by day.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: WORKSPACE_OPTION,
    period: { type: 'string', value: '<YYYY-MM>', help: 'one billing period (default: all)' },
    json: JSON_OPTION,
  },
  notes: [],
  examples: ['assay restated --workspace bedrock.assay --period 2026-10'],
  run: (_, values, io) =>
    withHeldData(workspaceOf(values, io), async (engine) => {
      const answer = await engine.call('ledger.restatements', { period: text(values, 'period') });
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describe(answer.restatements));
      return EXIT.clean;
    }),
};

function describe(restatements: readonly Restatement[]): string {
  if (restatements.length === 0) return 'No delivery changed a period that was held.\n';
  return restatements.map(describeOne).join('\n');
}

function describeOne(one: Restatement): string {
  const { currency } = one;
  return [
    `${one.period} of payer ${payerText(one.payer)}, restated ${one.recordedAt.slice(0, 10)}: ${formatMoney(one.held, currency)} held (${one.heldReport}, ${one.heldEstimated ? 'estimated' : 'final'}), ${formatMoney(one.incoming, currency)} now (${one.incomingReport}, ${one.incomingEstimated ? 'estimated' : 'final'}): ${formatMoney(one.incoming - one.held, currency)}\n`,
    one.byService.length + one.byDay.length > 0
      ? describeDifferences(one, currency)
      : 'No service and no day has another total: what changed lies below them, such as rows, accounts, tags or quantities.\n',
  ].join('\n');
}

export const forgetCommand: Command = {
  name: 'forget',
  summary: 'Delete a payer, or one period of it, for good: no byte of it remains in the workspace file.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: WORKSPACE_OPTION,
    payer: { type: 'string', value: '<account id>', help: 'the payer to forget' },
    period: { type: 'string', value: '<YYYY-MM>', help: 'only this billing period of it (default: all)' },
    yes: { type: 'boolean', help: 'delete; without it, only what would be deleted is printed' },
    json: JSON_OPTION,
  },
  notes: [
    'It cannot be undone. The daily backups that Assay made beside the workspace go along, since they hold it, too.',
    'Copies of the workspace file elsewhere, and the export files, are not touched.',
  ],
  examples: ['assay forget --workspace bedrock.assay --payer 123456789012 --period 2026-08 --yes'],
  run: (_, values, io) => {
    const payer = text(values, 'payer');
    if (payer === null) throw new UsageError('expected --payer <account id>');
    const scope = { payer, period: text(values, 'period') };
    const print = (answer: object, described: string): void =>
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : described);
    return withEngine(workspaceOf(values, io), async (engine) => {
      if (!flag(values, 'yes')) {
        const found = await engine.call('ledger.forgettable', scope);
        print(found, describeForgettable(found, 'Would delete'));
        io.err('assay forget: nothing was deleted. Run again with --yes to delete for good.\n');
        return EXIT.error;
      }
      const done = await engine.call('ledger.forget', scope);
      print(done, `${describeForgettable(done, 'Deleted')}${describeFile(done)}`);
      return EXIT.clean;
    });
  },
};

function describeForgettable(found: Forgettable, what: string): string {
  return `${what}: ${formatCounted(found.deliveries, 'delivery', 'deliveries')} with ${formatCounted(found.lineItems, 'line')}, ${formatCounted(found.figures, 'invoice figure')}, ${formatCounted(found.restatements, 'recorded restatement')}, ${formatCounted(found.statements, 'issued statement')}, ${formatCounted(found.billWords, 'label of a bill', 'labels of bills')}.\n`;
}

function describeFile({ bytesBefore, bytesAfter, remains, copies }: Output<'ledger.forget'>): string {
  return [
    `The workspace file was written anew: ${formatBytes(bytesBefore)} before, ${formatBytes(bytesAfter)} now.\n`,
    remains === null ? '' : `${remains}\n`,
    copies.length === 0 ? '' : `These copies still hold it; delete them yourself: ${copies.join(', ')}\n`,
  ].join('');
}
