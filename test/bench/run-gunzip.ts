// Only unpacks: the floor under every import of the same files. Sources as arguments.
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** The same chunks as the importer asks for. */
const CHUNK_BYTES = 1024 * 1024;

for (const source of process.argv.slice(2)) {
  const file = createReadStream(source, { highWaterMark: CHUNK_BYTES });
  for await (const _chunk of file.pipe(createGunzip({ chunkSize: CHUNK_BYTES }))) {
    // The bytes are not looked at.
  }
}
console.log(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
