// Carries what the page asks to the engine or to the shell, after checking who asks and what; the only user of `ipcMain`.
import { BrowserWindow, type IpcMainInvokeEvent, ipcMain, nativeTheme } from 'electron';
import type { z } from 'zod';
import { CHANNELS } from '../../shared/contract/channels.ts';
import { asFailure } from '../../shared/contract/errors.ts';
import type { Answer } from '../../shared/contract/protocol.ts';
import type { Dialogs } from './dialogs.ts';
import type { Settings } from './settings.ts';
import { checkedCall, isTrustedSender, SHELL_REQUESTS } from './trust.ts';
import type { Workspaces } from './workspaces.ts';

export type RelayParts = {
  readonly window: BrowserWindow;
  readonly workspaces: Workspaces;
  readonly dialogs: Dialogs;
  readonly settings: Settings;
};

type ShellVerb = keyof typeof SHELL_REQUESTS;

export function installRelay({ window, workspaces, dialogs, settings }: RelayParts): void {
  const trusted = (event: IpcMainInvokeEvent): boolean =>
    isTrustedSender(event.senderFrame, BrowserWindow.fromWebContents(event.sender) === window);

  const handle = <V extends ShellVerb>(
    verb: V,
    answer: (request: z.output<(typeof SHELL_REQUESTS)[V]>) => unknown,
  ): void => {
    ipcMain.handle(CHANNELS[verb], (event, payload: unknown) => {
      if (!trusted(event)) throw new Error('refused');
      // `parse` types its result by the union of all verbs; the schema is this verb's.
      return answer(SHELL_REQUESTS[verb].parse(payload) as z.output<(typeof SHELL_REQUESTS)[V]>);
    });
  };

  const answer = async (payload: unknown): Promise<Answer> => {
    try {
      const { method, input } = checkedCall(payload);
      return { output: await workspaces.engine().call(method, workspaces.files.resolve(input)) };
    } catch (error) {
      return { failure: asFailure(error) };
    }
  };
  ipcMain.handle(CHANNELS.call, async (event, payload: unknown) => {
    if (!trusted(event)) throw new Error('refused');
    return JSON.stringify(await answer(payload));
  });
  handle('pickFiles', () => dialogs.pickFiles());
  handle('pickFolder', () => dialogs.pickFolder());
  handle('droppedFiles', ({ paths }) => dialogs.dropped(paths));
  handle('saveAs', ({ suggestedName }) => dialogs.saveAs(suggestedName));
  handle('printPage', ({ suggestedName, footer }) => dialogs.printPage(suggestedName, footer));
  handle('restoreBackup', ({ name }) => workspaces.engine().restore(name));
  handle('recent', () => workspaces.recent());
  handle('setTheme', ({ theme }) => {
    nativeTheme.themeSource = theme;
    settings.set({ theme });
  });
  handle('openWorkspace', (choice) => {
    if (choice.kind === 'recent') return dialogs.openPath(workspaces.recentPath(choice.token));
    return choice.kind === 'new' ? dialogs.newWorkspace() : dialogs.pickWorkspace();
  });
}
