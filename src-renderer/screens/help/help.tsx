// Help inside the app: what each basis means, how lines get meaning and price, what an import promises, and the keys.
import { BASES } from '../../../shared/domain/spend/vocabulary.ts';
import { BASIS_NAMES } from '../../../shared/format/names.ts';
import { KEYS_EVERYWHERE, KeyList } from '../../app/keys-help.tsx';
import { SCREENS } from '../../app/screens.ts';
import classes from './help.module.css';
import { BASIS_TEXTS, type Term, TOPICS } from './topics.ts';

const BASIS_TERMS: readonly Term[] = BASES.map((basis) => ({
  term: BASIS_NAMES[basis],
  says: BASIS_TEXTS[basis],
}));

export function Help() {
  return (
    <div className={classes.help}>
      <nav className={classes.contents} aria-label="Help topics">
        {[{ id: 'basis', title: 'What each basis means' }, ...TOPICS, { id: 'keys', title: 'Keys' }].map(
          ({ id, title }) => (
            <button
              key={id}
              type="button"
              className={classes.jump}
              onClick={() => document.getElementById(`help-${id}`)?.scrollIntoView({ block: 'start' })}
            >
              {title}
            </button>
          ),
        )}
      </nav>
      <article className={classes.text}>
        <h2 id="help-basis">What each basis means</h2>
        <p>
          The same usage has several costs. The basis in the bar under the title says which one every figure
          of the screen is; exports and the command line carry its name.
        </p>
        <Terms terms={BASIS_TERMS} />
        {TOPICS.map(({ id, title, text, terms }) => (
          <section key={id}>
            <h2 id={`help-${id}`}>{title}</h2>
            {text.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
            <Terms terms={terms} />
          </section>
        ))}
        <h2 id="help-keys">Keys</h2>
        <KeyList title="Everywhere" keys={KEYS_EVERYWHERE} />
        {SCREENS.filter(({ keys }) => keys.length > 0).map(({ id, title, keys }) => (
          <KeyList key={id} title={title} keys={keys} />
        ))}
      </article>
    </div>
  );
}

function Terms({ terms }: { readonly terms: readonly Term[] }) {
  if (terms.length === 0) return null;
  return (
    <dl className={classes.terms}>
      {terms.map(({ term, says }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  );
}
