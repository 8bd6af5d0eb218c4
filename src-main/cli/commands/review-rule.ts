// How a rule is written as options of a command: patterns, what the lines are, who says so and why.

import {
  CONTEXT_BANDS,
  FAMILIES,
  METER_NAMES,
  MODES,
  REGION_TIERS,
  TERMS,
} from '../../../shared/domain/usage/vocabulary.ts';
import { NO_FIELDS, type RuleDraft, type RuleOutcome } from '../../../shared/domain/usage/workspace-rules.ts';
import { choice, flag, type Option, text, UsageError, type Values } from '../command.ts';

const option = (value: string, help: string): Option => ({ type: 'string', value, help });

export const RULE_OPTIONS = {
  'usage-type': option('<pattern>', 'usage types the rule is for'),
  product: option('<pattern>', 'product code, or the product’s name on Marketplace'),
  resource: option('<pattern>', 'resource ids the rule is for, such as one inference profile'),
  model: option('<name>', 'the model, by any name or id'),
  provider: option('<name>', 'its maker, where the model is not known here'),
  family: option('<family>', FAMILIES.join(', ')),
  meter: option('<meter>', METER_NAMES.join(', ')),
  variant: option('<variant>', 'what tells two prices of one meter apart'),
  mode: option('<mode>', MODES.join(', ')),
  term: option('<term>', TERMS.join(', ')),
  tier: option('<tier>', REGION_TIERS.join(', ')),
  context: option('<band>', CONTEXT_BANDS.join(', ')),
  'units-each': option('<number>', 'base units in one billed unit, such as 1000000 tokens'),
  bedrock: { type: 'boolean', help: 'the lines are Bedrock’s (implied by the options above)' },
  'not-bedrock': { type: 'boolean', help: 'the lines are not Bedrock’s' },
  'as-it-stands': { type: 'boolean', help: 'the lines are right as they are: take them out of the review' },
  why: option('<text>', 'why; stands on every line the rule decides'),
  by: option('<name>', 'who says so (default: the name this machine knows you by)'),
} as const satisfies Record<string, Option>;

/** Throws `UsageError` where the options do not make one rule. */
export function draftOf(values: Values): RuleDraft {
  const why = text(values, 'why');
  if (why === null || why.trim() === '')
    throw new UsageError('expected --why <text>: a reader of the bill will ask');
  return {
    pattern: {
      usageType: text(values, 'usage-type'),
      product: text(values, 'product'),
      resource: text(values, 'resource'),
    },
    outcome: outcomeOf(values),
    why,
    author: text(values, 'by') ?? '',
  };
}

function outcomeOf(values: Values): RuleOutcome {
  const fields = {
    family: choice(values, 'family', FAMILIES),
    provider: text(values, 'provider'),
    model: text(values, 'model'),
    meter: choice(values, 'meter', METER_NAMES),
    variant: text(values, 'variant'),
    mode: choice(values, 'mode', MODES),
    term: choice(values, 'term', TERMS),
    regionTier: choice(values, 'tier', REGION_TIERS),
    contextBand: choice(values, 'context', CONTEXT_BANDS),
    unitsEach: positive(values, 'units-each'),
  };
  const isDescribed = flag(values, 'bedrock') || Object.values(fields).some((value) => value !== null);
  const said = [isDescribed, flag(values, 'not-bedrock'), flag(values, 'as-it-stands')];
  if (said.filter(Boolean).length !== 1) {
    throw new UsageError(
      'expected one of: what the lines are (--model, --family, --meter …), --bedrock, --not-bedrock, --as-it-stands',
    );
  }
  if (flag(values, 'not-bedrock')) return { kind: 'not_bedrock' };
  if (flag(values, 'as-it-stands')) return { kind: 'as_it_stands' };
  return { kind: 'bedrock', fields: { ...NO_FIELDS, ...fields } };
}

function positive(values: Values, name: string): number | null {
  const value = text(values, name);
  if (value === null) return null;
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number <= 0) {
    throw new UsageError(`--${name}: "${value}" is not a number above 0`);
  }
  return number;
}
