// Charts are read through their read-outs and tables: those must say what the drawing says.
import { expect, test } from 'vitest';
import { lines } from '../../shared/charts/lines.ts';
import { savings } from '../../shared/charts/savings.ts';
import { CHART_THEMES } from '../../shared/charts/theme.ts';

const TEXT = { short: String, full: (value: number | null) => (value === null ? '—' : `${value} USD`) };

test('one-off 40, then 30 a month: paid back at the end of the second month', () => {
  const months = [
    { short: 'Jan', long: 'January', saving: 30, oneOff: 40, cumulative: -10 },
    { short: 'Feb', long: 'February', saving: 30, oneOff: 0, cumulative: 20 },
  ];
  const { readouts, table, option } = savings(months, 2, 'USD', CHART_THEMES.light, TEXT);
  expect(readouts[0]?.rows.map(({ label, value }) => [label, value])).toEqual([
    ['Saving', '30 USD'],
    ['One-off cost', '-40 USD'],
  ]);
  expect(readouts.map(({ note }) => note)).toEqual([
    null,
    'The one-off cost is paid back at the end of this month.',
  ]);
  expect(table.rows).toEqual([
    ['January', 30, 40, -10],
    ['February', 30, 0, 20],
  ]);
  expect(JSON.stringify(option)).toContain('"xAxis":1');
  expect(JSON.stringify(savings(months, null, 'USD', CHART_THEMES.light, TEXT).option)).not.toContain(
    'markLine',
  );
});

test('a rate that is not defined leaves a gap, and the read-out says so', () => {
  const steps = ['a', 'b', 'c'].map((name) => ({ short: name, long: name }));
  const { option, readouts, table } = lines(
    steps,
    [{ id: 'x', label: 'X', colour: '#123456', values: [1, null, 3] }],
    { measure: 'USD/1M token', stepName: 'Day' },
    CHART_THEMES.dark,
    TEXT,
  );
  expect(option.series).toMatchObject([{ connectNulls: false, data: [1, '-', 3], showSymbol: true }]);
  expect(readouts[1]).toMatchObject({ rows: [], note: 'Not defined on this step: nothing to divide by.' });
  expect(table.rows[1]).toEqual(['b', null]);
});
