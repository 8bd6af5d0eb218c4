// The prices in force in one workspace, kept in memory, and the lines brought up to them after every change.
import type { EngineEvent } from '../../../shared/contract/events.ts';
import {
  BUNDLED_CATALOG,
  type Catalog,
  type CatalogSource,
  makeCatalog,
  stackCatalogs,
} from '../../../shared/domain/pricing/catalog.ts';
import { dropStaged, filesOfVersion, pricesOfVersion, versionInUse } from '../db/catalog-versions.ts';
import type { Db } from '../db/open.ts';
import { settle } from '../review/reclassify.ts';
import { priceBatch, repriceWorkspace } from './price-series.ts';

export type Pricing = {
  /** What look-ups go by: the imported offers in use over the bundled catalog. */
  readonly catalog: () => Catalog;
  /** Prices a batch that is being imported, before it answers questions. */
  readonly priceBatch: (batchId: number) => Promise<void>;
  /** Prices and sums the lines that a rule re-classified; whether there were any. */
  readonly settle: () => Promise<boolean>;
  /** After the prices changed: prices again what another state of them priced. */
  readonly changed: () => Promise<void>;
};

/** Prices of one workspace. One pricing run goes at a time, so that two states of the prices never mix. */
export function createPricing(
  db: Db,
  emit: (event: EngineEvent) => void,
  stop: AbortSignal,
  onFailure: (error: unknown) => void,
): Pricing {
  let catalog: Catalog | null = null;
  const current = (): Catalog => {
    catalog ??= catalogOf(db, versionInUse(db));
    return catalog;
  };
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  const bringUp = (): Promise<void> =>
    inTurn(async () => {
      const repriced = await repriceWorkspace(db, current(), stop);
      const settled = await settle(db, current(), stop);
      if (repriced || settled) emit({ type: 'data.changed' });
    });
  if (!db.readonly) {
    dropStaged(db);
    bringUp().catch((error: unknown) => {
      if (!stop.aborted) onFailure(error);
    });
  }
  return {
    catalog: current,
    priceBatch: (batchId) => inTurn(() => priceBatch(db, batchId, current())),
    settle: () => inTurn(() => settle(db, current(), stop)),
    async changed() {
      catalog = null;
      emit({ type: 'data.changed' });
      await bringUp();
    },
  };
}

/** The catalog of a version: its offers over the bundled prices; null = the bundled ones alone. */
export function catalogOf(db: Db, version: number | null): Catalog {
  if (version === null) return BUNDLED_CATALOG;
  const name = versionName(version);
  const files = new Map(filesOfVersion(db, version).map((file) => [String(file.id), file]));
  const sources = [...files].map(
    ([id, file]): CatalogSource => ({
      id: sourceId(id),
      title: `AWS offer file ${file.offerCode}${file.offerVersion === null ? '' : `, version ${file.offerVersion}`} (${file.name})`,
      kind: 'price_list',
      seen: file.published,
    }),
  );
  const prices = pricesOfVersion(db, version).map(({ price, source }) => ({
    ...price,
    seen: files.get(source)?.published ?? null,
    source: sourceId(source),
    confidence: 'official' as const,
  }));
  return stackCatalogs(name, makeCatalog(name, 'offer', sources, prices), BUNDLED_CATALOG);
}

const sourceId = (file: string): string => `offer-file-${file}`;

/** What a version is called wherever a catalog is named. */
export function versionName(version: number | null): string {
  return version === null ? BUNDLED_CATALOG.version : `${BUNDLED_CATALOG.version}+offers.${version}`;
}
