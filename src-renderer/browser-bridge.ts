// Browser mode: puts `window.assay` on the page, over the loopback server that gave the page. Loaded before the page's own script.
import type { Failure } from '../shared/contract/errors.ts';
import type { EngineEvent, Listener } from '../shared/contract/events.ts';
import type { Answer, Bridge, PickedFile } from '../shared/contract/protocol.ts';
import { chooseFiles, showUpload } from './browser-dialogs.ts';

type EngineState = Extract<EngineEvent, { type: 'engine.state' }>;

const listeners = new Set<Listener>();
let lastState: EngineState | null = null;

function tell(event: EngineEvent): void {
  if (event.type === 'engine.state') lastState = event;
  for (const listener of listeners) listener(event);
}

function unreachable(): Failure {
  return {
    code: 'engine_unavailable',
    message: 'Assay does not answer any more. Look at the terminal where it was started.',
    details: {},
  };
}

const stream = new EventSource('/events');
stream.addEventListener('message', ({ data }) => tell(JSON.parse(String(data)) as EngineEvent));
stream.addEventListener('error', () =>
  tell({ type: 'engine.state', state: 'failed', failure: unreachable(), notes: [], backups: [] }),
);

function send(path: string, body: unknown): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const post = async (path: string, body: unknown): Promise<unknown> => (await send(path, body)).json();

type Upload = { file: File; group: string; onProgress: (bytes: number) => void; signal: AbortSignal };

function upload({ file, group, onProgress, signal }: Upload): Promise<PickedFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    // With its folders, where a folder was chosen: a manifest names the files below it.
    const name = file.webkitRelativePath === '' ? file.name : file.webkitRelativePath;
    request.open('POST', `/files?${new URLSearchParams({ group, name })}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    request.addEventListener('load', () => {
      const answer = JSON.parse(request.responseText) as { file: PickedFile } | { failure: Failure };
      if ('file' in answer) resolve(answer.file);
      else reject(new Error(answer.failure.message));
    });
    request.addEventListener('error', () => reject(new Error(unreachable().message)));
    request.addEventListener('abort', () => reject(new DOMException('cancelled', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** Sends the files one after the other; empty when the user cancels. */
async function uploadAll(files: readonly File[]): Promise<PickedFile[]> {
  if (files.length === 0) return [];
  const view = showUpload(files);
  try {
    const received: PickedFile[] = [];
    const [group, { signal }] = [crypto.randomUUID(), view];
    for (const file of files) {
      const onProgress = (bytes: number): void => view.progress(file, bytes);
      received.push(await upload({ file, group, onProgress, signal }));
    }
    return received;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return [];
    throw error;
  } finally {
    view.close();
  }
}

/** What the server offers of the folder it was started with. Asked ahead: a file input opens only right after a click. */
let offered: readonly PickedFile[] = [];

async function refreshOffered(): Promise<void> {
  const answer = (await (await fetch('/files')).json()) as { files: PickedFile[] };
  offered = answer.files;
}

function refreshLater(): void {
  // Without the listing uploads still work, and a server that is gone is reported by the event stream.
  refreshOffered().catch(() => undefined);
}

async function pick(folder: boolean): Promise<PickedFile[]> {
  const choice = await chooseFiles(offered, folder);
  refreshLater();
  return choice.kind === 'offered' ? [...choice.files] : uploadAll(choice.files);
}

refreshLater();

const bridge: Bridge = {
  host: 'browser',
  async call(method, input) {
    try {
      return await (await send('/call', { method, input })).text();
    } catch {
      return JSON.stringify({ failure: unreachable() } satisfies Answer);
    }
  },
  onEvent(listener) {
    listeners.add(listener);
    if (lastState !== null) listener(lastState);
    return () => listeners.delete(listener);
  },
  pickFiles: () => pick(false),
  pickFolder: () => pick(true),
  droppedFiles: (files) => uploadAll(files.filter((file) => file instanceof File)),
  async saveAs(suggestedName) {
    return (await post('/target', { name: suggestedName })) as { token: string; name: string };
  },
  async saved(token) {
    const link = document.createElement('a');
    link.href = `/download?token=${encodeURIComponent(token)}`;
    link.download = '';
    link.click();
  },
  async printPage() {
    window.print();
    return null;
  },
  openWorkspace: async () => false,
  async restoreBackup(name) {
    await post('/restore', { name });
  },
  recentWorkspaces: async () => [],
  setTheme: async () => undefined,
};

Object.defineProperty(window, 'assay', { value: Object.freeze(bridge) });
