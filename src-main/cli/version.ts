// The version, as package.json states it: put in when the app is built, read from the clone when it runs from source.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export function version(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    try {
      const { name, version: found } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (name === 'assay' && found !== undefined) return found;
    } catch {
      // No package.json here: look one folder up.
    }
    if (dirname(folder) === folder) return 'unknown';
  }
}
