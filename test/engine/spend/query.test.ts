import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { spendAnswer, spendQuery } from '../../../shared/contract/spend.ts';
import { COMPONENTS } from '../../../shared/domain/spend/measures.ts';
import { sumOf, totalsAgree } from '../../../shared/domain/sum.ts';
import { closeWorkspace, type Db } from '../../../src-main/engine/db/open.ts';
import { type SpendPlan, spendRows } from '../../../src-main/engine/db/spend.ts';
import { componentsOf, fold } from '../../../src-main/engine/spend/groups.ts';
import { answerQuery } from '../../../src-main/engine/spend/query.ts';
import { type FixtureDelivery, type FixtureLine, filledWorkspace } from '../fixture.ts';

const CATALOG = { version: 'test', batchModels: ['Nova Lite'] };
const OUTPUT = { meter: 'output', usageType: 'USE1-NovaLite-output-tokens' } as const;
const CACHE_READ = { meter: 'cache_read', usageType: 'USE1-NovaLite-cache-read-input-token-count' } as const;
const CACHE_WRITE = {
  meter: 'cache_write_5m',
  usageType: 'USE1-NovaLite-cache-write-input-token-count',
} as const;
const TAX = {
  isUsage: false,
  chargeType: 'Tax',
  usageType: null,
  model: null,
  provider: null,
  unit: null,
} as const;

let open: Db[] = [];
afterEach(() => {
  for (const db of open) closeWorkspace(db);
  open = [];
});

function bill(lines: readonly FixtureLine[], deliveries?: readonly FixtureDelivery[]): Db {
  const db = filledWorkspace(':memory:', lines, deliveries);
  open.push(db);
  return db;
}

const ask = (db: Db, query: Parameters<typeof spendQuery.parse>[0]) =>
  spendAnswer.parse(answerQuery(db, CATALOG, spendQuery.parse(query)));

describe('groups and totals', () => {
  test('cost and tokens by model and meter, biggest first, with the total over all rows', () => {
    const db = bill([
      { unblended: 0.06 },
      { unblended: 0.06, start: '2026-08-02T10:00:00Z' },
      { unblended: 0.24, ...OUTPUT },
      { unblended: 3, model: 'Claude Sonnet 4.5', provider: 'Anthropic', usageType: 'x' },
      { unblended: 0.5, ...TAX },
    ]);
    const answer = ask(db, { measures: ['unblended', 'tokens', 'lineItems'], groupBy: ['model', 'meter'] });
    expect(answer.columns).toEqual([
      { name: 'model', kind: 'dimension', unit: null },
      { name: 'meter', kind: 'dimension', unit: null },
      { name: 'unblended', kind: 'measure', unit: 'USD' },
      { name: 'tokens', kind: 'measure', unit: 'token' },
      { name: 'lineItems', kind: 'measure', unit: 'count' },
    ]);
    expect(answer.rows).toEqual([
      ['Claude Sonnet 4.5', 'input', 3, 1e6, 1],
      // Tax has no model, no meter and no tokens: missing, not zero.
      [null, null, 0.5, null, 1],
      ['Nova Lite', 'output', 0.24, 1e6, 1],
      ['Nova Lite', 'input', 0.12, 2e6, 2],
    ]);
    expect(answer.totals).toEqual({ unblended: 3.86, tokens: 4e6, lineItems: 5 });
    expect(answer.provenance).toMatchObject({ lineItems: 5, currency: ['USD'], estimated: false });
  });

  test('a page shows some groups; the total and the number of groups are those of all', () => {
    const db = bill(['a', 'b', 'c', 'd'].map((account, index) => ({ unblended: index + 1, account })));
    const answer = ask(db, { measures: ['unblended'], groupBy: ['account'], limit: 2, offset: 1 });
    expect(answer.rows).toEqual([
      ['c', 3],
      ['b', 2],
    ]);
    expect(answer.rowCount).toBe(4);
    expect(answer.totals).toEqual({ unblended: 10 });
  });

  test('missing values sort last in both directions', () => {
    const db = bill([
      { unblended: 1 },
      { unblended: 2, account: 'b', list: 5 },
      { unblended: 3, account: 'c', list: 7 },
    ]);
    const listOf = (descending: boolean) =>
      ask(db, { measures: ['list'], groupBy: ['account'], sort: [{ by: 'list', descending }] }).rows.map(
        (row) => row[1],
      );
    expect(listOf(true)).toEqual([7, 5, null]);
    expect(listOf(false)).toEqual([5, 7, null]);
  });

  test('sorting by a column that the answer does not have is refused by name', () => {
    const db = bill([{ unblended: 1 }]);
    expect(() => ask(db, { measures: ['unblended'], sort: [{ by: 'model' }] })).toThrow(
      'Cannot sort by “model”',
    );
  });

  test('only active deliveries answer', () => {
    const db = bill(
      [{ unblended: 1 }, { unblended: 10, delivery: 2 }],
      [{ period: '2026-08' }, { period: '2026-08', active: false }],
    );
    expect(ask(db, { measures: ['unblended'] }).totals).toEqual({ unblended: 1 });
  });
});

describe('time', () => {
  test.each([
    ['day', '2026-08-01'],
    ['week', '2026-W31'],
    ['month', '2026-08'],
    ['quarter', '2026-Q3'],
    ['year', '2026'],
    ['hour', '2026-08-01T10:00Z'],
  ])('%s is written %s', (dimension, text) => {
    const db = bill([{ unblended: 1 }]);
    expect(ask(db, { measures: ['unblended'], groupBy: [dimension] }).rows).toEqual([[text, 1]]);
  });

  test('an ISO week may belong to the year before its first day', () => {
    const db = bill([{ unblended: 1, start: '2027-01-01T00:00:00Z' }]);
    expect(ask(db, { measures: ['unblended'], groupBy: ['week', 'year'] }).rows).toEqual([
      ['2026-W53', '2027', 1],
    ]);
  });

  test('the period takes in both of its days', () => {
    const days = ['2026-07-31', '2026-08-01', '2026-08-31', '2026-09-01'];
    const db = bill(days.map((day) => ({ unblended: 1, start: `${day}T23:00:00Z` })));
    const answer = ask(db, {
      measures: ['unblended'],
      groupBy: ['day'],
      period: { from: '2026-08-01', to: '2026-08-31' },
    });
    expect(answer.rows.map(([day]) => day)).toEqual(['2026-08-01', '2026-08-31']);
  });

  test('a line that spans a day belongs to no hour, and the answer says so', () => {
    const db = bill([{ unblended: 1 }, { unblended: 2, start: '2026-08-01T00:00:00Z', hours: 24 }]);
    const answer = ask(db, { measures: ['unblended'], groupBy: ['hour'] });
    expect(answer.rows).toEqual([
      ['2026-08-01T10:00Z', 1],
      [null, 2],
    ]);
    expect(answer.provenance.notes.join()).toContain('belong to no hour');
  });

  test('a comparison shows the same groups of another period, then those that only it has', () => {
    const db = bill([
      { unblended: 5 },
      { unblended: 3, start: '2026-07-01T00:00:00Z' },
      { unblended: 4, start: '2026-07-02T00:00:00Z', model: 'Nova Pro' },
    ]);
    const answer = ask(db, {
      measures: ['unblended'],
      groupBy: ['model'],
      period: { from: '2026-08-01', to: '2026-08-31' },
      compareTo: { from: '2026-07-01', to: '2026-07-31' },
    });
    expect(answer.rows).toEqual([['Nova Lite', 5]]);
    expect(answer.compare?.rows).toEqual([
      ['Nova Lite', 3],
      ['Nova Pro', 4],
    ]);
    expect(answer.compare?.totals).toEqual({ unblended: 7 });
  });

  test('a comparison names the months of which nothing is held: no line in them is not no cost', () => {
    const db = bill(
      [{ unblended: 5 }, { unblended: 3, start: '2026-06-01T00:00:00Z', delivery: 2 }],
      [{ period: '2026-08' }, { period: '2026-06' }, { period: '2026-05' }],
    );
    const answer = ask(db, {
      measures: ['unblended'],
      period: { from: '2026-08-01', to: '2026-08-31' },
      compareTo: { from: '2025-12-01', to: '2026-07-31' },
    });
    expect(answer.compare).toMatchObject({
      totals: { unblended: 3 },
      // May was delivered and holds no line of Bedrock: nothing was billed then.
      notHeld: ['2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-07'],
    });
  });

  test('by magnitude a large credit leads a small cost', () => {
    const lines = [
      { unblended: 2 },
      { unblended: -9, model: 'Nova Pro' },
      { unblended: 4, model: 'Nova Micro' },
    ];
    const sorted = (magnitude: boolean) =>
      ask(bill(lines), {
        measures: ['unblended'],
        groupBy: ['model'],
        sort: [{ by: 'unblended', magnitude }],
        limit: 2,
      }).rows.map(([model]) => model);
    expect(sorted(false)).toEqual(['Nova Micro', 'Nova Lite']);
    expect(sorted(true)).toEqual(['Nova Pro', 'Nova Micro']);
  });
});

describe('conditions', () => {
  const lines = [
    { unblended: 1 },
    { unblended: 2, provider: 'Anthropic', model: 'Claude Haiku 4.5' },
    { unblended: 4, provider: null, model: null },
    { unblended: 8, start: '2026-09-03T00:00:00Z', region: 'eu-west-1' },
  ];
  test.each([
    [[{ dimension: 'provider', operator: '=', values: ['Anthropic'] }], 2],
    [[{ dimension: 'provider', operator: '=', values: ['Anthropic', null] }], 6],
    [[{ dimension: 'provider', operator: '!=', values: ['Anthropic'] }], 13],
    [[{ dimension: 'provider', operator: '!=', values: ['Anthropic', null] }], 9],
    [[{ dimension: 'provider', operator: '=', values: [null] }], 4],
    [[{ dimension: 'provider', operator: '!=', values: [null] }], 11],
    [[{ dimension: 'model', operator: '~', values: ['HAIKU', 'pro'] }], 2],
    [[{ dimension: 'day', operator: '>=', values: ['2026-08-02'] }], 8],
    [[{ dimension: 'month', operator: '<=', values: ['2026-08'] }], 7],
    [
      [
        { dimension: 'month', operator: '=', values: ['2026-08'] },
        { dimension: 'provider', operator: '=', values: ['Amazon'] },
      ],
      1,
    ],
    [[{ dimension: 'importBatch', operator: '>=', values: ['2'] }], null],
    [[{ dimension: 'importBatch', operator: '=', values: ['1'] }], 15],
    [[{ dimension: 'hour', operator: '=', values: ['2026-09-03T00:00Z'] }], 8],
    [[{ dimension: 'model', operator: '=', values: ["x' OR 1=1 --"] }], null],
  ] as const)('%j leaves %s', (where, expected) => {
    const query = {
      measures: ['unblended' as const],
      where: where.map((one) => ({ ...one, values: [...one.values] })),
    };
    expect(ask(bill(lines), query).totals.unblended).toBe(expected);
  });

  test('a tag is found in each of its spellings, in every month', () => {
    const db = bill([
      { unblended: 1, tags: { 'resourceTags/user:Team': 'search' } },
      { unblended: 2, tags: { user_team: 'search', user_owner: 'x' } },
      { unblended: 4, tags: { user_team: '' } },
      { unblended: 8 },
    ]);
    for (const key of ['user:Team', 'user_team', 'resourceTags/user:Team', 'Team']) {
      const answer = ask(db, { measures: ['unblended'], groupBy: [`tag:${key}`] });
      expect(answer.rows).toEqual([
        [null, 12],
        ['search', 3],
      ]);
    }
    expect(ask(db, { measures: ['unblended'], groupBy: ['tag:nobody'] }).rows).toEqual([[null, 15]]);
  });

  test('an inference profile is read from the resource', () => {
    const profile = (id: string) => `arn:aws:bedrock:us-east-1:111111111111:${id}`;
    const db = bill([
      { unblended: 1, resource: profile('inference-profile/us.amazon.nova-lite-v1:0') },
      { unblended: 2, resource: profile('application-inference-profile/abc123') },
      { unblended: 4, resource: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0' },
    ]);
    expect(ask(db, { measures: ['unblended'], groupBy: ['inferenceProfile'] }).rows).toEqual([
      [null, 4],
      ['abc123', 2],
      ['us.amazon.nova-lite-v1:0', 1],
    ]);
  });
});

test('a condition on a value that no line has is named, with what was probably meant', () => {
  const where = [{ dimension: 'model', operator: '=' as const, values: ['Nova Lit', 'Grok 9'] }];
  const answer = ask(bill([{ unblended: 1 }]), { measures: ['unblended'], where });
  expect(answer.totals).toEqual({ unblended: null });
  expect(answer.provenance.notes).toEqual([
    'No line has model “Nova Lit”. Did you mean “Nova Lite”?',
    'No line has model “Grok 9”.',
  ]);
});

describe('measures', () => {
  test('four token counts, the hit rate and the effective rate over token lines only', () => {
    const db = bill([
      { unblended: 3, quantity: 1000 },
      { unblended: 0.9, quantity: 3000, ...CACHE_READ },
      { unblended: 3.75, quantity: 1000, ...CACHE_WRITE },
      { unblended: 15, quantity: 1000, ...OUTPUT },
      { unblended: 100, family: 'customization', meter: 'training_token' },
      { unblended: 7, ...TAX },
    ]);
    const { totals } = ask(db, {
      measures: [
        'tokens',
        'inputTokens',
        'outputTokens',
        'cacheReadTokens',
        'cacheWriteTokens',
        'totalInputTokens',
        'cacheHitRate',
        'effectiveRate',
      ],
    });
    expect(totals).toEqual({
      tokens: 6e6,
      inputTokens: 1e6,
      outputTokens: 1e6,
      cacheReadTokens: 3e6,
      cacheWriteTokens: 1e6,
      totalInputTokens: 5e6,
      cacheHitRate: 0.6,
      effectiveRate: expect.closeTo(22.65 / 6, 12),
    });
  });

  test('a group without token lines has no tokens; one with token lines has 0 of a meter it lacks', () => {
    const db = bill([
      { unblended: 1, ...OUTPUT },
      {
        unblended: 2,
        family: 'guardrails',
        meter: 'text_unit',
        baseUnit: 'text_unit',
        multiplier: 1,
        model: null,
      },
    ]);
    const answer = ask(db, {
      measures: ['tokens', 'inputTokens', 'effectiveRate', 'cacheHitRate'],
      groupBy: ['family'],
      sort: [{ by: 'family', descending: false }],
    });
    expect(answer.rows).toEqual([
      ['guardrails', null, null, null, null],
      ['inference', 1e6, 0, 1, null],
    ]);
  });

  test('the effective rate on a basis leaves out the tokens of lines that do not state it', () => {
    const db = bill([{ unblended: 1, list: 2 }, { unblended: 1 }]);
    const answer = ask(db, { measures: ['effectiveRate', 'list'], basis: 'list' });
    expect(answer.totals).toEqual({ effectiveRate: 2, list: 2 });
    expect(answer.provenance.notes).toContain(
      'List cost is not stated on lines of 1.00 USD unblended; they are not in its sum.',
    );
  });

  test('batch share counts on-demand tokens only of models that have a batch price', () => {
    const db = bill([
      { unblended: 1, quantity: 3000 },
      { unblended: 1, quantity: 1000, mode: 'batch' },
      { unblended: 1, quantity: 5000, model: 'No Batch Price' },
      { unblended: 1, quantity: 5000, mode: 'flex' },
    ]);
    expect(ask(db, { measures: ['batchShare'] }).totals).toEqual({ batchShare: 0.25 });
    expect(
      ask(db, { measures: ['batchShare'], groupBy: ['model'], sort: [{ by: 'model', descending: false }] })
        .rows,
    ).toEqual([
      ['No Batch Price', null],
      ['Nova Lite', 0.25],
    ]);
  });

  test('quantity has the unit its lines share, and is missing over mixed or unknown units', () => {
    const image = {
      family: 'inference',
      meter: 'image',
      baseUnit: 'image',
      multiplier: 1,
      quantity: 7,
      model: 'Nova Canvas',
    } as const;
    const db = bill([
      { unblended: 1 },
      { unblended: 1, ...image },
      { unblended: 1, ...image, baseUnit: null, multiplier: null, model: 'Odd', unit: 'Fathoms' },
    ]);
    const answer = ask(db, {
      measures: ['quantity'],
      groupBy: ['model'],
      sort: [{ by: 'model', descending: false }],
    });
    expect(answer.rows).toEqual([
      ['Nova Canvas', 7],
      ['Nova Lite', 1e6],
      ['Odd', null],
    ]);
    expect(answer.totals).toEqual({ quantity: null });
    expect(answer.provenance.notes.join()).toContain('unit of 1 line items could not be read');
    const one = ask(db, {
      measures: ['quantity'],
      where: [{ dimension: 'model', operator: '=', values: ['Nova Canvas'] }],
    });
    expect(one.columns).toEqual([{ name: 'quantity', kind: 'measure', unit: 'image' }]);
  });

  test('variance counts priced lines only, and nothing inside a price range', () => {
    const db = bill([
      { unblended: 8, catalogLow: 10 },
      { unblended: 5, catalogLow: 4, catalogHigh: 6, account: 'b' },
      { unblended: 100, account: 'c' },
    ]);
    const answer = ask(db, {
      measures: ['listVariance', 'catalogList', 'unpricedShare'],
      groupBy: ['account'],
      sort: [{ by: 'account', descending: false }],
    });
    expect(answer.rows).toEqual([
      ['111111111111', -2, 10, 0],
      ['b', 0, 4, 0],
      ['c', null, null, 1],
    ]);
    expect(answer.totals).toEqual({
      listVariance: -1,
      catalogList: 14,
      unpricedShare: expect.closeTo(100 / 113, 12),
    });
    expect(answer.provenance.notes).toContain(
      'Catalog list is a range from 14.00 to 16.00 USD; its low end is shown.',
    );
  });
});

describe('currencies', () => {
  const lines = [{ unblended: 1 }, { unblended: 80, currency: 'INR' }];
  test('amounts in two currencies are refused, counts are not', () => {
    const db = bill(lines);
    expect(() => ask(db, { measures: ['unblended'] })).toThrow('INR, USD, which are never added together');
    expect(ask(db, { measures: ['tokens'] }).totals).toEqual({ tokens: 2e6 });
  });
  test('grouped by currency each row has its own, and the total has none', () => {
    const answer = ask(bill(lines), { measures: ['unblended', 'effectiveRate'], groupBy: ['currency'] });
    expect(answer.rows).toEqual([
      ['INR', 80, 80],
      ['USD', 1, 1],
    ]);
    expect(answer.totals).toEqual({ unblended: null, effectiveRate: null });
    expect(answer.columns[1]?.unit).toBeNull();
  });
  test('two periods in different currencies are not compared', () => {
    const db = bill([{ unblended: 1 }, { unblended: 80, currency: 'INR', start: '2026-07-01T00:00:00Z' }]);
    const query = {
      measures: ['unblended' as const],
      period: { from: '2026-08-01', to: '2026-08-31' },
      compareTo: { from: '2026-07-01', to: '2026-07-31' },
    };
    expect(() => ask(db, query)).toThrow('never added together');
  });
  test('a condition that leaves one currency is enough', () => {
    const where = [{ dimension: 'currency', operator: '=' as const, values: ['INR'] }];
    const answer = ask(bill(lines), { measures: ['unblended'], where });
    expect(answer.totals).toEqual({ unblended: 80 });
    expect(answer.columns[0]?.unit).toBe('INR');
  });
});

test('scopes: Bedrock alone, with its candidates, the whole bill', () => {
  const db = bill([
    { unblended: 1 },
    { unblended: 2, lineClass: 'candidate', service: 'AmazonES' },
    { unblended: 4, lineClass: 'other', service: 'AmazonEC2' },
  ]);
  const total = (scope: 'bedrock' | 'estate' | 'all') => ask(db, { measures: ['unblended'], scope });
  expect(total('bedrock').totals.unblended).toBe(1);
  expect(total('estate').totals.unblended).toBe(3);
  expect(total('all').totals.unblended).toBe(7);
  expect(total('bedrock').provenance.notes.join()).toContain('scope estate takes them in');
});

test('an estimated month marks the answer that uses it, and only that', () => {
  const db = bill(
    [{ unblended: 1 }, { unblended: 2, start: '2026-09-01T00:00:00Z', delivery: 2 }],
    [{ period: '2026-08' }, { period: '2026-09', estimated: true }],
  );
  const august = ask(db, { measures: ['unblended'], period: { from: '2026-08-01', to: '2026-08-31' } });
  expect(august.provenance.estimated).toBe(false);
  const both = ask(db, { measures: ['unblended'] });
  expect(both.provenance.estimated).toBe(true);
  expect(both.provenance.notes).toContain('Estimated, because no invoice id is filled yet: 2026-09.');
});

test('where discounts are columns, the answer says which basis is the invoice', () => {
  const db = bill([{ unblended: 100, netUnblended: 90 }]);
  db.exec(
    "UPDATE delivery SET discount_shape = 'columns', invoice_basis = 'netUnblended', discount_certain = 0",
  );
  const notes = (measure: 'unblended' | 'netUnblended') =>
    ask(db, { measures: [measure], basis: measure }).provenance.notes.join();
  expect(notes('unblended')).toContain('in 2026-08: there the invoice is the sum of net unblended cost');
  expect(notes('netUnblended')).toContain('not certain in 2026-08');
});

describe('whatever the bill', () => {
  const line: fc.Arbitrary<FixtureLine> = fc.record({
    unblended: fc.double({ min: -50, max: 50, noNaN: true }),
    quantity: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
    list: fc.option(fc.double({ min: 0, max: 50, noNaN: true })),
    catalogLow: fc.option(fc.double({ min: 0, max: 50, noNaN: true })),
    start: fc.constantFrom(
      '2026-08-01T03:00:00Z',
      '2026-08-01T04:00:00Z',
      '2026-08-31T23:00:00Z',
      '2026-09-01T00:00:00Z',
    ),
    hours: fc.constantFrom(1, 24),
    model: fc.constantFrom('Nova Lite', 'Nova Pro', null),
    meter: fc.constantFrom('input', 'output', 'cache_read', 'cache_write_1h', 'image', null),
    mode: fc.constantFrom('on_demand', 'batch', null),
    multiplier: fc.constantFrom(1, 1000, null),
    family: fc.constantFrom('inference', 'unknown', 'guardrails'),
    isUsage: fc.boolean(),
    currency: fc.constantFrom('USD', 'INR'),
    tags: fc.constantFrom<Record<string, string>[]>({}, { user_team: 'a' }, { 'user:Team': 'b' }),
  });
  const dimension = fc.constantFrom(
    'model',
    'meter',
    'mode',
    'family',
    'month',
    'day',
    'week',
    'currency',
    'tag:Team',
    'chargeType',
  );

  function folded(db: Db, groupBy: readonly string[], kept: 'daily' | 'line_item') {
    const plan: SpendPlan = {
      groupBy,
      cuts: [],
      where: [],
      period: null,
      scope: 'bedrock',
      basis: 'list',
      components: COMPONENTS,
      spread: null,
      batchModels: ['Nova Lite'],
    };
    return fold(spendRows(db, plan, kept));
  }

  test('groups add up to the total, and daily sums answer as the lines do', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.uniqueArray(dimension, { maxLength: 3 }),
        (lines, groupBy) => {
          const db = bill(
            lines.map((one) => ({ ...one, baseUnit: one.multiplier === null ? null : 'token' })),
          );
          const daily = folded(db, groupBy, 'daily');
          const perLine = folded(db, groupBy, 'line_item');
          const byKey = new Map(perLine.groups.map((group) => [JSON.stringify(group.keys), group]));
          expect(daily.groups.length).toBe(perLine.groups.length);
          for (const { keys, tally } of daily.groups) {
            expectSame(
              componentsOf(tally, COMPONENTS),
              componentsOf(byKey.get(JSON.stringify(keys))!.tally, COMPONENTS),
            );
          }
          const total = componentsOf(daily.total, COMPONENTS);
          for (const name of COMPONENTS) {
            const parts = daily.groups.map(({ tally }) => componentsOf(tally, COMPONENTS)[name] ?? 0);
            expect(totalsAgree(sumOf(parts), total[name] ?? 0, 1e9)).toBe(true);
          }
          const whole = sumOf(lines.map(({ unblended }) => unblended));
          expect(
            totalsAgree(
              total.unblended ?? 0,
              whole,
              sumOf(lines.map(({ unblended }) => Math.abs(unblended))),
            ),
          ).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('what a condition takes in and what its opposite takes in is everything', () => {
    const value = fc.constantFrom('Nova Lite', 'Nova Pro', 'input', 'batch', '2026-08', 'a', 'USD', null);
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 10 }),
        dimension,
        fc.uniqueArray(value, { minLength: 1, maxLength: 3 }),
        (lines, name, values) => {
          const db = bill(lines);
          const count = (operator: '=' | '!=') =>
            ask(db, { measures: ['lineItems'], where: [{ dimension: name, operator, values }] }).totals
              .lineItems ?? 0;
          expect(count('=') + count('!=')).toBe(lines.length);
        },
      ),
      { numRuns: 30 },
    );
  });

  function expectSame(left: ReturnType<typeof componentsOf>, right: ReturnType<typeof componentsOf>): void {
    expect(left.unit).toBe(right.unit);
    for (const name of COMPONENTS) {
      const [one = null, other = null] = [left[name], right[name]];
      if (one === null || other === null) expect([name, one]).toEqual([name, other]);
      else expect(totalsAgree(one, other, Math.max(1, Math.abs(one)))).toBe(true);
    }
  }
});
