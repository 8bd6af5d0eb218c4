// What the keyboard stands on, and keys typed faster than the page draws.
import type { Page } from 'playwright-core';

/** What has the focus, as a screen reader would name it: its label, its field's label, or its text. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    const field = element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? '') : '';
    return element?.getAttribute('aria-label') || field || element?.textContent?.trim() || '';
  });

/** The levers' ids, in the order of their cards. */
export const leverOrder = (page: Page): Promise<(string | null)[]> =>
  page.locator('[data-lever]').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-lever')));

export type Key = {
  readonly key: string;
  readonly code?: string;
  readonly windowsVirtualKeyCode?: number;
  readonly text?: string;
  readonly modifiers?: number;
};

/** All keys wait in the window's queue before it handles the first: none waits for what the one before it did. */
export async function atOnce(page: Page, keys: readonly Key[]): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  await Promise.all(
    keys.flatMap((key) => [
      devTools.send('Input.dispatchKeyEvent', {
        type: key.text === undefined ? 'rawKeyDown' : 'keyDown',
        ...key,
      }),
      devTools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }),
    ]),
  );
  await devTools.detach();
}
