// The catalog's methods: what it holds, where to find a price, what one usage costs.
import { searchCatalog, summariseCatalog } from '../../../shared/domain/pricing/browse.ts';
import { askPrice } from '../catalog/ask.ts';
import type { Context, Handlers } from '../handlers.ts';

export function catalogHandlers(
  context: Context,
): Pick<Handlers, 'catalog.info' | 'catalog.search' | 'catalog.price'> {
  const { catalog } = context.pricing;
  return {
    'catalog.info': () => {
      const { providers, sources, ...counts } = summariseCatalog(catalog());
      return { version: catalog().version, ...counts, providers: [...providers], sources: [...sources] };
    },
    'catalog.search': ({ offset, limit, ...search }) => {
      const found = searchCatalog(catalog(), search);
      return { rows: found.slice(offset, offset + limit), rowCount: found.length };
    },
    'catalog.price': (input) => askPrice(catalog(), input, context.now().toISOString().slice(0, 10)),
  };
}
