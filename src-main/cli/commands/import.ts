// assay import: stage the files, show what they would replace, commit or refuse.

import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { billQuestions, questionText } from '../../../shared/domain/ledger/bill-question.ts';
import { payerText } from '../../../shared/domain/ledger/payer.ts';
import {
  changesDetailsOnly,
  DETAILS_ONLY,
  differs,
  isChange,
} from '../../../shared/domain/ledger/replacement.ts';
import type { Engine } from '../../engine/engine.ts';
import {
  type Command,
  choice,
  EXIT,
  flag,
  type Io,
  JSON_OPTION,
  text,
  type Values,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { describeDifferences } from '../differences.ts';
import { withProgress } from '../progress.ts';
import { withEngineFor } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCount, formatCounted, formatMoney, printable } from '../text.ts';
import { rejectedTable } from './rejected.ts';

export type ImportReport = Output<'import.stage'>;

/** Rejected rows an import shows of itself. */
const REJECTED_SHOWN = 10;

export const importCommand: Command = {
  name: 'import',
  summary:
    'Import billing exports (CUR 1.0, CUR 2.0 or FOCUS; CSV, gzip, zip or Parquet; files or folders) into a workspace.',
  operands: '<paths…>',
  operandCount: [1, 10_000],
  options: {
    workspace: WORKSPACE_OPTION,
    replace: { type: 'boolean', help: 'replace billing periods that are already held' },
    'allow-missing-parts': {
      type: 'boolean',
      help: 'go on although parts of a delivery are missing; its totals are then too low',
    },
    lines: {
      type: 'string',
      value: '<ai|every>',
      help: 'ai: lines of other services are summed by day; every: each of them is held, too (default: as it is held now, else ai)',
    },
    rejects: { type: 'string', value: '<file.csv>', help: 'write rejected rows there, with line and reason' },
    json: JSON_OPTION,
  },
  notes: [
    'A delivery holds its whole billing period, so a period is replaced, never added to. Without --replace a period',
    'that is already held stops the import with exit code 4 and a preview; nothing is changed. Where the same report',
    'states the same rows and totals once more, also of each service, day, account and tag, it is taken without a question.',
    'With --lines every, questions about the whole bill know the hour, resource, tags and operation of every line, and it',
    'can be listed. The workspace grows from some 3 % of the CSV to 10 %, and the import takes about twice as long.',
    'Exit codes: 0 clean, 3 imported with rejected rows, 4 period already held.',
  ],
  examples: [
    'assay import ./cur/2026-10/ --workspace bedrock.assay',
    'assay import october-00001.csv.gz october-00002.csv.gz --workspace bedrock.assay --replace',
  ],
  run: (paths, values, io) =>
    withEngineFor(workspaceOf(values, io), async (engine) => {
      const json = flag(values, 'json');
      const allowMissingParts = flag(values, 'allow-missing-parts');
      const lines = choice(values, 'lines', ['ai', 'every']);
      const everyLine = lines === null ? null : lines === 'every';
      const staged = await withProgress(engine, io, () =>
        engine
          .call('import.stage', { sources: [...paths], allowMissingParts, everyLine })
          .catch((error: unknown) => Promise.reject(withState(error))),
      );
      if (staged.state !== 'staged' || staged.batchId === null) return finish(staged, json, io);
      if (staged.replaces.some(isChange) && !flag(values, 'replace')) {
        await engine.call('import.discard', { batchId: staged.batchId });
        return finish({ ...staged, state: 'held', batchId: null }, json, io);
      }
      const { batchId } = staged;
      const report = await engine.call('import.commit', { batchId });
      const code = finish(report, json, io);
      await askAboutBills(engine, report, io);
      if (report.rows.rejected > 0) await showRejected(engine, batchId, values, io);
      return code;
    }),
};

/** Asked on the error stream, so that what reads the report from the other one is not disturbed. */
async function askAboutBills(engine: Engine, { files }: ImportReport, io: Io): Promise<void> {
  const { exports } = await engine.call('ledger.coverage', {});
  for (const question of billQuestions(exports, files)) {
    const { payer, report } = question.first;
    io.err(
      `assay import: ${questionText(question, question.periods.join(', '))} ` +
        `assay bill set <kind> --payer ${payer} --report ${JSON.stringify(report)} answers it.\n`,
    );
  }
}

const AS_BEFORE = 'The workspace is as it was before.';

/** What failed, and which side of it the workspace is on: an import that fails while it reads changed nothing. */
function withState(error: unknown): unknown {
  if (!(error instanceof AssayError) || error.message.includes('as it was before')) return error;
  return new AssayError(error.code, `${error.message} ${AS_BEFORE}`, error.details);
}

/** The first rejected rows for the reader, and all of them in the file that was asked for. */
async function showRejected(engine: Engine, batchId: number, values: Values, io: Io): Promise<void> {
  const { rows, rowCount } = await engine.call('import.rejectedRows', { batchId, limit: REJECTED_SHOWN });
  io.err(printable(rejectedTable(rows)));
  if (rowCount > rows.length)
    io.err(`and ${formatCount(rowCount - rows.length)} more: assay rejected lists them.\n`);
  const target = text(values, 'rejects');
  if (target === null) return;
  await engine.call('export.rejectedRows', { batchId, target });
  io.err(`assay import: the rejected rows are in ${target}.\n`);
}

function finish(report: ImportReport, json: boolean, io: Io): number {
  io.out(json ? `${JSON.stringify(report, null, 2)}\n` : describeImport(report));
  if (report.state === 'held') {
    io.err(
      'assay import: nothing was changed, these periods are already held. Run again with --replace to replace them.\n',
    );
    return EXIT.periodHeld;
  }
  if (report.rows.rejected === 0) return EXIT.clean;
  const rows = formatCounted(report.rows.rejected, 'row was rejected and is', 'rows were rejected and are');
  io.err(`assay import: ${rows} not in the totals.\n`);
  return EXIT.rejectedRows;
}

/** The report as text: what was read, what it adds up to, what it replaced. */
export function describeImport(report: ImportReport): string {
  const { bedrock, warnings, state } = report;
  if (state === 'unchanged')
    return `${report.files.map(({ path, period }) => `${path}, ${period}\n`).join('')}${STATES.unchanged}`;
  const money = (value: number | null): string => formatMoney(value, report.totals[0]?.currency ?? 'USD');
  return [
    filesTable(report),
    totalsTable(report),
    ...report.replaces.map((replaced) => describeReplacement(replaced, state === 'held')),
    `Bedrock: ${formatCounted(bedrock.lineItems, 'line item')}, ${money(bedrock.unblended)}; ` +
      `${formatCount(bedrock.unknownLineItems)} of unknown kind (${money(bedrock.unknownUnblended)}).\n`,
    ...(report.everyLine ? [EVERY_LINE] : []),
    ...[...rejectedNote(report), ...warnings].map((note) => `Note: ${note}\n`),
    STATES[state],
  ].join('\n');
}

const EVERY_LINE =
  'Every line is held: those of other services behind their daily sums, without their raw records.\n';

function rejectedNote({ rows: { rejected } }: ImportReport): string[] {
  if (rejected === 0) return [];
  return [
    `${formatCounted(rejected, 'row was rejected and is', 'rows were rejected and are')} in no total, so the totals may be too low. See the rejected rows with their reasons.`,
  ];
}

const filesTable = ({ files }: ImportReport): string =>
  table(
    [...['File', 'Format', 'Period'].map(left), ...['Rows read', 'Kept', 'Rolled up', 'Rejected'].map(right)],
    files.map(({ path, format, period, rows }) => [
      ...[path, format, period].map(left),
      ...[rows.read, rows.kept, rows.rolledUp, rows.rejected].map((value) => right(formatCount(value))),
    ]),
  );

const totalsTable = ({ totals }: ImportReport): string =>
  table(
    [left('Charge type'), right('Rows'), right('Unblended'), left('')],
    totals.map((total) => [
      left(total.chargeType),
      right(formatCount(total.rows)),
      right(formatMoney(total.unblended, total.currency)),
      left(total.currency),
    ]),
  );

/** What is replaced and by how much its total changes; as a preview also where. */
function describeReplacement(replaced: ImportReport['replaces'][number], isPreview: boolean): string {
  const { incoming, held, sameReport } = replaced;
  const total =
    `${incoming.period} of payer ${payerText(incoming.payer)}${sameReport ? '' : ` (held from another report, ${held.report})`}: ` +
    `${formatMoney(held.unblended, held.currency)} held, ${formatMoney(incoming.unblended, incoming.currency)} in these files ` +
    `(${formatMoney(incoming.unblended - held.unblended, incoming.currency)})\n`;
  if (!isPreview) return total;
  return changesDetailsOnly(replaced)
    ? `${total}${DETAILS_ONLY}\n`
    : `${total}\n${describeDifferences(changed(replaced), incoming.currency)}`;
}

const changed = ({ byService, byDay }: ImportReport['replaces'][number]) => ({
  byService: byService.filter(differs),
  byDay: byDay.filter(differs),
});

const STATES = {
  staged: 'Staged.\n',
  committed: 'Imported.\n',
  unchanged: 'Already held, byte for byte: nothing to do.\n',
  held: 'Not imported.\n',
} as const satisfies Record<ImportReport['state'], string>;
