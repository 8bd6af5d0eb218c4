// The palette held to numbers: contrast with the surface, and distance between any two colours as colour-blind readers see them.
import { describe, expect, test } from 'vitest';
import { chartColours, colourSlots } from '../../shared/charts/colour.ts';
import { CHART_THEMES } from '../../shared/charts/theme.ts';

type Rgb = readonly [number, number, number];

const linear = (hex: string): Rgb => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
};
const luminance = ([red, green, blue]: Rgb): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
const contrast = (one: string, other: string): number => {
  const [low = 0, high = 0] = [luminance(linear(one)), luminance(linear(other))].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

/** Full dichromacy on linear RGB (Machado, Oliveira and Fernandes 2009, severity 1). */
const SIGHT: Readonly<Record<string, readonly number[]>> = {
  'normal sight': [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

function seen([red, green, blue]: Rgb, matrix: readonly number[]): Rgb {
  const row = (at: number): number => {
    const value = (matrix[at] ?? 0) * red + (matrix[at + 1] ?? 0) * green + (matrix[at + 2] ?? 0) * blue;
    return Math.min(1, Math.max(0, value));
  };
  return [row(0), row(3), row(6)];
}

/** OKLab, in which equal steps look about equal. */
function perceived([red, green, blue]: Rgb): Rgb {
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

function distance(one: string, other: string, matrix: readonly number[]): number {
  const [a, b] = [perceived(seen(linear(one), matrix)), perceived(seen(linear(other), matrix))];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** About five times the difference that is just noticed. */
const APART = 0.085;

describe.each(['light', 'dark'] as const)('the %s palette', (scheme) => {
  const { categorical, further, other, background, ink, muted, decrease, increase, tooltip } =
    CHART_THEMES[scheme];

  test.each([...categorical, ...further, other, decrease, increase])(
    '%s stands out from the surface',
    (colour) => {
      expect(contrast(colour, background)).toBeGreaterThanOrEqual(3);
    },
  );

  test.each(Object.entries(SIGHT))('any two colours stay apart in %s', (_sight, matrix) => {
    const colours = [...categorical, other];
    for (const [index, one] of colours.entries()) {
      for (const another of colours.slice(index + 1)) {
        expect(distance(one, another, matrix), `${one} and ${another}`).toBeGreaterThanOrEqual(APART);
      }
    }
  });

  test('what the ninth value and on are drawn in is apart from all others for normal sight', () => {
    const colours = [...categorical, other, ...further];
    for (const [index, one] of colours.entries()) {
      for (const another of colours.slice(index + 1)) {
        expect(distance(one, another, SIGHT['normal sight'] ?? []), `${one} and ${another}`).toBeGreaterThan(
          APART / 2,
        );
      }
    }
  });

  test('text on charts reads at AA', () => {
    for (const surface of [background, tooltip]) {
      expect(contrast(ink, surface)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(muted, surface)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('a value keeps its colour', () => {
  const theme = CHART_THEMES.light;
  const models = [
    'Claude Sonnet 4.5',
    'Nova Lite',
    'Llama 3.3 70B',
    'Claude Haiku 4.5',
    'Titan Embed',
    'Nova Pro',
  ];

  test('the leading eight never share one', () => {
    const eight = [...models, 'Mistral Large', 'Cohere Embed'];
    expect(new Set(colourSlots('model', eight).values()).size).toBe(8);
  });

  test('in both themes it has the same place in the palette', () => {
    const slots = colourSlots('model', models);
    const at = (scheme: 'light' | 'dark', model: string): number =>
      CHART_THEMES[scheme].categorical.indexOf(chartColours(models, slots, CHART_THEMES[scheme])(model));
    for (const model of models) expect(at('dark', model)).toBe(at('light', model));
  });

  test('one that comes later in the order never takes the colour of one before it', () => {
    const before = colourSlots('model', models);
    const after = colourSlots('model', [...models, 'Newcomer']);
    for (const model of models) expect(after.get(model)).toBe(before.get(model));
  });

  test('closed lists do not depend on what is held', () => {
    expect(colourSlots('mode', ['batch', 'flex']).get('on_demand')).toBe(
      colourSlots('mode', ['on_demand']).get('on_demand'),
    );
  });

  test('when all are given away, the leading value keeps its own', () => {
    const meters = [
      'input',
      'output',
      'tpm_hour',
      'model_unit_hour',
      'cache_read',
      'cache_write_5m',
      'text_unit',
    ];
    const held = [...meters, 'image', 'ocu_hour', 'page'];
    const slots = colourSlots('meter', held);
    expect(new Set(meters.map((meter) => slots.get(meter))).size).toBe(meters.length);
  });

  test('no value and unknown are grey, not a category', () => {
    const slots = colourSlots('model', models);
    expect(theme.categorical).not.toContain(chartColours(models, slots, theme)(null));
    expect(theme.categorical).not.toContain(
      chartColours(['unknown'], colourSlots('family', ['unknown']), theme)('unknown'),
    );
  });
});

describe('no two values of one chart are alike', () => {
  const theme = CHART_THEMES.light;
  const held = Array.from({ length: 20 }, (_, index) => `Model ${index + 1}`);
  const slots = colourSlots('model', held);
  const coloursOf = (shown: readonly string[]): string[] => shown.map(chartColours(shown, slots, theme));

  test.each([
    ['the leading ones', held.slice(0, 7)],
    ['those far behind, whose own colours are given away', held.slice(12, 19)],
    ['leaders and those far behind', [...held.slice(0, 4), ...held.slice(15)]],
    ['as many as a ranking shows', held.slice(3, 16)],
  ])('%s', (_which, shown) => {
    expect(new Set(coloursOf(shown)).size).toBe(shown.length);
  });

  test('the leader of two with one colour keeps it, whatever the order they are shown in', () => {
    const [first = '', second = ''] =
      held.flatMap((model) => {
        const twin = held.find((other) => other !== model && slots.get(other) === slots.get(model));
        return twin === undefined ? [] : [[model, twin]];
      })[0] ?? [];
    const alone = chartColours([first], slots, theme)(first);
    expect(chartColours([second, first], slots, theme)(first)).toBe(alone);
    expect(chartColours([second, first], slots, theme)(second)).not.toBe(alone);
    expect(chartColours([second], slots, theme)(second)).toBe(alone);
  });

  test('beyond sixteen there is no colour left, and none is used twice', () => {
    const found = coloursOf(held);
    expect(found.filter((colour) => colour === theme.other)).toHaveLength(4);
    expect(new Set(found).size).toBe(17);
  });
});
