// The SQL of catalog versions: what imported offers held after each import, and which version is in use.
import { createHash } from 'node:crypto';
import type { HeldPrice } from '../../../shared/domain/pricing/offer-merge.ts';
import type { OfferPrice } from '../../../shared/domain/pricing/offer-row.ts';
import type { Db } from './open.ts';
import { keepSetting, setting } from './settings.ts';

export type VersionRow = {
  readonly id: number;
  readonly state: 'staged' | 'held';
  readonly madeAt: string;
  readonly basedOn: number | null;
  readonly report: string;
};

const VERSION = 'SELECT id, state, made_at AS madeAt, based_on AS basedOn, report FROM catalog_version';

/** Versions that can be used, the oldest first. */
export function heldVersions(db: Db): VersionRow[] {
  return db.prepare<[], VersionRow>(`${VERSION} WHERE state = 'held' ORDER BY id`).all();
}

export function versionById(db: Db, id: number): VersionRow | null {
  return db.prepare<[number], VersionRow>(`${VERSION} WHERE id = ?`).get(id) ?? null;
}

const IN_USE = 'catalog_version';

/** The version in use; null = the bundled catalog alone. */
export function versionInUse(db: Db): number | null {
  const id = setting(db, IN_USE);
  return id === null ? null : Number(id);
}

export function putInUse(db: Db, id: number | null): void {
  db.transaction(() => {
    db.prepare("UPDATE catalog_version SET state = 'held' WHERE id = ?").run(id);
    keepSetting(db, IN_USE, id === null ? null : String(id));
  })();
}

/** One imported file as a version keeps it. */
export type OfferFileRow = {
  readonly id: number;
  readonly name: string;
  readonly sha256: string;
  readonly offerCode: string;
  readonly offerVersion: string | null;
  /** ISO day of publication. */
  readonly published: string;
};

const FILE = `SELECT file.id, file.name, file.sha256, file.offer_code AS offerCode,
  file.offer_version AS offerVersion, file.published FROM offer_file AS file`;

/** Files that a version's prices were last seen in. */
export function filesOfVersion(db: Db, version: number): OfferFileRow[] {
  return db
    .prepare<[number], OfferFileRow>(
      `${FILE} WHERE file.id IN (SELECT file_id FROM catalog_version_price WHERE version_id = ?) ORDER BY file.id`,
    )
    .all(version);
}

type PriceRow = {
  fileId: number;
  name: string;
  provider: string;
  model: string | null;
  meter: OfferPrice['meter'];
  variant: string | null;
  mode: OfferPrice['mode'];
  term: OfferPrice['term'];
  region: string | null;
  regionTier: OfferPrice['regionTier'];
  contextBand: OfferPrice['contextBand'];
  usd: number;
  per: number;
  effectiveFrom: string | null;
  effectiveTo: string | null;
  note: string | null;
};

/** Prices of a version, each with the id of the file it was last seen in. */
export function pricesOfVersion(db: Db, version: number): HeldPrice[] {
  const rows = db
    .prepare<[number], PriceRow>(
      `SELECT part.file_id AS fileId, price.name, price.provider, price.model, price.meter, price.variant, price.mode,
         price.term, price.region, price.region_tier AS regionTier, price.context_band AS contextBand, price.usd,
         price.per, price.effective_from AS effectiveFrom, price.effective_to AS effectiveTo, price.note
       FROM catalog_version_price AS part JOIN offer_price AS price ON price.id = part.price_id
       WHERE part.version_id = ? ORDER BY price.id`,
    )
    .all(version);
  return rows.map(({ fileId, name, ...facts }) => ({
    source: String(fileId),
    price: { id: name, anyRegion: false, currency: 'USD', ...facts },
  }));
}

/** Begins a staged version in place of any other. Returns its id. */
export function beginVersion(db: Db, madeAt: string, basedOn: number | null): number {
  dropStaged(db);
  return Number(
    db
      .prepare("INSERT INTO catalog_version (state, made_at, based_on, report) VALUES ('staged', ?, ?, '{}')")
      .run(madeAt, basedOn).lastInsertRowid,
  );
}

/** Removes what was staged and not taken. */
export function dropStaged(db: Db): void {
  db.prepare("DELETE FROM catalog_version WHERE state = 'staged'").run();
}

export function addOfferFile(db: Db, version: number, file: Omit<OfferFileRow, 'id'>): number {
  const { name, sha256, offerCode, offerVersion, published } = file;
  return Number(
    db
      .prepare(
        'INSERT INTO offer_file (version_id, name, sha256, offer_code, offer_version, published) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(version, name, sha256, offerCode, offerVersion, published).lastInsertRowid,
  );
}

export type UnpricedRow = {
  readonly place: string;
  readonly reason: string;
  readonly usageType: string | null;
  readonly region: string | null;
  readonly product: string | null;
  readonly unit: string | null;
  readonly amount: string;
  readonly currency: string;
};

export function addUnpricedRows(db: Db, fileId: number, rows: readonly UnpricedRow[]): void {
  const insert = db.prepare(
    `INSERT INTO offer_row_unpriced (file_id, place, reason, usage_type, region, product, unit, amount, currency)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  db.transaction(() => {
    for (const { place, reason, usageType, region, product, unit, amount, currency } of rows) {
      insert.run(fileId, place, reason, usageType, region, product, unit, amount, currency);
    }
  })();
}

/** Rows of the files imported with a version that are kept without a price. */
export function unpricedRows(db: Db, version: number, offset: number, limit: number): UnpricedRow[] {
  return db
    .prepare<[number, number, number], UnpricedRow>(
      `SELECT place, reason, usage_type AS usageType, region, product, unit, amount, currency
       FROM offer_row_unpriced WHERE file_id IN (SELECT id FROM offer_file WHERE version_id = ?)
       ORDER BY reason, usage_type, id LIMIT ? OFFSET ?`,
    )
    .all(version, limit, offset);
}

export function unpricedRowCount(db: Db, version: number): number {
  const count = db
    .prepare<[number], number>(
      'SELECT COUNT(*) FROM offer_row_unpriced WHERE file_id IN (SELECT id FROM offer_file WHERE version_id = ?)',
    )
    .pluck()
    .get(version);
  return count ?? 0;
}

/** Writes the prices of a staged version and its report. `source` of a price is the id of an offer file. */
export function fillVersion(db: Db, version: number, prices: readonly HeldPrice[], report: string): void {
  const find = db.prepare<[string], number>('SELECT id FROM offer_price WHERE digest = ?').pluck();
  const insert = db.prepare(
    `INSERT INTO offer_price (digest, name, provider, model, meter, variant, mode, term, region, region_tier,
       context_band, usd, per, effective_from, effective_to, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const join = db.prepare(
    'INSERT OR IGNORE INTO catalog_version_price (version_id, price_id, file_id) VALUES (?, ?, ?)',
  );
  db.transaction(() => {
    for (const { price, source } of prices) {
      const columns = columnsOf(price);
      const digest = createHash('sha256').update(JSON.stringify(columns)).digest('base64');
      const id = find.get(digest) ?? Number(insert.run(digest, ...columns).lastInsertRowid);
      join.run(version, id, Number(source));
    }
    db.prepare('UPDATE catalog_version SET report = ? WHERE id = ?').run(report, version);
  })();
}

function columnsOf(price: OfferPrice): (string | number | null)[] {
  return [
    price.id,
    price.provider,
    price.model,
    price.meter,
    price.variant,
    price.mode,
    price.term,
    price.region,
    price.regionTier,
    price.contextBand,
    price.usd,
    price.per,
    price.effectiveFrom,
    price.effectiveTo,
    price.note,
  ];
}
