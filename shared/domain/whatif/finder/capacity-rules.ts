// Opportunities in what is paid by the hour whether it is used or not: model units, reserved tokens, search capacity.
import type { Filter } from '../../spend/vocabulary.ts';
import type { KnowledgeBaseLever } from '../scenario.ts';
import {
  type BoughtCapacity,
  common,
  equals,
  type FinderEvidence,
  INVOICED,
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

/** Model units and reserved tokens on the bill. How full they are is nowhere on it. */
export function idleUnits(evidence: FinderEvidence): Found[] {
  return evidence.capacity.map((bought): Found => {
    const where: Filter[] = [equals('family', bought.family), equals('model', bought.model)];
    return {
      kind: 'undecided',
      subject: [bought.model ?? 'model not stated', bought.family, termText(bought)].join(' · '),
      because:
        bought.family === 'provisioned'
          ? 'Tokens served on model units are not billed, so the bill cannot say how full they are: it needs token counts of the provisioned model by hour, and the tokens a minute one unit serves. A term that runs is paid to its end either way.'
          : 'Tokens within a reservation are not billed apart, so the bill cannot say how full it is: it needs token counts by hour. A term that runs is paid to its end either way.',
      evidence: capacityRows(bought, evidence),
      atStake: bought.invoiced,
      where,
    };
  });
}

const termText = ({ term }: BoughtCapacity): string =>
  term === null || term === 'none' ? 'no commitment' : `term ${term.replaceAll('_', ' ')}`;

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
  if (ocu.hours === 0 || daysCovered === 0) return [];
  const running = ocu.hours / (daysCovered * 24);
  const rows = [
    row('Cost of search capacity', ocu.invoiced, currency, INVOICED),
    row('Capacity unit hours', ocu.hours, 'count', ON_BILL),
    row('Units running on average', running, 'units', ON_BILL, 'hours ÷ hours of the days held'),
    row('Price of a unit’s hour', ocu.invoiced / ocu.hours, `${currency}/hour`, INVOICED),
  ];
  const subject = 'OpenSearch Serverless';
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
