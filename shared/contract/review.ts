// Reviewing: what the bundled rules leave open, and the rules that people of the workspace put before them.
import { z } from 'zod';
import { FAMILIES } from '../domain/usage/vocabulary.ts';
import {
  contextBand,
  count,
  filters,
  meter,
  mode,
  name,
  nullablePeriod,
  regionTier,
  scope,
  term,
  text,
} from './schemas.ts';

const pattern = z.string().trim().min(1).max(1024);
const family = z.enum(FAMILIES);

export const rulePattern = z.strictObject({
  usageType: pattern.nullable(),
  product: pattern.nullable(),
  resource: pattern.nullable(),
});

export const ruleFields = z.strictObject({
  family: family.nullable(),
  provider: name.nullable(),
  model: name.nullable(),
  meter: meter.nullable(),
  variant: name.nullable(),
  mode: mode.nullable(),
  term: term.nullable(),
  regionTier: regionTier.nullable(),
  contextBand: contextBand.nullable(),
  unitsEach: z.number().positive().max(1e12).nullable(),
});

export const ruleOutcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bedrock'), fields: ruleFields }),
  z.strictObject({ kind: z.literal('not_bedrock') }),
  z.strictObject({ kind: z.literal('as_it_stands') }),
]);

/** A rule as somebody writes it. `why` is asked for: a reader of the bill will ask too. */
export const ruleDraft = z.strictObject({
  pattern: rulePattern,
  outcome: ruleOutcome,
  why: z.string().trim().min(1, 'say why').max(1000),
  author: z.string().trim().max(200).default(''),
});

const workspaceRule = z.object({
  number: count,
  ...ruleDraft.shape,
  author: text,
  decidedAt: z.string().max(40),
});

/** A file of rules, to carry them from one workspace to another. */
export const ruleFile = z.strictObject({
  assayRules: z.literal(1),
  rules: z.array(ruleDraft.extend({ decidedAt: z.string().max(40) })).max(5000),
});

const cost = z.object({
  currency: z.string().max(8),
  lineItems: count,
  /** Of these, the ones held as daily sums: they take part in totals, but cannot be listed. */
  summedLineItems: count,
  unblended: z.number(),
});

export const ruleEffect = z.object({
  /** What the rule decides now, each currency apart. */
  costs: z.array(cost).max(50),
  series: count,
  /** The same for the lines of this effect that it makes Bedrock's or takes away from it. */
  becomesBedrock: z.array(cost).max(50),
  leavesBedrock: z.array(cost).max(50),
  /** What a reader must know: sums without detail, rules before it, models the catalog does not price. */
  notes: z.array(text).max(20),
});

export const rulesAnswer = z.object({
  schemaVersion: z.literal(1),
  rules: z
    .array(
      workspaceRule.extend({
        lineItems: count,
        costs: z.array(z.object({ currency: z.string().max(8), unblended: z.number() })).max(50),
      }),
    )
    .max(5000),
  /** The change that undo takes back; null when there is none. */
  undo: z.object({ what: text, at: z.string().max(40) }).nullable(),
  /** True while lines are priced and summed again after a change. */
  settling: z.boolean(),
});

export const ruleChangeAnswer = z.object({
  schemaVersion: z.literal(1),
  /** Number of the rule that was saved; null where the change was about another kind of thing. */
  number: count.nullable(),
  /** Series whose classification changed. */
  reclassified: count,
  rules: count,
});

export const REVIEW_PROBLEMS = [
  'unknown_usage_type',
  'unknown_unit',
  'unit_conflict',
  'profile_without_model',
  'looks_like_ai',
] as const;

export const trayRow = z.object({
  problem: z.enum(REVIEW_PROBLEMS),
  usageType: text.nullable(),
  service: text.nullable(),
  unit: text.nullable(),
  description: text.nullable(),
  /** The application inference profile, where the problem is its model. */
  resource: text.nullable(),
  lineItems: count,
  /** Of these, the ones held as daily sums, without line detail. */
  summedLineItems: count,
  currency: z.string().max(8),
  unblended: z.number(),
  accounts: count,
  firstDay: z.string().max(10),
  lastDay: z.string().max(10),
  /** What is known already. */
  family: text.nullable(),
  model: text.nullable(),
  meter: text.nullable(),
  mode: text.nullable(),
  regionTier: text.nullable(),
  contextBand: text.nullable(),
  /** Why it is here, in statements with their figures. */
  evidence: z.array(z.object({ label: text, value: text })).max(20),
  /** A pattern that covers this row in every region. */
  suggestion: rulePattern,
  /** The question whose lines these are. */
  lines: z.object({ where: filters, scope }),
});

export const trayInput = z.object({ period: nullablePeriod.default(null) });

export const trayAnswer = z.object({
  schemaVersion: z.literal(1),
  /** Most expensive first. */
  rows: z.array(trayRow).max(2000),
  rowCount: count,
});
