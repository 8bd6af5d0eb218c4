// Where the figures come from, in one line under the grid and in full behind a button.
import type { Output } from '../../../shared/contract/methods.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import { filterText } from '../../../shared/format/conditions.ts';
import type { Format } from '../../../shared/format/format.ts';
import { BASIS_NAMES, SCOPE_NAMES } from '../../../shared/format/names.ts';
import { Explain, type Explanation } from '../../ui/explain.tsx';
import { useFormat } from '../../ui/format-context.ts';
import classes from './explorer.module.css';

type Provenance = Output<'spend.query'>['provenance'];

type Props = {
  readonly provenance: Provenance;
  readonly compareTo: Period | null;
  /** What a reader must know before trusting a change; null = nothing. */
  readonly caution: string | null;
  /** What is shown, in words: `Cost, unblended by model`. */
  readonly question: string;
  readonly keys: string;
};

export function ProvenanceLine({ provenance, compareTo, caution, question, keys }: Props) {
  const format = useFormat();
  const { basis, currency, lineItems, unpricedShare, unknownShare, estimated, bills, spread, notes } =
    provenance;
  return (
    <div className={classes.foot}>
      <Explain explanation={explanation(provenance, compareTo, question, format)} />
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
      { label: 'Period', value: format.period(period) },
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

function spreadText({ spread }: Provenance, format: Format): string {
  if (spread === null) return 'lines of their own';
  return spread
    .map((one) => `${format.amount(one.spread)} ${one.currency} spread, ${format.amount(one.left)} not`)
    .join('; ');
}
