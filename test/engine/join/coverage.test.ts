// Coverage through the engine: the catalog alone, and what the lines of a bill ask of it.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { methods } from '../../../shared/contract/methods.ts';
import { BUNDLED_CATALOG } from '../../../shared/domain/pricing/catalog.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import { closeWorkspace } from '../../../src-main/engine/db/open.ts';
import { setPricedWith } from '../../../src-main/engine/db/prices.ts';
import { createEngine, type Engine } from '../../../src-main/engine/engine.ts';
import { type FixtureLine, filledWorkspace } from '../fixture.ts';

let engine: Engine | null = null;
let path = '';
afterEach(() => {
  engine?.close();
  if (path !== '') rmSync(path, { force: true });
});

async function coverageOf(lines: readonly FixtureLine[]) {
  path = join(tmpdir(), `assay-coverage-${process.pid}-${Math.floor(performance.now() * 1000)}.assay`);
  const db = filledWorkspace(path, lines);
  setPricedWith(db, BUNDLED_CATALOG.version);
  closeWorkspace(db);
  engine = createEngine({ workspacePath: path, now: () => new Date('2026-11-21T12:00:00Z') });
  return methods['catalog.coverage'].output.parse(await engine.call('catalog.coverage', {}));
}

test('without a bill: the catalog’s figure, holes that add up to the strings, and no line', async () => {
  const { usage, billed, date, catalogVersion } = await coverageOf([]);
  expect(date).toBe('2026-11-21');
  expect(catalogVersion).toBe(BUNDLED_CATALOG.version);
  expect(usage.priced + sumOf(usage.holes.map(({ count }) => count))).toBe(usage.strings);
  expect(usage.share).toBeCloseTo(usage.priced / usage.strings, 12);
  expect(billed).toEqual({ lines: 0, unpricedLines: 0 });
});

test('lines of a bill stand in the cells they fall into, with and without a price', async () => {
  const { groups, billed, holes } = await coverageOf([
    { unblended: 0.06, catalogLow: 0.06, regionTier: 'regional' },
    { unblended: 0.06, catalogLow: 0.06, regionTier: 'regional' },
    { unblended: 5, model: 'Talker 9 Ultra', provider: null, regionTier: 'regional' },
    { unblended: 1, isUsage: false, chargeType: 'Tax' },
    { unblended: 2, family: 'unknown', meter: null, model: null },
  ]);
  expect(billed).toEqual({ lines: 3, unpricedLines: 1 });
  const tokens = groups.find(({ group }) => group === 'tokens');
  const input =
    tokens?.columns.findIndex(({ mode, meter }) => mode === 'on_demand' && meter === 'input') ?? -1;
  const rowOf = (model: string) =>
    tokens?.rows.find((row) => row.model === model && row.variant === null && row.regionTier !== 'global');
  expect(rowOf('Nova Lite')?.cells[input]).toMatchObject({ kind: 'priced', usdLow: 0.06, billedLines: 2 });
  expect(rowOf('Talker 9 Ultra')).toMatchObject({ provider: 'Provider not known', regionTier: 'regional' });
  expect(rowOf('Talker 9 Ultra')?.cells[input]).toEqual({ kind: 'hole', hole: 'billed', billedLines: 1 });
  expect(holes.find(({ hole }) => hole === 'billed')?.count).toBe(1);
});
