// Every checkable figure of five publications: computed, looked up, or counted as not computable, with its verdict.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { calibrate, EXAMPLES } from '../../../shared/domain/calibration/calibrate.ts';
import { pricesOn } from '../../../shared/domain/calibration/example.ts';
import { BUNDLED_CATALOG, makeCatalog } from '../../../shared/domain/pricing/catalog.ts';

const TODAY = '2026-11-21';
const calibrated = calibrate(BUNDLED_CATALOG, EXAMPLES, TODAY);

/** id, what a reader recomputed by hand (several figures by a slash), verdict. */
const GOLDEN = readFileSync(join(import.meta.dirname, '../../golden/calibration.expected.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((row) => row.split('\t'));

/** By hand means six significant digits; `≥ n` where the catalog may come to know more of them. */
function expectFigure(own: number, written: string): void {
  const figure = Number(written.replace('≥', ''));
  if (written.startsWith('≥')) expect(own).toBeGreaterThanOrEqual(figure);
  else expect(Math.abs(own - figure)).toBeLessThanOrEqual(5e-6 * Math.max(Math.abs(figure), 1e-4));
}

test('131 figures: three kinds, thirty of them not computable, each with a reason', () => {
  expect(EXAMPLES).toHaveLength(131);
  expect(new Set(EXAMPLES.map(({ id }) => id)).size).toBe(131);
  const kinds = Map.groupBy(EXAMPLES, ({ kind }) => kind);
  expect(kinds.get('open')).toHaveLength(30);
  for (const { kind, verdict, ours, note } of EXAMPLES) {
    expect([verdict === 'open', ours === null]).toEqual([kind === 'open', kind === 'open']);
    // What does not simply agree says why.
    if (verdict !== 'agrees') expect(note).not.toBe('');
  }
});

describe('computed and looked up, against figures recomputed by hand', () => {
  const checkable = calibrated.filter(({ example }) => example.kind !== 'open');
  test('the table has every one of them', () => {
    expect(GOLDEN.map(([id]) => id)).toEqual(checkable.map(({ example }) => example.id));
  });

  test.each(GOLDEN)('%s: %s, %s', (id, figures = '', verdict) => {
    const found = checkable.find(({ example }) => example.id === id);
    const expected = figures.split(' / ');
    expect(found?.ours).toHaveLength(expected.length);
    for (const [index, figure] of expected.entries())
      expectFigure(found?.ours?.[index] ?? Number.NaN, figure);
    expect(found?.example.verdict).toBe(verdict);
    expect(found?.agrees).toBe(verdict === 'agrees');
  });
});

test('prices are those of the document’s own day, and of today where it has none', () => {
  const dayOf = (id: string) => calibrated.find(({ example }) => example.id === id)?.day;
  expect(dayOf('opslyft-sonnet')).toBe('2026-05-20');
  expect(dayOf('redress-premier')).toBe(TODAY);
  expect(dayOf('opslyft-gartner')).toBe(null);
});

test('a price that changes after the document’s day does not change its figure', () => {
  const raised = BUNDLED_CATALOG.prices
    .filter(({ model, meter }) => model === 'Nova Micro' && meter === 'input')
    .map((price) => ({
      ...price,
      id: `${price.id}/raised`,
      usd: price.usd * 10,
      effectiveFrom: '2026-06-01',
    }));
  const changed = makeCatalog('v2', 'bundled', [], [...BUNDLED_CATALOG.prices, ...raised]);
  const figureOf = (id: string) =>
    calibrate(changed, EXAMPLES, TODAY).find(({ example }) => example.id === id);
  expect(figureOf('opslyft-micro')).toMatchObject({ agrees: true });
  expect(figureOf('article-micro-input')).toMatchObject({ agrees: false, ours: [expect.closeTo(0.35, 9)] });
});

test('without prices nothing agrees by accident: figures are missing, not zero', () => {
  const empty = makeCatalog('none', 'bundled', [], []);
  for (const { example, ours, agrees } of calibrate(empty, EXAMPLES, TODAY)) {
    if (example.kind !== 'price' || example.unit === 'count' || example.unit === 'minutes') continue;
    expect([example.id, ours?.every((own) => own === null), agrees]).toEqual([example.id, true, false]);
  }
  expect(pricesOn(empty, TODAY).million('Nova Micro', 'input')).toBe(null);
});
