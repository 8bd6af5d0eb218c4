// Browser mode's own two dialogs, for which the desktop has native ones: choose files, and watch an upload.
import { EXPORT_FILE_NAME } from '../shared/contract/channels.ts';
import type { PickedFile } from '../shared/contract/protocol.ts';
import css from './browser-dialogs.css?inline';

export type Choice = { kind: 'offered'; files: PickedFile[] } | { kind: 'upload'; files: File[] };

// A style sheet made by script needs neither a link in the page nor a nonce.
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets.push(sheet);

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  text: string,
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.textContent = text;
  made.append(...children);
  return made;
}

function openDialog(title: string, children: readonly Node[]): HTMLDialogElement {
  const dialog = element('dialog', '', [element('h2', title), ...children]);
  dialog.className = 'host-dialog';
  dialog.setAttribute('aria-label', title);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

const kibibytes = (bytes: number): string => `${Math.ceil(bytes / 1024)} KiB`;

/** The browser's own file chooser; no files when it is dismissed. */
function fileInput(folder: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.webkitdirectory = folder;
    input.hidden = true;
    input.setAttribute('aria-label', folder ? 'Folder to upload' : 'Files to upload');
    const finish = (files: File[]): void => {
      input.remove();
      resolve(files);
    };
    input.addEventListener('change', () => {
      const files = [...(input.files ?? [])];
      // A folder holds other things too; a file chosen by itself is meant.
      finish(folder ? files.filter(({ name }) => EXPORT_FILE_NAME.test(name)) : files);
    });
    input.addEventListener('cancel', () => finish([]));
    document.body.append(input);
    input.click();
  });
}

/** Offers the server's own files where it has some; otherwise goes straight to the browser's file chooser. */
export function chooseFiles(offered: readonly PickedFile[], folder: boolean): Promise<Choice> {
  if (offered.length === 0) return fileInput(folder).then((files) => ({ kind: 'upload', files }));
  return new Promise((resolve) => {
    const boxes = offered.map((file) => {
      const box = document.createElement('input');
      box.type = 'checkbox';
      box.checked = folder;
      return { file, box };
    });
    const list = element(
      'ul',
      '',
      boxes.map(({ file, box }) => {
        const label = element('label', '', [box, ` ${file.name} (${kibibytes(file.bytes)})`]);
        return element('li', '', [label]);
      }),
    );
    const use = element('button', 'Use these files');
    const other = element('button', 'Upload from this computer…');
    const cancel = element('button', 'Cancel');
    const dialog = openDialog('Choose export files', [list, element('menu', '', [use, other, cancel])]);
    const finish = (choice: Choice | Promise<Choice>): void => {
      dialog.remove();
      resolve(choice);
    };
    use.addEventListener('click', () =>
      finish({ kind: 'offered', files: boxes.filter(({ box }) => box.checked).map(({ file }) => file) }),
    );
    other.addEventListener('click', () =>
      finish(fileInput(folder).then((files): Choice => ({ kind: 'upload', files }))),
    );
    cancel.addEventListener('click', () => finish({ kind: 'offered', files: [] }));
    dialog.addEventListener('cancel', () => finish({ kind: 'offered', files: [] }));
  });
}

export type UploadView = {
  readonly signal: AbortSignal;
  progress(file: File, bytes: number): void;
  close(): void;
};

/** Shows how much is sent, once it takes longer than a moment, and lets the user stop it. */
export function showUpload(files: readonly File[]): UploadView {
  const controller = new AbortController();
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const before = new Map<File, number>();
  let sum = 0;
  for (const file of files) {
    before.set(file, sum);
    sum += file.size;
  }
  const bar = document.createElement('progress');
  bar.max = Math.max(total, 1);
  bar.value = 0;
  bar.setAttribute('aria-label', 'Sent so far');
  const name = element('p', files[0]?.name ?? '');
  const cancel = element('button', 'Cancel');
  cancel.addEventListener('click', () => controller.abort());
  let dialog: HTMLDialogElement | null = null;
  const timer = setTimeout(() => {
    dialog = openDialog('Sending files to Assay on this computer', [
      name,
      bar,
      element('menu', '', [cancel]),
    ]);
    dialog.addEventListener('cancel', () => controller.abort());
  }, 300);
  return {
    signal: controller.signal,
    progress(file, bytes) {
      name.textContent = file.name;
      bar.value = (before.get(file) ?? 0) + bytes;
    },
    close() {
      clearTimeout(timer);
      dialog?.remove();
    },
  };
}
