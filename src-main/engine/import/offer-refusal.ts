// What an offer file is read into, and how a file of which nothing may be taken is refused.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { OfferRow } from '../../../shared/domain/pricing/offer-row.ts';

export type OfferShape = 'bulk_json' | 'get_products' | 'csv';

/** What a file says about itself; null = not stated. */
export type OfferHead = {
  readonly shape: OfferShape;
  readonly version: string | null;
  readonly publicationDate: string | null;
};

export type OfferFile = OfferHead & { readonly sha256: string; readonly bytes: number };

/** Takes one row. Whatever it throws is reported with the row's line. */
export type TakeRow = (row: OfferRow) => void;

/** Thrown by whoever takes a row that cannot be what it claims to be: the reader adds the line and refuses the file. */
export class BadRow extends Error {}

/** Offer codes whose prices the catalog holds. */
export const OFFER_CODES = [
  'AmazonBedrock',
  'AmazonBedrockFoundationModels',
  'AmazonBedrockService',
  'AmazonBedrockAgentCore',
] as const;

/** A file of which nothing is taken, with the line (from 1) and the reason. */
export function refused(path: string, line: number | null, reason: string): AssayError {
  const where = line === null ? '' : `, line ${line}`;
  return new AssayError(
    'corrupt_file',
    `${path}${where}: ${reason}. Nothing was taken from the file; download it again from the AWS price list.`,
    { file: path, line, reason },
  );
}

/** Refuses another service's offer. Throws `BadRow`. */
export function checkOfferCode(code: string): void {
  if (OFFER_CODES.some((known) => known === code)) return;
  throw new BadRow(
    code === ''
      ? 'the row names no service (offer code), so its prices cannot be told from other services’'
      : `it is an offer of ${code}; the catalog holds offers of ${OFFER_CODES.join(', ')}`,
  );
}
