// Actions that hold on every screen, by name: the menu of the desktop shell, the palette and the keys share this list.
import type { ImportActivity } from './import-activity.tsx';
import { openScreen } from './navigation.ts';

export type CommandContext = {
  readonly activity: ImportActivity;
  readonly openPalette: () => void;
  readonly showKeys: () => void;
  readonly toggleRail: () => void;
  readonly toggleTheme: () => void;
};

export type Command = {
  readonly id: string;
  readonly title: string;
  readonly keys: string | null;
  /** Left out of the palette, which it opens itself. */
  readonly hidden?: boolean;
  readonly run: (context: CommandContext) => void;
};

export const COMMANDS: readonly Command[] = [
  {
    id: 'import',
    title: 'Import files…',
    keys: 'Ctrl + I',
    run: ({ activity }) => void activity.pickFiles(),
  },
  {
    id: 'import.folder',
    title: 'Import a folder…',
    keys: null,
    run: ({ activity }) => void activity.pickFolder(),
  },
  {
    id: 'import.sample',
    title: 'Import the sample data',
    keys: null,
    run: ({ activity }) => activity.importSample(),
  },
  {
    id: 'import.cancel',
    title: 'Cancel the running import',
    keys: null,
    run: ({ activity }) => void activity.cancel(),
  },
  {
    id: 'workspace.new',
    title: 'New workspace…',
    keys: null,
    run: () => void window.assay.openWorkspace({ kind: 'new' }),
  },
  {
    id: 'workspace.open',
    title: 'Open a workspace…',
    keys: null,
    run: () => void window.assay.openWorkspace({ kind: 'pick' }),
  },
  {
    id: 'command-palette',
    title: 'Find a screen or action',
    keys: 'Ctrl + K',
    hidden: true,
    run: ({ openPalette }) => openPalette(),
  },
  { id: 'keys', title: 'Show the keys of this screen', keys: '?', run: ({ showKeys }) => showKeys() },
  { id: 'rail', title: 'Fold or unfold the rail', keys: 'Ctrl + B', run: ({ toggleRail }) => toggleRail() },
  {
    id: 'toggle-theme',
    title: 'Switch between light and dark',
    keys: null,
    run: ({ toggleTheme }) => toggleTheme(),
  },
  { id: 'settings', title: 'Settings', keys: 'Ctrl + ,', hidden: true, run: () => openScreen('settings') },
  { id: 'help', title: 'Help', keys: null, hidden: true, run: () => openScreen('help') },
];

/** Null for a name that nobody knows: a newer shell may send one. `go.<screen>` opens a screen. */
export function commandOf(id: string): Pick<Command, 'run'> | null {
  if (id.startsWith('go.')) return { run: () => openScreen(id.slice('go.'.length)) };
  return COMMANDS.find((command) => command.id === id) ?? null;
}
