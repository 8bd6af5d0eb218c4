// A scenario file that cannot be read says in which line, in which field, and what to do.
import { expect, test } from 'vitest';
import { AssayError } from '../../shared/contract/errors.ts';
import { readScenarioText } from '../../shared/contract/scenario-file.ts';

const GOOD = `{
  "$schema": "../schema/scenario.schema.json",
  "schemaVersion": 1,
  "name": "A \\"quoted\\", name: {1}",
  "baseline": { "period": { "from": "2026-08-01", "to": "2026-08-31" } },
  "levers": [
    {
      "kind": "batch",
      "id": "a",
      "eligibleShare": { "low": 0.1, "base": 0.2, "high": 0.3 }
    },
    {
      "kind": "batch",
      "id": "b",
      "eligibleShare": { "low": 0.1, "base": 0.2, "high": 0.3 }
    }
  ]
}`;

function refusal(text: string): string {
  try {
    readScenarioText(text, 'plan.json');
  } catch (error) {
    if (error instanceof AssayError) return error.message;
  }
  return expect.fail('it was read');
}

test('a scenario, or an export that holds one beside its answer', () => {
  const scenario = readScenarioText(GOOD, 'plan.json');
  expect(scenario.levers.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(readScenarioText(JSON.stringify({ scenario, answer: {} }), 'export.json')).toEqual(scenario);
});

test('a value that does not fit: the line of that lever’s field', () => {
  const wrong = GOOD.replace(
    '"base": 0.2, "high": 0.3 }\n    }\n  ]',
    '"base": 0.4, "high": 0.3 }\n    }\n  ]',
  );
  expect(refusal(wrong)).toMatch(/^plan\.json: line 15: levers\.1\.eligibleShare: .*low ≤ base ≤ high/u);
  expect(refusal(GOOD.replace('"base": 0.2', '"base": "0.2"'))).toMatch(
    /^plan\.json: line 10: levers\.0\.eligibleShare\.base: .*docs\/schema/u,
  );
});

test('a misspelt field, with the one that was meant', () => {
  expect(refusal(GOOD.replace('"id": "b",', '"id": "b",\n      "onOffCost": 2,'))).toBe(
    'plan.json: line 15: levers.1.onOffCost: a scenario has no such field. Did you mean oneOffCost?',
  );
});

test('inside an export, the line is the file’s', () => {
  const wrong = `{\n"answer": {},\n"scenario":\n${GOOD.replace('"2026-08-31"', '"31 Aug"')}\n}`;
  expect(refusal(wrong)).toMatch(/^plan\.json: line 8: baseline\.period\.to: /u);
});

test('text that is no JSON, and JSON that is no scenario', () => {
  expect(refusal(GOOD.replace('"id": "b",', '"id": "b"'))).toMatch(
    /^plan\.json: line 15: the file is not JSON/u,
  );
  expect(refusal('[1, 2]')).toMatch(/no scenario: it has no list of levers/u);
  expect(refusal('{"scenario": null}')).toMatch(/no scenario/u);
  expect(refusal(GOOD.replace('"schemaVersion": 1', '"schemaVersion": 2'))).toMatch(
    /line 3: schemaVersion: .*another version of Assay/u,
  );
});
