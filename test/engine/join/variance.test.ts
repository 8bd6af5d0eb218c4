// Paid against list through the engine: a sample bill line by line, and small bills for every reason.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Input, methods } from '../../../shared/contract/methods.ts';
import { BUNDLED_CATALOG } from '../../../shared/domain/pricing/catalog.ts';
import { sumOf, totalsAgree } from '../../../shared/domain/sum.ts';
import { closeWorkspace } from '../../../src-main/engine/db/open.ts';
import { setPricedWith } from '../../../src-main/engine/db/prices.ts';
import { createEngine, type Engine } from '../../../src-main/engine/engine.ts';
import { SAMPLE_DEFAULTS, writeSample } from '../../../src-main/engine/sample/write.ts';
import { type FixtureLine, filledWorkspace } from '../fixture.ts';

async function explore(engine: Engine, input: Input<'variance.explore'> = {}) {
  return methods['variance.explore'].output.parse(await engine.call('variance.explore', input));
}

describe('a sample bill whose discounts come as columns', () => {
  let folder: string;
  let engine: Engine;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assay-variance-'));
    const { files } = await writeSample({ ...SAMPLE_DEFAULTS, folder, rows: 3000, months: 2, seed: 3 });
    engine = createEngine({ workspacePath: join(folder, 'w.assay') });
    const sources = files.map((file) => (file.startsWith('/') ? file : join(folder, file)));
    const { batchId } = await engine.call('import.stage', { sources });
    if (batchId !== null) await engine.call('import.commit', { batchId });
  }, 60_000);
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('list + variance = invoiced on every line that has a catalog amount', async () => {
    let checked = 0;
    for (let offset = 0; ; offset += 2000) {
      const { rows } = await engine.call('spend.lineItems', { limit: 2000, offset });
      for (const { id, catalogListLow } of rows.filter(({ id: one }) => one % 7 === 0)) {
        const { line, variance } = await engine.call('spend.lineItem', { id });
        if (variance === null || catalogListLow === null) continue;
        expect(catalogListLow + variance.amountHigh).toBeCloseTo(line.unblended, 9);
        checked += 1;
      }
      if (rows.length < 2000) break;
    }
    expect(checked).toBeGreaterThan(50);
  });

  test('the waterfall ends at the sum the invoice is, and every level is the one before plus its changes', async () => {
    const { waterfall } = await explore(engine);
    const { totals } = await engine.call('spend.query', {
      measures: ['netUnblended'],
      basis: 'netUnblended',
    });
    expect(waterfall.at(-1)?.id).toBe('invoice');
    expect(waterfall.at(-1)?.amount).toBeCloseTo(totals.netUnblended ?? Number.NaN, 6);
    let level = 0;
    for (const [index, { kind, amount }] of waterfall.entries()) {
      if (kind === 'total' && index > 0) expect(amount).toBeCloseTo(level, 6);
      level = kind === 'total' ? amount : level + amount;
    }
  });

  test.each(['model', 'meter', 'account', 'mode', 'region', 'usageType'])(
    'split by %s, the rows add up to the total; so do the months',
    async (groupBy) => {
      const { rows, rowCount, trend, total } = await explore(engine, { groupBy });
      expect(rowCount).toBe(rows.length);
      for (const part of ['invoiced', 'list', 'variance'] as const) {
        for (const sums of [rows, trend]) {
          expect(totalsAgree(sumOf(sums.map((row) => row[part])), total[part], total.list)).toBe(true);
        }
      }
      expect(sumOf(rows.map(({ lines, unpriced }) => lines + unpriced.lines))).toBe(
        total.lines + total.unpriced.lines,
      );
    },
  );

  test('catalog list is the measure of the same name; unpriced lines are those of the unpriced share', async () => {
    const { total, unpriced } = await explore(engine);
    const { totals } = await engine.call('spend.query', { measures: ['catalogList', 'lineItems'] });
    expect(total.list).toBeCloseTo(totals.catalogList ?? Number.NaN, 6);
    expect(sumOf(unpriced.map(({ lines }) => lines))).toBe(total.unpriced.lines);
    expect(sumOf(unpriced.map(({ invoiced }) => invoiced))).toBeCloseTo(total.unpriced.invoiced, 9);
    expect(unpriced.every(({ reason }) => reason !== '')).toBe(true);
  });

  test('steps of time are named as the query names them', async () => {
    for (const grain of ['day', 'week', 'month'] as const) {
      const { trend } = await explore(engine, { grain });
      const { rows } = await engine.call('spend.query', {
        measures: ['catalogList'],
        groupBy: [grain],
        where: [{ dimension: 'family', operator: '!=', values: [null] }],
      });
      const byStep = new Map(rows.map(([step, list]) => [step, list]));
      expect(trend.length).toBeGreaterThan(1);
      for (const { step, list } of trend) expect(list).toBeCloseTo(Number(byStep.get(step)), 6);
    }
  });

  test('a filter and a period narrow every figure', async () => {
    const where = [{ dimension: 'model', operator: '=' as const, values: ['Nova Lite'] }];
    const period = { from: '2026-10-01', to: '2026-10-31' };
    const { rows, total, otherModels } = await explore(engine, { where, period });
    expect(rows.map(({ key }) => key)).toEqual(['Nova Lite']);
    expect(total.invoiced).toBeCloseTo(rows[0]?.invoiced ?? Number.NaN, 9);
    expect(otherModels.day).toBe('2026-10-31');
    const itself = otherModels.models.find(({ model }) => model === 'Nova Lite');
    expect(itself?.standIns).toEqual([]);
    expect(itself?.low).toBeCloseTo(total.list, 6);
  });
});

describe('small bills', () => {
  let engine: Engine | null = null;
  let folder = '';
  afterEach(() => {
    engine?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function of(lines: readonly FixtureLine[], input: Input<'variance.explore'> = {}) {
    folder = mkdtempSync(join(tmpdir(), 'assay-variance-'));
    const db = filledWorkspace(join(folder, 'w.assay'), lines);
    setPricedWith(db, BUNDLED_CATALOG.version);
    closeWorkspace(db);
    engine = createEngine({ workspacePath: join(folder, 'w.assay') });
    return explore(engine, input);
  }

  const SONNET = {
    model: 'Claude Sonnet 4.5',
    provider: 'Anthropic',
    regionTier: 'global',
    quantity: 1000,
    catalogLow: 3,
  } as const;

  test.each<[string, FixtureLine, string]>([
    ['as listed', { ...SONNET, unblended: 3 }, 'none'],
    ['8 % off', { ...SONNET, unblended: 2.76 }, 'contract_discount'],
    ['at the price of the region’s own tier', { ...SONNET, unblended: 3.3 }, 'tier'],
    ['a thousand times list', { ...SONNET, unblended: 3000 }, 'unit_conflict'],
    ['a third of a percent off', { ...SONNET, unblended: 2.99 }, 'rounding'],
    ['more than any price', { ...SONNET, unblended: 4.1 }, 'unknown'],
    ['without a price', { ...SONNET, catalogLow: null, unblended: 3 }, 'unpriced'],
  ])('a million tokens %s: %s', async (_what, line, reason) => {
    const { total } = await of([line]);
    expect(total.reasons.map((one) => one.reason)).toEqual([reason]);
  });

  test('tax, credits and other currencies stand beside usage, never in it', async () => {
    const { total, notUsage, otherCurrencies, waterfall } = await of([
      { ...SONNET, unblended: 3 },
      { unblended: 0.3, isUsage: false, chargeType: 'Tax' },
      { unblended: -1, isUsage: false, chargeType: 'Credit' },
      { unblended: 500, currency: 'EUR' },
    ]);
    expect(total).toMatchObject({ lines: 1, invoiced: 3, list: 3, variance: 0 });
    expect(notUsage).toEqual([
      { chargeType: 'Credit', lines: 1, invoiced: -1 },
      { chargeType: 'Tax', lines: 1, invoiced: 0.3 },
    ]);
    expect(otherCurrencies).toEqual([{ currency: 'EUR', lines: 1, invoiced: 500 }]);
    expect(waterfall.map(({ id }) => id)).toEqual([
      'list',
      'usage',
      'charge:Credit',
      'charge:Tax',
      'invoice',
    ]);
  });

  test.each<[FixtureLine, string]>([
    [{ unblended: 1, family: 'unknown', meter: null }, 'not_classified'],
    [{ unblended: 1, meter: null }, 'not_priced_by_meter'],
    [{ unblended: 1, multiplier: null }, 'unit_unknown'],
    [{ unblended: 1, quantity: null }, 'quantity_missing'],
    [{ unblended: 1, countsQuantity: false }, 'quantity_not_counted'],
  ])('why a line has no price: %o %s', async (line, reason) => {
    const { unpriced } = await of([line]);
    expect(unpriced).toMatchObject([{ reason, lines: 1, invoiced: 1, firstDay: '2026-08-01' }]);
  });

  test('cached tokens: what reading saved and writing cost, at list', async () => {
    const { cacheSaving } = await of([
      { ...SONNET, meter: 'cache_read', quantity: 3996, unblended: 1.1988, catalogLow: 1.1988 },
      { ...SONNET, meter: 'cache_write_5m', quantity: 4, unblended: 0.015, catalogLow: 0.015 },
    ]);
    expect(cacheSaving.saving).toBeCloseTo(10.7862, 9);
    expect(cacheSaving).toMatchObject({ readTokens: 3_996_000, writeTokens: 4000, linesWithout: 0 });
  });

  test('a dimension of time is refused with what to do; an empty selection has nothing, not zero', async () => {
    await expect(of([], { groupBy: 'month' })).rejects.toThrow(/cannot be split by month here/u);
    const { total, rows, otherModels, cacheSaving } = await explore(engine as Engine);
    expect({ rows, share: total.share, day: otherModels.day, saving: cacheSaving.saving }).toEqual({
      rows: [],
      share: null,
      day: null,
      saving: null,
    });
  });
});
