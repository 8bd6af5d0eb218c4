// Where the figures come from, in one line under the grid and in full behind a button.
import type { Output } from '../../../shared/contract/methods.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import { filterText } from '../../../shared/format/conditions.ts';
import type { Format } from '../../../shared/format/format.ts';
import { BASIS_NAMES, SCOPE_NAMES } from '../../../shared/format/names.ts';
import { daysBetween } from '../../app/period.ts';
import { Explain, type Explanation } from '../../ui/explain.tsx';
import { useFormat } from '../../ui/format-context.ts';
import classes from './explorer.module.css';

type Provenance = Output<'spend.query'>['provenance'];

type Props = {
  readonly provenance: Provenance;
  readonly compareTo: Period | null;
  /** First and last day held; null = not to be said. */
  readonly held: Period | null;
  /** What a reader must know before trusting a change; null = nothing. */
  readonly caution: string | null;
  /** What is shown, in words: `Cost, unblended by model`. */
  readonly question: string;
  readonly keys: string;
};

export function ProvenanceLine({ provenance, compareTo, held, caution, question, keys }: Props) {
  const format = useFormat();
  const notHeld = daysNotHeld(provenance.period, held);
  const { basis, currency, lineItems, unpricedShare, unknownShare, estimated, bills, spread, notes } =
    provenance;
  return (
    <div className={classes.foot}>
      <Explain explanation={explanation(provenance, compareTo, held, question, format)} />
      <span>
        {BASIS_NAMES[basis]}
        {currency.length > 0 && `, ${currency.join(' and ')}`}
      </span>
      <span>{format.count(lineItems)} line items</span>
      {unpricedShare !== null && unpricedShare > 0 && (
        <span className={classes.caution}>{format.percent(unpricedShare)} of cost unpriced</span>
      )}
      {unknownShare !== null && unknownShare > 0 && (
        <span className={classes.caution}>{format.percent(unknownShare)} of cost unknown</span>
      )}
      {(spread ?? [])
        .filter(({ left }) => left !== 0)
        .map(({ currency: name, left }) => (
          <span key={name} className={classes.caution}>
            {format.amount(left)} {name} not spread
          </span>
        ))}
      {estimated && <span className={classes.caution}>estimated</span>}
      {bills.map((name) => (
        <span key={name} className={classes.caution}>
          {name}
        </span>
      ))}
      {notHeld > 0 && (
        <span className={classes.caution}>
          {format.count(notHeld)} {notHeld === 1 ? 'day' : 'days'} of the period not held
        </span>
      )}
      {caution !== null && <span className={classes.caution}>{caution}</span>}
      {notes.length > 0 && (
        <span title={notes.join('\n')}>{notes.length === 1 ? notes[0] : `${notes.length} notes`}</span>
      )}
      <span className={classes.keys}>{keys}</span>
    </div>
  );
}

function explanation(
  provenance: Provenance,
  compareTo: Period | null,
  held: Period | null,
  question: string,
  format: Format,
): Explanation {
  const { basis, scope, period, where, lineItems, currency, catalogVersion, estimated, bills, notes } =
    provenance;
  return {
    title: question,
    formula: 'Sum over the line items below; rates and shares are computed from the sums, never averaged.',
    facts: [
      { label: 'Basis', value: BASIS_NAMES[basis] },
      { label: 'Scope', value: SCOPE_NAMES[scope] },
      { label: 'Discounts and credits', value: spreadText(provenance, format) },
      { label: 'Period', value: periodText(period, held, format) },
      { label: 'Compared with', value: compareTo === null ? 'nothing' : format.period(compareTo) },
      { label: 'Filters', value: where.length === 0 ? 'none' : where.map(filterText).join('; ') },
      { label: 'Line items', value: format.count(lineItems) },
      { label: 'Currency', value: currency.join(', ') },
      { label: 'Catalog', value: catalogVersion ?? 'not used' },
      { label: 'Unpriced', value: `${format.percent(provenance.unpricedShare)} of usage cost` },
      { label: 'Unknown', value: `${format.percent(provenance.unknownShare)} of usage cost` },
      { label: 'Invoice', value: estimated ? 'not issued for every month: estimated' : 'issued' },
      ...(bills.length === 0 ? [] : [{ label: 'Bills', value: bills.join('; ') }]),
    ],
    notes,
    link: null,
  };
}

const daysIn = ({ from, to }: Period): number => daysBetween(from, to) + 1;

/** Days of the period before the first or after the last day held. */
function daysNotHeld(period: Period | null, held: Period | null): number {
  if (period === null || held === null) return 0;
  const from = period.from > held.from ? period.from : held.from;
  const to = period.to < held.to ? period.to : held.to;
  return daysIn(period) - (from <= to ? daysIn({ from, to }) : 0);
}

/** The days, how many they are, and how many of them are held: ninety days are asked for by their number. */
function periodText(period: Period | null, held: Period | null, format: Format): string {
  if (period === null) return format.period(period);
  const days = daysIn(period);
  const notHeld = daysNotHeld(period, held);
  const of = notHeld === 0 ? '' : `; ${format.count(days - notHeld)} of them held (${format.period(held)})`;
  return `${format.period(period)}, ${format.count(days)} ${days === 1 ? 'day' : 'days'}${of}`;
}

/** What figures rest on as lines of text, to stand beside a file of them. */
export function provenanceText(
  provenance: Provenance,
  held: Period | null,
  question: string,
  format: Format,
): string {
  const { title, formula, facts, notes } = explanation(provenance, null, held, question, format);
  const told = facts.filter(({ label }) => label !== 'Compared with');
  return `${[title, formula, '', ...told.map(({ label, value }) => `${label}: ${value}`), '', ...notes].join('\n')}\n`;
}

function spreadText({ spread }: Provenance, format: Format): string {
  if (spread === null) return 'lines of their own';
  return spread
    .map((one) => `${format.amount(one.spread)} ${one.currency} spread, ${format.amount(one.left)} not`)
    .join('; ');
}
