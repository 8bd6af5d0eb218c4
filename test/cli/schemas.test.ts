// What is published in docs/schema is what the contract says today.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { publishedSchemas } from '../../src-main/cli/schemas.ts';

const FOLDER = resolve(import.meta.dirname, '../../docs/schema');

test('docs/schema is current (npm run schema writes it)', () => {
  const schemas = publishedSchemas();
  expect(readdirSync(FOLDER).toSorted()).toEqual([...schemas.keys()].toSorted());
  for (const [file, content] of schemas) expect(readFileSync(join(FOLDER, file), 'utf8')).toBe(content);
});
