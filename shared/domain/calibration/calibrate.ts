// Holds every published example against our own figure: what we get, and whether the two agree.
import type { Catalog } from '../pricing/catalog.ts';
import { DOCUMENTS, type Example, pricesOn } from './example.ts';
import { ARTICLE_EXAMPLES } from './examples-article.ts';
import { FINOUT_EXAMPLES } from './examples-finout.ts';
import { LAYERS_EXAMPLES } from './examples-layers.ts';
import { OPSLYFT_EXAMPLES } from './examples-opslyft.ts';
import { REDRESS_EXAMPLES } from './examples-redress.ts';
import { REDRESS_MODEL_EXAMPLES } from './examples-redress-model.ts';

/** Every checkable figure of the five publications, in their order. */
export const EXAMPLES: readonly Example[] = [
  ...FINOUT_EXAMPLES,
  ...ARTICLE_EXAMPLES,
  ...OPSLYFT_EXAMPLES,
  ...LAYERS_EXAMPLES,
  ...REDRESS_EXAMPLES,
  ...REDRESS_MODEL_EXAMPLES,
];

export type Calibrated = {
  readonly example: Example;
  /** Day whose prices were used; null where none are. */
  readonly day: string | null;
  /** Whether a price among ours is one whose source does not state the region: the lowest published. */
  readonly withoutRegion: boolean;
  /** Our figures; null in it = no single price, null = not computable. */
  readonly ours: readonly (number | null)[] | null;
  /** Whether ours are the published figures, as coarsely as they are printed; null = not computable. */
  readonly agrees: boolean | null;
};

/**
 * Our figure for every example. Prices are those of the document's own day; a document without a date is held
 * against the prices of `today` (ISO), which the answer says.
 */
export function calibrate(
  catalog: Catalog,
  examples: readonly Example[],
  today: string,
): readonly Calibrated[] {
  return examples.map((example) => {
    if (example.ours === null) return { example, day: null, withoutRegion: false, ours: null, agrees: null };
    const day = DOCUMENTS[example.document].date ?? today;
    const prices = pricesOn(catalog, day);
    const ours = example.ours(prices);
    return { example, day, withoutRegion: prices.withoutRegion(), ours, agrees: agreesWith(example, ours) };
  });
}

/** What a double loses in a short computation. */
const DUST = 1e-9;

function agreesWith({ published }: Example, ours: readonly (number | null)[]): boolean {
  switch (published.kind) {
    case 'figures': {
      const { values, within } = published;
      return (
        ours.length === values.length &&
        values.every((value, index) => {
          const own = ours[index] ?? null;
          return own !== null && Math.abs(own - value) <= within + DUST * Math.abs(value);
        })
      );
    }
    case 'range': {
      const { from, to } = published;
      return (
        ours.length > 0 &&
        ours.every((own) => own !== null && own >= from - DUST && (to === null || own <= to + DUST * to))
      );
    }
    case 'text':
      return false;
  }
}
