// assay metrics: request counts and other drivers beside the bill, taken in, listed and forgotten.
import type { Output } from '../../../shared/contract/methods.ts';
import { dimensionName } from '../../../shared/format/names.ts';
import {
  type Command,
  EXIT,
  flag,
  JSON_OPTION,
  UsageError,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { withEngine, withHeldData } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCount } from '../text.ts';

type Report = Output<'metrics.import'>;
type List = Output<'metrics.list'>;
type Series = List['series'];

export const metricsImportCommand: Command = {
  name: 'metrics import',
  summary:
    'Take in counts beside the bill: a CSV, CloudWatch’s metrics, or Bedrock’s invocation log (numbers only).',
  operands: '<file>',
  operandCount: [1, 1],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: [
    'A CSV has the columns date,key,metric,value; a key is model=…, account=…, tag:<key>=…, several with ; between, or *',
    'for everything. CloudWatch: a metric stream as JSON lines, or the answer of GetMetricData. Plain or gzip.',
    'Of an invocation log only day, model, profile and token counts are kept, never text.',
    'Exit code 3 when rows were rejected.',
  ],
  examples: [
    'assay metrics import requests.csv --workspace bedrock.assay',
    'assay query --measures requests,costPerRequest --group-by model --workspace bedrock.assay',
  ],
  run: ([file = ''], values, io) =>
    withEngine(workspaceOf(values, io), async (engine) => {
      const report = await engine.call('metrics.import', { sources: [file] });
      io.out(flag(values, 'json') ? `${JSON.stringify(report, null, 2)}\n` : describeReport(report));
      if (report.rows.rejected === 0) return EXIT.clean;
      const first = report.rejections[0];
      io.err(
        `assay metrics import: ${formatCount(report.rows.rejected)} of ${formatCount(report.rows.read)} rows were rejected (line ${first?.line}: ${first?.reason}).\n`,
      );
      return EXIT.rejectedRows;
    }),
};

export function describeReport({ rows, series, notes }: Report): string {
  return [
    `${formatCount(rows.taken)} of ${formatCount(rows.read)} rows taken.`,
    '',
    describeSeries(series),
    ...notes.map((note) => `Note: ${note}\n`),
  ].join('\n');
}

export const metricsListCommand: Command = {
  name: 'metrics list',
  summary: 'List the counts that are held beside the bill, and the files they came with.',
  operands: '',
  operandCount: [0, 0],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: [],
  examples: ['assay metrics list --workspace bedrock.assay'],
  run: (_, values, io) =>
    withHeldData(workspaceOf(values, io), async (engine) => {
      const list = await engine.call('metrics.list', {});
      io.out(flag(values, 'json') ? `${JSON.stringify(list, null, 2)}\n` : describeList(list));
      return EXIT.clean;
    }),
};

export function describeList({ imports, series }: List): string {
  if (imports.length === 0) return 'No counts are held: requests and what needs them are missing.\n';
  const files = table(
    [right('Id'), left('File'), left('Kind'), right('Rows taken'), right('Rejected'), left('Imported')],
    imports.map(({ id, file, kind, rows, importedAt }) => [
      right(String(id)),
      left(file),
      left(kind.replaceAll('_', ' ')),
      right(formatCount(rows.taken)),
      right(formatCount(rows.rejected)),
      left(importedAt.slice(0, 10)),
    ]),
  );
  return `${describeSeries(series)}\n${files}`;
}

function describeSeries(series: Series): string {
  return table(
    [
      left('Metric'),
      left('Counted by'),
      right('Keys'),
      right('Days'),
      left('From'),
      left('To'),
      right('Total'),
    ],
    series.map(({ metric, by, keys, days, firstDay, lastDay, total }) => [
      left(metric),
      left(by.length === 0 ? 'day' : by.map((name) => dimensionName(name)).join(', ')),
      right(formatCount(keys)),
      right(formatCount(days)),
      left(firstDay),
      left(lastDay),
      right(formatCount(total)),
    ]),
  );
}

export const metricsRemoveCommand: Command = {
  name: 'metrics remove',
  summary: 'Forget the counts of one file.',
  operands: '<id>',
  operandCount: [1, 1],
  options: { workspace: WORKSPACE_OPTION },
  notes: [],
  examples: ['assay metrics remove 2 --workspace bedrock.assay'],
  run: ([operand = ''], values, io) => {
    const id = Number(operand);
    if (!Number.isSafeInteger(id) || id < 1)
      throw new UsageError(`"${operand}" is not the id of an import of counts`);
    return withEngine(workspaceOf(values, io), async (engine) => {
      await engine.call('metrics.remove', { id });
      io.out('The counts were removed.\n');
      return EXIT.clean;
    });
  },
};
