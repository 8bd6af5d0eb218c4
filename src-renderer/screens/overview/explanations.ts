// Where each figure of the overview comes from, in words: formula, basis, selection, rows, and the way to the rows.
import type { Output } from '../../../shared/contract/methods.ts';
import { MARKETPLACE_ENTITY, PART_OF_FAMILY, type SpendPart } from '../../../shared/domain/spend/parts.ts';
import type { Filter, Scope } from '../../../shared/domain/spend/vocabulary.ts';
import { filterText } from '../../../shared/format/conditions.ts';
import type { Format } from '../../../shared/format/format.ts';
import { BASIS_NAMES } from '../../../shared/format/names.ts';
import type { Explanation } from '../../ui/explain.tsx';

type Summary = Output<'spend.summary'>;
type Block = Summary['blocks'][number];

type FigureText = {
  readonly title: string;
  readonly formula: string;
  /** What the explorer groups by, so that its rows add up to the figure or show its parts. */
  readonly group: string;
  readonly show: readonly string[];
  readonly scope: Scope;
  /** Conditions of the figure beyond the selection, where the query grammar has them. */
  readonly where: readonly Filter[];
};

function familiesOf(part: SpendPart): Filter {
  const families = Object.entries(PART_OF_FAMILY).filter(([, of]) => of === part);
  return { dimension: 'family', operator: '=', values: families.map(([family]) => family) };
}

export const FIGURES = {
  total: {
    title: 'Bedrock, total',
    formula: 'Σ cost of every Bedrock line: usage, tax, credits, refunds, discounts and fees.',
    group: 'service',
    show: ['cost', 'lineItems'],
    scope: 'bedrock',
    where: [],
  },
  native: {
    title: 'Billed by AWS',
    formula: 'Σ cost of the Bedrock lines whose billing entity is not AWS Marketplace.',
    group: 'service',
    show: ['cost', 'lineItems'],
    scope: 'bedrock',
    where: [{ dimension: 'billingEntity', operator: '!=', values: [MARKETPLACE_ENTITY] }],
  },
  marketplace: {
    title: 'Billed by AWS Marketplace',
    formula: 'Σ cost of the lines of AWS Marketplace whose product name contains “Bedrock”.',
    group: 'service',
    show: ['cost', 'lineItems'],
    scope: 'bedrock',
    where: [{ dimension: 'billingEntity', operator: '=', values: [MARKETPLACE_ENTITY] }],
  },
  outsideCostExplorerFilter: {
    title: 'Outside the Cost Explorer filter',
    formula:
      'Σ cost of the Bedrock lines whose product is not called “Amazon Bedrock”: Cost Explorer, filtered on that service, does not show them.',
    group: 'service',
    show: ['cost', 'lineItems'],
    scope: 'bedrock',
    where: [],
  },
  effectiveRate: {
    title: 'Effective rate',
    formula:
      'Cost ÷ tokens × 1,000,000, over the usage lines that are billed by inference or embedding token.',
    group: 'model',
    show: ['effectiveRate', 'cost', 'tokens'],
    scope: 'bedrock',
    where: [],
  },
  cacheHitRate: {
    title: 'Cache hit rate',
    formula: 'Cache read ÷ (cache read + cache write + uncached input), in tokens.',
    group: 'model',
    show: ['cacheHitRate', 'cacheReadTokens', 'cacheWriteTokens', 'inputTokens'],
    scope: 'bedrock',
    where: [],
  },
  batchShare: {
    title: 'Batch share',
    formula: 'Batch tokens ÷ (batch tokens + on-demand tokens of models that have a batch price).',
    group: 'model',
    show: ['batchShare', 'tokens', 'cost'],
    scope: 'bedrock',
    where: [],
  },
  unpricedShare: {
    title: 'Unpriced share',
    formula:
      'Unblended cost of the usage lines without a catalog price on the day of use ÷ unblended cost of all usage lines.',
    group: 'usageType',
    show: ['unpricedShare', 'cost', 'lineItems'],
    scope: 'bedrock',
    where: [],
  },
  unknown: {
    title: 'Unknown usage',
    formula: 'Σ cost of the usage lines that no classification rule covers. They are in the total.',
    group: 'usageType',
    show: ['cost', 'lineItems'],
    scope: 'bedrock',
    where: [{ dimension: 'family', operator: '=', values: ['unknown'] }],
  },
  inference: {
    title: 'Inference',
    formula:
      'Σ cost of running models, however capacity is bought: inference, provisioned, reserved, custom import, Marketplace endpoints.',
    group: 'family',
    show: ['cost', 'lineItems'],
    scope: 'bedrock',
    where: [familiesOf('inference')],
  },
  ancillary: {
    title: 'Ancillary',
    formula:
      'Σ cost of what Bedrock meters beside running models: knowledge bases, agents, guardrails, flows, customization, storage and the like.',
    group: 'family',
    show: ['cost', 'lineItems'],
    scope: 'bedrock',
    where: [familiesOf('ancillary')],
  },
  notUsage: {
    title: 'Not usage',
    formula: 'Σ cost of tax, credit, refund, discount and fee lines of Bedrock.',
    group: 'chargeType',
    show: ['cost', 'lineItems'],
    scope: 'bedrock',
    where: [{ dimension: 'family', operator: '=', values: [null] }],
  },
  candidates: {
    title: 'AI estate candidates',
    formula:
      'Σ cost of lines that Bedrock may drive but another service bills, such as vector search capacity. Not in the total.',
    group: 'service',
    show: ['cost', 'lineItems'],
    scope: 'estate',
    where: [{ dimension: 'lineClass', operator: '=', values: ['candidate'] }],
  },
} as const satisfies Record<string, FigureText>;

export type FigureId = keyof typeof FIGURES;

export type ExplorerLink = (text: FigureText) => string;

/** The explanation of one figure; `linkOf` gives the address of the same selection in the explorer. */
export function explanationOf(
  id: FigureId,
  summary: Summary,
  block: Block,
  format: Format,
  linkOf: ExplorerLink,
): Explanation {
  const text = FIGURES[id];
  const { provenance } = summary;
  const filters = [...provenance.where, ...text.where];
  return {
    title: text.title,
    formula: text.formula,
    facts: [
      { label: 'Basis', value: BASIS_NAMES[summary.basis] },
      { label: 'Period', value: format.period(summary.period) },
      { label: 'Filters', value: filters.length === 0 ? 'None' : filters.map(filterText).join('; ') },
      { label: 'Line items', value: `${format.count(block.lineItems)} Bedrock lines in the selection` },
      { label: 'Currency', value: block.currency },
      { label: 'Catalog', value: provenance.catalogVersion ?? 'None' },
      {
        label: 'State',
        value: summary.estimated ? 'Estimated: at least one month has no invoice yet' : 'Invoiced',
      },
      ...(provenance.bills.length === 0 ? [] : [{ label: 'Bills', value: provenance.bills.join('; ') }]),
    ],
    notes: provenance.notes,
    link: { label: 'See the rows in the explorer', href: linkOf(text) },
  };
}
