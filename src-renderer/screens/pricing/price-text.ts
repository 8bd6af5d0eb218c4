// Prices in words: `$3.00 / 1M tokens`, where they hold, and since when.
import { METERS } from '../../../shared/domain/usage/vocabulary.ts';
import type { Format } from '../../../shared/format/format.ts';
import type { CatalogRow } from './pricing-state.ts';

const PLURALS: Readonly<Record<string, string>> = {
  token: 'tokens',
  token_hour: 'token hours',
  image: 'images',
  second: 'seconds',
  search_unit: 'search units',
  text_unit: 'text units',
  query: 'queries',
  page: 'pages',
  minute: 'minutes',
  request: 'requests',
  event: 'events',
  record: 'records',
  transition: 'transitions',
  task: 'tasks',
  model_unit_hour: 'model unit hours',
  ktpm_hour: '1K TPM hours',
  custom_model_unit_minute: 'custom model unit minutes',
  custom_model_unit_month: 'custom model unit months',
  ocu_hour: 'OCU hours',
  vcpu_hour: 'vCPU hours',
  gb_hour: 'GB hours',
  gb_month: 'GB months',
  hour: 'hours',
  model_month: 'model months',
  unit: 'units',
};

/** `1M tokens`, `1K text units`, `image`: what one pays the amount for. */
export function perText(per: number, baseUnit: string): string {
  const plural = PLURALS[baseUnit] ?? baseUnit.replaceAll('_', ' ');
  if (per === 1) return plural.replace(/queries$/u, 'query').replace(/s$/u, '');
  if (per % 1e6 === 0) return `${per / 1e6}M ${plural}`;
  return per % 1000 === 0 ? `${per / 1000}K ${plural}` : `${per} ${plural}`;
}

export function unitOf({ meter, per }: Pick<CatalogRow, 'meter' | 'per'>): string {
  return perText(per, (METERS as Readonly<Record<string, string>>)[meter] ?? 'unit');
}

/** `$3.00 / 1M tokens`; a range from low to high where it is one. */
export function priceText(low: number, high: number, per: number, baseUnit: string, format: Format): string {
  const amount =
    low === high
      ? format.unitPrice(low, 'USD')
      : `${format.unitPrice(low, 'USD')} to ${format.unitPrice(high, 'USD')}`;
  return `${amount} / ${perText(per, baseUnit)}`;
}

/** Where a price holds. A lost region label is said, never guessed. */
export function regionText({ region, anyRegion }: Pick<CatalogRow, 'region' | 'anyRegion'>): string {
  if (region !== null) return region;
  return anyRegion ? 'Any commercial region' : 'Region not known';
}

/** Days a price holds. Most sources state none. */
export function effectiveText(
  { effectiveFrom, effectiveTo }: Pick<CatalogRow, 'effectiveFrom' | 'effectiveTo'>,
  format: Format,
): string | null {
  if (effectiveFrom === null && effectiveTo === null) return null;
  if (effectiveTo === null) return `from ${format.day(effectiveFrom ?? '')}`;
  if (effectiveFrom === null) return `until before ${format.day(effectiveTo)}`;
  return `${format.day(effectiveFrom)} until before ${format.day(effectiveTo)}`;
}

export const CONFIDENCE_HINTS: Readonly<Record<string, string>> = {
  official: 'Published by AWS: price list, pricing page or documentation.',
  secondary: 'Published by others, not checked against AWS.',
  assumed: 'Derived, not published. Marked wherever it is used.',
};
