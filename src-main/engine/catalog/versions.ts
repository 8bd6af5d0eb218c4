// Versions of the catalog: offer files staged over the version in use, taken or dropped; any version put back in use.
import { basename } from 'node:path';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { BUNDLED_CATALOG, type Catalog } from '../../../shared/domain/pricing/catalog.ts';
import {
  diffCatalogs,
  PRICE_CHANGES,
  type PriceChange,
} from '../../../shared/domain/pricing/catalog-diff.ts';
import { outOfLine } from '../../../shared/domain/pricing/catalog-faults.ts';
import { type HeldPrice, mergeOffer, type Offer } from '../../../shared/domain/pricing/offer-merge.ts';
import { METERS } from '../../../shared/domain/usage/vocabulary.ts';
import {
  addOfferFile,
  addUnpricedRows,
  beginVersion,
  dropStaged,
  filesOfVersion,
  fillVersion,
  heldVersions,
  pricesOfVersion,
  putInUse,
  unpricedRowCount,
  unpricedRows,
  type VersionRow,
  versionById,
  versionInUse,
} from '../db/catalog-versions.ts';
import type { Db } from '../db/open.ts';
import { catalogOf, versionName } from './pricing.ts';
import { type ReadOffer, readOffers } from './read-offers.ts';

type Report = Output<'catalog.stageOffers'>;
type Counts = Report['changes'];

/** Most flags a report names. */
const FLAG_LIMIT = 500;
/** A price this many times what was held before is more likely a slip than a change. */
const SUSPICIOUS_FACTOR = 5;

export type VersionContext = { readonly db: Db; readonly now: () => Date };

/**
 * Reads offer files and stages the version they would make. Throws `AssayError` with file, line and reason when one
 * of them is bad; then, and until the version is taken, nothing that answers questions has changed.
 */
export async function stageOffers({ db, now }: VersionContext, sources: readonly string[]): Promise<Report> {
  refuseReadOnly(db);
  const read: ReadOffer[] = [];
  for (const source of sources) read.push(await readOffers(source, NEVER_CANCELLED));
  const basedOn = versionInUse(db);
  const held = basedOn === null ? [] : pricesOfVersion(db, basedOn);
  const files = basedOn === null ? [] : filesOfVersion(db, basedOn);
  const known = new Set(files.map(({ sha256 }) => sha256));
  const reports = read.map(({ report, file, offers }) => ({
    ...report,
    alreadyHeld: known.has(file.sha256),
    older: offers.some((offer) => !isNewer(offer, held, files)),
  }));
  if (reports.every(({ alreadyHeld }) => alreadyHeld)) {
    dropStaged(db);
    return unchanged(basedOn, reports, held.length);
  }
  const stage = db.transaction((): Report => {
    const version = beginVersion(db, now().toISOString(), basedOn);
    const prices = addFiles(db, version, read, held, files);
    fillVersion(db, version, prices, '{}');
    const report = reportOf(db, version, basedOn, reports, now().toISOString().slice(0, 10));
    fillVersion(db, version, [], JSON.stringify(report));
    return report;
  });
  return stage();
}

const NEVER_CANCELLED = new AbortController().signal;

function refuseReadOnly(db: Db): void {
  if (!db.readonly) return;
  throw new AssayError(
    'workspace_read_only',
    'This workspace is open for reading only. Open a copy that you may write to, then change its prices.',
  );
}

type HeldFile = ReturnType<typeof filesOfVersion>[number];

/** Whether a file is at least as new as every held one that states prices of its offer and regions. */
function isNewer(
  offer: Omit<Offer, 'source'>,
  held: readonly HeldPrice[],
  files: readonly HeldFile[],
): boolean {
  const regions = new Set(offer.prices.map(({ region }) => region));
  const sources = new Set(
    held
      .filter(({ price }) => price.id.startsWith(`${offer.offerCode}/`) && regions.has(price.region))
      .map(({ source }) => source),
  );
  return files.every(({ id, published }) => !sources.has(String(id)) || published <= offer.published);
}

/** Adds the files to a version, the oldest first, and returns the prices that result. */
function addFiles(
  db: Db,
  version: number,
  read: readonly ReadOffer[],
  held: readonly HeldPrice[],
  heldFiles: readonly HeldFile[],
): readonly HeldPrice[] {
  let prices = held;
  const files = [...heldFiles];
  const inOrder = [...read].sort((left, right) =>
    left.report.published.localeCompare(right.report.published),
  );
  for (const { file, offers, unpriced, report } of inOrder) {
    for (const [index, offer] of offers.entries()) {
      const facts = {
        name: basename(report.path),
        sha256: file.sha256,
        offerCode: offer.offerCode,
        offerVersion: file.version,
        published: offer.published,
      };
      const id = addOfferFile(db, version, facts);
      if (index === 0) addUnpricedRows(db, id, unpriced);
      prices = mergeOffer(prices, { ...offer, source: String(id) }, isNewer(offer, prices, files));
      files.push({ id, ...facts });
    }
  }
  return prices;
}

function reportOf(
  db: Db,
  version: number,
  basedOn: number | null,
  files: Report['files'],
  day: string,
): Report {
  const [before, after] = [catalogOf(db, basedOn), catalogOf(db, version)];
  const changes = diffCatalogs(before, after, day);
  return {
    schemaVersion: 1,
    state: 'staged',
    version,
    basedOn,
    files,
    prices: after.prices.length - BUNDLED_CATALOG.prices.length,
    changes: countsOf(changes),
    flags: flagsOf(after, changes),
  };
}

function unchanged(basedOn: number | null, files: Report['files'], prices: number): Report {
  return {
    schemaVersion: 1,
    state: 'unchanged',
    version: basedOn,
    basedOn,
    files,
    prices,
    changes: countsOf([]),
    flags: [],
  };
}

function countsOf(changes: readonly PriceChange[]): Counts {
  const entries = PRICE_CHANGES.map((kind) => [
    kind,
    changes.filter((change) => change.kind === kind).length,
  ]);
  return Object.fromEntries(entries) as Counts;
}

function flagsOf(after: Catalog, changes: readonly PriceChange[]): Report['flags'] {
  const offers = after.prices.filter(({ source }) => source.startsWith('offer-file-'));
  const ratios = outOfLine(offers).filter(({ problem }) => !problem.endsWith('no price to compare with'));
  const jumps = changes.flatMap(({ key, before, after: now, share }) => {
    if (share === null || before === null || now === null || before.low === 0) return [];
    const factor = now.low / before.low;
    if (factor < SUSPICIOUS_FACTOR && factor > 1 / SUSPICIOUS_FACTOR) return [];
    const id = [key.model ?? key.provider, key.meter, key.variant, key.mode, key.region, key.regionTier];
    return [
      {
        id: id.filter((part) => part !== null).join('/'),
        problem: `${before.low} before, ${now.low} now: more than ${SUSPICIOUS_FACTOR} times apart`,
      },
    ];
  });
  return [...jumps, ...ratios].slice(0, FLAG_LIMIT);
}

/** Puts a staged version in use. Throws `no_staged_import` when it is not staged, or was staged over another version. */
export function takeOffers({ db }: VersionContext, version: number): Report {
  refuseReadOnly(db);
  const row = versionById(db, version);
  if (row?.state !== 'staged' || row.basedOn !== versionInUse(db)) {
    throw new AssayError(
      'no_staged_import',
      row?.state === 'staged'
        ? `Version ${version} was staged over ${versionName(row.basedOn)}, and ${versionName(versionInUse(db))} is in use now. Import the files again.`
        : `Catalog version ${version} is not waiting for a decision. Import the files again.`,
      { version },
    );
  }
  const report: Report = { ...(JSON.parse(row.report) as Report), state: 'held' };
  putInUse(db, version);
  return report;
}

export function dropOffers({ db }: VersionContext): void {
  refuseReadOnly(db);
  dropStaged(db);
}

/** Puts any held version back in use; null = the bundled catalog alone. Throws `not_found`. */
export function rollBack({ db }: VersionContext, version: number | null): void {
  refuseReadOnly(db);
  if (version !== null && versionById(db, version)?.state !== 'held') throw noVersion(db, version);
  putInUse(db, version);
}

function noVersion(db: Db, version: number): AssayError {
  const held = heldVersions(db).map(({ id }) => String(id));
  return new AssayError(
    'not_found',
    `There is no catalog version ${version}. Held: ${['bundled', ...held].join(', ')}.`,
    { version },
  );
}

/** Every version that can be put in use, the newest first and the bundled catalog last. */
export function listVersions(db: Db): Output<'catalog.versions'> {
  const inUse = versionInUse(db);
  const held = heldVersions(db)
    .reverse()
    .map((row) => versionOf(db, row, inUse));
  const bundled = {
    id: null,
    name: versionName(null),
    inUse: inUse === null,
    madeAt: null,
    basedOn: null,
    prices: BUNDLED_CATALOG.prices.length,
    files: [],
    changes: null,
  };
  return { schemaVersion: 1, versions: [...held, bundled] };
}

function versionOf(
  db: Db,
  { id, madeAt, basedOn, report }: VersionRow,
  inUse: number | null,
): Output<'catalog.versions'>['versions'][number] {
  const { changes, prices } = JSON.parse(report) as Report;
  const files = filesOfVersion(db, id).map(({ name, offerCode, offerVersion, published }) => ({
    name,
    offerCode,
    offerVersion,
    published,
  }));
  return { id, name: versionName(id), inUse: id === inUse, madeAt, basedOn, prices, files, changes };
}

/** What changes from one version to another, as looked up on a day (ISO): the biggest changes first within each kind. */
export function diffVersions(
  db: Db,
  { from, to, kinds, offset, limit }: ParsedInput<'catalog.diff'>,
  day: string,
): Output<'catalog.diff'> {
  for (const version of [from, to]) {
    if (version !== null && versionById(db, version) === null) throw noVersion(db, version);
  }
  const changes = diffCatalogs(catalogOf(db, from), catalogOf(db, to), day);
  const asked = changes
    .filter(({ kind }) => kinds.includes(kind))
    .sort(
      (left, right) =>
        PRICE_CHANGES.indexOf(left.kind) - PRICE_CHANGES.indexOf(right.kind) ||
        Math.abs(right.share ?? 0) - Math.abs(left.share ?? 0),
    );
  return {
    schemaVersion: 1,
    from,
    to,
    day,
    counts: countsOf(changes),
    rows: asked.slice(offset, offset + limit).map(worded),
    rowCount: asked.length,
  };
}

function worded({
  kind,
  key,
  per,
  before,
  after,
  share,
  from,
}: PriceChange): Output<'catalog.diff'>['rows'][number] {
  const contextBand = key.contextBand ?? 'standard';
  return { kind, ...key, contextBand, per, unit: METERS[key.meter], before, after, share, from };
}

/** Rows of a version's files that are kept without a price. */
export function listUnpriced(
  db: Db,
  { version, offset, limit }: ParsedInput<'catalog.unpricedOfferRows'>,
): Output<'catalog.unpricedOfferRows'> {
  const rows = unpricedRows(db, version, offset, limit) as Output<'catalog.unpricedOfferRows'>['rows'];
  return { rows, rowCount: unpricedRowCount(db, version) };
}
