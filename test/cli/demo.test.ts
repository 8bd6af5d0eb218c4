// The demonstration does the job it shows: its files hold the figures that the commands print.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { demoReport } from '../../shared/contract/cli.ts';
import { scenario, scenarioAnswer } from '../../shared/contract/scenario.ts';
import { assay, published } from './assay.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-demo-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const exported = z.object({ schemaVersion: z.literal(1), scenario, answer: scenarioAnswer });

test('assay demo: from a sample to three answers in files', async () => {
  const told = await assay('demo', folder);
  expect({ code: told.code, err: told.err }).toEqual({ code: 0, err: '' });
  for (const said of ['45 of 45 totals', 'Where the money goes', 'Against list', 'Absorbed by AI spend'])
    expect(told.out).toContain(said);

  const listed = demoReport.parse(published('demo', await assay('demo', folder, '--json')));
  for (const { path } of listed.files) {
    expect(told.out).toContain(path);
    expect(readFileSync(path, 'utf8').length).toBeGreaterThan(100);
  }

  const { data } = Papa.parse<Record<string, string>>(readFileSync(join(folder, 'unit-costs.csv'), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  const output = data.find(
    (row) => row.model === 'Claude Sonnet 4.5' && row.meter === 'output' && row.regionTier === 'global',
  );
  const cell = (name: string): number =>
    Number(Object.entries(output ?? {}).find(([header]) => header.startsWith(name))?.[1]);
  // Marketplace: $15 per million output tokens, without the negotiated discount.
  expect(cell('effectiveRate')).toBeCloseTo(15, 6);
  expect((cell('netUnblended') / cell('tokens')) * 1e6).toBeCloseTo(cell('effectiveRate'), 9);

  for (const name of ['batch', 'caching', 'commitment', 'all-three']) {
    const { answer } = exported.parse(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')));
    const shown = told.out
      .split('$ assay ')
      .find((part) => part.startsWith(`scenario run docs/scenarios/${name}.json`));
    expect(shown).toContain(answer.name);
    const saved = answer.headlines.savingAtPrice!.base;
    expect(name === 'commitment' ? saved === 0 : saved > 0).toBe(true);
    expect(answer.commitment !== null).toBe(name === 'commitment' || name === 'all-three');
  }
});
