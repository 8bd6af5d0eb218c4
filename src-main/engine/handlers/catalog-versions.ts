// Versions of the catalog: stage offer files, take or drop them, compare and go back.
import {
  diffVersions,
  dropOffers,
  listUnpriced,
  listVersions,
  rollBack,
  stageOffers,
  takeOffers,
} from '../catalog/versions.ts';
import type { Context, Handlers } from '../handlers.ts';

type Methods =
  | 'catalog.stageOffers'
  | 'catalog.takeOffers'
  | 'catalog.dropOffers'
  | 'catalog.versions'
  | 'catalog.rollback'
  | 'catalog.diff'
  | 'catalog.unpricedOfferRows';

export function catalogVersionHandlers(context: Context): Pick<Handlers, Methods> {
  const { db, now, pricing } = context;
  return {
    'catalog.stageOffers': ({ sources }) => stageOffers(context, sources),
    'catalog.takeOffers': async ({ version }) => {
      const report = takeOffers(context, version);
      await pricing.changed();
      return report;
    },
    'catalog.dropOffers': () => {
      dropOffers(context);
      return {};
    },
    'catalog.versions': () => listVersions(db),
    'catalog.rollback': async ({ version }) => {
      rollBack(context, version);
      await pricing.changed();
      return listVersions(db);
    },
    'catalog.diff': (input) => diffVersions(db, input, now().toISOString().slice(0, 10)),
    'catalog.unpricedOfferRows': (input) => listUnpriced(db, input),
  };
}
