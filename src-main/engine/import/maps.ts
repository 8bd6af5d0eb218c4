// The columns of an export that hold several values: CUR 2.0's JSON maps, and the tag columns of the other formats.

export type ProductMap = {
  readonly name: string | null;
  readonly region: string | null;
  readonly model: string | null;
};

export const NO_PRODUCT: ProductMap = { name: null, region: null, model: null };

/** A JSON object of texts; null when the text is no such thing. Blank counts as an empty object. */
export function readMap(text: string): Readonly<Record<string, string>> | null {
  if (text === '' || text === '{}') return {};
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content !== 'object' || content === null || Array.isArray(content)) return null;
    return Object.fromEntries(
      Object.entries(content).flatMap(([key, value]) =>
        value === null || value === '' ? [] : [[key, String(value)]],
      ),
    );
  } catch {
    return null;
  }
}

export function readProduct(text: string): ProductMap | null {
  const map = readMap(text);
  if (map === null) return null;
  return {
    name: map.product_name ?? null,
    region: map.region_code ?? map.region ?? null,
    model: map.model ?? null,
  };
}

export type LabelSets = { readonly tags: string | null; readonly costCategories: string | null };

/**
 * Tag and cost category sets as JSON objects with sorted keys; null when empty. Keys stay as the export spells them
 * (`user:Team`, `user_team`, `aws:createdBy`, `accountTag/…`, `iamPrincipal/…`), only `resourceTags/` goes.
 */
export function labelSets(
  tagPairs: Iterable<readonly [string, string]>,
  costCategoryPairs: Iterable<readonly [string, string]>,
): LabelSets {
  const tags = new Map<string, string>();
  const categories = new Map<string, string>(costCategoryPairs);
  for (const [key, value] of tagPairs) {
    const category = /^costCategor(?:y|ies)\/(?<name>.+)$/u.exec(key)?.groups?.name;
    if (category === undefined) tags.set(key.replace(/^resourceTags\//u, ''), value);
    else categories.set(category, value);
  }
  return { tags: asJson(tags), costCategories: asJson(categories) };
}

function asJson(entries: ReadonlyMap<string, string>): string | null {
  const filled = [...entries].filter(([, value]) => value !== '');
  if (filled.length === 0) return null;
  return JSON.stringify(Object.fromEntries(filled.toSorted(([left], [right]) => (left < right ? -1 : 1))));
}
