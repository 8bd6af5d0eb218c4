// The sample export, imported and asked through the query, says what its own answer sheet says.
import { describe, expect, test } from 'vitest';
import type { Output } from '../../../shared/contract/methods.ts';
import { totalsAgree } from '../../../shared/domain/sum.ts';
import { writeSample } from '../../../src-main/engine/sample/write.ts';
import { testWorkspace } from './workspace.ts';

const CASES = [1, 2, 3].flatMap((seed) =>
  (['cur-1.0', 'cur-2.0'] as const).map((format) => ({ seed, format })),
);

describe.each(CASES)('sample with seed $seed as $format', ({ seed, format }) => {
  test('imports to the figures of truth.json', async () => {
    const workspace = testWorkspace();
    const { truth } = await writeSample({
      folder: workspace.folder,
      rows: 2500,
      months: 2,
      seed,
      format,
      compression: seed === 2 ? 'none' : 'gzip',
      lastMonth: '2026-10',
    });
    const report = await workspace.import(workspace.folder);
    expect(report.rows).toMatchObject({ read: truth.rows, rejected: 0 });
    expect(report.bedrock.lineItems).toBe(truth.bedrock.lineItems);
    expect(report.bedrock.unknownLineItems).toBe(truth.bedrock.unknownLineItems);
    const volume = report.totals.reduce((sum, { unblended }) => sum + Math.abs(unblended), 0);
    const same = (left: number | null | undefined, right: number): boolean =>
      totalsAgree(left ?? Number.NaN, right, volume);
    for (const { chargeType, rows, unblended } of truth.byChargeType) {
      const total = report.totals.find((one) => one.chargeType === chargeType);
      expect([chargeType, total?.rows, same(total?.unblended, unblended)]).toEqual([chargeType, rows, true]);
    }
    const { rows: tied } = await workspace.engine.call('import.tieOut', {});
    expect(tied.every(({ agrees }) => agrees)).toBe(true);
    for (const [names, groups] of Object.entries(truth.bedrock.groups)) {
      const answer = await workspace.engine.call('spend.query', {
        measures: ['unblended', 'netUnblended', 'lineItems', 'tokens'],
        groupBy: names.split(','),
        scope: 'bedrock',
      });
      const found = byKey(answer, names.split(',').length);
      expect([...found.keys()].toSorted()).toEqual(groups.map(({ key }) => JSON.stringify(key)).toSorted());
      for (const group of groups) {
        const [unblended, net, lineItems, tokens] = found.get(JSON.stringify(group.key)) ?? [];
        expect([names, group.key, lineItems]).toEqual([names, group.key, group.lineItems]);
        expect([names, group.key, same(unblended, group.unblended)]).toEqual([names, group.key, true]);
        expect([names, group.key, net, same(net, group.netUnblended)]).toEqual([names, group.key, net, true]);
        expect(totalsAgree(tokens ?? 0, group.tokens, truth.bedrock.tokens)).toBe(true);
      }
    }
  });
});

/** Measures by the JSON of the group's key. */
function byKey({ rows }: Output<'spend.query'>, keys: number): Map<string, (number | null)[]> {
  return new Map(
    rows.map((row) => [
      JSON.stringify(row.slice(0, keys)),
      row.slice(keys).map((cell) => cell as number | null),
    ]),
  );
}
