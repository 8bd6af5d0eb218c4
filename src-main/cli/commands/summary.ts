// assay summary and assay unknown: where the money goes, and what the rules could not name.
import type { Output } from '../../../shared/contract/methods.ts';
import { parsePeriod, parseWhere } from '../../../shared/domain/spend/grammar.ts';
import { BASES } from '../../../shared/domain/spend/vocabulary.ts';
import {
  type Command,
  choice,
  EXIT,
  flag,
  JSON_OPTION,
  read,
  readEach,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { withHeldData } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCell } from '../text.ts';

type Summary = Output<'spend.summary'>;
type Block = Summary['blocks'][number];
type Unknown = Output<'spend.unknown'>;

const PERIOD_OPTION = {
  type: 'string',
  value: '<from..to>',
  help: 'months or days, both inclusive (default: all)',
} as const;

export const summaryCommand: Command = {
  name: 'summary',
  summary:
    'Where the money goes: Bedrock in total, what Cost Explorer would miss, unit cost, caching, batch, what is unknown.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: WORKSPACE_OPTION,
    period: PERIOD_OPTION,
    basis: { type: 'string', value: '<basis>', help: `${BASES.join(', ')} (default: unblended)` },
    where: { type: 'string', multiple: true, value: '<condition>', help: 'as in assay query' },
    json: JSON_OPTION,
  },
  notes: [],
  examples: ['assay summary --workspace bedrock.assay --period 2026-10'],
  run: (_, values, io) => {
    const input = {
      period: read(values, 'period', parsePeriod),
      basis: choice(values, 'basis', BASES) ?? 'unblended',
      where: readEach(values, 'where', parseWhere),
    };
    return withHeldData(workspaceOf(values, io), async (engine) => {
      const answer = await engine.call('spend.summary', input);
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describeSummary(answer));
      return EXIT.clean;
    });
  },
};

type Line = readonly [label: string, value: (block: Block) => number | null, unit: (block: Block) => string];
const inCurrency = ({ currency }: Block): string => currency;

const LINES: readonly Line[] = [
  ['Bedrock, total', ({ total }) => total, inCurrency],
  ['  billed by AWS', ({ native }) => native, inCurrency],
  ['  billed through AWS Marketplace', ({ marketplace }) => marketplace, inCurrency],
  [
    '  outside the Cost Explorer filter "Amazon Bedrock"',
    ({ outsideCostExplorerFilter }) => outsideCostExplorerFilter,
    inCurrency,
  ],
  ['  inference', ({ inference }) => inference, inCurrency],
  ['  ancillary', ({ ancillary }) => ancillary, inCurrency],
  ['  tax, credits, refunds, fees, discounts', ({ notUsage }) => notUsage, inCurrency],
  ['  of unknown kind', ({ unknown }) => unknown.cost, inCurrency],
  ['Tokens', ({ tokens }) => tokens, () => 'token'],
  [
    'Effective rate, per 1M tokens',
    ({ effectiveRate }) => effectiveRate,
    ({ currency }) => `${currency}/1M token`,
  ],
  ['Cache hit rate', ({ cacheHitRate }) => cacheHitRate, () => 'ratio'],
  ['Batch share of eligible tokens', ({ batchShare }) => batchShare, () => 'ratio'],
  ['Catalog list', ({ catalogList }) => catalogList, inCurrency],
  ['Unpriced share of usage cost', ({ unpricedShare }) => unpricedShare, () => 'ratio'],
  [
    'Possibly Bedrock-driven, billed elsewhere (not in the total)',
    ({ candidates }) => candidates.cost,
    inCurrency,
  ],
];

export function describeSummary(answer: Summary): string {
  const blocks = answer.blocks.map((block) =>
    table(
      [
        left(answer.period === null ? 'All periods held' : `${answer.period.from} to ${answer.period.to}`),
        right(`${answer.basis}, ${block.currency}`),
      ],
      LINES.map(([label, value, unit]) => [left(label), right(formatCell(value(block), unit(block)))]),
    ),
  );
  const notes = [
    blocks.length === 0 ? noLine(answer) : null,
    answer.estimated ? 'Estimated: at least one period has no invoice yet.' : null,
    ...answer.provenance.notes,
  ];
  return `${blocks.join('\n')}${notes
    .filter((note) => note !== null)
    .map((note) => `${note}\n`)
    .join('')}`;
}

/** Nothing to sum up is said in words: an empty answer would read as a command that did not run. */
function noLine({ period, provenance }: Summary): string {
  const days = period === null ? 'what is held' : `${period.from} to ${period.to}`;
  const filters = provenance.where.length === 0 ? '' : ' that matches the conditions';
  return `No Bedrock line is in ${days}${filters}. \`assay query --scope all --group-by month,service\` shows what is held beside.`;
}

export const unknownCommand: Command = {
  name: 'unknown',
  summary: 'List the Bedrock lines that no rule or unit could name: shown with their cost, never guessed.',
  operands: '',
  operandCount: [0, 0],
  options: { workspace: WORKSPACE_OPTION, period: PERIOD_OPTION, json: JSON_OPTION },
  notes: [],
  examples: ['assay unknown --workspace bedrock.assay'],
  run: (_, values, io) => {
    const period = read(values, 'period', parsePeriod);
    return withHeldData(workspaceOf(values, io), async (engine) => {
      const answer = await engine.call('spend.unknown', { period });
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describeUnknown(answer));
      return EXIT.clean;
    });
  },
};

export function describeUnknown({ rows }: Unknown): string {
  if (rows.length === 0) return 'Every Bedrock line has a known kind and unit.\n';
  return table(
    [
      left('Problem'),
      left('Usage type'),
      left('Service'),
      left('Unit'),
      right('Line items'),
      right('Unblended'),
      left('Days'),
    ],
    rows.map((row) => [
      left(row.problem.replaceAll('_', ' ')),
      left(row.usageType ?? '—'),
      left(row.service ?? '—'),
      left(row.unit ?? '—'),
      right(formatCell(row.lineItems, 'count')),
      right(formatCell(row.unblended, row.currency)),
      left(`${row.firstDay} to ${row.lastDay}`),
    ]),
  );
}
