// assay catalog: versions of the price catalog made from AWS offer files: list, import, compare, go back.
import type { Output } from '../../../shared/contract/methods.ts';
import { PRICE_CHANGES, type PriceChangeKind } from '../../../shared/domain/pricing/catalog-diff.ts';
import { ageInDays } from '../../../shared/domain/pricing/staleness.ts';
import { offerProblemName } from '../../../shared/format/names.ts';
import {
  type Command,
  choice,
  EXIT,
  flag,
  type Io,
  JSON_OPTION,
  UsageError,
  type Values,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { describeAge } from '../price-text.ts';
import { withEngine } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCount, formatPercent, formatUnitPrice } from '../text.ts';

type Report = Output<'catalog.stageOffers'>;
type Versions = Output<'catalog.versions'>;
type Diff = Output<'catalog.diff'>;

const BUNDLED = 'bundled';

const catalogListCommand: Command = {
  name: 'catalog list',
  summary:
    'List the versions of the price catalog: the bundled one and those made from imported AWS offer files.',
  operands: '',
  operandCount: [0, 0],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: ['Each version is the bundled catalog with the imported offers over it.'],
  examples: ['assay catalog list --workspace bedrock.assay'],
  run: (_operands, values, io) =>
    withEngine(workspaceOf(values, io), async (engine) => {
      const versions = await engine.call('catalog.versions', {});
      const { seenTo } = await engine.call('catalog.info', {});
      const ageDays = ageInDays(seenTo, new Date().toISOString().slice(0, 10));
      const describe = (one: Versions) => `${describeVersions(one)}\n${describeAge({ seenTo, ageDays })}`;
      return print(versions, describe, values, io);
    }),
};

const catalogImportCommand: Command = {
  name: 'catalog import',
  summary: 'Import AWS price-list offer files (JSON or CSV, plain or gzip) as a new version of the catalog.',
  operands: '<files…>',
  operandCount: [1, 100],
  options: {
    workspace: WORKSPACE_OPTION,
    'dry-run': { type: 'boolean', help: 'only show what would change' },
    json: JSON_OPTION,
  },
  notes: [
    'Reads index.json and index.csv of AmazonBedrock, AmazonBedrockFoundationModels, AmazonBedrockService and',
    'AmazonBedrockAgentCore, and what `aws pricing get-products` prints. A bad file is refused and changes nothing.',
    'Lines are priced again at once; what was invoiced never changes.',
  ],
  examples: ['assay catalog import index.json --workspace bedrock.assay --dry-run'],
  run: (files, values, io) =>
    withEngine(workspaceOf(values, io), async (engine) => {
      const staged = await engine.call('catalog.stageOffers', { sources: [...files] });
      if (staged.state === 'unchanged' || staged.version === null)
        return print(staged, describeReport, values, io);
      const diff = await engine.call('catalog.diff', {
        from: staged.basedOn,
        to: staged.version,
        limit: 2000,
      });
      if (flag(values, 'dry-run')) await engine.call('catalog.dropOffers', {});
      const report = flag(values, 'dry-run')
        ? staged
        : await engine.call('catalog.takeOffers', { version: staged.version });
      return print(report, (one) => `${describeReport(one)}\n${describeDiff(diff)}`, values, io);
    }),
};

const catalogDiffCommand: Command = {
  name: 'catalog diff',
  summary: 'Compare two versions of the catalog (default: the one in use with the one it was made from).',
  operands: '[<from> <to>]',
  operandCount: [0, 2],
  options: {
    workspace: WORKSPACE_OPTION,
    kind: { type: 'string', value: '<kind>', help: PRICE_CHANGES.join(', ') },
    json: JSON_OPTION,
  },
  notes: ['A version is its number in `assay catalog list`, or "bundled". Prices are looked up as of today.'],
  examples: ['assay catalog diff bundled 2 --kind changed --workspace bedrock.assay'],
  run: (operands, values, io) =>
    withEngine(workspaceOf(values, io), async (engine) => {
      const kind = choice(values, 'kind', PRICE_CHANGES);
      const [from, to] = await versionsAsked(operands, () => engine.call('catalog.versions', {}));
      const input = { from, to, limit: 2000, ...(kind === null ? {} : { kinds: [kind] }) };
      return print(await engine.call('catalog.diff', input), describeDiff, values, io);
    }),
};

const catalogRollbackCommand: Command = {
  name: 'catalog rollback',
  summary: 'Put an earlier (or later) version of the catalog back in use, and price all lines with it again.',
  operands: '<version>',
  operandCount: [1, 1],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: ['A version is its number in `assay catalog list`, or "bundled". No version is deleted.'],
  examples: ['assay catalog rollback 2 --workspace bedrock.assay'],
  run: ([asked = ''], values, io) =>
    withEngine(workspaceOf(values, io), async (engine) =>
      print(
        await engine.call('catalog.rollback', { version: versionNamed(asked) }),
        describeVersions,
        values,
        io,
      ),
    ),
};

function print<Answer>(answer: Answer, describe: (answer: Answer) => string, values: Values, io: Io): number {
  io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describe(answer));
  return EXIT.clean;
}

function versionNamed(text: string): number | null {
  if (text === BUNDLED) return null;
  if (!/^\d{1,9}$/u.test(text))
    throw new UsageError(`"${text}" is no version: expected a number or "${BUNDLED}"`);
  return Number(text);
}

async function versionsAsked(
  operands: readonly string[],
  held: () => Promise<Versions>,
): Promise<[number | null, number | null]> {
  const [from, to] = operands;
  if (from !== undefined && to !== undefined) return [versionNamed(from), versionNamed(to)];
  if (from !== undefined) throw new UsageError('expected two versions, or none');
  const current = (await held()).versions.find(({ inUse }) => inUse);
  return [current?.basedOn ?? null, current?.id ?? null];
}

const nameOf = (id: number | null): string => (id === null ? BUNDLED : String(id));

function describeVersions({ versions }: Versions): string {
  return table(
    [left('Version'), left(''), left('Made'), right('Prices'), left('Offer files')],
    versions.map(({ id, inUse, madeAt, prices, files }) => [
      left(nameOf(id)),
      left(inUse ? 'in use' : ''),
      left(madeAt?.slice(0, 10) ?? ''),
      right(formatCount(prices)),
      left(files.map(({ offerCode, published }) => `${offerCode} ${published}`).join(', ')),
    ]),
  );
}

const STATES = {
  staged: 'Not taken: this is what would change.\n',
  held: 'The new version is in use.\n',
  unchanged: 'Every file is held already: nothing to do.\n',
} as const satisfies Record<Report['state'], string>;

function describeReport({ state, version, files, changes, flags }: Report): string {
  const rows = table(
    [left('File'), left('Offer'), left('Published'), right('Rows'), right('Priced'), right('Unpriced')],
    files.map((file) => [
      left(file.path),
      left(file.offerCodes.join(', ')),
      left(file.publishedStated ? file.published : `${file.published} (newest price)`),
      right(formatCount(file.rows.read)),
      right(formatCount(file.rows.priced)),
      right(formatCount(file.rows.unpriced)),
    ]),
  );
  const problems = files.flatMap((file) =>
    file.problems.map(
      ({ reason, rows: count, examples }) =>
        `  ${formatCount(count)} rows are kept without a price, ${offerProblemName(reason)}: ${examples.join('; ')}\n`,
    ),
  );
  const counts = PRICE_CHANGES.map((kind: PriceChangeKind) => `${formatCount(changes[kind])} ${kind}`).join(
    ', ',
  );
  const flagged = flags.map(({ id, problem }) => `  Look at ${id}: ${problem}\n`);
  return [rows, ...problems, `\nVersion ${nameOf(version)}: ${counts}\n`, ...flagged, STATES[state]].join('');
}

function describeDiff({ rows, rowCount, from, to, day }: Diff): string {
  const side = (value: Diff['rows'][number]['before']): string => {
    if (value === null) return '—';
    const low = formatUnitPrice(value.low);
    return value.low === value.high ? low : `${low}–${formatUnitPrice(value.high)}`;
  };
  const listed = table(
    [
      ...['Change', 'Model', 'Meter', 'Mode', 'Region', 'Tier', 'per'].map(left),
      ...['Before', 'After', 'Change'].map(right),
      left('From'),
    ],
    rows.map((row) => [
      left(row.kind),
      left(row.model ?? row.provider ?? ''),
      left([row.meter, row.variant].filter(Boolean).join(' ')),
      left(row.term === 'none' ? row.mode : `${row.mode} ${row.term}`),
      left(row.region ?? 'any'),
      left(row.regionTier ?? 'any'),
      left(`${formatCount(row.per)} ${row.unit}`),
      right(side(row.before)),
      right(side(row.after)),
      right(row.share === null ? '' : formatPercent(row.share)),
      left(row.from ?? ''),
    ]),
  );
  const more = rowCount > rows.length ? `${formatCount(rowCount - rows.length)} more.\n` : '';
  return `${nameOf(from)} → ${nameOf(to)}, USD on ${day}\n\n${listed}${more}`;
}

/** In the order of the help. */
export const CATALOG_COMMANDS: readonly Command[] = [
  catalogListCommand,
  catalogImportCommand,
  catalogDiffCommand,
  catalogRollbackCommand,
];
