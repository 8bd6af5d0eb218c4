// The rules people keep in a workspace: saving, ordering, removing, taking back, carrying to another workspace.
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { ruleFile } from '../../../shared/contract/review.ts';
import {
  patternFault,
  type RuleDraft,
  type WorkspaceRule,
} from '../../../shared/domain/usage/workspace-rules.ts';
import {
  lastRuleChange,
  numberRules,
  replaceRules,
  revertRules,
  workspaceRules,
} from '../db/mapping-rules.ts';
import type { Db } from '../db/open.ts';
import { ruleEffects } from '../db/series-rules.ts';
import { seriesToSettle } from '../db/settle.ts';
import { writeFileWhole } from '../export/write-file.ts';
import { reclassify } from './reclassify.ts';

type Changed = Output<'review.saveRule'>;
/** A rule of a file: signed and dated where it was made. */
type FiledRule = RuleDraft & { readonly decidedAt: string };
type Change = {
  readonly what: string;
  readonly rules: readonly WorkspaceRule[];
  readonly number: number | null;
};

export type Rules = {
  list(): Output<'review.rules'>;
  save(number: number | null, draft: RuleDraft): Promise<Changed>;
  remove(number: number): Promise<Changed>;
  move(number: number, to: number): Promise<Changed>;
  undo(): Promise<Changed>;
  importFile(source: string): Promise<Changed>;
  exportFile(target: string): Promise<{ rows: number; bytes: number }>;
};

export type RulesContext = {
  readonly db: Db;
  readonly now: () => Date;
  readonly emit: (event: EngineEvent) => void;
  /** Prices and sums what was re-classified; whether there was anything. */
  readonly settle: () => Promise<boolean>;
};

export function createRules({ db, now, emit, settle }: RulesContext): Rules {
  let last: Promise<unknown> = Promise.resolve();
  /** One change after the other: each judges by what the one before it left. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = last.then(work, work);
    last = done.catch(() => undefined);
    return done;
  };
  const enforce = async (rules: readonly WorkspaceRule[], store: () => void): Promise<number> => {
    const reclassified = await reclassify(db, rules, store);
    emit({ type: 'data.changed' });
    if (await settle()) emit({ type: 'data.changed' });
    return reclassified;
  };
  const change = (next: (held: WorkspaceRule[], at: string) => Change): Promise<Changed> =>
    inTurn(async () => {
      refuseReadOnly(db);
      const at = now().toISOString();
      const { what, rules, number } = next(workspaceRules(db), at);
      const reclassified = await enforce(rules, () => replaceRules(db, rules, { what, at }));
      return { schemaVersion: 1, number, reclassified, rules: rules.length };
    });

  return {
    list: () => listed(db),
    save: (number, draft) => change((held, at) => saved(db, held, number, draft, at)),
    remove: (number) =>
      change((held) => {
        refuseUnknown(held, number);
        return {
          what: `Remove rule ${number}`,
          rules: held.filter((rule) => rule.number !== number),
          number,
        };
      }),
    move: (number, to) =>
      change((held) => {
        const rule = refuseUnknown(held, number);
        const rules = held.filter((other) => other !== rule).toSpliced(to, 0, rule);
        return { what: `Try rule ${number} as number ${to + 1} in order`, rules, number };
      }),
    undo: () =>
      inTurn(async () => {
        refuseReadOnly(db);
        const undone = lastRuleChange(db);
        if (undone === null)
          throw new AssayError('not_found', 'There is no change of the rules to take back.');
        const reclassified = await enforce(undone.before, () => revertRules(db, undone));
        return { schemaVersion: 1, number: null, reclassified, rules: undone.before.length };
      }),
    importFile: async (source) => {
      const read = await readRuleFile(source);
      return change((held) => {
        const fresh = read.filter((draft) => !held.some((rule) => saysTheSame(rule, draft)));
        const rules = [...held, ...numberRules(db, fresh)];
        return { what: `Add ${fresh.length} rules from a file`, rules, number: null };
      });
    },
    exportFile: (target) => writeRuleFile(db, target),
  };
}

function refuseReadOnly(db: Db): void {
  if (!db.readonly) return;
  throw new AssayError(
    'workspace_read_only',
    'This workspace is open for reading only. Open a copy that you may write to, then change its rules.',
  );
}

function refuseUnknown(held: readonly WorkspaceRule[], number: number): WorkspaceRule {
  const rule = held.find((candidate) => candidate.number === number);
  if (rule !== undefined) return rule;
  throw new AssayError('not_found', `There is no rule ${number}; it may have been removed meanwhile.`, {
    number,
  });
}

/** Refuses a pattern that would claim half a bill. */
export function refuseLoosePattern({ pattern }: RuleDraft): void {
  const fault = patternFault(pattern);
  if (fault !== null) throw new AssayError('invalid_input', fault, { field: 'pattern' });
}

function saved(
  db: Db,
  held: readonly WorkspaceRule[],
  number: number | null,
  draft: RuleDraft,
  at: string,
): Change {
  refuseLoosePattern(draft);
  const signed = { ...draft, author: draft.author === '' ? userName() : draft.author };
  if (number === null) {
    const added = numberRules(db, [{ ...signed, decidedAt: at }]);
    const given = added[0]?.number ?? null;
    // In front: what somebody decided last about a line is what they mean.
    return { what: `Add rule ${given}`, rules: [...added, ...held], number: given };
  }
  refuseUnknown(held, number);
  const rules = held.map((rule) => (rule.number === number ? { ...signed, number, decidedAt: at } : rule));
  return { what: `Change rule ${number}`, rules, number };
}

/** The name that this machine knows its user by. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown user';
  }
}

function saysTheSame(rule: WorkspaceRule, draft: RuleDraft): boolean {
  return isDeepStrictEqual(rule.pattern, draft.pattern) && isDeepStrictEqual(rule.outcome, draft.outcome);
}

function listed(db: Db): Output<'review.rules'> {
  const effects = Map.groupBy(ruleEffects(db), ({ rule }) => rule);
  const undo = lastRuleChange(db);
  return {
    schemaVersion: 1,
    rules: workspaceRules(db).map((rule) => {
      const parts = effects.get(rule.number) ?? [];
      return {
        ...rule,
        lineItems: parts.reduce((total, { lineItems }) => total + lineItems, 0),
        costs: parts.map(({ currency, unblended }) => ({ currency, unblended })),
      };
    }),
    undo: undo === null ? null : { what: undo.what, at: undo.at },
    settling: seriesToSettle(db) > 0,
  };
}

async function readRuleFile(source: string): Promise<FiledRule[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(source, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AssayError('file_unreadable', `${source} cannot be read as a file of rules: ${reason}.`, {
      file: source,
    });
  }
  const parsed = ruleFile.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.map(String).join('.') ?? '';
    throw new AssayError(
      'unsupported_format',
      `${source} is not a file of Assay rules: ${field === '' ? '' : `${field}: `}${issue?.message ?? ''}.`,
      { file: source, field },
    );
  }
  for (const [index, draft] of parsed.data.rules.entries()) {
    const fault = patternFault(draft.pattern);
    if (fault !== null) {
      throw new AssayError('invalid_input', `${source}: rules.${index}.pattern: ${fault}`, { file: source });
    }
  }
  return parsed.data.rules;
}

async function writeRuleFile(db: Db, target: string): Promise<{ rows: number; bytes: number }> {
  const rules = workspaceRules(db).map(({ number, ...rule }) => rule);
  const bytes = await writeFileWhole(target, [`${JSON.stringify({ assayRules: 1, rules }, null, 2)}\n`]);
  return { rows: rules.length, bytes };
}
