// Finds or adds a line series: the distinct tuple of everything repeated about a line, with its classification.
import type { LineDimensions, LineMeaning } from '../../../shared/domain/usage/line.ts';
import type { Verdict } from '../../../shared/domain/usage/workspace-rules.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { Db } from './open.ts';

/** Everything repeated about a line; null where the export has no value or the line is only summed. */
export type SeriesDescription = Omit<LineDimensions, 'region'> & {
  readonly statedRegion: string | null;
  readonly payer: string | null;
  readonly account: string | null;
  readonly invoice: string | null;
  readonly legalEntity: string | null;
  readonly currency: string;
  readonly principal: string | null;
  readonly tagSet: string | null;
  readonly costCategorySet: string | null;
  readonly meaning: LineMeaning;
  /** Series under which its lines are summed; null where that is this one, or where they are kept. */
  readonly summedAs: number | null;
};

/** Columns of a series in the order of its key. */
export const SERIES_COLUMNS = [
  'line_class',
  'payer',
  'account',
  'invoice',
  'billing_entity',
  'legal_entity',
  'service',
  'product_code',
  'product_name',
  'product_model',
  'usage_type',
  'operation',
  'region',
  'stated_region',
  'charge_type',
  'currency',
  'unit',
  'description',
  'resource',
  'principal',
  'tag_set',
  'cost_category_set',
  'is_usage',
  'counts_quantity',
  'rule_id',
  'family',
  'provider',
  'model',
  'model_tier',
  'meter',
  'variant',
  'mode',
  'term',
  'region_tier',
  'context_band',
  'base_unit',
  'multiplier',
] as const;

export type SeriesStore = {
  /** Id of the series; an equal one of an earlier import is used again. */
  idOf(series: SeriesDescription): number;
};

export function openSeries(db: Db, dictionaries: Dictionaries): SeriesStore {
  const find = db.prepare<[string], number>('SELECT id FROM line_series WHERE key = ?').pluck();
  const insert = db.prepare(
    `INSERT INTO line_series (key, summed_as, ${SERIES_COLUMNS.join(', ')}) VALUES (?, ?, ${SERIES_COLUMNS.map(() => '?').join(', ')})`,
  );
  const decide = db.prepare('INSERT INTO series_rule (series_id, rule, bundled) VALUES (?, ?, ?)');
  return {
    idOf(series) {
      const values = columnsOf(series, dictionaries);
      const { summedAs } = series;
      const key = seriesKey(values, summedAs);
      const known = find.get(key);
      if (known !== undefined) return known;
      const id = Number(insert.run(key, summedAs, ...values).lastInsertRowid);
      const { decision } = series.meaning;
      if (decision !== null) decide.run(id, decision.rule, JSON.stringify(decision.bundled));
      return id;
    },
  };
}

/** Unusual for a key, but exact: the same texts with another classification are another series. */
export function seriesKey(values: readonly (string | number | null)[], summedAs: number | null): string {
  const key = values.map((value) => value ?? '').join('|');
  return summedAs === null ? key : `${key}|in ${summedAs}`;
}

type Value = string | number | null;

function columnsOf(series: SeriesDescription, dictionaries: Dictionaries): Value[] {
  const { meaning } = series;
  const id = dictionaries.idOf;
  return [
    meaning.lineClass,
    id('payer', series.payer),
    id('account', series.account),
    id('invoice', series.invoice),
    id('billing_entity', series.billingEntity),
    id('legal_entity', series.legalEntity),
    id('service', meaning.service),
    id('product_code', series.productCode),
    id('product_name', series.productName),
    id('product_model', series.productModel),
    id('usage_type', series.usageType),
    id('operation', series.operation),
    id('region', meaning.region),
    id('region', series.statedRegion),
    id('charge_type', series.chargeType),
    id('currency', series.currency),
    id('unit', series.unit),
    id('description', series.description),
    id('resource', series.resource),
    id('principal', series.principal),
    id('tag_set', series.tagSet),
    id('cost_category_set', series.costCategorySet),
    meaning.isUsage ? 1 : 0,
    meaning.countsQuantity ? 1 : 0,
    ...verdictColumns(meaning, dictionaries),
  ];
}

/** What the rules say of a series: its columns from `rule_id` to the end. */
export function verdictColumns(verdict: Omit<Verdict, 'lineClass'>, { idOf }: Dictionaries): Value[] {
  const { classification, modelTier, unit } = verdict;
  return [
    classification?.ruleId ?? null,
    classification?.family ?? null,
    idOf('provider', classification?.provider ?? null),
    idOf('model', classification?.model ?? null),
    modelTier,
    classification?.meter ?? null,
    idOf('variant', classification?.variant ?? null),
    classification?.mode ?? null,
    classification?.term ?? null,
    classification?.regionTier ?? null,
    classification?.contextBand ?? null,
    unit?.baseUnit ?? null,
    unit?.multiplier ?? null,
  ];
}
