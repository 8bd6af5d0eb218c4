// Small texts of what-ifs that nothing else would miss: payback, axes, and the marks that templates and levers are set in.
import { describe, expect, test } from 'vitest';
import { priceQuality } from '../../../shared/charts/price-quality.ts';
import { CHART_THEMES } from '../../../shared/charts/theme.ts';
import { LEVERS } from '../../../shared/domain/whatif/levers.ts';
import { LEVER_KINDS } from '../../../shared/domain/whatif/scenario.ts';
import { TEMPLATE_NAMES, TEMPLATES } from '../../../shared/domain/whatif/templates.ts';
import { createFormat } from '../../../shared/format/format.ts';
import { assumptionEnds, paybackText } from '../../../shared/format/scenario-words.ts';
import { FORMS } from '../../../src-renderer/screens/scenario/lever-form.ts';

const format = createFormat();

test.each([
  ['saves nothing', -20, null, 'never'],
  ['saves exactly nothing', 0, null, 'never'],
  ['a tenth of a month is said', 100, 7.26, '7.3 months'],
  ['made for nothing', 100, 0, '0 months'],
  ['not stated, so not known', null, null, null],
])('payback: %s', (_, saving, months, text) => {
  expect(paybackText(saving, months, format)).toBe(text);
});

test.each([
  ['a share', 'ratio', 0.4, 0.8, { low: '40.0%', high: '80.0%' }],
  ['an amount', 'money', 0, 1200, { low: '€0.00', high: '€1,200.00' }],
  ['a price', 'unit price', 0.35, 21.18, { low: '€0.35', high: '€21.18' }],
  ['a number', 'count', 5, 40_000, { low: '5', high: '40,000' }],
] as const)('the ends of an assumption are in its own unit: %s', (_, unit, low, high, text) => {
  expect(assumptionEnds({ range: { low, base: low, high }, unit }, 'EUR', format)).toEqual(text);
});

test('prices of one cause move together, without ends of their own', () => {
  expect(assumptionEnds({ range: null, unit: null }, 'EUR', format)).toEqual({
    low: 'the low end',
    high: 'the high end',
  });
});

describe('price against quality', () => {
  const models = [
    { label: 'Small', rate: 2, quality: 70, role: 'target' as const },
    { label: 'Large', rate: 6, quality: 90, role: 'today' as const },
  ];
  const text = { short: String, full: String };
  const spec = priceQuality(models, { floor: 80, unscoredToday: null }, 'EUR', CHART_THEMES.light, text);

  test('the axis and the table name the currency of the bill', () => {
    expect(spec.option).toMatchObject({
      xAxis: { name: 'EUR per 1M tokens' },
      yAxis: { name: 'Quality, own scale' },
    });
    expect(spec.table).toMatchObject({
      header: ['Model', 'EUR per 1M tokens', 'Quality'],
      rows: [
        ['Small', 2, 70],
        ['Large', 6, 90],
      ],
    });
  });

  test('below the floor is said where it is so', () => {
    expect(spec.readouts.map(({ note }) => note)).toEqual(['Below the floor.', null]);
  });
});

/** Every text inside something, at any depth. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('texts are set with the marks of print', () => {
  const told = TEMPLATE_NAMES.flatMap((name) => {
    const { title, source, note, steps } = TEMPLATES[name];
    const ofSteps = steps.map(({ title: step, assumes, confirm, asks }) => [step, assumes, confirm, asks]);
    return textsIn([title, source, note, ofSteps]);
  });
  const levers = LEVER_KINDS.flatMap((kind) => [LEVERS[kind].title, LEVERS[kind].reason]);

  test.each([
    ['templates', told],
    ['levers', levers],
    ['forms of levers', textsIn(FORMS)],
  ])('%s: no typewriter’s apostrophe, no hyphen for a dash, no three dots', (_, texts) => {
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter((text) => /\p{L}'|'\p{L}|\s-\s|--|\.\.\./u.test(text))).toEqual([]);
    expect(texts.filter((text) => /\s{2}/u.test(text))).toEqual([]);
  });
});
