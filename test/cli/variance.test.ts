// assay variance as text: what has no price is unknown, and not nothing.
import { expect, test } from 'vitest';
import { cur2 } from '../engine/import/synthetic.ts';
import { testWorkspace } from '../engine/import/workspace.ts';
import { assayOn } from './assay.ts';

test('a model of which no line has a price shows dashes, and its cost under “Unpriced”', async () => {
  const workspace = testWorkspace();
  await workspace.import(
    workspace.write(
      'r-00001.csv',
      cur2([
        {
          line_item_unblended_cost: 120,
          line_item_usage_type: 'EUW2-MistralLarge-output-tokens',
          product_region_code: 'eu-west-2',
        },
      ]),
    ),
  );
  workspace.close();
  const { out } = await assayOn(workspace.path)('variance');
  expect(out).toMatch(/^Model\s+Invoiced, priced\s+At list\s+Variance/mu);
  // No line has a price: the sum of none is not an amount, and $0.00 would be one.
  expect(out).toMatch(/^At list\s+—$/mu);
  expect(out).toMatch(/^Mistral Large\s+—\s+—\s+—\s+—\s+—\s+—\s+\$120\.00$/mu);
});

test('savings are looked for in no line of unknown kind, and a scenario’s baseline without any price is not $0.00: both say so', async () => {
  const workspace = testWorkspace();
  await workspace.import(
    workspace.write(
      'r-00001.csv',
      cur2([
        { line_item_unblended_cost: 7, line_item_usage_type: 'USE1-FancyNew-widgets' },
        {
          line_item_unblended_cost: 120,
          line_item_usage_type: 'EUW2-MistralLarge-output-tokens',
          product_region_code: 'eu-west-2',
        },
      ]),
    ),
  );
  workspace.close();
  const run = assayOn(workspace.path);
  expect((await run('levers')).out).toContain(
    'Note: $7.00 of usage is of unknown kind, model or unit, so no rule can look at it: answer it in Review first.',
  );
  const file = workspace.write(
    'scenario.json',
    JSON.stringify({
      schemaVersion: 1,
      name: 'as it is',
      baseline: { period: { from: '2026-08-01', to: '2026-08-31' } },
      levers: [],
    }),
  );
  expect((await run('scenario', 'run', file)).out).toMatch(
    /^Baseline —, none of its tokens has a price, at list price \(\$120\.00 invoiced\)/mu,
  );
});
