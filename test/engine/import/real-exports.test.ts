// The real exports: every row is accounted for, and every total is the exact decimal sum of the file.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { totalsAgree } from '../../../shared/domain/sum.ts';
import { NO_FIELDS } from '../../../shared/domain/usage/workspace-rules.ts';
import { exactTotals } from './exact.ts';
import { gunzipText } from './synthetic.ts';
import { DATA, testWorkspace } from './workspace.ts';

const NOTHING = { rows: 0, sum: Number.NaN, absolute: 0 };

const EXPORTS = [
  {
    file: 'cur-1.0-export.csv',
    format: 'cur-1.0',
    period: '2023-11',
    rows: 1281,
    total: 1.6823086974,
    amount: 'lineItem/UnblendedCost',
    keys: ['lineItem/CurrencyCode', 'lineItem/LineItemType'],
  },
  {
    file: 'cur-2.0-export-00001.csv',
    format: 'cur-2.0',
    period: '2026-04',
    rows: 1000,
    total: null,
    amount: 'line_item_unblended_cost',
    keys: ['line_item_currency_code', 'line_item_line_item_type'],
  },
] as const;

describe.each(EXPORTS)('$file', ({ file, format, period, rows, total, amount, keys }) => {
  const csv = readFileSync(join(DATA, file), 'utf8');
  const exact = exactTotals(csv, amount, keys);

  test('every row is read, and kept, summed or rejected', async () => {
    const report = await testWorkspace().import(join(DATA, file));
    expect(report.files).toHaveLength(1);
    expect(report.files[0]).toMatchObject({ format, period, compression: 'none' });
    expect(report.rows).toMatchObject({ read: rows, rejected: 0 });
    expect(report.rows.kept + report.rows.rolledUp).toBe(rows);
  });

  test('totals per currency and charge type equal the exact decimal sums', async () => {
    const { totals } = await testWorkspace().import(join(DATA, file));
    expect(totals.map(({ currency, chargeType }) => `${currency} ${chargeType}`)).toEqual(
      [...exact.keys()].toSorted(),
    );
    for (const { currency, chargeType, rows: count, unblended } of totals) {
      const expected = exact.get(`${currency} ${chargeType}`);
      expect(count).toBe(expected?.rows);
      expect(totalsAgree(unblended, expected?.sum ?? Number.NaN, expected?.absolute ?? 0)).toBe(true);
    }
  });

  test('what the workspace holds ties to what the file says', async () => {
    const workspace = testWorkspace();
    await workspace.import(join(DATA, file));
    const { rows: tied } = await workspace.engine.call('import.tieOut', {});
    expect(tied.length).toBeGreaterThan(0);
    expect(tied.filter(({ agrees }) => !agrees)).toEqual([]);
    const db = workspace.rows();
    const held = db
      .prepare<[], number>(
        'SELECT SUM(unblended) FROM (SELECT unblended FROM line_item UNION ALL SELECT unblended FROM rollup)',
      )
      .pluck()
      .get();
    const sum = [...exact.values()].reduce((left, right) => left + right.sum, 0);
    const absolute = [...exact.values()].reduce((left, right) => left + right.absolute, 0);
    expect(totalsAgree(held ?? 0, sum, absolute)).toBe(true);
    if (total !== null) expect(held).toBeCloseTo(total, 10);
  });

  test('the daily sums are those of the kept lines', async () => {
    const workspace = testWorkspace();
    // The export has no Bedrock; a rule that claims its services makes the import keep their lines.
    await workspace.engine.call('review.saveRule', {
      number: null,
      rule: {
        pattern: { usageType: null, product: 'Amazon*', resource: null },
        outcome: { kind: 'bedrock', fields: NO_FIELDS },
        why: 'so that lines are kept',
        author: 'test',
      },
    });
    await workspace.import(join(DATA, file));
    const db = workspace.rows();
    const sums = (table: string, count: string): unknown[] =>
      db
        .prepare(
          `SELECT day, series_id, ${count} AS lines, round(SUM(unblended), 12) AS unblended,
             round(SUM(net_unblended), 12) AS net, round(SUM(amortized), 12) AS amortized,
             round(SUM(list), 12) AS list, round(SUM(quantity), 9) AS quantity
           FROM ${table} GROUP BY 1, 2 ORDER BY 1, 2`,
        )
        .all();
    expect(sums('line_item', 'COUNT(*)').length).toBeGreaterThan(0);
    expect(sums('daily', 'SUM(line_items)')).toEqual(sums('line_item', 'COUNT(*)'));
  });
});

describe('focus-1.0-sample.csv', () => {
  const file = join(DATA, 'focus-1.0-sample.csv');
  const csv = readFileSync(file, 'utf8');

  test('every row is read, of other clouds too, and every category becomes a charge type', async () => {
    const report = await testWorkspace().import(file);
    expect(report.files[0]).toMatchObject({ format: 'focus-1.0', period: '2024-09, 2024-10' });
    expect(report.rows).toMatchObject({ read: 1000, rejected: 0 });
    expect(report.totals.map(({ chargeType, rows }) => [chargeType, rows])).toEqual([
      ['Adjustment', 2],
      ['Credit', 1],
      ['SavingsPlanCoveredUsage', 4],
      ['Usage', 993],
    ]);
    const [exact] = [...exactTotals(csv, 'BilledCost', ['BillingCurrency']).values()];
    const sum = report.totals.reduce((total, { unblended }) => total + unblended, 0);
    expect(totalsAgree(sum, exact?.sum ?? Number.NaN, exact?.absolute ?? 0)).toBe(true);
  });

  test('contracted cost is what the file states, and a 0 on a billed line is not stated', async () => {
    const workspace = testWorkspace();
    await workspace.import(file);
    const ask = (measures: ('contractedStated' | 'contracted' | 'unblended')[]) =>
      workspace.engine.call('spend.query', { measures, scope: 'all', groupBy: ['billingEntity'] });
    const { rows, totals, provenance } = await ask(['contractedStated', 'unblended']);
    const lines = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data.filter(
      ({ ContractedCost }) => ContractedCost !== 'NULL',
    );
    const stated = lines.filter(
      ({ ContractedCost, BilledCost }) => Number(ContractedCost) !== 0 || Number(BilledCost) === 0,
    );
    const sum = stated.reduce((total, { ContractedCost }) => total + Number(ContractedCost), 0);
    expect(totals.contractedStated).toBeCloseTo(sum, 9);
    expect(sum).toBeCloseTo(14.97626, 5);
    // Of each provider its own, and nothing where a provider states none.
    for (const [entity, held] of rows) {
      const own = stated.filter(
        ({ ProviderName }) => ProviderName === String(entity).replace(' Marketplace', ''),
      );
      if (entity === 'Microsoft' || entity === 'Oracle')
        expect(held).toBeCloseTo(
          own.reduce((total, { ContractedCost }) => total + Number(ContractedCost), 0),
          9,
        );
    }
    expect(lines.length - stated.length).toBeGreaterThan(600);
    expect(provenance.notes.join(' ')).toMatch(
      /Contracted cost as billed is not stated on lines of [\d.]+ USD unblended/u,
    );
    // Rates of the workspace are another thing: there are none, and the file's amounts do not stand in for them.
    const both = await ask(['contracted', 'contractedStated']);
    expect(both.totals).toMatchObject({ contracted: null, contractedStated: expect.closeTo(sum, 9) });
    expect(both.provenance.notes.join(' ')).toContain('They are never mixed.');
  });

  test('billed, effective and list cost are held as they are stated, per provider', async () => {
    const workspace = testWorkspace();
    await workspace.import(file);
    const { rows } = await workspace.engine.call('import.tieOut', {});
    expect(rows.filter(({ agrees }) => !agrees)).toEqual([]);
    const held = workspace
      .rows()
      .prepare<[], { entity: string; billed: number; net: number; effective: number; list: number }>(
        `SELECT delivery.billing_entity AS entity, SUM(unblended) AS billed, SUM(net_unblended) AS net,
           SUM(amortized) AS effective, SUM(list) AS list
         FROM (SELECT * FROM (SELECT delivery_id, unblended, net_unblended, amortized, list FROM line_item)
           UNION ALL SELECT delivery_id, unblended, net_unblended, amortized, list FROM rollup) AS fact
         JOIN delivery ON delivery.id = fact.delivery_id GROUP BY 1 ORDER BY 1`,
      )
      .all();
    expect(held.map(({ entity }) => entity)).toEqual(['AWS', 'AWS Marketplace', 'Microsoft', 'Oracle']);
    const stated = (column: string): Map<string, { sum: number; absolute: number }> =>
      exactTotals(csv.replaceAll(/(?<=,|^)NULL(?=,|$)/gmu, ''), column, ['ProviderName']);
    for (const [column, measure] of [
      ['BilledCost', 'billed'],
      ['BilledCost', 'net'],
      ['EffectiveCost', 'effective'],
      ['ListCost', 'list'],
    ] as const) {
      for (const [provider, exact] of stated(column)) {
        const sum = held
          .filter(({ entity }) => entity.replace(' Marketplace', '') === provider)
          .reduce((total, row) => total + row[measure], 0);
        expect([column, provider, sum, totalsAgree(sum, exact.sum, exact.absolute)]).toEqual([
          column,
          provider,
          sum,
          true,
        ]);
      }
    }
  });
});

describe('the layouts', () => {
  test('a folder as AWS lays it out: every row, and the exact sum of its part', async () => {
    const [part = ''] = globSync('cur-1.0-layout/**/*.csv.gz', { cwd: DATA });
    const exact = exactTotals(gunzipText(join(DATA, part)), 'lineItem/UnblendedCost', [
      'lineItem/CurrencyCode',
      'lineItem/LineItemType',
    ]);
    const { rows, totals } = await testWorkspace().import(join(DATA, 'cur-1.0-layout'));
    expect(rows).toMatchObject({ read: 6190, rejected: 0 });
    expect(totals.map(({ currency, chargeType }) => `${currency} ${chargeType}`)).toEqual([...exact.keys()]);
    for (const { currency, chargeType, rows: count, unblended } of totals) {
      const { rows: expected, sum, absolute } = exact.get(`${currency} ${chargeType}`) ?? NOTHING;
      expect([count, totalsAgree(unblended, sum, absolute)]).toEqual([expected, true]);
    }
    expect(totals.reduce((sum, { unblended }) => sum + unblended, 0)).toBeCloseTo(29_684.7806824649, 9);
  });

  test('a zip', async () => {
    const { rows, totals } = await testWorkspace().import(join(DATA, 'cur-1.0-mock.csv.zip'));
    expect(rows).toMatchObject({ read: 3, rejected: 0 });
    expect(totals).toEqual([
      { currency: 'USD', chargeType: 'Usage', rows: 3, unblended: expect.closeTo(0.045152, 12) },
    ]);
  });
});
