// What other contract rates would make of the usage that is held: the contracted amount before and after, by model.
import { setImmediate } from 'node:timers/promises';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import { makeContractRates } from '../../../shared/domain/pricing/contract-price.ts';
import type { Override } from '../../../shared/domain/pricing/override.ts';
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import type { Db } from '../db/open.ts';
import { type UsageSum, usageSums } from '../db/overrides.ts';
import { type PricedSeries, pricedSeries, type SeriesPrice } from '../db/prices.ts';
import { rememberedPrices } from './price-series.ts';

type Effect = NonNullable<Output<'overrides.preview'>['effect']>;
type Contracted = Effect['before'];

const MODEL_LIMIT = 200;
const SUMS_A_PAUSE = 20_000;

/**
 * Contracted amounts, in USD, of all Bedrock usage that is held: as it stands, and as `rates` would have it. Computed as
 * the lines are priced: per series and span of days, low end of a range.
 */
export async function effectOf(db: Db, catalog: Catalog, rates: readonly Override[]): Promise<Effect> {
  const look = rememberedPrices({ ...catalog, contract: makeContractRates('preview', rates) });
  const series = new Map(pricedSeries(db).map((one) => [one.id, one]));
  const models = new Map<string | null, Tally>();
  const all = emptyTally();
  for (const [index, sum] of usageSums(db).entries()) {
    const own = series.get(sum.series);
    const after = own === undefined ? null : contractedUnder(own, sum, look(own));
    const model = own?.model ?? null;
    const tally = models.get(model) ?? emptyTally();
    models.set(model, tally);
    for (const one of [tally, all]) take(one, sum, after);
    if (index % SUMS_A_PAUSE === SUMS_A_PAUSE - 1) await setImmediate();
  }
  const byModel = [...models]
    .map(([model, { listed, before, after }]) => ({
      model,
      listed: listed.lines === 0 ? null : totalOf(listed.amount),
      before: worded(before),
      after: worded(after),
    }))
    .filter(({ before, after }) => before.lines > 0 || after.lines > 0)
    .sort((left, right) => changeOf(right) - changeOf(left));
  return {
    lines: all.lines,
    invoiced: totalOf(all.invoiced),
    before: worded(all.before),
    after: worded(all.after),
    models: byModel.slice(0, MODEL_LIMIT),
  };
}

const changeOf = ({ before, after }: Pick<Effect['models'][number], 'before' | 'after'>): number =>
  Math.abs((after.contracted ?? 0) - (before.contracted ?? 0));

/** The low end of what the lines of a sum cost under the prices; null where a day of theirs has no contract price. */
function contractedUnder(
  { currency }: PricedSeries,
  { day, lastDay, quantity }: UsageSum,
  prices: readonly SeriesPrice[],
): number | null {
  if (quantity === null || currency !== 'USD') return null;
  const amounts = prices
    .filter(({ fromDay, toDay }) => fromDay <= lastDay && toDay >= day)
    .flatMap(({ contract }) =>
      contract.kind === 'contracted' ? [contract.usdPerUnitLow, contract.usdPerUnitHigh] : [null],
    );
  if (amounts.length === 0 || amounts.includes(null)) return null;
  return Math.min(...amounts.map((amount) => quantity * (amount ?? 0)));
}

type Part = { lines: number; readonly invoiced: Sum; readonly amount: Sum };
type Tally = {
  lines: number;
  readonly invoiced: Sum;
  readonly listed: Part;
  readonly before: Part;
  readonly after: Part;
};

const emptyPart = (): Part => ({ lines: 0, invoiced: emptySum(), amount: emptySum() });
const emptyTally = (): Tally => ({
  lines: 0,
  invoiced: emptySum(),
  listed: emptyPart(),
  before: emptyPart(),
  after: emptyPart(),
});

function take(tally: Tally, sum: UsageSum, after: number | null): void {
  tally.lines += sum.lines;
  addTo(tally.invoiced, sum.unblended);
  takePart(tally.listed, sum, sum.listed);
  takePart(tally.before, sum, sum.contracted);
  takePart(tally.after, sum, after);
}

function takePart(part: Part, { lines, unblended }: UsageSum, amount: number | null): void {
  if (amount === null) return;
  part.lines += lines;
  addTo(part.invoiced, unblended);
  addTo(part.amount, amount);
}

const worded = ({ lines, invoiced, amount }: Part): Contracted => ({
  lines,
  invoiced: totalOf(invoiced),
  contracted: lines === 0 ? null : totalOf(amount),
});
