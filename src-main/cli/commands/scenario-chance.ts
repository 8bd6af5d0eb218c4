// assay scenario shares, sensitivity, simulate: what each lever contributes, which assumption matters, how sure it is.
import type { Output } from '../../../shared/contract/methods.ts';
import { UNKNOWN } from '../../../shared/format/format.ts';
import { layerWords } from '../../../shared/format/scenario-words.ts';
import {
  type Command,
  EXIT,
  flag,
  JSON_OPTION,
  type Option,
  WORKSPACE_OPTION,
  wholeNumber,
  workspaceOf,
} from '../command.ts';
import { withHeldData } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatPercent } from '../text.ts';
import { readScenario } from './scenario.ts';

const SEED: Option = { type: 'string', value: '<number>', help: 'Seed of the random numbers (1)' };
const MOST_SEED = 2 ** 31;

export const sharesCommand: Command = {
  name: 'scenario shares',
  summary: 'What each lever of a what-if contributes: Shapley shares within the declared order.',
  operands: '<scenario.json>',
  operandCount: [1, 1],
  options: { workspace: WORKSPACE_OPTION, seed: SEED, json: JSON_OPTION },
  notes: ['Exact to eight levers; above, the mean over 200 random orders of joining, repeated by the seed.'],
  examples: ['assay scenario shares docs/scenarios/batch-and-caching.json --workspace bedrock.assay'],
  run: ([file = ''], values, io) => {
    const scenario = readScenario(file);
    const seed = wholeNumber(values, 'seed', 0, MOST_SEED) ?? 1;
    return withHeldData(workspaceOf(values, io), async (engine) => {
      const shares = await engine.call('scenario.shares', { scenario, seed });
      io.out(flag(values, 'json') ? `${JSON.stringify(shares, null, 2)}\n` : sharesText(shares));
      return EXIT.clean;
    });
  },
};

export const sensitivityCommand: Command = {
  name: 'scenario sensitivity',
  summary: 'Which assumption moves a what-if most: both headlines with each range alone at its ends.',
  operands: '<scenario.json>',
  operandCount: [1, 1],
  options: { workspace: WORKSPACE_OPTION, json: JSON_OPTION },
  notes: ['Everything else stays at its base. What is exact is no assumption and not listed.'],
  examples: ['assay scenario sensitivity docs/scenarios/all-three.json --workspace bedrock.assay'],
  run: ([file = ''], values, io) => {
    const scenario = readScenario(file);
    return withHeldData(workspaceOf(values, io), async (engine) => {
      const found = await engine.call('scenario.sensitivity', { scenario });
      io.out(
        flag(values, 'json')
          ? `${JSON.stringify(found, null, 2)}\n`
          : sensitivityText(found, layerWords([scenario.priceLayer])),
      );
      return EXIT.clean;
    });
  },
};

export const simulateCommand: Command = {
  name: 'scenario simulate',
  summary: 'How sure a what-if is: P10, P50 and P90 of both headlines by seeded simulation.',
  operands: '<scenario.json>',
  operandCount: [1, 1],
  options: {
    workspace: WORKSPACE_OPTION,
    seed: SEED,
    draws: { type: 'string', value: '<number>', help: 'Draws, 100 to 5000 (1000)' },
    json: JSON_OPTION,
  },
  notes: ['The same seed gives the same figures.'],
  examples: [
    'assay scenario simulate docs/scenarios/batch-and-caching.json --workspace bedrock.assay --draws 2000',
  ],
  run: ([file = ''], values, io) => {
    const scenario = readScenario(file);
    const seed = wholeNumber(values, 'seed', 0, MOST_SEED) ?? 1;
    const draws = wholeNumber(values, 'draws', 100, 5000) ?? 1000;
    return withHeldData(workspaceOf(values, io), async (engine) => {
      const simulation = await engine.call('scenario.simulate', { scenario, seed, draws });
      io.out(
        flag(values, 'json')
          ? `${JSON.stringify(simulation, null, 2)}\n`
          : simulationText(simulation, layerWords([scenario.priceLayer])),
      );
      return EXIT.clean;
    });
  },
};

const leftOut = (savingPartial: string | null): string[] => (savingPartial === null ? [] : [savingPartial]);

const number = (value: number): string => String(Math.round(value * 100) / 100);

function sharesText({
  method,
  orders,
  seed,
  total,
  savingPartial,
  shares,
  pairs,
}: Output<'scenario.shares'>): string {
  const unknown = shares.filter(({ share }) => share === null).map(({ label }) => label);
  const without = unknown.length === 0 ? '' : ` without ${unknown.join(', ')}, which have no figure`;
  const how = method === 'exact' ? 'every coalition' : `${orders} random orders, seed ${seed}`;
  return [
    table(
      [left('Lever'), right('Share'), right('Standard error')],
      shares.map(({ label, share, error }) => [
        left(label),
        right(share === null ? UNKNOWN : number(share)),
        right(share === null ? UNKNOWN : error === null ? 'exact' : number(error)),
      ]),
    ),
    `Total ${number(total)}${without}, over ${how}, applied in the declared order.`,
    ...leftOut(savingPartial),
    ...(pairs.length === 0
      ? []
      : [
          '',
          table(
            [left('Two levers'), left(''), right('Together less each alone')],
            pairs.map(({ first, second, interaction }) => [
              left(first),
              left(second),
              right(interaction === null ? UNKNOWN : number(interaction)),
            ]),
          ),
        ]),
    '',
  ].join('\n');
}

function sensitivityText(
  { base, savingPartial, assumptions }: Output<'scenario.sensitivity'>,
  price: string,
): string {
  const withCash = base.cashThisYear !== null;
  const cash = (value: number | null) => (withCash ? [right(value === null ? '' : number(value))] : []);
  const text = (value: number | undefined, unit: string | null): string =>
    value === undefined ? '' : unit === 'ratio' ? formatPercent(value) : String(value);
  return [
    table(
      [
        left('Assumption'),
        right('Low end'),
        right('Saving there'),
        ...(withCash ? [right('Cash there')] : []),
        right('High end'),
        right('Saving there'),
        ...(withCash ? [right('Cash there')] : []),
      ],
      assumptions.map(({ label, name, range, unit, low, high }) => [
        left(label === null ? name : `${label}: ${name}`),
        right(text(range?.low, unit)),
        right(number(low.savingAtPrice)),
        ...cash(low.cashThisYear),
        right(text(range?.high, unit)),
        right(number(high.savingAtPrice)),
        ...cash(high.cashThisYear),
      ]),
    ),
    `Base: saving at ${price} ${number(base.savingAtPrice)}${base.cashThisYear === null ? '' : `, cash of the commitment year ${number(base.cashThisYear)}`}.`,
    ...leftOut(savingPartial),
    '',
  ].join('\n');
}

function simulationText(
  { draws, seed, savingPartial, savingAtPrice, cashThisYear, assumptions }: Output<'scenario.simulate'>,
  price: string,
): string {
  const row = (label: string, found: typeof savingAtPrice) => [
    left(label),
    ...[found.p10, found.p50, found.p90, found.mean].map((value) => right(number(value))),
    right(`${number(found.lossShare * 100)} %`),
  ];
  return [
    table(
      [left(''), right('P10'), right('P50'), right('P90'), right('Mean'), right('Costs money')],
      [
        row(`Saving at ${price}`, savingAtPrice),
        ...(cashThisYear === null ? [] : [row(`Cash saving at ${price} this year`, cashThisYear)]),
      ],
    ),
    `${draws} draws, seed ${seed}.`,
    ...leftOut(savingPartial),
    ...assumptions.map((note) => `Note: ${note}`),
    '',
  ].join('\n');
}
