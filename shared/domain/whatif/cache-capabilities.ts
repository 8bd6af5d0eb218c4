// What each model asks of a cached prefix, as dated data: it changes the cost, and no bill says it.

export type CacheCapability = {
  readonly models: readonly string[];
  /** Tokens below which a checkpoint is silently ignored. Two figures where sources differ; null = not published. */
  readonly minimum: { readonly low: number; readonly high: number } | null;
  /** True where some sources price a cache write at 0 and others at the input price. */
  readonly writePriceDisputed: boolean;
  readonly source: string;
  /** ISO day on which the source was read or written. */
  readonly seen: string;
};

const fixed = (tokens: number) => ({ low: tokens, high: tokens });

/** First match by exact model name wins; a model that is not here has an unknown minimum, which is said. */
export const CACHE_CAPABILITIES: readonly CacheCapability[] = [
  {
    models: [
      'Claude 3.5 Sonnet v2',
      'Claude 3.7 Sonnet',
      'Claude Sonnet 4',
      'Claude Opus 4',
      'Claude Opus 4.1',
    ],
    minimum: fixed(1024),
    writePriceDisputed: false,
    source: 'AWS documentation, prompt caching (copy)',
    seen: '2026-06-30',
  },
  {
    models: ['Claude Sonnet 4.5'],
    minimum: fixed(1024),
    writePriceDisputed: false,
    source: 'AWS documentation, prompt caching (copy)',
    seen: '2026-10-04',
  },
  {
    models: ['Claude 3.5 Haiku'],
    minimum: fixed(2048),
    writePriceDisputed: false,
    source: 'aws/agent-toolkit-for-aws, prompt-caching.md',
    seen: '2026-08-20',
  },
  {
    models: ['Claude Sonnet 4.6'],
    minimum: { low: 1024, high: 2048 },
    writePriceDisputed: false,
    source: 'AWS documentation says 1,024; aws/agent-toolkit-for-aws and a measurement say 2,048',
    seen: '2026-08-20',
  },
  {
    models: ['Claude Haiku 4.5', 'Claude Opus 4.5', 'Claude Opus 4.6'],
    minimum: fixed(4096),
    writePriceDisputed: false,
    source: 'AWS documentation, prompt caching (copy)',
    seen: '2026-10-04',
  },
  {
    models: ['Claude Sonnet 5.5'],
    minimum: fixed(512),
    writePriceDisputed: false,
    source: 'AWS documentation, prompt caching (copy)',
    seen: '2026-10-04',
  },
  {
    models: ['Nova Micro', 'Nova Lite'],
    minimum: { low: 1024, high: 1536 },
    writePriceDisputed: true,
    source: 'aws/agent-toolkit-for-aws says 1,536; older AWS documentation about 1,000',
    seen: '2026-08-20',
  },
  {
    models: ['Nova Pro'],
    minimum: fixed(1024),
    writePriceDisputed: true,
    source: 'aws/agent-toolkit-for-aws, prompt-caching.md',
    seen: '2026-08-20',
  },
  {
    models: ['Nova Premier', 'Nova 2 Lite'],
    minimum: null,
    writePriceDisputed: true,
    source: 'no minimum found in public text',
    seen: '2026-10-08',
  },
  {
    models: ['GPT-5.6 Sol'],
    minimum: fixed(1024),
    writePriceDisputed: false,
    source: 'AWS documentation, prompt caching (copy)',
    seen: '2026-10-04',
  },
];

const BY_MODEL = new Map(
  CACHE_CAPABILITIES.flatMap((capability) => capability.models.map((model) => [model, capability] as const)),
);

export function cacheCapability(model: string): CacheCapability | null {
  return BY_MODEL.get(model) ?? null;
}

export function writePriceIsDisputed(model: string): boolean {
  return cacheCapability(model)?.writePriceDisputed ?? false;
}
