// DuckDB loading the same files into a table, in a process of its own: database path, `all` or `some` columns, sources.
import { rmSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

/** About as many columns as an import of ours reads. */
const COLUMNS = 31;

const [, , path = '', which, ...sources] = process.argv;
rmSync(path, { force: true });
const instance = await DuckDBInstance.create(path);
const connection = await instance.connect();
const files = `[${sources.map((source) => `'${source}'`).join(', ')}]`;
const read = `read_csv(${files}, header = true, all_varchar = true, union_by_name = true, max_line_size = 4194304)`;
const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${read}`);
const columns = described.getRows().map(([name]) => `"${String(name)}"`);
const wanted = which === 'all' ? columns : columns.slice(0, COLUMNS);
await connection.run(`CREATE TABLE cur AS SELECT ${wanted.join(', ')} FROM ${read}`);
connection.closeSync();
instance.closeSync();
console.log(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
