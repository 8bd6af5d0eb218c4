// A model's card beside its prices: where it stands in its life, how it is sold, what it caches, and what is not known.
import type { Output } from '../../../shared/contract/methods.ts';
import { modelCardRows } from '../../../shared/format/model-card.ts';
import { useFormat } from '../../ui/format-context.ts';
import classes from './model-facts.module.css';

type About = NonNullable<Output<'catalog.price'>['about']>;

export function ModelFacts({ about }: { readonly about: About }) {
  const format = useFormat();
  return (
    <section aria-label={`About ${about.model}`} className={classes.card}>
      <h4 className={classes.title}>{about.model}</h4>
      <dl className={classes.rows}>
        {modelCardRows(about, format).map(({ label, value, source, tone }) => (
          <div key={`${label} ${value}`}>
            <dt>{label}</dt>
            <dd data-tone={tone}>
              {value}
              {source !== null && <span className={classes.source}>{source}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
