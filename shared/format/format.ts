// Numbers, money, tokens and days as text, the same in screens, terminal and documents. The only place that rounds.

export const NUMBER_STYLES = ['comma', 'point', 'space', 'apostrophe'] as const;
/** How digits are grouped: 1,234.5 · 1.234,5 · 1 234,5 · 1’234.5 */
export type NumberStyle = (typeof NUMBER_STYLES)[number];

export const DATE_STYLES = ['day-first', 'month-first', 'iso'] as const;
/** 1 Aug 2026 · Aug 1, 2026 · 2026-08-01 */
export type DateStyle = (typeof DATE_STYLES)[number];

export type FormatOptions = { readonly numbers: NumberStyle; readonly dates: DateStyle };
export const DEFAULT_FORMAT: FormatOptions = { numbers: 'comma', dates: 'day-first' };

/** What stands where no figure is known: never a zero. */
export const UNKNOWN = '—';
export const MINUS = '−';
const NARROW_SPACE = '\u202f';
const FIXED_SPACE = '\u00a0';

type Days = { readonly from: string; readonly to: string };

/** Sign between groups of three digits, and before the decimals. */
export const SEPARATORS: Readonly<Record<NumberStyle, { group: string; decimal: string }>> = {
  comma: { group: ',', decimal: '.' },
  point: { group: '.', decimal: ',' },
  space: { group: NARROW_SPACE, decimal: ',' },
  apostrophe: { group: '’', decimal: '.' },
};

const TOKEN_STEPS = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const;
const MONEY_STEPS = [
  [1e9, 'bn'],
  [1e6, 'm'],
  [1e3, 'k'],
] as const;
const BYTE_STEPS = [
  [1e12, 'TB'],
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
] as const;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

export type Format = ReturnType<typeof createFormat>;

/** Formatters for one choice of styles. Every function takes null (or a non-number) for "not known" and prints `—`. */
export function createFormat(options: FormatOptions = DEFAULT_FORMAT) {
  const number = createNumbers(options.numbers);
  const days = createDays(options.dates);

  /** Digits of an amount without its currency: two decimals, or two significant digits below a cent. */
  const amount = (value: number | null): string => {
    if (!known(value)) return UNKNOWN;
    const size = Math.abs(value);
    return size > 0 && size < 0.005 ? number(value, 0, 12, 2) : number(value, 2, 2);
  };
  /** `$1,234.56`; below a cent two significant digits, so that something never reads as nothing. */
  const money = (value: number | null, currency: string): string => withSymbol(amount(value), currency);
  /** `$40.2 k`, for ticks and tiles. */
  const moneyShort = (value: number | null, currency: string): string => {
    if (!known(value)) return UNKNOWN;
    const step = stepOf(value, MONEY_STEPS);
    if (step === null) return withSymbol(trimmed(number, value), currency);
    return withSymbol(`${number(value / step[0], 0, 1)}${NARROW_SPACE}${step[1]}`, currency);
  };
  /** `$9.8 k to $21.4 k`; in full where the short ends would read the same. */
  const moneyEnds = (
    low: number | null,
    high: number | null,
    currency: string,
  ): readonly [string, string] => {
    const ends = [moneyShort(low, currency), moneyShort(high, currency)] as const;
    return ends[0] === ends[1] ? [money(low, currency), money(high, currency)] : ends;
  };
  const moneyRange = (low: number | null, high: number | null, currency: string): string =>
    moneyEnds(low, high, currency).join(' to ');
  /** A unit price keeps its significant digits: `$0.0000175`, `$17.50`. */
  const unitPrice = (value: number | null, currency: string): string => {
    if (!known(value)) return UNKNOWN;
    const size = Math.abs(value);
    // Whole cents keep both decimals: $0.20, not $0.2.
    const plain = size === 0 || size >= 1 || Number.isInteger(Number((size * 100).toPrecision(9)));
    return withSymbol(plain ? number(value, 2, 4) : number(value, 2, 12, 6), currency);
  };
  const count = (value: number | null): string => (known(value) ? number(value, 0, 0) : UNKNOWN);
  /** A quantity in its own unit: up to three decimals. */
  const quantity = (value: number | null): string => {
    if (!known(value)) return UNKNOWN;
    return Math.abs(value) > 0 && Math.abs(value) < 0.01 ? number(value, 0, 12, 3) : number(value, 0, 3);
  };
  /** `1.24 B`, `38.2 M`; whole below a thousand. */
  const tokens = (value: number | null): string => {
    if (!known(value)) return UNKNOWN;
    const step = stepOf(value, TOKEN_STEPS);
    if (step === null) return number(value, 0, 0);
    const scaled = value / step[0];
    const decimals = Math.abs(scaled) >= 99.95 ? 0 : Math.abs(scaled) >= 9.995 ? 1 : 2;
    return `${number(scaled, decimals, decimals)}${NARROW_SPACE}${step[1]}`;
  };
  /** A share (0…1) in percent. Never rounds to none or all what is neither. */
  const percent = (share: number | null, decimals = 1): string => {
    if (!known(share)) return UNKNOWN;
    const smallest = 10 ** -decimals;
    const value = share * 100;
    const text = (digits: number): string => `${number(digits, decimals, decimals)}%`;
    if (value > 0 && value < smallest / 2) return `<${text(smallest)}`;
    if (value < 0 && value > -smallest / 2) return `>${text(-smallest)}`;
    if (value < 100 && value > 100 - smallest / 2) return `>${text(100 - smallest)}`;
    return text(value);
  };
  const signed = (text: string, value: number | null): string =>
    known(value) && value > 0 ? `+${text}` : text;
  const bytes = (value: number | null): string => {
    if (!known(value)) return UNKNOWN;
    const step = stepOf(value, BYTE_STEPS);
    if (step === null) return `${number(value, 0, 0)}${FIXED_SPACE}B`;
    return `${number(value / step[0], 0, 1)}${FIXED_SPACE}${step[1]}`;
  };

  return {
    options,
    ...days,
    amount,
    money,
    moneyShort,
    moneyEnds,
    moneyRange,
    unitPrice,
    count,
    quantity,
    tokens,
    percent,
    bytes,
    duration,
    /** A difference of money with its sign. */
    moneyChange: (value: number | null, currency: string): string => signed(money(value, currency), value),
    moneyShortChange: (value: number | null, currency: string): string =>
      signed(moneyShort(value, currency), value),
    /** A relative change (0.1 = ten percent more) with its sign. */
    percentChange: (value: number | null, decimals = 1): string => signed(percent(value, decimals), value),
    /** A number with up to `decimals` decimals. */
    decimal: (value: number | null, decimals: number): string =>
      known(value) ? number(value, 0, decimals) : UNKNOWN,
  };
}

function known(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

type NumberText = (value: number, least: number, most: number, significant?: number) => string;

function createNumbers(style: NumberStyle): NumberText {
  const { group, decimal } = SEPARATORS[style];
  const cache = new Map<number, Intl.NumberFormat>();
  const formatter = (least: number, most: number, significant: number | undefined): Intl.NumberFormat => {
    // No number of digits reaches 100.
    const key = (least * 100 + most) * 100 + (significant ?? 99);
    const found = cache.get(key);
    if (found !== undefined) return found;
    const digits =
      significant === undefined
        ? { minimumFractionDigits: least, maximumFractionDigits: most }
        : { maximumSignificantDigits: significant };
    const made = new Intl.NumberFormat('en-US', digits);
    cache.set(key, made);
    return made;
  };
  const isEnglish = group === ',' && decimal === '.';
  return (value, least, most, significant) => {
    const english = formatter(least, most, significant).format(Math.abs(value));
    const text = isEnglish ? english : english.replace(/[,.]/gu, (sign) => (sign === ',' ? group : decimal));
    return value < 0 && /[1-9]/u.test(text) ? `${MINUS}${text}` : text;
  };
}

function trimmed(number: NumberText, value: number): string {
  const size = Math.abs(value);
  return size === 0 || size >= 1 ? number(value, 0, size < 10 ? 2 : 0) : number(value, 0, 12, 2);
}

/** The largest step that the value reaches once it is rounded to three digits, so that 999,950 reads 1 M. */
function stepOf<S extends readonly [number, string]>(value: number, steps: readonly S[]): S | null {
  return steps.find(([size]) => Math.abs(value) >= size * 0.99995) ?? null;
}

const SYMBOLS = new Map<string, string>();

/** `$`, `€`, `¥` … or the code and a space where the currency has no sign of its own. */
export function currencySymbol(currency: string): string {
  const found = SYMBOLS.get(currency);
  if (found !== undefined) return found;
  const symbol = symbolOf(currency);
  SYMBOLS.set(currency, symbol);
  return symbol;
}

function symbolOf(currency: string): string {
  if (!/^[A-Z]{3}$/u.test(currency)) return currency === '' ? '' : `${currency}${FIXED_SPACE}`;
  const parts = new Intl.NumberFormat('en-US', { style: 'currency', currency }).formatToParts(0);
  const symbol = parts.find(({ type }) => type === 'currency')?.value ?? currency;
  return /[A-Za-z]$/u.test(symbol) ? `${symbol}${FIXED_SPACE}` : symbol;
}

function withSymbol(digits: string, currency: string): string {
  if (digits === UNKNOWN) return digits;
  const negative = digits.startsWith(MINUS);
  return `${negative ? MINUS : ''}${currencySymbol(currency)}${negative ? digits.slice(1) : digits}`;
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
function duration(seconds: number | null): string {
  if (!known(seconds)) return UNKNOWN;
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}${FIXED_SPACE}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return joined(`${minutes}${FIXED_SPACE}min`, whole % 60, 's');
  return joined(`${Math.floor(minutes / 60)}${FIXED_SPACE}h`, minutes % 60, 'min');
}

function joined(large: string, small: number, unit: string): string {
  return small === 0 ? large : `${large}${FIXED_SPACE}${small}${FIXED_SPACE}${unit}`;
}

function createDays(style: DateStyle) {
  const parts = (iso: string): { year: string; month: string; day: number } | null => {
    const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?/u.exec(iso);
    const month = match === null ? undefined : MONTHS[Number(match[2]) - 1];
    return match === null || month === undefined
      ? null
      : { year: match[1] ?? '', month, day: Number(match[3] ?? '1') };
  };
  const dayShort = (iso: string): string => {
    const found = parts(iso);
    if (found === null) return iso;
    if (style === 'iso') return iso.slice(5, 10);
    return style === 'day-first' ? `${found.day} ${found.month}` : `${found.month} ${found.day}`;
  };
  const day = (iso: string): string => {
    const found = parts(iso);
    if (found === null || style === 'iso') return iso.slice(0, 10);
    return `${dayShort(iso)}${style === 'month-first' ? ',' : ''} ${found.year}`;
  };
  const month = (iso: string): string => {
    const found = parts(iso);
    if (found === null || style === 'iso') return iso.slice(0, 7);
    return `${found.month} ${found.year}`;
  };
  return {
    day,
    dayShort,
    month,
    /** Days from and to, shortened where they share month or year; whole months by name. */
    period: (period: Days | null): string => {
      if (period === null) return 'All held days';
      return periodText(period, day, dayShort, month);
    },
    /** An instant in UTC, to the minute. */
    dateTime: (iso: string): string => `${day(iso)} ${iso.slice(11, 16)} UTC`,
  };
}

type DayText = (iso: string) => string;

function periodText({ from, to }: Days, day: DayText, dayShort: DayText, month: DayText): string {
  if (from === to) return day(from);
  const wholeMonths = from.endsWith('-01') && to.slice(8) === lastDayOf(to.slice(0, 7));
  if (wholeMonths) {
    if (from.slice(0, 7) === to.slice(0, 7)) return month(from);
    const first =
      from.slice(0, 4) === to.slice(0, 4) ? month(from).replace(` ${from.slice(0, 4)}`, '') : month(from);
    return `${first} – ${month(to)}`;
  }
  return `${from.slice(0, 4) === to.slice(0, 4) ? dayShort(from) : day(from)} – ${day(to)}`;
}

/** Two digits of the last day of `YYYY-MM`. */
function lastDayOf(isoMonth: string): string {
  const [year = 0, month = 0] = isoMonth.split('-').map(Number);
  return String(new Date(Date.UTC(year, month, 0)).getUTCDate());
}
