// What stands beside a price in the terminal: its history, the same meter bought otherwise, the model's card, the catalog's age.
import type { Output } from '../../shared/contract/methods.ts';
import { isStale, STALE_AFTER_DAYS } from '../../shared/domain/pricing/staleness.ts';
import { createFormat } from '../../shared/format/format.ts';
import { modelCardRows, periodText } from '../../shared/format/model-card.ts';
import { METER_TITLES, valueName } from '../../shared/format/names.ts';
import { perText } from '../../shared/format/per.ts';
import { left, right, table } from './table.ts';
import { formatCount, formatPercent, formatUnitPrice } from './text.ts';

type Answer = Output<'catalog.price'>;
type Row = Answer['answers'][number];

const format = createFormat();

/** One line; a second one that warns where the catalog is stale. */
export function describeAge({ seenTo, ageDays }: Pick<Answer, 'seenTo' | 'ageDays'>): string {
  if (seenTo === null || ageDays === null) return 'No source says when its prices were seen.\n';
  const seen = `Newest price seen on ${format.day(seenTo)}, ${formatCount(ageDays)} days ago.\n`;
  return isStale(ageDays)
    ? `${seen}Stale: more than ${STALE_AFTER_DAYS} days old; prices may have changed since.\n`
    : seen;
}

export function describeBeside(answer: Answer): string {
  return [describeHistory(answer), describeElsewhere(answer), describeModel(answer)].join('');
}

/** Prices over time, of keys that had or will have more than one. */
function describeHistory({ answers, date }: Answer): string {
  const rows = answers
    .filter(({ history }) => history.length > 1)
    .flatMap((row) =>
      row.history.map((period, index) => [
        left(index === 0 ? keyText(row) : ''),
        right(amountText(period)),
        left(index === 0 ? perText(row.per, row.unit) : ''),
        left(periodText(period, date, format)),
      ]),
    );
  if (rows.length === 0) return '';
  return `\nOver time\n\n${table([left('Key'), right('USD'), left('per'), left('When')], rows)}`;
}

/** The same meter in other modes, tiers and regions, with how it stands to the price asked for. */
function describeElsewhere({ answers }: Answer): string {
  const rows = answers.flatMap((row) =>
    row.elsewhere.map((way, index) => [
      left(index === 0 ? keyText(row) : ''),
      left(way.part === 'region' ? way.value : valueName(way.part, way.value)),
      right(amountText(way)),
      right(differenceText(row, way)),
    ]),
  );
  if (rows.length === 0) return '';
  return `\nBought otherwise\n\n${table([left('Key'), left('As'), right('USD'), right('Difference')], rows)}`;
}

function describeModel({ about }: Answer): string {
  if (about === null) return '';
  const rows = modelCardRows(about, format).flatMap(({ label, value, source }) => [
    [left(label), left(value)],
    ...(source === null ? [] : [[left(''), left(`by: ${source}`)]]),
  ]);
  return `\n${table([left(about.model), left('')], rows)}`;
}

const keyText = ({ meter, variant, mode, term, region, regionTier, contextBand }: Row): string =>
  [
    METER_TITLES[meter],
    variant,
    valueName('mode', mode),
    term === 'none' ? null : valueName('term', term),
    region ?? 'any region',
    regionTier === null ? null : valueName('regionTier', regionTier),
    contextBand === 'standard' ? null : valueName('contextBand', contextBand),
  ]
    .filter((part) => part !== null)
    .join(', ');

type Range = { readonly usdLow: number; readonly usdHigh: number };

const amountText = ({ usdLow, usdHigh }: Range): string =>
  usdLow === usdHigh ? formatUnitPrice(usdLow) : `${formatUnitPrice(usdLow)}–${formatUnitPrice(usdHigh)}`;

/** Only between two single prices: a difference of ranges would be a third one. */
function differenceText({ usdLow, usdHigh }: Row, way: Range): string {
  if (usdLow === null || usdLow === 0 || usdLow !== usdHigh || way.usdLow !== way.usdHigh) return '';
  return formatPercent((way.usdLow - usdLow) / usdLow);
}
