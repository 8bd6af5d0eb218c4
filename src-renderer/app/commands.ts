// Actions that hold on every screen, by name: the menu of the desktop shell, the palette and the keys share this list.
import { MENU_COMMANDS } from '../../shared/contract/channels.ts';
import type { ImportActivity } from './import-activity.tsx';
import { openScreen } from './navigation.ts';

export type CommandContext = {
  readonly activity: ImportActivity;
  readonly openPalette: () => void;
  readonly showKeys: () => void;
  readonly toggleRail: () => void;
  readonly toggleTheme: () => void;
};

export type PaletteState = { readonly host: 'desktop' | 'browser'; readonly importing: boolean };

export type Command = {
  readonly id: string;
  readonly title: string;
  readonly keys: string | null;
  /** Whether the palette offers it; the menu and the keys always do. */
  readonly shown: (state: PaletteState) => boolean;
  readonly run: (context: CommandContext) => void;
};

const always = (): boolean => true;
/** Found by its screen, or being the palette itself. */
const never = (): boolean => false;
const onDesktop = ({ host }: PaletteState): boolean => host === 'desktop';

export const COMMANDS: readonly Command[] = [
  {
    id: 'import.files',
    title: MENU_COMMANDS['import.files'],
    keys: 'Ctrl + I',
    shown: always,
    run: ({ activity }) => void activity.pickFiles(),
  },
  {
    id: 'import.folder',
    title: MENU_COMMANDS['import.folder'],
    keys: null,
    shown: always,
    run: ({ activity }) => void activity.pickFolder(),
  },
  {
    id: 'import.sample',
    title: MENU_COMMANDS['import.sample'],
    keys: null,
    shown: always,
    run: ({ activity }) => activity.importSample(),
  },
  {
    id: 'import.cancel',
    title: 'Cancel the running import',
    keys: null,
    shown: ({ importing }) => importing,
    run: ({ activity }) => void activity.cancel(),
  },
  {
    id: 'workspace.new',
    title: 'New workspace…',
    keys: null,
    shown: onDesktop,
    run: () => void window.assay.openWorkspace({ kind: 'new' }),
  },
  {
    id: 'workspace.open',
    title: 'Open a workspace…',
    keys: null,
    shown: onDesktop,
    run: () => void window.assay.openWorkspace({ kind: 'pick' }),
  },
  {
    id: 'palette',
    title: MENU_COMMANDS.palette,
    keys: 'Ctrl + K',
    shown: never,
    run: ({ openPalette }) => openPalette(),
  },
  { id: 'keys', title: MENU_COMMANDS.keys, keys: '?', shown: always, run: ({ showKeys }) => showKeys() },
  {
    id: 'rail',
    title: MENU_COMMANDS.rail,
    keys: 'Ctrl + B',
    shown: always,
    run: ({ toggleRail }) => toggleRail(),
  },
  {
    id: 'theme',
    title: MENU_COMMANDS.theme,
    keys: null,
    shown: always,
    run: ({ toggleTheme }) => toggleTheme(),
  },
  {
    id: 'settings',
    title: MENU_COMMANDS.settings,
    keys: 'Ctrl + ,',
    shown: never,
    run: () => openScreen('settings'),
  },
  { id: 'help', title: MENU_COMMANDS.help, keys: null, shown: never, run: () => openScreen('help') },
];

/** Null for a name that nobody knows: a newer shell may send one. `go.<screen>` opens a screen. */
export function commandOf(id: string): Pick<Command, 'run'> | null {
  if (id.startsWith('go.')) return { run: () => openScreen(id.slice('go.'.length)) };
  return COMMANDS.find((command) => command.id === id) ?? null;
}
