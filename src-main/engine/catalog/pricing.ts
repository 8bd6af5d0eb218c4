// The prices in force in one workspace, kept in memory, and the lines brought up to them after every change.
import { AssayError, asFailure } from '../../../shared/contract/errors.ts';
import type { EngineEvent, Repricing } from '../../../shared/contract/events.ts';
import {
  BUNDLED_CATALOG,
  type Catalog,
  type CatalogSource,
  makeCatalog,
  stackCatalogs,
  withContract,
} from '../../../shared/domain/pricing/catalog.ts';
import { type ContractRates, makeContractRates } from '../../../shared/domain/pricing/contract-price.ts';
import { dropStaged, filesOfVersion, pricesOfVersion, versionInUse } from '../db/catalog-versions.ts';
import { asWorkspaceError } from '../db/failures.ts';
import type { Db } from '../db/open.ts';
import { overridesOfVersion, overrideVersionInUse } from '../db/overrides.ts';
import { pricedWith } from '../db/prices.ts';
import { createSeriesPricer, type SeriesPricer } from './line-amounts.ts';
import { createPriceGate } from './price-gate.ts';
import { bringUpToDate, isUpToDate, priceBatch, priceNewSeries } from './price-series.ts';
import { whileOthersLeavePrices } from './read-beside.ts';

export type Pricing = {
  /** What look-ups go by: the imported offers in use over the bundled catalog. */
  readonly catalog: () => Catalog;
  /** Version of the catalog that the amounts of all lines go by. */
  readonly linesVersion: () => string;
  /** How far the lines are on their way to new prices; null while they stand. */
  readonly repricing: () => Repricing | null;
  /**
   * Answers a question once every amount goes by the catalog and the rules in force, and keeps them so until it is
   * answered. Rejects with why they could not be brought up to date. Never call it from within a change of prices.
   */
  readonly whilePricesStand: <Result>(question: () => Result | Promise<Result>) => Promise<Result>;
  /** Prices a batch that is being imported. */
  readonly beginBatch: () => Promise<BatchPricing>;
  /** Prices and sums the lines that a rule re-classified; whether there were any. */
  readonly settle: () => Promise<boolean>;
  /** After the prices changed: prices again what another state of them priced. */
  readonly changed: () => Promise<void>;
};

/** The pricing of one batch. */
export type BatchPricing = {
  /** Prices its lines as they are written. */
  readonly pricer: SeriesPricer;
  /**
   * Once all are written and before they are summed: writes the prices of their series, and prices the lines again
   * where prices or rules changed meanwhile.
   */
  readonly finish: (batchId: number) => Promise<void>;
};

/** Prices of one workspace. One pricing run goes at a time, so that two states of the prices never mix. */
export function createPricing(
  db: Db,
  emit: (event: EngineEvent) => void,
  stop: AbortSignal,
  say: (sentence: string) => void,
): Pricing {
  const { current, renew } = openCatalog(db);
  const gate = createPriceGate();
  const inTurn = createTurns();
  let repricing: Repricing | null = null;
  let changes = 0;
  const change = <Result>(work: () => Promise<Result>): Promise<Result> => {
    changes += 1;
    return gate.change(work);
  };
  const tell = (next: Repricing | null): void => {
    if (repricing === null && next === null) return;
    repricing = next;
    emit({ type: 'pricing.progress', repricing });
  };
  const bringUp = async (): Promise<boolean> => {
    const catalog = current();
    if (isUpToDate(db, catalog)) return false;
    try {
      return await change(() =>
        bringUpToDate(db, catalog, stop, (progress) =>
          tell({ catalogVersion: catalog.version, ...progress }),
        ),
      );
    } finally {
      tell(null);
    }
  };
  const bringUpAndSay = async (): Promise<void> => {
    if (await bringUp()) emit({ type: 'data.changed' });
  };
  const bringUpAtStart = async (): Promise<void> => {
    try {
      if (!(await bringUp())) return;
      say(
        `The lines were priced and summed again with catalog ${current().version}: Assay ended before that was done, or brings newer prices.`,
      );
      emit({ type: 'data.changed' });
    } catch (error) {
      if (!stop.aborted) say(notBroughtUp(current().version, error));
    }
  };
  /** For changes that are kept already: whatever stops the pricing, they stand. */
  const follow = <Result>(work: () => Promise<Result>): Promise<Result> =>
    inTurn(work).catch((error: unknown) => Promise.reject(savedButNotBroughtUp(db, error)));
  if (!db.readonly) {
    dropStaged(db);
    void inTurn(bringUpAtStart);
  }
  return {
    catalog: current,
    linesVersion: () => pricedWith(db) ?? current().version,
    repricing: () => repricing,
    async whilePricesStand(question) {
      if (db.readonly) return whileOthersLeavePrices(db, question);
      for (;;) {
        await gate.open();
        if (isUpToDate(db, current())) return gate.ask(question);
        await inTurn(bringUpAndSay);
      }
    },
    beginBatch: () =>
      inTurn(async () => {
        await bringUpAndSay();
        const begun = changes;
        const finish = async (batchId: number): Promise<void> => {
          await bringUpAndSay();
          const price = changes === begun ? priceNewSeries : priceBatch;
          await price(db, batchId, current());
        };
        return {
          pricer: createSeriesPricer(current()),
          finish: (batchId) => inTurn(() => finish(batchId)),
        };
      }),
    settle: () => follow(bringUp),
    changed: () =>
      follow(async () => {
        await change(async () => renew());
        try {
          await bringUp();
        } finally {
          emit({ type: 'data.changed' });
        }
      }),
  };
}

/** The catalog in use, made once and again after a change; of a file that another Assay owns, asked each time. */
function openCatalog(db: Db): { readonly current: () => Catalog; readonly renew: () => void } {
  let held: { readonly versions: string; readonly catalog: Catalog } | null = null;
  return {
    current() {
      if (held === null || db.readonly) {
        const [version, rates] = [versionInUse(db), overrideVersionInUse(db)];
        const versions = `${version} ${rates}`;
        if (held?.versions !== versions)
          held = { versions, catalog: withContract(catalogOf(db, version), contractRatesOf(db, rates)) };
      }
      return held.catalog;
    },
    renew() {
      held = null;
    },
  };
}

function createTurns(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

function notBroughtUp(version: string, error: unknown): string {
  return `The prices are those of catalog ${version}, but not all amounts could be brought up to it: ${asFailure(error).message} The next start tries again.`;
}

/** What was decided stands, and the sums follow later: an error that says so, whatever stopped them. */
function savedButNotBroughtUp(db: Db, error: unknown): AssayError {
  const { code, details } = asFailure(asWorkspaceError(error, db.name));
  const why = code === 'disk_full' ? 'the disk with the workspace is full' : asFailure(error).message;
  return new AssayError(
    code,
    `The change is saved, but prices and sums could not all be brought up to it: ${why}. Make room where that is why; it goes on with the next question.`,
    details,
  );
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

/** The contract rates of a version; null = none. */
export function contractRatesOf(db: Db, version: number | null): ContractRates {
  return version === null
    ? makeContractRates(null, [])
    : makeContractRates(String(version), overridesOfVersion(db, version));
}

/** What a version is called wherever a catalog is named. */
export function versionName(version: number | null): string {
  return version === null ? BUNDLED_CATALOG.version : `${BUNDLED_CATALOG.version}+offers.${version}`;
}
