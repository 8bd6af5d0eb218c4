// Which of the tag or cost category keys of a workspace a person means: exports spell one key in several ways.

/** Prefixes under which an export's column or map files the key; they are no part of its name. */
const NAMESPACE = { tag: /^(?:resourceTags|tag)\//iu, costCategory: /^costCategory\//iu } as const;
export type KeyKind = keyof typeof NAMESPACE;

type Spelling = {
  readonly exact: string;
  readonly folded: string;
  /** Whether it may be the snake-case form of CUR 2.0, which has lost the case of the original. */
  readonly mayBeSnake: boolean;
};

function spelling(key: string, kind: KeyKind): Spelling {
  const named = key.replace(NAMESPACE[kind], '');
  const exact = kind === 'tag' ? named.replace(/^user[:_]/u, '') : named;
  return {
    exact,
    // The snake-case columns drop case and separators, so the comparison drops both.
    folded: exact.toLowerCase().replace(/[^\p{L}\p{N}/]+/gu, ''),
    mayBeSnake: !named.startsWith('user:') && /^[a-z0-9_]+$/u.test(exact),
  };
}

/**
 * The held keys that name the asked one, the exact spelling first. `user:Team`, `user_team`, `resourceTags/user:Team`
 * and `Team` are one tag. Keys that keep their case (`user:Team`, `user:team`) and differ in it are two tags; the
 * snake-case form (`user_team`) cannot tell them apart and stands for either. A key asked for without a namespace
 * matches in any case when no key has exactly that case.
 */
export function matchingKeys(asked: string, held: readonly string[], kind: KeyKind): string[] {
  const wanted = spelling(asked, kind);
  const spelled = held.map((key) => ({ key, is: spelling(key, kind) }));
  const isBare = !/[:/]/u.test(asked);
  const anyCase = wanted.mayBeSnake || (isBare && !spelled.some(({ is }) => is.exact === wanted.exact));
  const rank = ({ key, is }: { key: string; is: Spelling }): number =>
    key === asked ? 0 : is.exact === wanted.exact ? 1 : 2;
  return spelled
    .filter(({ is }) => is.folded === wanted.folded)
    .filter(({ is }) => anyCase || is.mayBeSnake || is.exact === wanted.exact)
    .sort((left, right) => rank(left) - rank(right) || (left.key < right.key ? -1 : 1))
    .map(({ key }) => key);
}
