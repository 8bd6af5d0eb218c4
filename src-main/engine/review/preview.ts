// What a rule would do if it were saved: the lines it would decide, what moves into Bedrock and out of it.
import type { Output } from '../../../shared/contract/methods.ts';
import { resolveModel } from '../../../shared/domain/usage/models.ts';
import {
  decidingRule,
  type RuleDraft,
  ruleFits,
  type WorkspaceRule,
} from '../../../shared/domain/usage/workspace-rules.ts';
import { createFormat } from '../../../shared/format/format.ts';
import { workspaceRules } from '../db/mapping-rules.ts';
import type { Db } from '../db/open.ts';
import { costOfSeries, type JudgedSeries } from '../db/series-rules.ts';
import { allSeries, bundledOf, changeOf } from './reclassify.ts';
import { refuseLoosePattern } from './rules.ts';

type Effect = Output<'review.preview'>;

const format = createFormat();

/** Ids of the series by what the rule would do to them. */
type Reach = {
  readonly decided: number[];
  readonly becomes: number[];
  readonly leaves: number[];
  /** Fit the pattern, and an earlier rule decides them. */
  taken: number;
  /** Have a meter after the rule, and a unit that nobody can read. */
  unread: number;
};

/** `number` is the rule that the draft would replace; null puts it in front of all others. */
export async function previewRule(db: Db, number: number | null, draft: RuleDraft): Promise<Effect> {
  refuseLoosePattern(draft);
  const held = workspaceRules(db);
  const rule: WorkspaceRule = { ...draft, number: number ?? Number.MAX_SAFE_INTEGER, decidedAt: '' };
  const rules =
    number === null ? [rule, ...held] : held.map((other) => (other.number === number ? rule : other));
  const reach: Reach = { decided: [], becomes: [], leaves: [], taken: 0, unread: 0 };
  for await (const page of allSeries(db)) for (const series of page) note(reach, series, rule, rules);
  const costs = costOfSeries(db, reach.decided);
  const becomesBedrock = costOfSeries(db, reach.becomes);
  return {
    costs,
    series: reach.decided.length,
    becomesBedrock,
    leavesBedrock: costOfSeries(db, reach.leaves),
    notes: notesOn(draft, reach, becomesBedrock),
  };
}

function note(
  reach: Reach,
  series: JudgedSeries,
  rule: WorkspaceRule,
  rules: readonly WorkspaceRule[],
): void {
  if (!ruleFits(rule.pattern, series)) return;
  if (decidingRule(rules, series) !== rule) {
    reach.taken++;
    return;
  }
  reach.decided.push(series.id);
  const { lineClass, classification, unit } = changeOf(series, rules)?.verdict ?? series.held;
  const isOurs = lineClass === 'bedrock';
  const wasOurs = bundledOf(series).lineClass === 'bedrock';
  if (isOurs && !wasOurs) reach.becomes.push(series.id);
  if (!isOurs && wasOurs) reach.leaves.push(series.id);
  if ((classification?.meter ?? null) !== null && unit === null) reach.unread++;
}

function notesOn({ pattern, outcome }: RuleDraft, reach: Reach, becomes: Effect['costs']): string[] {
  const summed = becomes.reduce((total, { summedLineItems }) => total + summedLineItems, 0);
  const model = outcome.kind === 'bedrock' ? outcome.fields.model : null;
  const known = model === null ? null : resolveModel(model);
  return [
    ...(reach.decided.length > 0
      ? []
      : [
          pattern.resource === null
            ? 'No line held here fits. The rule would wait for lines to come.'
            : 'No line held here fits. Lines of other services are held without their resource id, so a rule by resource reaches Bedrock’s lines and the services beside it only.',
        ]),
    ...(summed === 0
      ? []
      : [
          `${format.count(summed)} of the line items that become Bedrock’s are held as daily sums. Their cost and quantity count at once; their single lines, hours and tags need a new import of their period.`,
        ]),
    ...(reach.taken === 0
      ? []
      : [
          `${format.count(reach.taken)} further kinds of line fit too, but a rule before this one decides them.`,
        ]),
    ...(reach.unread === 0
      ? []
      : [
          `The unit of ${format.count(reach.unread)} kinds of line cannot be read: their cost counts, their quantity does not. Say how many base units one billed unit is.`,
        ]),
    ...(model === null || known !== null
      ? []
      : [`“${model}” is not a model known here: it is kept as written and has no catalog price.`]),
    ...(known === null || known.model === model
      ? []
      : [`The model is kept under its printed name, ${known.model}.`]),
  ];
}
