// Every text colour reads at AA on every surface it is used on, in both themes.
import { describe, expect, test } from 'vitest';
import { DARK_FILL } from '../../../src-renderer/app/theme.ts';
import { TOKENS, type Tokens } from '../../../src-renderer/app/tokens.ts';

const channel = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: string, other: string): number => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

const SURFACES = [
  'canvas',
  'panel',
  'raised',
  'hover',
  'selected',
] as const satisfies readonly (keyof Tokens)[];
const INKS = ['ink', 'inkMuted', 'inkFaint', 'accent', 'good', 'caution', 'danger'] as const;
const PAIRS: readonly (readonly [keyof Tokens, keyof Tokens])[] = [
  ...INKS.flatMap((ink) => SURFACES.map((surface) => [ink, surface] as const)),
  ['accentInk', 'accent'],
  ['ink', 'accentSoft'],
  ['ink', 'cautionSoft'],
  ['ink', 'dangerSoft'],
  ['inkMuted', 'dangerSoft'],
  ['caution', 'cautionSoft'],
  ['good', 'goodSoft'],
  ['danger', 'dangerSoft'],
];

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  test.each(PAIRS)('%s on %s', (ink, surface) => {
    expect(contrast(TOKENS[scheme][ink], TOKENS[scheme][surface])).toBeGreaterThanOrEqual(4.5);
  });

  test('the edge of a control stands out from the surface it is on', () => {
    expect(contrast(TOKENS[scheme].edge, TOKENS[scheme].panel)).toBeGreaterThanOrEqual(3);
    expect(contrast(TOKENS[scheme].edge, TOKENS[scheme].canvas)).toBeGreaterThanOrEqual(3);
  });
});

test('white reads on the filled buttons of both themes', () => {
  for (const fill of [TOKENS.light.accent, DARK_FILL.rest, DARK_FILL.hover]) {
    expect(contrast('#ffffff', fill)).toBeGreaterThanOrEqual(4.5);
  }
});
