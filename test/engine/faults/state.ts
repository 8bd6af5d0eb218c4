// What a workspace answers and whether it is whole, as the next start finds it: what every fault is judged by.
import Database from 'better-sqlite3';
import { expect, vi } from 'vitest';
import type { Call } from '../../../shared/contract/methods.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';

export type Found = {
  /** Every answer that a fault could change, as text: equal texts are equal workspaces. */
  readonly figures: string;
  /** What the start says of what it found. */
  readonly notes: readonly string[];
};

/** Opens the workspace as a window does, waits until everything begun is finished, and checks the file itself. */
export async function reopen(path: string): Promise<Found> {
  const engine = createEngine({ workspacePath: path, check: true });
  await settled(path, async () => (await engine.call('workspace.info', {})).catalogVersion);
  const figures = await figuresOf(engine.call);
  const { recovery } = await engine.call('workspace.info', {});
  engine.close();
  expectWhole(path);
  return { figures, notes: recovery };
}

/** Prices are brought up in the background after a start. */
async function settled(path: string, catalog: () => Promise<string>): Promise<void> {
  const version = await catalog();
  const db = new Database(path, { readonly: true });
  const pricedWith = db
    .prepare<[], string>("SELECT value FROM setting WHERE name = 'priced_with_catalog'")
    .pluck();
  const waiting = db.prepare<[], number>('SELECT COUNT(*) FROM series_to_price').pluck();
  await vi.waitFor(
    () =>
      expect({ pricedWith: pricedWith.get() ?? version, waiting: waiting.get() }).toEqual({
        pricedWith: version,
        waiting: 0,
      }),
    { timeout: 20_000, interval: 10 },
  );
  db.close();
}

/** The figures of a workspace through whatever engine has it open. */
export async function figuresOf(call: Call): Promise<string> {
  const info = await call('workspace.info', {});
  const { rows: tied } = await call('import.tieOut', {});
  expect(tied.filter(({ agrees }) => !agrees)).toEqual([]);
  const byDay = await call('spend.query', {
    measures: ['unblended', 'netUnblended', 'amortized', 'catalogList', 'tokens', 'lineItems'],
    groupBy: ['day', 'model'],
    limit: 2000,
  });
  const whole = await call('spend.query', {
    measures: ['unblended', 'lineItems'],
    groupBy: ['payer', 'month', 'service'],
    scope: 'all',
  });
  const { batches, undoable } = await call('import.history', {});
  const { restatements } = await call('ledger.restatements', {});
  const { rules } = await call('review.rules', {});
  return JSON.stringify(
    {
      held: [info.lineItems, info.rolledUpRows, info.unknownLineItems, info.months, info.catalogVersion],
      tied: tied.map(({ batchId: _, ...row }) => row),
      byDay: [byDay.rows, byDay.totals],
      whole: [whole.rows, whole.totals],
      batches: batches.map(({ state, rows, deliveries }) => [state, rows, deliveries]),
      undoable: undoable?.restores ?? null,
      restatements: restatements.map(({ held, incoming }) => [held, incoming]),
      rules: rules.map(({ pattern }) => pattern),
    },
    // Sums over the same lines in another order differ by less than this.
    (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value),
    1,
  );
}

const ORPHANS: Readonly<Record<string, string>> = {
  'lines without their delivery': 'line_item WHERE delivery_id NOT IN (SELECT id FROM delivery)',
  'daily sums without their delivery': 'daily WHERE delivery_id NOT IN (SELECT id FROM delivery)',
  'sums without their delivery': 'rollup WHERE delivery_id NOT IN (SELECT id FROM delivery)',
  'single lines without their delivery': 'rollup_line WHERE delivery_id NOT IN (SELECT id FROM delivery)',
  'single lines that are not those of their sums': `(
     SELECT delivery_id, COALESCE(summed_as, series.id) AS sum_series, COUNT(*) AS lines
     FROM rollup_line JOIN line_series AS series ON series.id = series_id GROUP BY 1, 2) AS single
     WHERE lines IS NOT (SELECT SUM(line_items) FROM rollup AS sum
       WHERE sum.delivery_id = single.delivery_id AND sum.series_id = single.sum_series)`,
  'records without their file': 'raw_block WHERE file_id NOT IN (SELECT id FROM source_file)',
  'imports that nobody finished': "import_batch WHERE state IN ('staging', 'staged')",
  'deliveries that are neither held nor kept for undo': 'delivery WHERE active = 0 AND superseded_by IS NULL',
  'days whose sums are not those of their lines': `(
     SELECT delivery_id, day, COUNT(*) AS lines FROM line_item GROUP BY delivery_id, day) AS line
     WHERE lines IS NOT (SELECT SUM(line_items) FROM daily AS sum
       WHERE sum.delivery_id = line.delivery_id AND sum.day = line.day)`,
};

/** The closed file: sound, nothing half there. */
function expectWhole(path: string): void {
  const db = new Database(path, { readonly: true });
  const found = Object.fromEntries(
    Object.entries(ORPHANS).map(([what, from]) => [
      what,
      db.prepare(`SELECT COUNT(*) FROM ${from}`).pluck().get(),
    ]),
  );
  expect(db.pragma('quick_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(found).toEqual(Object.fromEntries(Object.keys(ORPHANS).map((what) => [what, 0])));
  db.close();
}
