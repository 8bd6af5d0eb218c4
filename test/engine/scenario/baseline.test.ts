import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scenarioBaseline } from '../../../shared/contract/scenario-baseline.ts';
import { spendQuery } from '../../../shared/contract/spend.ts';
import { BUNDLED_CATALOG } from '../../../shared/domain/pricing/catalog.ts';
import type { Filter } from '../../../shared/domain/spend/vocabulary.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import { totalTokens } from '../../../shared/domain/whatif/vectors.ts';
import type { Db } from '../../../src-main/engine/db/open.ts';
import { readBaseline } from '../../../src-main/engine/scenario/baseline.ts';
import { catalogFacts } from '../../../src-main/engine/spend/catalog-facts.ts';
import { answerQuery } from '../../../src-main/engine/spend/query.ts';
import { type FixtureDelivery, type FixtureLine, filledWorkspace } from '../fixture.ts';

const AUGUST = { from: '2026-08-01', to: '2026-08-31' };
const OUTPUT = { meter: 'output', usageType: 'USE1-NovaLite-output-tokens' } as const;

let folder: string;
let open: Db[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-'));
  open = [];
});
afterEach(() => {
  for (const db of open) db.close();
  rmSync(folder, { recursive: true, force: true });
});

function bill(lines: readonly FixtureLine[], deliveries?: readonly FixtureDelivery[]): Db {
  const db = filledWorkspace(join(folder, `${open.length}.assay`), lines, deliveries);
  open.push(db);
  return db;
}

const read = (db: Db, parts: Partial<Parameters<typeof readBaseline>[1]> = {}) =>
  scenarioBaseline.parse(
    readBaseline(
      db,
      {
        period: AUGUST,
        where: [],
        workload: null,
        scopes: [],
        modes: [],
        places: [],
        hourly: [],
        timeZones: [],
        ocu: false,
        ...parts,
      },
      BUNDLED_CATALOG,
    ),
  );

const is = (dimension: string, ...values: (string | null)[]): Filter => ({
  dimension,
  operator: '=',
  values,
});

test('search capacity: its units where every line says how many, and unknown where one does not', () => {
  const ocu = { meter: 'ocu_hour', family: 'knowledge_base', baseUnit: 'hour', multiplier: 1, unblended: 12 };
  const one = { ...ocu, usageType: 'USE1-SearchOCU', quantity: 48 };
  const units = (lines: FixtureLine[]) => read(bill([{ unblended: 0.06 }, ...lines]), { ocu: true }).ocu;
  expect(units([one])).toEqual({ hours: 48, invoiced: 12 });
  expect(units([one, { ...ocu, usageType: 'USE1-IndexingOCU', quantity: null }])).toEqual({
    hours: null,
    invoiced: 24,
  });
  expect(units([])).toEqual({ hours: 0, invoiced: 0 });
});

describe('vectors', () => {
  test('meters of one usage stay together, days are summed', () => {
    const { vectors } = read(
      bill([
        { unblended: 0.06 },
        { unblended: 0.06, start: '2026-08-02T10:00:00Z' },
        { unblended: 0.24, ...OUTPUT },
      ]),
    );
    expect(vectors).toMatchObject([
      {
        model: 'Nova Lite',
        provider: 'Amazon',
        region: 'us-east-1',
        mode: 'on_demand',
        billedAs: 'native',
        tokens: { input: 2e6, output: 1e6, cache_read: 0 },
        invoiced: { input: 0.12, output: 0.24 },
      },
    ]);
  });

  test.each([
    ['model', { model: 'Nova Pro' }],
    ['region', { region: 'eu-west-1' }],
    ['mode', { mode: 'batch' }],
    ['region tier', { regionTier: 'global' }],
    ['context band', { contextBand: 'long' }],
    ['variant', { variant: 'custom_model' }],
    ['biller', { billingEntity: 'AWS Marketplace' }],
    ['streaming', { operation: 'InvokeModelStreamingInference' }],
  ] satisfies [string, Partial<FixtureLine>][])('another %s is another vector', (_name, parts) => {
    expect(read(bill([{ unblended: 1 }, { unblended: 1, ...parts }])).vectors).toHaveLength(2);
  });

  test('the operation says whether someone waits; the generic one says nothing', () => {
    const operations = ['InvokeModelStreamingInference', 'InvokeModelInference', 'Usage', null];
    const { vectors } = read(
      bill(operations.map((operation, index) => ({ unblended: 1, operation, region: `region-${index}` }))),
    );
    const byRegion = vectors.toSorted((left, right) => left.region!.localeCompare(right.region!));
    expect(byRegion.map(({ streaming }) => streaming)).toEqual(['yes', 'no', 'unknown', 'unknown']);
  });

  test('AISPL bills natively', () => {
    expect(read(bill([{ unblended: 1, billingEntity: 'AISPL' }])).vectors[0]!.billedAs).toBe('native');
  });

  test('a workload dimension splits them, with what has no value apart', () => {
    const { vectors } = read(
      bill([
        { unblended: 1, tags: { app: 'chat' } },
        { unblended: 2, tags: { app: 'search' } },
        { unblended: 3 },
      ]),
      { workload: 'tag:app' },
    );
    expect(vectors.map(({ workload, invoiced }) => [workload, invoiced.input])).toEqual(
      expect.arrayContaining([
        ['chat', 1],
        ['search', 2],
        [null, 3],
      ]),
    );
  });
});

describe('the parts add up to the selection', () => {
  const LINES: FixtureLine[] = [
    { unblended: 1 },
    { unblended: 2, ...OUTPUT },
    { unblended: 4, family: 'guardrails', meter: 'text_unit', baseUnit: 'text_unit', model: null },
    {
      unblended: 8,
      family: 'provisioned',
      meter: 'model_unit_hour',
      mode: 'provisioned',
      baseUnit: 'model_unit_hour',
    },
    { unblended: 16, baseUnit: null, multiplier: null, unit: 'Furlongs' },
    {
      unblended: 32,
      family: 'unknown',
      meter: null,
      mode: null,
      model: null,
      baseUnit: null,
      multiplier: null,
    },
    { unblended: 64, isUsage: false, chargeType: 'Tax', model: null, provider: null },
    { unblended: -128, isUsage: false, chargeType: 'EdpDiscount', model: null, provider: null },
    { unblended: 256, meter: 'image', baseUnit: 'image', model: 'Nova Canvas' },
    { unblended: 512, quantity: 0, model: 'Nova Micro' },
    { unblended: 1024, lineClass: 'candidate', family: null },
    { unblended: 2048, lineClass: 'other', isUsage: true, family: null },
  ];

  test('every cent is in a vector or outside, with its reason; other services are not in it', () => {
    const baseline = read(bill(LINES));
    expect(baseline.vectors.map(({ invoiced }) => totalTokens(invoiced))).toEqual([3]);
    expect(
      Object.fromEntries(baseline.outside.map((part) => [part.invoiced, `${part.reason}: ${part.label}`])),
    ).toEqual({
      4: 'not_tokens: guardrails',
      8: 'fixed_capacity: provisioned',
      16: 'unknown_unit: inference: input',
      32: 'unknown_model: unknown',
      64: 'not_usage: Tax',
      '-128': 'not_usage: EdpDiscount',
      256: 'not_tokens: inference: image',
      512: 'not_tokens: cost without tokens',
    });
  });

  test('vectors and outside are what spend.query sums for the same selection', () => {
    const where = [is('billingEntity', 'AWS')];
    const db = bill([...LINES, { unblended: 0.5, billingEntity: 'AWS Marketplace' }]);
    const { vectors, outside } = read(db, { where });
    const parts = sumOf([...vectors.map((v) => totalTokens(v.invoiced)), ...outside.map((o) => o.invoiced)]);
    const query = spendQuery.parse({ measures: ['unblended'], where, period: AUGUST });
    const { totals } = answerQuery(db, catalogFacts(BUNDLED_CATALOG), query);
    expect(parts).toBe(totals.unblended);
  });
});

describe('scopes of levers', () => {
  const db = () =>
    bill([
      { unblended: 1, tags: { env: 'dev' }, start: '2026-08-01T10:00:00Z' },
      { unblended: 2, tags: { env: 'dev' }, start: '2026-08-20T10:00:00Z' },
      { unblended: 4, tags: { env: 'prod' }, start: '2026-08-20T10:00:00Z' },
      { unblended: 8 },
    ]);
  const costIn = (baseline: ReturnType<typeof read>, scope: number): number =>
    sumOf(
      baseline.vectors.filter(({ inScopes }) => inScopes.includes(scope)).map((v) => totalTokens(v.invoiced)),
    );

  test('each vector knows the scopes it is in, by the same filters as every other question', () => {
    const baseline = read(db(), {
      scopes: [
        [is('tag:env', 'dev')],
        [{ dimension: 'tag:env', operator: '!=', values: ['dev'] }],
        [{ dimension: 'day', operator: '>=', values: ['2026-08-15'] }],
        [is('tag:env', 'dev'), { dimension: 'day', operator: '>=', values: ['2026-08-15'] }],
        [is('hour', '2026-08-20T10:00Z')],
      ],
    });
    expect([0, 1, 2, 3, 4].map((scope) => costIn(baseline, scope))).toEqual([3, 12, 6, 2, 6]);
    expect(sumOf(baseline.vectors.map((v) => totalTokens(v.invoiced)))).toBe(15);
  });

  test('a scope over a dimension that does not exist is refused', () => {
    expect(() => read(db(), { scopes: [[is('mood', 'good')]] })).toThrow('mood');
  });
});

describe('prices', () => {
  test('each vector has its prices now and in batch, with their source', () => {
    const { prices, vectors } = read(bill([{ unblended: 1 }, { unblended: 1, ...OUTPUT }]));
    const find = (mode: string, meter: string) =>
      prices.find((price) => price.mode === mode && price.meter === meter)!;
    expect(vectors).toHaveLength(1);
    expect(find('on_demand', 'input').low).toBeCloseTo(0.06e-6, 15);
    expect(find('batch', 'output').high).toBeCloseTo(0.12e-6, 15);
    expect(find('on_demand', 'input').source).toContain('catalog');
    expect(find('batch', 'cache_read')).toMatchObject({
      low: null,
      source: 'the catalog has no price in this mode',
    });
  });

  test('a bill in another currency asks for none', () => {
    expect(read(bill([{ unblended: 1, currency: 'EUR' }])).prices).toEqual([]);
  });
});

describe('days', () => {
  const EC2 = { lineClass: 'other', family: null, service: 'AmazonEC2', unblended: 1 } as const;

  test('days with any line count, whatever its service and whatever is selected', () => {
    const db = bill([
      { unblended: 1, start: '2026-08-03T10:00:00Z' },
      { ...EC2, start: '2026-08-01T10:00:00Z' },
      { ...EC2, start: '2026-08-02T10:00:00Z' },
      { ...EC2, start: '2026-09-02T10:00:00Z' },
    ]);
    const baseline = read(db, { where: [is('model', 'Nova Lite')] });
    expect(baseline.daysCovered).toBe(3);
    expect(baseline.notes.join(' ')).toContain('3 of the 31 days');
  });

  test('deliveries that were replaced do not count, neither days nor cost', () => {
    const db = bill(
      [
        { unblended: 1, delivery: 1 },
        { unblended: 5, delivery: 2, start: '2026-08-09T10:00:00Z' },
      ],
      [{ period: '2026-08' }, { period: '2026-08', active: false }],
    );
    const baseline = read(db);
    expect(baseline.daysCovered).toBe(1);
    expect(baseline.vectors.map(({ invoiced }) => invoiced.input)).toEqual([1]);
  });

  test('an open month makes the baseline an estimate', () => {
    const deliveries = (estimated: boolean) => [{ period: '2026-08', estimated }];
    expect(read(bill([{ unblended: 1 }], deliveries(true))).estimated).toBe(true);
    expect(read(bill([{ unblended: 1 }], deliveries(false))).estimated).toBe(false);
  });
});

describe('refusals', () => {
  test('more than one currency', () => {
    const db = bill([{ unblended: 1 }, { unblended: 1, currency: 'EUR' }]);
    expect(() => read(db)).toThrow(expect.objectContaining({ code: 'mixed_currency' }));
    expect(read(db, { where: [is('currency', 'EUR')] }).currency).toBe('EUR');
  });

  test('nothing selected', () => {
    const db = bill([{ unblended: 1 }]);
    const empty = { period: { from: '2026-09-01', to: '2026-09-30' } };
    expect(() => read(db, empty)).toThrow(expect.objectContaining({ code: 'not_found' }));
    expect(() => read(db, empty)).toThrow(
      'Nothing is held from 2026-09-01 to 2026-09-30. Choose days that were imported.',
    );
    const filtered = { where: [is('model', 'Nova Micro')] };
    expect(() => read(db, filtered)).toThrow('matches the filters. Choose fewer filters, or other days.');
  });

  test('a period that ends before it starts', () => {
    const backwards = { period: { from: '2026-09-30', to: '2026-09-01' } };
    expect(() => read(bill([{ unblended: 1 }]), backwards)).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
  });
});
