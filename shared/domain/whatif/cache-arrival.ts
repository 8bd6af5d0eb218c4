// How often a cached prefix is found again, and from which rate of requests caching pays.
import type { CacheArrival, CacheLifetime } from './scenario.ts';

export const LIFETIME_HOURS: Readonly<Record<CacheLifetime, number>> = { '5m': 1 / 12, '30m': 0.5, '1h': 1 };

/** Price of a cache write (w) and of a cache read (r) as a multiple of uncached input. */
export type CacheFactors = { readonly write: number; readonly read: number };

/** Share of requests that find the prefix when requests come at random (Poisson) and a hit refreshes it: 1 − e^(−λT). */
export function poissonHitShare(requestsPerHour: number, lifetimeHours: number): number {
  return -Math.expm1(-requestsPerHour * lifetimeHours);
}

/** Share when requests come evenly spaced: all hit if the interval fits into the lifetime, else none. */
export function evenHitShare(requestsPerHour: number, lifetimeHours: number): number {
  return requestsPerHour * lifetimeHours >= 1 ? 1 : 0;
}

/** Hit share of an arrival pattern at one value of its parameter. */
export function hitShare(pattern: CacheArrival['pattern'], value: number, lifetime: CacheLifetime): number {
  switch (pattern) {
    case 'stated':
      return value;
    case 'poisson':
      return poissonHitShare(value, LIFETIME_HOURS[lifetime]);
    case 'even':
      return evenHitShare(value, LIFETIME_HOURS[lifetime]);
  }
}

/** Cost of a cached prefix against 1 for the same tokens uncached: w(1 − q) + r·q. */
export function costFactor(factors: CacheFactors, hits: number): number {
  return factors.write * (1 - hits) + factors.read * hits;
}

/** Hit share above which caching pays: (w − 1) ÷ (w − r); 0 where writing costs no more than input. */
export function breakEvenHitShare({ write, read }: CacheFactors): number | null {
  if (write <= 1) return read < 1 ? 0 : null;
  return read < 1 ? (write - 1) / (write - read) : null;
}

/** Reads per write above which caching pays: (w − 1) ÷ (1 − r); null when a read is no cheaper than input. */
export function breakEvenReadsPerWrite({ write, read }: CacheFactors): number | null {
  return read < 1 ? Math.max(0, (write - 1) / (1 - read)) : null;
}

/** Requests per hour above which caching pays under Poisson arrivals: −ln(1 − q*) ÷ T. */
export function breakEvenRequestsPerHour(factors: CacheFactors, lifetimeHours: number): number | null {
  const hits = breakEvenHitShare(factors);
  return hits === null || hits >= 1 ? null : -Math.log1p(-hits) / lifetimeHours;
}

/**
 * Requests per hour above which the longer lifetime is cheaper than the shorter one under Poisson arrivals:
 * ln((w₂ − r₂) ÷ (w₁ − r₁)) ÷ (T₂ − T₁), for equal read factors; null where it is never or always so.
 */
export function longerLifetimePaysFrom(
  shorter: CacheFactors & { readonly hours: number },
  longer: CacheFactors & { readonly hours: number },
): number | null {
  const ratio = (longer.write - longer.read) / (shorter.write - shorter.read);
  if (shorter.read !== longer.read || !(ratio > 1)) return null;
  return Math.log(ratio) / (longer.hours - shorter.hours);
}

/**
 * Saving of caching one prefix that is written once and then read, in the currency of the price:
 * (n·p) − (w·p + (n − 1)·r·p) for n requests with `prefixTokens` each.
 */
export function savingOfOneWrite(
  prefixTokens: number,
  requests: number,
  pricePerToken: number,
  { write, read }: CacheFactors,
): number {
  return prefixTokens * pricePerToken * (requests - write - (requests - 1) * read);
}
