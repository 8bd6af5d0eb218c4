// papaparse splitting the same files into records and adding up one column; nothing is classified or stored.
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import Papa from 'papaparse';

const CHUNK_BYTES = 1024 * 1024;

let rows = 0;
let cost = 0;
for (const source of process.argv.slice(2)) {
  let column = -1;
  const plain = createReadStream(source, { highWaterMark: CHUNK_BYTES }).pipe(
    createGunzip({ chunkSize: CHUNK_BYTES }),
  );
  await new Promise<void>((resolve, reject) => {
    Papa.parse<string[]>(plain, {
      delimiter: ',',
      newline: '\n',
      chunk: ({ data }) => {
        const records = column < 0 ? data.slice(1) : data;
        if (column < 0) column = data[0]?.indexOf('lineItem/UnblendedCost') ?? -1;
        for (const record of records) cost += Number(record[column] ?? 0);
        rows += records.length;
      },
      complete: () => resolve(),
      error: reject,
    });
  });
}
console.log(
  `${rows} records, ${cost.toFixed(2)} USD, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
);
