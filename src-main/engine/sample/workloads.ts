// The imagined company whose bill the sample is: what its applications use of Bedrock a day, and at which list price.
// Names, accounts and volumes are invented; usage-type spellings and prices follow what AWS prints.
import type {
  ContextBand,
  Family,
  Meter,
  Mode,
  RegionTier,
  Term,
} from '../../../shared/domain/usage/vocabulary.ts';

export type SampleAccount = { readonly id: string; readonly name: string };

export const PAYER: SampleAccount = { id: '000123456789', name: 'Northwind Payer' };
export const ACCOUNTS = {
  prod: { id: '210987654321', name: 'northwind-prod' },
  data: { id: '310987654322', name: 'northwind-data' },
  dev: { id: '410987654323', name: 'northwind-dev' },
  research: { id: '510987654324', name: 'northwind-research' },
  shared: { id: '610987654325', name: 'northwind-shared' },
} as const satisfies Record<string, SampleAccount>;

export type BillingStyle = 'native' | 'service' | 'agentcore' | 'marketplace';

/** One metered thing an application uses: how AWS prints it, what it means, how much of it a day. */
export type SampleUsage = {
  readonly usageType: string;
  readonly billing: BillingStyle;
  /** Product name on the bill; for Marketplace lines it is where the model is named. */
  readonly productName: string;
  readonly unit: string;
  /** Base units in one billed unit, in truth: what the importer has to find out from the unit string. */
  readonly multiplier: number;
  /** Billed units a day on an ordinary weekday of the first month. */
  readonly perDay: number;
  /** List price in USD of one billed unit. */
  readonly rate: number;
  readonly description: string;
  readonly meaning: {
    readonly family: Family;
    readonly model: string | null;
    readonly provider: string | null;
    readonly meter: Meter | null;
    readonly mode: Mode;
    readonly term: Term | null;
    readonly regionTier: RegionTier | null;
    readonly contextBand: ContextBand | null;
  };
};

export type Workload = {
  readonly application: string;
  readonly team: string;
  readonly environment: 'production' | 'development';
  readonly account: SampleAccount;
  readonly region: string;
  readonly principal: string | null;
  readonly resource: string | null;
  readonly operation: 'InvokeModelInference' | 'InvokeModelStreamingInference' | 'Usage';
  /** Growth of the daily volume a month, and how much of a weekday's volume a weekend day has. */
  readonly monthlyGrowth: number;
  readonly weekendShare: number;
  readonly usage: readonly SampleUsage[];
};

type Tokens = Partial<
  Record<'input' | 'output' | 'cache_read' | 'cache_write_5m' | 'cache_write_1h', number>
>;

const CAMEL = {
  input: 'InputTokenCount',
  output: 'OutputTokenCount',
  cache_read: 'CacheReadInputTokenCount',
  cache_write_5m: 'CacheWriteInputTokenCount',
  cache_write_1h: 'CacheWrite1hInputTokenCount',
} as const;
const SNAKE = {
  input: 'input_tokens',
  output: 'output_tokens',
  cache_read: 'cache_read_tokens',
  cache_write_5m: 'cache_write_tokens',
  cache_write_1h: 'cache_write_tokens_1h',
} as const;
const NATIVE = {
  input: 'input-tokens',
  output: 'output-tokens',
  cache_read: 'cache-read-input-token-count',
  cache_write_5m: 'cache-write-input-token-count',
  cache_write_1h: 'cache-write-input-token-count-1-hour',
} as const;
const WORDS = {
  input: 'Input Tokens',
  output: 'Output Tokens',
  cache_read: 'Cache Read Input Tokens',
  cache_write_5m: 'Cache Write Input Tokens',
  cache_write_1h: 'Cache Write 1h Input Tokens',
} as const;
type TokenMeter = keyof typeof CAMEL;

/** Claude of the 4.6 generation and older: Marketplace camel-case strings, in millions of tokens. */
function claudeCamel(
  model: string,
  prefix: string,
  scope: 'global' | 'regional',
  mode: 'on_demand' | 'batch',
  perMillion: Tokens,
  millionsPerDay: Tokens,
): SampleUsage[] {
  const suffix = `${scope === 'global' ? '_Global' : ''}${mode === 'batch' ? '_Batch' : ''}`;
  return tokenUsages(millionsPerDay, perMillion, (meter) => ({
    usageType: `${prefix}-MP:${prefix}_${CAMEL[meter]}${suffix}-Units`,
    billing: 'marketplace',
    productName: `${model} (Amazon Bedrock Edition)`,
    unit: 'Units',
    multiplier: 1_000_000,
    description: `AWS Marketplace software usage|${prefix}|Million ${WORDS[meter]}${mode === 'batch' ? ' Batch' : ''}`,
    meaning: inference('Anthropic', model, meter, mode, scope),
  }));
}

/** Claude from 4.7 on: Marketplace snake-case strings. */
function claudeSnake(
  model: string,
  prefix: string,
  scope: 'global' | 'regional',
  perMillion: Tokens,
  millionsPerDay: Tokens,
): SampleUsage[] {
  return tokenUsages(millionsPerDay, perMillion, (meter) => ({
    usageType: `${prefix}-MP:${prefix}_${SNAKE[meter]}${scope === 'global' ? '_global' : ''}_standard-Units`,
    billing: 'marketplace',
    productName: `${model} (Amazon Bedrock Edition)`,
    unit: 'Units',
    multiplier: 1_000_000,
    description: `AWS Marketplace software usage|${prefix}|${WORDS[meter]} - Standard${scope === 'global' ? ', Global' : ''}`,
    meaning: inference('Anthropic', model, meter, 'on_demand', scope),
  }));
}

/** Models in the AmazonBedrock offer: display-name strings, in thousands of tokens. */
function native(
  provider: string,
  model: string,
  prefix: string,
  token: string,
  mode: Mode,
  perMillion: Tokens,
  millionsPerDay: Tokens,
): SampleUsage[] {
  const suffix = { on_demand: '', latency_optimized: '-latency-optimized' }[mode as string] ?? `-${mode}`;
  return tokenUsages(millionsPerDay, perMillion, (meter) => ({
    usageType: `${prefix}-${token}-${NATIVE[meter]}${suffix}`,
    billing: 'native',
    productName: 'Amazon Bedrock',
    unit: '1K tokens',
    multiplier: 1000,
    description: `per 1K ${WORDS[meter].toLowerCase()} for ${model}`,
    meaning: inference(provider, model, meter, mode, 'regional'),
  }));
}

function tokenUsages(
  millionsPerDay: Tokens,
  perMillion: Tokens,
  make: (meter: TokenMeter) => Omit<SampleUsage, 'perDay' | 'rate'>,
): SampleUsage[] {
  return (Object.entries(millionsPerDay) as [TokenMeter, number][]).map(([meter, millions]) => {
    const usage = make(meter);
    const billedPerMillion = 1_000_000 / usage.multiplier;
    return {
      ...usage,
      perDay: millions * billedPerMillion,
      rate: (perMillion[meter] ?? 0) / billedPerMillion,
    };
  });
}

function inference(
  provider: string,
  model: string,
  meter: Meter,
  mode: Mode,
  regionTier: RegionTier,
): SampleUsage['meaning'] {
  return {
    family: 'inference',
    provider,
    model,
    meter,
    mode,
    term: 'none',
    regionTier,
    contextBand: 'standard',
  };
}

type Feature = readonly [
  usageType: string,
  billing: BillingStyle,
  unit: string,
  multiplier: number,
  perDay: number,
  rate: number,
  meaning: Partial<SampleUsage['meaning']> & { family: Family; meter: Meter | null },
  productName?: string,
];

function features(...rows: readonly Feature[]): SampleUsage[] {
  return rows.map(([usageType, billing, unit, multiplier, perDay, rate, meaning, productName]) => ({
    usageType,
    billing,
    unit,
    multiplier,
    perDay,
    rate,
    productName: productName ?? (billing === 'agentcore' ? 'Amazon Bedrock AgentCore' : 'Amazon Bedrock'),
    description: `${rate} per ${unit} for ${usageType.replace(/^[A-Z0-9]+-/u, '')}`,
    meaning: {
      model: null,
      provider: null,
      mode: 'on_demand',
      term: 'none',
      regionTier: null,
      contextBand: null,
      ...meaning,
    },
  }));
}

const SONNET = { input: 3, output: 15, cache_read: 0.3, cache_write_5m: 3.75, cache_write_1h: 6 };
const SONNET_REGIONAL = {
  input: 3.3,
  output: 16.5,
  cache_read: 0.33,
  cache_write_5m: 4.125,
  cache_write_1h: 6.6,
};
const HAIKU = { input: 1, output: 5, cache_read: 0.1, cache_write_5m: 1.25 };
const OPUS = { input: 5, output: 25, cache_read: 0.5, cache_write_5m: 6.25, cache_write_1h: 10 };

const ROLE = (account: SampleAccount, role: string): string =>
  `arn:aws:sts::${account.id}:assumed-role/${role}/app`;
const PROFILE = (account: SampleAccount, region: string, id: string): string =>
  `arn:aws:bedrock:${region}:${account.id}:application-inference-profile/${id}`;

type App = Omit<Workload, 'monthlyGrowth' | 'weekendShare' | 'environment'> & Partial<Workload>;
const app = (workload: App): Workload => ({
  environment: 'production',
  monthlyGrowth: 0.06,
  weekendShare: 0.35,
  ...workload,
});

export const WORKLOADS: readonly Workload[] = [
  app({
    application: 'support-assistant',
    team: 'Customer Support',
    account: ACCOUNTS.prod,
    region: 'us-east-1',
    principal: ROLE(ACCOUNTS.prod, 'support-assistant'),
    resource: PROFILE(ACCOUNTS.prod, 'us-east-1', 'k3v9support01'),
    operation: 'InvokeModelStreamingInference',
    weekendShare: 0.7,
    usage: claudeCamel('Claude Sonnet 4.5', 'USE1', 'global', 'on_demand', SONNET, {
      input: 62,
      output: 14,
      cache_read: 118,
      cache_write_5m: 11,
    }),
  }),
  app({
    application: 'contract-review',
    team: 'Legal',
    account: ACCOUNTS.prod,
    region: 'eu-west-1',
    principal: ROLE(ACCOUNTS.prod, 'contract-review'),
    resource: PROFILE(ACCOUNTS.prod, 'eu-west-1', 'q8d2contract7'),
    operation: 'InvokeModelInference',
    weekendShare: 0.05,
    usage: claudeCamel('Claude Sonnet 4.5', 'EU', 'regional', 'on_demand', SONNET_REGIONAL, {
      input: 41,
      output: 5.5,
    }),
  }),
  app({
    application: 'document-extraction',
    team: 'Operations',
    account: ACCOUNTS.data,
    region: 'us-east-1',
    principal: ROLE(ACCOUNTS.data, 'extraction-nightly'),
    resource: null,
    operation: 'InvokeModelInference',
    monthlyGrowth: 0.11,
    usage: [
      ...claudeCamel('Claude Haiku 4.5', 'USE1', 'global', 'on_demand', HAIKU, {
        input: 210,
        output: 24,
        cache_read: 30,
        cache_write_5m: 4,
      }),
      ...claudeCamel(
        'Claude Haiku 4.5',
        'USE1',
        'global',
        'batch',
        { input: 0.5, output: 2.5 },
        { input: 55, output: 6 },
      ),
    ],
  }),
  app({
    application: 'code-assistant',
    team: 'Engineering',
    environment: 'development',
    account: ACCOUNTS.dev,
    region: 'us-west-2',
    principal: ROLE(ACCOUNTS.dev, 'developer'),
    resource: null,
    operation: 'InvokeModelStreamingInference',
    monthlyGrowth: 0.14,
    weekendShare: 0.12,
    usage: [
      ...claudeSnake('Claude Opus 4.7', 'USW2', 'global', OPUS, {
        input: 9,
        output: 3.1,
        cache_read: 74,
        cache_write_5m: 2.6,
        cache_write_1h: 3.4,
      }),
      ...claudeCamel('Claude Sonnet 4.6', 'USW2', 'global', 'on_demand', SONNET, {
        input: 18,
        output: 5.2,
        cache_read: 61,
        cache_write_5m: 4.5,
      }),
    ],
  }),
  app({
    application: 'catalog-enrichment',
    team: 'Commerce',
    account: ACCOUNTS.data,
    region: 'us-east-1',
    principal: ROLE(ACCOUNTS.data, 'catalog-batch'),
    resource: null,
    operation: 'InvokeModelInference',
    weekendShare: 1,
    usage: [
      ...native(
        'Amazon',
        'Nova Lite',
        'USE1',
        'NovaLite',
        'on_demand',
        { input: 0.06, output: 0.24, cache_read: 0.015, cache_write_5m: 0 },
        { input: 900, output: 130, cache_read: 160, cache_write_5m: 22 },
      ),
      ...native(
        'Amazon',
        'Nova Lite',
        'USE1',
        'NovaLite',
        'batch',
        { input: 0.03, output: 0.12 },
        { input: 420, output: 65 },
      ),
    ],
  }),
  app({
    application: 'intent-routing',
    team: 'Customer Support',
    account: ACCOUNTS.prod,
    region: 'us-east-1',
    principal: ROLE(ACCOUNTS.prod, 'intent-routing'),
    resource: null,
    operation: 'InvokeModelInference',
    weekendShare: 0.7,
    usage: native(
      'Amazon',
      'Nova Micro',
      'USE1',
      'NovaMicro',
      'on_demand',
      { input: 0.035, output: 0.14 },
      { input: 640, output: 18 },
    ),
  }),
  app({
    application: 'market-research',
    team: 'Strategy',
    account: ACCOUNTS.research,
    region: 'us-east-1',
    principal: ROLE(ACCOUNTS.research, 'analyst'),
    resource: null,
    operation: 'InvokeModelInference',
    usage: [
      ...native(
        'Amazon',
        'Nova Pro',
        'USE1',
        'NovaPro',
        'on_demand',
        { input: 0.8, output: 3.2, cache_read: 0.2 },
        { input: 34, output: 6, cache_read: 9 },
      ),
      ...native(
        'Amazon',
        'Nova Pro',
        'USE1',
        'NovaPro',
        'flex',
        { input: 0.4, output: 1.6 },
        { input: 12, output: 2.4 },
      ),
      ...native(
        'Amazon',
        'Nova Pro',
        'USE1',
        'NovaPro',
        'priority',
        { input: 1.4, output: 5.6 },
        { input: 4, output: 0.8 },
      ),
      ...native(
        'Amazon',
        'Nova Pro',
        'USE1',
        'NovaPro',
        'latency_optimized',
        { input: 1, output: 4 },
        { input: 3, output: 0.6 },
      ),
      ...claudeCamel('Claude 3.7 Sonnet', 'USE1', 'regional', 'on_demand', SONNET, { input: 6, output: 1.1 }),
    ],
  }),
  app({
    application: 'translation',
    team: 'Localization',
    account: ACCOUNTS.prod,
    region: 'us-west-2',
    principal: ROLE(ACCOUNTS.prod, 'translation'),
    resource: null,
    operation: 'InvokeModelInference',
    usage: [
      ...native(
        'Meta',
        'Llama 3.3 70B',
        'USW2',
        'Llama3-3-70B',
        'on_demand',
        { input: 0.72, output: 0.72 },
        { input: 46, output: 44 },
      ),
      ...native(
        'Mistral AI',
        'Mistral Large',
        'EUW2',
        'MistralLarge',
        'on_demand',
        { input: 5.2, output: 15.6 },
        { input: 1.1, output: 0.4 },
      ),
    ],
  }),
  app({
    application: 'evaluation-sandbox',
    team: 'Engineering',
    environment: 'development',
    account: ACCOUNTS.dev,
    region: 'us-east-1',
    principal: ROLE(ACCOUNTS.dev, 'sandbox'),
    resource: null,
    operation: 'InvokeModelInference',
    weekendShare: 0.1,
    usage: [
      ...native(
        'Qwen',
        'Qwen3 32B',
        'USE1',
        'Qwen3-32B',
        'on_demand',
        { input: 0.15, output: 0.6 },
        { input: 58, output: 9 },
      ),
      ...native(
        'Qwen',
        'Qwen3 32B',
        'USE1',
        'Qwen3-32B',
        'flex',
        { input: 0.075, output: 0.3 },
        { input: 17, output: 2 },
      ),
      ...features(
        [
          'USE1-xai.grok-4.3-mantle-input-tokens-standard',
          'native',
          '1M tokens',
          1_000_000,
          5.5,
          1.25,
          {
            family: 'inference',
            provider: 'xAI',
            model: 'Grok 4.3',
            meter: 'input',
            regionTier: 'regional',
            contextBand: 'standard',
          },
        ],
        [
          'USE1-xai.grok-4.3-mantle-output-tokens-standard',
          'native',
          '1M tokens',
          1_000_000,
          1.2,
          2.5,
          {
            family: 'inference',
            provider: 'xAI',
            model: 'Grok 4.3',
            meter: 'output',
            regionTier: 'regional',
            contextBand: 'standard',
          },
        ],
      ),
    ],
  }),
  app({
    application: 'enterprise-search',
    team: 'Knowledge',
    account: ACCOUNTS.shared,
    region: 'us-east-1',
    principal: ROLE(ACCOUNTS.shared, 'search-indexer'),
    resource: null,
    operation: 'Usage',
    weekendShare: 1,
    monthlyGrowth: 0.02,
    usage: features(
      [
        'USE1-TitanEmbeddingV2-Text-input-tokens',
        'native',
        '1K tokens',
        1000,
        260_000,
        0.00002,
        {
          family: 'inference',
          provider: 'Amazon',
          model: 'Titan Text Embeddings V2',
          meter: 'embedding_input',
          regionTier: 'regional',
          contextBand: 'standard',
        },
      ],
      [
        'USE1-MP:USE1_search_units-Units',
        'marketplace',
        'Units',
        1,
        9200,
        0.002,
        {
          family: 'inference',
          provider: 'Cohere',
          model: 'Cohere Rerank v3.5',
          meter: 'search_unit',
          regionTier: 'regional',
        },
        'Cohere Rerank v3.5 (Amazon Bedrock Edition)',
      ],
      [
        'USE1-Knowledge-Base:Consumption-based:Storage',
        'agentcore',
        'GB-Month',
        1,
        2.4,
        5,
        { family: 'knowledge_base', meter: 'gb_month' },
      ],
      [
        'USE1-Knowledge-Base:Consumption-based:Retrieval',
        'agentcore',
        'Queries',
        1,
        14_500,
        0.001,
        { family: 'knowledge_base', meter: 'query' },
      ],
    ),
  }),
  app({
    application: 'campaign-studio',
    team: 'Marketing',
    account: ACCOUNTS.prod,
    region: 'us-east-1',
    principal: ROLE(ACCOUNTS.prod, 'campaign-studio'),
    resource: null,
    operation: 'Usage',
    usage: features(
      [
        'USE1-MP:USE1_created_image_stable_image_core-Units',
        'marketplace',
        'Units',
        1,
        520,
        0.04,
        {
          family: 'inference',
          provider: 'Stability AI',
          model: 'Stable Image Core',
          meter: 'image',
          regionTier: 'regional',
        },
        'Stable Image Core (Amazon Bedrock Edition)',
      ],
      [
        'USE1-NovaReel-output-seconds',
        'native',
        'Seconds',
        1,
        210,
        0.08,
        {
          family: 'inference',
          provider: 'Amazon',
          model: 'Nova Reel',
          meter: 'video_second',
          regionTier: 'regional',
        },
      ],
      [
        'USE1-NovaSonic-speech-understanding-input-token',
        'native',
        '1K tokens',
        1000,
        5200,
        0.0034,
        {
          family: 'inference',
          provider: 'Amazon',
          model: 'Nova Sonic',
          meter: 'speech_input',
          regionTier: 'regional',
          contextBand: 'standard',
        },
      ],
    ),
  }),
  app({
    application: 'platform',
    team: 'AI Platform',
    account: ACCOUNTS.shared,
    region: 'us-east-1',
    principal: null,
    resource: null,
    operation: 'Usage',
    weekendShare: 1,
    monthlyGrowth: 0,
    usage: features(
      [
        'USW2-Llama3-1-70B-ProvisionedThroughput-NoCommit-ModelUnits',
        'native',
        'hour',
        1,
        24,
        24,
        {
          family: 'provisioned',
          provider: 'Meta',
          model: 'Llama 3.1 70B',
          meter: 'model_unit_hour',
          mode: 'provisioned',
          term: 'none',
          regionTier: 'regional',
        },
      ],
      [
        'USE1-MP:USE1_Reserved_1Month_InputTPM_Global-Units',
        'marketplace',
        '1M TPM Hour',
        1000,
        2.4,
        180,
        {
          family: 'reserved',
          provider: 'Anthropic',
          model: 'Claude Sonnet 4.6',
          meter: 'tpm_hour',
          mode: 'reserved',
          term: '1_month',
          regionTier: 'global',
        },
        'Claude Sonnet 4.6 (Amazon Bedrock Edition)',
      ],
      [
        'USE1-MP:USE1_Reserved_1Month_OutputTPM_Global-Units',
        'marketplace',
        '1M TPM Hour',
        1000,
        0.24,
        900,
        {
          family: 'reserved',
          provider: 'Anthropic',
          model: 'Claude Sonnet 4.6',
          meter: 'tpm_hour',
          mode: 'reserved',
          term: '1_month',
          regionTier: 'global',
        },
        'Claude Sonnet 4.6 (Amazon Bedrock Edition)',
      ],
      [
        'USE1-Llama-CustomModelImport-Inference-v1:0',
        'native',
        'Custom Model Unit per Min',
        1,
        480,
        0.05718,
        { family: 'custom_import', meter: 'custom_model_unit_minute' },
      ],
      [
        'USE1-Nova2.0Lite-Customization-Storage',
        'native',
        'Model/month',
        1,
        0.1,
        1.95,
        { family: 'customization', provider: 'Amazon', model: 'Nova 2 Lite', meter: 'model_month' },
      ],
      [
        'USE1-Nova2.0Lite-Customization-Training',
        'native',
        '1K tokens',
        1000,
        2100,
        0.00378,
        { family: 'customization', provider: 'Amazon', model: 'Nova 2 Lite', meter: 'training_token' },
      ],
      [
        'USE1-Guardrail-ContentPolicyUnitsConsumed',
        'native',
        'TextUnit',
        1,
        310_000,
        0.00015,
        { family: 'guardrails', meter: 'text_unit' },
      ],
      [
        'USE1-Guardrail-SensitiveInformationPolicyPaidUnitsConsumed',
        'native',
        'TextUnit',
        1,
        190_000,
        0.0001,
        { family: 'guardrails', meter: 'text_unit' },
      ],
      [
        'USE1-Guardrail-SensitiveInformationPolicyFreeUnitsConsumed',
        'native',
        'TextUnit',
        1,
        190_000,
        0,
        { family: 'guardrails', meter: 'text_unit' },
      ],
      [
        'USE1-DataAutomation-Standard-ImagesProcessed',
        'native',
        'Images processed',
        1,
        1400,
        0.003,
        { family: 'data_automation', meter: 'image_input' },
      ],
      [
        'USE1-Runtime:Consumption-based:vCPU',
        'agentcore',
        'vCPU-Hours',
        1,
        64,
        0.0895,
        { family: 'agents', meter: 'vcpu_hour' },
      ],
      [
        'USE1-Runtime:Consumption-based:Memory',
        'agentcore',
        'GB-Hours',
        1,
        210,
        0.00945,
        { family: 'agents', meter: 'gb_hour' },
      ],
      [
        'USE1-Gateway:Consumption-based:API-Invocations',
        'agentcore',
        'requests',
        1,
        96_000,
        0.000005,
        { family: 'agents', meter: 'request' },
      ],
      [
        'USE1-Memory:Consumption-based:Short-Term-Memory',
        'agentcore',
        'events',
        1,
        41_000,
        0.00025,
        { family: 'agents', meter: 'event' },
      ],
      // A meter AWS might introduce tomorrow: no rule may guess at it.
      [
        'USE1-ContextLens-FocusUnitsConsumed',
        'native',
        'FocusUnit',
        1,
        900,
        0.004,
        { family: 'unknown', meter: null, mode: 'unknown', term: null },
      ],
    ),
  }),
];
