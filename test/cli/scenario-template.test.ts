// Templates through the command line: the list, a template on the sample bill, and the scenario it writes.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testWorkspace } from '../engine/import/workspace.ts';
import { assay, published } from './assay.ts';

async function sampleWorkspace() {
  const workspace = testWorkspace();
  const { batchId } = await workspace.engine.call('sample.stage', {});
  await workspace.engine.call('import.commit', { batchId: batchId ?? 0 });
  workspace.close();
  return workspace;
}

test('the list follows its schema and needs no workspace', async () => {
  const ended = await assay('scenario', 'template', '--json');
  expect(ended).toMatchObject({ code: 0, err: '' });
  expect(published('scenario-templates', ended)).toMatchObject({
    templates: [{ name: 'eight-steps' }, { name: 'cost-layers' }, { illustration: true }],
  });
  expect((await assay('scenario', 'template', 'list')).out).toContain('8. Draw on the commitment');
});

test('a template becomes a scenario that runs, with the confirmed step alone', async () => {
  const { path, folder } = await sampleWorkspace();
  const out = join(folder, 'plan.json');
  const words = ['scenario', 'template', 'eight-steps', '--workspace', path, '--confirm', 'batch'];
  const ended = await assay(...words, '--out', out, '--json');
  expect(ended).toMatchObject({ code: 0, err: '' });
  const { steps } = published('scenario-template', ended) as { steps: { id: string; alone: unknown }[] };
  const ran = await assay('scenario', 'run', out, '--workspace', path, '--json');
  expect(ran).toMatchObject({ code: 0, err: '' });
  const { headlines } = published('scenario-answer', ran) as { headlines: { savingAtPrice: unknown } };
  expect(headlines.savingAtPrice).toEqual(steps.find(({ id }) => id === 'batch')?.alone);
  // What somebody may have worked on is not overwritten.
  expect(await assay(...words, '--out', out)).toMatchObject({
    code: 1,
    err: expect.stringContaining('Name a new file'),
  });
});

test('a step or a template that is not there is a mistake on the command line', async () => {
  expect(await assay('scenario', 'template', 'eight-step', '--workspace', 'x')).toMatchObject({
    code: 2,
    err: expect.stringContaining('did you mean eight-steps'),
  });
  expect(
    await assay('scenario', 'template', 'eight-steps', '--workspace', 'x', '--confirm', 'commitment'),
  ).toMatchObject({ code: 2, err: expect.stringContaining('route, batch, cache') });
});
