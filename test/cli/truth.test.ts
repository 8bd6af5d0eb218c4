// Sample, import and query as a person types them: the answers are the sample's own totals, and the CSV's own sums.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { sampleReport } from '../../shared/contract/cli.ts';
import type { Output } from '../../shared/contract/methods.ts';
import { totalsAgree } from '../../shared/domain/sum.ts';
import { exactTotals } from '../engine/import/exact.ts';
import { assay, published, spawnAssay } from './assay.ts';

type Sample = z.infer<typeof sampleReport>;
type Answer = Output<'spend.query'>;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-truth-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function sampleAndImport(
  format: string,
  seed: number,
  run: (...argv: string[]) => ReturnType<typeof assay>,
): Promise<{ sample: Sample; workspace: string }> {
  const target = join(folder, `${format}-${seed}`);
  const size = ['--rows', '1200', '--months', '2', '--seed', String(seed), '--format', format];
  const written = await run('sample', target, ...size, '--plain', '--json');
  expect(written.code).toBe(0);
  const workspace = `${target}.assay`;
  const imported = await run('import', target, '--workspace', workspace, '--json');
  expect({ code: imported.code, err: imported.err }).toEqual({ code: 0, err: '' });
  return { sample: published('sample', written) as Sample, workspace };
}

const CASES = [21, 22, 23].flatMap((seed) =>
  (['cur-1.0', 'cur-2.0'] as const).map((format) => ({ seed, format })),
);

describe.each(CASES)('seed $seed as $format', ({ seed, format }) => {
  // One case goes through real processes from end to end, the others through the same command line in this one.
  const run = seed === 21 && format === 'cur-2.0' ? (...argv: string[]) => spawnAssay(argv) : assay;

  test('assay query answers what truth.json says', async () => {
    const { sample, workspace } = await sampleAndImport(format, seed, run);
    const { bedrock } = sample.truth;
    const volume = sample.truth.byChargeType.reduce((sum, { unblended }) => sum + Math.abs(unblended), 0);
    const ask = async (names: string): Promise<Answer> => {
      const measures = ['--measures', 'unblended,netUnblended,lineItems,tokens'];
      const ended = await run('query', '--workspace', workspace, '--group-by', names, ...measures, '--json');
      return published('query', ended) as Answer;
    };
    for (const [names, groups] of Object.entries(bedrock.groups)) {
      const width = names.split(',').length;
      const { rows, totals } = await ask(names);
      const found = new Map(rows.map((row) => [JSON.stringify(row.slice(0, width)), row.slice(width)]));
      expect([...found.keys()].toSorted()).toEqual(groups.map(({ key }) => JSON.stringify(key)).toSorted());
      for (const { key, unblended, netUnblended, lineItems, tokens } of groups) {
        const [cost, net, lines, counted] = (found.get(JSON.stringify(key)) ?? []).map(Number);
        expect([names, key, lines]).toEqual([names, key, lineItems]);
        expect([names, key, cost, totalsAgree(cost ?? Number.NaN, unblended, volume)]).toEqual([
          names,
          key,
          cost,
          true,
        ]);
        expect([names, key, net, totalsAgree(net ?? Number.NaN, netUnblended, volume)]).toEqual([
          names,
          key,
          net,
          true,
        ]);
        expect([names, key, totalsAgree(counted ?? Number.NaN, tokens, bedrock.tokens)]).toEqual([
          names,
          key,
          true,
        ]);
      }
      expect(totals.lineItems).toBe(bedrock.lineItems);
      expect(totalsAgree(totals.unblended ?? Number.NaN, bedrock.unblended, volume)).toBe(true);
    }
  });
});

test('totals recomputed from the CSV in exact decimals, without any code of the importer', async () => {
  const { sample, workspace } = await sampleAndImport('cur-2.0', 31, assay);
  const csv = sample.files.map((file) => readFileSync(file, 'utf8'));
  const columns = 'bill_billing_entity,line_item_product_code,line_item_line_item_type,product'.split(',');
  const bedrock = csv
    .flatMap((text) => [...exactTotals(text, 'line_item_unblended_cost', columns)])
    .filter(([key]) => /AmazonBedrock|Bedrock Edition/u.test(key));
  const expected = bedrock.reduce((sum, [, total]) => sum + total.sum, 0);
  const absolute = bedrock.reduce((sum, [, total]) => sum + total.absolute, 0);
  const rows = bedrock.reduce((sum, [, total]) => sum + total.rows, 0);

  const ended = await assay('query', '--workspace', workspace, '--measures', 'unblended,lineItems', '--json');
  const { totals } = published('query', ended) as Answer;
  expect(totals.lineItems).toBe(rows);
  expect(totals.unblended).not.toBe(0);
  expect(totalsAgree(totals.unblended ?? Number.NaN, expected, absolute)).toBe(true);

  // A filtered one, from the raw cells: Claude's input tokens of one account, in millions on the bill.
  const records = csv.flatMap(
    (text) => Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data,
  );
  const millions = records
    .filter(
      (row) =>
        row.line_item_usage_account_id === '210987654321' &&
        /InputTokenCount(?:_Global)?-Units$/u.test(row.line_item_usage_type ?? '') &&
        !/Cache/u.test(row.line_item_usage_type ?? ''),
    )
    .reduce((sum, row) => sum + Number(row.line_item_usage_amount), 0);
  const filter = [
    '--where',
    'provider=Anthropic',
    '--where',
    'account=210987654321',
    '--where',
    'mode=on_demand',
  ];
  const claude = await assay(
    'query',
    '--workspace',
    workspace,
    '--measures',
    'inputTokens',
    ...filter,
    '--json',
  );
  const { inputTokens } = (published('query', claude) as Answer).totals;
  expect(millions).toBeGreaterThan(100);
  expect(inputTokens ?? 0).toBeCloseTo(millions * 1e6, -1);
});
