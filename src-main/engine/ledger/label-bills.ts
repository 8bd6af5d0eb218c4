// Whose bills an import brings: what their lines look like and what users said, for its report, the ledger and every answer.

import {
  billInEffect,
  billKinds,
  indianBill,
  type RecognisedBill,
} from '../../../shared/domain/ledger/bill-kind.ts';
import { payerText } from '../../../shared/domain/ledger/payer.ts';
import {
  type BatchBill,
  type BatchDelivery,
  batchDeliveries,
  billFacts,
  keepRecognised,
  reportsHeld,
} from '../db/bill-facts.ts';
import { type BillWord, billWords, saidOf } from '../db/bill-labels.ts';
import type { Db } from '../db/open.ts';

const MILLISECONDS_A_DAY = 86_400_000;

/**
 * Keeps what the deliveries of a batch whose sums are made look like, and returns it as sentences for its report. Others get
 * in between; `pause` may refuse to go on then, by throwing.
 */
export async function labelBills(db: Db, batchId: number, now: Date, pause: () => void): Promise<string[]> {
  const facts = await billFacts(db, batchId, pause);
  const words = billWords(db);
  const says = batchDeliveries(db, batchId).flatMap((delivery) => {
    const recognised = recognise(facts, delivery, now);
    keepRecognised(db, delivery.id, recognised);
    const said = saidOf(words, delivery);
    const { payer, period } = delivery;
    const where = `${period}, payer ${payerText(payer)}`;
    const sentences = billInEffect(recognised, said)?.says ?? [];
    const lost = said === null ? lostWord(db, words, delivery) : null;
    return [...sentences, ...(lost === null ? [] : [lost])].map((sentence) => `${where}: ${sentence}`);
  });
  return [...new Set(says)];
}

function recognise(facts: readonly BatchBill[], delivery: BatchDelivery, now: Date): RecognisedBill[] {
  const { payer, period, billingEntity } = delivery;
  const fact = facts.find((one) => one.payer === payer && one.period === period);
  if (fact === undefined) return [];
  const sellers = fact.soldBy.filter((one) => one.billingEntity === billingEntity);
  return [
    ...billKinds({ ...fact, daysSinceEnd: daysSince(period, now) }),
    ...indianBill(
      billingEntity,
      sellers.map(({ seller }) => seller),
    ),
  ];
}

/** What a user said of the report that is held does not go over to another report, and is not dropped without a word. */
function lostWord(db: Db, words: readonly BillWord[], delivery: BatchDelivery): string | null {
  for (const report of reportsHeld(db, delivery)) {
    const said = report === delivery.report ? null : saidOf(words, { ...delivery, report });
    if (said !== null)
      return `What you said of report ${report}, which is held (${said.label === '' ? said.kind : said.label}), is not said of ${delivery.report}: say what it is under Ledger, Calendar.`;
  }
  return null;
}

/** Whole days since the end of a month `YYYY-MM`; below zero while it lasts. */
function daysSince(period: string, now: Date): number {
  const [year = 0, month = 0] = period.split('-').map(Number);
  return Math.floor((now.getTime() - Date.UTC(year, month, 1)) / MILLISECONDS_A_DAY);
}
