// Writes a CUR 2.0 or flat CSV as Parquet in the types that AWS gives its columns.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { DATA } from './workspace.ts';

type Column = { readonly name: string; readonly type: string };

/** The types that the manifest of the real export names. */
const { columns: TYPES } = JSON.parse(readFileSync(join(DATA, 'cur-2.0-export-Manifest.json'), 'utf8')) as {
  columns: Column[];
};
const MAPS = ['product', 'resource_tags', 'cost_category', 'discount', 'tags'];

/** `copy` are options of DuckDB's COPY, such as `COMPRESSION snappy`; `maps` as MAP, not as JSON text. */
export async function asParquet(csv: string, target: string, copy: string, maps = true): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const [header = ''] = readFileSync(csv, 'utf8').split('\n');
  const cells = header.split(',').map((name) => {
    const type = TYPES.find((column) => column.name === name)?.type;
    if (maps && MAPS.includes(name)) return `CAST(CAST(${name} AS JSON) AS MAP(VARCHAR, VARCHAR)) AS ${name}`;
    if (type === 'double') return `CAST(NULLIF(${name}, '') AS DOUBLE) AS ${name}`;
    if (type === 'timestamp') return `CAST(NULLIF(${name}, '') AS TIMESTAMP) AS ${name}`;
    return `NULLIF(${name}, '') AS ${name}`;
  });
  await connection.run(
    `COPY (SELECT ${cells.join(', ')} FROM read_csv('${csv}', header = true, all_varchar = true, nullstr = ''))
     TO '${target}' (FORMAT parquet, ${copy})`,
  );
  connection.disconnectSync();
}
