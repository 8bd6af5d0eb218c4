// Prices in words: `$3.00 / 1M tokens`, where they hold, and since when.
import { METERS } from '../../../shared/domain/usage/vocabulary.ts';
import type { Format } from '../../../shared/format/format.ts';
import { perText } from '../../../shared/format/per.ts';
import type { CatalogRow } from './pricing-state.ts';

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
  return anyRegion ? 'Any commercial region' : 'Region not stated';
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
