import { describe, expect, test } from 'vitest';
import { stepsOf } from '../../../src-renderer/app/time-steps.ts';
import { type SpendAnswer, trendSeries } from '../../../src-renderer/screens/overview/trend.ts';

const answer = (rows: SpendAnswer['rows']): SpendAnswer => ({
  schemaVersion: 1,
  columns: [],
  rows,
  rowCount: rows.length,
  totals: {},
  compare: null,
  provenance: {
    basis: 'unblended',
    scope: 'bedrock',
    period: null,
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
});

describe('series', () => {
  const steps = stepsOf({ from: '2026-10-01', to: '2026-10-03' }, 'day');
  const leading = [{ id: 'Nova Lite', label: 'Nova Lite', colour: '#111111' }];

  test('what the leading values leave of the total is one series more', () => {
    const series = trendSeries({
      steps,
      leading,
      byValue: answer([['2026-10-01', 'Nova Lite', 4]]),
      whole: answer([
        ['2026-10-01', 10],
        ['2026-10-02', 3],
      ]),
      otherLabel: 'Everything else',
    });
    expect(series.map(({ label, values }) => [label, values])).toEqual([
      ['Nova Lite', [4, null, null]],
      ['Everything else', [6, 3, null]],
    ]);
  });

  test('the dust of a subtraction is no series', () => {
    const series = trendSeries({
      steps,
      leading,
      byValue: answer([['2026-10-01', 'Nova Lite', 0.1 + 0.2]]),
      whole: answer([['2026-10-01', 0.3]]),
      otherLabel: 'Everything else',
    });
    expect(series).toHaveLength(1);
  });
});
