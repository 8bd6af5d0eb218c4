// Opportunities in what is paid by the hour whether it is used or not: model units, reserved tokens, search capacity.
import type { Filter } from '../../spend/vocabulary.ts';
import { resolveModel } from '../../usage/models.ts';
import { DAYS_PER_MONTH } from '../months.ts';
import type { EndCapacityLever, KnowledgeBaseLever } from '../scenario.ts';
import {
  type BoughtCapacity,
  COUNTS,
  common,
  equals,
  type FinderEvidence,
  INVOICED,
  LIST,
  NO_ONE_OFF,
  ON_BILL,
  row,
} from './evidence.ts';
import type { EvidenceRow, Found } from './finding.ts';

/**
 * Units on average up to which search capacity is taken to stand at its floor: two with redundancy, and a quarter for
 * what it briefly scales up.
 */
export const FLOOR_UNITS = 2.25;
/** Units that remain when redundancy is given up. */
export const WITHOUT_REDUNDANCY = 1;

/** Model units and reserved tokens on the bill: idle or too empty where counts of what runs on them say so. */
export function idleUnits(evidence: FinderEvidence): Found[] {
  return evidence.capacity.map((bought): Found => {
    const scope = scopeOf(bought);
    const worth = worthOf(bought, evidence);
    const facts = {
      subject: [bought.model ?? 'model not stated', bought.family, termText(bought)].join(' · '),
      evidence: [...capacityRows(bought, evidence), ...countedRows(bought, evidence, worth)],
      where: scope,
    };
    const open = whyOpen(bought, evidence, worth);
    if (open !== null || worth === null)
      return { kind: 'undecided', ...facts, because: open ?? '', atStake: bought.invoiced };
    const perMonth = evidence.daysCovered === 0 ? 0 : (worth * DAYS_PER_MONTH) / evidence.daysCovered;
    const lever: EndCapacityLever = {
      ...common('idle-units', `End capacity: ${facts.subject}`, scope, worth === 0 ? 'high' : 'medium'),
      kind: 'end_capacity',
      endedShare: { low: 1, base: 1, high: 1 },
      paidUntil: null,
      elsewherePerMonth: { low: perMonth, base: perMonth, high: perMonth },
    };
    return {
      kind: 'candidate',
      ...facts,
      lever,
      confidence: worth === 0 ? 'high' : 'medium',
      confidenceReason:
        worth === 0
          ? 'No request is counted on it on any day of the period, and it is paid without a commitment.'
          : 'What is counted on it costs less by the token; cached tokens and what it is kept for are not counted.',
      assumptions: [
        'All of it ends: nobody keeps it for a custom model, for speed, or for traffic to come.',
        worth === 0
          ? 'Nothing needs to run elsewhere.'
          : 'Its traffic is bought on demand, as many tokens as were counted.',
        NO_ONE_OFF,
      ],
    };
  });
}

const scopeOf = ({ family, model, term, resource }: BoughtCapacity): Filter[] => [
  equals('family', family),
  equals('model', model),
  equals('term', term),
  equals('resource', resource),
];

/** What the counted tokens would cost on demand at list, in USD; null where they or a price are not known. */
function worthOf(
  { model, region, counted }: BoughtCapacity,
  { quote, vectors }: FinderEvidence,
): number | null {
  if (counted === null || counted.requests === null) return null;
  if (counted.requests === 0) return 0;
  const { inputTokens, outputTokens } = counted;
  if (model === null || inputTokens === null || outputTokens === null) return null;
  const used = vectors.find((vector) => vector.model === model && vector.region === region);
  const place = used ?? {
    provider: resolveModel(model)?.provider ?? null,
    ...{ model, region, variant: null, regionTier: null, contextBand: null, account: null },
  };
  const input = quote(place, 'input', 'on_demand');
  const output = quote(place, 'output', 'on_demand');
  return input === null || output === null ? null : inputTokens * input + outputTokens * output;
}

/** Why nothing is offered for some capacity; null = it is. */
function whyOpen(
  { family, term, counted, invoiced }: BoughtCapacity,
  { daysCovered, currency }: FinderEvidence,
  worth: number | null,
): string | null {
  if (counted === null) {
    return family === 'provisioned'
      ? 'Tokens served on model units are not billed, so the bill cannot say how full they are. Import counts of requests and tokens under the id of the provisioned model, by day; or state in a lever that ends capacity what you know.'
      : 'Tokens within a reservation are not billed apart, so the bill cannot say how full it is. Import counts under its id, by day; or state in a lever that ends capacity what you know.';
  }
  if (counted.days < daysCovered)
    return `Counts of it are held for ${counted.days} of ${daysCovered} days: a day without a count may be a day without a request, or without a report.`;
  if (worth === null)
    return 'Requests are counted on it, and their tokens or a price to buy them at are not known.';
  if (worth > 0 && currency !== 'USD')
    return `List prices are in USD and the bill is in ${currency}: nothing is converted.`;
  if (worth >= invoiced) return 'What is counted on it would cost more by the token: it is not idle.';
  if (term === 'none') return null;
  return 'The counts say that less runs on it than is paid for, and a commitment runs on it: nothing is saved before its last day, which is not on the bill. State that day in a lever that ends capacity.';
}

const termText = ({ term }: BoughtCapacity): string =>
  term === null ? 'term not stated' : term === 'none' ? 'no commitment' : `term ${term.replaceAll('_', ' ')}`;

function countedRows(
  { counted }: BoughtCapacity,
  { currency }: FinderEvidence,
  worth: number | null,
): EvidenceRow[] {
  if (counted === null) return [];
  return [
    row('Requests counted on it', counted.requests, 'count', COUNTS),
    row('Input tokens counted on it', counted.inputTokens, 'token', COUNTS),
    row('Output tokens counted on it', counted.outputTokens, 'token', COUNTS),
    row('Days with counts', counted.days, 'count', COUNTS),
    row('The same tokens on demand', worth, worth === 0 ? currency : 'USD', LIST),
  ];
}

function capacityRows({ hours, invoiced, family }: BoughtCapacity, evidence: FinderEvidence): EvidenceRow[] {
  const { daysCovered, currency } = evidence;
  const unit = family === 'provisioned' ? 'unit hours' : 'hours of 1K tokens a minute';
  return [
    row('Cost of this capacity', invoiced, currency, INVOICED),
    row(`Capacity bought, ${unit}`, hours, 'count', ON_BILL, hours === null ? 'unit not known' : null),
    row(
      'Running on average',
      hours === null || daysCovered === 0 ? null : hours / (daysCovered * 24),
      'units',
      ON_BILL,
      'hours ÷ hours of the days held',
    ),
  ];
}

/** Search capacity that never leaves its floor: half of it is redundancy. */
export function searchFloor(evidence: FinderEvidence): Found[] {
  const { ocu, daysCovered, currency } = evidence;
  const where = [equals('meter', 'ocu_hour')];
  if (daysCovered === 0 || ocu.hours === 0) return [];
  const subject = 'OpenSearch Serverless';
  const cost = row('Cost of search capacity', ocu.invoiced, currency, INVOICED);
  if (ocu.hours === null) {
    const because =
      'The bill shows its cost and not its units, so whether it stands at the floor is not known.';
    return [{ kind: 'undecided', subject, because, evidence: [cost], atStake: ocu.invoiced, where }];
  }
  const running = ocu.hours / (daysCovered * 24);
  const rows = [
    cost,
    row('Capacity unit hours', ocu.hours, 'count', ON_BILL),
    row('Units running on average', running, 'units', ON_BILL, 'hours ÷ hours of the days held'),
    row('Price of a unit’s hour', ocu.invoiced / ocu.hours, `${currency}/hour`, INVOICED),
  ];
  if (running > FLOOR_UNITS || running <= WITHOUT_REDUNDANCY) {
    const because =
      running > FLOOR_UNITS
        ? 'More units run than the floor of two, so load drives them: fewer may not carry it, and the bill does not hold the searches.'
        : 'It runs without redundancy already. Less means another vector store, whose price is not on this bill: state it in a vector store lever.';
    return [{ kind: 'undecided', subject, because, evidence: rows, atStake: ocu.invoiced, where }];
  }
  const lever: KnowledgeBaseLever = {
    ...common('search-floor', `Search capacity without redundancy`, [], 'medium'),
    kind: 'knowledge_base',
    ocusKept: { low: WITHOUT_REDUNDANCY, base: WITHOUT_REDUNDANCY, high: WITHOUT_REDUNDANCY },
    alternativePerMonth: { low: 0, base: 0, high: 0 },
  };
  return [
    {
      kind: 'candidate',
      subject,
      lever,
      confidence: 'medium',
      confidenceReason:
        'Hours and price are billed and stand at the floor; whether an index may live without redundancy depends on what it serves.',
      evidence: rows,
      assumptions: [
        'One unit is kept: redundancy is switched off, which AWS advises for development and test only.',
        'All capacity on the bill is one shared floor: collections under one key share units, others have a floor each.',
        'No other vector store is paid instead.',
        NO_ONE_OFF,
      ],
      where,
    },
  ];
}
