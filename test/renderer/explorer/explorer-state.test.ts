// The explorer's state survives the address, and hostile addresses do no harm.
import { describe, expect, test } from 'vitest';
import {
  type ExplorerState,
  INITIAL_STATE,
  readExplorerState,
  writeExplorerState,
} from '../../../src-renderer/screens/explorer/explorer-state.ts';

function throughAddress(state: ExplorerState): ExplorerState {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(writeExplorerState(state))) {
    if (value !== null) parameters.set(key, value);
  }
  return readExplorerState(new URLSearchParams(parameters.toString()));
}

describe('state in the address', () => {
  test('an untouched explorer leaves the address empty', () => {
    expect(Object.values(writeExplorerState(INITIAL_STATE)).every((value) => value === null)).toBe(true);
  });

  test.each<ExplorerState>([
    INITIAL_STATE,
    { ...INITIAL_STATE, groupBy: [] },
    { ...INITIAL_STATE, groupBy: ['tag:team, cost & centre', 'costCategory:Env=prod', 'month'] },
    { ...INITIAL_STATE, measures: ['outputTokens', 'cost'], form: 'time', grain: 'week' },
    { ...INITIAL_STATE, sort: { by: 'tokens', descending: true } },
    { ...INITIAL_STATE, sort: { by: 'model', descending: false }, view: 'lines', line: 0 },
    { ...INITIAL_STATE, scope: 'estate' },
    { ...INITIAL_STATE, measures: ['cost', 'costPerRequest'], counted: 'conversations' },
  ])('comes back unchanged: %j', (state) => {
    expect(throughAddress(state)).toEqual(state);
  });

  test('unknown names, repeated names and too many groups fall away', () => {
    const read = readExplorerState(
      new URLSearchParams(
        'group=model|nonsense|model|meter|mode|region&show=cost|password&chart=pie&line=-3',
      ),
    );
    expect(read.groupBy).toEqual(['model', 'meter', 'mode']);
    expect(read.measures).toEqual(['cost']);
    expect(read.form).toBe('auto');
    expect(read.line).toBeNull();
  });
});
