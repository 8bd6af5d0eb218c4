// What makes a line outside Bedrock's predicate look like AI, so that somebody looks at it. A clue is no classification.

export type ClueSubject = { readonly service: string | null; readonly usageType: string | null };

export type Clue = {
  readonly id: string;
  readonly on: keyof ClueSubject;
  readonly pattern: RegExp;
  /** What a reader is told about the line. */
  readonly reason: string;
};

/** In order: the first that fits is the reason shown. */
export const AI_CLUES: readonly Clue[] = [
  {
    id: 'service-says-bedrock',
    on: 'service',
    pattern: /bedrock/iu,
    reason: 'The product says Bedrock, but it is not one of the known product codes.',
  },
  {
    id: 'usage-type-says-bedrock',
    on: 'usageType',
    pattern: /bedrock/iu,
    reason: 'The usage type says Bedrock; another service bills it.',
  },
  {
    id: 'product-names-model',
    on: 'service',
    pattern:
      /\b(?:claude|anthropic|mistral|mixtral|llama|cohere|jurassic|jamba|stable diffusion|deepseek|gpt|grok|qwen)\b/iu,
    reason: 'The product carries the name of a model or of a model’s maker.',
  },
  {
    id: 'counts-tokens',
    on: 'usageType',
    pattern: /(?:input|output|cache[-_ ]?(?:read|write))[-_ ]?tokens?|token[-_ ]?count(?![a-z])/iu,
    reason: 'It counts input, output or cached tokens.',
  },
  {
    id: 'counts-inference',
    on: 'usageType',
    pattern: /model[-_ ]?inference|invoke[-_ ]?model|provisionedthroughput[-_ ]?\w*modelunits/iu,
    reason: 'The usage type speaks of inference on a model.',
  },
  {
    id: 'vector-store',
    on: 'usageType',
    pattern: /^(?:[A-Z]{2,3}\d?-)?(?:Indexing|Search)OCU$/u,
    reason: 'OpenSearch Serverless compute is the floor of most knowledge bases.',
  },
  {
    id: 'hosted-model',
    on: 'usageType',
    pattern: /^(?:[A-Z]{2,3}\d?-)?Host:ml\./u,
    reason: 'A hosted endpoint: Bedrock Marketplace models run on one.',
  },
];

/** The first clue that fits a line; null when nothing about it looks like AI. */
export function clueOf(subject: ClueSubject): Clue | null {
  return AI_CLUES.find(({ on, pattern }) => pattern.test(subject[on] ?? '')) ?? null;
}
