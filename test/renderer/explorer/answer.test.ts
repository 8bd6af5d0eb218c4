// Answers become rows and series: nothing is lost in "Other", nothing missing becomes zero.
import { expect, test } from 'vitest';
import {
  differenceOf,
  gridRows,
  leadingValues,
  ranking,
  type SpendAnswer,
  shareOfChange,
  sidesOf,
  timeSeries,
  vanishedRows,
} from '../../../src-renderer/screens/explorer/answer.ts';

function answer(part: Partial<SpendAnswer>): SpendAnswer {
  return {
    schemaVersion: 1,
    columns: [],
    rows: [],
    rowCount: part.rows?.length ?? 0,
    totals: {},
    compare: null,
    provenance: {
      basis: 'unblended',
      scope: 'bedrock',
      period: { from: '2026-08-01', to: '2026-08-31' },
      where: [],
      lineItems: 0,
      currency: ['USD'],
      unpricedShare: null,
      unknownShare: null,
      estimated: false,
      bills: [],
      spread: null,
      catalogVersion: null,
      notes: [],
    },
    ...part,
  };
}

const MODEL = { name: 'model', kind: 'dimension', unit: null } as const;
const DAY = { name: 'day', kind: 'dimension', unit: null } as const;
const COST = { name: 'unblended', kind: 'measure', unit: 'USD' } as const;
const RATE = { name: 'effectiveRate', kind: 'derived', unit: 'USD/1M token' } as const;

test('a row finds its partner in the comparison period; a new one has none', () => {
  const rows = gridRows(
    answer({
      columns: [MODEL, COST],
      rows: [
        ['Nova Lite', 12],
        [null, 3],
        ['Nova Pro', 1],
      ],
      compare: {
        period: { from: '2026-07-01', to: '2026-07-31' },
        rows: [
          [null, 2],
          ['Nova Lite', 10],
        ],
        totals: { unblended: 12 },
        notHeld: [],
      },
    }),
  );
  expect(rows.map(({ before }) => before?.unblended ?? null)).toEqual([10, 2, null]);
});

test('days partner by their distance from the start of each period', () => {
  const rows = gridRows(
    answer({
      columns: [DAY, COST],
      rows: [
        ['2026-08-01', 5],
        ['2026-08-03', 6],
      ],
      compare: {
        period: { from: '2026-07-01', to: '2026-07-31' },
        rows: [
          ['2026-07-01', 1],
          ['2026-07-02', 2],
          ['2026-07-03', 3],
        ],
        totals: { unblended: 6 },
        notHeld: [],
      },
    }),
  );
  expect(rows.map(({ before }) => before?.unblended)).toEqual([1, 3]);
});

test('the rest of a ranking is the total less the bars', () => {
  const asked = answer({
    columns: [MODEL, COST],
    rows: [
      ['Nova Lite', 12],
      ['Nova Pro', 3],
    ],
    rowCount: 5,
    totals: { unblended: 21.5 },
  });
  expect(ranking(asked, 'unblended', true).rest).toEqual({ groups: 3, amount: 6.5 });
  expect(ranking({ ...asked, rowCount: 2 }, 'unblended', true).rest).toBeNull();
  expect(ranking(asked, 'unblended', false).rest).toBeNull();
});

test('series over time add up to the totals, step by step', () => {
  const totals = answer({
    columns: [DAY, COST],
    rows: [
      ['2026-08-01', 10],
      ['2026-08-02', 7],
    ],
  });
  const named = answer({
    columns: [DAY, MODEL, COST],
    rows: [
      ['2026-08-01', 'Nova Lite', 6],
      ['2026-08-01', null, 1],
      ['2026-08-02', 'Nova Lite', 7],
    ],
  });
  const over = timeSeries(
    totals,
    { answer: named, values: ['Nova Lite', null], other: true },
    [],
    'unblended',
  );
  expect(over.steps).toEqual(['2026-08-01', '2026-08-02']);
  expect(over.series.map(({ amounts }) => amounts)).toEqual([
    [6, 7],
    [1, null],
  ]);
  expect(over.other).toEqual([3, 0]);
});

test('a rate without usage stays missing, and is never gathered as other', () => {
  const totals = answer({
    columns: [DAY, RATE],
    rows: [
      ['2026-08-01', 2.5],
      ['2026-08-02', null],
    ],
  });
  const named = answer({ columns: [DAY, MODEL, RATE], rows: [['2026-08-01', 'Nova Lite', 2.5]] });
  const over = timeSeries(
    totals,
    { answer: named, values: ['Nova Lite'], other: true },
    ['2026-08-01', '2026-08-02', '2026-08-03'],
    'effectiveRate',
  );
  expect(over.series[0]?.amounts).toEqual([2.5, null, null]);
  expect(over.other).toBeNull();
});

test('leaders beyond the limit are other', () => {
  const asked = answer({
    columns: [MODEL, COST],
    rows: [
      ['a', 3],
      ['b', 2],
      ['c', 1],
    ],
  });
  expect(leadingValues(asked, 2)).toEqual({ values: ['a', 'b'], other: true });
  expect(leadingValues(asked, 3)).toEqual({ values: ['a', 'b', 'c'], other: false });
});

test('a week partners with the week as far from the start of its own period', () => {
  const WEEK = { name: 'week', kind: 'dimension', unit: null } as const;
  const rows = gridRows(
    answer({
      columns: [WEEK, COST],
      // 1 August 2026 is a Saturday: week 31 began before it.
      rows: [
        ['2026-W31', 5],
        ['2026-W32', 6],
      ],
      compare: {
        period: { from: '2026-07-01', to: '2026-07-31' },
        rows: [
          ['2026-W27', 1],
          ['2026-W28', 2],
        ],
        totals: { unblended: 3 },
        notHeld: [],
      },
    }),
  );
  expect(rows.map(({ before }) => before?.unblended)).toEqual([1, 2]);
});

test('where the months before are not held nothing is new, and no change is stated', () => {
  const [lite, pro] = gridRows(
    answer({
      columns: [MODEL, COST],
      rows: [
        ['Nova Lite', 12],
        ['Nova Pro', 3],
      ],
      compare: {
        period: { from: '2026-06-01', to: '2026-07-31' },
        // July is held and June is not: what July alone says of Nova Lite is no measure for two months.
        rows: [['Nova Lite', 10]],
        totals: { unblended: 10 },
        notHeld: ['2026-06'],
      },
    }),
  );
  for (const row of [lite, pro]) {
    if (row === undefined) throw new Error('no row');
    const sides = sidesOf(row, 'unblended');
    expect(sides.past).toBeNull();
    expect(differenceOf(sides, 'unblended')).toBeNull();
    expect(shareOfChange(sides)).toBeNull();
  }
});

test('what disappeared is listed with what it was', () => {
  const asked = answer({
    columns: [MODEL, COST],
    rows: [['Nova Lite', 12]],
    compare: {
      period: { from: '2026-07-01', to: '2026-07-31' },
      rows: [
        ['Nova Lite', 10],
        ['Titan', 4],
      ],
      totals: { unblended: 14 },
      notHeld: [],
    },
  });
  const shown = new Set(gridRows(asked).map(({ key }) => key));
  expect(vanishedRows(asked, shown)).toMatchObject([
    { group: [{ value: 'Titan' }], before: { unblended: 4 } },
  ]);
});

test('what is unknown in both periods is no change and not new; what has lines in one period only is', () => {
  const tokens = { name: 'tokens', kind: 'measure', unit: 'token' } as const;
  const columns = [MODEL, COST, tokens, RATE];
  const [canvas, lite, pro] = gridRows(
    answer({
      columns,
      rows: [
        ['Nova Canvas', 90, null, null],
        ['Nova Lite', 12, 600, 20],
        ['Nova Pro', 7, 70, 100],
      ],
      compare: {
        period: { from: '2026-07-01', to: '2026-07-31' },
        rows: [
          ['Nova Canvas', 100, null, null],
          ['Nova Lite', 10, null, null],
        ],
        totals: {},
        notHeld: [],
      },
    }),
  );
  const changed = (row: typeof canvas, measure: string) => {
    if (row === undefined) throw new Error('no row');
    const sides = sidesOf(row, measure);
    return [sides.past, differenceOf(sides, measure), shareOfChange(sides)];
  };
  expect(changed(canvas, 'unblended')).toEqual([100, -10, -0.1]);
  expect(changed(canvas, 'tokens')).toEqual([null, null, null]);
  expect(changed(lite, 'tokens')).toEqual([null, null, null]);
  expect(changed(pro, 'unblended')).toEqual(['no lines', 7, null]);
  expect(changed(pro, 'effectiveRate')).toEqual(['no lines', null, null]);
});

test('sums that differ by the rounding of their addition alone have not changed', () => {
  const sides = { now: 0.1 + 0.2, past: 0.3 };
  expect(differenceOf(sides, 'unblended')).toBe(0);
  expect(shareOfChange(sides)).toBe(0);
});
