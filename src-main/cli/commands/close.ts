// assay close: what is settled of a month, the statement it leads to, and issuing it once and for all.

import type { Output } from '../../../shared/contract/methods.ts';
import { payerText } from '../../../shared/domain/ledger/payer.ts';
import type { Engine } from '../../engine/engine.ts';
import {
  type Command,
  EXIT,
  flag,
  type Io,
  JSON_OPTION,
  text,
  UsageError,
  type Values,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { withEngine, withHeldData } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatBytes, formatCount, formatMoney } from '../text.ts';

type Answer = Output<'ledger.close'>;
type PayerClose = Answer['payers'][number];
type Line = PayerClose['preview'][number];

export const closeCommand: Command = {
  name: 'close',
  summary:
    'Close a month: what is settled (import, tie-out, review), and the statement, which is issued once.',
  operands: '<YYYY-MM>',
  operandCount: [1, 1],
  options: {
    workspace: WORKSPACE_OPTION,
    payer: { type: 'string', value: '<account id>', help: 'one payer (default: all)' },
    by: {
      type: 'string',
      value: '<dimension>',
      help: 'what the statement is split by: account (default), tag:<key>, costCategory:<name>, model …',
    },
    issue: { type: 'boolean', help: 'issue the statement; it never changes afterwards' },
    accept: { type: 'string', value: '<reason>', help: 'issue it although something is open' },
    note: { type: 'string', value: '<text>', help: 'kept with the statement' },
    save: {
      type: 'string',
      value: '<file.csv|file.json>',
      help: 'write the issued statement of one payer; the same bytes each time, with its digest',
    },
    json: JSON_OPTION,
  },
  notes: [
    'What a later delivery changes about a closed month goes into the next statement, as prior-period adjustments.',
    'Exit code 1 while something is open.',
  ],
  examples: [
    'assay close 2026-10 --workspace bedrock.assay',
    'assay close 2026-10 --workspace bedrock.assay --by tag:team --issue',
  ],
  run: ([period = ''], values, io) => {
    const input = { period, payer: text(values, 'payer'), by: text(values, 'by') ?? 'account' };
    const file = fileToSave(values);
    const print = async (engine: Engine, answer: Answer): Promise<number> => {
      if (file !== null) await save(engine, answer, file, io);
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describeClose(answer));
      const settled = answer.payers.every(({ ready, statement }) => ready || statement !== null);
      return settled ? EXIT.clean : EXIT.error;
    };
    if (!flag(values, 'issue'))
      return withHeldData(workspaceOf(values, io), async (engine) =>
        print(engine, await engine.call('ledger.close', input)),
      );
    const issue = { ...input, accept: text(values, 'accept'), note: text(values, 'note') ?? '' };
    return withEngine(workspaceOf(values, io), async (engine) =>
      print(engine, await engine.call('ledger.issue', issue)),
    );
  },
};

type StatementFile = { readonly target: string; readonly format: 'csv' | 'json' };

function fileToSave(values: Values): StatementFile | null {
  const target = text(values, 'save');
  if (target === null) return null;
  const format = /\.(csv|json)$/iu.exec(target)?.[1]?.toLowerCase();
  if (format === 'csv' || format === 'json') return { target, format };
  throw new UsageError(`--save: "${target}" ends in neither .csv nor .json`);
}

async function save(engine: Engine, { period, payers }: Answer, file: StatementFile, io: Io): Promise<void> {
  const [first, ...more] = payers;
  if (first === undefined || more.length > 0) {
    const ids = payers.map(({ payer }) => payer).join(', ');
    throw new UsageError(`--save writes the statement of one payer: name it with --payer (${ids})`);
  }
  const { bytes, sha256 } = await engine.call('export.statement', { payer: first.payer, period, ...file });
  io.err(`Written: ${file.target}, ${formatBytes(bytes)}, SHA-256 ${sha256}.\n`);
}

export function describeClose({ period, payers }: Answer): string {
  return payers.map((payer) => describePayer(period, payer)).join('\n');
}

const STEPS: Readonly<Record<PayerClose['steps'][number]['step'], string>> = {
  import: 'Import',
  tie_out: 'Tie-out',
  review: 'Review',
  publish: 'Publish',
};

function describePayer(period: string, { payer, steps, statement, preview, pending }: PayerClose): string {
  const list = table(
    [left(`${period}, payer ${payerText(payer)}`), left('State'), left('')],
    steps.map(({ step, done, says }) => [
      left(STEPS[step]),
      left(done ? 'done' : 'OPEN'),
      left(says.join(' ')),
    ]),
  );
  const lines =
    statement === null
      ? `As it would be issued:\n${describeLines(preview)}`
      : `Issued ${statement.issuedAt}${statement.note === '' ? '' : ` (${statement.note})`}, SHA-256 ${statement.sha256}:\n${describeLines(statement.lines)}`;
  const changed =
    pending.length === 0 ? '' : `\nChanged since, for the payer's next statement:\n${describeLines(pending)}`;
  return `${list}\n${lines}${changed}`;
}

function describeLines(lines: readonly Line[]): string {
  return table(
    [left('For'), left('Lines of'), left('By'), left('Key'), right('Lines'), right('Amount'), left('')],
    lines.map((line) => [
      left(line.forPeriod),
      left(line.lineClass === 'bedrock' ? 'Bedrock' : 'other services'),
      left(line.dimension),
      left(line.key ?? '(none)'),
      right(formatCount(line.lineItems)),
      right(formatMoney(line.amount, line.currency)),
      left(line.currency),
    ]),
  );
}
