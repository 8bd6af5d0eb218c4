// assay levers: where the bill itself suggests to save, with the evidence, and each as a scenario to run.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { parsePeriod, parseWhere } from '../../../shared/domain/spend/grammar.ts';
import { DIMENSION_PATTERN } from '../../../shared/domain/spend/vocabulary.ts';
import { NO_TOTAL } from '../../../shared/domain/whatif/finder/find.ts';
import {
  FINDER_PRICE_LAYERS,
  type FinderPriceLayer,
  OTHER_OUTCOMES,
  type OtherOutcome,
} from '../../../shared/domain/whatif/finder/finding.ts';
import { UTC } from '../../../shared/domain/whatif/local-time.ts';
import { layerWords } from '../../../shared/format/scenario-words.ts';
import {
  type Command,
  EXIT,
  flag,
  JSON_OPTION,
  read,
  readEach,
  text,
  UsageError,
  type Values,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { withHeldData } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCell, formatMoney } from '../text.ts';
import { readScenario } from './scenario.ts';

type Findings = Output<'levers.find'>;
type Opportunity = Findings['opportunities'][number];
type LookedAt = Findings['lookedAt'][number];
type Evidence = Opportunity['evidence'];

/** The opportunity of `--scenario` that stands for all of them. */
const TOGETHER = 'together';

export const leversCommand: Command = {
  name: 'levers',
  summary: 'Look for savings in your own lines: opportunities ranked by cash, with evidence and confidence.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: WORKSPACE_OPTION,
    period: {
      type: 'string',
      value: '<from..to>',
      help: 'months or days, both inclusive (default: the latest month with an invoice)',
    },
    where: { type: 'string', multiple: true, value: '<condition>', help: 'as in assay query' },
    workload: {
      type: 'string',
      value: '<dimension>',
      help: 'what tells workloads apart, such as tag:app or account; none = do not split (default: the first of principal and tags that names half of the cost)',
    },
    commitment: {
      type: 'string',
      value: '<scenario.json>',
      help: 'rank by the cash of the commitment year of this scenario file',
    },
    prices: {
      type: 'string',
      value: '<layer>',
      help: `prices to compare and rank by: ${FINDER_PRICE_LAYERS.join(' or ')} (default: list)`,
    },
    'time-zone': {
      type: 'string',
      value: '<zone>',
      help: 'IANA name of the zone whose nights and weekends are quiet time, such as Europe/Berlin (default: UTC)',
    },
    'min-cash': {
      type: 'string',
      value: '<amount>',
      help: 'offer only what brings at least so much: cash this year with a commitment, else the saving at price',
    },
    explain: { type: 'boolean', help: 'print the evidence and the assumptions of each opportunity' },
    scenario: {
      type: 'string',
      value: '<id>',
      help: `print one opportunity as scenario JSON, for assay scenario run; ${TOGETHER} = the best of them`,
    },
    json: JSON_OPTION,
  },
  notes: [
    'Each saving is that of its lever alone. Levers act on the same tokens: their savings have no sum.',
    'What was looked at and not offered is listed with the reason.',
  ],
  examples: [
    'assay levers --workspace bedrock.assay --period 2026-10 --explain',
    'assay levers --workspace bedrock.assay --commitment docs/scenarios/commitment.json --min-cash 1000 --json',
    'assay levers --workspace bedrock.assay --scenario together > together.json',
  ],
  run: (_, values, io) => {
    const input = inputOf(values);
    const wanted = text(values, 'scenario');
    return withHeldData(workspaceOf(values, io), async (engine) => {
      const findings = await engine.call('levers.find', input);
      if (wanted !== null) io.out(`${JSON.stringify(scenarioOf(findings, wanted), null, 2)}\n`);
      else if (flag(values, 'json')) io.out(`${JSON.stringify(findings, null, 2)}\n`);
      else io.out(describeFindings(findings, flag(values, 'explain')));
      return EXIT.clean;
    });
  },
};

function inputOf(values: Values) {
  const file = text(values, 'commitment');
  return {
    period: read(values, 'period', parsePeriod),
    where: readEach(values, 'where', parseWhere),
    workload: workloadOf(text(values, 'workload')),
    least: leastOf(text(values, 'min-cash')),
    priceLayer: layerOf(text(values, 'prices')),
    timeZone: text(values, 'time-zone') ?? UTC,
    ...(file === null ? {} : termsOf(file)),
  };
}

function workloadOf(name: string | null): string | null {
  if (name === null || name === 'auto') return 'auto';
  if (name === 'none') return null;
  if (DIMENSION_PATTERN.test(name)) return name;
  throw new UsageError(`--workload: "${name}" is not a dimension, none or auto`);
}

function layerOf(name: string | null): FinderPriceLayer {
  const layer = FINDER_PRICE_LAYERS.find((known) => known === (name ?? 'list'));
  if (layer !== undefined) return layer;
  throw new UsageError(`--prices: "${name}" is not one of ${FINDER_PRICE_LAYERS.join(', ')}`);
}

function leastOf(amount: string | null): number {
  const least = Number(amount ?? 0);
  if (amount !== '' && Number.isFinite(least) && least >= 0) return least;
  throw new UsageError(`--min-cash: "${amount}" is not an amount of 0 or more`);
}

/** The commitment of a scenario file, with the conventions it is computed by. */
function termsOf(file: string) {
  const { commitment, hoursPerMonth, fiscalYearStart } = readScenario(file);
  if (commitment !== null) return { commitment, hoursPerMonth, fiscalYearStart };
  throw new AssayError('invalid_input', `${file}: commitment: the scenario has none to rank by.`, {
    file,
    field: 'commitment',
  });
}

function scenarioOf({ opportunities, together }: Findings, wanted: string): Opportunity['scenario'] {
  if (wanted === TOGETHER && together !== null) return together.scenario;
  const found = opportunities.find(({ id }) => id === wanted);
  if (found !== undefined) return found.scenario;
  const ids = opportunities.map(({ id }) => id);
  const known = ids.length === 0 ? 'There are none.' : `There are: ${ids.join(', ')}.`;
  throw new AssayError('not_found', `No opportunity is called “${wanted}”. ${known}`, { scenario: wanted });
}

export function describeFindings(findings: Findings, explain: boolean): string {
  const { period, currency, priceLayer, catalogVersion, opportunities, cashReason, notes } = findings;
  const prices = priceLayer === 'list' ? 'at list prices' : 'at contract rates, else list prices';
  return [
    `Opportunities from ${period.from} to ${period.to}, ${prices}, catalog ${catalogVersion}`,
    ...(cashReason === null ? [] : [cashReason]),
    '',
    opportunities.length === 0
      ? 'No rule found a saving.\n'
      : `${opportunityTable(findings)}\n${togetherText(findings)}`,
    ...(explain ? opportunities.map((one) => explained(one, currency)) : []),
    ...notOffered(findings, explain),
    ...notes.filter((note) => note !== NO_TOTAL).map((note) => `Note: ${note}`),
    '',
  ].join('\n');
}

function bandText({ low, base, high }: Opportunity['savingAtPrice'], currency: string): string {
  const money = (value: number): string => formatMoney(value, currency);
  return low === high ? money(base) : `${money(base)}  (${money(low)} to ${money(high)})`;
}

function opportunityTable({ opportunities, currency, priceLayer }: Findings): string {
  return table(
    [
      left('Opportunity'),
      right(`Alone, at ${layerWords([priceLayer])}`),
      right('Cash this year'),
      left('Confidence'),
      left('Id'),
    ],
    opportunities.map(({ scenario, savingAtPrice, cashThisYear, confidence, id }) => [
      left(scenario.name),
      right(bandText(savingAtPrice, currency)),
      right(cashThisYear === null ? '—' : bandText(cashThisYear, currency)),
      left(confidence),
      left(id),
    ]),
  );
}

function togetherText({ together, currency, priceLayer }: Findings): string {
  if (together === null) return `${NO_TOTAL}\n`;
  const { levers, savingAtPrice, interaction } = together;
  return `${NO_TOTAL}\nThe best ${levers} together, in this order: ${bandText(savingAtPrice, currency)} at ${layerWords([priceLayer])}; the interaction is ${formatMoney(interaction, currency)}.\n`;
}

const evidenceLines = (evidence: Evidence): string[] =>
  evidence.map(
    ({ label, value, unit, basis, note }) =>
      `  ${label}: ${formatCell(value, unit)} (${[basis, note].filter((part) => part !== null).join('; ')})`,
  );

function explained(one: Opportunity, currency: string): string {
  return [
    `${one.scenario.name}: ${bandText(one.savingAtPrice, currency)}`,
    `  Confidence ${one.confidence}: ${one.confidenceReason}`,
    ...evidenceLines(one.evidence),
    ...one.assumptions.map((assumption) => `  Assumes: ${assumption}`),
    ...one.toCheck.map((check) => `  To check: ${check}`),
    '',
  ].join('\n');
}

const OUTCOME_TITLES: Readonly<Record<OtherOutcome, string>> = {
  undecided: 'Not enough data:',
  no_saving: 'Looked at, saves nothing:',
  below_threshold: 'Found, below what was asked for:',
  nothing_found: 'Looked for, not found:',
};

function notOffered({ lookedAt, currency }: Findings, explain: boolean): string[] {
  return OTHER_OUTCOMES.flatMap((outcome) => {
    const own = lookedAt.filter((one) => one.outcome === outcome);
    if (own.length === 0) return [];
    const lines = [...Map.groupBy(own, ({ rule, because }) => `${rule}|${because}`).values()].flatMap(
      (alike) => [lookedAtLine(alike, currency), ...(explain ? alike.flatMap(lookedAtEvidence) : [])],
    );
    return [OUTCOME_TITLES[outcome], ...lines, ''];
  });
}

/** One line for what has the same reason. */
function lookedAtLine(alike: readonly LookedAt[], currency: string): string {
  const [first] = alike;
  const subjects = alike.flatMap(({ subject, atStake }) => {
    if (subject === null) return [];
    return [atStake === null ? subject : `${subject} (${formatMoney(atStake, currency)} at stake)`];
  });
  return `  ${[first?.rule ?? '', ...subjects].join(', ')}: ${first?.because ?? ''}`;
}

const lookedAtEvidence = ({ evidence }: LookedAt): string[] =>
  evidenceLines(evidence).map((line) => `  ${line}`);
