// Small exports in every dialect, and what becomes of each of their lines: test/golden/import/<case>/expected.tsv.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Db } from '../../../src-main/engine/db/open.ts';
import { testWorkspace } from './workspace.ts';

const GOLDEN = resolve(import.meta.dirname, '../../golden/import');

const COLUMNS = [
  'store',
  'payer',
  'entity',
  'account',
  'invoice',
  'charge',
  'service',
  'usage type',
  'region',
  'model',
  'meter',
  'mode',
  'labels',
  'day',
  'lines',
  'quantity',
  'unit',
  'unblended',
  'net',
  'amortized',
  'net amortized',
  'list',
  'contracted',
] as const;

type Row = Record<(typeof COLUMNS)[number], string | number | null>;

const DIMENSIONS = `
  payer.text AS payer, entity.text AS entity, account.text AS account, invoice.text AS invoice, kind.text AS charge,
  service.text AS service, usage_type.text AS "usage type", region.text AS region, model.text AS model, series.meter,
  series.mode, NULLIF(COALESCE(tags.text, '') || COALESCE(categories.text, ''), '') AS labels,
  date(fact.day * 86400, 'unixepoch') AS day, fact.quantity, unit.text AS unit, fact.unblended, fact.net_unblended AS net,
  fact.amortized, fact.net_amortized AS "net amortized", fact.list,
  fact.contracted_stated AS contracted`;

const FROM = (table: string): string => `
  ${table} AS fact JOIN line_series AS series ON series.id = fact.series_id
  ${[
    ['payer', 'payer'],
    ['billing_entity', 'entity'],
    ['account', 'account'],
    ['invoice', 'invoice'],
    ['charge_type', 'kind'],
    ['service', 'service'],
    ['usage_type', 'usage_type'],
    ['region', 'region'],
    ['model', 'model'],
    ['unit', 'unit'],
    ['tag_set', 'tags'],
    ['cost_category_set', 'categories'],
  ]
    .map(([name, alias]) => `LEFT JOIN dim_${name} AS ${alias} ON ${alias}.id = series.${name}`)
    .join('\n  ')}`;

function rowsOf(db: Db): Row[] {
  return [
    ...db
      .prepare<[], Row>(
        `SELECT series.line_class AS store, 1 AS lines, ${DIMENSIONS} FROM ${FROM('line_item')} ORDER BY fact.file_id, fact.record_number`,
      )
      .all(),
    ...db
      .prepare<[], Row>(
        `SELECT 'summed' AS store, fact.line_items AS lines, ${DIMENSIONS} FROM ${FROM('rollup')} ORDER BY fact.day, usage_type.text, kind.text, fact.unblended`,
      )
      .all(),
  ];
}

/** Blank cells stand for "not stated", which is not 0. Sums are shown to twelve digits. */
function asText(rows: readonly Row[]): string {
  const cell = (value: string | number | null): string =>
    typeof value === 'number' ? String(Number(value.toPrecision(12))) : (value ?? '');
  return `${[COLUMNS.join('\t'), ...rows.map((row) => COLUMNS.map((name) => cell(row[name])).join('\t'))].join('\n')}\n`;
}

const cases = readdirSync(GOLDEN).toSorted();

test.each(cases)('%s', async (name) => {
  const workspace = testWorkspace();
  const report = await workspace.import(join(GOLDEN, name, 'export'));
  const { rows: tied } = await workspace.engine.call('import.tieOut', {});
  expect(tied.filter(({ agrees }) => !agrees)).toEqual([]);
  expect(report.rows.kept + report.rows.rolledUp + report.rows.rejected).toBe(report.rows.read);
  const { rows: rejected } = await workspace.engine.call('import.rejectedRows', {
    batchId: report.batchId ?? 0,
  });
  const refusals = rejected.map(
    ({ line, column, reason }) => `rejected\t${line}\t${column ?? ''}\t${reason}\n`,
  );
  const warnings = report.warnings.map(
    (warning) => `warning\t${warning.replaceAll(join(GOLDEN, name, 'export'), '.')}\n`,
  );
  const text = [asText(rowsOf(workspace.rows())), ...refusals, ...warnings].join('');
  await expect(text).toMatchFileSnapshot(join(GOLDEN, name, 'expected.tsv'));
});
