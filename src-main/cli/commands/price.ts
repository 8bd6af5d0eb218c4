// assay price: what the catalog says a model costs, with the source of each figure.
import type { Input, Output } from '../../../shared/contract/methods.ts';
import { METER_NAMES, MODES, REGION_TIERS, TERMS } from '../../../shared/domain/usage/vocabulary.ts';
import { rateText, scopeText } from '../../../shared/format/contract.ts';
import { reasonName } from '../../../shared/format/names.ts';
import type { Engine } from '../../engine/engine.ts';
import {
  type Command,
  choice,
  EXIT,
  flag,
  JSON_OPTION,
  namedWorkspace,
  text,
  UsageError,
  type Values,
} from '../command.ts';
import { describeAge, describeBeside } from '../price-text.ts';
import { withHeldData, withScratchEngine } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCount, formatUnitPrice } from '../text.ts';

type Answer = Output<'catalog.price'>;

export const priceCommand: Command = {
  name: 'price',
  summary: 'Look a price up in the catalog: by model, and by meter, mode, region, tier and date where given.',
  operands: '<model>',
  operandCount: [1, 1],
  options: {
    meter: { type: 'string', value: '<meter>', help: METER_NAMES.join(', ') },
    mode: { type: 'string', value: '<mode>', help: MODES.join(', ') },
    term: { type: 'string', value: '<term>', help: TERMS.join(', ') },
    region: { type: 'string', value: '<code>', help: 'AWS region, such as us-east-1' },
    tier: { type: 'string', value: '<tier>', help: REGION_TIERS.join(', ') },
    variant: {
      type: 'string',
      value: '<variant>',
      help: 'size, quality, policy … where a meter has several prices',
    },
    account: { type: 'string', value: '<id>', help: 'account that contract rates are looked up for' },
    date: { type: 'string', value: '<YYYY-MM-DD>', help: 'day of the usage (default: today)' },
    workspace: {
      type: 'string',
      value: '<file.assay>',
      help: "use this workspace's catalog (default: the bundled one)",
    },
    json: JSON_OPTION,
  },
  notes: [
    'A price that the catalog lacks is shown as missing with the reason. It is never derived from another one.',
    'Prices that were considered and not used follow, each with the reason. One whose source does not state the region is shown and bound to no line of a bill.',
    'Exit codes: 0 at least one price, 1 none.',
  ],
  examples: [
    'assay price "Claude Sonnet 4.5" --meter input --mode batch --tier global',
    'assay price "Nova Lite" --region eu-west-1',
  ],
  run: (operands, values, io) => {
    const input = keyOf(operands[0] ?? '', values);
    const workspace = namedWorkspace(values);
    const ask = async (engine: Engine): Promise<number> => {
      const answer = await engine.call('catalog.price', input);
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : describePrices(answer));
      return answer.answers.some(({ status }) => status === 'priced') ? EXIT.clean : EXIT.error;
    };
    return workspace === null ? withScratchEngine(ask) : withHeldData(workspace, ask);
  },
};

/** The price asked for; what was not given is left open and answered with every value that the catalog has. */
function keyOf(model: string, values: Values): Input<'catalog.price'> {
  const date = text(values, 'date');
  if (date !== null && !/^\d{4}-\d{2}-\d{2}$/u.test(date))
    throw new UsageError(`--date: "${date}" is not YYYY-MM-DD`);
  return {
    model,
    meter: choice(values, 'meter', METER_NAMES),
    mode: choice(values, 'mode', MODES),
    term: choice(values, 'term', TERMS),
    region: text(values, 'region'),
    regionTier: choice(values, 'tier', REGION_TIERS),
    variant: text(values, 'variant'),
    account: text(values, 'account'),
    date,
  };
}

export function describePrices(answer: Answer): string {
  const rows = answer.answers.map((row) => [
    left(row.meter),
    left(row.variant ?? ''),
    left(row.mode),
    left(row.term === 'none' ? '' : row.term),
    left(row.region ?? 'any'),
    left(row.regionTier ?? 'any'),
    left(row.contextBand === 'standard' ? '' : row.contextBand),
    right(priceText(row)),
    left(row.status === 'priced' ? unitText(row) : (row.missingReason ?? '').replaceAll('_', ' ')),
    left([row.chosen[0]?.source, row.chosen[0]?.seen].filter(Boolean).join(', ')),
  ]);
  const header = ['Meter', 'Variant', 'Mode', 'Term', 'Region', 'Tier', 'Context'].map(left);
  const prices = table([...header, right('USD'), left('per'), left('Source, seen')], rows);
  const head = `${answer.model ?? '—'}, ${answer.date}, catalog ${answer.catalogVersion}\n${describeAge(answer)}`;
  return `${head}\n${prices}${describeContract(answer)}${describeOthers(answer)}${describeBeside(answer)}`;
}

/** How each price comes to what the contract makes of it: catalog price, the rate that comes first, result, and what lost. */
function describeContract({ answers }: Answer): string {
  const concerned = answers.filter(
    ({ contract }) => contract.chosen.length > 0 || contract.passedOver.length > 0,
  );
  if (concerned.length === 0) return '';
  const rows = concerned.flatMap((row) => {
    const { chosen, passedOver } = row.contract;
    const key = [row.meter, row.variant, row.mode, row.region].filter(Boolean).join(' ');
    return [
      ...chosen.map((rate) => [
        left(key),
        right(priceText(row)),
        left(rateOf(rate)),
        right(priceText(row.contract)),
        left(contractNote(row)),
      ]),
      ...passedOver.map(({ rate, why }) => [
        left(chosen.length === 0 ? key : ''),
        right(''),
        left(rateOf(rate)),
        right(''),
        left(`not used: ${why}`),
      ]),
    ];
  });
  const header = [left('Key'), right('Catalog'), left('Contract rate'), right('Result'), left('')];
  return `\nUnder contract\n\n${table(header, rows)}`;
}

type Rate = Answer['answers'][number]['contract']['chosen'][number];

const rateOf = ({ number, row }: Rate): string =>
  `#${number} ${rateText(row)} for ${scopeText(row)}${row.note === '' ? '' : ` (${row.note})`}`;

function contractNote({ contract, ...row }: Answer['answers'][number]): string {
  if (contract.unknownReason !== null) return reasonName(contract.unknownReason);
  return `USD per ${unitText(row)}`;
}

type Price = Answer['answers'][number]['chosen'][number];

/** Most alternatives printed: `--json` has all of them. */
const OTHERS_LIMIT = 40;

/** Prices that were considered for one of the keys and answer none of them, each with the reason. */
function describeOthers({ answers, date }: Answer): string {
  const used = new Set(answers.flatMap(({ chosen }) => chosen.map(({ id }) => id)));
  const considered = answers.flatMap(({ unit, passedOver, nearest }) => [
    ...passedOver.map(({ price, why }) => ({ price, unit, why })),
    ...nearest.map((price) => ({ price, unit, why: whyNotUsed(price, date) })),
  ]);
  const others = [...new Map(considered.map((other) => [other.price.id, other])).values()].filter(
    ({ price }) => !used.has(price.id),
  );
  if (others.length === 0) return '';
  const header = ['Meter', 'Variant', 'Mode', 'Term', 'Region', 'Tier'].map(left);
  const rows = others
    .slice(0, OTHERS_LIMIT)
    .map(({ price, unit, why }) => [
      left(price.meter),
      left(price.variant ?? ''),
      left(price.mode),
      left(price.term === 'none' ? '' : price.term),
      left(regionText(price)),
      left(price.regionTier ?? 'any'),
      right(formatUnitPrice(price.usd)),
      left(unitText({ per: price.per, unit })),
      left([price.source, price.seen].filter(Boolean).join(', ')),
      left(why),
    ]);
  const more = others.length - rows.length;
  return `\nConsidered, not used\n\n${table(
    [...header, right('USD'), left('per'), left('Source, seen'), left('Why')],
    rows,
  )}${more === 0 ? '' : `and ${formatCount(more)} more: --json has them all\n`}`;
}

function whyNotUsed(price: Price, day: string): string {
  if (isUnplaced(price)) return 'its source does not state the region';
  if (price.effectiveTo !== null && price.effectiveTo <= day) return `ended on ${price.effectiveTo}`;
  return 'closest, not this purchase';
}

const isUnplaced = ({ region, anyRegion }: Price): boolean => region === null && !anyRegion;

const regionText = (price: Price): string =>
  isUnplaced(price) ? 'not stated' : (price.region ?? 'any commercial');

function priceText(row: { readonly usdLow: number | null; readonly usdHigh: number | null }): string {
  if (row.usdLow === null || row.usdHigh === null) return '—';
  const low = formatUnitPrice(row.usdLow);
  return row.usdLow === row.usdHigh ? low : `${low}–${formatUnitPrice(row.usdHigh)}`;
}

/** What the price is for: `1,000,000 tokens`, `image`. */
const unitText = ({ per, unit }: Pick<Answer['answers'][number], 'per' | 'unit'>): string =>
  (per === 1 ? unit : `${formatCount(per)} ${unit}s`).replaceAll('_', ' ');
