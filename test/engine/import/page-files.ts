// Files as the import takes them to pages: few columns, lines that differ in what a test asks about.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { bindColumns } from '../../../src-main/engine/import/header.ts';
import type { Knowledge } from '../../../src-main/engine/import/page-writer.ts';
import { type PageSource, type Pages, pagesHere } from '../../../src-main/engine/import/pages.ts';
import { createSplitter } from '../../../src-main/engine/import/split.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-pages-'));
afterAll(() => rmSync(folder, { recursive: true }));

export const HEADER = [
  'bill/PayerAccountId',
  'bill/BillingPeriodStartDate',
  'bill/BillingEntity',
  'lineItem/UsageAccountId',
  'lineItem/LineItemType',
  'lineItem/UsageStartDate',
  'lineItem/UsageEndDate',
  'lineItem/ProductCode',
  'lineItem/UsageType',
  'lineItem/UsageAmount',
  'lineItem/CurrencyCode',
  'lineItem/UnblendedCost',
  'lineItem/LineItemDescription',
  'lineItem/ResourceId',
  'savingsPlan/SavingsPlanEffectiveCost',
];

type Line = {
  usageType?: string;
  cost?: string;
  start?: string;
  text?: string;
  product?: string;
  resource?: string;
  effective?: string;
};

export function line({
  usageType = 'USE1-NovaLite-input-tokens',
  cost = '1.5',
  start,
  text,
  product,
  resource,
  effective = '0.75',
}: Line): string {
  const day = start ?? '2026-08-03T00:00:00Z';
  return [
    ...['000000000001', '2026-08-01T00:00:00Z', 'AWS', '000000000002', 'SavingsPlanCoveredUsage', day],
    ...['2026-08-04T00:00:00Z', product ?? 'AmazonBedrock', usageType, '1e3', 'USD', cost],
    ...[text ?? '$1 per token', resource ?? '', effective],
  ].join(',');
}

export function csv(lines: readonly string[]): string {
  return `${HEADER.join(',')}\n${lines.map((each) => `${each}\n`).join('')}`;
}

export function source(name: string, content: string | Uint8Array): PageSource {
  const path = join(folder, name);
  writeFileSync(path, content);
  const compression = name.endsWith('.gz') ? 'gzip' : 'none';
  return { path, compression, entry: null, name, binding: bindColumns(HEADER, ',', name), everyLine: false };
}

export const here = (from: PageSource, knowledge?: Knowledge): Pages =>
  pagesHere(from, createSplitter(), knowledge);
