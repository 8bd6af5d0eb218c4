// When a figure read from an invoice ties to what is held, and when it does not.
import { describe, expect, test } from 'vitest';
import { stateOfInvoice, tieFigure } from '../../../shared/domain/ledger/tie-out.ts';

const held = (amount: number, absolute = Math.abs(amount)) => ({ amount, absolute });
const usd = (amount: string) => ({ amount, currency: 'USD', rate: null });

describe('a figure in the export’s currency', () => {
  test.each([
    { what: 'to the cent', amount: 1234.5649, figure: '1234.56', state: 'ties' },
    { what: 'rounded the other way', amount: 1234.569, figure: '1234.56', state: 'ties' },
    { what: 'one cent off', amount: 1234.57, figure: '1234.56', state: 'differs' },
    { what: 'typed without decimals, still to the cent', amount: 1234.4, figure: '1234', state: 'differs' },
    {
      what: 'typed with more decimals: to the last one',
      amount: 1234.5649,
      figure: '1234.5671',
      state: 'differs',
    },
    { what: 'a credit note', amount: -20.001, figure: '-20.00', state: 'ties' },
    { what: 'zero where credits cancel usage', amount: -6.8e-8, figure: '0', state: 'ties' },
  ])('$what: $amount against $figure $state', ({ amount, figure, state }) => {
    expect(tieFigure(held(amount), usd(figure), false).state).toBe(state);
  });

  test('the difference is held − figure, and exactly 0 where only doubles are between them', () => {
    expect(tieFigure(held(90.25), usd('100.00'), false).difference).toBe(-9.75);
    // 0.1 + 0.2 is not 0.3 in doubles, and yet nothing is missing.
    expect(tieFigure(held(0.1 + 0.2), usd('0.30'), false)).toMatchObject({ state: 'ties', difference: 0 });
  });

  test('yen have no decimals: 1,000.4 held is an invoice of 1,000', () => {
    const figure = { amount: '1000', currency: 'JPY', rate: null };
    expect(tieFigure(held(1000.4), figure, false).state).toBe('ties');
    expect(tieFigure(held(1001), figure, false).state).toBe('differs');
  });
});

describe('a figure in another currency', () => {
  test('is compared at the rate as typed', () => {
    const figure = { amount: '915.32', currency: 'EUR', rate: '0.91532' };
    expect(tieFigure(held(1000), figure, false)).toMatchObject({
      state: 'ties',
      expected: 915.32,
      difference: 0,
    });
  });

  test('a rounded rate does not make it tie, but says how much it can explain', () => {
    const figure = { amount: '915.32', currency: 'EUR', rate: '0.915' };
    const tie = tieFigure(held(1000), figure, false);
    expect(tie.state).toBe('differs');
    expect(tie.difference).toBeCloseTo(-0.32, 9);
    expect(tie.rateSlack).toBeCloseTo(0.5, 9);
  });
});

describe('without a figure', () => {
  test('nothing is claimed', () => {
    expect(tieFigure(held(12), null, false)).toMatchObject({
      state: 'no_figure',
      difference: null,
      expected: null,
    });
    expect(tieFigure(held(12), null, true).state).toBe('estimated');
  });

  test('rows that cost nothing need none; usage that credits cancel does', () => {
    expect(tieFigure(held(0, 0), null, false).state).toBe('ties');
    expect(tieFigure(held(0, 200), null, false).state).toBe('no_figure');
    // Until the invoice is issued, nothing says that they stay at nothing.
    expect(tieFigure(held(0, 0), null, true).state).toBe('estimated');
  });
});

test('a figure against an invoice that is not issued proves nothing', () => {
  expect(tieFigure(held(12), usd('12.00'), true)).toMatchObject({ state: 'estimated', difference: 0 });
});

test.each([
  { whole: 'ties', parts: ['no_figure', 'no_figure'], state: 'ties' },
  { whole: 'ties', parts: ['ties', 'differs'], state: 'differs' },
  { whole: 'no_figure', parts: ['ties', 'ties'], state: 'ties' },
  { whole: 'no_figure', parts: ['ties', 'no_figure'], state: 'no_figure' },
  { whole: 'no_figure', parts: [], state: 'no_figure' },
  { whole: 'no_figure', parts: ['differs', 'no_figure'], state: 'differs' },
  { whole: 'estimated', parts: ['estimated'], state: 'estimated' },
] as const)('an invoice whose total $whole with parts $parts $state', ({ whole, parts, state }) => {
  expect(stateOfInvoice(whole, parts)).toBe(state);
});
