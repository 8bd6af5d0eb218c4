// One figure by its unit: the same text in a table of the terminal, in a grid and beside a lever.
import type { Format } from './format.ts';

/** `ratio` as percent, `token`, `count`, `USD`, `USD/1M token`, anything else as a plain number; `—` for null. */
export function cellText(format: Format, value: number | null, unit: string | null): string {
  if (unit === 'token') return format.tokens(value);
  if (unit === 'ratio') return format.percent(value);
  if (unit === 'count') return format.count(value);
  if (unit?.includes('/') === true) return format.unitPrice(value, unit.split('/')[0] ?? 'USD');
  if (unit !== null && /^[A-Z]{3}$/u.test(unit)) return format.money(value, unit);
  return format.quantity(value);
}
