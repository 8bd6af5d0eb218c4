// Reads offer files into prices and the rows that are none, and counts both; touches nothing that is held.
import type { z } from 'zod';
import type { offerFileReport } from '../../../shared/contract/offers.ts';
import { type Offer, withoutConflicts } from '../../../shared/domain/pricing/offer-merge.ts';
import {
  type OfferPrice,
  type OfferRow,
  type OfferRowProblem,
  readOfferRow,
} from '../../../shared/domain/pricing/offer-row.ts';
import type { UnpricedRow } from '../db/catalog-versions.ts';
import { readOfferFile } from '../import/offer-file.ts';
import { BadRow, type OfferFile, refused } from '../import/offer-refusal.ts';

export type FileReport = z.output<typeof offerFileReport>;

export type ReadOffer = {
  readonly file: OfferFile;
  /** One an offer code; `source` is left to the caller. */
  readonly offers: readonly Omit<Offer, 'source'>[];
  readonly unpriced: readonly UnpricedRow[];
  readonly report: Omit<FileReport, 'older' | 'alreadyHeld'>;
};

/** Rows without a price that are kept of one file; the counts cover all of them. */
const UNPRICED_KEPT = 20_000;
const EXAMPLES = 3;

type Gathered = {
  read: number;
  readonly codes: Map<string, OfferPrice[]>;
  readonly unpriced: UnpricedRow[];
  readonly problems: Map<OfferRowProblem, { rows: number; readonly examples: Set<string> }>;
};

/** Reads one file. Throws `AssayError` with file, line and reason where any row cannot be what it claims to be. */
export async function readOffers(path: string, signal: AbortSignal): Promise<ReadOffer> {
  const gathered: Gathered = { read: 0, codes: new Map(), unpriced: [], problems: new Map() };
  const file = await readOfferFile(path, (row) => takeRow(row, gathered), signal);
  const offers = [...gathered.codes].map(([offerCode, prices]) => ({
    offerCode,
    ...withoutConflicts(prices),
  }));
  for (const { key, prices } of offers.flatMap(({ conflicts }) => conflicts)) {
    for (const price of prices) leaveOut(conflictRow(key, price), 'conflicting_prices', gathered);
  }
  const priced = offers.flatMap(({ prices }) => prices);
  const stated = file.publicationDate?.slice(0, 10) ?? null;
  const published = stated ?? newestDay(priced);
  if (published === null || !/^\d{4}-\d{2}-\d{2}$/u.test(published)) {
    throw refused(path, null, 'it states neither a day of publication nor an effective date');
  }
  const complete = file.shape !== 'get_products' && stated !== null;
  const inFile = [...gathered.codes.values()].reduce((sum, prices) => sum + prices.length, 0);
  const conflicting = gathered.problems.get('conflicting_prices')?.rows ?? 0;
  const unpriced = [...gathered.problems.values()].reduce((sum, { rows }) => sum + rows, 0);
  return {
    file,
    offers: offers.map(({ offerCode, prices }) => ({ offerCode, published, complete, prices })),
    unpriced: gathered.unpriced,
    report: {
      path,
      shape: file.shape,
      offerCodes: [...gathered.codes.keys()].sort(),
      version: file.version,
      published,
      publishedStated: stated !== null,
      complete,
      regions: [...new Set(priced.map(({ region }) => region ?? ''))].sort(),
      rows: {
        read: gathered.read,
        priced: priced.length,
        repeated: inFile - priced.length - conflicting,
        unpriced,
      },
      problems: [...gathered.problems].map(([reason, { rows, examples }]) => ({
        reason,
        rows,
        examples: [...examples],
      })),
    },
  };
}

function takeRow(row: OfferRow, gathered: Gathered): void {
  gathered.read++;
  const reading = readOfferRow(row);
  if (reading.kind === 'invalid') {
    throw new BadRow(
      `“${reading.value}” is no ${reading.field} (${row.place}, ${row.usageType ?? 'no usage type'})`,
    );
  }
  const prices = gathered.codes.get(row.offerCode) ?? [];
  gathered.codes.set(row.offerCode, prices);
  if (reading.kind === 'price') prices.push(reading.price);
  else leaveOut(unpricedOf(row, reading.problem), reading.problem, gathered);
}

function leaveOut(row: UnpricedRow, reason: OfferRowProblem, { unpriced, problems }: Gathered): void {
  const problem = problems.get(reason) ?? { rows: 0, examples: new Set<string>() };
  problems.set(reason, problem);
  problem.rows++;
  if (problem.examples.size < EXAMPLES) {
    problem.examples.add(
      [row.usageType, reason === 'unknown_unit' ? `unit “${row.unit ?? ''}”` : null]
        .filter(Boolean)
        .join(', ') || row.place,
    );
  }
  if (unpriced.length < UNPRICED_KEPT) unpriced.push(row);
}

function unpricedOf(row: OfferRow, reason: OfferRowProblem): UnpricedRow {
  const { place, usageType, region, serviceName, model, unit, amount, currency } = row;
  return { place, reason, usageType, region, product: model ?? serviceName, unit, amount, currency };
}

function conflictRow(key: string, price: OfferPrice): UnpricedRow {
  return {
    place: price.id,
    reason: 'conflicting_prices',
    usageType: price.note,
    region: price.region,
    product: price.model ?? key,
    unit: `${price.per}`,
    amount: String(price.usd),
    currency: price.currency,
  };
}

function newestDay(prices: readonly OfferPrice[]): string | null {
  return (
    prices
      .flatMap(({ effectiveFrom }) => effectiveFrom ?? [])
      .sort()
      .at(-1) ?? null
  );
}
