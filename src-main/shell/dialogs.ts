// The system's file dialogs. Paths stay here: the page gets tokens and names.
import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { app, type BrowserWindow, dialog, type FileFilter } from 'electron';
import type { BackupInfo } from '../../shared/contract/backups.ts';
import { asFailure, type Failure } from '../../shared/contract/errors.ts';
import type { PickedFile } from '../../shared/contract/protocol.ts';
import { createFormat } from '../../shared/format/format.ts';
import { picked, pickedFolder } from '../hosts/export-files.ts';
import { type Workspaces, withExtension } from './workspaces.ts';

export type Dialogs = {
  pickFiles(): Promise<PickedFile[]>;
  pickFolder(): Promise<PickedFile[]>;
  /** Files and folders that were dropped on the window, as the preload script names them. */
  dropped(paths: readonly string[]): PickedFile[];
  saveAs(suggestedName: string): Promise<{ token: string; name: string } | null>;
  /** The page as its print style says, as a PDF where the user wants it, with `footer` on each page; null when dismissed. */
  printPage(suggestedName: string, footer: string): Promise<{ name: string } | null>;
  newWorkspace(): Promise<boolean>;
  pickWorkspace(): Promise<boolean>;
  /** Opens the workspace and shows why where it cannot. */
  openPath(path: string): Promise<boolean>;
};

const EXPORTS: FileFilter[] = [
  { name: 'Billing exports', extensions: ['csv', 'gz', 'zip', 'parquet'] },
  { name: 'Rate cards', extensions: ['csv', 'xlsx'] },
  { name: 'All files', extensions: ['*'] },
];
const WORKSPACES: FileFilter[] = [{ name: 'Assay workspaces', extensions: ['assay'] }];

/** A dialog has room for so many buttons; the window lists all backups. */
const MOST_BUTTONS = 5;

/** The page size and margins of the print style, and in the lower margin where it comes from and which page it is. */
function onPaper(footer: string): Electron.PrintToPDFOptions {
  const text = footer.replaceAll(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`);
  return {
    preferCSSPageSize: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: `<div style="display:flex;justify-content:space-between;gap:4mm;width:100%;margin:0 12mm;font:6pt sans-serif;color:#5a6170"><span>${text}</span><span style="white-space:nowrap"><span class="pageNumber"></span> of <span class="totalPages"></span></span></div>`,
  };
}

async function chooseBackup(
  window: BrowserWindow,
  path: string,
  { message }: Failure,
  backups: readonly BackupInfo[],
): Promise<string | null> {
  const sound = backups.filter(({ state }) => state === 'sound').slice(0, MOST_BUTTONS);
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: 'Assay',
    message: `${basename(path)} is damaged`,
    detail: `${message}\n\nGo on from a backup? The damaged file is kept beside it.`,
    buttons: [...sound.map((backup) => `Go on from ${backupName(backup)}`), 'Leave it'],
    defaultId: 0,
    cancelId: sound.length,
  });
  return sound[response]?.name ?? null;
}

function backupName({ at, bytes, holds }: BackupInfo): string {
  const format = createFormat();
  const months = holds === null || holds.months.length === 0 ? '' : `, to ${holds.months.at(-1)}`;
  return `${format.dateTime(at)} (${format.bytes(bytes)}${months})`;
}

export function createDialogs(window: BrowserWindow, workspaces: Workspaces): Dialogs {
  const { files } = workspaces;

  const openPath = async (path: string): Promise<boolean> => {
    try {
      await workspaces.open(path, (failure, backups) => chooseBackup(window, path, failure, backups));
      return true;
    } catch (error) {
      const { message } = asFailure(error);
      await dialog.showMessageBox(window, {
        type: 'error',
        title: 'Assay',
        message: `${basename(path)} was not opened`,
        detail: message,
      });
      return false;
    }
  };

  return {
    openPath,
    async pickFiles() {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Choose billing exports',
        filters: EXPORTS,
        properties: ['openFile', 'multiSelections'],
      });
      return picked(filePaths, files, null);
    },
    async pickFolder() {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Choose a folder with billing exports',
        properties: ['openDirectory'],
      });
      return filePaths.map((path) => pickedFolder(path, files));
    },
    dropped(paths) {
      return paths.flatMap((path) =>
        statSync(path).isDirectory() ? [pickedFolder(path, files)] : picked([path], files, null),
      );
    },
    async saveAs(suggestedName) {
      const { filePath, canceled } = await dialog.showSaveDialog(window, {
        title: 'Save',
        defaultPath: basename(suggestedName),
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      });
      return canceled || filePath === '' ? null : { token: files.give(filePath), name: basename(filePath) };
    },
    async printPage(suggestedName, footer) {
      const { filePath, canceled } = await dialog.showSaveDialog(window, {
        title: 'Save as PDF',
        defaultPath: basename(suggestedName),
        filters: [{ name: 'PDF', extensions: ['pdf'] }],
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      });
      if (canceled || filePath === '') return null;
      const name = basename(filePath);
      await writeFile(filePath, await window.webContents.printToPDF(onPaper(footer)));
      return { name };
    },
    async newWorkspace() {
      const { filePath, canceled } = await dialog.showSaveDialog(window, {
        title: 'New workspace',
        defaultPath: `${app.getPath('documents')}/Workspace.assay`,
        filters: WORKSPACES,
        properties: ['createDirectory'],
      });
      return canceled || filePath === '' ? false : openPath(withExtension(filePath));
    },
    async pickWorkspace() {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open a workspace',
        filters: WORKSPACES,
        properties: ['openFile'],
      });
      const [path] = filePaths;
      return path === undefined ? false : openPath(path);
    },
  };
}
