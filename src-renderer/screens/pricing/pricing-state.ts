// What the pricing screen shows, as data, and how that stands in the address.
import type { Input, Output } from '../../../shared/contract/methods.ts';
import { METER_NAMES, MODES } from '../../../shared/domain/usage/vocabulary.ts';

export type CatalogRow = Output<'catalog.search'>['rows'][number];
export type PriceQuestion = Input<'catalog.price'>;

export type PricingState = {
  readonly text: string;
  readonly provider: string | null;
  readonly meter: string | null;
  readonly mode: string | null;
  readonly region: string | null;
  /** The price whose detail is open. */
  readonly open: string | null;
  /** Whether the form that asks for one price is open. */
  readonly asking: boolean;
  /** Whether the versions of the catalog are shown in place of its prices. */
  readonly versions: boolean;
};

export const INITIAL_PRICING: PricingState = {
  text: '',
  provider: null,
  meter: null,
  mode: null,
  region: null,
  open: null,
  asking: false,
  versions: false,
};

const known = (values: readonly string[], value: string | null): string | null =>
  value !== null && values.includes(value) ? value : null;

const filled = (value: string | null): string | null => (value === null || value === '' ? null : value);

export function readPricingState(parameters: URLSearchParams): PricingState {
  return {
    text: (parameters.get('q') ?? '').slice(0, 256),
    provider: filled(parameters.get('provider')),
    meter: known(METER_NAMES, parameters.get('meter')),
    mode: known(MODES, parameters.get('mode')),
    region: filled(parameters.get('region')),
    open: filled(parameters.get('price')),
    asking: parameters.get('ask') === '1',
    versions: parameters.get('versions') === '1',
  };
}

/** What differs from the initial state, by key; null takes the key out of the address. */
export function writePricingState(state: PricingState): Record<string, string | null> {
  return {
    q: filled(state.text),
    provider: state.provider,
    meter: state.meter,
    mode: state.mode,
    region: state.region,
    price: state.open,
    ask: state.asking ? '1' : null,
    versions: state.versions ? '1' : null,
  };
}

export const isFiltered = ({ text, provider, meter, mode, region }: PricingState): boolean =>
  text.trim() !== '' || [provider, meter, mode, region].some((value) => value !== null);

/** The question whose answer explains a catalog row: its own key, on the day it was seen. */
export function questionFor(row: CatalogRow): PriceQuestion | null {
  if (row.model === null) return null;
  return {
    model: row.model,
    meter: row.meter,
    mode: row.mode,
    term: row.term,
    variant: row.variant,
    region: row.region,
    regionTier: row.regionTier,
    contextBand: row.contextBand,
    date: null,
  };
}
