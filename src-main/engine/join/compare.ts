// Turns names into models of the catalog, and answers what they cost beside each other and for so many tokens.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { nearNames } from '../../../shared/domain/pricing/browse.ts';
import { comparePrices, costOfTokens } from '../../../shared/domain/pricing/calculator.ts';
import { type Catalog, NO_MODEL } from '../../../shared/domain/pricing/catalog.ts';
import { resolveModel } from '../../../shared/domain/usage/models.ts';

/** Most rows one answer carries (the contract's bound). */
const ROW_LIMIT = 5000;

/** Throws `not_found`, naming the nearest models, when a name stands for none with a price. */
export function answerComparison(
  catalog: Catalog,
  input: ParsedInput<'catalog.compare'>,
  today: string,
): Output<'catalog.compare'> {
  const day = input.date ?? today;
  const models = [...new Set(input.models.map((name) => modelNamed(catalog, name)))];
  const { region, regionTier } = input;
  return {
    schemaVersion: 1,
    catalogVersion: catalog.version,
    date: day,
    region,
    regionTier,
    models,
    lines: comparePrices(catalog, models, { region, regionTier, day }).map((line) => ({
      ...line,
      cells: line.cells.map((cell) => ({ ...cell })),
    })),
  };
}

/** Throws `not_found` as above; models that sell no text tokens have no row. */
export function answerTokenCost(
  catalog: Catalog,
  input: ParsedInput<'catalog.cost'>,
  today: string,
): Output<'catalog.cost'> {
  const { inputTokens, outputTokens, region } = input;
  const day = input.date ?? today;
  const models = input.models.map((name) => modelNamed(catalog, name));
  return {
    schemaVersion: 1,
    catalogVersion: catalog.version,
    date: day,
    inputTokens,
    outputTokens,
    rows: costOfTokens(catalog, { models, inputTokens, outputTokens, region, day })
      .slice(0, ROW_LIMIT)
      .map((row) => ({ ...row })),
  };
}

function modelNamed(catalog: Catalog, name: string): string {
  const model = resolveModel(name)?.model ?? name;
  if (catalog.byOwner.has(model) && model !== NO_MODEL) return model;
  const known = [...catalog.byOwner.keys()].filter((owner) => owner !== NO_MODEL);
  const near = nearNames(model, known, 5).join(', ');
  throw new AssayError(
    'not_found',
    `The catalog has no price of a model called “${name}”.${near === '' ? '' : ` Nearest: ${near}.`}`,
    { model: name, nearest: near },
  );
}
