// The workbook of every example: its formulas, calculated by the test itself, come to the figures of the answer.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readScenarioText } from '../../../shared/contract/scenario-file.ts';
import { testWorkspace } from '../import/workspace.ts';
import { type Cell, calculated, readSheets, type Sheets } from './sheets.ts';

const exactly = (value: number) => ({ low: value, base: value, high: value });
const is = (dimension: string, ...values: string[]) => ({ dimension, operator: '=', values });

const FOLDER = resolve(import.meta.dirname, '../../../docs/scenarios');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

const allFormulas = (sheets: Sheets) =>
  [...sheets].flatMap(([sheet, cells]) =>
    [...cells].flatMap(([address, { formula, number }]) =>
      formula === null ? [] : [{ at: `${sheet}!${address}`, sheet, formula, cached: number }],
    ),
  );

/** Growth of one model that compounds, a step of another, both on top of one for all, and a price that is cut later on. */
const GROWING = {
  file: 'growing',
  scenario: readScenarioText(
    JSON.stringify({
      schemaVersion: 1,
      name: 'Growth on growth',
      baseline: { period: { from: '2026-08-01', to: '2026-10-31' } },
      horizon: { startMonth: '2027-01', months: 30 },
      growth: [
        { perMonth: exactly(0.02) },
        { scope: [is('model', 'Claude Sonnet 4.5')], perMonth: { low: 0, base: 0.1, high: 0.2 } },
        { scope: [is('model', 'Nova Lite', 'Nova Pro')], perMonth: exactly(1.5), onceFrom: '2027-03' },
      ],
      priceChanges: [{ model: 'Claude Sonnet 4.5', fromMonth: '2027-06', factor: exactly(0.8) }],
      fiscalYearStart: 4,
      levers: [
        {
          kind: 'batch',
          id: 'batch',
          eligibleShare: { low: 0.2, base: 0.3, high: 0.5 },
          startMonth: '2027-02',
          rampMonths: 3,
          oneOffCost: 5000,
        },
      ],
    }),
    'growing',
  ),
};

/** Cells of a sheet's columns, from one row to another, that hold a figure without a formula; none on a sheet that is not there. */
const valuesOf = (sheets: Sheets, sheet: string, letters: string, from: number, to: number): string[] =>
  [...letters].flatMap((letter) =>
    Array.from({ length: to - from + 1 }, (_, index) => `${letter}${from + index}`).filter((address) => {
      const cell = sheets.get(sheet)?.get(address);
      return cell !== undefined && cell.formula === null && cell.number !== null;
    }),
  );

/** The texts of each row of a sheet, its heading first. */
const rowsOf = (sheets: Sheets, sheet: string): (string | null)[][] => {
  const byRow = Map.groupBy(sheets.get(sheet) ?? [], ([address]) => address.replace(/[A-Z]+/u, ''));
  return [...byRow.values()].map((cells) => cells.map(([, { text }]) => text));
};

test('formulas recompute to the answer, and carry the same value for readers that do not calculate', async () => {
  const { engine, folder } = testWorkspace();
  const { batchId } = await engine.call('sample.stage', {});
  await engine.call('import.commit', { batchId: batchId ?? 0 });
  const examples = FILES.map((file) => ({
    file,
    scenario: readScenarioText(readFileSync(join(FOLDER, file), 'utf8'), file),
  }));
  for (const { file, scenario } of [...examples, GROWING]) {
    const target = join(folder, `${file}.xlsx`);
    await engine.call('export.scenario', { scenario, target, format: 'xlsx' });
    const answer = await engine.call('scenario.run', { scenario });
    const sheets = readSheets(readFileSync(target));
    const scale = answer.baseline.atPrice!.base;
    for (const { at, sheet, formula, cached } of allFormulas(sheets)) {
      const value = calculated(sheets, sheet, formula);
      expect(Math.abs(value - (cached ?? Number.NaN)), `${file} ${at} =${formula}`).toBeLessThan(
        1e-9 * scale,
      );
    }
    const summary = (address: string): number =>
      calculated(sheets, 'Summary', sheets.get('Summary')?.get(address)?.formula ?? '');
    const near = (value: number): unknown => expect.closeTo(value, 4);
    expect(summary('B2')).toEqual(near(answer.baseline.atPrice!.base));
    const { savingAtPrice } = answer.headlines;
    if (savingAtPrice === null)
      // Capacity on an export by the day: no verdict, and so no figure.
      for (const at of ['B3', 'B4', 'B5']) expect(sheets.get('Summary')?.get(at)?.formula ?? null).toBeNull();
    else {
      expect(summary('B3')).toEqual(near(savingAtPrice.base));
      expect(summary('B4')).toEqual(near(answer.after!.base));
      expect(summary('B5')).toEqual(near(0));
    }
    if (answer.headlines.cashThisYear === null) expect(sheets.get('Summary')?.get('B6')?.formula).toBeNull();
    else expect(summary('B6')).toEqual(near(answer.headlines.cashThisYear.base));
    expect(valuesOf(sheets, 'Summary', 'CD', 2, answer.commitment === null ? 4 : 6)).toEqual([]);
    expect(valuesOf(sheets, 'Ledger', 'DEGHIJ', 2, answer.ledger.length + 1)).toEqual([]);
    expect(valuesOf(sheets, 'Months', 'BDF', 2, answer.monthly.length + 1)).toEqual([]);
    expect(valuesOf(sheets, 'Quarters', 'CDE', 2, answer.quarters.length + 1)).toEqual([]);
    const cashMonths = answer.commitment?.cashMonths ?? [];
    expect(valuesOf(sheets, 'Cash', 'BCFG', 2, cashMonths.length + 1)).toEqual([]);
    expect(valuesOf(sheets, 'Cash', 'D', cashMonths.length + 1, cashMonths.length + 1)).toEqual([]);
    const oneOffs = (sheet: string, rows: readonly { readonly oneOff: number }[]) =>
      rows.flatMap(({ oneOff }, index) =>
        oneOff === 0 ? [] : valuesOf(sheets, sheet, 'E', index + 2, index + 2),
      );
    expect([...oneOffs('Cash', cashMonths), ...oneOffs('Months', answer.monthly)]).toEqual([]);
    // What stays a value says so beside it.
    const said = valuesOf(sheets, 'Months', 'C', 2, answer.monthly.length + 1);
    expect(said.filter((at) => sheets.get('Months')?.get(at.replace('C', 'G'))?.text === null)).toEqual([]);
    const settled = rowsOf(sheets, 'Settlement').slice(2);
    expect(
      settled.filter((row) => !row.includes('AI spend by class: values, as computed for this case.')),
    ).toEqual([]);
    const moves = allFormulas(sheets).filter(({ sheet }) => sheet === 'Moves');
    expect(moves.length).toBe(3 * answer.ledger.reduce((count, { moved }) => count + moved.length, 0));
  }
});

test('it states period, basis, prices, catalog, evidence and refusals; text of people is never a formula', async () => {
  const { engine, folder } = testWorkspace();
  const { batchId } = await engine.call('sample.stage', {});
  await engine.call('import.commit', { batchId: batchId ?? 0 });
  const scenario = {
    ...readScenarioText(readFileSync(join(FOLDER, 'all-three.json'), 'utf8'), 'all-three.json'),
    name: '=1+1',
    note: '=HYPERLINK("http://example.com")',
  };
  const target = join(folder, 'report.xlsx');
  await engine.call('export.scenario', { scenario, target, format: 'xlsx' });
  const sheets = readSheets(readFileSync(target));
  const texts = [...sheets.values()].flatMap((cells) => [...cells.values()].map(({ text }) => text));
  for (const stated of [
    '2026-08-01 to 2026-10-31, days covered: 92',
    'unblended, USD',
    'Schedules of the two jobs in the data account; to be confirmed by their owners.',
    'refused',
    'Share of requests that can wait',
    'Tag user:Team is Legal',
    '=1+1',
    '=HYPERLINK("http://example.com")',
  ])
    expect(texts).toContain(stated);
  const stated = sheets.get('Levers') ?? new Map<string, Cell>();
  const row = [...stated].find(([, { text }]) => text === 'Share of requests that can wait')?.[0].slice(1);
  expect(['E', 'F', 'G'].map((letter) => stated.get(`${letter}${row}`)?.number)).toEqual([0.6, 0.4, 0.8]);
  expect(allFormulas(sheets).some(({ formula }) => /HYPERLINK|^1\+1$/u.test(formula))).toBe(false);
});
