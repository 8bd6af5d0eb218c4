// The rule that a form holds, as typed: how it starts from a row or a rule, and when it is one that can be asked about.
import type { Output } from '../../../shared/contract/methods.ts';
import {
  NO_FIELDS,
  patternFault,
  type RuleDraft,
  type RuleFields,
  type RuleOutcome,
  type RulePattern,
} from '../../../shared/domain/usage/workspace-rules.ts';

export type TrayRow = Output<'review.tray'>['rows'][number];
export type Rule = Output<'review.rules'>['rules'][number];

/** Everything the form shows. Texts are as typed; empty = not set. */
export type Typed = {
  readonly kind: RuleOutcome['kind'];
  readonly usageType: string;
  readonly product: string;
  readonly resource: string;
  readonly model: string;
  readonly provider: string;
  readonly variant: string;
  readonly unitsEach: string;
  readonly codes: Pick<RuleFields, 'family' | 'meter' | 'mode' | 'term' | 'regionTier' | 'contextBand'>;
  readonly why: string;
  readonly author: string;
};

/** A form about a row: the pattern is suggested, what the lines are is for the person to say. */
export function typedForRow({ suggestion }: TrayRow): Typed {
  return { ...typedPattern(suggestion), ...typedFields(NO_FIELDS), kind: 'bedrock', why: '', author: '' };
}

export function typedForRule({ pattern, outcome, why, author }: Rule): Typed {
  const fields = outcome.kind === 'bedrock' ? outcome.fields : NO_FIELDS;
  return { ...typedPattern(pattern), ...typedFields(fields), kind: outcome.kind, why, author };
}

const typedPattern = (pattern: RulePattern): Pick<Typed, keyof RulePattern> => ({
  usageType: pattern.usageType ?? '',
  product: pattern.product ?? '',
  resource: pattern.resource ?? '',
});

function typedFields(
  fields: RuleFields,
): Pick<Typed, 'model' | 'provider' | 'variant' | 'unitsEach' | 'codes'> {
  const { model, provider, variant, unitsEach, family, meter, mode, term, regionTier, contextBand } = fields;
  return {
    model: model ?? '',
    provider: provider ?? '',
    variant: variant ?? '',
    unitsEach: unitsEach === null ? '' : String(unitsEach),
    codes: { family, meter, mode, term, regionTier, contextBand },
  };
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** The rule as typed, or a sentence about what keeps it from being one. A missing reason does not: see `isComplete`. */
export function draftOf(typed: Typed): RuleDraft | string {
  const pattern = {
    usageType: orNull(typed.usageType),
    product: orNull(typed.product),
    resource: orNull(typed.resource),
  };
  const fault = patternFault(pattern);
  if (fault !== null) return fault;
  const unitsEach = orNull(typed.unitsEach);
  const each = unitsEach === null ? null : Number(unitsEach.replaceAll(',', ''));
  if (each !== null && !(each > 0 && Number.isFinite(each))) {
    return `“${typed.unitsEach}” is not a number of base units, such as 1000 or 1000000.`;
  }
  return { pattern, outcome: outcomeOf(typed, each), why: typed.why.trim(), author: typed.author.trim() };
}

function outcomeOf({ kind, codes, ...typed }: Typed, unitsEach: number | null): RuleOutcome {
  if (kind !== 'bedrock') return { kind };
  const [model, provider, variant] = [orNull(typed.model), orNull(typed.provider), orNull(typed.variant)];
  return { kind, fields: { ...codes, model, provider, variant, unitsEach } };
}

/** Whether a rule can be kept: only its reason may be missing while it is looked at. */
export function isComplete(draft: RuleDraft): boolean {
  return draft.why !== '';
}

/** A rule that says nothing yet: Bedrock's line stays what it is. */
export function saysNothing(draft: RuleDraft, row: TrayRow | null): boolean {
  if (draft.outcome.kind !== 'bedrock' || row?.problem === 'looks_like_ai') return false;
  return Object.values(draft.outcome.fields).every((value) => value === null);
}
