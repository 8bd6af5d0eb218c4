// Everything that writes much into a workspace, with what the next start may say where it was stopped in the middle.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Call } from '../../../shared/contract/methods.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { ZEPHYR } from '../review/bill.ts';
import { billOf } from './bill.ts';

const KEPT = '000000000001';
const GONE = '777000777000';

export type Files = {
  /** A workspace that every action can be done to. */
  readonly prepared: string;
  /** A delivery that replaces one it holds. */
  readonly august: string;
  /** Prices that change what it is priced with. */
  readonly offers: string;
};

/** Two payers; one has had its period delivered twice, so that the last import can be taken back. */
export async function prepare(folder: string): Promise<Files> {
  const prepared = join(folder, 'prepared.assay');
  const august = join(folder, 'august-00001.csv');
  const offers = join(folder, 'offers.csv');
  writeFileSync(august, billOf({ payer: KEPT, period: '2026-08', rows: 6000, cost: 2 }));
  const offer = readFileSync(resolve(import.meta.dirname, '../../data/offers/bedrock-us-east-1.csv'), 'utf8');
  writeFileSync(offers, offer.replace('"0.0000600000"', '"0.0000700000"'));
  const { call, close } = createEngine({ workspacePath: prepared });
  const deliveries = [
    [GONE, 5],
    [KEPT, 1],
    [KEPT, 1.5],
  ] as const;
  for (const [payer, cost] of deliveries) {
    const file = join(folder, `held-${payer}-00001.csv`);
    writeFileSync(file, billOf({ payer, period: '2026-08', rows: 4000, cost }));
    const { batchId } = await call('import.stage', { sources: [file], everyLine: true });
    await call('import.commit', { batchId: batchId ?? 0 });
  }
  close();
  return { prepared, august, offers };
}

export type Side = 'before' | 'after';
export type Action = {
  readonly what: string;
  readonly run: (call: Call, files: Files) => Promise<unknown>;
  /** What the next start may say, on each side; nothing is always allowed. */
  readonly says: Readonly<Record<Side, RegExp | null>>;
  /** What must not stand in the file any more once the action is done. */
  readonly erased: readonly string[];
};

const AGAIN = /^The lines were priced and summed again with catalog /u;
export const ACTIONS: readonly Action[] = [
  {
    what: 'an import that replaces a period',
    run: async (call, { august }) => {
      const { batchId } = await call('import.stage', { sources: [august] });
      await call('import.commit', { batchId: batchId ?? 0 });
    },
    says: {
      before:
        /^The import started at \d{4}-\d\d-\d\d \d\d:\d\d UTC(?: \(.+\))? (was not finished|was read and waited for a decision when Assay ended)\. It was removed; the workspace is as it was before\. Import the files again\.$/u,
      after: null,
    },
    erased: [],
  },
  {
    what: 'undo of the last import',
    run: (call) => call('import.undo', { batchId: null }),
    says: {
      before: null,
      after:
        /^The import of .* was being taken back when Assay ended\. It is gone now, and what it had replaced is held again\.$/u,
    },
    erased: [],
  },
  {
    what: 'forgetting a payer',
    run: (call) => call('ledger.forget', { payer: GONE, period: null }),
    says: {
      before:
        /^Forgetting payer 777000777000 was begun at .* and not done: everything of it is still held\. Forget it again\.$/u,
      after: /^What was forgotten at .* is gone, and the workspace file is written anew now\.$/u,
    },
    erased: [GONE],
  },
  {
    what: 'other prices for everything held',
    run: async (call, { offers }) => {
      const { version } = await call('catalog.stageOffers', { sources: [offers] });
      await call('catalog.takeOffers', { version: version ?? 0 });
    },
    says: { before: null, after: AGAIN },
    erased: [],
  },
  {
    what: 'a rule that re-classifies',
    run: (call) => call('review.saveRule', { number: null, rule: ZEPHYR }),
    says: { before: null, after: AGAIN },
    erased: [],
  },
];
