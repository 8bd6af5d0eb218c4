// The workspace's own rules: what its people answered about lines that the bundled rules leave open or get wrong.
import { interpretLine } from './classify.ts';
import { fitsGlob, literalCharacters } from './glob.ts';
import type { LineDimensions, LineMeaning, UnitReading } from './line.ts';
import { providerOfModelId, resolveModel } from './models.ts';
import { splitUsageType } from './region-prefixes.ts';
import { UNKNOWN_RULE_ID } from './rules.ts';
import { readUnit } from './units.ts';
import {
  type Classification,
  type ContextBand,
  type Family,
  METERS,
  type Meter,
  type Mode,
  type RegionTier,
  type Term,
} from './vocabulary.ts';

/** What a line must say for a rule to speak: every part that is set must fit. `*` stands for any characters. */
export type RulePattern = {
  readonly usageType: string | null;
  /** What the line is sold as: the product's name on Marketplace, else the product code. */
  readonly product: string | null;
  readonly resource: string | null;
};

/** What a rule says of a Bedrock line; null leaves what the bundled rules say. */
export type RuleFields = {
  readonly family: Family | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly meter: Meter | null;
  readonly variant: string | null;
  readonly mode: Mode | null;
  readonly term: Term | null;
  readonly regionTier: RegionTier | null;
  readonly contextBand: ContextBand | null;
  /** Base units of the meter in one billed unit, such as 1,000,000 tokens; null reads the unit's own text. */
  readonly unitsEach: number | null;
};

export type RuleOutcome =
  | { readonly kind: 'bedrock'; readonly fields: RuleFields }
  /** Not Bedrock's, whatever its product code says. */
  | { readonly kind: 'not_bedrock' }
  /** Looked at and right as the bundled rules have it: it leaves the review tray and nothing else changes. */
  | { readonly kind: 'as_it_stands' };

/** A rule as somebody writes it, and as the workspace keeps it. */
export type RuleDraft = {
  readonly pattern: RulePattern;
  readonly outcome: RuleOutcome;
  readonly why: string;
  readonly author: string;
};
export type WorkspaceRule = RuleDraft & {
  /** Never used again for another rule: lines, notes and people refer to it. */
  readonly number: number;
  /** ISO instant. */
  readonly decidedAt: string;
};

export const NO_FIELDS: RuleFields = {
  family: null,
  provider: null,
  model: null,
  meter: null,
  variant: null,
  mode: null,
  term: null,
  regionTier: null,
  contextBand: null,
  unitsEach: null,
};

/** The part of a line's meaning that a rule may change. */
export type Verdict = Pick<LineMeaning, 'lineClass' | 'classification' | 'modelTier' | 'unit'>;

/** What a rule's pattern and outcome are held against. */
export type RuleSubject = Pick<LineDimensions, 'usageType' | 'resource' | 'unit' | 'description'> & {
  readonly service: string | null;
  readonly isUsage: boolean;
};

/** Fewer characters would fit half of a bill by accident. */
const FEWEST_CHARACTERS = 3;

/** Why a pattern cannot be a rule's; null for a good one. */
export function patternFault(pattern: RulePattern): string | null {
  const parts = Object.values(pattern).filter((part) => part !== null);
  if (parts.length === 0) return 'A rule needs a usage type, a product or a resource to go by.';
  const most = Math.max(...parts.map(literalCharacters));
  return most < FEWEST_CHARACTERS
    ? `A rule must name at least ${FEWEST_CHARACTERS} characters besides *, or it would claim lines nobody meant.`
    : null;
}

export function ruleFits({ usageType, product, resource }: RulePattern, subject: RuleSubject): boolean {
  return (
    fitsPart(usageType, subject.usageType) &&
    fitsPart(product, subject.service) &&
    fitsPart(resource, subject.resource)
  );
}

function fitsPart(pattern: string | null, text: string | null): boolean {
  return pattern === null || (text !== null && fitsGlob(pattern, text));
}

/** The first rule, in their order, that fits. */
export function decidingRule(rules: readonly WorkspaceRule[], subject: RuleSubject): WorkspaceRule | null {
  return rules.find(({ pattern }) => ruleFits(pattern, subject)) ?? null;
}

const RULE_ID = /^user:(?<number>\d+)$/u;

/** How a line's classification names a rule of the workspace. */
export const ruleIdOf = (number: number): string => `user:${number}`;

/** Number of the workspace rule that a classification names; null where a bundled rule decided. */
export function ruleNumberOf(ruleId: string): number | null {
  const number = RULE_ID.exec(ruleId)?.groups?.number;
  return number === undefined ? null : Number(number);
}

/** What a line means under a rule. Quantities are only read where the unit's text or the rule says how. */
export function decide(bundled: Verdict, subject: RuleSubject, rule: WorkspaceRule): Verdict {
  const { outcome, number } = rule;
  switch (outcome.kind) {
    case 'as_it_stands':
      return bundled;
    case 'not_bedrock':
      return { lineClass: 'other', classification: null, modelTier: null, unit: null };
    case 'bedrock':
      return subject.isUsage
        ? asBedrock(bundled, subject, outcome.fields, ruleIdOf(number))
        : { lineClass: 'bedrock', classification: null, modelTier: null, unit: null };
  }
}

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

function asBedrock(bundled: Verdict, subject: RuleSubject, fields: RuleFields, ruleId: string): Verdict {
  const before = bundled.classification ?? UNKNOWN;
  const known = fields.model === null ? null : resolveModel(fields.model);
  const mode = fields.mode ?? before.mode;
  const meter = fields.meter ?? before.meter;
  const classification: Classification = {
    family: fields.family ?? before.family,
    provider: providerOf(fields, before, known?.provider ?? null),
    model: known?.model ?? fields.model ?? before.model,
    meter,
    variant: fields.variant ?? before.variant,
    mode,
    term: fields.term ?? before.term ?? termOf(mode),
    regionTier: fields.regionTier ?? before.regionTier,
    contextBand: fields.contextBand ?? before.contextBand,
    ruleId,
  };
  return {
    lineClass: 'bedrock',
    classification,
    modelTier: fields.model === null ? bundled.modelTier : (known?.tier ?? null),
    unit: unitOf(bundled, subject, meter, fields.unitsEach),
  };
}

function providerOf(fields: RuleFields, before: Classification, known: string | null): string | null {
  if (fields.provider !== null) return fields.provider;
  return fields.model === null ? before.provider : (known ?? providerOfModelId(fields.model));
}

/** What is bought by use has no term; committed capacity has one that only the line or the rule can name. */
function termOf(mode: Mode | null): Term | null {
  return mode === null || mode === 'unknown' || mode === 'reserved' || mode === 'provisioned' ? null : 'none';
}

function unitOf(
  bundled: Verdict,
  subject: RuleSubject,
  meter: Meter | null,
  unitsEach: number | null,
): UnitReading | null {
  if (meter === null) return null;
  if (unitsEach !== null) return { baseUnit: METERS[meter], multiplier: unitsEach };
  if (meter === bundled.classification?.meter) return bundled.unit;
  const { unit, description } = subject;
  const { marketplace } = splitUsageType(subject.usageType ?? '');
  return readUnit({ meter, unit, description, marketplace });
}

/** The classification of lines with the workspace's rules put before the bundled ones. */
export function interpretWith(rules: readonly WorkspaceRule[]): (line: LineDimensions) => LineMeaning {
  if (rules.length === 0) return interpretLine;
  return (line) => {
    const meaning = interpretLine(line);
    const subject: RuleSubject = { ...line, service: meaning.service, isUsage: meaning.isUsage };
    const rule = decidingRule(rules, subject);
    if (rule === null) return meaning;
    const { lineClass, classification, modelTier, unit } = meaning;
    const bundled: Verdict = { lineClass, classification, modelTier, unit };
    return { ...meaning, ...decide(bundled, subject, rule), decision: { rule: rule.number, bundled } };
  };
}
