// Never lets the keyboard lose its place: when what had it is gone (a dialog that closed, a screen that was left, a button
// that became another), it goes back to where it was before, or else to the screen.
import { useEffect } from 'react';

/** What lies over the screen and goes away again: nothing to come back to. */
const PASSING = '[role="dialog"], [role="menu"], [role="listbox"]';

export function useKeptFocus(focusContent: () => void): void {
  useEffect(() => {
    let holder: Element | null = null;
    let before: HTMLElement | null = null;
    const onFocus = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return;
      holder = target;
      if (target.closest(PASSING) === null) before = target;
    };
    const observer = new MutationObserver(() => {
      // While the holder stands, a page without focus is what somebody clicked for.
      if (document.activeElement !== document.body || holder === null || holder.isConnected) return;
      holder = null;
      if (before?.isConnected === true) before.focus({ preventScroll: true });
      else focusContent();
    });
    document.addEventListener('focusin', onFocus);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', onFocus);
      observer.disconnect();
    };
  }, [focusContent]);
}
