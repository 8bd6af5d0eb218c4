// Finds or adds a line series: the distinct tuple of everything repeated about a line, with its classification.
import type { LineDimensions, LineMeaning } from '../../../shared/domain/usage/line.ts';
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
};

const COLUMNS = [
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
    `INSERT INTO line_series (key, ${COLUMNS.join(', ')}) VALUES (?, ${COLUMNS.map(() => '?').join(', ')})`,
  );
  return {
    idOf(series) {
      const values = columnsOf(series, dictionaries);
      // Unusual for a key, but exact: the same texts with another classification are another series.
      const key = values.map((value) => value ?? '').join('|');
      return find.get(key) ?? Number(insert.run(key, ...values).lastInsertRowid);
    },
  };
}

function columnsOf(series: SeriesDescription, dictionaries: Dictionaries): (string | number | null)[] {
  const { meaning } = series;
  const { classification, unit } = meaning;
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
    classification?.ruleId ?? null,
    classification?.family ?? null,
    id('provider', classification?.provider ?? null),
    id('model', classification?.model ?? null),
    meaning.modelTier,
    classification?.meter ?? null,
    id('variant', classification?.variant ?? null),
    classification?.mode ?? null,
    classification?.term ?? null,
    classification?.regionTier ?? null,
    classification?.contextBand ?? null,
    unit?.baseUnit ?? null,
    unit?.multiplier ?? null,
  ];
}
