// Rules for inference itself: media and embeddings, cached tokens, then plain input and output.
import type { Rule } from './rules.ts';
import type { Meter } from './vocabulary.ts';

const INFERENCE = { about: null, products: null, family: 'inference', mode: 'on_demand' } as const;

function items(id: string, reason: string, pattern: RegExp, meter: Meter): Rule {
  return { ...INFERENCE, shape: 'items', id, reason, pattern, meter, variant: null };
}

function tokens(
  id: string,
  reason: string,
  pattern: RegExp,
  meter: Meter,
  about: RegExp | null = null,
): Rule {
  return { ...INFERENCE, shape: 'tokens', id, reason, pattern, meter, about, variant: null };
}

const HEAD = '^(?<head>.*?)[-_]?';
const COUNT = '[-_]?tokens?(?:[-_]?count)?(?<tail>(?:[-_].*)?)$';
const MODALITY = '(?:[-_]?(?<modality>text|image|audio|video))?';
const SPEECH = 'speech(?:[-_]?(?:understanding|generation))?';
const EMBEDDING = /embed|cohere ?embed|marengo/iu;
const CACHE_WRITE = 'cache[-_]?write(?:[-_]?(?:1h|30m|5m))?(?:[-_]?input)?';

/** Lookahead for a cache lifetime, inside the meter's name or after it. */
const lifetime = (spellings: string): string => `(?=.*(?:write|[-_])(?:${spellings})(?:$|[-_]|input))`;

const grammar = (...parts: readonly string[]): RegExp => new RegExp(parts.join(''), 'iu');

const MEDIA: readonly Rule[] = [
  items(
    'rerank',
    'ranking by search unit; one unit is one, never a million',
    /^(?<head>.*?)[-_]?search[-_]?units?(?<tail>(?:[-_].*)?)$/iu,
    'search_unit',
  ),
  items(
    'image-by-size',
    'images made, by size and quality; text to image and image to image cost the same',
    /^(?<head>.+?)[-_](?:t2i|i2i)[-_](?<v1>\d{3,4}(?:x\d{3,4})?)[-_](?<v2>standard|premium)(?<tail>(?:[-_].*)?)$/iu,
    'image',
  ),
  items(
    'image-created',
    'images made; the product or the string names the model',
    /^created[-_]?images?(?:[-_](?<model>.+))?$/iu,
    'image',
  ),
  items(
    'video-by-resolution',
    'video made by the second, by frame rate and resolution',
    /^(?<head>.+?)[-_](?:t2v|i2v)[-_](?<v1>[a-z]+fps)[-_](?<v2>[a-z]+?)res(?:olution)?(?<tail>(?:[-_].*)?)$/iu,
    'video_second',
  ),
  items(
    'video-seconds',
    'video made by the second',
    /^(?<head>.*?)(?:[-_](?<v1>[a-z]+?)resolution)?[-_]?output[-_](?:video[-_])?seconds?(?<tail>(?:[-_].*)?)$/iu,
    'video_second',
  ),
  items(
    'image-input',
    'images read; document images have a price of their own',
    /^(?<head>.*?)[-_]?input[-_]?(?:(?<v1>document)[-_]|standard[-_])?image(?:[-_]?count)?(?<tail>(?:[-_](?!token).*)?)$/iu,
    'image_input',
  ),
  items(
    'audio-seconds-input',
    'audio read by the second',
    /^(?<head>.*?)[-_]?input[-_]?audio[-_]?seconds?(?<tail>(?:[-_].*)?)$/iu,
    'audio_input_second',
  ),
  items(
    'video-seconds-input',
    'video read by the second',
    /^(?<head>.*?)[-_]?input[-_]?video[-_]?seconds?(?<tail>(?:[-_].*)?)$/iu,
    'video_input_second',
  ),
  tokens(
    'speech-input',
    'speech heard, in speech tokens',
    grammar(HEAD, SPEECH, '[-_]?input', COUNT),
    'speech_input',
  ),
  tokens(
    'speech-output',
    'speech spoken, in speech tokens',
    grammar(HEAD, SPEECH, '[-_]?output', COUNT),
    'speech_output',
  ),
  tokens(
    'cohere-embed',
    'Marketplace embedding whose string is the model itself',
    /^(?<model>cohere[-_]embed[-_]v?\d+)$/iu,
    'embedding_input',
  ),
  tokens(
    'embedding-input',
    'input of an embedding model: there is no output to go with it',
    grammar(HEAD, 'input', COUNT),
    'embedding_input',
    EMBEDDING,
  ),
];

const CACHE: readonly Rule[] = [
  items(
    'cache-storage',
    'cached tokens kept, by token hour',
    /^(?<head>.*?)[-_]?cache[-_]?storage$/iu,
    'cache_storage_hour',
  ),
  tokens(
    'cache-read',
    'tokens read from the prompt cache',
    grammar(HEAD, 'cache[-_]?read(?:[-_]?input)?', COUNT),
    'cache_read',
  ),
  tokens(
    'cache-write-1h',
    'tokens written to the prompt cache for an hour',
    grammar(lifetime('1h|1[-_]?hour|60m'), HEAD, CACHE_WRITE, COUNT),
    'cache_write_1h',
  ),
  tokens(
    'cache-write-30m',
    'tokens written to the prompt cache for 30 minutes',
    grammar(lifetime('30m|30[-_]?min(?:ute)?s?'), HEAD, CACHE_WRITE, COUNT),
    'cache_write_30m',
  ),
  tokens(
    'cache-write-5m',
    'tokens written to the prompt cache; without a stated lifetime it is five minutes',
    grammar(HEAD, CACHE_WRITE, COUNT),
    'cache_write_5m',
  ),
];

const PLAIN: readonly Rule[] = [
  tokens('input-tokens', 'uncached input tokens', grammar(HEAD, 'input', MODALITY, COUNT), 'input'),
  tokens('output-tokens', 'output tokens', grammar(HEAD, 'output', MODALITY, COUNT), 'output'),
  tokens(
    'input-by-model-id',
    'a model id followed by the bare word',
    /^(?<head>[a-z0-9]+\.[\w.-]+?)[-_]input(?<tail>(?:[-_].*)?)$/iu,
    'input',
  ),
  tokens(
    'output-by-model-id',
    'a model id followed by the bare word',
    /^(?<head>[a-z0-9]+\.[\w.-]+?)[-_]output(?<tail>(?:[-_].*)?)$/iu,
    'output',
  ),
];

export const INFERENCE_RULES: readonly Rule[] = [...MEDIA, ...CACHE, ...PLAIN];
