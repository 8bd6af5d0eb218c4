import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_DEFAULTS, writeSample } from '../../../src-main/engine/sample/write.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-sample-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rowsOf = (file: string): Record<string, string>[] =>
  Papa.parse<Record<string, string>>(gunzipSync(readFileSync(file)).toString('utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data;

const sum = (rows: Record<string, string>[], column: string): number =>
  rows.reduce((total, row) => total + Number(row[column]), 0);

describe.each([
  ['cur-1.0', 'lineItem/UnblendedCost', 'lineItem/LineItemType', 'product/ProductName', 116],
  ['cur-2.0', 'line_item_unblended_cost', 'line_item_line_item_type', 'product', 128],
] as const)('a %s sample', (format, cost, chargeType, product, columns) => {
  test('its truth.json is what the files add up to', async () => {
    const target = join(folder, format);
    const { files, truth } = await writeSample({
      ...SAMPLE_DEFAULTS,
      folder: target,
      rows: 6000,
      months: 2,
      format,
    });
    const rows = files.flatMap(rowsOf);
    expect(Object.keys(rows[0] ?? {})).toHaveLength(columns);
    expect(rows).toHaveLength(truth.rows);
    for (const charge of truth.byChargeType) {
      const matching = rows.filter((row) => row[chargeType] === charge.chargeType);
      expect(matching).toHaveLength(charge.rows);
      expect(sum(matching, cost)).toBeCloseTo(charge.unblended, 6);
    }
    const bedrock = rows.filter((row) => row[product]?.includes('Bedrock'));
    expect(bedrock).toHaveLength(truth.bedrock.lineItems);
    expect(sum(bedrock, cost)).toBeCloseTo(truth.bedrock.unblended, 6);
    expect(JSON.parse(readFileSync(join(target, 'truth.json'), 'utf8'))).toEqual(truth);
  });
});

test('one seed always writes the same bytes, another seed other ones', async () => {
  const write = async (name: string, seed: number): Promise<Buffer> => {
    const { files } = await writeSample({
      ...SAMPLE_DEFAULTS,
      folder: join(folder, name),
      rows: 500,
      months: 1,
      seed,
      compression: 'none',
    });
    return readFileSync(files[0] ?? '');
  };
  const first = await write('a', 7);
  expect(first.equals(await write('b', 7))).toBe(true);
  expect(first.equals(await write('c', 8))).toBe(false);
});

test('every Bedrock family that a bill can hold occurs, and one meter that no rule knows', async () => {
  const { truth } = await writeSample({
    ...SAMPLE_DEFAULTS,
    folder: join(folder, 'families'),
    rows: 6000,
    months: 1,
  });
  const families = (truth.bedrock.groups.family ?? []).map(({ key }) => key[0]);
  for (const family of [
    'inference',
    'provisioned',
    'reserved',
    'customization',
    'custom_import',
    'guardrails',
    'agents',
    'knowledge_base',
    'unknown',
  ])
    expect(families).toContain(family);
  expect(truth.bedrock.unknownLineItems).toBeGreaterThan(0);
});
