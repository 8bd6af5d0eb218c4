// `npm run schema`: writes docs/schema/*.schema.json from the contract, so that what is published is what is checked.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { publishedSchemas } from '../src-main/cli/schemas.ts';

const FOLDER = resolve(import.meta.dirname, '../docs/schema');

mkdirSync(FOLDER, { recursive: true });
const schemas = publishedSchemas();
for (const stale of readdirSync(FOLDER)) if (!schemas.has(stale)) rmSync(join(FOLDER, stale));
for (const [file, content] of schemas) writeFileSync(join(FOLDER, file), content);
console.log(`${schemas.size} schemas in docs/schema`);
