// Names that cross between the window and the shell. Without any schema, so that the preload script stays small.

/** Names of the channels between the window and the shell. */
export const CHANNELS = {
  call: 'engine:call',
  event: 'engine:event',
  pickFiles: 'shell:pick-files',
  pickFolder: 'shell:pick-folder',
  droppedFiles: 'shell:dropped-files',
  saveAs: 'shell:save-as',
  printPage: 'shell:print-page',
  openWorkspace: 'shell:open-workspace',
  recent: 'shell:recent',
  restoreBackup: 'shell:restore-backup',
  setTheme: 'shell:set-theme',
} as const;

/** What billing exports and their manifests are called; what is inside decides the importer. */
export const EXPORT_FILE_NAME = /\.(csv|gz|zip)$|manifest\.json$/iu;

/** What the native menu asks of the page (`menu.command` events), with the words the menu shows. */
export const MENU_COMMANDS = {
  'import.files': 'Import files…',
  'import.folder': 'Import a folder…',
  'import.sample': 'Import the sample data',
  'go.overview': 'Overview',
  'go.explorer': 'Explorer',
  'go.pricing': 'Pricing',
  'go.scenario': 'Scenarios',
  'go.import': 'Imports',
  'go.ledger': 'Ledger',
  palette: 'Find a screen or action…',
  rail: 'Fold or unfold the rail',
  theme: 'Switch between light and dark',
  settings: 'Settings…',
  keys: 'Keys of this screen',
  help: 'Assay help',
} as const;
export type MenuCommand = keyof typeof MENU_COMMANDS;
