// Turns questions about prices into the catalog's answers, as the contract words them.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import {
  type KeyAnswer,
  nearNames,
  type OpenKey,
  priceOpenKey,
  summariseCatalog,
} from '../../../shared/domain/pricing/browse.ts';
import { type Catalog, NO_MODEL } from '../../../shared/domain/pricing/catalog.ts';
import { contractPrice } from '../../../shared/domain/pricing/contract-price.ts';
import { modelCard } from '../../../shared/domain/pricing/model-card.ts';
import type { Override } from '../../../shared/domain/pricing/override.ts';
import type { CatalogPrice } from '../../../shared/domain/pricing/price.ts';
import {
  type OtherWay,
  otherWays,
  type PricePeriod,
  priceHistory,
} from '../../../shared/domain/pricing/price-history.ts';
import { writeRow } from '../../../shared/domain/pricing/rate-card.ts';
import { ageInDays } from '../../../shared/domain/pricing/staleness.ts';
import { resolveModel } from '../../../shared/domain/usage/models.ts';
import { METERS, type Meter } from '../../../shared/domain/usage/vocabulary.ts';

/** Most lines one answer carries (the contract's bound). */
const ANSWER_LIMIT = 2000;
const CHOSEN_LIMIT = 50;
const PASSED_OVER_LIMIT = 200;
const SUGGESTIONS = 5;

/** Token prices are quoted per million, everything else per one, where no price says otherwise. */
const TOKENS_QUOTED = 1_000_000;

/** Answers `catalog.price`. Throws `not_found`, naming the nearest models, when the name stands for none with a price. */
export function askPrice(
  catalog: Catalog,
  input: ParsedInput<'catalog.price'>,
  today: string,
): Output<'catalog.price'> {
  const { model, prices } = pricesNamed(catalog, input.model);
  const day = input.date ?? today;
  const asked: OpenKey = { ...input, meter: input.meter as Meter | null };
  const answers = priceOpenKey(catalog, prices, asked, day).slice(0, ANSWER_LIMIT);
  const { seenTo } = summariseCatalog(catalog);
  return {
    schemaVersion: 1,
    model,
    date: day,
    catalogVersion: catalog.version,
    seenTo,
    ageDays: ageInDays(seenTo, today),
    about: model === null ? null : askModel(catalog, model, day),
    answers: answers.map((one) => {
      const answer = worded(one, contractOf(catalog, one, input.account, day));
      const elsewhere = answers.length > ELSEWHERE_ANSWERS ? [] : otherWays(catalog, one.key, day);
      return { ...answer, ...inTimeAndElsewhere(priceHistory(catalog, one.key), elsewhere, answer.per) };
    }),
  };
}

/** Answers that are looked at in all other ways to buy: more of them are a list of those ways themselves. */
const ELSEWHERE_ANSWERS = 4;
const HISTORY_LIMIT = 50;
const ELSEWHERE_LIMIT = 200;

function inTimeAndElsewhere(
  history: readonly PricePeriod[],
  elsewhere: readonly OtherWay[],
  per: number,
): Pick<Answer, 'history' | 'elsewhere'> {
  const quoted = ({ low, high }: { readonly low: number; readonly high: number }) => ({
    usdLow: forUnits(low, per),
    usdHigh: forUnits(high, per),
  });
  return {
    history: history
      .slice(-HISTORY_LIMIT)
      .map((period) => ({ from: period.from, to: period.to, ...quoted(period) })),
    elsewhere: elsewhere
      .slice(0, ELSEWHERE_LIMIT)
      .map((way) => ({ part: way.part, value: way.value, ...quoted(way) })),
  };
}

/** The model's card, as the contract words it. */
function askModel(catalog: Catalog, model: string, day: string): Output<'catalog.price'>['about'] {
  const card = modelCard(catalog, model, day);
  return {
    ...card,
    modes: card.modes.map(({ terms, limits, ...offer }) => ({
      ...offer,
      terms: [...terms],
      limits: [...limits],
    })),
    caching: card.caching === null ? null : { ...card.caching, writes: [...card.caching.writes] },
  };
}

/** The prices a name stands for: those of a model by any of its names, or of a feature (`guardrails`). */
function pricesNamed(
  catalog: Catalog,
  asked: string,
): { model: string | null; prices: readonly CatalogPrice[] } {
  const model = resolveModel(asked)?.model ?? null;
  const owned = model === null ? undefined : catalog.byOwner.get(model);
  if (owned !== undefined) return { model, prices: owned };
  const features = catalog.byOwner.get(NO_MODEL) ?? [];
  const word = asked.trim().toLowerCase();
  const named = features.filter((price) => ` ${price.provider.toLowerCase()}`.includes(` ${word}`));
  if (model === null && named.length > 0) return { model: null, prices: named };
  const known = [...catalog.byOwner.keys(), ...new Set(features.map((price) => price.provider))];
  const near = nearNames(
    model ?? asked,
    known.filter((name) => name !== NO_MODEL),
    SUGGESTIONS,
  ).join(', ');
  const problem = model === null ? `No model is called "${asked}".` : `The catalog has no price of ${model}.`;
  throw new AssayError('not_found', near === '' ? problem : `${problem} Nearest: ${near}.`, {
    model: asked,
    nearest: near,
  });
}

type Answer = Output<'catalog.price'>['answers'][number];
type Contract = Answer['contract'];

/** Most rates an answer names on each side (the contract's bound). */
const RATE_LIMIT = 50;

/** What the contract makes of the price, for as many units as the price is quoted for. */
function contractOf(
  catalog: Catalog,
  { key, answer }: KeyAnswer,
  account: string | null,
  day: string,
): (per: number) => Contract {
  const found = contractPrice(catalog.contract, { ...key, account }, answer, day, day);
  const rate = (override: Override) => ({ number: override.number, row: writeRow(override) });
  const rates = {
    chosen: found.kind === 'none' ? [] : found.chosen.slice(0, RATE_LIMIT).map(rate),
    passedOver: found.passedOver
      .slice(0, RATE_LIMIT)
      .map(({ override, why }) => ({ rate: rate(override), why })),
  };
  const isKnown = found.kind === 'contracted';
  return (per) => ({
    status: found.kind,
    usdLow: isKnown ? forUnits(found.usdPerUnitLow, per) : null,
    usdHigh: isKnown ? forUnits(found.usdPerUnitHigh, per) : null,
    unknownReason: found.kind === 'unknown' ? found.reason : null,
    ...rates,
  });
}

function worded(
  { key, answer }: KeyAnswer,
  contract: (per: number) => Contract,
): Omit<Answer, 'history' | 'elsewhere'> {
  const unit = METERS[key.meter];
  const { meter, variant, mode, term, region, regionTier } = key;
  const contextBand = key.contextBand ?? 'standard';
  const identity = { meter, variant, mode, term, region, regionTier, contextBand, unit };
  if (answer.kind === 'missing') {
    const per = answer.nearest[0]?.per ?? (unit === 'token' ? TOKENS_QUOTED : 1);
    return {
      ...identity,
      per,
      status: 'missing',
      layer: null,
      usdLow: null,
      usdHigh: null,
      rangeReason: null,
      missingReason: answer.reason,
      chosen: [],
      passedOver: [],
      nearest: [...answer.nearest],
      contract: contract(per),
    };
  }
  const per = answer.chosen[0]?.per ?? 1;
  const quoted = answer.chosen.map((price) => quotedFor(price, per));
  return {
    ...identity,
    per,
    status: 'priced',
    layer: answer.layer,
    usdLow: Math.min(...quoted),
    usdHigh: Math.max(...quoted),
    rangeReason: answer.rangeReason,
    missingReason: null,
    chosen: answer.chosen.slice(0, CHOSEN_LIMIT),
    passedOver: answer.passedOver.slice(0, PASSED_OVER_LIMIT),
    nearest: [],
    contract: contract(per),
  };
}

/** USD for `per` units, without the binary dust of a price per one. */
function forUnits(usd: number, per: number): number {
  return Number((usd * per).toPrecision(12));
}

/** The price for `per` units, as written where it is quoted for as many. */
function quotedFor(price: CatalogPrice, per: number): number {
  return price.per === per ? price.usd : (price.usd / price.per) * per;
}
