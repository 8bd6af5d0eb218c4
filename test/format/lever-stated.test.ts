// Whatever a lever lets somebody state is in its report: no parameter is left out, and each reads with its unit.
import { describe, expect, test } from 'vitest';
import { bind } from '../../shared/domain/whatif/levers.ts';
import { NEW_LEVERS } from '../../shared/domain/whatif/new-levers.ts';
import { LEVER_KINDS, type Lever, type Range } from '../../shared/domain/whatif/scenario.ts';
import { createFormat } from '../../shared/format/format.ts';
import { leverStated } from '../../shared/format/lever-stated.ts';
import { factText, statedText } from '../../shared/format/scenario-words.ts';

const isRange = (value: unknown): value is Range =>
  typeof value === 'object' && value !== null && 'base' in value && 'high' in value;

/** The neutral lever of a kind in each of its variants, every range of it told apart by its base. */
function variants(kind: Lever['kind']): Lever[] {
  let next = 0;
  const fresh = (value: unknown): unknown => {
    next += 1;
    return isRange(value) ? { low: next, base: next + 0.5, high: next + 1 } : value;
  };
  const lever = Object.fromEntries(
    Object.entries({ ...NEW_LEVERS[kind], id: kind }).map(([key, value]) => [key, fresh(value)]),
  ) as Lever;
  const requestsPerHour = { low: 100, base: 120, high: 140 };
  const hitShare = { low: 0.4, base: 0.5, high: 0.6 };
  if (lever.kind === 'custom_model')
    return (['on_demand', 'units', 'imported'] as const).map((serving) => ({ ...lever, serving }));
  if (lever.kind === 'caching')
    return [
      { ...lever, arrival: { pattern: 'stated', hitShare } },
      { ...lever, arrival: { pattern: 'poisson', requestsPerHour } },
    ];
  return [lever];
}

const rangesIn = (lever: Lever): Range[] =>
  Object.values(lever).flatMap((value: unknown) => {
    if (isRange(value)) return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).filter(isRange) : [];
  });

test.each(LEVER_KINDS)('every range of %s is stated', (kind) => {
  const all = variants(kind);
  const stated = all.flatMap((lever) => leverStated(lever).map(({ value }) => value));
  for (const range of all.flatMap(rangesIn)) expect(stated).toContainEqual(range);
});

test.each(LEVER_KINDS)('the assumptions of %s are in the units of what it states', (kind) => {
  for (const lever of variants(kind)) {
    const stated = leverStated(lever);
    const others = bind(lever).ranges.filter(({ range, unit }) =>
      stated.some((one) => one.value === range && one.unit !== unit),
    );
    expect(others).toEqual([]);
  }
});

describe('what is stated, as a report prints it', () => {
  const format = createFormat();
  const printed = (lever: Lever): Record<string, string> =>
    Object.fromEntries(leverStated(lever).map((one) => [one.name, statedText(one, 'USD', format)]));

  test('the lifetime of a cache in words', () => {
    const lever = { ...NEW_LEVERS.caching, id: 'caching', lifetime: '1h' } as const;
    expect(printed(lever)).toMatchObject({ Lifetime: '1 h' });
  });

  test('a price of zero is one that nobody stated, as are hits at 0', () => {
    const units = { ...NEW_LEVERS.provisioned, id: 'units', units: 2, unitInputPerMinute: 200_000 };
    expect(printed(units)).toMatchObject({
      'Model units': '2',
      'Price of a unit’s hour': 'not stated',
      'Output tokens a minute, one unit': 'not stated',
    });
    expect(printed({ ...NEW_LEVERS.caching, id: 'caching' })).toMatchObject({ 'Hit share': 'not stated' });
  });

  test('a range has its ends, an exact figure none, and what nobody said is not stated', () => {
    const exact = (value: number): Range => ({ low: value, base: value, high: value });
    const lever: Lever = {
      ...NEW_LEVERS.provisioned,
      id: 'units',
      units: 2,
      unitInputPerMinute: 300_000,
      usdPerUnitHour: { low: 13.08, base: 21.18, high: 24 },
      peakFactor: exact(1.5),
      termMonths: 6,
    };
    expect(printed(lever)).toMatchObject({
      'Model units': '2',
      'Input tokens a minute, one unit': '300,000',
      'Output tokens a minute, one unit': 'not stated',
      'Price of a unit’s hour': '$21.18 ($13.08 to $24.00)',
      'Peak within the hour, times the mean': '1.5',
      Term: '6 months',
      'Above the capacity': 'throttled',
    });
  });

  test('the targets of a mix come with their shares and scores', () => {
    const target = { region: null, regionTier: null, inputFactor: 1, outputFactor: 1 };
    const lever: Lever = {
      ...NEW_LEVERS.routing,
      id: 'mix',
      targets: [
        { ...target, model: 'Nova Lite', weight: 3, quality: 0.81 },
        { ...target, model: 'Claude Haiku 4.5', weight: 1, quality: null, inputFactor: 1.2 },
      ],
    };
    expect(printed(lever)['Served by']).toBe(
      'Nova Lite 75 %, quality 0.81; Claude Haiku 4.5 25 %, × 1.2 input and × 1 output tokens, quality not measured',
    );
  });
});

test('a figure beside a lever reads with its unit in the number it has', () => {
  const text = (value: number | null, unit: string): string =>
    factText({ name: '', model: null, value, unit, note: null }, 'USD', createFormat());
  expect(text(0.998164, 'USD/1M token')).toBe('$0.998164 / 1M tokens');
  expect(text(0.24, 'USD/hour')).toBe('$0.24 / hour');
  expect(text(0.002, 'USD/request')).toBe('$0.002 / request');
  expect(text(2.941, 'request/hour')).toBe('2.941 requests/hour');
  expect(text(1, 'hour')).toBe('1 hour');
  expect(text(12, 'hour')).toBe('12 hours');
  expect(text(null, 'hour')).toBe('—');
});
