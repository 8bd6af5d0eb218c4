// assay cost: what so many input and output tokens cost at list, on each model, region, tier and mode.
import type { Output } from '../../../shared/contract/methods.ts';
import { valueName } from '../../../shared/format/names.ts';
import {
  type Command,
  EXIT,
  flag,
  JSON_OPTION,
  namedWorkspace,
  text,
  UsageError,
  type Values,
} from '../command.ts';
import { withHeldData, withScratchEngine } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCell, formatCount, formatUnitPrice } from '../text.ts';

type Answer = Output<'catalog.cost'>;

export const costCommand: Command = {
  name: 'cost',
  summary:
    'Say what so many input and output tokens cost at list: on named models or all, in every region, tier and mode.',
  operands: '[<models…>]',
  operandCount: [0, 50],
  options: {
    input: { type: 'string', value: '<tokens>', help: 'uncached input tokens (1500000, 1.5M, 20K)' },
    output: { type: 'string', value: '<tokens>', help: 'output tokens' },
    region: { type: 'string', value: '<code>', help: 'one AWS region (default: every region with a price)' },
    date: { type: 'string', value: '<YYYY-MM-DD>', help: 'day of the usage (default: today)' },
    workspace: {
      type: 'string',
      value: '<file.assay>',
      help: "use this workspace's catalog (default: the bundled one)",
    },
    json: JSON_OPTION,
  },
  notes: [
    'List prices of plain text tokens in the standard context. A purchase of which only one half has a price is left out.',
  ],
  examples: ['assay cost "Nova Lite" "Claude Haiku 4.5" --input 10M --output 2M --region us-east-1'],
  run: (operands, values, io) => {
    const date = text(values, 'date');
    if (date !== null && !/^\d{4}-\d{2}-\d{2}$/u.test(date))
      throw new UsageError(`--date: "${date}" is not YYYY-MM-DD`);
    const input = {
      models: [...operands],
      inputTokens: tokenCount(values, 'input'),
      outputTokens: tokenCount(values, 'output'),
      region: text(values, 'region'),
      date,
    };
    const workspace = namedWorkspace(values);
    const open =
      workspace === null
        ? withScratchEngine<number>
        : (use: Parameters<typeof withHeldData<number>>[1]) => withHeldData(workspace, use);
    return open(async (engine) => {
      const answer = await engine.call('catalog.cost', input);
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describeCost(answer));
      return answer.rows.length > 0 ? EXIT.clean : EXIT.error;
    });
  },
};

const FACTORS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, b: 1e9, t: 1e12 };

/** `1500000`, `1.5M`, `20K`; left out = none. */
function tokenCount(values: Values, name: string): number {
  const given = text(values, name);
  if (given === null) return 0;
  const match = /^(\d+(?:\.\d+)?)\s*([kmbt]?)$/iu.exec(given.trim());
  const factor = FACTORS[match?.[2]?.toLowerCase() ?? ''];
  if (match === null || factor === undefined)
    throw new UsageError(`--${name}: "${given}" is not a number of tokens such as 1500000 or 1.5M`);
  return Number(match[1]) * factor;
}

export function describeCost({ rows, inputTokens, outputTokens, date, catalogVersion }: Answer): string {
  const title = `${formatCount(inputTokens)} input and ${formatCount(outputTokens)} output tokens, ${date}, catalog ${catalogVersion}`;
  if (rows.length === 0) return `${title}\n\nNo model has a price for both here.\n`;
  const range = ({ low, high }: { low: number; high: number }): string =>
    low === high ? formatUnitPrice(low) : `${formatUnitPrice(low)}–${formatUnitPrice(high)}`;
  return `${title}\n\n${table(
    [
      left('Model'),
      left('Mode'),
      left('Region'),
      left('Tier'),
      right('Input / 1M'),
      right('Output / 1M'),
      right('Cost, USD'),
    ],
    rows.map((row) => [
      left(row.model),
      left(valueName('mode', row.mode)),
      left(row.region ?? 'any'),
      left(row.regionTier ?? 'any'),
      right(range(row.input)),
      right(range(row.output)),
      right(
        row.low === row.high
          ? formatCell(row.low, 'USD')
          : `${formatCell(row.low, 'USD')}–${formatCell(row.high, 'USD')}`,
      ),
    ]),
  )}`;
}
