// The distinct tuples of a run: which class, delivery and roll-up series a line's identifying texts lead to.
// A line costs a few look-ups here; rules, dictionaries and series are asked once per distinct tuple.
import { type LineKind, lineKindOf } from '../../../shared/domain/spend/bases.ts';
import { clueOf } from '../../../shared/domain/usage/ai-clues.ts';
import type { LineDimensions, LineMeaning } from '../../../shared/domain/usage/line.ts';
import { isMarketplace } from '../../../shared/domain/usage/predicate.ts';
import type { SeriesDescription } from '../db/series.ts';
import { needsCommitmentAmounts } from './amounts.ts';
import type { Field } from './columns.ts';
import { countsList, cur, type FocusTexts } from './focus.ts';
import type { Binding } from './header.ts';
import { type Interner, type TupleTable, tupleIndex } from './interning.ts';
import { NO_PRODUCT, type ProductMap, readProduct } from './maps.ts';
import {
  IS_KNOWN,
  type Knowledge,
  NEEDS_COMMITMENT_AMOUNTS,
  NEEDS_LABELS,
  NEEDS_TEXT,
  STANDS_ALONE,
} from './page-writer.ts';
import { type Cursor, fieldsAt } from './record-page.ts';
import { type Evidence, evidenceIn, type Run } from './run.ts';
import { MOST_ROWS } from './split.ts';
import { type CUR_TUPLE_FIELDS, tupleFields } from './tuple-fields.ts';

export type TupleTexts = Readonly<Record<(typeof CUR_TUPLE_FIELDS)[number], string | null>>;

/** Report, period, then the fields. */
const FIRST_FIELD = 2;

export type TupleInfo = {
  readonly index: number;
  /** Why no line of this tuple can be taken; null for a good one. */
  readonly refusal: { readonly field: Field; readonly reason: string } | null;
  readonly meaning: LineMeaning;
  readonly texts: TupleTexts;
  readonly product: ProductMap;
  readonly delivery: number;
  readonly evidence: Evidence | null;
  readonly kind: LineKind;
  /** False where the list cost of the line is that of a commitment, which the usage it covers states again. */
  readonly countsList: boolean;
  readonly currency: string;
  /** Whether a rule or a clue of another service's line says AI. */
  readonly looksLikeAi: boolean;
  /** Series of the roll-up, made when the first line needs it. */
  rollupSeries: number;
};

/** The tuples of one file's records. */
export type TupleReader = {
  readonly run: Run;
  readonly binding: Binding;
  readonly report: string;
  readonly fields: readonly Field[];
  readonly periods: Interner;
  readonly periodSlot: number;
  /** The parts that the file has columns for. */
  readonly parts: readonly { readonly slot: number; readonly part: number; readonly interner: Interner }[];
  /** The tuple that is being read. */
  readonly ids: Int32Array;
  readonly table: TupleTable;
  readonly infos: TupleInfo[];
  /** Index of the tuple of each numbered row; −1 where it was not read. */
  readonly tupleOfRow: Int32Array;
  readonly knowledge: Knowledge;
};

export function createTupleReader(
  run: Run,
  binding: Binding,
  report: string,
  knowledge: Knowledge,
): TupleReader {
  const fields = tupleFields(binding.isFocus);
  const ids = new Int32Array(FIRST_FIELD + fields.length);
  ids[0] = run.reports.idOfText(`${binding.format} ${report}`);
  return {
    run,
    binding,
    report,
    fields,
    periods: run.internerOf('period'),
    periodSlot: binding.slot.period >= 0 ? binding.slot.period : binding.slot.usageStart,
    parts: fields
      .map((field, index) => ({
        slot: binding.slot[field],
        part: FIRST_FIELD + index,
        interner: run.internerOf(field),
      }))
      .filter(({ slot }) => slot >= 0),
    ids,
    ...run.tuplesOf(ids.length),
    tupleOfRow: new Int32Array(MOST_ROWS).fill(-1),
    knowledge,
  };
}

/** The tuple of the record. */
export function tupleAt(reader: TupleReader, at: Cursor): TupleInfo {
  const { tupleOfRow, infos } = reader;
  const row = at.page.row[at.record] as number;
  const recalled = row < 0 ? -1 : (tupleOfRow[row] as number);
  if (recalled >= 0) return infos[recalled] as TupleInfo;
  readIds(reader, at);
  const index = tupleIndex(reader.table, reader.ids);
  const info = infos[index] ?? describe(reader);
  infos[index] = info;
  if (row >= 0) {
    tupleOfRow[row] = index;
    reader.knowledge.rows[row] = needsOf(info, reader.run.everyLine);
  }
  return info;
}

function readIds({ ids, parts, periods, periodSlot }: TupleReader, at: Cursor): void {
  const { buffer, starts, ends, escaped } = fieldsAt(at);
  const start = starts[periodSlot] as number;
  ids[1] = periods.idOf(buffer, start, Math.min(start + 7, ends[periodSlot] as number), 0);
  for (const { slot, part, interner } of parts) {
    ids[part] = interner.idOf(buffer, starts[slot] as number, ends[slot] as number, escaped[slot] as number);
  }
}

/** What further records of such a row have to bring along. */
function needsOf({ refusal, meaning, kind }: TupleInfo, everyLine: boolean): number {
  if (refusal !== null) return IS_KNOWN | NEEDS_TEXT;
  return (
    IS_KNOWN |
    (meaning.lineClass === 'other' && !everyLine ? 0 : NEEDS_LABELS) |
    (needsCommitmentAmounts(kind.amortizedCase) ? NEEDS_COMMITMENT_AMOUNTS : 0) |
    // Its net amount is a share of the line's own.
    (kind.amortizedCase === 'unusedSavingsPlan' ? STANDS_ALONE : 0)
  );
}

/** The texts of the current tuple by field. */
function statedTexts({ run, fields, ids }: TupleReader): Record<string, string | null> {
  return Object.fromEntries(
    fields.map((field, part) => {
      const text = run.internerOf(field).textOf(ids[FIRST_FIELD + part] as number);
      return [field, text === '' ? null : text];
    }),
  );
}

function describe(reader: TupleReader): TupleInfo {
  const { run, binding, report, ids } = reader;
  const stated = statedTexts(reader);
  const texts = binding.isFocus ? cur(stated as FocusTexts) : (stated as TupleTexts);
  const period = run.internerOf('period').textOf(ids[1] as number);
  const product = texts.productMap === null ? NO_PRODUCT : readProduct(texts.productMap);
  const refusal = refusalOf(period, texts, product);
  noteShortAccounts(run, texts);
  const key = {
    payer: texts.payer ?? '',
    kind: binding.format,
    report,
    period,
    billingEntity: texts.billingEntity ?? '',
  };
  const delivery = refusal === null ? run.deliveryOf(key, binding.missing) : -1;
  const dimensions = dimensionsOf(texts, product ?? NO_PRODUCT, null, null);
  const currency = texts.currency ?? '';
  const state = run.deliveries[delivery];
  const meaning = run.interpret(dimensions);
  const { service, classification } = meaning;
  return {
    index: run.nextTuple++,
    refusal,
    meaning,
    texts,
    product: product ?? NO_PRODUCT,
    delivery,
    evidence: state === undefined ? null : evidenceIn(state, currency),
    kind: lineKindOf(texts.chargeType, isMarketplace(dimensions)),
    countsList: !binding.isFocus || countsList(stated as FocusTexts),
    currency,
    looksLikeAi: classification !== null || clueOf({ service, usageType: texts.usageType }) !== null,
    rollupSeries: 0,
  };
}

/** An account id of AWS has twelve digits; a spreadsheet drops the zeros it begins with. */
function noteShortAccounts(run: Run, { payer, account, billingEntity }: TupleTexts): void {
  if (billingEntity !== null && !/^(AWS|AISPL)\b/u.test(billingEntity)) return;
  for (const id of [payer, account]) {
    if (id !== null && /^\d{1,11}$/u.test(id)) run.shortAccounts.add(id);
  }
}

/** Ids that a spreadsheet has turned into a rounded number: their digits are lost. */
const ROUNDED_ID = /^\d(?:[.,]\d+)?E\+?\d+$/iu;
const ID_FIELDS = ['payer', 'account', 'invoice'] as const;

function refusalOf(period: string, texts: TupleTexts, product: ProductMap | null): TupleInfo['refusal'] {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/u.test(period)) {
    return { field: 'period', reason: 'is not a date like 2026-04-01T00:00:00Z' };
  }
  if (texts.currency === null) return { field: 'currency', reason: 'is blank, so the cost has no currency' };
  const rounded = ID_FIELDS.find((field) => ROUNDED_ID.test(texts[field] ?? ''));
  if (rounded !== undefined) {
    return {
      field: rounded,
      reason:
        'is an id that a spreadsheet has rounded; its digits are lost. Import the file as AWS delivered it',
    };
  }
  if (product === null) return { field: 'productMap', reason: 'is not a JSON object' };
  return null;
}

/** What the rules are asked about a line. */
export function dimensionsOf(
  texts: TupleInfo['texts'],
  product: ProductMap,
  description: string | null,
  resource: string | null,
): LineDimensions {
  return {
    billingEntity: texts.billingEntity,
    productCode: texts.productCode,
    productName: texts.productName ?? product.name,
    productModel: product.model,
    usageType: texts.usageType,
    operation: texts.operation,
    chargeType: texts.chargeType,
    unit: texts.unit,
    description,
    region: texts.region ?? texts.regionFallback ?? product.region,
    resource,
  };
}

/** What is held of lines that the rules have nothing to say about. */
export function asOther(meaning: LineMeaning): LineMeaning {
  return { ...meaning, classification: null, modelTier: null, unit: null };
}

/** What the lines of a tuple are summed under: the roll-up's key, and nothing that would make it longer. */
export function rollupSeriesOf(info: TupleInfo): SeriesDescription {
  const { texts, meaning } = info;
  return {
    payer: texts.payer,
    account: texts.account,
    invoice: texts.invoice,
    billingEntity: texts.billingEntity,
    legalEntity: null,
    productCode: null,
    productName: null,
    productModel: null,
    usageType: texts.usageType,
    operation: null,
    statedRegion: null,
    chargeType: texts.chargeType,
    currency: info.currency,
    unit: texts.unit,
    description: null,
    resource: null,
    principal: null,
    tagSet: null,
    costCategorySet: null,
    summedAs: null,
    meaning: asOther(meaning),
  };
}
