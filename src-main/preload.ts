// Runs sandboxed in the page's process and gives the page `window.assay`, nothing else: no channel names, no event objects.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS } from '../shared/contract/channels.ts';
import type { EngineEvent, Listener } from '../shared/contract/events.ts';
import type { Bridge } from '../shared/contract/protocol.ts';

const listeners = new Set<Listener>();
let lastState: EngineEvent | null = null;

ipcRenderer.on(CHANNELS.event, (_event, message: EngineEvent) => {
  if (message.type === 'engine.state') lastState = message;
  for (const listener of listeners) listener(message);
});

const bridge: Bridge = {
  host: 'desktop',
  call: (method, input) => ipcRenderer.invoke(CHANNELS.call, { method, input }),
  onEvent(listener) {
    listeners.add(listener);
    // A page that starts listening late still learns whether an engine is there.
    if (lastState !== null) listener(lastState);
    return () => {
      listeners.delete(listener);
    };
  },
  pickFiles: () => ipcRenderer.invoke(CHANNELS.pickFiles, {}),
  pickFolder: () => ipcRenderer.invoke(CHANNELS.pickFolder, {}),
  droppedFiles(files) {
    // Only a file the user dropped or chose has a path; one made by script has none.
    const paths = files
      .filter((file) => file instanceof File)
      .map((file) => webUtils.getPathForFile(file))
      .filter((path) => path !== '');
    return ipcRenderer.invoke(CHANNELS.droppedFiles, { paths });
  },
  saveAs: (suggestedName) => ipcRenderer.invoke(CHANNELS.saveAs, { suggestedName }),
  saved: async () => undefined,
  printPage: (suggestedName, footer) => ipcRenderer.invoke(CHANNELS.printPage, { suggestedName, footer }),
  openWorkspace: (choice) => ipcRenderer.invoke(CHANNELS.openWorkspace, choice),
  restoreBackup: (name) => ipcRenderer.invoke(CHANNELS.restoreBackup, { name }),
  recentWorkspaces: () => ipcRenderer.invoke(CHANNELS.recent, {}),
  setTheme: (theme) => ipcRenderer.invoke(CHANNELS.setTheme, { theme }),
};

contextBridge.exposeInMainWorld('assay', bridge);
