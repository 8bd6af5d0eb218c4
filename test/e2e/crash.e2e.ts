// The engine's process is killed in the middle of an import: the workspace is as before, the app says so and goes on.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CUR_2, largeBill } from './bills.ts';
import { ask, call, importedBatches, type PageGlobals } from './calls.ts';
import { answerOpenDialog, type Desktop, enginePid, launchDesktop } from './desktop.ts';
import { describeOn } from './runtimes.ts';
import { screenshot } from './watch.ts';

describeOn('electron', 'an engine that is killed during an import', () => {
  let desktop: Desktop;
  beforeAll(async () => {
    desktop = await launchDesktop();
  });
  afterAll(() => desktop.close());

  test('leaves what was held, says so, and answers again', async () => {
    const { app, page } = desktop;
    await answerOpenDialog(app, [CUR_2]);
    await page.getByRole('button', { name: 'Choose files' }).click();
    await expect.poll(() => importedBatches(page), { timeout: 30_000 }).toBe(1);
    const before = await call(page, 'workspace.info', {});
    const pid = enginePid(app.process().pid);

    await page.evaluate(() => {
      const seen: unknown[] = [];
      Reflect.set(globalThis, 'seenEvents', seen);
      (globalThis as unknown as PageGlobals).assay.onEvent((event) => seen.push(event));
    });
    await answerOpenDialog(app, [largeBill(1200)]);
    const staging = page.evaluate(async () => {
      const { assay } = globalThis as unknown as PageGlobals;
      const [file] = await assay.pickFiles();
      return assay.call('import.stage', { sources: [file?.token] });
    });
    const seen = (type: string): Promise<unknown[]> =>
      page.evaluate(
        (wanted) =>
          (Reflect.get(globalThis, 'seenEvents') as { type: string }[]).filter(
            (event) => event.type === wanted,
          ),
        type,
      );
    await expect
      .poll(async () => (await seen('import.progress')).length, { interval: 20, timeout: 20_000 })
      .toBeGreaterThan(0);
    process.kill(pid, 'SIGKILL');

    // The call in flight fails in words; the page is told that the engine is coming back.
    expect(JSON.parse(await staging)).toMatchObject({
      failure: { code: 'engine_unavailable', message: expect.stringMatching(/SIGKILL/u) },
    });
    await page
      .getByText(/engine stopped|started again/iu)
      .first()
      .waitFor({ timeout: 10_000 });
    await screenshot(page, 'desktop-engine-restarting');

    await expect
      .poll(async () => 'output' in (await ask(page, 'workspace.info', {})), { timeout: 15_000 })
      .toBe(true);
    const after = await call(page, 'workspace.info', {});
    expect(after.recovery.join(' ')).not.toBe('');
    expect({ ...after, recovery: [] }).toEqual({ ...before, recovery: [] });
    expect(enginePid(app.process().pid)).not.toBe(pid);
    await page
      .getByText(after.recovery[0] ?? 'no recovery', { exact: false })
      .first()
      .waitFor();
    await screenshot(page, 'desktop-engine-recovered');

    // And it goes on: the same import, undisturbed, is committed.
    await answerOpenDialog(app, [largeBill(2)]);
    const report = await page.evaluate(async () => {
      const { assay } = globalThis as unknown as PageGlobals;
      const [file] = await assay.pickFiles();
      return assay.call('import.stage', { sources: [file?.token] });
    });
    expect(JSON.parse(report)).toMatchObject({ output: { state: 'staged', rows: { rejected: 0 } } });
    expect(existsSync(join(desktop.data, 'Default.assay'))).toBe(true);
  });
});
