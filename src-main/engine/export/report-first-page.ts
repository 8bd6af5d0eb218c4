// The first page of a report stands by itself: both headlines, what they are at, the way down as a chart, the levers in
// their order, and what has no price or is assumed.
import { waterfallOf } from '../../../shared/charts/ledger-waterfall.ts';
import { namesFit } from '../../../shared/charts/waterfall.ts';
import type { ReportBlock } from '../../../shared/contract/report.ts';
import type { Band, LedgerEntry, ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import { layerWords, paidBackText } from '../../../shared/format/scenario-words.ts';
import { chart, format, heading, listed, spread, table } from './report-parts.ts';

/** Lines for levers and notes together; further notes follow where it is said what the figures rest on. */
const ROOM = 16;
const FEWEST_NOTES = 2;

/** Levers that are switched on, with their place in the order: the chart and every table name them by it. */
export function placedLevers({ ledger }: ScenarioAnswer): { place: number; entry: LedgerEntry }[] {
  return ledger.filter(({ enabled }) => enabled).map((entry, index) => ({ place: index + 1, entry }));
}

export function firstPage(answer: ScenarioAnswer): ReportBlock[] {
  return [
    ...headlines(answer),
    { kind: 'text', text: basisText(answer) },
    ...wayDown(answer),
    ...levers(answer),
    ...listed('Without a price, or assumed', openPoints(answer)),
  ];
}

function headlines(answer: ScenarioAnswer): ReportBlock[] {
  const { currency, period, after, baseline, commitment, priceLayer } = answer;
  const { savingAtPrice, savingReason, cashThisYear, cashReason } = answer.headlines;
  const price = layerWords([priceLayer]);
  const year = commitment === null ? '' : `, from ${format.day(commitment.yearStart)}`;
  const figure = (name: string, band: Band | null): string[] => [
    name,
    format.money(band?.base ?? null, currency),
    spread(band, currency),
  ];
  const reasons = new Set([
    ...(savingAtPrice === null ? [savingReason ?? ''] : []),
    ...(cashThisYear === null ? [cashReason ?? ''] : []),
  ]);
  const reach = baseline.capacity === 0 ? 'tokens' : 'tokens and paid capacity';
  const figures = table(
    ['', '', 'Low to high'],
    [
      figure(`Saving at ${price}, ${format.period(period)}`, savingAtPrice),
      figure(`Cash saving at ${price} this commitment year${year}`, cashThisYear),
      figure(`Cost before the levers, ${reach}`, baseline.atPrice),
      figure(`Cost after the levers, ${reach}`, after),
      ['One-off cost paid back, at price', paidBackText(answer, format.month), ''],
    ],
    // Nothing known is no figure to stand out.
    [...(savingAtPrice === null ? [] : [0]), ...(cashThisYear === null ? [] : [1])],
  );
  return [...figures, ...[...reasons].map((text) => ({ kind: 'text' as const, text }))];
}

/** What the headlines are at: prices, basis, days and filters, in the answer's own words. */
function basisText({ provenance }: ScenarioAnswer): string {
  const stated = ['Prices', 'Catalog', 'Contract rates', 'Basis of invoiced cost', 'Baseline', 'Filters'];
  return stated
    .flatMap((label) => provenance.filter((one) => one.label === label))
    .map(({ label, value }) => `${label}: ${value}.`)
    .join(' ');
}

function wayDown(answer: ScenarioAnswer): ReportBlock[] {
  const placed = placedLevers(answer);
  const places = new Map(placed.map(({ place, entry }) => [entry.leverId, String(place)]));
  const named = namesFit(['Baseline', ...placed.map(({ entry }) => entry.label), 'After']);
  const steps = waterfallOf(answer, 'inOrder', ({ leverId, label }) =>
    named ? label : (places.get(leverId) ?? label),
  );
  if (placed.length === 0 || steps.length === 0) return [];
  return [
    heading(3, 'From baseline to after'),
    chart(
      `Cost over ${format.period(answer.period)}, lever after lever${named ? '' : ', numbered as below'}. Lines show low to high.`,
      answer.currency,
      {
        draws: 'waterfall',
        steps: steps.map(({ whisker, ...step }) => ({
          ...step,
          whisker: whisker === null ? null : [whisker[0], whisker[1]],
        })),
      },
    ),
  ];
}

function levers(answer: ScenarioAnswer): ReportBlock[] {
  const { currency } = answer;
  const total = answer.headlines.savingAtPrice;
  const placed = placedLevers(answer);
  const share = (saved: number | null | undefined): string =>
    total === null || total.base === 0
      ? ''
      : format.percent((saved ?? null) === null ? null : (saved ?? 0) / total.base);
  return table(
    ['', 'Lever, in this order', 'Alone', 'In this order', 'Low to high', 'Share of saving'],
    [
      ...placed.map(({ place, entry: { label, alone, inOrder } }) => [
        String(place),
        label,
        format.money(alone?.base ?? null, currency),
        format.money(inOrder?.base ?? null, currency),
        spread(inOrder, currency),
        share(inOrder?.base),
      ]),
      ...(placed.length < 2
        ? []
        : [
            [
              '',
              'All together',
              '',
              format.money(total?.base ?? null, currency),
              spread(total, currency),
              share(total?.base),
            ],
          ]),
    ],
    placed.length < 2 ? [] : [placed.length],
  );
}

function openPoints(answer: ScenarioAnswer): string[] {
  const { baseline, currency, priceLayer, notes } = answer;
  const on = placedLevers(answer);
  const most = Math.max(FEWEST_NOTES, ROOM - on.length);
  const refusing = on.filter(({ entry }) => entry.guards.some(({ refused }) => refused));
  return [
    baseline.unpricedTokens === 0
      ? `Every token of the baseline has a ${layerWords([priceLayer])}.`
      : `${format.tokens(baseline.unpricedTokens)} tokens have no ${layerWords([priceLayer])}: ${format.money(baseline.unpricedInvoiced, currency)} as invoiced (${format.percent(baseline.unpricedShare)} of their cost), in no saving.`,
    ...(baseline.outside === 0
      ? []
      : [
          `${format.money(baseline.outside, currency)} of the selection is beside the tokens; no lever works on it.`,
        ]),
    ...withoutFigure(answer),
    ...(refusing.length === 0
      ? []
      : [
          `Some usage was refused and stays as it is, with the reason in the details: ${refusing.map(({ entry }) => entry.label).join(', ')}.`,
        ]),
    ...notes.slice(0, most),
    ...(notes.length > most
      ? [`More is assumed (${format.count(notes.length - most)}): see “What this rests on”.`]
      : []),
  ];
}

/** Levers that come to no figure, with what is to be stated or priced first. */
function withoutFigure(answer: ScenarioAnswer): string[] {
  return placedLevers(answer).flatMap(({ entry: { label, missing } }) =>
    missing.map((what) => `${label}: ${what}`),
  );
}
