import { describe, expect, test } from 'vitest';
import {
  type AppLocation,
  formatLocation,
  INITIAL_CONTEXT,
  parseLocation,
} from '../../../src-renderer/app/location.ts';

describe('the address carries the question', () => {
  const full: AppLocation = {
    screen: 'explorer',
    context: {
      period: { from: '2026-08-01', to: '2026-10-14' },
      compare: 'year',
      basis: 'netAmortized',
      where: [
        { dimension: 'model', operator: '=', values: ['Claude Sonnet 4.5', null] },
        { dimension: 'tag:cost&centre', operator: '~', values: ['a=b, c #1'] },
      ],
    },
    own: { group: 'model,meter', view: 'lines' },
  };

  test('everything in it reads back', () => expect(parseLocation(formatLocation(full))).toEqual(full));

  test('what stands at its initial value is left out', () => {
    expect(formatLocation({ screen: 'overview', context: INITIAL_CONTEXT, own: {} })).toBe('#/overview');
  });

  test.each([
    ['', ''],
    ['#/', ''],
    ['#/pricing', 'pricing'],
    ['#/overview?period=yesterday&basis=free&where=nonsense&where=colour=red', 'overview'],
    ['#/overview?period=2026-10-01..2026-09-01', 'overview'],
  ])('%s falls back to the initial context', (hash, screen) => {
    expect(parseLocation(hash)).toMatchObject({ screen, context: INITIAL_CONTEXT });
  });
});
