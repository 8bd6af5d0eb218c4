// Which rule decided a line, in words: a bundled one with its reason, or one of the workspace with who, when and why.
import type { Output } from '../../../shared/contract/methods.ts';
import { ruleReason } from '../../../shared/domain/usage/rules.ts';
import { ruleIdOf } from '../../../shared/domain/usage/workspace-rules.ts';
import { workspaceRules } from '../db/mapping-rules.ts';
import type { Db } from '../db/open.ts';
import { decidingRuleNumber } from '../db/series-rules.ts';

type Rule = Output<'spend.lineItem'>['rule'];

/** null on lines that no rule classifies: tax, credit, discount, and lines of other services. */
export function ruleBehind(db: Db, seriesId: number, ruleId: string | null): Rule {
  const number = decidingRuleNumber(db, seriesId);
  if (number === null) {
    if (ruleId === null) return null;
    return { id: ruleId, reason: ruleReason(ruleId) ?? 'This rule is no longer in use.', origin: 'bundled' };
  }
  const rule = workspaceRules(db).find((candidate) => candidate.number === number);
  const said = rule === undefined ? '' : `: ${rule.why} (${rule.author}, ${rule.decidedAt.slice(0, 10)})`;
  return { id: ruleIdOf(number), reason: `Your rule ${number}${said}`, origin: 'yours' };
}
