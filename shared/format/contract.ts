// Contract rates in words: what a rate is for, and what it makes of a price. Screens and the terminal print alike.
import { EVERY, OVERRIDE_PARTS } from '../domain/pricing/override.ts';
import type { RateCardRow } from '../domain/pricing/rate-card.ts';

/** What a rate names, such as `model Nova Lite, mode batch`; everything, where it names nothing. */
export function scopeText(row: RateCardRow): string {
  const named = OVERRIDE_PARTS.filter((part) => row[part] !== EVERY);
  const told = named.filter((part) => part !== 'provider' || row.model === EVERY);
  return told.length === 0 ? 'everything' : told.map((part) => `${part} ${row[part]}`).join(', ');
}

/** `20 % off list` or `$2.40 per 1M tokens`. */
export function rateText({ discount_percent: percent, price_usd: price, unit }: RateCardRow): string {
  return percent === '' ? `$${price} per ${unit}` : `${percent} % off list`;
}
