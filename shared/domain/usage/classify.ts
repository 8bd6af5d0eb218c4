// Says what a billing line means: whether it is Bedrock's, where it ran, and which rule explains its usage type.
import { chargeTypeOf } from './charge-types.ts';
import { identifyModel, type ModelIdentity } from './identity.ts';
import type { LineDimensions, LineMeaning } from './line.ts';
import { resolveModel } from './models.ts';
import { isMarketplace, lineClassOf } from './predicate.ts';
import { mergeQualifiers, NO_QUALIFIERS, type Qualifiers, readHead, readTail } from './qualifiers.ts';
import { splitUsageType, type UsageTypeParts } from './region-prefixes.ts';
import { CANDIDATE_RULES, RULES, type Rule, UNKNOWN_RULE_ID } from './rules.ts';
import { readUnit } from './units.ts';
import type { Classification, ContextBand, RegionTier, Term } from './vocabulary.ts';

export { ruleReason } from './rules.ts';

const UNKNOWN: Classification = {
  family: 'unknown',
  provider: null,
  model: null,
  meter: null,
  variant: null,
  mode: 'unknown',
  term: null,
  regionTier: null,
  contextBand: null,
  ruleId: UNKNOWN_RULE_ID,
};

type Groups = Readonly<Record<string, string | undefined>>;
type Reading = { readonly classification: Classification; readonly identity: ModelIdentity | null };

const TERMS_BY_MONTHS: Readonly<Record<string, Term>> = { 1: '1_month', 3: '3_month', 6: '6_month' };

/** `SensitiveInformation` → `sensitive_information`, `v1:0` → `v1.0`. */
function slug(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/gu, '$1_$2')
    .toLowerCase()
    .replaceAll(':', '.')
    .replace(/[^a-z0-9.]+/gu, '_');
}

function variantOf(rule: Rule, groups: Groups, qualifiers: Qualifiers): string | null {
  const named = groups.name === undefined ? null : slug(groups.name.toLowerCase());
  const fromPattern = [groups.v1, groups.v2, groups.v3].flatMap((part) =>
    part === undefined ? [] : [slug(part)],
  );
  const parts = [
    ...(rule.variant === null ? [...(named === null ? [] : [named]), ...fromPattern] : [rule.variant]),
    ...(qualifiers.modality === null || qualifiers.modality === 'text' ? [] : [qualifiers.modality]),
    ...(qualifiers.customModel === true || groups.custom !== undefined ? ['custom_model'] : []),
  ];
  return parts.length === 0 ? null : parts.join('_');
}

/** The term of a purchase; null where committed capacity does not state one. */
function termOf(rule: Rule, groups: Groups): Term | null {
  if (rule.shape !== 'capacity' || groups.none !== undefined) return 'none';
  return TERMS_BY_MONTHS[groups.months ?? ''] ?? null;
}

function regionTierOf(rule: Rule, qualifiers: Qualifiers): RegionTier | null {
  return rule.shape === 'feature' ? null : (qualifiers.regionTier ?? 'regional');
}

function contextBandOf(rule: Rule, qualifiers: Qualifiers): ContextBand | null {
  return rule.shape === 'tokens' ? (qualifiers.contextBand ?? 'standard') : null;
}

/** Whether a rule's lines can carry these qualifiers at all: a lifetime belongs to cache writes, a mode to inference. */
function fits(rule: Rule, qualifiers: Qualifiers): boolean {
  const { mode, contextBand, lifetime, modality, customModel, regionTier } = qualifiers;
  if (lifetime !== null && rule.meter !== `cache_write_${lifetime}`) return false;
  switch (rule.shape) {
    case 'tokens':
      return true;
    case 'items':
      return contextBand === null && modality === null;
    case 'capacity':
      return (
        (mode ?? 'on_demand') === 'on_demand' && [contextBand, modality, customModel].every((v) => v === null)
      );
    case 'feature':
      return [mode, contextBand, modality, customModel, regionTier].every((value) => value === null);
  }
}

type Head = {
  readonly name: string | null;
  readonly variant: string | null;
  readonly qualifiers: Qualifiers;
};

/** Words that qualify a purchase or name a feature: a text with one of them is not just a model's name. */
const NOT_IN_A_NAME =
  /(?:^|[-_.])(?:batch|flex|priority|global|geo|cross[-_]?region|reserved|provisioned\w*|custom\w*|cache\w*|lctx|long[-_]?c\w+|latency\w*|training|storage|guardrail\w*)(?:$|[-_.])/iu;

/** Whether a text the table does not hold can be shown as the model. A Marketplace string never names its model. */
function mayName(text: string, parts: UsageTypeParts): boolean {
  return !parts.marketplace && /^[a-z][\w.-]*$/iu.test(text) && !NOT_IN_A_NAME.test(text);
}

/** The model's text and the qualifiers around a meter; null where a part of the string stays unexplained. */
function readAround(parts: UsageTypeParts, groups: Groups): Head | null {
  const tail = readTail(groups.tail ?? '');
  const head = readHead(groups.head ?? '', (text) => resolveModel(text) !== null);
  if (tail === null || head === null) return null;
  const modality = groups.modality?.toLowerCase() ?? null;
  const around = mergeQualifiers(tail, { ...head.qualifiers });
  const qualifiers = around === null ? null : mergeQualifiers(around, { ...NO_QUALIFIERS, modality });
  if (qualifiers === null) return null;
  if (groups.model !== undefined) {
    const known = resolveModel(groups.model) !== null;
    return { name: known ? groups.model : null, variant: known ? null : groups.model, qualifiers };
  }
  if (head.name !== '' && resolveModel(head.name) === null && !mayName(head.name, parts)) return null;
  return { name: head.name === '' ? null : head.name, variant: null, qualifiers };
}

function applyRule(rule: Rule, groups: Groups, line: LineDimensions, parts: UsageTypeParts): Reading | null {
  const around = readAround(parts, groups);
  if (around === null || !fits(rule, around.qualifiers)) return null;
  const identity = identifyModel(line, around.name);
  const classification: Classification = {
    family: rule.family,
    provider: identity?.provider ?? null,
    model: identity?.model ?? null,
    meter: rule.meter,
    variant: variantOf(rule, around.variant === null ? groups : { v1: around.variant }, around.qualifiers),
    mode: rule.shape === 'capacity' ? rule.mode : (around.qualifiers.mode ?? rule.mode),
    term: termOf(rule, groups),
    regionTier: regionTierOf(rule, around.qualifiers),
    contextBand: contextBandOf(rule, around.qualifiers),
    ruleId: rule.id,
  };
  return { classification, identity };
}

/** The first rule whose pattern fits decides; if it leaves a part unexplained, no later rule may claim the line. */
function readUsageType(rules: readonly Rule[], line: LineDimensions, parts: UsageTypeParts): Reading | null {
  const subject = [parts.body, line.productModel, line.productName].join(' ');
  for (const rule of rules) {
    if (rule.products !== null && !rule.products.includes(line.productCode ?? '')) continue;
    if (rule.about !== null && !rule.about.test(subject)) continue;
    const match = rule.pattern.exec(parts.body);
    if (match !== null) return applyRule(rule, match.groups ?? {}, line, parts);
  }
  return null;
}

/**
 * What a line means. Lines that are not usage (tax, credit, discount, fee) have no classification and are not
 * unknown; a Bedrock usage line that no rule fully explains has family `unknown` and keeps its cost.
 * The operation is no evidence: it was the generic `Usage` for years.
 */
export function interpretLine(line: LineDimensions): LineMeaning {
  const chargeType = chargeTypeOf(line.chargeType);
  const lineClass = lineClassOf(line);
  const parts = splitUsageType(line.usageType ?? '');
  const rules = lineClass === 'bedrock' ? RULES : CANDIDATE_RULES;
  const reading = chargeType.isUsage && lineClass !== 'other' ? readUsageType(rules, line, parts) : null;
  const isUnexplained = chargeType.isUsage && lineClass === 'bedrock' && reading === null;
  const meter = reading?.classification.meter ?? null;
  return {
    lineClass,
    service: isMarketplace(line) ? line.productName : line.productCode,
    region: parts.region ?? line.region,
    isUsage: chargeType.isUsage,
    countsQuantity: chargeType.countsQuantity,
    classification: reading?.classification ?? (isUnexplained ? UNKNOWN : null),
    modelTier: reading?.identity?.tier ?? null,
    unit:
      meter === null
        ? null
        : readUnit({
            meter,
            unit: line.unit,
            description: line.description,
            marketplace: parts.marketplace,
          }),
    decision: null,
  };
}
