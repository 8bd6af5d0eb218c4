// assay overrides: contract rates from a rate card: list, import with a preview, export, remove, go back to any version.
import type { Output } from '../../../shared/contract/methods.ts';
import { RATE_CARD_COLUMNS, REQUIRED_COLUMNS } from '../../../shared/domain/pricing/rate-card.ts';
import { rateText, scopeText } from '../../../shared/format/contract.ts';
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
import { formatCell, formatCount } from '../text.ts';

type List = Output<'overrides.list'>;
type Report = Output<'overrides.preview'>;

const NO_RATES = 'none';
const usd = (amount: number | null): string => formatCell(amount, 'USD');

const listCommand: Command = {
  name: 'overrides list',
  summary: 'List the contract rates in use, and the versions of them that are held.',
  operands: '',
  operandCount: [0, 0],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: [
    'The rate that names more parts of a key comes first, then a price before a percentage. A model counts for its provider too.',
  ],
  examples: ['assay overrides list --workspace bedrock.assay'],
  run: (_, values, io) =>
    withHeldData(workspaceOf(values, io), async (engine) =>
      print(await engine.call('overrides.list', {}), describeList, values, io),
    ),
};

const importCommand: Command = {
  name: 'overrides import',
  summary: 'Take the contract rates of a rate card (CSV or .xlsx) in place of those in use, or after them.',
  operands: '<card>',
  operandCount: [1, 1],
  options: {
    workspace: WORKSPACE_OPTION,
    add: { type: 'boolean', help: 'keep the rates in use and take these after them' },
    'dry-run': { type: 'boolean', help: 'only show what would change' },
    json: JSON_OPTION,
  },
  notes: [
    `Columns: ${RATE_CARD_COLUMNS.join(', ')}.`,
    `${REQUIRED_COLUMNS.join(', ')} must be there: * is every one, none is lines without it. Either discount_percent (off`,
    'the catalog price) or price_usd with its unit. First and last day are inclusive.',
    'All rates are taken or none: each fault is told with its line, column and value. Invoiced figures never change.',
  ],
  examples: ['assay overrides import contract-2026.csv --workspace bedrock.assay --dry-run'],
  run: ([file = ''], values, io) =>
    withEngine(workspaceOf(values, io), async (engine) => {
      const read = await engine.call('overrides.read', { sources: [file], add: flag(values, 'add') });
      const isFaulty = read.report.faults.length > 0;
      const report =
        isFaulty || flag(values, 'dry-run')
          ? read.report
          : await engine.call('overrides.save', { rates: read.rates, what: `rate card ${read.file}` });
      print(report, describeReport, values, io);
      return isFaulty ? EXIT.error : EXIT.clean;
    }),
};

const exportCommand: Command = {
  name: 'overrides export',
  summary: 'Write the contract rates in use as a rate card.',
  operands: '<card.csv>',
  operandCount: [1, 1],
  options: { workspace: WORKSPACE_OPTION },
  notes: [],
  examples: ['assay overrides export contract.csv --workspace bedrock.assay'],
  run: ([target = ''], values, io) =>
    withHeldData(workspaceOf(values, io), async (engine) => {
      const { rows } = await engine.call('export.overrides', { target });
      io.out(`Rates written to ${target}: ${formatCount(rows)}.\n`);
      return EXIT.clean;
    }),
};

const removeCommand: Command = {
  name: 'overrides remove',
  summary: 'Remove contract rates by their numbers in `assay overrides list`.',
  operands: '<numbers…>',
  operandCount: [1, 2000],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: ['The rates before stay a version that `assay overrides use` puts back.'],
  examples: ['assay overrides remove 3 4 --workspace bedrock.assay'],
  run: (operands, values, io) =>
    withEngine(workspaceOf(values, io), async (engine) => {
      const { rates } = await engine.call('overrides.list', {});
      const unknown = operands.find(
        (text) => !/^\d{1,4}$/u.test(text) || rates[Number(text) - 1] === undefined,
      );
      if (unknown !== undefined)
        throw new UsageError(`"${unknown}" is no rate: there are ${formatCount(rates.length)} of them`);
      const gone = new Set(operands.map(Number));
      const report = await engine.call('overrides.save', {
        rates: rates.filter((_, index) => !gone.has(index + 1)),
        what: `removed ${[...gone].toSorted((one, other) => one - other).join(', ')}`.slice(0, 500),
      });
      return print(report, describeReport, values, io);
    }),
};

const useCommand: Command = {
  name: 'overrides use',
  summary: 'Put any version of the contract rates back in use, or none.',
  operands: '<version>',
  operandCount: [1, 1],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: [`A version is its number in \`assay overrides list\`, or "${NO_RATES}". No version is deleted.`],
  examples: ['assay overrides use 2 --workspace bedrock.assay'],
  run: ([asked = ''], values, io) => {
    if (asked !== NO_RATES && !/^\d{1,9}$/u.test(asked))
      throw new UsageError(`"${asked}" is no version: expected a number or "${NO_RATES}"`);
    const version = asked === NO_RATES ? null : Number(asked);
    return withEngine(workspaceOf(values, io), async (engine) =>
      print(await engine.call('overrides.use', { version }), describeList, values, io),
    );
  },
};

export const OVERRIDE_COMMANDS: readonly Command[] = [
  listCommand,
  importCommand,
  exportCommand,
  removeCommand,
  useCommand,
];

function print<Answer>(answer: Answer, describe: (answer: Answer) => string, values: Values, io: Io): number {
  io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describe(answer));
  return EXIT.clean;
}

export function describeList({ rates, versions }: List): string {
  const held = table(
    [left(''), right('Version'), left('Made'), right('Rates'), left('What')],
    versions.map(({ id, inUse, madeAt, rates: count, what }) => [
      left(inUse ? '→' : ''),
      right(String(id)),
      left(madeAt.slice(0, 10)),
      right(formatCount(count)),
      left(what),
    ]),
  );
  if (rates.length === 0)
    return `No contract rates are in use: contracted amounts are missing, not zero.\n${versions.length === 0 ? '' : `\n${held}`}`;
  const rows = table(
    [right('#'), left('For'), left('Rate'), left('From'), left('To'), left('Note')],
    rates.map((row, index) => [
      right(String(index + 1)),
      left(scopeText(row)),
      left(rateText(row)),
      left(row.from),
      left(row.to),
      left(row.note),
    ]),
  );
  return `${rows}\n${held}`;
}

export function describeReport({ rates, faults, changes, effect }: Report): string {
  if (faults.length > 0) {
    const rows = faults.map(({ number, line, column, value, problem }) => [
      right(line === null ? `rate ${number}` : String(line)),
      left(column ?? ''),
      left(value),
      left(problem),
    ]);
    return `Nothing was kept: ${formatCount(faults.length)} faults.\n\n${table([right('Line'), left('Column'), left('Value'), left('Problem')], rows)}`;
  }
  const { added, removed, kept } = changes;
  const head = `Rates: ${formatCount(rates)}. ${formatCount(added)} new, ${formatCount(removed)} gone, ${formatCount(kept)} as before.\n`;
  if (effect === null || effect.models.length === 0)
    return `${head}No usage that is held has a contract price.\n`;
  const { before, after, models } = effect;
  const row = (name: string, one: { before: typeof before; after: typeof after; listed: number | null }) => [
    left(name),
    right(formatCount(one.after.lines)),
    right(usd(one.listed)),
    right(usd(one.before.contracted)),
    right(usd(one.after.contracted)),
    right(usd(one.after.invoiced)),
  ];
  const rows = table(
    [
      left('Model'),
      right('Lines'),
      right('At list'),
      right('Contracted before'),
      right('Contracted'),
      right('Unblended'),
    ],
    models.map((one) => row(one.model ?? 'No model', one)),
  );
  return `${head}\n${rows}\nUnder contract: ${formatCount(after.lines)} of ${formatCount(effect.lines)} usage lines (before ${formatCount(before.lines)}), ${usd(after.contracted)} where ${usd(after.invoiced)} unblended was billed.\n`;
}
