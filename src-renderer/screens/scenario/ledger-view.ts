// The ledger as the screen draws it: what moved gathered by meter, what was refused.
import { sumOf } from '../../../shared/domain/sum.ts';
import type { Band, Fact, Guard, Moved } from '../../../shared/domain/whatif/answer.ts';

export type MovedGroup = {
  readonly fromMeter: string;
  readonly fromMode: string;
  readonly toMeter: string;
  readonly toMode: string;
  /** The model it goes to; null where it stays with its own. */
  readonly toModel: string | null;
  readonly tokens: number;
  readonly tokensAfter: number;
  readonly costBefore: number;
  readonly costAfter: number;
  readonly parts: readonly Moved[];
};

/** What a lever moved, gathered over models and regions by where it came from and went to; most tokens first. */
export function movedGroups(moved: readonly Moved[]): MovedGroup[] {
  const groups = new Map<string, Moved[]>();
  for (const part of moved) {
    const { fromMeter, fromMode, toMeter, toMode } = part;
    const key = JSON.stringify([fromMeter, fromMode, toMeter, toMode, otherModel(part)]);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [part]);
    else members.push(part);
  }
  return [...groups.values()].map(groupOf).sort((left, right) => right.tokens - left.tokens);
}

function otherModel({ model, toModel }: Moved): string | null {
  return toModel === model ? null : toModel;
}

function groupOf(parts: readonly Moved[]): MovedGroup {
  const total = (of: (part: Moved) => number): number => sumOf(parts.map(of));
  const [first] = parts;
  return {
    fromMeter: first?.fromMeter ?? '',
    fromMode: first?.fromMode ?? '',
    toMeter: first?.toMeter ?? '',
    toMode: first?.toMode ?? '',
    toModel: first === undefined ? null : otherModel(first),
    tokensAfter: total((part) => part.tokensAfter),
    tokens: total((part) => part.tokens),
    costBefore: total((part) => part.costBefore),
    costAfter: total((part) => part.costAfter),
    parts,
  };
}

/** Whether a band says more than its base. */
export const hasSpread = ({ low, high }: Band): boolean => low !== high;

export type GuardGroup = {
  readonly refused: boolean;
  readonly message: string;
  readonly tokens: number;
  /** null where the cost of at least one part is not known. */
  readonly cost: number | null;
  readonly parts: readonly Guard[];
};

/** What guards said, gathered by message: refusals before warnings, most tokens first. */
export function guardGroups(guards: readonly Guard[]): GuardGroup[] {
  const groups = new Map<string, Guard[]>();
  for (const guard of guards) {
    const key = JSON.stringify([guard.refused, guard.code, guard.message]);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [guard]);
    else members.push(guard);
  }
  return [...groups.values()]
    .map((parts) => {
      const costs = parts.map(({ cost }) => cost);
      return {
        refused: parts[0]?.refused ?? false,
        message: parts[0]?.message ?? '',
        tokens: sumOf(parts.map(({ tokens }) => tokens)),
        cost: costs.every((cost) => cost !== null) ? sumOf(costs) : null,
        parts,
      };
    })
    .sort((left, right) => Number(right.refused) - Number(left.refused) || right.tokens - left.tokens);
}

export type FactTable = {
  /** Facts of the lever as a whole. */
  readonly general: readonly Fact[];
  readonly names: readonly { readonly name: string; readonly note: string | null }[];
  readonly rows: readonly { readonly model: string; readonly facts: readonly (Fact | null)[] }[];
};

/** Facts by model as a table, those without a model apart. A note that all models share stands with the name. */
export function factTable(facts: readonly Fact[]): FactTable {
  const own = facts.filter(({ model }) => model !== null);
  const names = [...new Set(own.map(({ name }) => name))];
  const models = [...new Set(own.map(({ model }) => model ?? ''))];
  return {
    general: facts.filter(({ model }) => model === null),
    names: names.map((name) => {
      const notes = new Set(own.filter((fact) => fact.name === name).map(({ note }) => note));
      return { name, note: notes.size === 1 ? ([...notes][0] ?? null) : null };
    }),
    rows: models.map((model) => ({
      model,
      facts: names.map((name) => own.find((fact) => fact.model === model && fact.name === name) ?? null),
    })),
  };
}
