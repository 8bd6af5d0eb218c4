// When an export looks like something else than the payer's own AWS invoice, and when nothing can be said.
import { expect, test } from 'vitest';
import {
  type BillFacts,
  billInEffect,
  billKinds,
  indianBill,
} from '../../../shared/domain/ledger/bill-kind.ts';

const OWN: BillFacts = {
  payer: '000000000001',
  period: '2026-08',
  lineItems: 100_000,
  onlyAccount: null,
  sellers: ['Amazon Web Services, Inc.'],
  hasInvoice: true,
  daysSinceEnd: 400,
};

test.each<[string, Partial<BillFacts>, string[]]>([
  ['the payer’s own invoice', {}, []],
  ['a company of one account, which pays', { onlyAccount: '000000000001' }, []],
  ['one account that is not the payer', { onlyAccount: '000000000002' }, ['member_account']],
  ['a handful of lines of one account', { onlyAccount: '000000000002', lineItems: 12 }, []],
  ['an export without payers', { onlyAccount: '000000000002', payer: '' }, []],
  ['AWS in India', { sellers: ['Amazon Web Services India Private Limited'] }, []],
  ['another seller', { sellers: ['Cloudhaus GmbH'] }, ['reseller']],
  ['another seller beside AWS', { sellers: ['Amazon Web Services EMEA SARL', 'Cloudhaus GmbH'] }, []],
  ['an export that states no seller', { sellers: [] }, []],
  ['no invoice id in the month itself', { hasInvoice: false, daysSinceEnd: -3 }, []],
  ['no invoice id a month later', { hasInvoice: false, daysSinceEnd: 30 }, []],
  ['no column of invoice ids', { hasInvoice: null, daysSinceEnd: 400 }, []],
  ['no invoice id long after', { hasInvoice: false, daysSinceEnd: 46 }, ['pro_forma']],
])('%s', (_, more, kinds) => {
  expect(billKinds({ ...OWN, ...more }).map(({ kind }) => kind)).toEqual(kinds);
});

test('the label says what it goes by', () => {
  const [label] = billKinds({ ...OWN, sellers: ['Cloudhaus GmbH'] });
  expect(label?.says).toContain('Sold by Cloudhaus GmbH, not by AWS');
});

test.each<[string, string, string[], boolean]>([
  ['its billing entity', 'AISPL', [], true],
  ['the seller by its name of today', 'AWS', ['Amazon Web Services India Private Limited'], true],
  ['the seller by its former name', 'AWS', ['Amazon Internet Services Private Limited'], true],
  ['the United States', 'AWS', ['Amazon Web Services, Inc.'], false],
  ['a reseller in India', 'AWS', ['Cloudhaus India Private Limited'], false],
])('AWS India is told by %s', (_, billingEntity, sellers, isIndian) => {
  expect(indianBill(billingEntity, sellers).length).toBe(isIndian ? 1 : 0);
});

test('a bill of AWS India ties, but not where its lines are one member account’s', () => {
  const india = indianBill('AISPL', []);
  expect(billInEffect(india, null)?.ties).toBe(true);
  const member = billKinds({ ...OWN, onlyAccount: '000000000002' });
  expect(billInEffect([...member, ...india], null)).toMatchObject({ kind: 'member_account', ties: false });
  expect(billInEffect([], null)).toBeNull();
});
