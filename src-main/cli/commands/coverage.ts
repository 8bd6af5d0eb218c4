// assay coverage: how much of what AWS bills the catalog can price, with a reason for everything it cannot.
import type { Output } from '../../../shared/contract/methods.ts';
import { METER_GROUP_IDS } from '../../../shared/domain/pricing/coverage.ts';
import { valueName } from '../../../shared/format/names.ts';
import {
  type Command,
  choice,
  EXIT,
  flag,
  JSON_OPTION,
  namedWorkspace,
  text,
  UsageError,
} from '../command.ts';
import { withHeldData, withScratchEngine } from '../session.ts';
import { type Cell, left, right, table } from '../table.ts';
import { formatCount, formatPercent, formatUnitPrice } from '../text.ts';

type Answer = Output<'catalog.coverage'>;
type Group = Answer['groups'][number];

export const coverageCommand: Command = {
  name: 'coverage',
  summary: 'Show what the catalog can price: published usage types, and the grid of models with its holes.',
  operands: '',
  operandCount: [0, 0],
  options: {
    grid: { type: 'string', value: '<meters>', help: `print a grid: ${METER_GROUP_IDS.join(', ')}` },
    region: { type: 'string', value: '<code>', help: 'one AWS region (default: every region with a price)' },
    date: { type: 'string', value: '<YYYY-MM-DD>', help: 'day of the usage (default: today)' },
    unpriced: { type: 'boolean', help: 'list every usage type without a price' },
    workspace: {
      type: 'string',
      value: '<file.assay>',
      help: 'also mark what the bills of this workspace ask for',
    },
    json: JSON_OPTION,
  },
  notes: [
    'A missing price is never filled in from another mode, region or model; every hole has a class that says why.',
  ],
  examples: ['assay coverage', 'assay coverage --grid tokens --region eu-west-1', 'assay coverage --json'],
  run: (_, values, io) => {
    const date = text(values, 'date');
    if (date !== null && !/^\d{4}-\d{2}-\d{2}$/u.test(date))
      throw new UsageError(`--date: "${date}" is not YYYY-MM-DD`);
    const grid = choice(values, 'grid', METER_GROUP_IDS);
    const workspace = namedWorkspace(values);
    const open =
      workspace === null
        ? withScratchEngine<number>
        : (use: Parameters<typeof withHeldData<number>>[1]) => withHeldData(workspace, use);
    return open(async (engine) => {
      const answer = await engine.call('catalog.coverage', { region: text(values, 'region'), date });
      const shown = answer.groups.find(({ group }) => group === grid);
      if (flag(values, 'json')) io.out(`${JSON.stringify(answer, null, 2)}\n`);
      else if (shown !== undefined) io.out(describeGrid(answer, shown));
      else io.out(describeCoverage(answer, flag(values, 'unpriced')));
      return EXIT.clean;
    });
  },
};

export function describeCoverage(answer: Answer, listed: boolean): string {
  const { usage, holes, billed } = answer;
  const title = `Catalog ${answer.catalogVersion} on ${answer.date}${answer.region === null ? '' : `, ${answer.region}`}`;
  const strings = `Usage types published by others: ${usage.priced} of ${usage.strings} get a price (${formatPercent(usage.share)}).`;
  const lines =
    billed.lines === 0
      ? ''
      : `\nMetered lines of the workspace: ${formatCount(billed.lines)}, without a price ${formatCount(billed.unpricedLines)}.\n`;
  const unpriced = usage.readings.filter(({ hole }) => hole !== null);
  const list = table(
    [left('Usage type without a price'), left('Model'), left('Meter'), left('Region'), left('Why')],
    unpriced.map((row) => [
      left(row.usageType),
      left(row.model ?? row.product ?? '—'),
      left([row.meter, row.variant].filter((part) => part !== null).join(' ')),
      left(row.region ?? '—'),
      left(usage.holes.find(({ hole }) => hole === row.hole)?.title ?? ''),
    ]),
  );
  return [
    `${title}\n\n${strings}\n`,
    holeTable('Strings without a price', usage.holes),
    holeTable('Holes in the grid of models', holes),
    listed ? list : '',
    lines,
  ].join('\n');
}

function holeTable(
  title: string,
  holes: readonly { readonly title: string; readonly says: string; readonly count: number }[],
): string {
  return table(
    [left(title), right('Count'), left('What it means')],
    holes.map(({ title: name, says, count }) => [left(name), right(formatCount(count)), left(says)]),
  );
}

export function describeGrid(answer: Answer, { columns, rows }: Group): string {
  const header = [left('Model'), left('Variant'), left('Term'), left('Tier')];
  const heads = columns.map(({ mode, meter }) => right(`${valueName('mode', mode)}: ${meter}`));
  const body = rows.map((row) => [
    left(`${row.model ?? row.provider}${row.contextBand === 'long' ? ', long context' : ''}`),
    left(row.variant ?? ''),
    left(row.term === 'none' ? '' : row.term),
    left(row.regionTier ?? 'any'),
    ...row.cells.map(gridCell),
  ]);
  const legend = answer.holes.map(({ hole, says }): readonly Cell[] => [left(hole), left(says)]);
  return `Catalog ${answer.catalogVersion} on ${answer.date}, USD\n\n${table([...header, ...heads], body)}\n${table([left('Hole'), left('What it means')], legend)}`;
}

function gridCell(cell: Group['rows'][number]['cells'][number]): Cell {
  if (cell === null) return right('·');
  if (cell.kind === 'hole') return right(cell.hole);
  const low = formatUnitPrice(cell.usdLow);
  const amount = cell.usdLow === cell.usdHigh ? low : `${low}–${formatUnitPrice(cell.usdHigh)}`;
  return right(`${amount}${cell.assumed ? ' assumed' : ''}`);
}
