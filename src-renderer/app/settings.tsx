// What one person prefers on this machine (theme, number and date style, width of the rail): kept by the page, not the workspace.
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import {
  createFormat,
  DATE_STYLES,
  type DateStyle,
  DEFAULT_FORMAT,
  NUMBER_STYLES,
  type NumberStyle,
} from '../../shared/format/format.ts';
import { FormatContext } from '../ui/format-context.ts';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

export type Settings = {
  readonly theme: ThemeChoice;
  readonly numbers: NumberStyle;
  readonly dates: DateStyle;
  readonly railCollapsed: boolean;
};

const STORED_AS = 'assay.settings';
const INITIAL: Settings = { theme: 'system', ...DEFAULT_FORMAT, railCollapsed: false };

function oneOf<T extends string>(value: unknown, choices: readonly T[], otherwise: T): T {
  return choices.find((choice) => choice === value) ?? otherwise;
}

/** Settings from their stored text; anything unreadable falls back, value by value. */
export function readSettings(stored: string | null): Settings {
  const value = parsed(stored);
  return {
    theme: oneOf(value.theme, THEME_CHOICES, INITIAL.theme),
    numbers: oneOf(value.numbers, NUMBER_STYLES, INITIAL.numbers),
    dates: oneOf(value.dates, DATE_STYLES, INITIAL.dates),
    railCollapsed: value.railCollapsed === true,
  };
}

function parsed(stored: string | null): Partial<Record<keyof Settings, unknown>> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

type SettingsState = {
  readonly settings: Settings;
  readonly change: (change: Partial<Settings>) => void;
};
const SettingsContext = createContext<SettingsState | null>(null);

export function SettingsProvider({ children }: { readonly children: ReactNode }) {
  const [settings, setSettings] = useState(() => readSettings(window.localStorage.getItem(STORED_AS)));
  const change = useCallback((changes: Partial<Settings>): void => {
    setSettings((before) => {
      const after = { ...before, ...changes };
      window.localStorage.setItem(STORED_AS, JSON.stringify(after));
      return after;
    });
  }, []);
  const state = useMemo(() => ({ settings, change }), [settings, change]);
  const { numbers, dates } = settings;
  const format = useMemo(() => createFormat({ numbers, dates }), [numbers, dates]);
  return (
    <SettingsContext value={state}>
      <FormatContext value={format}>{children}</FormatContext>
    </SettingsContext>
  );
}

export function useSettings(): SettingsState {
  const state = useContext(SettingsContext);
  if (state === null) throw new Error('Settings are used outside their provider.');
  return state;
}
