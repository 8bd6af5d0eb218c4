// The review tray: every row says why it is there, what it costs, which lines it means, and which pattern covers it.
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { PAGE_LIMIT } from '../../../shared/contract/schemas.ts';
import { explainVariance } from '../../../shared/domain/pricing/variance.ts';
import { clueOf } from '../../../shared/domain/usage/ai-clues.ts';
import { splitUsageType } from '../../../shared/domain/usage/region-prefixes.ts';
import { ruleReason } from '../../../shared/domain/usage/rules.ts';
import type { RulePattern } from '../../../shared/domain/usage/workspace-rules.ts';
import { createFormat } from '../../../shared/format/format.ts';
import type { Db } from '../db/open.ts';
import { doubtfulBedrock, type TrayUsage, undecidedOutside, usageOutside } from '../db/review-tray.ts';
import { isoDay } from '../db/spend.ts';

type Tray = Output<'review.tray'>;
type Row = Tray['rows'][number];
type Problem = Row['problem'];
type Evidence = Row['evidence'][number];

const format = createFormat();

/** Most expensive first. */
export function reviewTray(db: Db, { period }: ParsedInput<'review.tray'>): Tray {
  const looksLikeAi = usageOutside(db).filter((usage) => clueOf(usage) !== null);
  const found = [
    ...doubtfulBedrock(db, period),
    ...(looksLikeAi.length === 0 ? [] : undecidedOutside(db, period, looksLikeAi)),
  ];
  const rows = found.flatMap((usage): Row[] => {
    const problem = usage.problem ?? (isUnitConflict(usage) ? 'unit_conflict' : null);
    return problem === null ? [] : [rowOf(usage, problem)];
  });
  rows.sort((left, right) => Math.abs(right.unblended) - Math.abs(left.unblended));
  return { schemaVersion: 1, rows: rows.slice(0, PAGE_LIMIT), rowCount: rows.length };
}

function isUnitConflict({ invoiced, catalogLow: low, catalogHigh: high }: TrayUsage): boolean {
  if (invoiced === null || low === null || high === null) return false;
  const catalog = { low, high, rangeReason: null };
  return explainVariance({ invoiced, catalog, listStated: null, otherTiers: [] }).reason === 'unit_conflict';
}

function rowOf(usage: TrayUsage, problem: Problem): Row {
  const { lineClass, quantity, invoiced, catalogLow, catalogHigh, ruleId, ...row } = usage;
  return {
    ...row,
    problem,
    firstDay: isoDay(usage.firstDay),
    lastDay: isoDay(usage.lastDay),
    evidence: [...EVIDENCE[problem](usage), ...costOfOne(usage), ...withoutDetail(usage)],
    suggestion: suggestionFor(usage, problem),
    lines: { where: filtersFor(usage), scope: lineClass === 'bedrock' ? 'bedrock' : 'all' },
  };
}

/** Why a row is in the tray, by its problem. */
const EVIDENCE: Readonly<Record<Problem, (usage: TrayUsage) => Evidence[]>> = {
  unknown_usage_type: ({ usageType, ruleId }) => [
    {
      label: 'Why',
      value:
        usageType === null
          ? 'The line has no usage type.'
          : `${capital(ruleReason(ruleId ?? '') ?? 'no rule fits')}: “${splitUsageType(usageType).body}”.`,
    },
  ],
  unknown_unit: ({ unit, meter }) => [
    {
      label: 'Why',
      value:
        unit === null
          ? `The export states no unit, and nothing else says how much one ${meter} is.`
          : `“${unit}” is not a unit of ${meter} that is known here. The cost counts, the quantity does not.`,
    },
  ],
  unit_conflict: ({ invoiced, catalogLow, catalogHigh, currency }) => [
    {
      label: 'Why',
      value:
        'Invoiced and catalog amounts are a thousand or a million apart, which is how a unit read wrongly looks.',
    },
    { label: 'Invoiced', value: format.money(invoiced, currency) },
    {
      label: 'By the catalog',
      value:
        catalogLow === catalogHigh
          ? format.money(catalogLow, 'USD')
          : `${format.money(catalogLow, 'USD')} to ${format.money(catalogHigh, 'USD')}`,
    },
  ],
  profile_without_model: ({ resource }) => [
    {
      label: 'Why',
      value:
        'The line names an application inference profile, and neither its usage type nor its product names a model.',
    },
    { label: 'Profile', value: resource ?? '' },
  ],
  looks_like_ai: (usage) => [
    { label: 'Why', value: clueOf(usage)?.reason ?? '' },
    {
      label: 'Held as',
      value:
        usage.lineClass === 'candidate'
          ? 'A line of a service that Bedrock may drive: not in Bedrock’s total until somebody says so.'
          : 'A line of another service: in the invoice’s total, not in Bedrock’s.',
    },
  ],
};

/** What one billed unit costs: the figure that a price page can be held against. */
function costOfOne({ quantity, unblended, unit, currency }: TrayUsage): Evidence[] {
  if (quantity === null || quantity === 0 || unblended === 0) return [];
  const each = format.unitPrice(unblended / quantity, currency);
  return [{ label: 'Cost of one', value: `${each} per ${unit ?? 'billed unit'}` }];
}

function withoutDetail({ lineItems, summedLineItems }: TrayUsage): Evidence[] {
  if (summedLineItems === 0) return [];
  const part = summedLineItems === lineItems ? 'All' : format.count(summedLineItems);
  return [
    {
      label: 'Detail',
      value: `${part} of these line items are held as daily sums. A rule moves their totals at once; their single lines need a new import.`,
    },
  ];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The usage type in every region, or the profile itself. A `*` of the text would mean something else: it stays out. */
function suggestionFor({ usageType, service, resource }: TrayUsage, problem: Problem): RulePattern {
  if (problem === 'profile_without_model') return { usageType: null, product: null, resource };
  return {
    usageType: usageType === null ? null : inEveryRegion(usageType),
    product: service,
    resource: null,
  };
}

const PREFIXES = /^(?:[A-Z]{2,3}\d?-MP:)?[A-Z]{2,3}\d?[-_](?=.)/u;

/** `USE1-Some-input-tokens` → `*Some-input-tokens`; a text without a region prefix stays whole. */
function inEveryRegion(usageType: string): string {
  return splitUsageType(usageType).region === null ? usageType : usageType.replace(PREFIXES, '*');
}

function filtersFor({ usageType, service, resource, problem }: TrayUsage): Row['lines']['where'] {
  const is = (dimension: string, value: string | null): Row['lines']['where'][number] => ({
    dimension,
    operator: '=',
    values: [value],
  });
  if (problem === 'profile_without_model') return [is('resource', resource), is('model', null)];
  return [is('usageType', usageType), is('service', service)];
}
