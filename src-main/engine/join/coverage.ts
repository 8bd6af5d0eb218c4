// Answers what a catalog covers, as the contract words it, with what the held bills ask of it.
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import {
  type CoverageTable,
  countHoles,
  coverCatalog,
  GRID_HOLE_IDS,
  GRID_HOLES,
  METER_GROUP_IDS,
} from '../../../shared/domain/pricing/coverage.ts';
import {
  coverUsage,
  SEEN_USAGE,
  USAGE_HOLE_IDS,
  USAGE_HOLES,
  type UsageReading,
} from '../../../shared/domain/pricing/usage-coverage.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import { billedKeys } from '../db/billed-keys.ts';
import type { Db } from '../db/open.ts';

type Answer = Output<'catalog.coverage'>;

/** Most prices one reading names. */
const NAMED_PRICES = 5;

export function answerCoverage(
  db: Db,
  catalog: Catalog,
  { region, date }: ParsedInput<'catalog.coverage'>,
  today: string,
): Answer {
  const day = date ?? today;
  const billed = billedKeys(db);
  const tables = METER_GROUP_IDS.map((group) => coverCatalog(catalog, group, { region, day, billed }));
  const usage = coverUsage(catalog, SEEN_USAGE, day);
  const counts = countHoles(tables);
  return {
    schemaVersion: 1,
    catalogVersion: catalog.version,
    date: day,
    region,
    usage: {
      strings: usage.strings,
      priced: usage.priced,
      share: usage.priced / usage.strings,
      holes: USAGE_HOLE_IDS.map((hole) => ({
        hole,
        ...USAGE_HOLES[hole],
        count: usage.holes.get(hole) ?? 0,
      })).filter(({ count }) => count > 0),
      readings: usage.readings.map(wordedReading),
    },
    holes: GRID_HOLE_IDS.map((hole) => ({
      hole,
      ...GRID_HOLES[hole],
      count: counts.get(hole) ?? 0,
    })),
    groups: tables.map(wordedTable),
    billed: {
      lines: sumOf(billed.map(({ lines }) => lines)),
      unpricedLines: sumOf(billed.map(({ unpricedLines }) => unpricedLines)),
    },
  };
}

function wordedTable({ group, columns, rows }: CoverageTable): Answer['groups'][number] {
  return {
    group,
    columns: columns.map((column) => ({ ...column })),
    rows: rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell) => (cell === null ? null : { ...cell })),
    })),
  };
}

function wordedReading({ usage, meaning, answer, hole }: UsageReading): Answer['usage']['readings'][number] {
  const { classification } = meaning;
  const prices = answer === null ? [] : answer.kind === 'priced' ? answer.chosen : answer.nearest;
  const per = prices[0]?.per ?? null;
  const priced = answer?.kind === 'priced' ? answer : null;
  return {
    usageType: usage.usageType,
    productCode: usage.productCode,
    product: usage.productName ?? usage.productModel,
    unit: usage.unit,
    family: classification?.family ?? null,
    model: classification?.model ?? null,
    meter: classification?.meter ?? null,
    variant: classification?.variant ?? null,
    mode: classification?.mode ?? null,
    region: meaning.region,
    regionTier: classification?.regionTier ?? null,
    usdLow: priced === null || per === null ? null : priced.usdPerUnitLow * per,
    usdHigh: priced === null || per === null ? null : priced.usdPerUnitHigh * per,
    per,
    hole,
    prices: prices.slice(0, NAMED_PRICES).map(({ id }) => id),
  };
}
