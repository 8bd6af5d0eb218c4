// The coverage screen's choices stand in the address; filters keep the rows they name.
import { expect, test } from 'vitest';
import {
  type CoverageState,
  type CoverageTable,
  readCoverageState,
  shownRows,
  writeCoverageState,
} from '../../../src-renderer/screens/coverage/coverage-state.ts';

const INITIAL: CoverageState = {
  view: 'grid',
  group: 'tokens',
  region: null,
  show: 'all',
  text: '',
  open: null,
};

test.each<CoverageState>([
  INITIAL,
  { ...INITIAL, view: 'strings', show: 'holes', text: 'nova lite' },
  { ...INITIAL, group: 'capacity', region: 'eu-west-1', open: 'Acme|Talker||none||standard' },
])('%o survives the address', (state) => {
  const own = Object.entries(writeCoverageState(state)).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  expect(readCoverageState(Object.fromEntries(own))).toEqual(state);
});

test('what an address cannot mean falls back', () => {
  expect(readCoverageState({ view: 'pie', meters: 'bananas', show: '7', region: '' })).toEqual(INITIAL);
});

const row = (model: string, cells: CoverageTable['rows'][number]['cells']) => ({
  provider: 'Acme',
  model,
  variant: null,
  term: 'none' as const,
  regionTier: null,
  contextBand: 'standard' as const,
  cells,
});
const PRICED = {
  kind: 'priced' as const,
  usdLow: 1,
  usdHigh: 1,
  per: 1,
  regions: 1,
  assumed: false,
};
const TABLE: CoverageTable = {
  group: 'tokens',
  columns: [{ mode: 'on_demand', meter: 'input' }],
  rows: [
    row('Full', [{ ...PRICED, billedLines: 0 }]),
    row('Used', [{ ...PRICED, billedLines: 4 }]),
    row('Hollow', [{ kind: 'hole', hole: 'half_of_pair', billedLines: 0 }]),
    row('Blank', [null]),
  ],
};

test.each([
  ['all', '', ['Full', 'Used', 'Hollow', 'Blank']],
  ['holes', '', ['Hollow']],
  ['billed', '', ['Used']],
  ['all', 'acme USED', ['Used']],
  ['all', 'used hollow', []],
] as const)('%s rows with “%s”', (show, text, models) => {
  expect(shownRows(TABLE, { show, text }).map(({ model }) => model)).toEqual(models);
});
