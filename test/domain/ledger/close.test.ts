// What a closed month owes its next statement.
import { expect, test } from 'vitest';
import { adjustmentsOf, isReady, type Share } from '../../../shared/domain/ledger/close.ts';

const share = (key: string | null, amount: number, more: Partial<Share> = {}): Share => ({
  lineClass: 'bedrock',
  key,
  currency: 'USD',
  amount,
  lineItems: 10,
  ...more,
});

test('team A was issued 1,000 and the redelivery says 980: the adjustment is −20', () => {
  expect(adjustmentsOf([share('A', 1000)], [share('A', 980)])).toEqual([share('A', -20, { lineItems: 0 })]);
});

test('what did not change is not adjusted, and what only adding in another order changed is not either', () => {
  expect(adjustmentsOf([share('A', 0.1 + 0.2), share('B', 5)], [share('A', 0.3), share('B', 5)])).toEqual([]);
});

test('a key that is gone gets its amount back; a new one is charged', () => {
  expect(adjustmentsOf([share('A', 30)], [share('B', 30)])).toEqual([
    share('A', -30, { lineItems: -10 }),
    share('B', 30),
  ]);
});

test('currencies, Bedrock and other services, and lines without a key stay apart', () => {
  const issued = [
    share(null, 10),
    share('A', 10, { currency: 'EUR' }),
    share('A', 10, { lineClass: 'other' }),
  ];
  const held = [share(null, 11), share('A', 12, { currency: 'EUR' }), share('A', 13, { lineClass: 'other' })];
  expect(
    adjustmentsOf(issued, held)
      .map(({ amount }) => amount)
      .toSorted(),
  ).toEqual([1, 2, 3]);
});

test('publishing is not what publishing waits for', () => {
  const done = (step: 'import' | 'publish', is: boolean) => ({ step, done: is, says: [] });
  expect(isReady([done('import', true), done('publish', false)])).toBe(true);
  expect(isReady([done('import', false), done('publish', false)])).toBe(false);
});
