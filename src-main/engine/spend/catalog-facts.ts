// What questions about spend take from the pricing catalog.
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import type { CatalogFacts } from './provenance.ts';

/** Worked out once a catalog. */
const known = new WeakMap<Catalog, CatalogFacts>();

/** Version of the catalog, and the models for which it has a batch price in some region. */
export function catalogFacts(catalog: Catalog): CatalogFacts {
  const facts = known.get(catalog) ?? factsOf(catalog);
  known.set(catalog, facts);
  return facts;
}

function factsOf({ version, prices }: Catalog): CatalogFacts {
  const batch = prices.filter(({ mode }) => mode === 'batch').flatMap(({ model }) => model ?? []);
  return { version, batchModels: [...new Set(batch)] };
}
