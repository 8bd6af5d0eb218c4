// How the terminal prints figures: the formats of the screens, in the style that is the default there.
import { cellText } from '../../shared/format/cell.ts';
import { createFormat } from '../../shared/format/format.ts';

const format = createFormat();
export const {
  money: formatMoney,
  count: formatCount,
  bytes: formatBytes,
  duration: formatDuration,
} = format;
/** `1 line`, `2 lines`: `many` where the plural is more than an s. */
export const formatCounted = (count: number, one: string, many = `${one}s`): string =>
  `${format.count(count)} ${count === 1 ? one : many}`;
export const formatPercent = (share: number | null): string => format.percent(share);
export const formatUnitPrice = (usd: number): string => format.unitPrice(usd, 'USD');

/** One cell of an answer by its column's unit; a dimension has no unit. */
export function formatCell(value: string | number | null, unit: string | null): string {
  if (value === null || typeof value === 'string') return value ?? format.count(null);
  return cellText(format, value, unit);
}

/** Controls, and marks that turn the direction of text; tab and line feed are none. */
const CONTROLS = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu;

/** Text that cannot steer a terminal: what comes from a file may hold escape sequences. */
export const printable = (text: string): string =>
  text.replaceAll(CONTROLS, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`);
