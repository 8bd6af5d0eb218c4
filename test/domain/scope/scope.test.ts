// Every row of the scope has an answer, and what an answer names is there: rules, prices, levers, screens.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUNDLED_CATALOG } from '../../../shared/domain/pricing/catalog.ts';
import { SCOPE, SCOPE_AREA_IDS, SCOPE_STATUSES } from '../../../shared/domain/scope/scope.ts';
import { CANDIDATE_RULES, RULES } from '../../../shared/domain/usage/rules.ts';
import { METER_NAMES, MODES } from '../../../shared/domain/usage/vocabulary.ts';
import { LEVERS } from '../../../shared/domain/whatif/levers.ts';

const ruleIds = new Set([...RULES, ...CANDIDATE_RULES].map(({ id }) => id));
/** Read as text: the table loads every screen of the page. */
const screenTable = readFileSync(join(import.meta.dirname, '../../../src-renderer/app/screens.ts'), 'utf8');
const screenIds = new Set([...screenTable.matchAll(/^ {4}id: '([a-z-]+)',$/gmu)].map(([, id]) => id ?? ''));
const leverKinds = new Set(Object.keys(LEVERS));

test('all rows, in order: 24 conflicts, then 1 to 138 with 85b', () => {
  const conflicts = Array.from({ length: 24 }, (_, index) => `X${index + 1}`);
  const named = Array.from({ length: 138 }, (_, index) => String(index + 1));
  named.splice(named.indexOf('85') + 1, 0, '85b');
  expect(SCOPE.map(({ id }) => id)).toEqual([...conflicts, ...named]);
});

describe.each(SCOPE.map((row) => [row.id, row.item, row] as const))('%s: %s', (_id, _item, row) => {
  test('has an answer', () => {
    expect(SCOPE_STATUSES).toContain(row.status);
    expect(row.says).toMatch(/\.$/u);
    const named = row.rules.length + row.prices.length + row.levers.length + row.screens.length;
    // What works is seen somewhere; what belongs to later work says where, what is out names nothing.
    if (row.status === 'works' || row.status === 'partly') expect(row.screens.length).toBeGreaterThan(0);
    if (row.status === 'out') expect(named).toBe(0);
    if (row.status === 'partly' || row.status === 'later') expect(SCOPE_AREA_IDS).toContain(row.area);
    else expect(row.area).toBe(null);
  });

  test('names what is there', () => {
    expect(row.rules.filter((rule) => !ruleIds.has(rule))).toEqual([]);
    expect(row.levers.filter((lever) => !leverKinds.has(lever))).toEqual([]);
    expect(row.screens.filter((screen) => !screenIds.has(screen))).toEqual([]);
    expect(row.prices.filter((key) => !hasPrice(key))).toEqual([]);
  });
});

function hasPrice(key: string): boolean {
  const [model = '', meter = '', mode = 'on_demand'] = key.split('/');
  if (!METER_NAMES.some((one) => one === meter) || !MODES.some((one) => one === mode)) return false;
  return BUNDLED_CATALOG.prices.some(
    (price) => price.model === (model === '*' ? null : model) && price.meter === meter && price.mode === mode,
  );
}

test('every rule that classifies is the answer of some row, or a finer form of one that is', () => {
  const answered = new Set(SCOPE.flatMap(({ rules }) => rules));
  const media = [
    'web-grounding',
    'audio-seconds-input',
    'video-seconds-input',
    'speech-input',
    'speech-output',
  ];
  expect([...ruleIds].filter((id) => !answered.has(id) && !media.includes(id))).toEqual(['cache-storage']);
});

test('every lever and every screen of figures is the answer of some row', () => {
  const levers = new Set<string>(SCOPE.flatMap((row) => row.levers));
  expect([...leverKinds].filter((kind) => !levers.has(kind))).toEqual([]);
});
