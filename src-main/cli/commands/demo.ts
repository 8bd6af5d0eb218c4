// assay demo: the whole job in the terminal on an invented bill, from the export to the answers in files.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import allThree from '../../../docs/scenarios/all-three.json' with { type: 'json' };
import batch from '../../../docs/scenarios/batch.json' with { type: 'json' };
import caching from '../../../docs/scenarios/caching.json' with { type: 'json' };
import commitment from '../../../docs/scenarios/commitment.json' with { type: 'json' };
import type { DemoReport } from '../../../shared/contract/cli.ts';
import type { Input, Output } from '../../../shared/contract/methods.ts';
import { parseScenario } from '../../../shared/contract/scenario-file.ts';
import { queryArguments } from '../../../shared/domain/spend/grammar.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import type { Engine } from '../../engine/engine.ts';
import { SAMPLE_DEFAULTS, writeSample } from '../../engine/sample/write.ts';
import { type Command, EXIT, flag, type Io, JSON_OPTION } from '../command.ts';
import { withProgress } from '../progress.ts';
import { describeScenario } from '../scenario-text.ts';
import { withEngine } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCell, formatCount, formatMoney, formatPercent } from '../text.ts';
import { describeSummary } from './summary.ts';

type Query = Input<'spend.query'>;
type Answer = Output<'spend.query'>;
type Stage = {
  readonly engine: Engine;
  readonly io: Io;
  readonly folder: string;
  readonly target: string;
  readonly files: DemoReport['files'];
};

const PERIOD = { from: '2026-08-01', to: '2026-10-31' };
const SHOWN_PRICES = 15;

export const demoCommand: Command = {
  name: 'demo',
  summary:
    'Do the whole job on sample data: import, summary, unit costs, three what-ifs; answers go to files.',
  operands: '[dir]',
  operandCount: [0, 1],
  options: { json: JSON_OPTION },
  notes: [
    'The bill is invented, the arithmetic is not: every figure comes from the commands named beside it. The answers',
    'are written to the folder (default: out), the workspace is thrown away.',
  ],
  examples: ['assay demo', 'assay demo ./answers --json'],
  run: async ([target = 'out'], values, io) => {
    const json = flag(values, 'json');
    const files = await demonstrate(target, json ? { ...io, out: () => {} } : io);
    const report: DemoReport = { schemaVersion: 1, files };
    io.out(json ? `${JSON.stringify(report, null, 2)}\n` : describeFiles(report));
    return EXIT.clean;
  },
};

async function demonstrate(target: string, io: Io): Promise<DemoReport['files']> {
  mkdirSync(target, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'assay-demo-'));
  try {
    return await withEngine(join(folder, 'demo.assay'), async (engine) => {
      const stage: Stage = { engine, io, folder: join(folder, 'export'), target, files: [] };
      io.out(OPENING);
      await importSample(stage);
      await summarize(stage);
      await unitCosts(stage);
      for (const whatIf of WHAT_IFS) await answer(stage, whatIf);
      return stage.files;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const OPENING =
  'Northwind is invented: its accounts, applications and volumes. The spellings of the lines and the list prices are\n' +
  "AWS's. Nothing below is prepared; it is imported, priced and computed now, on this machine, without a network.\n";

/** A heading, and the command that does the same on one's own data. */
function heading({ io }: Stage, title: string, command: string): void {
  io.out(
    `\n── ${title} ${'─'.repeat(Math.max(0, 90 - title.length))}\n$ assay ${command} --workspace demo.assay\n\n`,
  );
}

function keep({ target, files }: Stage, name: string, content: string, text: string | null): string {
  const path = join(target, name);
  if (text !== null) writeFileSync(path, text);
  files.push({ path, content });
  return path;
}

const asJson = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;

async function importSample(stage: Stage): Promise<void> {
  const { engine, io, folder } = stage;
  heading(stage, '1  Import four months of billing exports', 'import ./sample');
  const { truth } = await writeSample({ ...SAMPLE_DEFAULTS, folder });
  const staged = await withProgress(engine, io, () => engine.call('import.stage', { sources: [folder] }));
  const report = await engine.call('import.commit', { batchId: staged.batchId ?? 0 });
  const { rows: tied } = await engine.call('import.tieOut', {});
  const { read, kept, rolledUp, rejected } = report.rows;
  const agreeing = tied.filter(({ agrees }) => agrees).length;
  const currency = report.totals[0]?.currency ?? truth.currency;
  io.out(
    `${formatCount(read)} rows in ${formatCount(report.files.length)} files: ${formatCount(kept)} kept in full, ${formatCount(rolledUp)} of other services summed by day, ${formatCount(rejected)} rejected.\n` +
      `Tie-out: ${formatCount(agreeing)} of ${formatCount(tied.length)} totals by invoice and charge type are equal to those of the files.\n` +
      `Bedrock: ${formatCount(report.bedrock.lineItems)} lines, ${formatMoney(report.bedrock.unblended, currency)}. ` +
      `No rule knows ${formatCount(report.bedrock.unknownLineItems)} of them (${formatMoney(report.bedrock.unknownUnblended, currency)}): they stay in every total, named as unknown.\n`,
  );
  keep(stage, 'import.json', 'what was read, kept and rejected, with totals per file', asJson(report));
}

async function summarize(stage: Stage): Promise<void> {
  heading(stage, '2  Where the money goes', 'summary --period 2026-08..2026-10');
  const summary = await stage.engine.call('spend.summary', { period: PERIOD });
  const [block] = summary.blocks;
  stage.io.out(describeSummary(summary));
  if (block !== undefined && block.total !== null && block.outsideCostExplorerFilter !== null)
    stage.io.out(
      `\nWho filters Cost Explorer on "Amazon Bedrock" misses ${formatPercent(block.outsideCostExplorerFilter / block.total)} of this bill.\n`,
    );
  keep(stage, 'summary.json', 'the figures of the summary', asJson(summary));
}

/** Token usage by what is bought: the most expensive first. */
const UNIT_COSTS = {
  measures: ['netUnblended', 'unblended', 'catalogList', 'tokens', 'effectiveRate', 'unpricedShare'],
  groupBy: ['model', 'meter', 'mode', 'regionTier'],
  where: [{ dimension: 'family', operator: '=', values: ['inference'] }],
  period: PERIOD,
  basis: 'netUnblended',
  scope: 'bedrock',
  spread: false,
} satisfies Query;

async function unitCosts(stage: Stage): Promise<void> {
  const { engine, io, target } = stage;
  const flags = queryArguments(UNIT_COSTS);
  heading(stage, '3  What a million tokens costs, against list', `query ${flags.join(' ')}`);
  const net = await engine.call('spend.query', UNIT_COSTS);
  const list = await engine.call('spend.query', {
    ...UNIT_COSTS,
    measures: ['effectiveRate'],
    basis: 'catalogList',
  });
  io.out(describeRates(net, list));
  const name = 'unit-costs.csv';
  await engine.call('export.spend', { query: UNIT_COSTS, target: join(target, name) });
  keep(stage, name, 'cost, tokens and rate of every model, meter, mode and tier', null);
  keep(stage, `${name}-metadata.json`, 'what was asked, and how it can be asked again', null);
  keep(stage, 'unit-costs.json', 'the same with its provenance', asJson(net));
}

/** Effective rate (after discounts) beside the catalog's list rate, both per million tokens of the same lines. */
function describeRates(net: Answer, list: Answer): string {
  const keyOf = (row: Answer['rows'][number]): string =>
    JSON.stringify(row.slice(0, UNIT_COSTS.groupBy.length));
  const listed = new Map(list.rows.map((row) => [keyOf(row), row.at(-1)]));
  const at = (name: string): number => net.columns.findIndex((column) => column.name === name);
  const [cost, tokens, rate] = [at('netUnblended'), at('tokens'), at('effectiveRate')];
  const unit = net.columns[rate]?.unit ?? null;
  const billed = net.rows.filter((row) => row[tokens] !== null);
  const rows = billed.slice(0, SHOWN_PRICES).map((row) => {
    const [effective, catalog] = [row[rate] ?? null, listed.get(keyOf(row)) ?? null];
    return [
      ...row.slice(0, UNIT_COSTS.groupBy.length).map((value) => left(formatCell(value, null))),
      right(formatCell(row[tokens] ?? null, 'token')),
      right(formatCell(row[cost] ?? null, net.columns[cost]?.unit ?? null)),
      right(formatCell(effective, unit)),
      right(formatCell(catalog, unit)),
      right(formatPercent(against(effective, catalog))),
    ];
  });
  const figures = ['Tokens', 'Net cost', `Net, ${unit}`, 'Catalog list', 'Against list'].map(right);
  const unpriced = billed.filter(
    (row) => listed.get(keyOf(row)) === undefined || listed.get(keyOf(row)) === null,
  );
  return [
    table([...['Model', 'Meter', 'Mode', 'Region tier'].map(left), ...figures], rows),
    `The ${formatCount(rows.length)} dearest of ${formatCount(billed.length)}; all of them are in unit-costs.csv. Native models come with the negotiated discount, models sold\n`,
    `through AWS Marketplace without it. A dash is a price that the catalog does not have (${formatCount(unpriced.length)} here): it is never guessed.\n`,
  ].join('');
}

function against(effective: string | number | null, catalog: string | number | null): number | null {
  if (typeof effective !== 'number' || typeof catalog !== 'number' || catalog === 0) return null;
  // Sums of thousands of lines: what differs by rounding only is the same rate.
  const share = effective / catalog - 1;
  return Math.abs(share) < 1e-6 ? 0 : share;
}

type WhatIf = {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly definition: unknown;
  readonly reading: (answer: Output<'scenario.run'>) => string;
};

const WHAT_IFS: readonly WhatIf[] = [
  {
    name: 'batch',
    title: '4  What if the work that can wait went to batch?',
    question: 'Two nightly jobs and a review queue: what is it worth that their answers may take a day?',
    definition: batch,
    reading: ({ ledger }) =>
      ledger.some(({ guards }) => guards.length > 0)
        ? 'What the guards refused stays where it is: it is in no saving.'
        : 'Whole requests move, their cached parts at full batch input: batch knows no caching.',
  },
  {
    name: 'caching',
    title: '5  What if repeated prompts were cached?',
    question:
      'One team sends 6,000 tokens of instructions with every request. Writing them to the cache costs a premium.',
    definition: caching,
    reading: ({ ledger }) => {
      const hits = ledger[0]?.facts.find(({ name }) => name === 'hit share')?.value ?? null;
      return `Hits are computed from the arrival of requests (${formatPercent(hits)} at the base rate), not assumed.`;
    },
  },
  {
    name: 'commitment',
    title: '6  What does this AI spend do to an EDP commitment?',
    question:
      'A year with a commitment that ordinary AWS spend does not fill. How much of the gap does AI absorb?',
    definition: commitment,
    reading: ({ commitment: year, currency }) =>
      year === null
        ? ''
        : `AI spend of ${formatMoney(sumOf(year.aiSpend.map(({ baseline }) => baseline)), currency)} costs ${formatMoney(year.baseline.incrementalCash.base, currency)} in cash:\n` +
          'what it absorbs of the shortfall would have been paid anyway, for nothing. That is cheaper, and not free.',
  },
  {
    name: 'all-three',
    title: '7  And all three together?',
    question:
      'Levers meet: what went to batch can no longer be cached, and what is saved no longer fills the commitment.',
    definition: allThree,
    reading: ({ commitment: year, headlines, currency }) =>
      year === null || year.scenario === null || headlines.cashThisYear === null
        ? ''
        : `Of ${formatMoney(year.savingAtPrice?.base ?? null, currency)} saved at price in the commitment year, ${formatMoney(headlines.cashThisYear.base, currency)} is cash: the rest is one-off cost (${formatMoney(year.oneOff, currency)}),\n` +
          `support and discount, and a shortfall that grows by ${formatMoney(year.scenario.shortfall.base - year.baseline.shortfall.base, currency)}, because what is saved no longer fills the commitment.`,
  },
];

async function answer(stage: Stage, { name, title, question, definition, reading }: WhatIf): Promise<void> {
  const { engine, io, target } = stage;
  const file = `docs/scenarios/${name}.json`;
  heading(stage, title, `scenario run ${file}`);
  const scenario = parseScenario(definition, file);
  const found = await engine.call('scenario.run', { scenario });
  io.out(`${question}\n\n${describeScenario(found)}\n${reading(found)}\n`);
  for (const [format, content] of FORMATS) {
    await engine.call('export.scenario', { scenario, target: join(target, `${name}.${format}`), format });
    keep(stage, `${name}.${format}`, `${scenario.name}: ${content}`, null);
  }
}

const FORMATS = [
  ['md', 'to read and to argue with'],
  ['csv', 'every figure, for a sheet'],
  ['json', 'scenario and answer, for a program'],
] as const;

function describeFiles({ files }: DemoReport): string {
  const rows = files.map(({ path, content }) => [left(path), left(content)]);
  return `\n── The answers, in files ${'─'.repeat(68)}\n\n${table([left('File'), left('Content')], rows)}\nThe same on your own bill: assay import <your exports> --workspace bedrock.assay, then the commands above; or \`npm start\`.\n`;
}
