// How a price comes to what the contract makes of it: catalog price, the rate that comes first, the result, and what lost.
import type { Output } from '../../../shared/contract/methods.ts';
import { rateText, scopeText } from '../../../shared/format/contract.ts';
import { reasonName } from '../../../shared/format/names.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Note } from '../../ui/states.tsx';
import { priceText } from './price-text.ts';
import classes from './pricing.module.css';

type Answer = Output<'catalog.price'>['answers'][number];
type Rate = Answer['contract']['chosen'][number];

export function UnderContract({ answer }: { readonly answer: Answer }) {
  const format = useFormat();
  const { contract, per, unit } = answer;
  if (contract.chosen.length === 0 && contract.passedOver.length === 0) return null;
  const priced = (low: number | null, high: number | null): string =>
    low === null || high === null ? 'not known' : priceText(low, high, per, unit, format);
  return (
    <section aria-label="Under contract">
      <h4 className={classes.listTitle}>Under contract</h4>
      {contract.chosen.map((rate) => (
        <div key={rate.number} className={classes.item}>
          <div>
            {priced(answer.usdLow, answer.usdHigh)} → <RateName rate={rate} /> →{' '}
            <strong>{priced(contract.usdLow, contract.usdHigh)}</strong>
          </div>
        </div>
      ))}
      {contract.status === 'none' && (
        <div className={classes.itemFacts}>No rate is for this key: its contract price is not known.</div>
      )}
      {contract.unknownReason !== null && <Note tone="caution">{reasonName(contract.unknownReason)}</Note>}
      {contract.passedOver.length > 0 && (
        <details className={classes.details}>
          <summary>
            {contract.passedOver.length === 1 ? '1 rate' : `${contract.passedOver.length} rates`} not used
          </summary>
          {contract.passedOver.map(({ rate, why }) => (
            <div key={rate.number} className={classes.item}>
              <RateName rate={rate} />
              <span className={classes.why}>{why}</span>
            </div>
          ))}
        </details>
      )}
    </section>
  );
}

function RateName({ rate: { number, row } }: { readonly rate: Rate }) {
  return (
    <span>
      rate {number}: {rateText(row)} for {scopeText(row)}
      {row.note === '' ? '' : ` (${row.note})`}
    </span>
  );
}
