// Why a question found nothing: which of its conditions names a value that no line has, and what was probably meant.
import { isTimeDimension } from '../../../shared/domain/spend/dimensions.ts';
import { nearestName } from '../../../shared/domain/spend/nearest-name.ts';
import type { Filter, Scope } from '../../../shared/domain/spend/vocabulary.ts';
import type { Db } from '../db/open.ts';
import { valuesOf } from './values.ts';

/** Values looked at for a similar one. */
const LOOKED_AT = 500;

/** One sentence for each value asked for with `=` that no held line of the scope has, whatever the period. */
export function valuesThatNoLineHas(
  db: Db,
  { where, scope }: { readonly where: readonly Filter[]; readonly scope: Scope },
): string[] {
  return where
    .filter(({ dimension, operator }) => operator === '=' && !isTimeDimension(dimension))
    .flatMap(({ dimension, values }) => {
      const question = { dimension, period: null, scope, search: '', limit: LOOKED_AT };
      const held = valuesOf(db, question).values.flatMap(({ value }) => value ?? []);
      return values
        .filter((value) => value !== null && held.length < LOOKED_AT && !held.includes(value))
        .map((value) => {
          const near = nearestName(String(value), held);
          const hint = near === null ? '' : ` Did you mean “${near}”?`;
          return `No line has ${dimension} “${value}”.${hint}`;
        });
    });
}
