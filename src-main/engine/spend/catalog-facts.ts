// What questions about spend take from the pricing catalog.
import { BUNDLED_CATALOG } from '../../../shared/domain/pricing/catalog.ts';
import type { CatalogFacts } from './provenance.ts';

const BATCH_MODELS = [
  ...new Set(
    BUNDLED_CATALOG.prices
      .filter(({ mode }) => mode === 'batch')
      .map(({ model }) => model)
      .filter((model) => model !== null),
  ),
];

/** Version of the catalog, and the models for which it has a batch price in some region. */
export function bundledFacts(): CatalogFacts {
  return { version: BUNDLED_CATALOG.version, batchModels: BATCH_MODELS };
}
