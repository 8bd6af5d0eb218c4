// One model, many spellings: every way a source writes a model leads to its printed name, and no other text does.
import { describe, expect, test } from 'vitest';
import {
  KNOWN_MODELS,
  providerOfModelId,
  resolveModel,
  withoutEdition,
} from '../../../shared/domain/usage/models.ts';

describe('spellings of one model', () => {
  test.each([
    [
      'Claude Sonnet 4.6',
      [
        'Claude Sonnet 4.6 (Amazon Bedrock Edition)',
        'Claude4.6Sonnet',
        'anthropic.claude-sonnet-4-6',
        'us.anthropic.claude-sonnet-4-6',
        'global.anthropic.claude-sonnet-4-6',
        'Anthropic Claude Sonnet 4.6',
        'claude sonnet 4.6',
      ],
    ],
    [
      'Claude Sonnet 4',
      ['Claude4Sonnet', 'Claude Sonnet 4 (Bedrock)', 'anthropic.claude-sonnet-4-20250514-v1:0'],
    ],
    ['Claude 3.5 Sonnet', ['anthropic.claude-3-5-sonnet-20240620-v1:0', 'Claude3.5Sonnet']],
    [
      'Claude 3.5 Sonnet v2',
      [
        'anthropic.claude-3-5-sonnet-20241022-v2:0',
        'anthropic.claude-3-5-sonnet-20241022-v2:0:200k',
        'Claude3.5Sonnetv2',
      ],
    ],
    ['Claude Haiku 4.5', ['anthropic.claude-haiku-4-5-20251001-v1:0', 'anthropic.claude-haiku-4-5@20251001']],
    ['Claude 2.1', ['anthropic.claude-v2:1']],
    ['Nova 2 Lite', ['Nova2.0Lite', 'Nova 2.0 Lite', 'amazon.nova-2-lite-v1:0', 'Amazon Nova 2 Lite']],
    [
      'Nova Lite',
      ['NovaLite', 'amazon.nova-lite-v1:0', 'eu.amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0:24k'],
    ],
    ['Llama 3.1 70B', ['Llama3-1-70B', 'meta.llama3-1-70b-instruct-v1:0', 'Llama 3.1 Instruct (70B)']],
    ['Llama 3.3 70B', ['Llama3-3-70B', 'Llama 3.3 70B Instruct']],
    ['Qwen3 32B', ['Qwen3-32B', 'qwen.qwen3-32b', 'qwen.qwen3-32b-v1:0']],
    ['GPT-5.6 Terra', ['openai.gpt-5.6-terra', 'OpenAI GPT-5.6 Terra (Amazon Bedrock Edition)']],
    ['OpenAI GPT-6 Astra', ['OpenAI GPT-6 Astra (Amazon Bedrock Edition)', 'GPT-6 Astra']],
    ['gpt-oss-120b', ['openai.gpt-oss-120b-1:0', 'GPT-OSS-120B']],
    ['Grok 4.3', ['xai.grok-4.3']],
    ['GLM 5', ['zai.glm5', 'zai.glm-5']],
    ['DeepSeek-V3.1', ['deepseek.v3-v1:0', 'deepseek.v3.1']],
    ['DeepSeek-R1', ['deepseek.r1-v1:0', 'us.deepseek.r1-v1:0']],
    ['Mistral 7B', ['Mistral7B', 'mistral.mistral-7b-instruct-v0:2']],
    ['Titan Text Embeddings V2', ['TitanEmbeddingV2-Text', 'amazon.titan-embed-text-v2:0']],
    ['Cohere Command R+', ['cohere.command-r-plus-v1:0', 'Command R+']],
    ['Cohere Command R', ['cohere.command-r-v1:0']],
    [
      'Stable Image Core',
      ['stable_image_core', 'stability.stable-image-core-v1:1', 'stability.stable-image-core-v1:0'],
    ],
  ])('%s', (name, spellings) => {
    expect(resolveModel(name)?.model).toBe(name);
    for (const spelling of spellings)
      expect([spelling, resolveModel(spelling)?.model]).toEqual([spelling, name]);
  });
});

test('every printed name of the table is its own first spelling, with its provider', () => {
  expect(KNOWN_MODELS.length).toBeGreaterThan(120);
  for (const known of KNOWN_MODELS) {
    expect(resolveModel(known.model)).toEqual(known);
    expect(resolveModel(`${known.model} (Amazon Bedrock Edition)`)).toEqual(known);
  }
});

test.each([
  '',
  'Amazon Bedrock',
  'Amazon Bedrock Service',
  'Claude',
  'Claude Sonnet',
  'Claude Sonnet 9',
  'Nova',
  'Llama 31 70B',
  'Llama 3 170B',
  'openai.claude-sonnet-4-6',
  'anthropic.nova-lite-v1:0',
  'anthropic.claude-3-5-sonnet-20991231-v2:0',
  'NovaLite-turbo',
])('"%s" names no model of the table', (text) => {
  expect(resolveModel(text)).toBeNull();
});

test('a model id names its vendor, also where the model is new', () => {
  expect(providerOfModelId('anthropic.claude-next-v1:0')).toBe('Anthropic');
  expect(providerOfModelId('apac.amazon.nova-next-v1:0')).toBe('Amazon');
  expect(providerOfModelId('acme.talker-9')).toBeNull();
  expect(providerOfModelId('Nova2.0Lite')).toBeNull();
});

test('the edition suffix is taken off, and only where it is', () => {
  expect(withoutEdition('Claude Opus 5 (Amazon Bedrock Edition)')).toBe('Claude Opus 5');
  expect(withoutEdition('Claude Sonnet 4 (Bedrock)')).toBe('Claude Sonnet 4');
  expect(withoutEdition('Amazon Bedrock')).toBeNull();
});
