// The grid of a small catalog, cell by cell: amounts where a price holds, and why the other cells are empty.
import { expect, test } from 'vitest';
import { BUNDLED_CATALOG, makeCatalog } from '../../../shared/domain/pricing/catalog.ts';
import {
  type BilledKey,
  type CoverageTable,
  countHoles,
  coverCatalog,
  METER_GROUP_IDS,
  METER_GROUPS,
} from '../../../shared/domain/pricing/coverage.ts';
import type { CatalogPrice } from '../../../shared/domain/pricing/price.ts';
import { METER_NAMES } from '../../../shared/domain/usage/vocabulary.ts';

const PRICE: CatalogPrice = {
  id: 'p',
  provider: 'Acme',
  model: 'Talker 1',
  meter: 'input',
  variant: null,
  mode: 'on_demand',
  term: 'none',
  region: 'us-east-1',
  anyRegion: false,
  regionTier: null,
  contextBand: 'standard',
  currency: 'USD',
  usd: 3,
  per: 1e6,
  effectiveFrom: null,
  effectiveTo: null,
  seen: '2026-08-01',
  source: 's',
  confidence: 'official',
  note: null,
};

const QUESTION = { region: null, day: '2026-11-21', billed: [] as readonly BilledKey[] };

function grid(prices: readonly Partial<CatalogPrice>[], question: Partial<typeof QUESTION> = {}) {
  const all = prices.map((price, index) => ({ ...PRICE, id: `p${index}`, ...price }));
  return coverCatalog(makeCatalog('v', 'bundled', [], all), 'tokens', { ...QUESTION, ...question });
}

/** Rows as a reader sees them: `Talker 1 global: on_demand input 3, …`. */
function read({ columns, rows }: CoverageTable): string[] {
  return rows.map(({ model, variant, regionTier, cells }) => {
    const words = cells.map((cell, index) => {
      const { mode, meter } = columns[index]!;
      if (cell === null) return `${mode} ${meter} ·`;
      if (cell.kind === 'hole') return `${mode} ${meter} ${cell.hole}`;
      const amount = cell.usdLow === cell.usdHigh ? cell.usdLow : `${cell.usdLow}–${cell.usdHigh}`;
      return `${mode} ${meter} ${amount}`;
    });
    return `${[model, variant, regionTier].filter((part) => part !== null).join(' ')}: ${words.join(', ')}`;
  });
}

test('every meter is in exactly one group', () => {
  const grouped = METER_GROUP_IDS.flatMap((group): readonly string[] => METER_GROUPS[group]);
  expect([...grouped].sort()).toEqual([...METER_NAMES].sort());
});

test('input without output is half of a pair; a mode nobody priced is left blank and not halved', () => {
  const table = grid([
    {},
    { model: 'Talker 2' },
    { model: 'Talker 2', meter: 'output', usd: 15 },
    { model: 'Talker 2', mode: 'batch', usd: 1.5 },
  ]);
  expect(read(table)).toEqual([
    'Talker 1: on_demand input 3, on_demand output half_of_pair, batch input ·',
    'Talker 2: on_demand input 3, on_demand output 15, batch input 1.5',
  ]);
});

test('two regions are a range; one of them asked for has its own price, a third is a hole', () => {
  const prices = [{}, { region: 'eu-west-1', usd: 3.6 }];
  expect(read(grid(prices))).toEqual(['Talker 1: on_demand input 3–3.6']);
  expect(read(grid(prices, { region: 'eu-west-1' as never }))).toEqual(['Talker 1: on_demand input 3.6']);
  expect(read(grid(prices, { region: 'sa-east-1' as never }))).toEqual([
    'Talker 1: on_demand input other_regions_only',
  ]);
});

test('a price whose region was lost fills no cell, whichever region is asked for', () => {
  const lost = [{ region: null }];
  expect(read(grid(lost))).toEqual(['Talker 1: on_demand input region_label_lost']);
  expect(read(grid(lost, { region: 'us-east-1' as never }))).toEqual([
    'Talker 1: on_demand input region_label_lost',
  ]);
});

test('a price of one tier does not stand for the other', () => {
  const table = grid([
    { regionTier: 'global' },
    { regionTier: 'regional', usd: 3.3 },
    { regionTier: 'global', mode: 'batch', usd: 1.5 },
  ]);
  expect(read(table)).toEqual([
    'Talker 1 global: on_demand input 3, batch input 1.5',
    'Talker 1 regional: on_demand input 3.3, batch input other_tiers_only',
  ]);
});

test('before a price begins its cell is a hole', () => {
  const later = [{ effectiveFrom: '2026-12-01' }];
  expect(read(grid(later))).toEqual(['Talker 1: on_demand input other_days_only']);
  expect(read(grid(later, { day: '2026-12-01' }))).toEqual(['Talker 1: on_demand input 3']);
});

test('cache reads without a write price are half of caching, shown once', () => {
  const table = grid([
    {},
    { meter: 'output' },
    { meter: 'cache_read', usd: 0.3 },
    { model: 'Talker 2', meter: 'cache_write_1h', usd: 6 },
    { model: 'Talker 2', meter: 'cache_write_5m', usd: 3.75 },
  ]);
  expect(read(table)[0]).toContain('cache_write_5m cache_half, on_demand cache_write_1h ·');
  expect(read(table)[1]).toContain('cache_read cache_half');
});

const BILLED: BilledKey = {
  provider: 'Acme',
  model: 'Talker 1',
  meter: 'output',
  variant: null,
  mode: 'on_demand',
  term: 'none',
  region: 'us-east-1',
  regionTier: 'regional',
  contextBand: 'standard',
  lines: 12,
  unpricedLines: 12,
};

test('what a bill uses without a price is its own hole, also for a model the catalog has never heard of', () => {
  const table = grid([{}], {
    billed: [BILLED, { ...BILLED, model: 'Newcomer', lines: 3, unpricedLines: 3 }],
  });
  expect(read(table)).toEqual([
    'Newcomer regional: on_demand input ·, on_demand output billed',
    'Talker 1: on_demand input 3, on_demand output billed',
  ]);
  expect(table.rows[1]?.cells[1]).toEqual({ kind: 'hole', hole: 'billed', billedLines: 12 });
});

test('a priced cell says how many lines of the bill use it, in the region asked for', () => {
  const billed = [{ ...BILLED, meter: 'input' as const, unpricedLines: 0 }];
  expect(grid([{}], { billed }).rows[0]?.cells[0]).toMatchObject({ kind: 'priced', billedLines: 12 });
  const elsewhere = grid([{}, { region: 'eu-west-1' }], { billed, region: 'eu-west-1' as never });
  expect(elsewhere.rows[0]?.cells[0]).toMatchObject({ kind: 'priced', billedLines: 0 });
});

test('the bundled catalog: every token price that has a region stands in the grid', () => {
  const table = coverCatalog(BUNDLED_CATALOG, 'tokens', QUESTION);
  const sonnet = table.rows.find(
    ({ model, regionTier, contextBand }) =>
      model === 'Claude Sonnet 4.5' && regionTier === 'global' && contextBand === 'standard',
  );
  const at = (mode: string, meter: string) =>
    sonnet?.cells[table.columns.findIndex((column) => column.mode === mode && column.meter === meter)];
  expect(at('on_demand', 'input')).toMatchObject({ kind: 'priced', usdLow: 3, usdHigh: 3, per: 1e6 });
  expect(at('batch', 'output')).toMatchObject({ kind: 'priced', usdLow: 7.5 });
  const models = new Set(table.rows.map(({ model }) => model));
  const placed = BUNDLED_CATALOG.prices.filter(
    ({ meter, region, anyRegion }) =>
      METER_GROUPS.tokens.some((one) => one === meter) && (anyRegion || region !== null),
  );
  expect([...new Set(placed.map(({ model }) => model))].filter((model) => !models.has(model))).toEqual([]);
});

test('holes of the bundled catalog are few and known: a new one is either a gap in the data or a finding', () => {
  const tables = METER_GROUP_IDS.map((group) => coverCatalog(BUNDLED_CATALOG, group, QUESTION));
  const cells = tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  expect(cells.filter((cell) => cell?.kind === 'priced').length).toBeGreaterThan(650);
  const { region_label_lost: withoutRegion = 0, ...others } = Object.fromEntries(countHoles(tables));
  expect(withoutRegion).toBeLessThan(165);
  expect(Object.values(others).reduce((sum, count) => sum + count, 0)).toBeLessThan(40);
});
