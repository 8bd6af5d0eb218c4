// What the sample truly holds, added up while it is generated and never through the importer: the answer sheet of an import.
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import { INFERENCE_TOKEN_METERS } from '../../../shared/domain/usage/vocabulary.ts';
import type { SampleLine } from './lines.ts';

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
  const meter = meaning?.meter ?? null;
  return meter !== null && (INFERENCE_TOKEN_METERS as readonly string[]).includes(meter)
    ? quantity * multiplier
    : 0;
}

const figures = ({ lineItems, unblended, netUnblended, tokens }: Running): Figures => ({
  lineItems,
  unblended: totalOf(unblended),
  netUnblended: totalOf(netUnblended),
  tokens: totalOf(tokens),
});

/** Keeps the true totals while lines go by. */
export function keepTruth(): TruthKeeper {
  const all = running();
  const bedrock = running();
  const unknown = running();
  const periods = new Map<string, Running>();
  const charges = new Map<string, Running>();
  const groups = Object.keys(GROUPS).map((name) => ({ name, sums: new Map<string, Running>() }));
  const into = (map: Map<string, Running>, key: string): Running => {
    const held = map.get(key) ?? running();
    map.set(key, held);
    return held;
  };
  return {
    add(line, period) {
      count(all, line);
      count(into(periods, period), line);
      count(into(charges, line.chargeType), line);
      if (!line.isBedrock) return;
      count(bedrock, line);
      if (line.meaning?.family === 'unknown') count(unknown, line);
      for (const { name, sums } of groups) count(into(sums, JSON.stringify(GROUPS[name]?.(line))), line);
    },
    read: (seed, format) => ({
      schemaVersion: 1,
      note: 'Synthetic. Totals kept by the generator itself, for checking an import against.',
      seed,
      format,
      currency: 'USD',
      rows: all.lineItems,
      byPeriod: [...periods].map(([period, sum]) => ({
        period,
        rows: sum.lineItems,
        unblended: totalOf(sum.unblended),
      })),
      byChargeType: [...charges].map(([chargeType, sum]) => ({
        chargeType,
        rows: sum.lineItems,
        unblended: totalOf(sum.unblended),
      })),
      bedrock: {
        ...figures(bedrock),
        unknownLineItems: unknown.lineItems,
        unknownUnblended: totalOf(unknown.unblended),
        groups: Object.fromEntries(
          groups.map(({ name, sums }) => [
            name,
            [...sums].map(([key, sum]) => ({ key: JSON.parse(key) as (string | null)[], ...figures(sum) })),
          ]),
        ),
      },
    }),
  };
}
