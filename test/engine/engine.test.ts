import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEngine } from '../../src-main/engine/engine.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('an input that does not fit the contract is refused with the field that is wrong', async () => {
  const engine = createEngine({ workspacePath: join(folder, 'a.assay') });
  const call = engine.call('import.stage', { sources: [] });
  await expect(call).rejects.toMatchObject({ code: 'invalid_input', details: { field: 'sources' } });
  engine.close();
});
