// The classification rules, in the order they are tried: the first whose pattern fits decides. Rules are data.
// A pattern reads a usage type without region prefix, Marketplace head and `-Units` (see `splitUsageType`).
// Named groups: `head` holds the model, `tail` qualifiers (see `qualifiers.ts`), `v1`…`v3` and `name` the variant,
// `months` the term, `model` a model named after the meter.
import { CAPACITY_RULES } from './rules-capacity.ts';
import { FEATURE_RULES } from './rules-features.ts';
import { INFERENCE_RULES } from './rules-inference.ts';
import type { Family, Meter, Mode } from './vocabulary.ts';

/**
 * What a rule's lines look like: `tokens` take every qualifier and have a region tier and a context band,
 * `items` (images, seconds, search units) have no context, `capacity` has a term, `feature` none of them.
 */
export type RuleShape = 'tokens' | 'items' | 'capacity' | 'feature';

export type Rule = {
  readonly id: string;
  readonly reason: string;
  readonly shape: RuleShape;
  readonly pattern: RegExp;
  /** Must also be found in the usage type or the model's stated name; null = no such condition. */
  readonly about: RegExp | null;
  /** Product codes the rule is for; null = any. */
  readonly products: readonly string[] | null;
  readonly family: Family;
  /** null where the string tells the family but not what is counted: cost is shown, quantity is not. */
  readonly meter: Meter | null;
  readonly mode: Mode;
  /** Variant in every case; null = from the pattern's groups. */
  readonly variant: string | null;
};

/** Capacity and features first: their strings contain "input", "output" and "tokens" too. */
export const RULES: readonly Rule[] = [...CAPACITY_RULES, ...FEATURE_RULES, ...INFERENCE_RULES];

/** Lines billed elsewhere that Bedrock may drive. */
export const CANDIDATE_RULES: readonly Rule[] = [
  {
    id: 'opensearch-ocu',
    reason: 'OpenSearch Serverless compute, indexing or search: the floor of a knowledge base',
    shape: 'feature',
    pattern: /^(?<v1>Indexing|Search)OCU$/iu,
    about: null,
    products: ['AmazonES'],
    family: 'knowledge_base',
    meter: 'ocu_hour',
    mode: 'on_demand',
    variant: null,
  },
  {
    id: 'opensearch-storage',
    reason: 'OpenSearch Serverless index storage',
    shape: 'feature',
    pattern: /^StorageUsedInS3ByteHour$/iu,
    about: null,
    products: ['AmazonES'],
    family: 'knowledge_base',
    meter: 'gb_month',
    mode: 'on_demand',
    variant: 'vector_storage',
  },
];

/** Id of the outcome when no rule fits, or one fits but leaves a part of the string unexplained. */
export const UNKNOWN_RULE_ID = 'unknown';

const REASONS: ReadonlyMap<string, string> = new Map([
  [UNKNOWN_RULE_ID, 'no rule explains every part of the usage type'],
  ...[...RULES, ...CANDIDATE_RULES].map((rule): [string, string] => [rule.id, rule.reason]),
]);

/** One line on why a rule decides as it does; null for an id that no rule has. */
export function ruleReason(ruleId: string): string | null {
  return REASONS.get(ruleId) ?? null;
}
