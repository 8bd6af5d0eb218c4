// Never lets the keyboard lose its place. What opens over the screen has it before the next key, so that nothing typed on
// reaches what lies beneath. When what had it is gone (a dialog that closed, a screen that was left, a button that became
// another), it goes back to where it was before, or else to the screen.
import { useEffect } from 'react';

/** What lies over the screen and goes away again. */
const OVER = '[role="dialog"], [role="menu"]';
const TABBABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])';

export function useKeptFocus(focusContent: () => void): void {
  useEffect(() => {
    let holder: Element | null = null;
    // The last place in each of what lies over the screen, and in the screen itself (null); the newest last.
    const places = new Map<Element | null, HTMLElement>();
    const onFocus = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return;
      holder = target;
      const over = target.closest(OVER);
      places.delete(over);
      places.set(over, target);
    };
    const goBack = (): void => {
      for (const over of places.keys()) if (over?.isConnected === false) places.delete(over);
      const [over = null, place] = [...places].at(-1) ?? [];
      if (place?.isConnected === true) place.focus({ preventScroll: true });
      else if (over !== null) enter(over);
      else focusContent();
    };
    const observer = new MutationObserver((changes) => {
      const opened = changes.flatMap(overlaysIn).at(-1);
      if (opened?.isConnected === true && !opened.contains(document.activeElement)) enter(opened);
      // While the holder stands, a page without focus is what somebody clicked for.
      if (document.activeElement !== document.body || holder === null || holder.isConnected) return;
      holder = null;
      goBack();
    });
    document.addEventListener('focusin', onFocus);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', onFocus);
      observer.disconnect();
    };
  }, [focusContent]);
}

/** They all stand in portals, so that the screen's own changes need no search. */
function overlaysIn({ target, addedNodes }: MutationRecord): Element[] {
  if (!(target instanceof Element) || target.closest('[data-portal]') === null) return [];
  return [...addedNodes].flatMap((node) =>
    node instanceof Element ? [...(node.matches(OVER) ? [node] : []), ...node.querySelectorAll(OVER)] : [],
  );
}

/** A menu's arrows start before its first item; a dialog says what is first in it. */
function enter(over: Element): void {
  const first =
    over.role === 'menu' ? null : (over.querySelector('[data-autofocus]') ?? over.querySelector(TABBABLE));
  const target = first ?? over;
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}
