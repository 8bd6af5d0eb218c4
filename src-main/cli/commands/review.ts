// assay review: what the bundled rules leave open, and the rules of the workspace that answer it.
import type { Output } from '../../../shared/contract/methods.ts';
import type { RuleDraft } from '../../../shared/domain/usage/workspace-rules.ts';
import { describeOutcome, describePattern } from '../../../shared/format/rules.ts';
import {
  type Command,
  EXIT,
  flag,
  type Io,
  JSON_OPTION,
  UsageError,
  type Values,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { withEngine, withHeldData } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCount, formatCounted, formatMoney } from '../text.ts';
import { draftOf, RULE_OPTIONS } from './review-rule.ts';

type Tray = Output<'review.tray'>;
type Rules = Output<'review.rules'>;
type Effect = Output<'review.preview'>;

const PROBLEMS: Readonly<Record<Tray['rows'][number]['problem'], string>> = {
  unknown_usage_type: 'unknown usage type',
  unknown_unit: 'unknown unit',
  unit_conflict: 'unit conflict',
  profile_without_model: 'profile without model',
  looks_like_ai: 'looks like AI',
};

const print = (io: Io, values: Values, answer: unknown, words: () => string): void =>
  io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : words());

export const reviewCommand: Command = {
  name: 'review',
  summary:
    'List what somebody should look at: unknown usage, odd units, profiles without a model, AI outside Bedrock.',
  operands: '',
  operandCount: [0, 0],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: [
    'Each row is answered with assay review map, which works at once on everything held, without a new import.',
  ],
  examples: ['assay review --workspace bedrock.assay'],
  run: (_, values, io) =>
    withHeldData(workspaceOf(values, io), async (engine) => {
      const tray = await engine.call('review.tray', {});
      print(io, values, tray, () => describeTray(tray));
      return EXIT.clean;
    }),
};

export function describeTray({ rows, rowCount }: Tray): string {
  if (rows.length === 0) return 'Nothing is open: every usage line has a kind, a unit and a place.\n';
  const lines = table(
    [
      left('Problem'),
      left('Usage type or profile'),
      left('Product'),
      left('Unit'),
      right('Lines'),
      right('Unblended'),
      left('Days'),
    ],
    rows.map((row) => [
      left(PROBLEMS[row.problem]),
      left(row.resource ?? row.usageType ?? '—'),
      left(row.service ?? '—'),
      left(row.unit ?? '—'),
      right(formatCount(row.lineItems)),
      right(formatMoney(row.unblended, row.currency)),
      left(`${row.firstDay} to ${row.lastDay}`),
    ]),
  );
  const reasons = [
    ...new Set(rows.map(({ problem, evidence }) => `${PROBLEMS[problem]}: ${evidence[0]?.value ?? ''}`)),
  ];
  const more =
    rowCount > rows.length ? `${formatCount(rowCount - rows.length)} further rows are not listed.\n` : '';
  return `${lines}${more}\n${reasons.map((reason) => `${reason}\n`).join('')}`;
}

export const reviewRulesCommand: Command = {
  name: 'review rules',
  summary: 'List the rules of the workspace in the order in which they are tried, with what each decides.',
  operands: '',
  operandCount: [0, 0],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: [],
  examples: ['assay review rules --workspace bedrock.assay'],
  run: (_, values, io) =>
    withHeldData(workspaceOf(values, io), async (engine) => {
      const rules = await engine.call('review.rules', {});
      print(io, values, rules, () => describeRules(rules));
      return EXIT.clean;
    }),
};

export function describeRules({ rules, undo }: Rules): string {
  if (rules.length === 0) return 'This workspace has no rules of its own.\n';
  const lines = table(
    [
      right('Rule'),
      left('Where'),
      left('Then'),
      right('Lines'),
      right('Unblended'),
      left('Why'),
      left('Who, when'),
    ],
    rules.map((rule) => [
      right(String(rule.number)),
      left(describePattern(rule.pattern)),
      left(describeOutcome(rule.outcome)),
      right(formatCount(rule.lineItems)),
      right(rule.costs.map(({ currency, unblended }) => formatMoney(unblended, currency)).join(', ') || '—'),
      left(rule.why),
      left(`${rule.author}, ${rule.decidedAt.slice(0, 10)}`),
    ]),
  );
  return `${lines}${undo === null ? '' : `\nassay review undo takes back: ${undo.what} (${undo.at.slice(0, 10)})\n`}`;
}

export const reviewMapCommand: Command = {
  name: 'review map',
  summary:
    'Say what lines are: their model, family, meter … or that they are Bedrock’s, or not. Works on everything held.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: WORKSPACE_OPTION,
    ...RULE_OPTIONS,
    'dry-run': { type: 'boolean', help: 'only say which lines it would decide' },
    json: JSON_OPTION,
  },
  notes: [
    'In a pattern * stands for any characters; every pattern given must fit. The rule is put in front of the others.',
    'Invoiced figures never change; prices, tokens and daily sums of the lines are worked out again.',
  ],
  examples: [
    'assay review map --usage-type "*NewModel-input-tokens" --model "Nova Lite" --family inference --meter input --mode on_demand --why "renamed in May"',
    'assay review map --resource "arn:aws:bedrock:*:application-inference-profile/abc123" --model "Nova Pro" --why "profile of team search"',
    'assay review map --product AmazonES --not-bedrock --why "log search, no knowledge base"',
  ],
  run: (_, values, io) => {
    const rule = draftOf(values);
    return withEngine(workspaceOf(values, io), (engine) => mapWith(engine, rule, values, io));
  },
};

type Engine = Parameters<Parameters<typeof withEngine<number>>[1]>[0];

async function mapWith(engine: Engine, rule: RuleDraft, values: Values, io: Io): Promise<number> {
  const effect = await engine.call('review.preview', { number: null, rule });
  if (flag(values, 'dry-run')) {
    print(io, values, effect, () => describeEffect(effect, 'It would decide'));
    return EXIT.clean;
  }
  const saved = await engine.call('review.saveRule', { number: null, rule });
  print(
    io,
    values,
    saved,
    () => `Rule ${saved.number} is in force.\n${describeEffect(effect, 'It decides')}`,
  );
  return EXIT.clean;
}

export function describeEffect(
  { costs, becomesBedrock, leavesBedrock, notes }: Effect,
  verb: string,
): string {
  const amounts = (some: Effect['costs']): string =>
    some
      .map(
        ({ lineItems, unblended, currency }) =>
          `${formatCounted(lineItems, 'line item')}, ${formatMoney(unblended, currency)}`,
      )
      .join('; ');
  return [
    `${verb} ${costs.length === 0 ? 'no line held' : amounts(costs)}.`,
    ...(becomesBedrock.length === 0 ? [] : [`Into Bedrock’s total: ${amounts(becomesBedrock)}.`]),
    ...(leavesBedrock.length === 0 ? [] : [`Out of Bedrock’s total: ${amounts(leavesBedrock)}.`]),
    ...notes.map((note) => `Note: ${note}`),
    '',
  ].join('\n');
}

const numberOf = (operand: string): number => {
  const number = Number(operand);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new UsageError(`"${operand}" is not the number of a rule`);
  return number;
};

const changed = (what: string, answer: Output<'review.undo'>): string =>
  `${what} ${formatCounted(answer.reclassified, 'kind of line was', 'kinds of line were')} classified anew; ${formatCounted(answer.rules, 'rule is', 'rules are')} in force.\n`;

type Change = {
  readonly operands: string;
  readonly count: number;
  readonly summary: string;
  readonly example: string;
};

/** Commands that change the rules and say what that did. */
function changing(
  name: string,
  { operands, count, summary, example }: Change,
  act: (engine: Engine, operands: readonly string[]) => Promise<Output<'review.undo'>>,
  done: string,
): Command {
  return {
    name,
    summary,
    operands,
    operandCount: [count, count],
    options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
    notes: [],
    examples: [example],
    run: (given, values, io) =>
      withEngine(workspaceOf(values, io), async (engine) => {
        const answer = await act(engine, given);
        print(io, values, answer, () => changed(done, answer));
        return EXIT.clean;
      }),
  };
}

export const reviewChangeCommands: readonly Command[] = [
  changing(
    'review remove',
    {
      operands: '<rule>',
      count: 1,
      summary: 'Remove a rule; its lines go back to what the other rules say.',
      example: 'assay review remove 3',
    },
    (engine, [rule = '']) => engine.call('review.removeRule', { number: numberOf(rule) }),
    'Removed.',
  ),
  changing(
    'review move',
    {
      operands: '<rule> <place>',
      count: 2,
      summary: 'Try a rule earlier or later; place 1 is tried first.',
      example: 'assay review move 3 1',
    },
    (engine, [rule = '', place = '']) =>
      engine.call('review.moveRule', { number: numberOf(rule), to: numberOf(place) - 1 }),
    'Moved.',
  ),
  changing(
    'review undo',
    {
      operands: '',
      count: 0,
      summary: 'Take the last change of the rules back.',
      example: 'assay review undo',
    },
    (engine) => engine.call('review.undo', {}),
    'Taken back.',
  ),
  changing(
    'review import',
    {
      operands: '<rules.json>',
      count: 1,
      summary: 'Add the rules of a file, after those that are held.',
      example: 'assay review import rules.json',
    },
    (engine, [file = '']) => engine.call('review.importRules', { sources: [file] }),
    'Imported.',
  ),
];

export const reviewExportCommand: Command = {
  name: 'review export',
  summary: 'Write the rules of the workspace to a JSON file.',
  operands: '<rules.json>',
  operandCount: [1, 1],
  options: { workspace: WORKSPACE_OPTION },
  notes: ['The file is described by docs/schema/rules.schema.json.'],
  examples: ['assay review export rules.json'],
  run: ([target = ''], values, io) =>
    withHeldData(workspaceOf(values, io), async (engine) => {
      const { rows } = await engine.call('export.rules', { target });
      io.out(`${formatCount(rows)} rules written to ${target}.\n`);
      return EXIT.clean;
    }),
};

/** In the order of the help. */
export const REVIEW_COMMANDS: readonly Command[] = [
  reviewCommand,
  reviewMapCommand,
  reviewRulesCommand,
  ...reviewChangeCommands,
  reviewExportCommand,
];
