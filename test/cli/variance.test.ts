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
  expect(out).toMatch(/^Mistral Large\s+—\s+—\s+—\s+—\s+—\s+—\s+\$120\.00$/mu);
});
