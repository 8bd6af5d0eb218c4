// assay variance: what is paid against list, why, and what the same tokens would cost elsewhere.
import type { Output } from '../../../shared/contract/methods.ts';
import { STAND_INS } from '../../../shared/domain/pricing/other-models.ts';
import { isTimeDimension } from '../../../shared/domain/spend/dimensions.ts';
import { parsePeriod, parseWhere } from '../../../shared/domain/spend/grammar.ts';
import { DIMENSION_PATTERN } from '../../../shared/domain/spend/vocabulary.ts';
import {
  chargeStepName,
  dimensionName,
  reasonName,
  valueName,
  varianceReasonName,
} from '../../../shared/format/names.ts';
import {
  type Command,
  choice,
  EXIT,
  flag,
  JSON_OPTION,
  read,
  readEach,
  text,
  UsageError,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { withHeldData } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatCell, formatCount, formatPercent, formatUnitPrice } from '../text.ts';

type Answer = Output<'variance.explore'>;

const VIEWS = ['gaps', 'unpriced', 'models'] as const;
const usd = (amount: number | null): string => formatCell(amount, 'USD');

export const varianceCommand: Command = {
  name: 'variance',
  summary:
    'Compare what is paid with list: by model or another dimension, with the reason of every difference.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: WORKSPACE_OPTION,
    by: { type: 'string', value: '<dimension>', help: 'split by this dimension (default: model)' },
    period: { type: 'string', value: '<from..to>', help: 'months or days, both inclusive (default: all)' },
    where: { type: 'string', multiple: true, value: '<condition>', help: 'as in assay query' },
    show: {
      type: 'string',
      value: '<what>',
      help: 'gaps (default); unpriced: what has no price; models: the same tokens on other models',
    },
    json: JSON_OPTION,
  },
  notes: [
    'Invoiced is the column that adds up to the invoice; list is the catalog on the day of use, at the low end of a range.',
    'For every priced line list + variance = invoiced. Lines without a price stand apart: their variance is not known.',
  ],
  examples: [
    'assay variance --workspace bedrock.assay --by meter --period 2026-10',
    'assay variance --workspace bedrock.assay --show models --where model="Claude Sonnet 4.5"',
  ],
  run: (_, values, io) => {
    const groupBy = text(values, 'by') ?? 'model';
    if (!DIMENSION_PATTERN.test(groupBy) || isTimeDimension(groupBy))
      throw new UsageError(`--by: "${groupBy}" is not a dimension lines can be split by`);
    const input = {
      groupBy,
      period: read(values, 'period', parsePeriod),
      where: readEach(values, 'where', parseWhere),
    };
    const show = choice(values, 'show', VIEWS) ?? 'gaps';
    return withHeldData(workspaceOf(values, io), async (engine) => {
      const answer = await engine.call('variance.explore', input);
      io.out(flag(values, 'json') ? `${JSON.stringify(answer, null, 2)}\n` : DESCRIPTIONS[show](answer));
      return EXIT.clean;
    });
  },
};

const DESCRIPTIONS: Readonly<Record<(typeof VIEWS)[number], (answer: Answer) => string>> = {
  gaps: describeVariance,
  unpriced: describeUnpriced,
  models: describeOtherModels,
};

export function describeVariance(answer: Answer): string {
  const { rows, total, waterfall, cacheSaving: cache } = answer;
  const steps = table(
    [left('From list to the invoice'), right('USD')],
    waterfall.map(({ id, kind, amount }) => [
      left(kind === 'total' ? chargeStepName(id) : `  ${chargeStepName(id)}`),
      right(id === 'list' && total.lines === 0 ? '—' : usd(amount)),
    ]),
  );
  const groups = table(
    [
      left(dimensionName(answer.groupBy)),
      right('Invoiced, priced'),
      right('At list'),
      right('Variance'),
      right('%'),
      right('Paid / 1M'),
      right('List / 1M'),
      right('Unpriced'),
      left('Reasons'),
    ],
    rows.map((row) => [
      left(valueName(answer.groupBy, row.key)),
      ...[row.invoiced, row.list, row.variance].map((amount) => right(row.lines === 0 ? '—' : usd(amount))),
      right(formatPercent(row.share)),
      right(row.invoicedRate === null ? '—' : formatUnitPrice(row.invoicedRate)),
      right(row.listRate === null ? '—' : formatUnitPrice(row.listRate)),
      right(usd(row.unpriced.invoiced)),
      left(reasonsText(row.reasons)),
    ]),
  );
  const saved =
    cache.saving === null
      ? 'No cached tokens with a price.'
      : `Cached tokens at list ${usd(cache.asBilled)}, as uncached input ${usd(cache.asInput)}: saved ${usd(cache.saving)}, writes included.`;
  return `${steps}\n${groups}\n${saved}\n${contractText(total)}Priced: ${formatCount(total.lines)} lines. Unpriced: ${formatCount(total.unpriced.lines)} lines, ${usd(total.unpriced.invoiced)}.\n${remarks(answer)}`;
}

/** Unknown is not zero: how many lines have a contract price at all. */
function contractText({ contract, lines, unpriced }: Answer['total']): string {
  if (contract.lines === 0) return '';
  return `Under contract: ${formatCount(contract.lines)} of ${formatCount(lines + unpriced.lines)} lines, ${usd(contract.contracted)} where ${usd(contract.invoiced)} was invoiced; the others have no contract price that is known.\n`;
}

function reasonsText(reasons: Answer['rows'][number]['reasons']): string {
  return reasons
    .filter(({ reason }) => reason !== 'none' && reason !== 'unpriced')
    .map(({ reason }) => varianceReasonName(reason).toLowerCase())
    .join(', ');
}

function remarks({ otherCurrencies, estimated }: Answer): string {
  return [
    ...otherCurrencies.map(
      ({ currency, lines, invoiced }) =>
        `Not compared, because list is in USD: ${formatCount(lines)} lines of ${formatCell(invoiced, currency)}.\n`,
    ),
    ...(estimated ? ['Estimated: at least one period has no invoice yet.\n'] : []),
  ].join('');
}

export function describeUnpriced({ unpriced, unpricedCount }: Answer): string {
  if (unpricedCount === 0) return 'Every usage line in USD has a catalog amount.\n';
  return table(
    [
      left('Usage type'),
      left('Service'),
      left('Model'),
      right('Lines'),
      right('Invoiced'),
      left('Days'),
      left('Why'),
    ],
    unpriced.map((row) => [
      left(row.usageType ?? '—'),
      left(row.service ?? '—'),
      left(row.model ?? '—'),
      right(formatCount(row.lines)),
      right(usd(row.invoiced)),
      left(`${row.firstDay} to ${row.lastDay}`),
      left(reasonName(row.reason)),
    ]),
  );
}

export function describeOtherModels({ otherModels }: Answer): string {
  const { day, tokens, invoiced, models } = otherModels;
  if (day === null || models.length === 0) return 'No text tokens to price on another model.\n';
  const used = [...new Set(models.flatMap(({ standIns }) => standIns))];
  const rows = table(
    [
      left('Model'),
      right('Tokens covered'),
      right('Invoiced now'),
      right('At its list'),
      right('Difference'),
      left('Stand-ins'),
    ],
    models.map((other) => [
      left(other.model),
      right(formatPercent(other.covered)),
      right(usd(other.invoiced)),
      right(other.low === other.high ? usd(other.low) : `${usd(other.low)} to ${usd(other.high)}`),
      right(usd(other.low - other.invoiced)),
      left(other.standIns.join(', ').replaceAll('_', ' ')),
    ]),
  );
  const legend = used.map((id) => `${id.replaceAll('_', ' ')}: ${STAND_INS[id]}\n`).join('');
  return `${formatCell(tokens, 'token')} tokens, invoiced ${usd(invoiced)}. Same tokens (factor 1.0) at list prices of ${day}: price lists compared, not models.\n\n${rows}\n${legend}`;
}
