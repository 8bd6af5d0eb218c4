// assay levers on the sample bill: what it offers runs as a scenario with the same saving, and nothing is added up.
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { leverFindings } from '../../shared/contract/finder.ts';
import { scenarioAnswer } from '../../shared/contract/scenario.ts';
import { sumOf } from '../../shared/domain/sum.ts';
import { formatMoney } from '../../src-main/cli/text.ts';
import { testWorkspace } from '../engine/import/workspace.ts';
import { assayOn, published } from './assay.ts';

test('every opportunity of the sample is a scenario that saves what was said, and so is the common one', async () => {
  const workspace = testWorkspace();
  const { batchId } = await workspace.engine.call('sample.stage', {});
  await workspace.engine.call('import.commit', { batchId: batchId ?? 0 });
  workspace.close();
  const ask = assayOn(workspace.path);
  const findings = leverFindings.parse(published('levers', await ask('levers', '--json')));
  expect(findings.workload).toBe('principal');
  expect(findings.opportunities.map(({ rule }) => rule)).toContain('batch-jobs');
  const run = async (id: string) => {
    const { out, code } = await ask('levers', '--scenario', id);
    expect(code).toBe(0);
    const file = `${workspace.folder}/one.json`;
    writeFileSync(file, out);
    return scenarioAnswer.parse(published('scenario-answer', await ask('scenario', 'run', file, '--json')));
  };
  for (const { id, savingAtPrice } of findings.opportunities.slice(0, 4)) {
    expect((await run(id)).headlines.savingAtPrice).toEqual(savingAtPrice);
  }
  const together = await run('together');
  expect(together.headlines.savingAtPrice?.base).toBeCloseTo(findings.together?.savingAtPrice.base ?? 0, 6);
  // The sum of the savings alone stands nowhere in the text; that there is none is said.
  const { out } = await ask('levers', '--explain');
  const sum = sumOf(findings.opportunities.map(({ savingAtPrice }) => savingAtPrice.base));
  expect(out).not.toContain(formatMoney(sum, 'USD'));
  expect(out).toContain('their savings overlap and have no sum');
  for (const { because } of findings.lookedAt) expect(out).toContain(because);
}, 60_000);

test('what cannot be understood is a usage error; an opportunity that is not there is named', async () => {
  const workspace = testWorkspace();
  workspace.close();
  const ask = assayOn(workspace.path);
  expect(await ask('levers', '--min-cash', '-1')).toMatchObject({ code: 2 });
  expect(await ask('levers', '--prices', 'effective')).toMatchObject({ code: 2 });
  expect(await ask('levers', '--workload', 'team')).toMatchObject({ code: 2 });
  expect(await ask('levers')).toMatchObject({
    code: 1,
    err: expect.stringContaining('Import a billing export'),
  });
});
