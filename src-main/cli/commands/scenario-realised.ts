// assay scenario pin, unpin and realised: what a saved scenario planned, and what the bills since its start say.
import { existsSync } from 'node:fs';
import type { Output } from '../../../shared/contract/methods.ts';
import { dimensionName } from '../../../shared/format/names.ts';
import type { Engine } from '../../engine/engine.ts';
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
import { withEngine, withHeldData } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCell, formatMoney } from '../text.ts';
import { readScenario } from './scenario.ts';
import { savedNamed } from './scenario-compare.ts';

type Realised = Output<'scenario.realised'>;
type Lever = Realised['levers'][number];

const SAVED_NOTE = 'A saved scenario is named by its number as #3, or by its name: assay scenario list.';

export const pinCommand: Command = {
  name: 'scenario pin',
  summary: 'Fix what a scenario plans from a day on, so that later bills are held against it.',
  operands: '<scenario>',
  operandCount: [1, 1],
  options: {
    workspace: WORKSPACE_OPTION,
    from: { type: 'string', value: '<YYYY-MM-DD>', help: 'first day of the plan, after its baseline' },
    json: JSON_OPTION,
  },
  notes: [
    SAVED_NOTE,
    'A scenario file is saved in the workspace first, over the saved one of its name where there is one.',
    'Pinning again fixes the plan anew.',
  ],
  examples: ['assay scenario pin "Batch what can wait" --from 2026-11-01 --workspace bedrock.assay'],
  run: ([operand = ''], values, io) => {
    const startsOn = text(values, 'from');
    if (startsOn === null || !isDay(startsOn))
      throw new UsageError('--from: expected the first day of the plan as YYYY-MM-DD');
    return withEngine(workspaceOf(values, io), async (engine) => {
      const id = await idOf(engine, operand);
      const answer = await engine.call('scenario.pin', { id, startsOn });
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describeRealised(answer));
      return EXIT.clean;
    });
  },
};

export const unpinCommand: Command = {
  name: 'scenario unpin',
  summary: 'Take the plan off a saved scenario; the scenario itself stays.',
  operands: '<scenario>',
  operandCount: [1, 1],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: [SAVED_NOTE],
  examples: ['assay scenario unpin "#3" --workspace bedrock.assay'],
  run: ([operand = ''], values, io) =>
    withEngine(workspaceOf(values, io), async (engine) => {
      const { scenarios } = await engine.call('scenario.list', {});
      const answer = await engine.call('scenario.unpin', { id: savedNamed(operand, scenarios).id });
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describeRealised(answer));
      return EXIT.clean;
    }),
};

export const realisedCommand: Command = {
  name: 'scenario realised',
  summary: 'Per lever of a pinned scenario: what was planned and what the bills since say, volume apart.',
  operands: '<scenario>',
  operandCount: [1, 1],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: [
    SAVED_NOTE,
    'Cost − baseline cost on as many days = more use + other mix − realised + new usage.',
    'Where the bill cannot tell a saving from less work, it is missing and the reason is printed.',
    'Months that are held in part are compared on the days held; nothing is extrapolated.',
  ],
  examples: ['assay scenario realised "Batch what can wait" --workspace bedrock.assay --json'],
  run: ([operand = ''], values, io) =>
    withHeldData(workspaceOf(values, io), async (engine) => {
      const { scenarios } = await engine.call('scenario.list', {});
      const answer = await engine.call('scenario.realised', { id: savedNamed(operand, scenarios).id });
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describeRealised(answer));
      return EXIT.clean;
    }),
};

function isDay(day: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(day);
}

/** The saved scenario of an operand; a file is saved over the one of its name, or as a new one. */
async function idOf(engine: Engine, operand: string): Promise<number> {
  const { scenarios } = await engine.call('scenario.list', {});
  if (!existsSync(operand)) return savedNamed(operand, scenarios).id;
  const scenario = readScenario(operand);
  const known = scenarios.filter(({ name }) => name === scenario.name);
  const id = known.length === 0 ? null : savedNamed(scenario.name, scenarios).id;
  return (await engine.call('scenario.save', { id, scenario })).id;
}

const STATES: Readonly<Record<Realised['state'], string>> = {
  not_pinned: 'Not pinned: assay scenario pin fixes what it plans.',
  not_started: 'Has not started: there is nothing to compare yet.',
  no_later_data: 'Has started, but no bill of a day since is imported.',
  running: '',
};

export function describeRealised(answer: Realised): string {
  const { name, plan, state, levers, notes, heldTo } = answer;
  if (plan === null) return `${name}. ${STATES[state]}\n`;
  const held = heldTo === null ? 'nothing is held' : `held to ${heldTo}`;
  return [
    `${name}: planned from ${plan.startsOn}, pinned ${plan.pinnedAt.slice(0, 10)}; baseline ${plan.period.from} to ${plan.period.to} (${plan.daysCovered} days); ${held}`,
    ...(plan.changedSince ? ['The saved scenario was changed since: the plan is as it was pinned.'] : []),
    ...(state === 'running' ? [] : [STATES[state]]),
    '',
    ...levers.map((lever) => leverText(lever, plan.currency)),
    ...notes.map((note) => `Note: ${note}`),
    '',
  ].join('\n');
}

const COLUMNS = [
  'Planned',
  'At baseline',
  'Cost',
  'More use',
  'Other mix',
  'New',
  'Realised',
  'Planned saving',
];

function leverText(
  { label, notFollowed, untold, unplanned, conditions, sharedWith, measure, months, total }: Lever,
  currency: string,
): string {
  if (notFollowed !== null) return `${label}: not followed. ${notFollowed}\n`;
  const shared = sharedWith.length === 0 ? '' : `; shared with ${sharedWith.join(', ')}`;
  const by = conditions.map(({ dimension }) => dimensionName(dimension).toLowerCase()).join(', ');
  const open = [untold === null ? null : `The saving cannot be told. ${untold}`, unplanned]
    .filter((reason) => reason !== null)
    .map((reason) => `\n${reason}`)
    .join('');
  const head = `${label}${by === '' ? '' : ` (followed by ${by})`}${shared}${open}`;
  if (measure === null || total === null) return `${head}\n`;
  const rows = [
    ...months.map((month) => ({ ...month, name: `${month.month}${month.partial ? '*' : ''}` })),
    { ...total, name: 'All days held' },
  ];
  return `${head}\n${table(
    [left(''), ...['Days', measure.name, ...COLUMNS].map(right)],
    rows.map((row) => [
      left(row.name),
      right(String(row.daysHeld)),
      right(formatCell(row.measure, measure.unit)),
      right(formatCell(row.measurePlanned, measure.unit)),
      ...[
        row.baselineCost,
        row.cost,
        row.volumeEffect,
        row.mixEffect,
        row.newUsage,
        row.realised,
        row.planned,
      ].map((amount) => right(formatMoney(amount, currency))),
    ]),
  )}${months.some(({ partial }) => partial) ? '* compared on the days held\n' : ''}`;
}
