// What questions about spend take from the pricing catalog.
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import type { CatalogFacts } from './provenance.ts';

/** Worked out once a catalog. */
const known = new WeakMap<Catalog, readonly string[]>();

/** Version of the catalog that the lines are priced with, and the models for which this one has a batch price. */
export function catalogFacts(catalog: Catalog, linesVersion: string = catalog.version): CatalogFacts {
  const batchModels = known.get(catalog) ?? batchModelsOf(catalog);
  known.set(catalog, batchModels);
  return { version: linesVersion, batchModels };
}

function batchModelsOf({ prices }: Catalog): readonly string[] {
  const batch = prices.filter(({ mode }) => mode === 'batch').flatMap(({ model }) => model ?? []);
  return [...new Set(batch)];
}
