// The classification of real and hand-derived usage types, against a table a reviewer can read row by row.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { interpretLine } from '../../../shared/domain/usage/classify.ts';
import type { LineDimensions } from '../../../shared/domain/usage/line.ts';
import { METERS, type Meter } from '../../../shared/domain/usage/vocabulary.ts';

const TABLE = join(import.meta.dirname, '../../golden/usage-types.expected.tsv');
const [header, ...rows] = readFileSync(TABLE, 'utf8').trimEnd().split('\n');
const COLUMNS = (header ?? '').split('\t');
type Row = Readonly<Record<string, string>>;
const ROWS: readonly Row[] = rows.map((row) =>
  Object.fromEntries(row.split('\t').map((value, index) => [COLUMNS[index] ?? '', value])),
);

const MODEL_ATTRIBUTE = 'product[model]=';
const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

function lineOf(row: Row): LineDimensions {
  const name = orNull(row.product_name);
  const isAttribute = name?.startsWith(MODEL_ATTRIBUTE) ?? false;
  return {
    billingEntity: row.product_code?.startsWith('Amazon') ? 'AWS' : 'AWS Marketplace',
    productCode: orNull(row.product_code),
    productName: isAttribute ? null : name,
    productModel: isAttribute && name !== null ? name.slice(MODEL_ATTRIBUTE.length) : null,
    usageType: orNull(row.usage_type),
    operation: null,
    chargeType: 'Usage',
    unit: orNull(row.unit),
    description: null,
    region: null,
    resource: null,
  };
}

/** A meaning in the columns of the table, so that a failure prints as two readable rows. */
function meaningRow(line: LineDimensions): Row {
  const { classification, unit } = interpretLine(line);
  return {
    family: classification?.family ?? '',
    model: classification?.model ?? '',
    meter: classification?.meter ?? '',
    variant: classification?.variant ?? '',
    mode: classification?.mode ?? '',
    term: classification?.term ?? '',
    region_tier: classification?.regionTier ?? '',
    context_band: classification?.contextBand ?? '',
    multiplier: unit === null ? '' : String(unit.multiplier),
  };
}

const expectedRow = (row: Row): Row =>
  Object.fromEntries(COLUMNS.slice(4).map((column) => [column, row[column] ?? '']));

describe('usage types', () => {
  test.each(ROWS.map((row) => [row.usage_type, row.unit, row] as const))(
    '%s in "%s"',
    (_type, _unit, row) => {
      expect(meaningRow(lineOf(row))).toEqual(expectedRow(row));
    },
  );

  test('the quantity is stored in the unit of the meter', () => {
    for (const row of ROWS) {
      const { classification, unit } = interpretLine(lineOf(row));
      if (unit !== null) expect(unit.baseUnit).toBe(METERS[classification?.meter as Meter]);
    }
  });

  test('the string alone names the model that the export states beside it', () => {
    const attributed = ROWS.filter((row) => row.product_name?.startsWith(MODEL_ATTRIBUTE));
    expect(attributed.length).toBeGreaterThan(10);
    for (const row of attributed) {
      expect(meaningRow({ ...lineOf(row), productModel: null }).model).toBe(row.model);
    }
  });
});
