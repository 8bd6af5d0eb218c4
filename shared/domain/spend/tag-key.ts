// Which of the tag or cost category keys of a workspace a person means: exports spell one key in several ways.

/** Prefixes under which an export's column or map files the key; they are no part of its name. */
const NAMESPACE = { tag: /^(?:resourceTags|tag)\//iu, costCategory: /^costCategory\//iu } as const;
export type KeyKind = keyof typeof NAMESPACE;

type Spelling = { readonly exact: string; readonly folded: string; readonly keepsCase: boolean };

function spelling(key: string, kind: KeyKind): Spelling {
  const exact = key.replace(NAMESPACE[kind], '');
  // The snake-case columns of CUR 2.0 drop case and separators, so the comparison drops both.
  const folded = exact.toLowerCase().replace(/[^\p{L}\p{N}/]+/gu, '');
  return { exact, folded, keepsCase: kind === 'tag' ? exact.includes(':') : /[^a-z0-9_]/u.test(exact) };
}

/**
 * The held keys that name the asked one, the exact spelling first. A key that keeps its case (`user:Team`) is another
 * tag than one that differs from it in case (`user:team`); the snake-case form (`user_team`) cannot tell them apart and
 * stands for either. A tag key without a namespace (`Team`) means the user tag of that name, in any case when no key
 * has exactly that case.
 */
export function matchingKeys(asked: string, held: readonly string[], kind: KeyKind): string[] {
  const direct = held.filter((key) => key === asked);
  const bare = kind === 'tag' && direct.length === 0 && !/[:_/]/u.test(asked);
  const wanted = spelling(bare ? `user:${asked}` : asked, kind);
  const spelled = held.map((key) => ({ key, is: spelling(key, kind) }));
  const exactExists = spelled.some(({ is }) => is.exact === wanted.exact);
  const anyCase = !wanted.keepsCase || (bare && !exactExists);
  const others = spelled
    .filter(({ key, is }) => key !== asked && is.folded === wanted.folded)
    .filter(({ is }) => anyCase || !is.keepsCase || is.exact === wanted.exact)
    .map(({ key }) => key);
  return [...direct, ...others.sort()];
}
