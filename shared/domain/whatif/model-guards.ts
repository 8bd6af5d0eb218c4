// What dated facts about models say against a lever, or beside it: refused where a source says so, never by silence.
import type { CatalogSource } from '../pricing/catalog.ts';
import {
  cacheFactsOf,
  customOnDemandOf,
  lifecycleOf,
  lifecycleStateOn,
  modeLimits,
  modesNotOffered,
} from '../pricing/model-facts.ts';
import type { Mode } from '../usage/vocabulary.ts';
import type { Notice } from './lever.ts';

/** What stands against something, and what should be known of it. */
export type Verdict = { readonly refusals: readonly Notice[]; readonly warnings: readonly Notice[] };

export const FINE: Verdict = { refusals: [], warnings: [] };

const refused = (notice: Notice): Verdict => ({ refusals: [notice], warnings: [] });
const warned = (...warnings: readonly Notice[]): Verdict => ({ refusals: [], warnings });

export function together(...verdicts: readonly Verdict[]): Verdict {
  return {
    refusals: verdicts.flatMap(({ refusals }) => refusals),
    warnings: verdicts.flatMap(({ warnings }) => warnings),
  };
}

/** Facts do not change while a program runs, and levers ask for every part of the usage: each is worded once. */
function once<A, B>(word: (one: A, other: B) => Verdict): (one: A, other: B) => Verdict {
  const known = new Map<A, Map<B, Verdict>>();
  return (one, other) => {
    const own = known.get(one) ?? new Map<B, Verdict>();
    known.set(one, own);
    const verdict = own.get(other) ?? word(one, other);
    own.set(other, verdict);
    return verdict;
  };
}

/** A source with the day it was read; a source without a day says so. */
export function sourceText({ title, seen }: CatalogSource): string {
  return `${title}, ${seen === null ? 'day not stated' : `seen ${seen}`}`;
}

/** A mode as sentences name it. */
export const modeName = (mode: Mode): string => mode.replaceAll('_', ' ');

/**
 * What is said of buying a model in a mode. A source that says it is not offered refuses, unless the catalog has a
 * price of it all the same: then sources disagree, which is said. `isPriced` null: the lever states the price itself, so
 * that only a source could tell.
 */
export function modeVerdict(model: string, mode: Mode, isPriced: boolean | null): Verdict {
  if (isPriced === null) return OF_STATED_PRICE(model, mode);
  return isPriced ? OF_PRICED(model, mode) : OF_UNPRICED(model, mode);
}

const OF_PRICED = once((model: string, mode: Mode) => wordedMode(model, mode, true));
const OF_UNPRICED = once((model: string, mode: Mode) => wordedMode(model, mode, false));
const OF_STATED_PRICE = once((model: string, mode: Mode) => wordedMode(model, mode, null));

function wordedMode(model: string, mode: Mode, isPriced: boolean | null): Verdict {
  const denied = modesNotOffered(model).find((fact) => fact.mode === mode);
  const limits = modeLimits(model)
    .filter((fact) => fact.mode === mode && fact.text !== null)
    .map(
      ({ text, source }): Notice => ({
        code: 'mode_limit',
        message: `${model} in mode ${modeName(mode)}: ${text} (${sourceText(source)})`,
      }),
    );
  if (denied === undefined) {
    const isUnknown = isPriced === null && limits.length === 0;
    const message = `Whether ${model} is sold in mode ${modeName(mode)} is not known here: no source that is held says so.`;
    return isUnknown ? warned({ code: 'mode_unknown', message }) : warned(...limits);
  }
  const where = sourceText(denied.source);
  if (isPriced !== true) {
    const message = `${model} is not offered in mode ${modeName(mode)} (${where}).`;
    return refused({ code: 'mode_not_offered', message });
  }
  const message = `Sources disagree whether ${model} is offered in mode ${modeName(mode)}: not by ${where}, and the catalog has a price.`;
  return warned({ code: 'mode_disputed', message }, ...limits);
}

/** Where a model stands on a day (ISO) that requests would move to it. */
export const lifecycleVerdict = once(wordedLifecycle);

function wordedLifecycle(model: string, day: string): Verdict {
  const lifecycle = lifecycleOf(model);
  const state = lifecycle === null ? null : lifecycleStateOn(lifecycle, day);
  if (lifecycle === null || state === null || state === 'superseded') return FINE;
  const { endOfLife, successor, source } = lifecycle;
  const next = successor === null ? '' : `; its successor is ${successor}`;
  if (state === 'ended') {
    const message = `${model} has ended on ${endOfLife} (${sourceText(source)})${next}.`;
    return refused({ code: 'model_ended', message });
  }
  const until = endOfLife === null ? 'its end is not known' : `it ends on ${endOfLife}`;
  const message = `${model} is ${state === 'legacy' ? 'legacy' : 'in extended access'}: ${until} (${sourceText(source)})${next}.`;
  return warned({ code: 'model_ending', message });
}

/** Size limits of requests are in no source that is held: a model that requests move to may not take the longest. */
export function sizeVerdict(model: string): Verdict {
  const message = `How long a request and an answer ${model} takes is not known here: check that the longest ones fit.`;
  return warned({ code: 'size_limits_unknown', message });
}

/** Whether custom versions of a model are served by the token there. */
export function customOnDemandVerdict(model: string, region: string | null): Verdict {
  const fact = customOnDemandOf(model);
  if (fact === null) {
    const message = `Whether custom versions of ${model} are served by the token is not known: no source that is held says so.`;
    return warned({ code: 'custom_on_demand_unknown', message });
  }
  if (fact.note === null || (region !== null && fact.note.includes(region))) return FINE;
  const message = `Custom versions of ${model} are served by the token in ${fact.note} (${sourceText(fact.source)}); ${region === null ? 'the bill does not say the region' : `this usage is in ${region}`}.`;
  return warned({ code: 'custom_on_demand_elsewhere', message });
}

/** Holds the stated length of a prefix against what a model caches. */
export const cacheVerdict = once(wordedCaching);

function wordedCaching(model: string, prefixTokens: number | null): Verdict {
  const facts = cacheFactsOf(model);
  if (facts === null || (facts.kind === 'explicit' && facts.minimum === null)) {
    const message = 'The minimum length of a cached prefix is not known for this model.';
    return together(warned({ code: 'minimum_unknown', message }), maximumVerdict(model, prefixTokens));
  }
  const where = sourceText(facts.source);
  if (facts.kind === 'none') {
    return refused({ code: 'no_caching', message: `This model knows no prompt caching (${where}).` });
  }
  if (facts.kind === 'implicit') {
    const message = `This model caches prefixes without being asked (${where}): what it can save may be on the bill already.`;
    return warned({ code: 'caches_by_itself', message });
  }
  return together(minimumVerdict(facts.minimum, prefixTokens, where), maximumVerdict(model, prefixTokens));
}

function minimumVerdict(
  minimum: { readonly low: number; readonly high: number } | null,
  prefixTokens: number | null,
  where: string,
): Verdict {
  if (minimum === null) return FINE;
  const { low, high } = minimum;
  const asked = low === high ? `${low}` : `${low} or ${high}`;
  if (prefixTokens === null) {
    const message = `The prefix’s length is not stated; this model caches from ${asked} tokens on (${where}).`;
    return warned({ code: 'prefix_length_unknown', message });
  }
  if (prefixTokens < low) {
    const message = `A prefix of ${prefixTokens} tokens is below this model’s minimum of ${asked} (${where}): it is silently not cached.`;
    return refused({ code: 'prefix_too_short', message });
  }
  if (prefixTokens >= high) return FINE;
  const message = `Sources differ on this model’s minimum (${asked} tokens; ${where}); ${prefixTokens} may not be cached.`;
  return warned({ code: 'minimum_disputed', message });
}

function maximumVerdict(model: string, prefixTokens: number | null): Verdict {
  const facts = cacheFactsOf(model);
  if (facts === null || facts.maximum === null || prefixTokens === null || prefixTokens <= facts.maximum)
    return FINE;
  const message = `This model caches ${facts.maximum} tokens at most (${sourceText(facts.source)}): of ${prefixTokens} the rest is paid in full, which is not in the figures.`;
  return warned({ code: 'prefix_above_maximum', message });
}
