import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/methods.ts';
import { methods } from '../../../shared/contract/methods.ts';
import { closeWorkspace } from '../../../src-main/engine/db/open.ts';
import { createEngine, type Engine } from '../../../src-main/engine/engine.ts';
import { type FixtureDelivery, type FixtureLine, filledWorkspace } from '../fixture.ts';

let folder: string;
let engine: Engine | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-'));
  engine = null;
});
afterEach(() => {
  engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

function bill(lines: readonly FixtureLine[], deliveries?: readonly FixtureDelivery[]): Engine {
  const path = join(folder, 'bill.assay');
  closeWorkspace(filledWorkspace(path, lines, deliveries));
  engine = createEngine({ workspacePath: path });
  return engine;
}

const MARKETPLACE = {
  billingEntity: 'AWS Marketplace',
  productCode: '4a524th30q694o538qndh9ucht',
  productName: 'Claude Sonnet 4.5 (Amazon Bedrock Edition)',
  provider: 'Anthropic',
  model: 'Claude Sonnet 4.5',
} as const;
const GUARDRAIL = {
  family: 'guardrails',
  meter: 'text_unit',
  baseUnit: 'text_unit',
  multiplier: 1,
  model: null,
} as const;
const UNKNOWN = {
  family: 'unknown',
  meter: null,
  baseUnit: null,
  multiplier: null,
  model: null,
  usageType: 'USE1-Mystery',
} as const;

const BILL: FixtureLine[] = [
  { unblended: 1, catalogLow: 1 },
  { unblended: 20, ...MARKETPLACE },
  { unblended: 3, ...GUARDRAIL },
  { unblended: 4, ...UNKNOWN },
  { unblended: 5, isUsage: false, chargeType: 'Tax' },
  { unblended: -6, isUsage: false, chargeType: 'Credit' },
  {
    unblended: 7,
    productCode: 'AmazonBedrockFoundationModels',
    productName: 'Amazon Bedrock Foundation Models',
    mode: 'batch',
  },
  {
    unblended: 80,
    lineClass: 'candidate',
    service: 'AmazonES',
    model: null,
    family: 'knowledge_base',
    meter: 'ocu_hour',
    baseUnit: 'ocu_hour',
  },
  { unblended: 900, lineClass: 'other', service: 'AmazonEC2' },
];

describe('summary', () => {
  test('the parts add up to the total, whichever way it is cut', async () => {
    const answer = await bill(BILL).call('spend.summary', {});
    expect(methods['spend.summary'].output.parse(answer)).toEqual(answer);
    expect(answer.blocks).toEqual([
      {
        currency: 'USD',
        total: 34,
        lineItems: 7,
        native: 14,
        marketplace: 20,
        // Marketplace, and the product that is not called "Amazon Bedrock".
        outsideCostExplorerFilter: 27,
        inference: 28,
        ancillary: 3,
        notUsage: -1,
        unknown: { cost: 4, lineItems: 1 },
        tokens: 3e6,
        effectiveRate: expect.closeTo(28 / 3, 12),
        cacheHitRate: 0,
        batchShare: expect.any(Number),
        unpricedShare: expect.closeTo(34 / 35, 12),
        catalogList: 1,
        list: null,
        candidates: { cost: 80, lineItems: 1 },
      },
    ]);
    expect(answer.provenance).toMatchObject({ lineItems: 7, unknownShare: 4 / 35 });
  });

  test('a basis that no line states is missing, and parts without lines are zero', async () => {
    const answer = await bill([{ unblended: 1 }, { unblended: 2, ...MARKETPLACE, list: 9 }]).call(
      'spend.summary',
      { basis: 'list' },
    );
    expect(answer.blocks[0]).toMatchObject({
      total: 9,
      native: null,
      marketplace: 9,
      ancillary: 0,
      notUsage: 0,
    });
  });

  test('one block a currency', async () => {
    const answer = await bill([{ unblended: 1 }, { unblended: 80, currency: 'INR' }]).call(
      'spend.summary',
      {},
    );
    expect(answer.blocks.map(({ currency, total }) => [currency, total])).toEqual([
      ['INR', 80],
      ['USD', 1],
    ]);
    expect(answer.provenance.unpricedShare).toBeNull();
  });

  test('it keeps to the period and the conditions', async () => {
    const input: Input<'spend.summary'> = {
      period: { from: '2026-09-01', to: '2026-09-30' },
      where: [{ dimension: 'provider', operator: '=', values: ['Amazon'] }],
    };
    const september = '2026-09-05T00:00:00Z';
    const lines = [
      { unblended: 1 },
      { unblended: 2, start: september },
      { unblended: 4, start: september, ...MARKETPLACE },
    ];
    expect((await bill(lines).call('spend.summary', input)).blocks[0]).toMatchObject({
      total: 2,
      lineItems: 1,
    });
  });
});

describe('review list', () => {
  test('unknown usage types, unknown units and units read wrongly, most expensive first', async () => {
    const lines: FixtureLine[] = [
      { unblended: 4, ...UNKNOWN },
      { unblended: 1, ...UNKNOWN, start: '2026-08-09T00:00:00Z' },
      {
        unblended: 2,
        unit: 'Fathoms',
        baseUnit: null,
        multiplier: null,
        usageType: 'USE1-NovaLite-output-tokens',
        meter: 'output',
      },
      { unblended: 0.0031, catalogLow: 3, usageType: 'USE1-Claude-input-tokens' },
      // A discount of nine tenths is no wrong unit, and neither are free lines.
      { unblended: 1, catalogLow: 10, usageType: 'discounted' },
      { unblended: 0, catalogLow: 10, usageType: 'free' },
      { unblended: 5, isUsage: false, chargeType: 'Tax', family: null },
    ];
    const { rows, rowCount } = await bill(lines).call('spend.unknown', {});
    expect(rowCount).toBe(3);
    expect(rows).toEqual([
      expect.objectContaining({
        usageType: 'USE1-Mystery',
        problem: 'unknown_usage_type',
        lineItems: 2,
        unblended: 5,
        firstDay: '2026-08-01',
        lastDay: '2026-08-09',
      }),
      expect.objectContaining({ unit: 'Fathoms', problem: 'unknown_unit', unblended: 2, currency: 'USD' }),
      expect.objectContaining({ usageType: 'USE1-Claude-input-tokens', problem: 'unit_conflict' }),
    ]);
  });

  test('it keeps to the period', async () => {
    const period = { from: '2026-09-01', to: '2026-09-30' };
    const answer = await bill([{ unblended: 4, ...UNKNOWN }]).call('spend.unknown', { period });
    expect(answer.rows).toEqual([]);
  });
});

describe('values of a filter', () => {
  const lines: FixtureLine[] = [
    { unblended: 1 },
    { unblended: 5, model: 'Nova Pro' },
    { unblended: 2, model: null },
  ];
  test('biggest first, lines without a value included', async () => {
    const { values } = await bill(lines).call('spend.values', { dimension: 'model' });
    expect(values).toEqual([
      { value: 'Nova Pro', unblended: 5, lineItems: 1 },
      { value: null, unblended: 2, lineItems: 1 },
      { value: 'Nova Lite', unblended: 1, lineItems: 1 },
    ]);
  });
  test('searched, in any case', async () => {
    const { values } = await bill(lines).call('spend.values', { dimension: 'model', search: 'LITE' });
    expect(values.map(({ value }) => value)).toEqual(['Nova Lite']);
  });
  test('cost in two currencies is not one number', async () => {
    const { values } = await bill([{ unblended: 1 }, { unblended: 80, currency: 'INR' }]).call(
      'spend.values',
      { dimension: 'model' },
    );
    expect(values).toEqual([{ value: 'Nova Lite', unblended: null, lineItems: 2 }]);
  });
});

describe('workspace', () => {
  test('says what it holds', async () => {
    const lines = [
      ...BILL,
      {
        unblended: 1,
        start: '2026-09-30T23:00:00Z',
        delivery: 2,
        tags: { Team: 'a' },
        costCategories: { Unit: 'x' },
      },
    ];
    const info = await bill(lines, [{ period: '2026-08' }, { period: '2026-09', estimated: true }]).call(
      'workspace.info',
      {},
    );
    expect(methods['workspace.info'].output.parse(info)).toEqual(info);
    expect(info).toMatchObject({
      name: 'bill',
      readOnly: false,
      lineItems: 8,
      candidateLineItems: 1,
      rolledUpRows: 1,
      unknownLineItems: 1,
      days: { from: '2026-08-01', to: '2026-09-30' },
      months: [
        { month: '2026-08', estimated: false },
        { month: '2026-09', estimated: true },
      ],
      currencies: ['USD'],
      payers: ['999999999999'],
      tagKeys: ['Team'],
      costCategories: ['Unit'],
      unpricedShare: expect.closeTo(35 / 36, 12),
    });
  });

  test('an empty workspace holds nothing: no days, no share', async () => {
    const info = await bill([], []).call('workspace.info', {});
    expect(info).toMatchObject({ lineItems: 0, days: null, months: [], currencies: [], unpricedShare: null });
  });

  test('health names the runtime and checks the file', async () => {
    const health = await bill(BILL).call('engine.health', {});
    expect(methods['engine.health'].output.parse(health)).toMatchObject({
      engine: 'node',
      node: process.versions.node,
      integrity: 'ok',
    });
  });
});
