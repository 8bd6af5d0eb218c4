// The same tokens on another model: its own price first, a stand-in where it has none, and never another region's.
import { expect, test } from 'vitest';
import { BUNDLED_CATALOG, makeCatalog } from '../../../shared/domain/pricing/catalog.ts';
import { priceOnOtherModels, type TokenVolume } from '../../../shared/domain/pricing/other-models.ts';
import type { CatalogPrice } from '../../../shared/domain/pricing/price.ts';

const DAY = '2026-11-01';
const PRICE: CatalogPrice = {
  id: 'p',
  provider: 'Acme',
  model: 'Talker',
  meter: 'input',
  variant: null,
  mode: 'on_demand',
  term: 'none',
  region: 'us-east-1',
  anyRegion: false,
  regionTier: null,
  contextBand: 'standard',
  currency: 'USD',
  usd: 2,
  per: 1e6,
  effectiveFrom: null,
  effectiveTo: null,
  seen: null,
  source: 's',
  confidence: 'official',
  note: null,
};
const VOLUME: TokenVolume = {
  meter: 'input',
  mode: 'on_demand',
  region: 'us-east-1',
  regionTier: 'regional',
  contextBand: 'standard',
  tokens: 10e6,
  invoiced: 30,
};

function talkers(...prices: readonly Partial<CatalogPrice>[]) {
  const all = [{}, { meter: 'output' as const, usd: 8 }, ...prices];
  return makeCatalog(
    'v',
    'bundled',
    [],
    all.map((price, index) => ({ ...PRICE, id: `p${index}`, ...price })),
  );
}

function on(catalog: ReturnType<typeof talkers>, ...volumes: readonly Partial<TokenVolume>[]) {
  const [only] = priceOnOtherModels(
    catalog,
    volumes.map((volume) => ({ ...VOLUME, ...volume })),
    DAY,
  );
  return only;
}

test('10 M in and 5 M out at $2 and $8: $60, against what is invoiced now', () => {
  expect(on(talkers(), {}, { meter: 'output', tokens: 5e6, invoiced: 75 })).toMatchObject({
    model: 'Talker',
    covered: 1,
    invoiced: 105,
    low: 60,
    high: 60,
    standIns: [],
  });
});

test.each<[string, Partial<TokenVolume>, number, string[]]>([
  ['batch without a batch price', { mode: 'batch' }, 20, ['on_demand']],
  ['cache reads without a cache price', { meter: 'cache_read' }, 20, ['input']],
  ['long context', { contextBand: 'long' }, 20, ['standard_context']],
])('%s is priced with a stand-in, and says so', (_what, volume, usd, standIns) => {
  expect(on(talkers(), volume)).toMatchObject({ low: usd, standIns });
});

test('its own price goes before any stand-in', () => {
  const catalog = talkers({ mode: 'batch', usd: 1 }, { meter: 'cache_read', usd: 0.2 });
  expect(on(catalog, { mode: 'batch' })).toMatchObject({ low: 10, standIns: [] });
  expect(on(catalog, { meter: 'cache_read' })).toMatchObject({ low: 2, standIns: [] });
});

test('a write of another lifetime stands in before plain input', () => {
  const catalog = talkers({ meter: 'cache_write_5m', usd: 4 });
  expect(on(catalog, { meter: 'cache_write_1h' })).toMatchObject({ low: 40, standIns: ['other_write'] });
});

test('another region is no stand-in: the tokens are left out of both amounts', () => {
  const found = on(talkers(), {}, { region: 'eu-west-1', invoiced: 99 });
  expect(found).toMatchObject({ covered: 0.5, invoiced: 30, low: 20 });
  expect(on(talkers(), { region: 'eu-west-1' })).toBeUndefined();
});

test('a model that sells no output, or only images, is no candidate', () => {
  const embeddings = makeCatalog('v', 'bundled', [], [{ ...PRICE, meter: 'embedding_input' }, PRICE]);
  expect(priceOnOtherModels(embeddings, [VOLUME], DAY)).toEqual([]);
});

test('without tokens there is nothing to compare', () => {
  expect(priceOnOtherModels(BUNDLED_CATALOG, [], DAY)).toEqual([]);
  expect(priceOnOtherModels(BUNDLED_CATALOG, [{ ...VOLUME, tokens: 0 }], DAY)).toEqual([]);
});

test('the bundled catalog: Nova Micro is 0.035 / 3 of Sonnet 4.5 for the same input', () => {
  const volume = { ...VOLUME, regionTier: 'global' as const };
  const models = new Map(priceOnOtherModels(BUNDLED_CATALOG, [volume], DAY).map((one) => [one.model, one]));
  expect(models.get('Claude Sonnet 4.5')).toMatchObject({ low: 30, standIns: [] });
  expect(models.get('Nova Micro')?.low).toBeCloseTo(0.35, 12);
});
