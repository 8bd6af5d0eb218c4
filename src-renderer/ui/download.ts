// Hands a file made in the page to the person: the host asks where to put it.

/** Starts a download of `content` as `name`. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName(name);
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A name every file system takes. */
export function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}. _-]+/gu, '-').slice(0, 120);
}
