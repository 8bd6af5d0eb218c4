// The component library dressed in the app's tokens: 4 px grid, quiet surfaces, one accent, compact controls.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { FONT_MONO, FONT_TEXT, TOKENS, tokenVariables } from './tokens.ts';

/** Light to dark; index 5 is the dark theme's accent, index 7 the light one's. */
const ACCENT: MantineColorsTuple = [
  '#eef3fd',
  '#dbe6fb',
  '#bfd2f7',
  '#a6c1fb',
  '#99b9fd',
  TOKENS.dark.accent,
  '#4b7fe6',
  TOKENS.light.accent,
  '#1b49a8',
  '#163b88',
];
const GRAY: MantineColorsTuple = [
  '#f6f7f9',
  '#eff1f5',
  '#e4e7ec',
  '#d5d9e0',
  '#b9bfca',
  '#868e9c',
  '#616978',
  '#4b5261',
  '#2c313c',
  '#171a21',
];
/** The library reads text from 0, dimmed text from 2, borders from 4, inputs from 6 and the page from 7. */
const DARK: MantineColorsTuple = [
  TOKENS.dark.ink,
  '#ccd1da',
  TOKENS.dark.inkFaint,
  '#697283',
  '#3b4250',
  '#2a303b',
  '#1e222b',
  TOKENS.dark.panel,
  TOKENS.dark.canvas,
  '#0b0d11',
];

const AT_ONCE = { duration: 0 };

/** A menu is left by choosing or by Escape; what comes after it in the page is not beside its button. */
function keepTab(event: KeyboardEvent): void {
  if (event.key === 'Tab') event.preventDefault();
}

export const theme = createTheme({
  colors: { accent: ACCENT, gray: GRAY, dark: DARK },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 5 },
  white: '#ffffff',
  black: TOKENS.light.ink,
  fontFamily: FONT_TEXT,
  fontFamilyMonospace: FONT_MONO,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.333', sm: '1.385', md: '1.43', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  headings: {
    fontFamily: FONT_TEXT,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.125rem', lineHeight: '1.4' },
      h2: { fontSize: '0.875rem', lineHeight: '1.43' },
      h3: { fontSize: '0.8125rem', lineHeight: '1.385' },
    },
  },
  shadows: {
    sm: '0 1px 2px rgb(10 14 22 / 8%)',
    md: '0 4px 16px rgb(10 14 22 / 14%), 0 1px 2px rgb(10 14 22 / 10%)',
    lg: '0 12px 40px rgb(10 14 22 / 22%), 0 2px 6px rgb(10 14 22 / 12%)',
  },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 'md', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } },
    TagsInput: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    // The options of a list are made when it is opened: hidden, each list would be drawn and placed with its screen.
    Combobox: { defaultProps: { keepMounted: false } },
    Tooltip: { defaultProps: { multiline: true, maw: 320, withinPortal: true } },
    // Whatever opens stands in the frame of the key that opened it, and is gone in the frame of the one that closed it: keys
    // typed on would otherwise reach what lies beneath. Where the focus goes then is known to keep-focus.ts alone.
    Popover: { defaultProps: { shadow: 'md', transitionProps: AT_ONCE, returnFocus: false } },
    Menu: {
      defaultProps: {
        shadow: 'md',
        transitionProps: AT_ONCE,
        returnFocus: false,
        trapFocus: false,
        // No key is typed outside a menu, but for the one that opened it.
        clickOutsideEvents: ['mousedown', 'touchstart'],
      },
    },
    MenuDropdown: { defaultProps: { onKeyDown: keepTab } },
    Drawer: { defaultProps: { transitionProps: AT_ONCE, returnFocus: false } },
    Table: { defaultProps: { borderColor: 'var(--line)', fz: 'sm' } },
    Modal: {
      defaultProps: {
        transitionProps: AT_ONCE,
        returnFocus: false,
        overlayProps: { backgroundOpacity: 0.45 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
  },
});

/** Every token as a custom property, and the library's own surfaces bound to them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--font-text': FONT_TEXT, '--font-mono': FONT_MONO },
  light: { ...tokenVariables('light'), ...SURFACES },
  dark: { ...tokenVariables('dark'), ...SURFACES, ...DARK_FILLED },
});

/** Filled controls carry white text in both themes: the dark theme's accent is too light for that. */
export const DARK_FILL = { rest: '#3d6edb', hover: '#3563c9' };
const DARK_FILLED = {
  '--mantine-color-accent-filled': DARK_FILL.rest,
  '--mantine-color-accent-filled-hover': DARK_FILL.hover,
  '--mantine-primary-color-filled': DARK_FILL.rest,
  '--mantine-primary-color-filled-hover': DARK_FILL.hover,
};

/** What deletes: white on the light theme's danger reads at 6.9:1 in both themes. */
const DANGER = {
  '--mantine-color-red-filled': TOKENS.light.danger,
  '--mantine-color-red-filled-hover': '#8f1c13',
  '--mantine-color-red-light-color': 'var(--danger)',
};

const SURFACES = {
  ...DANGER,
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-faint)',
  '--mantine-color-default-border': 'color-mix(in srgb, var(--edge) 60%, transparent)',
  '--mantine-color-placeholder': 'var(--ink-faint)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-anchor': 'var(--accent)',
};
