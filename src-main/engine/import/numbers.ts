// Reads numbers and times straight from the file's bytes, exactly as `Number(text)` and `Date.parse` would.

const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const UPPER_E = 0x45;
const LOWER_E = 0x65;

/** Powers of ten that a double holds exactly. */
const EXACT_POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** A mantissa up to this many digits is exact, so one multiplication or division rounds correctly. */
const EXACT_DIGITS = 15;

/** The number at [start, end), or NaN when the text is not one. Blank text is the caller's business. */
export function readNumber(buffer: Uint8Array, start: number, end: number): number {
  let position = start;
  const isNegative = buffer[position] === MINUS;
  if (isNegative || buffer[position] === PLUS) position++;
  let mantissa = 0;
  let digits = 0;
  let exponent = 0;
  let isFraction = false;
  let seen = 0;
  for (; position < end; position++) {
    const byte = buffer[position] as number;
    if (byte >= ZERO && byte <= NINE) {
      seen++;
      if (digits > 0 || byte !== ZERO) digits++;
      mantissa = mantissa * 10 + (byte - ZERO);
      if (isFraction) exponent--;
    } else if (byte === DOT && !isFraction) {
      isFraction = true;
    } else {
      break;
    }
  }
  if (seen === 0) return Number.NaN;
  if (position < end) {
    const byte = buffer[position];
    if (byte !== UPPER_E && byte !== LOWER_E) return Number.NaN;
    const power = readExponent(buffer, position + 1, end);
    if (Number.isNaN(power)) return Number.NaN;
    exponent += power;
  }
  if (mantissa === 0 && digits === 0) return 0;
  if (digits > EXACT_DIGITS || exponent > 22 || exponent < -22) return slowNumber(buffer, start, end);
  const power = EXACT_POWERS[exponent < 0 ? -exponent : exponent] as number;
  const value = exponent < 0 ? mantissa / power : mantissa * power;
  return isNegative ? -value : value;
}

function readExponent(buffer: Uint8Array, start: number, end: number): number {
  let position = start;
  const isNegative = buffer[position] === MINUS;
  if (isNegative || buffer[position] === PLUS) position++;
  if (position >= end) return Number.NaN;
  let value = 0;
  for (; position < end; position++) {
    const byte = buffer[position] as number;
    if (byte < ZERO || byte > NINE) return Number.NaN;
    value = value * 10 + (byte - ZERO);
  }
  return isNegative ? -value : value;
}

function slowNumber(buffer: Uint8Array, start: number, end: number): number {
  const value = Number(Buffer.from(buffer.buffer, buffer.byteOffset + start, end - start).toString('latin1'));
  return Number.isFinite(value) ? value : Number.NaN;
}

/**
 * Seconds since 1970 (UTC) of `2026-04-01T00:00:00Z`, `2026-04-01T00:00:00.000Z`, `2026-04-01 00:00:00[.000]`, or one
 * of these with another sign of UTC, at [start, end); NaN when the text is none of these or no such day exists. All of them are UTC.
 */
export function readTime(buffer: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length < 10) return Number.NaN;
  const day = readDay(buffer, start);
  if (length === 10) return day * 86_400;
  const separator = buffer[start + 10];
  if ((separator !== 0x54 && separator !== 0x20) || length < 19) return Number.NaN;
  if (buffer[start + 13] !== 0x3a || buffer[start + 16] !== 0x3a || !isTimeTail(buffer, start + 19, end)) {
    return Number.NaN;
  }
  const hour = twoDigits(buffer, start + 11);
  const minute = twoDigits(buffer, start + 14);
  const second = twoDigits(buffer, start + 17);
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  return day * 86_400 + hour * 3600 + minute * 60 + second;
}

/** How others than AWS write that a time is UTC: pandas and Arrow, DuckDB, Athena. */
const UTC_TAILS = ['+00:00', '+00', '+0000', ' UTC'].map((text) => Buffer.from(text));

/** After the seconds: nothing, a fraction, what says UTC, or a fraction and that. */
function isTimeTail(buffer: Uint8Array, start: number, end: number): boolean {
  let position = start;
  if (position < end && buffer[position] === DOT) {
    position++;
    while (position < end && (buffer[position] as number) >= ZERO && (buffer[position] as number) <= NINE) {
      position++;
    }
  }
  // As nearly all write it, without looking at the others.
  if (position === end || (position + 1 === end && buffer[position] === 0x5a)) return true;
  return UTC_TAILS.some((tail) => isTextAt(buffer, position, end, tail));
}

function isTextAt(buffer: Uint8Array, start: number, end: number, text: Uint8Array): boolean {
  return end - start === text.length && text.every((byte, at) => buffer[start + at] === byte);
}

function twoDigits(buffer: Uint8Array, at: number): number {
  const tens = (buffer[at] as number) - ZERO;
  const ones = (buffer[at + 1] as number) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Days since 1970-01-01 of `YYYY-MM-DD`; NaN for no such day. */
function readDay(buffer: Uint8Array, at: number): number {
  if (buffer[at + 4] !== MINUS || buffer[at + 7] !== MINUS) return Number.NaN;
  const year = twoDigits(buffer, at) * 100 + twoDigits(buffer, at + 2);
  const month = twoDigits(buffer, at + 5);
  const day = twoDigits(buffer, at + 8);
  if (Number.isNaN(year + month + day) || month < 1 || month > 12 || day < 1) return Number.NaN;
  if (day > daysInMonth(year, month)) return Number.NaN;
  // Days from the civil calendar, with March as the first month so that the leap day comes last.
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
