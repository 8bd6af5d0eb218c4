import { expect, test } from 'vitest';
import { stackedTime } from '../../shared/charts/stacked-time.ts';
import { CHART_THEMES } from '../../shared/charts/theme.ts';
import { createFormat } from '../../shared/format/format.ts';

const format = createFormat();
const text = {
  short: (value: number) => format.moneyShort(value, 'USD'),
  full: (value: number | null) => format.money(value, 'USD'),
};
const spec = stackedTime(
  {
    steps: [
      { short: '30 Oct', long: '30 Oct 2026', incomplete: null },
      { short: '31 Oct', long: '31 Oct 2026', incomplete: 'More may still come.' },
      { short: '1 Nov', long: '1 Nov 2026', incomplete: null },
    ],
    series: [
      { id: 'nova', label: 'Nova Lite', colour: '#111111', values: [10, 1, null] },
      { id: 'claude', label: 'Claude', colour: '#222222', values: [20, null, null] },
      { id: 'other', label: 'Everything else', colour: null, values: [-5, 0, null] },
    ],
    measure: 'Unblended, USD',
    stepName: 'Time',
  },
  CHART_THEMES.light,
  text,
);

test('a step reads its amounts by size, and their total', () => {
  expect(spec.readouts[0]).toEqual({
    title: '30 Oct 2026',
    rows: [
      { label: 'Claude', colour: '#222222', value: '$20.00' },
      { label: 'Nova Lite', colour: '#111111', value: '$10.00' },
      { label: 'Everything else', colour: CHART_THEMES.light.other, value: '−$5.00' },
    ],
    total: { label: 'Total', colour: null, value: '$25.00' },
    note: null,
  });
});

test('what is not held is a dash and no zero, also in the table', () => {
  expect(spec.readouts[2]?.total?.value).toBe('—');
  expect(spec.table.rows[2]).toEqual(['1 Nov 2026', null, null, null, null]);
});

test('an incomplete day says so and is drawn lighter', () => {
  expect(spec.readouts[1]?.note).toBe('More may still come.');
  const series = spec.option.series as { data: unknown }[];
  expect(series[0]?.data).toEqual([10, { value: 1, itemStyle: { opacity: 0.45 } }, '-']);
});

test('the table names measure and currency and ends in the total', () => {
  expect(spec.table.header).toEqual([
    'Time',
    'Nova Lite',
    'Claude',
    'Everything else',
    'Total, Unblended, USD',
  ]);
  expect(spec.table.rows[0]).toEqual(['30 Oct 2026', 10, 20, -5, 25]);
});
