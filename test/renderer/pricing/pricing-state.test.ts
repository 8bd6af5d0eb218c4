// The pricing screen's filters stand in the address; a catalog says how old it is.
import { expect, test } from 'vitest';
import {
  INITIAL_PRICING,
  isFiltered,
  type PricingState,
  readPricingState,
  writePricingState,
} from '../../../src-renderer/screens/pricing/pricing-state.ts';

function throughAddress(state: PricingState): PricingState {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(writePricingState(state))) {
    if (value !== null) parameters.set(key, value);
  }
  return readPricingState(new URLSearchParams(parameters.toString()));
}

test.each<PricingState>([
  INITIAL_PRICING,
  { ...INITIAL_PRICING, text: 'claude & sonnet', provider: 'Anthropic', meter: 'cache_read', mode: 'batch' },
  { ...INITIAL_PRICING, versions: true },
  { ...INITIAL_PRICING, region: 'us-east-1', open: 'nova-lite/input', asking: true },
])('comes back unchanged: %j', (state) => {
  expect(throughAddress(state)).toEqual(state);
});

test('a meter that does not exist is no filter', () => {
  const state = readPricingState(new URLSearchParams('meter=phlogiston&mode=on_demand'));
  expect(state.meter).toBeNull();
  expect(isFiltered(state)).toBe(true);
  expect(isFiltered(INITIAL_PRICING)).toBe(false);
  expect(isFiltered({ ...INITIAL_PRICING, text: '  ' })).toBe(false);
});
