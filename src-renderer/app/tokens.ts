// Design tokens of both themes as data: the style sheet, the component library and the contrast test read the same values.
import { CHART_FONT, CHART_THEMES } from '../../shared/charts/theme.ts';

export type Scheme = 'light' | 'dark';

/** Colours by purpose. Every `ink*` and tone reads at 4.5:1 or better on `canvas`, `panel` and `raised`. */
export type Tokens = {
  /** Behind everything. */
  readonly canvas: string;
  /** Surface of panels and grids. */
  readonly panel: string;
  /** Surface of menus, popovers, header rows. */
  readonly raised: string;
  readonly hover: string;
  readonly selected: string;
  /** Separates data; never frames for the sake of framing. */
  readonly line: string;
  /** Edge of controls: 3:1 on panel. */
  readonly edge: string;
  readonly ink: string;
  readonly inkMuted: string;
  readonly inkFaint: string;
  readonly accent: string;
  readonly accentInk: string;
  readonly accentSoft: string;
  readonly good: string;
  readonly goodSoft: string;
  readonly caution: string;
  readonly cautionSoft: string;
  readonly danger: string;
  readonly dangerSoft: string;
};

export const TOKENS: Readonly<Record<Scheme, Tokens>> = {
  light: {
    canvas: '#f6f7f9',
    panel: CHART_THEMES.light.background,
    raised: '#fbfbfc',
    hover: '#eff1f5',
    selected: '#e6edfa',
    line: '#e4e7ec',
    edge: '#868e9c',
    ink: CHART_THEMES.light.ink,
    inkMuted: '#4b5261',
    inkFaint: '#616978',
    accent: '#2158c9',
    accentInk: '#ffffff',
    accentSoft: '#e6edfa',
    good: '#17694c',
    goodSoft: '#e3f3ec',
    caution: '#855300',
    cautionSoft: '#fcf1dc',
    danger: '#ad2318',
    dangerSoft: '#fdebe8',
  },
  dark: {
    canvas: '#101318',
    panel: CHART_THEMES.dark.background,
    raised: '#1e222b',
    hover: '#232833',
    selected: '#20304f',
    line: '#2a303b',
    edge: '#697283',
    ink: CHART_THEMES.dark.ink,
    inkMuted: '#b1b8c5',
    inkFaint: '#99a2b1',
    accent: '#8fb2ff',
    accentInk: '#0d1730',
    accentSoft: '#20304f',
    good: '#5fd0a4',
    goodSoft: '#14332a',
    caution: '#efb95c',
    cautionSoft: '#382a10',
    danger: '#ff9a8c',
    dangerSoft: '#43201c',
  },
};

export const FONT_TEXT = CHART_FONT;
export const FONT_MONO =
  "ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace";

/** `inkMuted` → `--ink-muted`. */
export function tokenVariables(scheme: Scheme): Record<string, string> {
  return Object.fromEntries(
    Object.entries(TOKENS[scheme]).map(([name, value]) => [
      `--${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`,
      value,
    ]),
  );
}
