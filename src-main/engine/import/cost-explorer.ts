// Reads a Cost Explorer download: a table of totals per service and month, in either direction. It holds no line items.
import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import { unsupported } from './header.ts';
import { fileError } from './open-source.ts';

export type ExplorerTotal = {
  readonly service: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly currency: string;
  readonly amount: number;
};

/** Downloads have a few hundred cells; anything larger is something else. */
const MAX_BYTES = 16 * 1024 ** 2;

/** Rows and columns that add up the others. */
const TOTAL_NAME = /^(total( costs?)?|service total)\b/iu;
const DATE = /^(\d{4})-(\d{2})(-\d{2})?$/u;
const CURRENCY_SIGNS: Readonly<Record<string, string>> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '¥': 'JPY',
};

/** Totals of the file per service and month. Throws `unsupported_format` when it is no download grouped by service. */
export async function readCostExplorer(path: string): Promise<ExplorerTotal[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fileError(path, error);
  });
  if (text.length > MAX_BYTES) throw unsupported(path, 'it is too large for a Cost Explorer download.');
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/u, ''), { skipEmptyLines: true });
  const [header = [], ...rows] = data;
  if (!/^service$/iu.test(header[0]?.trim() ?? '')) {
    throw unsupported(
      path,
      `it is no Cost Explorer download grouped by service (its first column is "${(header[0] ?? '').slice(0, 60)}"). Group by service, by month or by day, and download it again.`,
    );
  }
  const cells = header.slice(1).some((name) => DATE.test(plainName(name)))
    ? servicesDown(header, rows)
    : servicesAcross(header, rows);
  const totals = addUp(cells, path);
  if (totals.length === 0) throw unsupported(path, 'it holds no amount of a service in a month.');
  return totals;
}

type Cell = {
  readonly service: string;
  readonly date: string;
  readonly currency: string;
  readonly text: string;
};

/** One column a service, one row a date: how the console writes it. */
function servicesAcross(header: readonly string[], rows: readonly string[][]): Cell[] {
  return rows.flatMap((row) =>
    header.slice(1).map((name, index) => ({
      service: plainName(name),
      date: row[0]?.trim() ?? '',
      currency: currencyOf(name),
      text: row[index + 1] ?? '',
    })),
  );
}

/** One row a service, one column a date. */
function servicesDown(header: readonly string[], rows: readonly string[][]): Cell[] {
  return rows.flatMap((row) =>
    header.slice(1).map((name, index) => ({
      service: plainName(row[0] ?? ''),
      date: plainName(name),
      currency: currencyOf(name),
      text: row[index + 1] ?? '',
    })),
  );
}

/** `Amazon Bedrock($)` without its currency. A model's name may end in brackets too, so only a currency goes. */
function plainName(name: string): string {
  return name.trim().replace(/\s*\((?:[A-Z]{3}|[$€£₹¥])\)$/u, '');
}

function currencyOf(name: string): string {
  const sign = /\(([A-Z]{3}|[$€£₹¥])\)$/u.exec(name.trim())?.[1] ?? '$';
  return CURRENCY_SIGNS[sign] ?? sign;
}

/** Days into months; totals of the table left out, since they count everything a second time. */
function addUp(cells: readonly Cell[], path: string): ExplorerTotal[] {
  const sums = new Map<string, { readonly total: Omit<ExplorerTotal, 'amount'>; readonly sum: Sum }>();
  for (const { service, date, currency, text } of cells) {
    const found = DATE.exec(date);
    if (found === null || TOTAL_NAME.test(service) || text.trim() === '') continue;
    const amount = Number(text);
    if (!Number.isFinite(amount))
      throw unsupported(path, `"${text.slice(0, 60)}" (${service}, ${date}) is no amount.`);
    const month = `${found[1]}-${found[2]}`;
    const key = JSON.stringify([service, month, currency]);
    const held = sums.get(key) ?? { total: { service, month, currency }, sum: emptySum() };
    sums.set(key, held);
    addTo(held.sum, amount);
  }
  return [...sums.values()].map(({ total, sum }) => ({ ...total, amount: totalOf(sum) }));
}
