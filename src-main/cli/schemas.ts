// The JSON Schemas of what the CLI reads and prints, generated from the contract.
import { z } from 'zod';
import { PUBLISHED } from '../../shared/contract/cli.ts';

/** File name in `docs/schema` → its content. Answers forbid unknown properties, files that people write may leave defaults out. */
export function publishedSchemas(): Map<string, string> {
  return new Map(
    Object.entries(PUBLISHED).map(([name, { title, schema, io }]) => {
      const { $schema, ...shape } = z.toJSONSchema(schema, { io });
      return [`${name}.schema.json`, `${JSON.stringify({ $schema, title, ...shape }, null, 2)}\n`];
    }),
  );
}
