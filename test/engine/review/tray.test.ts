// The review tray on a real bill: what is in it, why, what it costs, and what takes it out again.
import { describe, expect, test } from 'vitest';
import { testWorkspace } from '../import/workspace.ts';
import { BILL, ORION, PROFILE, rules, says, ZEPHYR } from './bill.ts';

async function tray() {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('bill.csv', BILL));
  const { engine } = workspace;
  return {
    engine,
    rows: async () => (await engine.call('review.tray', {})).rows,
    row: async (problem: string) =>
      (await engine.call('review.tray', {})).rows.find((row) => row.problem === problem),
  };
}

describe('the tray', () => {
  test('holds every open question, most expensive first, and nothing that is clear', async () => {
    const { rows } = await tray();
    expect(
      (await rows()).map(({ problem, usageType, unblended }) => [problem, usageType, unblended]),
    ).toEqual([
      ['looks_like_ai', 'USE1-Orion-input-tokens', 25],
      ['unknown_usage_type', 'USE1-Zephyr9:mystery', 12],
      ['unknown_unit', 'USE1-NovaPro-output-tokens', 7],
      ['looks_like_ai', 'USE1-IndexingOCU', 5.76],
      ['profile_without_model', null, 3.2],
      ['unknown_usage_type', 'USW2-Zephyr9:mystery', 3],
      ['unit_conflict', 'USE1-NovaPro-input-tokens', 0.8],
    ]);
  });

  test('a profile is one row whatever it was used for, and its rule names the profile alone', async () => {
    const { engine, row } = await tray();
    expect(await row('profile_without_model')).toMatchObject({
      resource: PROFILE,
      lineItems: 2,
      accounts: 1,
      suggestion: { usageType: null, product: null, resource: PROFILE },
    });
    await engine.call('review.saveRule', {
      number: null,
      rule: says({ resource: PROFILE }, { model: 'Nova Pro' }),
    });
    expect(await row('profile_without_model')).toBeUndefined();
    const { rows } = await engine.call('spend.query', {
      measures: ['unblended', 'inputTokens', 'outputTokens', 'catalogList'],
      where: [{ dimension: 'inferenceProfile', operator: '=', values: ['a1b2c3'] }],
      groupBy: ['model'],
    });
    // 2 million in at 0.80 and half a million out at 3.20 USD per million: what was invoiced.
    expect(rows).toEqual([['Nova Pro', 3.2, 2_000_000, 500_000, expect.closeTo(3.2, 9)]]);
  });

  test('says how a line is held and what one unit cost', async () => {
    const { row } = await tray();
    const orion = await row('looks_like_ai');
    expect(orion).toMatchObject({
      lineItems: 2,
      summedLineItems: 2,
      firstDay: '2026-08-03',
      lastDay: '2026-08-04',
    });
    const evidence = Object.fromEntries((orion?.evidence ?? []).map(({ label, value }) => [label, value]));
    expect(evidence.Why).toBe('It counts input, output or cached tokens.');
    expect(evidence['Cost of one']).toMatch(/0\.005.* per 1K tokens/u);
    expect(evidence.Detail).toMatch(/^All of these line items are held as daily sums/u);
    const conflict = await row('unit_conflict');
    expect(conflict?.evidence.map(({ value }) => value)).toContain('$800.00');
  });

  test('suggests a pattern that holds in every region', async () => {
    const { row } = await tray();
    expect((await row('unknown_usage_type'))?.suggestion).toEqual({
      usageType: '*Zephyr9:mystery',
      product: 'AmazonBedrock',
      resource: null,
    });
  });

  test('lets its lines be listed', async () => {
    const { engine, rows } = await tray();
    for (const row of await rows()) {
      const { where, scope } = row.lines;
      const held = await engine.call('spend.lineItems', { where, scope });
      expect([row.usageType, held.rowCount + held.summedLineItems]).toEqual([row.usageType, row.lineItems]);
    }
  });

  test('is empty once every question has an answer, and full again once they are taken back', async () => {
    const { engine, rows } = await tray();
    const before = await rows();
    const answers = [
      ZEPHYR,
      ORION,
      says({ usageType: '*NovaPro-output-tokens' }, { unitsEach: 1e6 }),
      says({ usageType: '*NovaPro-input-tokens' }, { unitsEach: 1000 }),
      says({ resource: PROFILE }, { model: 'Nova Pro' }),
      rules({ product: 'AmazonES' }, 'not_bedrock'),
    ];
    for (const rule of answers) await engine.call('review.saveRule', { number: null, rule });
    expect((await rows()).map(({ problem, usageType }) => [problem, usageType])).toEqual([]);
    for (const _ of answers) await engine.call('review.undo', {});
    expect(await rows()).toEqual(before);
  });

  test('leaves out what somebody looked at and left as it stands', async () => {
    const { engine, row } = await tray();
    await engine.call('review.saveRule', {
      number: null,
      rule: rules({ usageType: '*NovaPro-output-tokens' }, 'as_it_stands'),
    });
    expect(await row('unknown_unit')).toBeUndefined();
    const { rows } = await engine.call('spend.query', {
      measures: ['unblended', 'tokens'],
      where: [{ dimension: 'usageType', operator: '=', values: ['USE1-NovaPro-output-tokens'] }],
    });
    expect(rows).toEqual([[7, null]]);
  });

  test('asks about a period only when told so', async () => {
    const { engine } = await tray();
    const later = await engine.call('review.tray', { period: { from: '2026-08-04', to: '2026-08-31' } });
    expect(later.rows.map(({ usageType, unblended }) => [usageType, unblended])).toEqual([
      ['USE1-Orion-input-tokens', 5],
    ]);
  });
});
