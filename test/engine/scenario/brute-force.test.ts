// Stacked levers worked out a second time, from the lines of an export file and a price list written here, with no code
// that computes anything in the workbench: sums of tokens, and each lever as plain arithmetic on them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/methods.ts';
import { SAMPLE_DEFAULTS, writeSample } from '../../../src-main/engine/sample/write.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';

/** Tokens of one way to buy a model: input, cache reads, cache writes, output. */
type Tokens = { in: number; read: number; write: number; out: number };
type Bill = {
  haiku: Tokens;
  haikuBatch: Tokens;
  nova: Tokens;
  novaLite: Tokens;
  contracts: Tokens;
  global: boolean;
};

const none = (): Tokens => ({ in: 0, read: 0, write: 0, out: 0 });

/** USD per million: Claude Haiku 4.5 global, Nova Pro and Lite in us-east-1, Claude Sonnet 4.5 kept in a region or not. */
const PRICE = {
  haiku: { in: 1, read: 0.1, write: 1.25, out: 5 },
  haikuBatch: { in: 0.5, read: 0, write: 0, out: 2.5 },
  nova: { in: 0.8, read: 0.2, write: 0, out: 3.2 },
  novaLite: { in: 0.06, read: 0.015, write: 0, out: 0.24 },
  contractsRegional: { in: 3.3, read: 0, write: 0, out: 16.5 },
  contractsGlobal: { in: 3, read: 0, write: 0, out: 15 },
} as const satisfies Record<string, Tokens>;

/** Usage type → whose tokens it counts, and how many one unit is. */
const LINES: Readonly<
  Record<string, readonly [Exclude<keyof Bill, 'global'>, keyof Tokens, number, string]>
> = {
  'USE1-MP:USE1_InputTokenCount_Global-Units': ['haiku', 'in', 1e6, 'Claude Haiku 4.5'],
  'USE1-MP:USE1_OutputTokenCount_Global-Units': ['haiku', 'out', 1e6, 'Claude Haiku 4.5'],
  'USE1-MP:USE1_CacheReadInputTokenCount_Global-Units': ['haiku', 'read', 1e6, 'Claude Haiku 4.5'],
  'USE1-MP:USE1_CacheWriteInputTokenCount_Global-Units': ['haiku', 'write', 1e6, 'Claude Haiku 4.5'],
  'USE1-MP:USE1_InputTokenCount_Global_Batch-Units': ['haikuBatch', 'in', 1e6, 'Claude Haiku 4.5'],
  'USE1-MP:USE1_OutputTokenCount_Global_Batch-Units': ['haikuBatch', 'out', 1e6, 'Claude Haiku 4.5'],
  'USE1-NovaPro-input-tokens': ['nova', 'in', 1e3, 'Amazon Bedrock'],
  'USE1-NovaPro-output-tokens': ['nova', 'out', 1e3, 'Amazon Bedrock'],
  'USE1-NovaPro-cache-read-input-token-count': ['nova', 'read', 1e3, 'Amazon Bedrock'],
  'EU-MP:EU_InputTokenCount-Units': ['contracts', 'in', 1e6, 'Claude Sonnet 4.5'],
  'EU-MP:EU_OutputTokenCount-Units': ['contracts', 'out', 1e6, 'Claude Sonnet 4.5'],
};

function billOf(file: string): Bill {
  const { data } = Papa.parse<Record<string, string>>(readFileSync(file, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  const bill: Bill = {
    haiku: none(),
    haikuBatch: none(),
    nova: none(),
    novaLite: none(),
    contracts: none(),
    global: false,
  };
  for (const line of data) {
    const known = LINES[line['lineItem/UsageType'] ?? ''];
    if (known === undefined || !(line['product/ProductName'] ?? '').startsWith(known[3])) continue;
    const [whose, meter, size] = known;
    bill[whose][meter] += Number(line['lineItem/UsageAmount']) * size;
  }
  return bill;
}

function costOf(bill: Bill): number {
  const at = (tokens: Tokens, price: Tokens): number =>
    (tokens.in * price.in + tokens.read * price.read + tokens.write * price.write + tokens.out * price.out) /
    1e6;
  return (
    at(bill.haiku, PRICE.haiku) +
    at(bill.haikuBatch, PRICE.haikuBatch) +
    at(bill.nova, PRICE.nova) +
    at(bill.novaLite, PRICE.novaLite) +
    at(bill.contracts, bill.global ? PRICE.contractsGlobal : PRICE.contractsRegional)
  );
}

const times = ({ in: input, read, write, out }: Tokens, factor: number): Tokens => ({
  in: input * factor,
  read: read * factor,
  write: write * factor,
  out: out * factor,
});

type Levers = NonNullable<Input<'scenario.run'>['scenario']['levers']>;
type Step = { readonly lever: Levers[number]; readonly plainly: (bill: Bill) => Bill };

const exactly = (value: number) => ({ low: value, base: value, high: value });
const only = (dimension: string, value: string) => ({ dimension, operator: '=' as const, values: [value] });

const batched = (share: number): Step => ({
  lever: {
    kind: 'batch',
    id: 'batch',
    scope: [only('model', 'Claude Haiku 4.5')],
    eligibleShare: exactly(share),
  },
  plainly: ({ haiku, haikuBatch, ...rest }) => ({
    ...rest,
    haiku: times(haiku, 1 - share),
    haikuBatch: {
      ...haikuBatch,
      in: haikuBatch.in + share * (haiku.in + haiku.read + haiku.write),
      out: haikuBatch.out + share * haiku.out,
    },
  }),
});

const cached = (prefix: number, hits: number): Step => ({
  lever: {
    kind: 'caching',
    id: 'caching',
    scope: [only('model', 'Claude Haiku 4.5')],
    prefixShare: exactly(prefix),
    prefixTokens: 5000,
    arrival: { pattern: 'stated', hitShare: exactly(hits) },
  },
  plainly: ({ haiku, ...rest }) => ({
    ...rest,
    haiku: {
      ...haiku,
      in: haiku.in * (1 - prefix),
      read: haiku.read + haiku.in * prefix * hits,
      write: haiku.write + haiku.in * prefix * (1 - hits),
    },
  }),
});

const shorter = (input: number, inCache: number, output: number): Step => ({
  lever: {
    kind: 'trimming',
    id: 'trimming',
    scope: [only('model', 'Claude Haiku 4.5')],
    inputCut: exactly(input),
    cachedCut: exactly(inCache),
    outputCut: exactly(output),
  },
  plainly: ({ haiku, haikuBatch, ...rest }) => {
    const cut = (tokens: Tokens): Tokens => ({
      in: tokens.in * (1 - input),
      read: tokens.read * (1 - inCache),
      write: tokens.write * (1 - inCache),
      out: tokens.out * (1 - output),
    });
    return { ...rest, haiku: cut(haiku), haikuBatch: cut(haikuBatch) };
  },
});

const routed = (share: number): Step => ({
  lever: {
    kind: 'routing',
    id: 'routing',
    scope: [only('model', 'Nova Pro'), only('mode', 'on_demand')],
    share: exactly(share),
    targets: [{ model: 'Nova Lite' }],
  },
  plainly: ({ nova, ...rest }) => ({ ...rest, nova: times(nova, 1 - share), novaLite: times(nova, share) }),
});

const everywhere: Step = {
  lever: {
    kind: 'residency',
    id: 'residency',
    scope: [only('model', 'Claude Sonnet 4.5'), only('region', 'eu-west-1')],
    share: exactly(1),
    tier: 'global',
  },
  plainly: (bill) => ({ ...bill, global: true }),
};

const STACKS: readonly (readonly [string, readonly Step[]])[] = [
  ['batch, then caching', [batched(0.4), cached(0.3, 0.7)]],
  ['caching, then batch', [cached(0.3, 0.7), batched(0.4)]],
  ['all five', [batched(0.4), shorter(0.2, 0.05, 0.1), cached(0.3, 0.7), everywhere, routed(0.3)]],
  [
    'all five, turned round',
    [routed(0.3), everywhere, cached(0.5, 0.9), shorter(0.2, 0.05, 0.1), batched(0.25)],
  ],
  ['to the ends', [shorter(0, 0, 1), batched(1), cached(1, 1), routed(1)]],
];

describe('levers against plain arithmetic on the lines of the file', () => {
  const october = { from: '2026-10-01', to: '2026-10-31' };
  async function sampled(): Promise<{ workspace: TestWorkspace; bill: Bill }> {
    const workspace = testWorkspace();
    const { files } = await writeSample({
      ...SAMPLE_DEFAULTS,
      folder: workspace.folder,
      rows: 2000,
      months: 1,
      seed: 3,
      format: 'cur-1.0',
      compression: 'none',
      lastMonth: '2026-10',
    });
    const paths = files.map((file) => (file.startsWith('/') ? file : join(workspace.folder, file)));
    await workspace.import(...paths);
    const [csv = ''] = paths.filter((path) => path.endsWith('.csv'));
    return { workspace, bill: billOf(csv) };
  }

  test('every lever of every stack saves what the file says, in its order', async () => {
    const { workspace, bill } = await sampled();
    expect(bill.haiku.in).toBeGreaterThan(1e6);
    for (const [name, steps] of STACKS) {
      const answer = await workspace.engine.call('scenario.run', {
        scenario: {
          schemaVersion: 1,
          name,
          baseline: { period: october },
          levers: steps.map(({ lever }) => lever),
        },
      });
      let now = bill;
      const savings = steps.map(({ plainly }) => {
        const before = costOf(now);
        now = plainly(now);
        return before - costOf(now);
      });
      expect([name, answer.ledger.map(({ inOrder }) => inOrder?.base)]).toEqual([
        name,
        savings.map((saving) => expect.closeTo(saving, 6)),
      ]);
      expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(costOf(bill) - costOf(now), 6);
    }
  });
});
