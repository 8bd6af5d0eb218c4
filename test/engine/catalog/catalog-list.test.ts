// The catalog's view of a whole imported bill, against list amounts added up from the generator and never through the importer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sumOf } from '../../../shared/domain/sum.ts';
import { createEngine, type Engine } from '../../../src-main/engine/engine.ts';
import type { SampleLine } from '../../../src-main/engine/sample/line.ts';
import { linesOfMonth } from '../../../src-main/engine/sample/lines.ts';
import { writeSample } from '../../../src-main/engine/sample/write.ts';

const SAMPLE = {
  rows: 6000,
  months: 2,
  seed: 7,
  format: 'cur-2.0',
  compression: 'none',
  lastMonth: '2026-10',
} as const;
const MONTHS = ['2026-09', '2026-10'];

/** What the sample uses where the catalog knows no price for the region, or none at all: unpriced, never zero. */
const WITHOUT_PRICE: readonly RegExp[] = [
  /^EUW2-MistralLarge-/u,
  /^USE1-Llama-CustomModelImport-/u,
  /^USE1-DataAutomation-/u,
  /^USE1-ContextLens-/u,
];

let folder: string;
let engine: Engine;
let usage: SampleLine[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-'));
  const { files } = await writeSample({ ...SAMPLE, folder });
  engine = createEngine({ workspacePath: join(folder, 'sample.assay') });
  const staged = await engine.call('import.stage', { sources: files });
  await engine.call('import.commit', { batchId: staged.batchId ?? 0 });
  const shape = { months: MONTHS, rows: SAMPLE.rows, seed: SAMPLE.seed };
  usage = MONTHS.flatMap((month) => [...linesOfMonth(shape, month, SAMPLE.rows / MONTHS.length)]).filter(
    (line) => line.isBedrock && line.meaning !== null,
  );
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const isPriced = ({ usageType }: SampleLine): boolean => !WITHOUT_PRICE.some((one) => one.test(usageType));
const atList = (lines: readonly SampleLine[]): number =>
  sumOf(lines.map(({ quantity, rate }) => quantity * (rate ?? Number.NaN)));

test('the catalog list amount of the bill is the list price of everything that has one', async () => {
  const { totals } = await engine.call('spend.query', {
    measures: ['catalogList', 'unblended'],
    groupBy: [],
  });
  const expected = atList(usage.filter(isPriced));
  expect(expected).toBeGreaterThan(10_000);
  expect(Math.abs((totals.catalogList ?? 0) - expected)).toBeLessThan(1e-9 * expected);
});

test('model by model too', async () => {
  const answer = await engine.call('spend.query', {
    measures: ['catalogList'],
    groupBy: ['model'],
    where: [{ dimension: 'model', operator: '!=', values: [null] }],
  });
  const expected = Map.groupBy(
    usage.filter((line) => line.meaning?.model !== null),
    (line) => line.meaning?.model,
  );
  for (const [model, amount] of answer.rows) {
    const priced = (expected.get(String(model)) ?? []).filter(isPriced);
    if (priced.length === 0) expect(amount).toBeNull();
    else expect(Number(amount) / atList(priced)).toBeCloseTo(1, 9);
  }
  expect(answer.rows.length).toBe(expected.size);
});

test('what has no price is named with its cost', async () => {
  const { totals } = await engine.call('spend.query', { measures: ['unpricedShare'], groupBy: [] });
  const unpriced = sumOf(usage.filter((line) => !isPriced(line)).map((line) => line.unblended));
  const all = sumOf(usage.map((line) => line.unblended));
  expect(totals.unpricedShare).toBeCloseTo(unpriced / all, 9);
});
