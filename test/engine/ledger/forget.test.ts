// Forgetting deletes: the bytes of what was forgotten are nowhere in the workspace file, and the rest answers as before.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { cur2, OTHER_2, type Row } from '../import/synthetic.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';

const KEPT = '000000000001';
const GONE = '777000777000';
/** Everything that only the forgotten payer's lines say, in columns that are bound and in ones that only the raw record has. */
const SECRETS = {
  bill_payer_account_id: GONE,
  bill_payer_account_name: 'Umbrella Holding',
  line_item_usage_account_id: '777000777001',
  line_item_usage_account_name: 'umbrella-lab',
  line_item_resource_id: 'arn:aws:bedrock:us-east-1:777000777001:application-inference-profile/zombie',
  resource_tags: '{"user_project":"raccoon-city"}',
  line_item_line_item_description: '$0.00006 per 1K umbrella tokens',
  line_item_user_identifier: 'wesker',
  bill_invoice_id: 'UMB-1',
} as const;
const WORDS = [GONE, '777000777001', 'Umbrella', 'umbrella', 'zombie', 'raccoon-city', 'wesker', 'UMB-1'];

const gone = (more: Row = {}): Row => ({ ...SECRETS, ...more });
const JULY: Row = {
  bill_billing_period_start_date: '2026-07-01T00:00:00Z',
  line_item_usage_start_date: '2026-07-03T10:00:00Z',
  line_item_usage_end_date: '2026-07-03T11:00:00Z',
};

/** The words that stand in any file of the workspace: main file, WAL, anything beside them. */
function wordsIn(workspace: TestWorkspace, words: readonly string[]): string[] {
  const files = readdirSync(dirname(workspace.path)).filter((name) =>
    name.startsWith(basename(workspace.path)),
  );
  const bytes = files.map((name) => readFileSync(join(dirname(workspace.path), name)));
  return words.filter((word) => bytes.some((content) => content.includes(word)));
}

const bring = (workspace: TestWorkspace, name: string, ...rows: Row[]) =>
  workspace.import(workspace.write(name, cur2(rows)));

const totals = async (workspace: TestWorkspace) =>
  (await workspace.engine.call('ledger.tieOut', {})).invoices.map(({ payer, period, total }) => [
    payer,
    period,
    total.heldUnblended,
  ]);

test('a payer in a file of its own leaves no byte behind, open or closed', async () => {
  const workspace = testWorkspace();
  await bring(workspace, 'kept-00001.csv', {}, OTHER_2);
  await bring(workspace, 'other-00001.csv', gone(), gone(OTHER_2));
  await workspace.engine.call('ledger.keepFigure', {
    key: {
      payer: GONE,
      period: '2026-08',
      billingEntity: 'AWS',
      invoice: 'UMB-1',
      currency: 'USD',
      chargeType: null,
    },
    figure: { amount: '1.00', currency: 'USD', rate: null, note: 'umbrella.pdf' },
  });
  expect(wordsIn(workspace, WORDS)).not.toEqual([]);
  const scope = { payer: GONE, period: null };
  const found = await workspace.engine.call('ledger.forgettable', scope);
  expect(found).toMatchObject({ deliveries: 1, lineItems: 2, figures: 1 });
  const done = await workspace.engine.call('ledger.forget', scope);
  expect(done).toMatchObject({ deliveries: 1, lineItems: 2, figures: 1, remains: null, copies: [] });
  expect(wordsIn(workspace, WORDS)).toEqual([]);
  expect(await totals(workspace)).toEqual([[KEPT, '2026-08', expect.closeTo(0.0704, 12)]]);
  workspace.close();
  expect(wordsIn(workspace, WORDS)).toEqual([]);
});

test('a payer that shares a file with another goes alone: raw records, reports and rejected rows too', async () => {
  const workspace = testWorkspace();
  const bad = gone({ line_item_unblended_cost: 'umbrella-price' });
  await bring(workspace, 'both-00001.csv', { line_item_unblended_cost: 3 }, gone(), bad, OTHER_2);
  await workspace.engine.call('ledger.forget', { payer: GONE, period: null });
  expect(wordsIn(workspace, WORDS)).toEqual([]);
  expect(await totals(workspace)).toEqual([[KEPT, '2026-08', expect.closeTo(3.0104, 12)]]);
  // The line that stays still shows its record as it stood in the file.
  const { rows } = await workspace.engine.call('spend.lineItems', {});
  expect(rows).toHaveLength(1);
  const detail = await workspace.engine.call('spend.lineItem', { id: rows[0]?.id ?? 0 });
  expect(JSON.stringify(detail)).toContain('000000000002');
  const { batches } = await workspace.engine.call('import.history', {});
  expect(batches).toHaveLength(1);
  expect(batches[0]?.files[0]?.payers).toEqual([KEPT]);
  // Raw records lie deflated in the file: looked for once they are unpacked.
  const blocks = workspace.rows().prepare<[], Buffer>('SELECT records FROM raw_block').pluck().all();
  const records = blocks.map((block) => inflateRawSync(block).toString('latin1')).join('\n');
  expect(records).toContain('000000000002');
  expect(WORDS.filter((word) => records.includes(word))).toEqual([]);
});

test('single lines of other services go with their labels; those of another payer in the same file stay', async () => {
  const workspace = testWorkspace();
  const file = workspace.write(
    'both-00001.csv',
    cur2([{}, OTHER_2, gone(OTHER_2), gone({ ...OTHER_2, ...SECRETS })]),
  );
  await workspace.importEveryLine(file);
  const lines = async () =>
    (await workspace.engine.call('spend.lineItems', { scope: 'all' })).rows.map(({ payer }) => payer);
  expect(await lines()).toEqual([KEPT, KEPT, GONE, GONE]);
  await workspace.engine.call('ledger.forget', { payer: GONE, period: null });
  expect(wordsIn(workspace, WORDS)).toEqual([]);
  expect(await lines()).toEqual([KEPT, KEPT]);
});

test('one period goes, with what it had replaced; other periods of the payer stay', async () => {
  const workspace = testWorkspace();
  await bring(workspace, 'july-00001.csv', gone({ ...JULY, resource_tags: '{"user_project":"summer"}' }));
  await bring(workspace, 'august-00001.csv', gone({ resource_tags: '{"user_project":"draft"}' }));
  await bring(workspace, 'august-00001.csv', gone({ line_item_unblended_cost: 9 }));
  const done = await workspace.engine.call('ledger.forget', { payer: GONE, period: '2026-08' });
  expect(done).toMatchObject({ deliveries: 2, restatements: 1 });
  expect(wordsIn(workspace, ['raccoon-city', 'draft'])).toEqual([]);
  expect(wordsIn(workspace, ['summer'])).toEqual(['summer']);
  expect((await totals(workspace)).map(([, period]) => period)).toEqual(['2026-07']);
});

test('answers about what stays are the same before and after', async () => {
  const workspace = testWorkspace();
  await bring(workspace, 'kept-00001.csv', { line_item_unblended_cost: 3 }, OTHER_2);
  const ask = () =>
    workspace.engine.call('spend.query', {
      measures: ['unblended', 'tokens', 'catalogList'],
      groupBy: ['model', 'account'],
    });
  const { provenance: _, ...before } = await ask();
  await bring(workspace, 'other-00001.csv', gone());
  await workspace.engine.call('ledger.forget', { payer: GONE, period: null });
  const { provenance: __, ...after } = await ask();
  expect(after).toEqual(before);
  expect((await workspace.engine.call('engine.health', {})).integrity).toBe('ok');
});

test('what is not held cannot be forgotten, and an import that waits for a decision comes first', async () => {
  const workspace = testWorkspace();
  await bring(workspace, 'kept-00001.csv', {});
  await expect(workspace.engine.call('ledger.forget', { payer: 'nobody', period: null })).rejects.toThrow(
    /Nothing of payer nobody/u,
  );
  await workspace.stage(workspace.write('other-00001.csv', cur2([gone()])));
  await expect(workspace.engine.call('ledger.forget', { payer: KEPT, period: null })).rejects.toThrow(
    /waits for a decision/u,
  );
});

test('the daily backups that Assay made go too', async () => {
  const workspace = testWorkspace();
  await bring(workspace, 'other-00001.csv', gone());
  await bring(workspace, 'other-00001.csv', gone({ line_item_unblended_cost: 2 }));
  const backups = () => readdirSync(workspace.folder).filter((name) => name.includes('.backup'));
  expect(backups()).toEqual(['test.assay.before-2026-11-21.backup']);
  writeFileSync(join(workspace.folder, 'test.assay.before-2026-11-20.backup.partial'), GONE);
  const { copies } = await workspace.engine.call('ledger.forget', { payer: GONE, period: null });
  expect([copies, backups()]).toEqual([[], []]);
});

test('a backup beside the workspace is named: it still holds what was forgotten', async () => {
  const workspace = testWorkspace();
  await bring(workspace, 'other-00001.csv', gone());
  const backup = `${workspace.path}.before-schema-2.backup`;
  const damaged = `${workspace.path}.damaged-2026-11-01T00-00-00-000Z`;
  for (const copy of [backup, damaged]) writeFileSync(copy, 'an older copy');
  const { copies } = await workspace.engine.call('ledger.forget', { payer: GONE, period: null });
  expect(copies).toEqual([backup, damaged]);
  expect(existsSync(backup)).toBe(true);
});

test('a file of which one month was forgotten brings it back when it is imported again', async () => {
  const workspace = testWorkspace();
  const file = workspace.write('bill-00001.csv', cur2([{}, JULY]));
  await workspace.import(file);
  await workspace.engine.call('ledger.forget', { payer: KEPT, period: '2026-07' });
  expect((await totals(workspace)).map(([, period]) => period)).toEqual(['2026-08']);
  expect((await workspace.import(file)).state).toBe('committed');
  expect((await totals(workspace)).map(([, period]) => period).toSorted()).toEqual(['2026-07', '2026-08']);
  expect((await workspace.stage(file)).state).toBe('unchanged');
});
