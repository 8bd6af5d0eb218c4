// Which bills an import asks about, and why no commitment is counted over some.
import { expect, test } from 'vitest';
import { BILL_KIND_FACTS, type BillKind, commitmentOff } from '../../../shared/domain/ledger/bill-kind.ts';
import { billQuestions, questionText } from '../../../shared/domain/ledger/bill-question.ts';

const bill = (kind: BillKind, by: 'user' | 'recognised' = 'recognised') => ({
  kind,
  by,
  label: null,
  name: BILL_KIND_FACTS[kind].name,
  ties: BILL_KIND_FACTS[kind].ties,
});
const held = (period: string, of: ReturnType<typeof bill> | null, payer = '1', report = 'cur') => ({
  payer,
  report,
  period,
  bill: of,
});
const FILES = ['2026-07', '2026-08'].map((period) => ({ period, payers: ['1', '2'] }));

test('one question for each report of a payer, over the periods that were just read', () => {
  const reseller = bill('reseller');
  const asked = billQuestions(
    [
      held('2026-08', reseller),
      held('2026-07', reseller),
      held('2026-06', reseller),
      held('2026-08', bill('pro_forma'), '2'),
    ],
    FILES,
  );
  expect(asked.map(({ first, periods }) => [first.payer, periods])).toEqual([
    ['1', ['2026-07', '2026-08']],
    ['2', ['2026-08']],
  ]);
  expect(asked[0] === undefined ? '' : questionText(asked[0], 'July and August')).toBe(
    'What is the bill of payer 1, July and August? It looks like: bill of a reseller. Until you say what it is, it is tied to no invoice, and no commitment is counted over it.',
  );
});

test('nothing is asked of what was answered, of the payer’s own bill, and of a bill that ties to its invoices', () => {
  const exports = [
    held('2026-08', bill('reseller', 'user')),
    held('2026-08', null, '2'),
    held('2026-07', bill('aws_india')),
  ];
  expect(billQuestions(exports, FILES)).toEqual([]);
});

test('a commitment is off as soon as one bill is not the payer’s own, and the reason names which', () => {
  expect(commitmentOff([held('2026-08', null), held('2026-08', bill('aws_india'))])).toBeNull();
  const reason = commitmentOff([
    held('2026-08', null, '2'),
    held('2026-09', bill('member_account', 'user')),
    held('2026-07', bill('member_account', 'user')),
  ]);
  expect(reason).toContain('(payer 1 (Export of a member account), 2026-07 to 2026-09)');
  expect(reason).not.toContain('Its lines look like it');
});
