// Opportunities in how the same model is bought: global routing, flex, and premiums for speed.
import type { RegionTier } from '../../usage/vocabulary.ts';
import { changedPlace } from '../places.ts';
import type { ResidencyLever, ServiceTierLever } from '../scenario.ts';
import {
  canWait,
  common,
  equals,
  type FinderEvidence,
  groupsOf,
  LIST,
  listCost,
  NO_ONE_OFF,
  onDemand,
  row,
  sizeRows,
  type UsageGroup,
} from './evidence.ts';
import type { Candidate, Found } from './finding.ts';

/** A price below this share of today's is a saving and not a difference of rounding. */
export const CHEAPER = 0.995;

const GLOBAL: RegionTier = 'global';

/** Usage kept in a region or geography although the same model has a cheaper global price. */
export function globalTier(evidence: FinderEvidence): Found[] {
  const groups = groupsOf(
    evidence,
    ({ regionTier, mode }) => regionTier !== GLOBAL && mode !== 'provisioned' && mode !== 'reserved',
    ['region', 'regionTier'],
  );
  return groups.flatMap((group): Found[] => {
    const now = listCost(evidence, group.vectors);
    const then = listCost(evidence, group.vectors, {
      place: (vector) => changedPlace(vector, { model: null, region: null, regionTier: GLOBAL }),
    });
    if (now === null || then === null || then >= CHEAPER * now) return [];
    const share = { low: 0, base: 1, high: 1 };
    const lever: ResidencyLever = {
      ...common('residency', `Global: ${group.subject}`, group.scope, 'medium'),
      kind: 'residency',
      share,
      tier: GLOBAL,
      region: null,
    };
    return [
      {
        kind: 'candidate',
        subject: group.subject,
        lever,
        confidence: 'medium',
        confidenceReason:
          'Both prices are listed and the volume is billed; whether these requests may leave the region is your policy.',
        evidence: [
          ...sizeRows(group, evidence.currency),
          row('Where it is served today', now, 'USD', LIST),
          row('Served globally', then, 'USD', LIST),
          row('Global price, today = 1', then / now, 'ratio', LIST),
        ],
        assumptions: [
          'All of it may be served in any commercial region (none of it in the low case): your residency policy decides, the bill does not know it.',
          NO_ONE_OFF,
        ],
        where: group.scope,
      },
    ];
  });
}

/** On-demand usage that nobody streams, of models that sell a flex tier. */
export function flexTier(evidence: FinderEvidence): Found[] {
  const groups = groupsOf(evidence, (vector) => onDemand(vector) && canWait(vector), ['workload']);
  return groups.flatMap((group): Found[] => {
    const now = listCost(evidence, group.vectors);
    const then = listCost(evidence, group.vectors, { mode: 'flex' });
    if (now === null || then === null || then >= CHEAPER * now) return [];
    return [
      tierCandidate(evidence, group, {
        from: 'on_demand',
        to: 'flex',
        title: 'Flex',
        share: { low: 0.2, base: 0.5, high: 0.8 },
        now,
        then,
        confidence: 'low',
        confidenceReason:
          'Nobody streams these requests, but how long their callers may wait is not on the bill.',
        assumption:
          '50 % of the requests can be served slower (20 % to 80 %): an assumption, the bill does not say who waits.',
      }),
    ];
  });
}

/** Usage bought faster than standard, at a premium. */
export function premiumTier(evidence: FinderEvidence): Found[] {
  const modes = ['priority', 'latency_optimized'] as const;
  return modes.flatMap((from) =>
    groupsOf(evidence, ({ mode }) => mode === from, ['workload']).flatMap((group): Found[] => {
      const now = listCost(evidence, group.vectors);
      const then = listCost(evidence, group.vectors, { mode: 'on_demand' });
      if (now === null || then === null || then >= CHEAPER * now) return [];
      return [
        tierCandidate(evidence, group, {
          from,
          to: 'on_demand',
          title: 'Standard tier',
          share: { low: 0.2, base: 0.5, high: 1 },
          now,
          then,
          confidence: 'medium',
          confidenceReason:
            'The premium is billed and the standard price is listed; who needs the speed is for the owner to say.',
          assumption:
            '50 % of the requests do not need the premium (20 % to 100 %): an assumption, the bill does not say who waits.',
        }),
      ];
    }),
  );
}

type TierChange = Pick<Candidate, 'confidence' | 'confidenceReason'> &
  Pick<ServiceTierLever, 'share' | 'to'> & {
    readonly from: 'on_demand' | 'priority' | 'latency_optimized';
    readonly title: string;
    readonly now: number;
    readonly then: number;
    readonly assumption: string;
  };

function tierCandidate(evidence: FinderEvidence, group: UsageGroup, change: TierChange): Candidate {
  const { from, to, title, share, now, then, confidence, confidenceReason, assumption } = change;
  const scope = [...group.scope, equals('mode', from)];
  const subject = from === 'on_demand' ? group.subject : `${group.subject} · ${from.replaceAll('_', ' ')}`;
  const lever: ServiceTierLever = {
    ...common('tier', `${title}: ${subject}`, scope, confidence),
    kind: 'service_tier',
    share,
    to,
    excludeStreaming: true,
  };
  return {
    kind: 'candidate',
    subject,
    lever,
    confidence,
    confidenceReason,
    evidence: [
      ...sizeRows(group, evidence.currency),
      row('In today’s tier', now, 'USD', LIST),
      row(`In the tier ${to.replaceAll('_', ' ')}`, then, 'USD', LIST, 'all of it'),
    ],
    assumptions: [assumption, NO_ONE_OFF],
    where: scope,
  };
}
