import { expect, test } from 'vitest';
import {
  advance,
  EMPTY_QUEUE,
  type ImportQueue,
  type ImportReport,
  type ImportStep,
  needsDecision,
} from '../../../src-renderer/app/import-queue.ts';

const job = (label: string): ImportStep => ({
  type: 'asked',
  job: {
    label,
    files: [label],
    source: { kind: 'files', tokens: [label], allowMissingParts: false, everyLine: null },
  },
});
const delivery = {
  payer: '1',
  kind: 'cur-2.0' as const,
  report: 'r',
  period: '2026-10',
  rows: 1,
  currency: 'USD',
  unblended: 1,
  estimated: true,
};
const report = (change: Partial<ImportReport>): ImportReport => ({
  schemaVersion: 1,
  batchId: 7,
  state: 'staged',
  files: [],
  rows: { read: 1, kept: 1, rolledUp: 0, rejected: 0 },
  totals: [],
  bedrock: { lineItems: 1, unblended: 1, unknownLineItems: 0, unknownUnblended: 0 },
  candidates: { lineItems: 0, unblended: 0, capped: false },
  everyLine: false,
  replaces: [],
  warnings: [],
  seconds: 1,
  ...change,
});
const replacing = (identical: boolean, sameReport = true): ImportReport =>
  report({
    replaces: [
      {
        incoming: delivery,
        held: { ...delivery, importedAt: '2026-11-01T00:00:00Z', batchId: 3 },
        sameReport,
        identical,
        sameDetails: identical,
        byService: [],
        byDay: [],
      },
    ],
  });
test('the same totals moved to another day or service have to be decided', () => {
  const moved = replacing(true);
  expect(needsDecision(moved)).toBe(false);
  const days = [
    { day: '2026-10-01', held: 5, incoming: 0 },
    { day: '2026-10-02', held: 0, incoming: 5 },
  ];
  expect(needsDecision({ ...moved, replaces: moved.replaces.map((one) => ({ ...one, byDay: days })) })).toBe(
    true,
  );
});

const after = (...steps: ImportStep[]): ImportQueue => steps.reduce(advance, EMPTY_QUEUE);

test('one import runs, the others wait in the order they were asked for', () => {
  const queue = after(job('a'), job('b'), job('c'));
  expect(queue.current).toMatchObject({ job: { label: 'a' }, phase: 'staging' });
  expect(queue.waiting.map(({ label }) => label)).toEqual(['b', 'c']);
});

test('what replaces nothing is taken over at once', () => {
  const queue = after(job('a'), { type: 'staged', report: report({}) });
  expect(queue.current?.phase).toBe('committing');
});

test('what would replace something else waits for a decision, and for nothing else', () => {
  const asked = after(job('a'), { type: 'staged', report: replacing(false) });
  expect(asked.current?.phase).toBe('deciding');
  expect(advance(asked, { type: 'replace' }).current?.phase).toBe('committing');
  expect(after(job('a'), { type: 'staged', report: replacing(true) }).current?.phase).toBe('committing');
});

test('the same totals from another report or format wait, too: it may know less of the lines', () => {
  const asked = after(job('a'), { type: 'staged', report: replacing(true, false) });
  expect(asked.current?.phase).toBe('deciding');
});

test('an end is remembered, latest first, and the next import begins', () => {
  const queue = after(
    job('a'),
    job('b'),
    { type: 'failed', failure: { code: 'corrupt_file', message: 'a.csv.gz ends early', details: {} } },
    { type: 'staged', report: report({ state: 'unchanged', batchId: null }) },
  );
  expect(queue.current).toBeNull();
  expect(queue.outcomes.map(({ job: { label }, kind }) => [label, kind])).toEqual([
    ['b', 'unchanged'],
    ['a', 'failed'],
  ]);
});

test('a staged import that this window knows nothing of is taken up for a decision, the newest first', () => {
  const queue = after({ type: 'found', reports: [replacing(false), report({ batchId: 5 })] });
  expect(queue.current).toMatchObject({ job: { source: { kind: 'staged' } }, phase: 'deciding' });
  expect(queue.current?.report?.batchId).toBe(7);
  const next = advance(advance(queue, { type: 'ended', kind: 'kept', report: null }), {
    type: 'found',
    reports: [replacing(false), report({ batchId: 5 })],
  });
  // What was decided here is not asked again, even where the list is older than the decision.
  expect(next.current).toMatchObject({ phase: 'deciding', report: { batchId: 5 } });
});

test('nothing is taken up while an import of this window runs', () => {
  const running = after(job('a'));
  expect(advance(running, { type: 'found', reports: [report({})] })).toEqual(running);
});

test('a decision that was made elsewhere is not asked for any more', () => {
  const queue = after({ type: 'found', reports: [replacing(false)] }, job('b'), {
    type: 'found',
    reports: [],
  });
  expect(queue.current).toMatchObject({ job: { label: 'b' }, phase: 'staging' });
});

test('a staged import is called by its file, or by how many there are', () => {
  const file = { path: 'may/cur-1.csv' } as ImportReport['files'][number];
  const label = (files: ImportReport['files']): string | undefined =>
    after({ type: 'found', reports: [report({ files })] }).current?.job.label;
  expect([label([file]), label([file, file])]).toEqual(['cur-1.csv', '2 files']);
});

test('a cancelled import is no failure', () => {
  const queue = after(job('a'), {
    type: 'failed',
    failure: { code: 'cancelled', message: 'cancelled', details: {} },
  });
  expect(queue.outcomes[0]?.kind).toBe('cancelled');
});

test('a waiting import can be dropped, a result forgotten', () => {
  const queue = after(
    job('a'),
    job('b'),
    { type: 'dropped', id: 2 },
    { type: 'ended', kind: 'committed', report: null },
  );
  expect(queue.waiting).toEqual([]);
  expect(queue.current).toBeNull();
  expect(advance(queue, { type: 'forgotten', id: 1 }).outcomes).toEqual([]);
});
