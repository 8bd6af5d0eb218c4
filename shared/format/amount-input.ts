// Reads an amount as a person types or pastes it in their own number style, and gives it back as a plain decimal.
import { type NumberStyle, SEPARATORS } from './format.ts';

/**
 * `1,234.56` → `1234.56`, `−12` → `-12`; null where the text is no number in this style. Spaces are ignored. A sign of
 * another style is refused, never reinterpreted: `1.234` is a thousand to some and one to others.
 */
export function decimalOf(typed: string, style: NumberStyle): string | null {
  const { group, decimal } = SEPARATORS[style];
  const text = typed
    .replaceAll(/[\s\u00a0\u202f]/gu, '')
    .replaceAll(/[−–]/gu, '-')
    .replaceAll("'", '’');
  const [whole = '', fraction, ...more] = text.split(decimal);
  const isGrouped = group.trim() !== '' && whole.includes(group);
  const digits = isGrouped ? new RegExp(`^-?\\d{1,3}(?:[${group}]\\d{3})+$`, 'u') : /^-?\d+$/u;
  if (more.length > 0 || !digits.test(whole)) return null;
  if (fraction !== undefined && !/^\d+$/u.test(fraction)) return null;
  const plain = isGrouped ? whole.replaceAll(group, '') : whole;
  return fraction === undefined ? plain : `${plain}.${fraction}`;
}

/** A plain decimal in the style in which it may be typed, without grouping. */
export function typedDecimal(decimal: string, style: NumberStyle): string {
  return decimal.replace('.', SEPARATORS[style].decimal);
}
