// The workspace's own classification rules, in their order, and the journal that lets the last change be taken back.
import type { WorkspaceRule } from '../../../shared/domain/usage/workspace-rules.ts';
import type { Db } from './open.ts';

/** Changes that undo can reach. */
const CHANGES_KEPT = 50;

type Stored = Omit<WorkspaceRule, 'pattern' | 'outcome'> & {
  readonly pattern: string;
  readonly outcome: string;
};

/** The rules in the order in which they are tried. */
export function workspaceRules(db: Db): WorkspaceRule[] {
  return db
    .prepare<[], Stored>(
      `SELECT number, pattern, outcome, why, author, decided_at AS decidedAt FROM mapping_rule ORDER BY position`,
    )
    .all()
    .map(({ pattern, outcome, ...rule }) => ({
      ...rule,
      pattern: JSON.parse(pattern) as WorkspaceRule['pattern'],
      outcome: JSON.parse(outcome) as WorkspaceRule['outcome'],
    }));
}

/** Gives each a number higher than any that was ever given. */
export function numberRules(db: Db, rules: readonly Omit<WorkspaceRule, 'number'>[]): WorkspaceRule[] {
  const given = db
    .prepare<[], number>(`SELECT seq FROM sqlite_sequence WHERE name = 'mapping_rule'`)
    .pluck()
    .get();
  return rules.map((rule, index) => ({ ...rule, number: (given ?? 0) + index + 1 }));
}

/** Puts the whole list in place of the held one and remembers what it was. Call it inside a transaction. */
export function replaceRules(
  db: Db,
  rules: readonly WorkspaceRule[],
  change: { readonly what: string; readonly at: string },
): void {
  db.prepare('INSERT INTO rule_change (changed_at, what, before) VALUES (?, ?, ?)').run(
    change.at,
    change.what,
    JSON.stringify(workspaceRules(db)),
  );
  db.prepare('DELETE FROM rule_change WHERE id <= (SELECT MAX(id) FROM rule_change) - ?').run(CHANGES_KEPT);
  writeRules(db, rules);
}

function writeRules(db: Db, rules: readonly WorkspaceRule[]): void {
  db.prepare('DELETE FROM mapping_rule').run();
  const insert = db.prepare(
    `INSERT INTO mapping_rule (number, position, pattern, outcome, why, author, decided_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const [position, rule] of rules.entries()) {
    const { number, pattern, outcome, why, author, decidedAt } = rule;
    insert.run(number, position, JSON.stringify(pattern), JSON.stringify(outcome), why, author, decidedAt);
  }
}

export type RuleChange = {
  readonly id: number;
  readonly at: string;
  readonly what: string;
  readonly before: readonly WorkspaceRule[];
};

/** The change that undo would take back; null when there is none. */
export function lastRuleChange(db: Db): RuleChange | null {
  const found = db
    .prepare<[], { id: number; at: string; what: string; before: string }>(
      'SELECT id, changed_at AS at, what, before FROM rule_change ORDER BY id DESC LIMIT 1',
    )
    .get();
  return found === undefined ? null : { ...found, before: JSON.parse(found.before) as WorkspaceRule[] };
}

/** Puts the rules back as they were before a change and forgets the change. Call it inside a transaction. */
export function revertRules(db: Db, change: RuleChange): void {
  writeRules(db, change.before);
  db.prepare('DELETE FROM rule_change WHERE id = ?').run(change.id);
}
