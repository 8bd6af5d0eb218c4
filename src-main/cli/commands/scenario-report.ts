// assay scenario report: a what-if with its answer as a file somebody else can read, check and argue with.
import { extname } from 'node:path';
import type { Input } from '../../../shared/contract/methods.ts';
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
import { withHeldData } from '../session.ts';
import { formatBytes } from '../text.ts';
import { scenarioNamed } from './scenario-compare.ts';

type Format = Input<'export.scenario'>['format'];

const FORMATS: Readonly<Record<string, Format>> = {
  '.csv': 'csv',
  '.xlsx': 'xlsx',
  '.md': 'md',
  '.json': 'json',
};

export const reportCommand: Command = {
  name: 'scenario report',
  summary: 'Write the report of a what-if: a workbook with live formulas, Markdown, CSV or JSON.',
  operands: '<scenario>',
  operandCount: [1, 1],
  options: {
    workspace: WORKSPACE_OPTION,
    out: { type: 'string', value: '<file>', help: 'the file to write: .xlsx, .md, .csv or .json' },
    json: JSON_OPTION,
  },
  notes: [
    'A scenario is a file, or one saved in the workspace: its number as #3, or its name.',
    'A PDF is printed where pages are: Export → Report, PDF on the scenario screen.',
  ],
  examples: ['assay scenario report docs/scenarios/all-three.json --workspace bedrock.assay --out plan.xlsx'],
  run: ([operand = ''], values, io) => {
    const target = text(values, 'out');
    if (target === null) throw new UsageError('expected --out <file>');
    const format = formatOf(target);
    return withHeldData(workspaceOf(values, io), async (engine) => {
      const { scenarios } = await engine.call('scenario.list', {});
      const scenario = scenarioNamed(operand, scenarios);
      const { bytes } = await engine.call('export.scenario', { scenario, target, format });
      io.out(
        flag(values, 'json')
          ? `${JSON.stringify({ schemaVersion: 1, file: target, format, bytes }, null, 2)}\n`
          : `Wrote ${target} (${formatBytes(bytes)}).\n`,
      );
      return EXIT.clean;
    });
  },
};

function formatOf(target: string): Format {
  const extension = extname(target).toLowerCase();
  const format = FORMATS[extension];
  if (format !== undefined) return format;
  if (extension === '.pdf') {
    throw new UsageError(
      'the command line has no page to print, so it writes no PDF: write .md or .xlsx here, or use Export → Report, PDF on the scenario screen (in a browser, its print dialog saves one)',
    );
  }
  throw new UsageError(`--out: "${target}" ends in none of ${Object.keys(FORMATS).join(', ')}`);
}
