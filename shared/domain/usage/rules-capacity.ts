// Rules for what is bought by time or kept for a model: provisioned and reserved capacity, imports, customization.
import type { Rule } from './rules.ts';
import type { Meter } from './vocabulary.ts';

const COMMITTED = { shape: 'capacity', about: null, products: null, variant: null } as const;

function customModel(
  id: string,
  reason: string,
  pattern: RegExp,
  meter: Meter,
  variant: string | null,
): Rule {
  return {
    id,
    reason,
    shape: 'feature',
    pattern,
    about: null,
    products: null,
    family: 'customization',
    meter,
    mode: 'on_demand',
    variant,
  };
}

function customImport(id: string, reason: string, pattern: RegExp, meter: Meter): Rule {
  return { ...customModel(id, reason, pattern, meter, null), family: 'custom_import' };
}

export const CAPACITY_RULES: readonly Rule[] = [
  {
    ...COMMITTED,
    id: 'provisioned-throughput',
    reason: 'model units by the hour; the term is in the string',
    pattern:
      /^(?<head>.*?)[-_]?provisioned[-_]?throughput(?:[-_](?<custom>custom)(?:[-_]?model)?)?(?:[-_]no[-_]?(?<none>commit)(?:ment)?|[-_](?<months>[136])[-_]?months?(?:[-_]?commit(?:ment)?)?)?[-_]model[-_]?units(?:[-_]usage)?$/iu,
    family: 'provisioned',
    meter: 'model_unit_hour',
    mode: 'provisioned',
  },
  {
    ...COMMITTED,
    id: 'model-units',
    reason: 'model units are provisioned capacity, also where the string does not state the term',
    pattern: /^(?<head>.*?)[-_]?model[-_]?units(?:[-_]usage)?$/iu,
    family: 'provisioned',
    meter: 'model_unit_hour',
    mode: 'provisioned',
  },
  {
    ...COMMITTED,
    id: 'reserved-tier',
    reason: 'tokens per minute reserved for a term: capacity, not a token count',
    pattern:
      /^(?<head>.*?)[-_]?reserved[-_]?(?:(?<months>[136])[-_]?months?[-_]?)?(?<v1>input|output)[-_]?(?:tpm|tokens[-_]per[-_]minute)(?<tail>(?:[-_].*)?)$/iu,
    family: 'reserved',
    meter: 'tpm_hour',
    mode: 'reserved',
  },
  customImport(
    'custom-import-inference',
    'imported model running, by custom model unit and minute; the string names the architecture',
    /^(?<name>.+?)[-_]CustomModelImport[-_]Inference(?:[-_](?<v2>v\d+(?:[:.]\d+)?))?$/iu,
    'custom_model_unit_minute',
  ),
  customImport(
    'custom-import-storage',
    'imported model kept, by custom model unit and month',
    /^(?<name>.+?)[-_]CustomModelImport[-_]Storage(?:[-_](?<v2>v\d+(?:[:.]\d+)?))?$/iu,
    'custom_model_unit_month',
  ),
  customModel(
    'customization-training-hours',
    'reinforcement fine-tuning is billed by the hour',
    /^(?<head>.*?)[-_]rft[-_]training[-_]?hours?$/iu,
    'training_hour',
    null,
  ),
  customModel(
    'customization-storage',
    'custom model kept, by month',
    /^(?<head>.*?)[-_]?customization[-_]storage$/iu,
    'model_month',
    null,
  ),
  {
    ...customModel(
      'customization-training-images',
      'an image model is trained on images seen, not on tokens',
      /^(?<head>.*?)[-_]?customization[-_]training$/iu,
      'training_image',
      null,
    ),
    about: /canvas|image ?generator|stable ?(?:image|diffusion)/iu,
  },
  customModel(
    'customization-training-tokens',
    'training tokens (data set times epochs)',
    /^(?<head>.*?)(?:[-_]?model)?[-_]?customization[-_](?:training|token[-_]?count|input[-_]tokens?)$/iu,
    'training_token',
    null,
  ),
];
