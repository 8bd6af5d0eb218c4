// What stands beside one price: how it changed and will change, and what the same meter costs bought otherwise.
import type { Output } from '../../../shared/contract/methods.ts';
import { periodText } from '../../../shared/format/model-card.ts';
import { valueName } from '../../../shared/format/names.ts';
import { useFormat } from '../../ui/format-context.ts';
import { priceText } from './price-text.ts';
import classes from './pricing.module.css';

type Answer = Output<'catalog.price'>['answers'][number];

export function PriceBeside({ answer, day }: { readonly answer: Answer; readonly day: string }) {
  const format = useFormat();
  const { history, elsewhere, per, unit } = answer;
  return (
    <>
      {history.length > 1 && (
        <section aria-label="Over time">
          <h4 className={classes.listTitle}>Over time</h4>
          {history.map(({ from, to, usdLow, usdHigh }) => (
            <div key={from ?? ''} className={classes.item}>
              <strong>{priceText(usdLow, usdHigh, per, unit, format)}</strong>
              <span className={classes.itemFacts}> {periodText({ from, to }, day, format)}</span>
            </div>
          ))}
        </section>
      )}
      {elsewhere.length > 0 && (
        <details className={classes.details}>
          <summary>{elsewhere.length} other ways to buy it</summary>
          {elsewhere.map(({ part, value, usdLow, usdHigh }) => (
            <div key={`${part} ${value}`} className={classes.item}>
              <strong>{priceText(usdLow, usdHigh, per, unit, format)}</strong>
              <span className={classes.itemFacts}> {part === 'region' ? value : valueName(part, value)}</span>
            </div>
          ))}
        </details>
      )}
    </>
  );
}
