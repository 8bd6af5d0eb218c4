// A rule of the workspace in a reader's words: which lines it is for, and what it says of them.
import type { RuleFields, RuleOutcome, RulePattern } from '../domain/usage/workspace-rules.ts';
import { createFormat } from './format.ts';
import { dimensionName, valueName } from './names.ts';

const PARTS = [
  ['usageType', 'usage type'],
  ['product', 'product'],
  ['resource', 'resource'],
] as const satisfies readonly (readonly [keyof RulePattern, string])[];

/** `usage type *NovaLite-input-tokens, product AmazonBedrock`. */
export function describePattern(pattern: RulePattern): string {
  return PARTS.flatMap(([part, name]) => (pattern[part] === null ? [] : [`${name} ${pattern[part]}`])).join(
    ', ',
  );
}

const FIELDS = [
  'model',
  'provider',
  'family',
  'meter',
  'variant',
  'mode',
  'term',
  'regionTier',
  'contextBand',
] as const satisfies readonly (keyof RuleFields)[];

/** `model Nova Lite, meter Input`; what a rule leaves alone is not named. */
export function describeOutcome(outcome: RuleOutcome): string {
  switch (outcome.kind) {
    case 'not_bedrock':
      return 'not Bedrock';
    case 'as_it_stands':
      return 'right as it stands';
    case 'bedrock': {
      const { fields } = outcome;
      const said = FIELDS.flatMap((field) => {
        const value = fields[field];
        return value === null ? [] : [`${dimensionName(field).toLowerCase()} ${valueName(field, value)}`];
      });
      const each =
        fields.unitsEach === null ? [] : [`${createFormat().count(fields.unitsEach)} base units each`];
      return [...said, ...each].join(', ') || 'Bedrock';
    }
  }
}
