// The report of a stack of levers as the desktop app puts it on paper.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { call, importedBatches } from './calls.ts';
import { answerOpenDialog, answerSaveDialog, launchDesktop } from './desktop.ts';
import { describeOn, RESULTS, ROOT } from './runtimes.ts';
import { bill, open } from './sample-bill.ts';

const published = (name: string) =>
  JSON.parse(readFileSync(join(ROOT, 'docs/scenarios', `${name}.json`), 'utf8'));

/** The published scenarios in one: twelve levers, two of them off, with months and a commitment. */
function stack() {
  const stacked = published('all-three');
  const others = [
    'routing',
    'shorter-and-fewer',
    'tiers-and-residency',
    'agents-and-search',
    'ending-capacity',
  ];
  const levers = [...stacked.levers, ...others.flatMap((name) => published(name).levers)].map((lever) => ({
    ...lever,
    enabled: !['residency', 'guardrails'].includes(lever.kind),
  }));
  return { ...stacked, $schema: undefined, name: 'Every lever of the plan', levers };
}

describeOn('electron', 'the report of a stack of levers', () => {
  test('is written as a PDF of few pages whose charts are lines, not pictures', async () => {
    const desktop = await launchDesktop();
    const { page } = desktop;
    await answerOpenDialog(desktop.app, await bill(1, 4));
    await page.getByRole('button', { name: 'Choose files' }).click();
    await expect.poll(() => importedBatches(page), { timeout: 30_000 }).toBe(1);
    await call(page, 'scenario.save', { id: null, scenario: stack() });
    await open(page, '#/scenario');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByRole('menuitem', { name: /Every lever of the plan/u }).click();
    const target = join(RESULTS, 'report.pdf');
    await answerSaveDialog(desktop.app, target);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Report, PDF' }).click();
    await page.getByText('Exported report.pdf').waitFor({ timeout: 30_000 });

    const pdf = readFileSync(target, 'latin1');
    expect(pdf).not.toContain('/Subtype /Image');
    expect(pdf.match(/\/Type \/Page\b/gu)?.length).toBeLessThan(16);
    desktop.watch.expectNothingWrong();
    await desktop.close();
  }, 180_000);
});
