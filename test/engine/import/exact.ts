// Exact decimal sums of a CSV column, by papaparse and BigInt: shares no code with the importer.
import Papa from 'papaparse';

const SCALE = 40;

/** The number as an integer of 10^-40; throws when it has more decimals. */
function scaled(text: string): bigint {
  const match = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:[eE](?<exponent>[+-]?\d+))?$/u.exec(text);
  if (match?.groups === undefined) throw new Error(`no number: ${text}`);
  const { sign, whole = '', fraction = '', exponent = '0' } = match.groups;
  const shift = SCALE - fraction.length + Number(exponent);
  if (shift < 0) throw new Error(`too many decimals: ${text}`);
  const value = BigInt(whole + fraction) * 10n ** BigInt(shift);
  return sign === '-' ? -value : value;
}

function asNumber(value: bigint): number {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0');
  const text = `${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`;
  return Number(value < 0n ? `-${text}` : text);
}

export type ExactTotal = { rows: number; sum: number; absolute: number };

/** Σ of `amount` and Σ|amount| per value of the key columns (joined with a space), exact before rounding once. */
export function exactTotals(csv: string, amount: string, keys: readonly string[]): Map<string, ExactTotal> {
  const { data } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  const sums = new Map<string, { rows: number; sum: bigint; absolute: bigint }>();
  for (const row of data) {
    const key = keys.map((name) => row[name] ?? '').join(' ');
    const held = sums.get(key) ?? { rows: 0, sum: 0n, absolute: 0n };
    const value = scaled(row[amount] === '' ? '0' : (row[amount] ?? ''));
    held.rows++;
    held.sum += value;
    held.absolute += value < 0n ? -value : value;
    sums.set(key, held);
  }
  return new Map(
    [...sums].map(([key, { rows, sum, absolute }]) => [
      key,
      { rows, sum: asNumber(sum), absolute: asNumber(absolute) },
    ]),
  );
}
