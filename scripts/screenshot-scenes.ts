// The scenes of the pictures: which address is shown, and what is done there first.
import type { Page } from 'playwright-core';

export type Scene = {
  readonly name: string;
  readonly address: string;
  /** The theme in which it stands in the README. */
  readonly readme: 'light' | 'dark' | null;
  readonly prepare?: (page: Page) => Promise<void>;
};

export const SCENES: readonly Scene[] = [
  { name: 'overview', address: '#/overview', readme: 'light' },
  { name: 'explorer', address: '#/explorer?group=model%7Cmeter', readme: 'dark' },
  { name: 'scenario', address: '#/scenario', readme: 'light', prepare: batchAndCacheUnderCommitment },
  { name: 'compare', address: '#/compare', readme: null },
  { name: 'pricing', address: '#/pricing', readme: null },
  { name: 'import', address: '#/import', readme: null },
  { name: 'coverage', address: '#/coverage', readme: null },
  { name: 'ledger', address: '#/ledger', readme: null },
  { name: 'variance', address: '#/variance', readme: null },
  { name: 'calibration', address: '#/calibration', readme: null },
  { name: 'review', address: '#/review', readme: null },
  { name: 'settings', address: '#/settings', readme: null },
  { name: 'help', address: '#/help', readme: null },
  { name: 'start', address: '#/start', readme: null },
];

/** Both levers and a commitment with a gap. The draft is kept by the page, so that the second theme finds it. */
async function batchAndCacheUnderCommitment(page: Page): Promise<void> {
  if ((await page.locator('[data-lever]').count()) > 0) return;
  for (const lever of ['Batch migration', 'Prompt caching']) {
    await page.getByRole('button', { name: 'Add lever' }).click();
    await page.getByRole('menuitem', { name: new RegExp(`^${lever}`, 'u') }).click();
  }
  const fields = {
    'Eligible share of requests, base': '40',
    'Prefix share of uncached input, base': '35',
    'Hit share, base': '80',
  };
  for (const [label, value] of Object.entries(fields)) await fill(page, label, value);
  await page.getByRole('switch', { name: 'Judge cash under a commitment' }).click();
  await fill(page, 'Commitment of the year, USD', '2000000');
  await fill(page, 'Organic AWS spend of the year, USD, base', '1500000');
  await page.getByLabel('Name of the scenario').fill('Batch and cache');
  await page.getByText('Ledger').first().waitFor();
}

async function fill(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.blur();
}
