// Holds the bundled catalog to its review: no faults, and nothing out of line that a reviewer has not looked at.
import { expect, test } from 'vitest';
import { BUNDLED_CATALOG, makeCatalog } from '../../../shared/domain/pricing/catalog.ts';
import { catalogFaults, outOfLine } from '../../../shared/domain/pricing/catalog-faults.ts';
import type { CatalogPrice } from '../../../shared/domain/pricing/price.ts';

/** Prices that stand apart from the usual ratios and were found to be right, or to be losers kept as provenance. */
const REVIEWED: readonly { readonly ids: RegExp; readonly problem: RegExp; readonly why: string }[] = [
  {
    ids: /^nova-2-lite\/(input|output)\/batch\/geo\/(us-east-2|us-west-2|ca-central-1|eu-central-1)$/u,
    problem: /^batch/u,
    why: 'the price list has batch prices near, not at, half in these regions',
  },
  {
    ids: /^nova-2-lite\/input\/batch\/global\/eu-north-1$/u,
    problem: /^batch/u,
    why: 'the price list has 0.195 here, the half of another region of Europe',
  },
  {
    ids: /^nova-multimodal-embeddings\/.*\/batch\//u,
    problem: /^batch/u,
    why: 'documents, audio and video are 20 % off in batch, text and images half',
  },
  {
    ids: /^claude-fable-5\.1\/cache_read\//u,
    problem: /^Claude cache read/u,
    why: 'read at 0.025 of input',
  },
  { ids: /^claude-opus-5\.5\/cache_read\//u, problem: /^Claude cache read/u, why: 'read at 0.05 of input' },
  {
    ids: /^claude-sonnet-4\//u,
    problem: /^Claude regional/u,
    why: 'the last Claude whose global and regional prices are equal',
  },
  {
    ids: /^claude-opus-4\.5\/.*\/litellm-2026-08$/u,
    problem: /^Claude regional/u,
    why: 'a third-party figure for one geography that AWS contradicts: passed over',
  },
];

test('the bundled catalog has no faults', () => {
  const { version, prices, sources } = BUNDLED_CATALOG;
  expect(catalogFaults(version, prices, sources)).toEqual([]);
});

test('every price out of line has been reviewed', () => {
  const unseen = outOfLine(BUNDLED_CATALOG.prices).filter(
    ({ id, problem }) => !REVIEWED.some((one) => one.ids.test(id) && one.problem.test(problem)),
  );
  expect(unseen).toEqual([]);
});

test.each(REVIEWED)('the review still applies: $why', ({ ids, problem }) => {
  const found = outOfLine(BUNDLED_CATALOG.prices);
  expect(found.some((fault) => ids.test(fault.id) && problem.test(fault.problem))).toBe(true);
});

test('the catalog covers the models, meters and purchases that it is there for', () => {
  const { prices } = BUNDLED_CATALOG;
  const modes = new Set(prices.map((price) => price.mode));
  expect([...modes].sort()).toEqual([
    'batch',
    'flex',
    'latency_optimized',
    'on_demand',
    'priority',
    'provisioned',
    'reserved',
  ]);
  expect(new Set(prices.map((price) => price.provider)).size).toBeGreaterThan(20);
  const unplaced = prices.filter((price) => !price.anyRegion && price.region === null);
  expect(unplaced.length / prices.length).toBeLessThan(0.2);
});

const GOOD: CatalogPrice = {
  ...BUNDLED_CATALOG.prices.find((price) => price.id === 'claude-sonnet-4.5/input/global/any')!,
};
const SOURCES = [{ id: GOOD.source, title: 't', kind: 'price_page', seen: null }] as const;
const problems = (...prices: CatalogPrice[]): string[] =>
  catalogFaults('2026-11-21', prices, SOURCES).map(({ problem }) => problem);

test.each([
  ['a price per thousand tokens', { per: 1000 }, /^tokens are priced/u],
  ['a model nobody knows', { model: 'Claude Sonet 4.5' }, /^model does not resolve/u],
  ['a model of another provider', { provider: 'Amazon' }, /^model does not resolve/u],
  ['an alias in place of the name', { model: 'Claude 4.5 Sonnet' }, /^model does not resolve/u],
  ['a negative price', { usd: -1 }, /^amount is not a price/u],
  ['a region and any region', { region: 'us-east-1' }, /^both one region/u],
  ['a place that is not one', { anyRegion: false, region: 'Virginia' }, /^region is no/u],
  ['no place and no reason', { anyRegion: false }, /^neither region/u],
  ['an assumption without its reason', { confidence: 'assumed' }, /^assumed without/u],
  ['a term on demand', { term: '1_month' }, /^a term belongs/u],
  ['a sighting in the future', { seen: '2027-01-01' }, /^seen after/u],
  [
    'an end before the beginning',
    { effectiveFrom: '2026-02-01', effectiveTo: '2026-01-01' },
    /^ends before/u,
  ],
] as const)('the check finds %s', (_what, changes, problem) => {
  expect(problems(GOOD)).toEqual([]);
  expect(problems({ ...GOOD, ...changes })).toEqual([expect.stringMatching(problem)]);
});

test('the check finds two prices that nothing decides between', () => {
  expect(problems(GOOD, { ...GOOD, id: 'twin', usd: 9 })).toEqual([
    'another price of the same key ranks equal',
    'another price of the same key ranks equal',
  ]);
  expect(problems(GOOD, { ...GOOD, id: 'twin', usd: 9, confidence: 'secondary' })).toEqual([]);
});

test('the check finds a price without a tier beside a global one', () => {
  expect(problems(GOOD, { ...GOOD, id: 'untiered', regionTier: null })).toEqual([
    'no tier although the SKU has a global price',
  ]);
});

test('the check finds a regional price that outlives the change of a geo price', () => {
  const old: CatalogPrice = { ...GOOD, id: 'old', regionTier: 'regional', usd: 5.5 };
  const cut: CatalogPrice = { ...GOOD, id: 'cut', regionTier: 'geo', usd: 4.4, effectiveFrom: '2026-08-09' };
  expect(problems(old, cut)).toEqual(['has no end although another regional tier has a later price']);
  expect(problems({ ...old, effectiveTo: '2026-08-09' }, cut)).toEqual([]);
});

test('batch without on-demand and batch at a third of it are out of line', () => {
  const batch: CatalogPrice = { ...GOOD, id: 'batch', mode: 'batch', usd: 1.5 };
  expect(outOfLine([GOOD, batch])).toEqual([]);
  expect(outOfLine([batch]).map(({ problem }) => problem)).toEqual([
    'batch / on-demand: no price to compare with',
  ]);
  expect(outOfLine([GOOD, { ...batch, usd: 1 }]).map(({ id }) => id)).toEqual(['batch']);
});

test('prices are found by model, features by having none', () => {
  const catalog = makeCatalog('v', 'bundled', SOURCES, [GOOD, { ...GOOD, id: 'feature', model: null }]);
  expect([...catalog.byOwner].map(([owner, prices]) => [owner, prices.length])).toEqual([
    ['Claude Sonnet 4.5', 1],
    ['(no model)', 1],
  ]);
});
