// Reads a model out of a text: a name on the bill, a model id, an ARN's last part or the spelling inside a usage type.
import type { ModelTier } from './line.ts';
import { MODEL_TABLE, type ModelRow, type Provider, VENDORS } from './model-table.ts';

export type KnownModel = {
  readonly model: string;
  readonly provider: Provider;
  readonly tier: ModelTier | null;
};

const EDITION = /\s*\((?:amazon )?bedrock(?: edition)?\)\s*$/iu;
const ROUTING = /^(?:us-gov|us|eu|apac|jp|au|ca|global)\./iu;
const VENDOR = new RegExp(`^(${Object.keys(VENDORS).join('|')})\\.(?=[a-z0-9])`, 'iu');

/**
 * What remains of a name when case, spaces and punctuation are set aside. Digits that punctuation holds
 * apart stay apart, so that `3.1 70B`, `3-1-70B` agree and `31 70B` does not.
 */
function key(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('+', 'plus')
    .replace(/(?<=\d)[^a-z0-9]+(?=\d)/gu, '-')
    .replace(/(?<!\d)[^a-z0-9]+|[^a-z0-9]+(?!\d)/gu, '');
}

/** Parts of an id that do not change which model it is; applied one after the other, each result is tried. */
const RELAXATIONS: readonly { readonly cut: RegExp; readonly reason: string }[] = [
  { cut: EDITION, reason: 'the edition is how it is sold' },
  { cut: ROUTING, reason: 'an inference profile names the geography first' },
  { cut: /:\d+k$/iu, reason: 'a context window variant of the same model' },
  {
    cut: /^(?:amazon|anthropic|meta|openai|cohere|twelvelabs|writer|google|deepseek|qwen|xai) /iu,
    reason: 'pages print the provider before the model',
  },
  { cut: /(?<=-v\d+(?:-\d+)?):\d+$/iu, reason: 'build of an id version' },
  { cut: /[-@](?:v[01](?::\d+)?)$/iu, reason: 'first version of an id; later versions are listed by name' },
  { cut: /[-@]\d{8}$/u, reason: 'release date of an id' },
  { cut: /[-\s]?(?:instruct|it)$/iu, reason: 'Bedrock serves the instruction-tuned model only' },
];

const INDEX: ReadonlyMap<string, KnownModel> = buildIndex();

function buildIndex(): Map<string, KnownModel> {
  const index = new Map<string, KnownModel>();
  for (const [provider, rows] of Object.entries(MODEL_TABLE) as [Provider, readonly ModelRow[]][]) {
    for (const [model, tier, ...aliases] of rows) {
      for (const spelling of [model, ...aliases]) {
        const held = index.get(key(spelling));
        if (held !== undefined && held.model !== model) {
          throw new Error(`"${spelling}" names both ${held.model} and ${model}`);
        }
        index.set(key(spelling), { model, provider, tier });
      }
    }
  }
  return index;
}

/** The provider that a model id's first part names, e.g. `qwen.qwen3-32b` → Qwen; null where it names none we know. */
export function providerOfModelId(text: string): Provider | null {
  const vendor = VENDOR.exec(text.replace(ROUTING, ''))?.[1]?.toLowerCase();
  return vendor === undefined ? null : VENDORS[vendor as keyof typeof VENDORS];
}

/**
 * The model a text names, by its printed name; null where the table does not hold it (never the nearest one).
 * Accepts names with and without "(Amazon Bedrock Edition)", model and inference-profile ids, and usage-type
 * spellings (`Claude4.6Sonnet`, `Llama3-1-70B`, `Nova2.0Lite`).
 */
export function resolveModel(text: string): KnownModel | null {
  const vendor = providerOfModelId(text.trim());
  let rest = text.trim();
  for (const cut of [null, ...RELAXATIONS.map((relaxation) => relaxation.cut)]) {
    if (cut !== null) rest = rest.replace(cut, '');
    const known = INDEX.get(key(rest)) ?? INDEX.get(key(rest.replace(VENDOR, '')));
    if (known !== undefined) return vendor === null || vendor === known.provider ? known : null;
  }
  return null;
}

/** "(Amazon Bedrock Edition)" or "(Bedrock)" taken off a product name; null where the name has no such suffix. */
export function withoutEdition(productName: string): string | null {
  return EDITION.test(productName) ? productName.replace(EDITION, '').trim() : null;
}

/** Every model of the table, for the catalog and for choosing. */
export const KNOWN_MODELS: readonly KnownModel[] = [
  ...new Map([...INDEX.values()].map((model) => [model.model, model])).values(),
];
