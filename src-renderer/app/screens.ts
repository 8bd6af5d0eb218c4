// The screens there are: one row each, in the order and groups of the rail. Nothing else lists them.
import {
  IconColumns3,
  IconContract,
  IconFileImport,
  IconFlask,
  IconFolderOpen,
  IconGridDots,
  IconHelpCircle,
  IconLayoutDashboard,
  IconListCheck,
  IconScale,
  IconScaleOutline,
  IconSettings,
  IconTags,
  IconTargetArrow,
  IconTelescope,
  IconZoomMoney,
} from '@tabler/icons-react';
import { type ComponentType, createElement, lazy, useState } from 'react';

export type ScreenKey = { readonly keys: string; readonly does: string };

export type Screen = {
  readonly id: string;
  readonly title: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Heading-less groups of the rail, split by a gap; `none` = reached otherwise. */
  readonly group: 'analyse' | 'price' | 'plan' | 'data' | 'app' | 'none';
  /** Fetches its code, which is compiled then. */
  readonly load: () => Promise<ComponentType>;
  readonly component: ComponentType;
  /** Shows the period, comparison, basis and filters under the title; `days` leaves comparison and basis out. */
  readonly usesContextBar: boolean | 'days';
  /** Has nothing to show while nothing is imported: the start screen stands in its place. */
  readonly needsData: boolean;
  /** Other words people search it by. */
  readonly keywords: readonly string[];
  /** Keys of this screen beyond those that hold everywhere. */
  readonly keys: readonly ScreenKey[];
};

export const GRID_KEYS: readonly ScreenKey[] = [
  { keys: 'Arrows, Page Up, Page Down', does: 'Move in a grid' },
  { keys: 'Shift + Arrows', does: 'Take rows in' },
  { keys: 'Enter', does: 'Open the row' },
  { keys: 'Ctrl + C', does: 'Copy the rows taken, as a table' },
];
export const CHART_KEYS: readonly ScreenKey[] = [
  { keys: 'Left, Right', does: 'Read a chart step by step' },
  { keys: 'Enter', does: 'Filter by the step' },
];

const ROWS: readonly Omit<Screen, 'component'>[] = [
  {
    id: 'overview',
    title: 'Overview',
    icon: IconLayoutDashboard,
    group: 'analyse',
    load: async () => (await import('../screens/overview/overview.tsx')).Overview,
    usesContextBar: true,
    needsData: true,
    keywords: ['dashboard', 'total', 'summary'],
    keys: CHART_KEYS,
  },
  {
    id: 'explorer',
    title: 'Explorer',
    icon: IconTelescope,
    group: 'analyse',
    load: async () => (await import('../screens/explorer/explorer-screen.tsx')).ExplorerScreen,
    usesContextBar: true,
    needsData: true,
    keywords: ['query', 'group', 'pivot', 'line items', 'drill', 'breakdown'],
    keys: [
      ...GRID_KEYS,
      { keys: 'Enter or D', does: 'Drill down into a group' },
      { keys: 'F', does: 'Filter to a group' },
      { keys: 'L', does: 'Show the line items of a group' },
      ...CHART_KEYS,
    ],
  },
  {
    id: 'pricing',
    title: 'Pricing',
    icon: IconTags,
    group: 'price',
    load: async () => (await import('../screens/pricing/pricing-screen.tsx')).PricingScreen,
    usesContextBar: false,
    needsData: false,
    keywords: ['catalog', 'price', 'list', 'rate'],
    keys: GRID_KEYS,
  },
  {
    id: 'variance',
    title: 'Paid and list',
    icon: IconScaleOutline,
    group: 'price',
    load: async () => (await import('../screens/variance/variance-screen.tsx')).VarianceScreen,
    usesContextBar: true,
    needsData: true,
    keywords: [
      'variance',
      'list',
      'discount',
      'gap',
      'unpriced',
      'unit price',
      'effective rate',
      'other models',
    ],
    keys: [
      ...GRID_KEYS,
      { keys: 'L', does: 'Show the line items of an unpriced usage type' },
      { keys: 'P', does: 'Search the catalog for its model' },
      ...CHART_KEYS,
    ],
  },
  {
    id: 'contract',
    title: 'Contract rates',
    icon: IconContract,
    group: 'price',
    load: async () => (await import('../screens/contract/contract-screen.tsx')).ContractScreen,
    usesContextBar: false,
    needsData: false,
    keywords: ['override', 'rate card', 'negotiated', 'discount', 'private pricing', 'edp'],
    keys: [
      { keys: 'Enter, F2 or typing', does: 'Edit the cell' },
      { keys: 'Enter, Tab', does: 'Keep it and go down, go right' },
      { keys: 'Escape', does: 'Leave the cell as it was' },
      { keys: 'Delete', does: 'Clear the cell' },
      { keys: 'Ctrl + Enter', does: 'Add a rate below' },
      { keys: 'Ctrl + Backspace', does: 'Remove the rate' },
      { keys: 'Ctrl + C, Ctrl + V', does: 'Copy a cell, paste cells of a spreadsheet' },
    ],
  },
  {
    id: 'coverage',
    title: 'Coverage',
    icon: IconGridDots,
    group: 'price',
    load: async () => (await import('../screens/coverage/coverage-screen.tsx')).CoverageScreen,
    usesContextBar: false,
    needsData: false,
    keywords: ['catalog', 'holes', 'unpriced', 'missing prices', 'usage types', 'matrix'],
    keys: GRID_KEYS,
  },
  {
    id: 'calibration',
    title: 'Calibration',
    icon: IconTargetArrow,
    group: 'price',
    load: async () => (await import('../screens/calibration/calibration-screen.tsx')).CalibrationScreen,
    usesContextBar: false,
    needsData: false,
    keywords: ['published', 'guides', 'examples', 'check', 'wrong', 'verdict'],
    keys: GRID_KEYS,
  },
  {
    id: 'savings',
    title: 'Find savings',
    icon: IconZoomMoney,
    group: 'plan',
    load: async () => (await import('../screens/savings/savings-screen.tsx')).SavingsScreen,
    usesContextBar: 'days',
    needsData: true,
    keywords: ['levers', 'opportunities', 'save', 'finder', 'batch', 'caching', 'idle', 'legacy', 'cheaper'],
    keys: [
      ...GRID_KEYS,
      { keys: 'O', does: 'Open an opportunity as a scenario' },
      { keys: 'L', does: 'Show the usage behind it in the explorer' },
    ],
  },
  {
    id: 'scenario',
    title: 'Scenarios',
    icon: IconFlask,
    group: 'plan',
    load: async () => (await import('../screens/scenario/scenario-screen.tsx')).ScenarioScreen,
    usesContextBar: false,
    needsData: true,
    keywords: ['what if', 'batch', 'caching', 'commitment', 'edp', 'saving', 'lever'],
    keys: [
      { keys: 'F6, Shift + F6', does: 'Go to the next part: actions, levers, results' },
      { keys: 'Alt + A', does: 'Add a lever' },
      { keys: 'Alt + Up, Alt + Down', does: 'Move a lever earlier or later' },
      { keys: 'Ctrl + Z, Ctrl + Shift + Z', does: 'Undo, redo' },
      { keys: 'Ctrl + S', does: 'Save the scenario' },
      ...CHART_KEYS,
    ],
  },
  {
    id: 'compare',
    title: 'Compare',
    icon: IconColumns3,
    group: 'plan',
    load: async () => (await import('../screens/scenario/compare-screen.tsx')).CompareScreen,
    usesContextBar: false,
    needsData: true,
    keywords: ['scenarios', 'side by side', 'difference', 'what if', 'versus'],
    keys: [],
  },
  {
    id: 'import',
    title: 'Imports',
    icon: IconFileImport,
    group: 'data',
    load: async () => (await import('../screens/import/import.tsx')).Imports,
    usesContextBar: false,
    needsData: false,
    keywords: ['files', 'CUR', 'rejected', 'history', 'cross-check'],
    keys: GRID_KEYS,
  },
  {
    id: 'ledger',
    title: 'Ledger',
    icon: IconScale,
    group: 'data',
    load: async () => (await import('../screens/ledger/ledger-screen.tsx')).LedgerScreen,
    usesContextBar: false,
    needsData: false,
    keywords: [
      'tie-out',
      'invoice',
      'reconcile',
      'figure',
      'difference',
      'coverage',
      'calendar',
      'month close',
    ],
    keys: GRID_KEYS,
  },
  {
    id: 'review',
    title: 'Review',
    icon: IconListCheck,
    group: 'data',
    load: async () => (await import('../screens/review/review-screen.tsx')).ReviewScreen,
    usesContextBar: false,
    needsData: true,
    keywords: [
      'unknown',
      'rules',
      'mapping',
      'classify',
      'inference profile',
      'unit',
      'requests',
      'metrics',
      'cloudwatch',
    ],
    keys: [
      ...GRID_KEYS,
      { keys: 'U, D', does: 'Try a rule earlier or later' },
      { keys: 'E, X', does: 'Change or remove a rule' },
    ],
  },
  {
    id: 'settings',
    title: 'Settings',
    icon: IconSettings,
    group: 'app',
    load: async () => (await import('../screens/settings/settings.tsx')).SettingsScreen,
    usesContextBar: false,
    needsData: false,
    keywords: ['theme', 'dark', 'light', 'format', 'about', 'health'],
    keys: [],
  },
  {
    id: 'help',
    title: 'Help',
    icon: IconHelpCircle,
    group: 'app',
    load: async () => (await import('../screens/help/help.tsx')).Help,
    usesContextBar: false,
    needsData: false,
    keywords: ['basis', 'keys', 'classification', 'pricing', 'glossary'],
    keys: [],
  },
  {
    id: 'start',
    title: 'Start',
    icon: IconFolderOpen,
    group: 'none',
    load: async () => (await import('../screens/start/start.tsx')).Start,
    usesContextBar: false,
    needsData: false,
    keywords: ['open', 'workspace', 'recent', 'new'],
    keys: [],
  },
];

/**
 * A screen whose code is at hand is drawn at once. As one that may have to wait for it, React would leave its place empty
 * for a third of a second, and draw it in one go.
 */
function screenWith(row: (typeof ROWS)[number]): Screen {
  let fetched: ComponentType | null = null;
  const load = async (): Promise<ComponentType> => {
    fetched ??= await row.load();
    return fetched;
  };
  const Late = lazy(async () => ({ default: await load() }));
  // It keeps the body it began with: with another one it would begin anew.
  const component = () => createElement(useState(() => fetched ?? Late)[0]);
  return { ...row, load, component };
}

export const SCREENS: readonly Screen[] = ROWS.map(screenWith);

export const FIRST_SCREEN = 'overview';

export function screenOf(id: string): Screen | null {
  return SCREENS.find((screen) => screen.id === (id === '' ? FIRST_SCREEN : id)) ?? null;
}
