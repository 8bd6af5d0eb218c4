import { expect, test } from 'vitest';
import { pictureOf } from '../../shared/charts/picture.ts';
import { stackedTime } from '../../shared/charts/stacked-time.ts';
import { CHART_THEMES } from '../../shared/charts/theme.ts';

const text = { short: String, full: String };
const spec = stackedTime(
  {
    steps: [{ short: '1', long: '1', incomplete: null }],
    series: [{ id: 'a', label: 'Nova Lite', colour: '#111111', values: [1] }],
    measure: 'Unblended, USD',
    stepName: 'Time',
  },
  CHART_THEMES.dark,
  text,
);

test('a picture carries title, description and the names of its colours', () => {
  const picture = pictureOf('Cost over time', 'Nova Lite, Oct 2026.', spec, '#171a21');
  expect(picture).toMatchObject({
    backgroundColor: '#171a21',
    title: { text: 'Cost over time', subtext: 'Nova Lite, Oct 2026.', textStyle: { color: '#e9ebf0' } },
    legend: { data: ['Nova Lite'] },
  });
  expect(picture.series).toBe(spec.option.series);
});

test('a chart that labels its parts directly gets no legend', () => {
  expect(pictureOf('t', 'd', { ...spec, legend: [] }, '#ffffff')).not.toHaveProperty('legend');
});
