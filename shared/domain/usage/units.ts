// What one billed unit of a line is in base units of its meter. A unit that is not understood stays unknown.
import type { UnitReading } from './line.ts';
import { type BaseUnit, METERS, type Meter } from './vocabulary.ts';

/** What a unit text may call a base unit, after its scale ("1K", "million") and "per" are taken off. */
const NOUNS = {
  token:
    /^(?:(?:input|output|cached?|read|write|batch|text|image|audio|video|speech|training)[ -]?)*tokens?$/u,
  token_hour: /token[- ]?hours?$/u,
  image: /^(?:created |input )?images?(?: processed)?$/u,
  second: /^(?:seconds?|secs?)$/u,
  search_unit: /^search ?units?$/u,
  text_unit: /^text ?units?$/u,
  query: /^(?:quer(?:y|ies)|requests?|retrievals?)$/u,
  page: /^pages?(?: processed)?$/u,
  minute: /^(?:minutes?|mins?)(?: processed)?$/u,
  request:
    /^(?:api )?(?:requests?|invocations?|authorizations?|retrievals?|memory[- ]retrieved|evaluations?)$/u,
  event: /^(?:new )?events?$/u,
  record: /^records?(?:[/ -]+month)?$/u,
  transition: /^(?:node ?)?transitions?$/u,
  task: /^(?:human ?)?tasks?$/u,
  model_unit_hour: /^(?:model[- ]?unit[- ]?)?(?:hours?|hrs?)$/u,
  ktpm_hour: /^tpm ?[- ]?hours?$/u,
  custom_model_unit_minute: /^(?:custom model unit|cmu)s? ?(?:per |\/ ?|-)min(?:ute)?s?$/u,
  custom_model_unit_month: /^(?:custom model unit|cmu)s? ?(?:per |\/ ?|-)mo(?:nth)?s?$/u,
  ocu_hour: /^ocu[- ]?(?:hours?|hrs?)$/u,
  vcpu_hour: /^vcpu[- ]?(?:hours?|hrs?)$/u,
  gb_hour: /^gb[- ]?(?:hours?|hrs?)$/u,
  gb_month: /^gb[- ]?mo(?:nth)?s?$/u,
  hour: /^(?:hours?|hrs?)$/u,
  model_month: /^models? ?(?:per |\/ ?|-) ?mo(?:nth)?s?$/u,
  unit: /^(?:tools?|tokens?)$/u,
} as const satisfies Record<BaseUnit, RegExp>;

const SCALES: readonly { readonly text: RegExp; readonly factor: number }[] = [
  { text: /^(?:1,?000,?000|1 ?m(?![a-z])|million|1 million)[ -]*/u, factor: 1_000_000 },
  { text: /^(?:1,?000|1 ?k(?![a-z])|1k(?=tpm)|thousand)[ -]*/u, factor: 1000 },
  { text: /^1m(?=tpm)/u, factor: 1_000_000 },
  { text: /^1 +/u, factor: 1 },
];

/** Meters whose Marketplace `Units` are single things. For token meters they are millions; for others AWS does not say. */
const SINGLE_UNIT_METERS: readonly Meter[] = ['image', 'image_input', 'search_unit'];

/** A tokens-per-minute rate is stored in thousands, every other unit as it is. */
const BASE_SIZE = (baseUnit: BaseUnit): number => (baseUnit === 'ktpm_hour' ? 1000 : 1);

function normalise(text: string): string {
  return text.trim().toLowerCase().replaceAll(/\s+/gu, ' ').replace(/^per /u, '');
}

function readNamedUnit(text: string, baseUnit: BaseUnit): UnitReading | null {
  const stated = normalise(text);
  const scale = SCALES.find((candidate) => candidate.text.test(stated));
  const noun = scale === undefined ? stated : stated.replace(scale.text, '');
  if (!NOUNS[baseUnit].test(noun)) return null;
  return { baseUnit, multiplier: (scale?.factor ?? 1) / BASE_SIZE(baseUnit) };
}

/** Marketplace `Units`: the description may say "Million …", and must not say "thousand". */
function readMarketplaceUnits(meter: Meter, description: string): UnitReading | null {
  const baseUnit = METERS[meter];
  if (/\bthousand\b/iu.test(description)) return null;
  if (/\bmillion\b/iu.test(description)) return { baseUnit, multiplier: 1_000_000 };
  if (baseUnit === 'token') return { baseUnit, multiplier: 1_000_000 };
  return SINGLE_UNIT_METERS.includes(meter) ? { baseUnit, multiplier: 1 } : null;
}

/** Units named by a description that stands in for an absent unit: `… per 1K input tokens`, `…|Million Input Tokens`. */
function readDescription(description: string, baseUnit: BaseUnit): UnitReading | null {
  const perUnit = /\bper ([^|]*?\btokens?)\b/iu.exec(description)?.[1];
  const million = /(?:^|\|)\s*(million [a-z ]+)$/iu.exec(description)?.[1];
  const stated = perUnit ?? million;
  return stated === undefined || baseUnit !== 'token' ? null : readNamedUnit(stated, baseUnit);
}

export type UnitQuestion = {
  readonly meter: Meter;
  /** Unit string of the line, as the export states it. */
  readonly unit: string | null;
  readonly description: string | null;
  /** Whether the usage type has the Marketplace form, where `Units` has a meaning of its own. */
  readonly marketplace: boolean;
};

/**
 * Billed unit → base unit of the meter. null where the unit is absent, unheard of, or of another kind than the
 * meter (cost is then shown, quantity is not). The unit decides per line: AWS has changed it for one usage type.
 */
export function readUnit(question: UnitQuestion): UnitReading | null {
  const { meter, unit, marketplace } = question;
  const description = question.description ?? '';
  if (unit === null || unit.trim() === '') return readDescription(description, METERS[meter]);
  if (/^units?$/iu.test(unit.trim())) return marketplace ? readMarketplaceUnits(meter, description) : null;
  return readNamedUnit(unit, METERS[meter]);
}
