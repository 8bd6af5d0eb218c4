// What the sample truly holds, added up while it is generated and never through the importer: the answer sheet of an import.
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import { INFERENCE_TOKEN_METERS } from '../../../shared/domain/usage/vocabulary.ts';
import type { SampleLine } from './line.ts';

type Figures = { lineItems: number; unblended: number; netUnblended: number; tokens: number };
type Running = { lineItems: number; unblended: Sum; netUnblended: Sum; tokens: Sum };

/** Groups of the Bedrock lines, by the name of the query dimensions that must reproduce them. */
const GROUPS: Readonly<Record<string, (line: SampleLine) => readonly (string | null)[]>> = {
  chargeType: (line) => [line.chargeType],
  month: (line) => [new Date(line.start).toISOString().slice(0, 7)],
  family: (line) => [line.meaning?.family ?? null],
  mode: (line) => [line.meaning?.mode ?? null],
  billingEntity: (line) => [line.billingEntity],
  account: (line) => [line.account.id],
  'model,meter': (line) => [line.meaning?.model ?? null, line.meaning?.meter ?? null],
  'provider,regionTier': (line) => [line.meaning?.provider ?? null, line.meaning?.regionTier ?? null],
  'tag:user:Team': (line) => [line.tags.Team ?? null],
};

export type Truth = {
  readonly schemaVersion: 1;
  readonly note: string;
  readonly seed: number;
  readonly format: string;
  readonly currency: 'USD';
  readonly rows: number;
  readonly byPeriod: readonly { period: string; rows: number; unblended: number }[];
  readonly byChargeType: readonly { chargeType: string; rows: number; unblended: number }[];
  readonly bedrock: Figures & {
    readonly unknownLineItems: number;
    readonly unknownUnblended: number;
    readonly groups: Readonly<Record<string, readonly ({ key: readonly (string | null)[] } & Figures)[]>>;
  };
};

export type TruthKeeper = {
  add(line: SampleLine, period: string): void;
  read(seed: number, format: string): Truth;
};

const running = (): Running => ({
  lineItems: 0,
  unblended: emptySum(),
  netUnblended: emptySum(),
  tokens: emptySum(),
});

function count(into: Running, line: SampleLine): void {
  into.lineItems++;
  addTo(into.unblended, line.unblended);
  addTo(into.netUnblended, line.net ?? line.unblended);
  addTo(into.tokens, tokensOf(line));
}

function tokensOf({ meaning, quantity, multiplier }: SampleLine): number {
  if (meaning?.family !== 'inference' || meaning.meter === null) return 0;
  return (INFERENCE_TOKEN_METERS as readonly string[]).includes(meaning.meter) ? quantity * multiplier : 0;
}

const figures = ({ lineItems, unblended, netUnblended, tokens }: Running): Figures => ({
  lineItems,
  unblended: totalOf(unblended),
  netUnblended: totalOf(netUnblended),
  tokens: totalOf(tokens),
});

type Totals = {
  readonly all: Running;
  readonly bedrock: Running;
  readonly unknown: Running;
  readonly periods: Map<string, Running>;
  readonly charges: Map<string, Running>;
  /** Name of the grouping → key as JSON → totals. */
  readonly groups: ReadonlyMap<string, Map<string, Running>>;
};

/** Keeps the true totals while lines go by. */
export function keepTruth(): TruthKeeper {
  const totals: Totals = {
    all: running(),
    bedrock: running(),
    unknown: running(),
    periods: new Map(),
    charges: new Map(),
    groups: new Map(Object.keys(GROUPS).map((name) => [name, new Map()])),
  };
  return {
    add: (line, period) => addLine(totals, line, period),
    read: (seed, format) => readTruth(totals, seed, format),
  };
}

function addLine(totals: Totals, line: SampleLine, period: string): void {
  count(totals.all, line);
  count(into(totals.periods, period), line);
  count(into(totals.charges, line.chargeType), line);
  if (!line.isBedrock) return;
  count(totals.bedrock, line);
  if (line.meaning?.family === 'unknown') count(totals.unknown, line);
  for (const [name, sums] of totals.groups) count(into(sums, JSON.stringify(GROUPS[name]?.(line))), line);
}

function into(sums: Map<string, Running>, key: string): Running {
  const held = sums.get(key) ?? running();
  sums.set(key, held);
  return held;
}

const rowsAndCost = ({ lineItems, unblended }: Running): { rows: number; unblended: number } => ({
  rows: lineItems,
  unblended: totalOf(unblended),
});

function readTruth(totals: Totals, seed: number, format: string): Truth {
  const groups = [...totals.groups].map(([name, sums]) => [
    name,
    [...sums].map(([key, sum]) => ({ key: JSON.parse(key) as (string | null)[], ...figures(sum) })),
  ]);
  return {
    schemaVersion: 1,
    note: 'Synthetic. Totals kept by the generator itself, for checking an import against.',
    seed,
    format,
    currency: 'USD',
    rows: totals.all.lineItems,
    byPeriod: [...totals.periods].map(([period, sum]) => ({ period, ...rowsAndCost(sum) })),
    byChargeType: [...totals.charges].map(([chargeType, sum]) => ({ chargeType, ...rowsAndCost(sum) })),
    bedrock: {
      ...figures(totals.bedrock),
      unknownLineItems: totals.unknown.lineItems,
      unknownUnblended: totalOf(totals.unknown.unblended),
      groups: Object.fromEntries(groups),
    },
  };
}
