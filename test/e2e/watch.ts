// What a page does wrong while a test uses it: policy violations, uncaught errors, refused requests. A test ends by finding none.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { RESULTS } from './runtimes.ts';
import { within } from './within.ts';

export type Watch = {
  /** Everything seen so far. */
  readonly wrong: string[];
  expectNothingWrong(): void;
};

/** Chromium reports a violated policy on the console, wherever in the page it happened. */
const VIOLATION = /Content Security Policy|Refused to|violates/iu;

export function watch(page: Page): Watch {
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (VIOLATION.test(message.text())) wrong.push(`policy: ${message.text()}`);
    else if (message.type() === 'error') wrong.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => wrong.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // Loading the page anew gives up what it was still loading.
    if (reason !== 'net::ERR_ABORTED') wrong.push(`request: ${request.url()} ${reason}`);
  });
  return {
    wrong,
    expectNothingWrong() {
      expect(wrong).toEqual([]);
    },
  };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type AxeResult = { violations: { id: string; help: string; nodes: { target: unknown; html: string }[] }[] };

/** WCAG 2 AA as far as a program can judge it; the answer lists each rule with the elements that break it. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await within(15_000, 'loading axe', page.evaluate(AXE));
  await within(15_000, 'the end of all movement', page.evaluate(stillness));
  const rules = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })`;
  const { violations } = (await within(30_000, 'the accessibility check', page.evaluate(rules))) as AxeResult;
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`),
  );
}

/** What is fading in has neither its colours nor its place yet: waits until two frames in a row show nothing on its way. */
async function stillness(): Promise<void> {
  const moves = (): boolean =>
    document
      .getAnimations()
      .some(
        (animation) =>
          animation.playState === 'running' && animation.effect?.getTiming().iterations !== Infinity,
      );
  for (let still = 0; still < 2; still = moves() ? 0 : still + 1)
    await new Promise((next) => requestAnimationFrame(next));
}

export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(join(RESULTS, 'screenshots'), { recursive: true });
  await page.screenshot({ path: join(RESULTS, 'screenshots', `${name}.png`) });
}

/** In both themes: accessible, every amount within its own cell, and a picture kept for a person's eyes. */
export async function readableInBothThemes(page: Page, name: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await cellsRunOver(page)).toEqual([]);
    await screenshot(page, `${name}-${theme}`);
  }
}

/** Cells of tables whose text reaches into the next column. */
const cellsRunOver = (page: Page): Promise<string[]> =>
  page
    .locator('main :is(td, th)')
    .evaluateAll((cells) =>
      cells
        .filter(
          (cell) => cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).overflowX === 'visible',
        )
        .map((cell) => cell.textContent),
    );
