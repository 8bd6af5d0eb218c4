// What one billed unit is worth: the thousandfold error hides here.
import { describe, expect, test } from 'vitest';
import { readUnit } from '../../../shared/domain/usage/units.ts';
import type { Meter } from '../../../shared/domain/usage/vocabulary.ts';

const read = (meter: Meter, unit: string | null, description: string | null = null, marketplace = false) =>
  readUnit({ meter, unit, description, marketplace })?.multiplier ?? null;

describe('Marketplace units', () => {
  test.each([
    ['million of tokens', 'input', 1_000_000],
    ['million of embedding tokens', 'embedding_input', 1_000_000],
    ['one image', 'image', 1],
    ['one image read', 'image_input', 1],
    ['one search unit', 'search_unit', 1],
    ['not stated for hours', 'model_unit_hour', null],
    ['not stated for reserved capacity', 'tpm_hour', null],
    ['not stated for seconds', 'video_second', null],
    ['not stated for cached token hours', 'cache_storage_hour', null],
  ] as const)('%s', (_what, meter, multiplier) => {
    expect(read(meter, 'Units', null, true)).toBe(multiplier);
  });

  test('a description that says million agrees, one that says thousand contradicts', () => {
    expect(
      read('input', 'Units', 'AWS Marketplace software usage|us-west-2|Million Input Tokens', true),
    ).toBe(1_000_000);
    expect(read('input', 'Units', 'Input Tokens - Standard, Global', true)).toBe(1_000_000);
    expect(read('cache_read', 'Units', 'thousand Cache Read Input Tokens Regional', true)).toBeNull();
  });

  test('outside the Marketplace form "Units" says nothing', () => {
    expect(read('input', 'Units')).toBeNull();
  });
});

describe('stated units', () => {
  test.each([
    ['1K tokens', 'output', 1000],
    ['1k tokens', 'output', 1000],
    ['1000 Tokens', 'output', 1000],
    ['1,000 tokens', 'output', 1000],
    ['per 1K input tokens', 'input', 1000],
    ['1M tokens', 'input', 1_000_000],
    ['Million Input Tokens', 'input', 1_000_000],
    ['MillionBatchInputTokens', 'input', 1_000_000],
    ['Tokens', 'training_token', 1],
    ['1K TPM Hour', 'tpm_hour', 1],
    ['1KTPMHour', 'tpm_hour', 1],
    ['1M TPM Hour', 'tpm_hour', 1000],
    ['1MTPMHour', 'tpm_hour', 1000],
    ['TPM Hour', 'tpm_hour', 0.001],
    ['hour', 'model_unit_hour', 1],
    ['Hrs', 'model_unit_hour', 1],
    ['Model/month', 'model_month', 1],
    ['model / month', 'model_month', 1],
    ['CMU-month', 'custom_model_unit_month', 1],
    ['Custom Model Unit per Min', 'custom_model_unit_minute', 1],
    ['TextUnit', 'text_unit', 1],
    ['1K Text Units', 'text_unit', 1000],
    ['Requests', 'request', 1],
    ['Per 1000 requests', 'request', 1000],
    ['Invocations', 'request', 1],
    ['OCU-Hours', 'ocu_hour', 1],
    ['vCPU-Hours', 'vcpu_hour', 1],
    ['GB-Hours', 'gb_hour', 1],
    ['GB-Month', 'gb_month', 1],
    ['GB-Mo', 'gb_month', 1],
    ['Seconds', 'video_second', 1],
    ['Images Processed', 'image_input', 1],
    ['Pages Processed', 'page', 1],
    ['Minutes Processed', 'minute', 1],
    ['Queries', 'query', 1],
  ] as const)('%s of %s', (unit, meter, multiplier) => {
    expect(read(meter, unit)).toBe(multiplier);
  });

  test.each([
    ['1K tokens', 'image'],
    ['1K tokens', 'text_unit'],
    ['hour', 'input'],
    ['hour', 'tpm_hour'],
    ['Seconds', 'input'],
    ['video', 'video_second'],
    ['1G tokens', 'input'],
    ['tokenish', 'input'],
    ['TextUnit', 'image_input'],
    ['GB', 'gb_month'],
  ] as const)('%s does not measure %s', (unit, meter) => {
    expect(read(meter, unit)).toBeNull();
  });
});

describe('an absent unit', () => {
  test('the description may stand in for it, for tokens', () => {
    expect(read('input', null, '$0.00006 per 1K input tokens')).toBe(1000);
    expect(read('input', '', 'USD 1.25 per 1M tokens')).toBe(1_000_000);
    expect(read('input', null, 'AWS Marketplace software usage|us-west-2|Million Input Tokens', true)).toBe(
      1_000_000,
    );
  });

  test('otherwise it is unknown, never one', () => {
    expect(read('input', null)).toBeNull();
    expect(read('image', null, '$0.04 per image')).toBeNull();
    expect(read('tpm_hour', null, 'reserved for a month')).toBeNull();
  });
});
