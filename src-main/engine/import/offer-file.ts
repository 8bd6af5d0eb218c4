// Reads an AWS price-list offer file as a stream of rows, whichever of its shapes it has; tells them apart by content.
import { AssayError } from '../../../shared/contract/errors.ts';
import { unsupported } from './header.ts';
import { readOfferCsv } from './offer-csv.ts';
import { readOfferJson } from './offer-json.ts';
import { type OfferFile, refused, type TakeRow } from './offer-refusal.ts';
import { openPlain, type PlainStream, sniff } from './open-source.ts';

/** Most plain bytes of one file: AWS's largest Bedrock offer has some tens of megabytes. */
const MAX_OFFER_BYTES = 2 * 1024 ** 3;

/**
 * Reads a file row by row. Throws `AssayError` naming file, line and reason when any part of it is not what an offer
 * file holds: nothing of such a file may be used.
 */
export async function readOfferFile(path: string, take: TakeRow, signal: AbortSignal): Promise<OfferFile> {
  const compression = await sniff(path);
  if (compression === 'zip') throw unsupported(path, 'it is a zip archive. Unpack it first.');
  const stream = openPlain(path, compression, null);
  const chunks = watched(path, stream, signal);
  const first = await chunks.next();
  const head = first.done === true ? new Uint8Array() : first.value;
  const rest = again(head, chunks);
  const start = new TextDecoder()
    .decode(head.subarray(0, 4096))
    .replace(/^\uFEFF/u, '')
    .trimStart();
  const read = start.startsWith('{') || start.startsWith('[') ? readOfferJson : readOfferCsv;
  const found = await read(path, start, rest, take);
  return { ...found, sha256: stream.sha256(), bytes: stream.bytesRead() };
}

async function* watched(path: string, stream: PlainStream, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of stream.chunks) {
    if (signal.aborted) throw new AssayError('cancelled', 'The import was cancelled; nothing was changed.');
    bytes += chunk.length;
    if (bytes > MAX_OFFER_BYTES) throw refused(path, null, `it holds more than ${MAX_OFFER_BYTES} bytes`);
    yield chunk;
  }
}

async function* again(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* rest;
}
