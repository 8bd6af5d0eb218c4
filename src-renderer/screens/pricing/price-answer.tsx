// What the catalog answers for a key: the price chosen with its provenance, what was passed over and why, or what is missing.
import type { Output } from '../../../shared/contract/methods.ts';
import { reasonName, valueName } from '../../../shared/format/names.ts';
import { perText } from '../../../shared/format/per.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Note } from '../../ui/states.tsx';
import { PriceBeside } from './price-beside.tsx';
import { UnderContract } from './price-contract.tsx';
import { effectiveText, priceText, regionText } from './price-text.ts';
import classes from './pricing.module.css';
import type { CatalogRow } from './pricing-state.ts';

type Answer = Output<'catalog.price'>['answers'][number];

type Props = { readonly answer: Answer; readonly sourceTitles: ReadonlyMap<string, string> };
type OnDay = { readonly day: string };

const LAYERS: Readonly<Record<string, string>> = {
  contract: 'contract rate',
  offer: 'imported AWS offer file',
  bundled: 'bundled catalog',
};

export function PriceAnswer({ answer, day, sourceTitles }: Props & OnDay) {
  const format = useFormat();
  const { meter, mode, term, region, regionTier, variant, contextBand } = answer;
  const key = [
    valueName('meter', meter),
    valueName('mode', mode),
    region ?? 'any region',
    ...(regionTier === null ? [] : [valueName('regionTier', regionTier)]),
    ...(variant === null ? [] : [variant]),
    ...(term === 'none' ? [] : [valueName('term', term)]),
    ...(contextBand === 'standard' ? [] : [valueName('contextBand', contextBand)]),
  ].join(', ');
  return (
    <article className={classes.answer}>
      <header className={classes.answerHead}>
        <span>{key}</span>
        {answer.usdLow !== null && answer.usdHigh !== null ? (
          <strong>{priceText(answer.usdLow, answer.usdHigh, answer.per, answer.unit, format)}</strong>
        ) : (
          <strong className={classes.missing}>no price</strong>
        )}
      </header>
      {answer.status === 'missing' && (
        <Note tone="caution">{reasonName(answer.missingReason ?? 'unpriced')}</Note>
      )}
      {answer.rangeReason !== null && <Note>{reasonName(answer.rangeReason)}</Note>}
      <PriceList
        title={`Chosen, ${LAYERS[answer.layer ?? ''] ?? 'catalog'}`}
        prices={answer.chosen}
        {...{ sourceTitles, answer }}
      />
      <PriceBeside answer={answer} day={day} />
      {answer.passedOver.length > 0 && (
        <details className={classes.details}>
          <summary>{answer.passedOver.length} passed over</summary>
          {answer.passedOver.map(({ price, why }) => (
            <PriceItem
              key={price.id}
              price={price}
              unit={answer.unit}
              why={why}
              sourceTitles={sourceTitles}
            />
          ))}
        </details>
      )}
      <UnderContract answer={answer} />
      <PriceList title="Closest prices, not used" prices={answer.nearest} {...{ sourceTitles, answer }} />
    </article>
  );
}

type ListProps = Props & { readonly title: string; readonly prices: readonly CatalogRow[] };

function PriceList({ title, prices, answer, sourceTitles }: ListProps) {
  if (prices.length === 0) return null;
  return (
    <section aria-label={title}>
      <h4 className={classes.listTitle}>{title}</h4>
      {prices.map((price) => (
        <PriceItem key={price.id} price={price} unit={answer.unit} why={null} sourceTitles={sourceTitles} />
      ))}
    </section>
  );
}

type ItemProps = {
  readonly price: CatalogRow;
  readonly unit: string;
  readonly why: string | null;
  readonly sourceTitles: ReadonlyMap<string, string>;
};

function PriceItem({ price, unit, why, sourceTitles }: ItemProps) {
  const format = useFormat();
  const facts = [
    valueName('mode', price.mode),
    regionText(price),
    price.regionTier === null ? 'any tier' : valueName('regionTier', price.regionTier),
    effectiveText(price, format) ?? 'no dates stated',
    price.seen === null ? 'day seen not known' : `seen ${format.day(price.seen)}`,
    price.confidence,
  ];
  return (
    <div className={classes.item}>
      <div>
        <strong>{format.unitPrice(price.usd, price.currency)}</strong> / {perText(price.per, unit)}
        {why !== null && <span className={classes.why}>{why}</span>}
      </div>
      <div className={classes.itemFacts}>{facts.join(' · ')}</div>
      <div className={classes.itemFacts}>{sourceTitles.get(price.source) ?? price.source}</div>
      {price.note !== null && <div className={classes.itemFacts}>{price.note}</div>}
    </div>
  );
}
