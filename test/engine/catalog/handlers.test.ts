// The catalog's methods through the engine, as every host calls them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Input, Output } from '../../../shared/contract/methods.ts';
import { methods } from '../../../shared/contract/methods.ts';
import { closeWorkspace, openWorkspace } from '../../../src-main/engine/db/open.ts';
import { setPricedWith } from '../../../src-main/engine/db/prices.ts';
import { createEngine, type Engine } from '../../../src-main/engine/engine.ts';

let engine: Engine;
beforeEach(() => {
  engine = createEngine({ workspacePath: ':memory:', now: () => new Date('2026-11-21T23:30:00Z') });
});
afterEach(() => engine.close());

async function price(input: Input<'catalog.price'>): Promise<Output<'catalog.price'>> {
  const answer = await engine.call('catalog.price', input);
  return methods['catalog.price'].output.parse(answer);
}

/** Each answer as one line: what it is for, then the price or the reason there is none. */
function lines({ answers }: Output<'catalog.price'>): string[] {
  return answers.map(
    ({
      meter,
      variant,
      mode,
      term,
      region,
      regionTier,
      contextBand,
      usdLow,
      usdHigh,
      per,
      missingReason,
    }) => {
      const key = [
        meter,
        variant,
        mode,
        term === 'none' ? null : term,
        region,
        regionTier,
        contextBand === 'long' ? 'long' : null,
      ];
      const money = usdLow === usdHigh ? usdLow : `${usdLow}–${usdHigh}`;
      return `${key.filter((part) => part !== null).join(' ')}: ${missingReason ?? `${money} / ${per}`}`;
    },
  );
}

describe('catalog.price', () => {
  test('one full key is one line, dated today unless a day is asked for', async () => {
    const asked = {
      model: 'Claude Sonnet 4.5',
      meter: 'input',
      mode: 'on_demand',
      regionTier: 'global',
      contextBand: 'standard',
      region: 'us-east-1',
    } as const;
    const answer = await price(asked);
    expect(lines(answer)).toEqual(['input on_demand us-east-1 global: 3 / 1000000']);
    expect(answer).toMatchObject({
      date: '2026-11-21',
      model: 'Claude Sonnet 4.5',
      catalogVersion: '2026-11-21.2',
    });
    expect(answer.answers[0]).toMatchObject({
      unit: 'token',
      layer: 'bundled',
      chosen: [{ usd: 3, confidence: 'official' }],
    });
  });

  test('open parts are filled from what the catalog has', async () => {
    const answer = await price({ model: 'Claude Sonnet 4.5', meter: 'input', region: 'eu-west-1' });
    expect(lines(answer).sort()).toEqual([
      'input batch eu-west-1 global: 1.5 / 1000000',
      'input batch eu-west-1 regional: 1.65 / 1000000',
      'input on_demand eu-west-1 global long: 6 / 1000000',
      'input on_demand eu-west-1 global: 3 / 1000000',
      'input on_demand eu-west-1 regional long: 6.6 / 1000000',
      'input on_demand eu-west-1 regional: 3.3 / 1000000',
    ]);
  });

  test.each([
    ['anthropic.claude-sonnet-4-5-20250929-v1:0'],
    ['eu.anthropic.claude-sonnet-4-5-20250929-v1:0'],
    ['Claude Sonnet 4.5 (Amazon Bedrock Edition)'],
    ['claude sonnet 4.5'],
  ])('%s is Claude Sonnet 4.5', async (model) => {
    expect((await price({ model, meter: 'output' })).model).toBe('Claude Sonnet 4.5');
  });

  test('a mode that is not to be had is a missing price with the nearest ones, not half of another', async () => {
    const answer = await price({
      model: 'Claude Opus 4.7',
      meter: 'input',
      mode: 'batch',
      regionTier: 'global',
    });
    expect(lines(answer)).toEqual(['input batch global: no_price_for_mode']);
    expect(answer.answers[0]?.nearest.map(({ id }) => id)).toContain('claude-opus-4.7/input/global/any');
  });

  test('a region whose price the sources do not name is missing', async () => {
    const answer = await price({ model: 'Ministral 8B 3.0', meter: 'input', region: 'eu-west-1' });
    expect(lines(answer)).toEqual(['input on_demand eu-west-1: region_not_stated']);
  });

  test('the price of the day: GPT-5.6 Sol before and after its cut', async () => {
    const asked = {
      model: 'GPT-5.6 Sol',
      meter: 'input',
      region: 'us-east-1',
      regionTier: 'regional',
    } as const;
    expect(lines(await price({ ...asked, date: '2026-07-24' }))).toEqual([
      'input on_demand us-east-1 regional: 5.5 / 1000000',
    ]);
    expect(lines(await price({ ...asked, date: '2026-09-23' }))).toEqual([
      'input on_demand us-east-1 regional: 4.4 / 1000000',
    ]);
  });

  test('what lost against a better source is shown', async () => {
    const answer = await price({
      model: 'Titan Text Express',
      meter: 'input',
      mode: 'on_demand',
      region: 'us-east-1',
    });
    expect(answer.answers[0]).toMatchObject({
      usdLow: 0.2,
      passedOver: [{ price: { usd: 1.3 }, why: 'lower confidence (assumed)' }],
    });
  });

  test('a price whose source does not state the region is shown and answers nothing', async () => {
    const answer = await price({
      model: 'Llama 3.1 70B',
      meter: 'input',
      mode: 'on_demand',
      region: 'us-east-1',
    });
    expect(answer.answers[0]).toMatchObject({
      status: 'missing',
      missingReason: 'region_not_stated',
      usdLow: null,
      nearest: [
        { usd: 0.72, region: null, anyRegion: false, confidence: 'official' },
        { usd: 0.99, region: 'us-east-1', effectiveTo: '2026-07-24' },
      ],
    });
  });

  test('features are asked by name', async () => {
    const answer = await price({ model: 'guardrails', variant: 'content' });
    expect(lines(answer)).toEqual(['text_unit content on_demand us-east-1: 0.15 / 1000']);
    expect(answer.model).toBeNull();
  });

  test('an unknown model is refused with what was probably meant', async () => {
    await expect(price({ model: 'Claude Sonet 4.5' })).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('Claude Sonnet 4.5'),
    });
    await expect(price({ model: 'zzz' })).rejects.toMatchObject({
      code: 'not_found',
      message: 'No model is called "zzz".',
    });
  });
});

describe('catalog.search and catalog.info', () => {
  test('every word must occur; filters narrow; pages follow on', async () => {
    const search = { text: 'nova lite', meter: 'input', mode: 'batch', region: 'us-east-1' } as const;
    const all = methods['catalog.search'].output.parse(await engine.call('catalog.search', search));
    expect(all.rows.map(({ model, regionTier, usd }) => [model, regionTier, usd])).toEqual([
      ['Nova 2 Lite', 'geo', 0.165],
      ['Nova 2 Lite', 'global', 0.15],
      ['Nova Lite', 'regional', 0.03],
    ]);
    const second = await engine.call('catalog.search', { ...search, offset: 1, limit: 1 });
    expect(second.rows.map(({ id }) => id)).toEqual([all.rows[1]?.id]);
    expect(second.rowCount).toBe(3);
  });

  test('prices that hold everywhere are found under any commercial region and not under GovCloud', async () => {
    const search = { text: 'claude opus 4.7', meter: 'input' } as const;
    expect((await engine.call('catalog.search', { ...search, region: 'eu-south-2' })).rowCount).toBe(2);
    expect((await engine.call('catalog.search', { ...search, region: 'us-gov-west-1' })).rowCount).toBe(0);
  });

  test('the sources account for every price', async () => {
    const info = methods['catalog.info'].output.parse(await engine.call('catalog.info', {}));
    expect(info.sources.reduce((sum, source) => sum + source.prices, 0)).toBe(info.prices);
    expect(info).toMatchObject({
      version: '2026-11-21.2',
      seenFrom: '2026-05-14',
      seenTo: '2026-10-08',
    });
  });
});

test('a workspace priced by another catalog is priced again when it is opened, and says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-'));
  const path = join(folder, 'old.assay');
  createEngine({ workspacePath: path }).close();
  const old = openWorkspace(path);
  setPricedWith(old, '2020-01-01');
  old.exec(`INSERT INTO dim_currency (id, text) VALUES (1, 'USD');
    INSERT INTO dim_provider (id, text) VALUES (1, 'Amazon');
    INSERT INTO dim_model (id, text) VALUES (1, 'Nova Pro');
    INSERT INTO dim_region (id, text) VALUES (1, 'us-east-1');
    INSERT INTO import_batch (id, state, started_at) VALUES (1, 'active', '');
    INSERT INTO delivery (id, batch_id, payer, kind, report, period, billing_entity, estimated, active)
      VALUES (1, 1, 'p', 'cur-2.0', 'r', '2026-09', 'AWS', 0, 1);
    INSERT INTO line_series (id, key, line_class, is_usage, counts_quantity, rule_id, provider, model, region, currency,
      meter, mode, term, region_tier, context_band, multiplier)
      VALUES (1, 'k', 'bedrock', 1, 1, 'r', 1, 1, 1, 1, 'input', 'on_demand', 'none', 'regional', 'standard', 1000);
    INSERT INTO series_price (series_id, from_day, to_day, catalog_version, status) VALUES (1, 0, 99999, '2020-01-01', 'missing');
    INSERT INTO line_item (batch_id, delivery_id, file_id, record_number, series_id, day, start_second, end_second, quantity, unblended)
      VALUES (1, 1, 1, 1, 1, 20700, ${20700 * 86_400}, ${20701 * 86_400}, 5000, 4);`);
  closeWorkspace(old);
  const reopened = createEngine({ workspacePath: path });
  await new Promise<void>((resolve) => {
    reopened.onEvent(({ type }) => type === 'data.changed' && resolve());
  });
  reopened.close();
  const now = openWorkspace(path);
  expect(now.prepare('SELECT catalog_low AS amount FROM line_item').all()).toEqual([
    { amount: expect.closeTo(4, 9) },
  ]);
  expect(now.prepare('SELECT catalog_low AS amount, unpriced FROM daily').all()).toEqual([
    { amount: expect.closeTo(4, 9), unpriced: 0 },
  ]);
  closeWorkspace(now);
  rmSync(folder, { recursive: true, force: true });
});
