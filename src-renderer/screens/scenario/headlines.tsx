// Both headlines, always side by side: the saving at price, and what it does to this commitment year's cash.
import type { Band, LiveAnswer } from '../../../shared/domain/whatif/answer.ts';
import { NO_PRICE_AT_ALL } from '../../../shared/domain/whatif/ledger.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { layerWords } from '../../../shared/format/scenario-words.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Money, Percent, Tokens } from '../../ui/values.tsx';
import { hasSpread } from './ledger-view.ts';
import classes from './scenario.module.css';
import { usageBehind } from './usage-behind.ts';

type Props = { readonly answer: LiveAnswer; readonly scenario: Scenario };

export function Headlines({ answer, scenario }: Props) {
  const format = useFormat();
  const { headlines, currency, baseline, after, period, priceLayer } = answer;
  const { savingAtPrice, savingReason, savingPartial, cashThisYear, cashReason } = headlines;
  const price = layerWords([priceLayer]);
  const { atPrice } = baseline;
  return (
    <section className={classes.headlines} aria-label="Headlines">
      <div className={classes.headline}>
        <Figure
          label={`Saving at ${price}, ${format.period(period)}`}
          size="lead"
          value={
            <Money
              value={savingAtPrice?.base ?? null}
              currency={currency}
              why={savingReason ?? 'Not computed.'}
            />
          }
          detail={
            <span className={classes.wrap}>
              {savingAtPrice === null
                ? savingReason
                : `${spreadText(savingAtPrice, currency, format.money)}${format.percent(shareOf(savingAtPrice, atPrice))} of the baseline’s period`}
              {savingPartial !== null && <span className={classes.wrap}>{savingPartial}</span>}
            </span>
          }
          explanation={{
            title: 'Saving at price',
            formula: 'Baseline at price − after all levers in order, at the same prices',
            facts: answer.provenance,
            notes: answer.notes,
            link: { label: 'The lines this starts from', href: usageBehind(scenario.baseline) },
          }}
        />
      </div>
      <div className={classes.headline}>
        <Figure
          label={
            answer.commitment === null
              ? 'Cash this commitment year'
              : `Cash, commitment from ${format.day(answer.commitment.yearStart)}`
          }
          size="lead"
          value={
            <Money
              value={cashThisYear?.base ?? null}
              currency={currency}
              why={cashReason ?? 'Not computed.'}
            />
          }
          detail={
            <span className={classes.wrap}>
              {cashThisYear === null
                ? cashReason
                : `${spreadText(cashThisYear, currency, format.money)}at ${price}, after shortfall, support and one-off cost`}
            </span>
          }
          explanation={
            answer.commitment === null
              ? null
              : {
                  title: 'Cash this commitment year',
                  formula: 'Cash of the year as it is − cash with the levers − one-off cost',
                  facts: answer.commitment.formula.map(({ name, expression }) => ({
                    label: name,
                    value: expression,
                  })),
                  notes: answer.commitment.assumptions,
                  link: null,
                }
          }
        />
      </div>
      <div className={classes.smallFigures}>
        <Figure
          label={`Baseline at ${price}`}
          value={<Money value={atPrice?.base ?? null} currency={currency} why={NO_PRICE_AT_ALL} />}
          detail={<span className={classes.wrap}>invoiced {format.money(baseline.invoiced, currency)}</span>}
        />
        <Figure
          label="After"
          value={
            <Money value={after?.base ?? null} currency={currency} why={savingReason ?? NO_PRICE_AT_ALL} />
          }
          detail={
            <span className={classes.wrap}>
              {after !== null && hasSpread(after)
                ? format.moneyRange(after.low, after.high, currency)
                : 'over the same days'}
            </span>
          }
        />
        <Figure
          label="Tokens"
          value={<Tokens value={baseline.tokens} />}
          detail={`${format.count(baseline.vectors)} usage ${baseline.vectors === 1 ? 'vector' : 'vectors'}`}
        />
        <Figure
          label="Without a price"
          value={<Percent value={baseline.unpricedShare} why="The baseline has no cost." />}
          detail={
            <span className={classes.wrap}>
              {format.money(baseline.unpricedInvoiced, currency)} as billed, left out
            </span>
          }
        />
      </div>
    </section>
  );
}

function shareOf(saving: Band, before: Band | null): number | null {
  return before === null || before.base === 0 ? null : saving.base / before.base;
}

/** `$1.00 to $2.00, ` where a band has a spread, else nothing. */
function spreadText(
  band: Band,
  currency: string,
  money: (value: number, currency: string) => string,
): string {
  return hasSpread(band) ? `${money(band.low, currency)} to ${money(band.high, currency)}, ` : '';
}
