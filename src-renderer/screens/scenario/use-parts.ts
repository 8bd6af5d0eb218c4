// F6 and Shift+F6 go round the parts of the screen, so that the keyboard need not pass every field between two of them.
import { useHotkeys } from '@mantine/hooks';

/** Marks a part; its label is what a screen reader says when the focus arrives. */
export const part = (label: string) =>
  ({ 'data-part': '', role: 'region', 'aria-label': label, tabIndex: -1 }) as const;

export function useParts(): void {
  useHotkeys(
    [
      ['F6', () => focusPart(1)],
      ['shift+F6', () => focusPart(-1)],
    ],
    [],
  );
}

function focusPart(by: 1 | -1): void {
  const parts = [...document.querySelectorAll<HTMLElement>('main [data-part]')];
  const now = parts.findIndex((one) => one.contains(document.activeElement));
  const next = now < 0 ? (by === 1 ? 0 : parts.length - 1) : (now + by + parts.length) % parts.length;
  parts[next]?.focus();
}
