// The overview's figures: one block a currency, cut so that the parts add up to the total.
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import {
  BASIS_COMPONENTS,
  type Component,
  MEASURE_DEFINITIONS,
} from '../../../shared/domain/spend/measures.ts';
import type { Measure } from '../../../shared/domain/spend/vocabulary.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import type { Db } from '../db/open.ts';
import { type SpendPlan, type SpendRow, spendRows } from '../db/spend.ts';
import { addRow, componentsOf, emptyTally, measureOf } from './groups.ts';
import { type CatalogFacts, PROVENANCE_COMPONENTS, provenanceOf } from './provenance.ts';

type Summary = Output<'spend.summary'>;
type Block = Summary['blocks'][number];

const MEASURES = [
  'tokens',
  'effectiveRate',
  'cacheHitRate',
  'batchShare',
  'unpricedShare',
  'catalogList',
  'list',
] as const satisfies readonly Measure[];

/** Keys of a row, in the order of the plan: line class, then the cuts. */
type Keys = { lineClass: string; part: string; billedAs: string; costExplorer: string };

function keysOf({ keys: [lineClass, part, billedAs, costExplorer] }: SpendRow): Keys {
  return {
    lineClass: String(lineClass),
    part: String(part),
    billedAs: String(billedAs),
    costExplorer: String(costExplorer),
  };
}

export function summarize(db: Db, catalog: CatalogFacts, input: ParsedInput<'spend.summary'>): Summary {
  const cost = BASIS_COMPONENTS[input.basis];
  const needed = MEASURES.flatMap((name): readonly Component[] => MEASURE_DEFINITIONS[name].needs);
  const components = [...new Set<Component>([...PROVENANCE_COMPONENTS, cost, ...needed])];
  const plan: SpendPlan = {
    groupBy: ['lineClass'],
    cuts: ['part', 'billedAs', 'costExplorer'],
    where: input.where,
    period: input.period,
    scope: 'estate',
    basis: input.basis,
    components,
    spread: null,
    batchModels: catalog.batchModels,
  };
  const rows = [...spendRows(db, plan)];
  const total = emptyTally();
  for (const row of rows) if (keysOf(row).lineClass === 'bedrock') addRow(total, row);
  const question = { ...input, measures: MEASURES, groupBy: [], scope: 'bedrock' as const };
  const provenance = provenanceOf(db, catalog, question, {
    total,
    components,
    spread: null,
    withoutHour: false,
    countNotes: [],
  });
  const byCurrency = Map.groupBy(rows, ({ currency }) => currency);
  return {
    schemaVersion: 1,
    period: input.period,
    basis: input.basis,
    blocks: [...byCurrency.keys()]
      .sort()
      .map((currency) => blockOf(byCurrency.get(currency) ?? [], currency, components, cost)),
    estimated: provenance.estimated,
    provenance,
  };
}

function blockOf(
  rows: readonly SpendRow[],
  currency: string,
  components: readonly Component[],
  cost: Component,
): Block {
  const bedrock = rows.filter((row) => keysOf(row).lineClass === 'bedrock');
  const candidates = rows.filter((row) => keysOf(row).lineClass === 'candidate');
  const [costAt, linesAt] = [components.indexOf(cost), components.indexOf('lineItems')];
  /** 0 without lines; null where there are lines but none states the basis. */
  const costOf = (some: readonly SpendRow[]): number | null => {
    const stated = some.map(({ sums }) => sums[costAt] ?? null).filter((value) => value !== null);
    return some.length > 0 && stated.length === 0 ? null : sumOf(stated);
  };
  const linesOf = (some: readonly SpendRow[]): number => sumOf(some.map(({ sums }) => sums[linesAt] ?? 0));
  const where = (name: keyof Keys, value: string) => bedrock.filter((row) => keysOf(row)[name] === value);
  const tally = emptyTally();
  for (const row of bedrock) addRow(tally, row);
  const measure = (name: Measure) => measureOf(name, tally, components);
  const unknown = where('part', 'unknown');
  return {
    currency,
    total: costOf(bedrock),
    lineItems: componentsOf(tally, components).lineItems ?? 0,
    native: costOf(where('billedAs', 'native')),
    marketplace: costOf(where('billedAs', 'marketplace')),
    outsideCostExplorerFilter: costOf(where('costExplorer', 'outside')),
    inference: costOf(where('part', 'inference')),
    ancillary: costOf(where('part', 'ancillary')),
    notUsage: costOf(where('part', 'not_usage')),
    unknown: { cost: costOf(unknown), lineItems: linesOf(unknown) },
    tokens: measure('tokens'),
    effectiveRate: measure('effectiveRate'),
    cacheHitRate: measure('cacheHitRate'),
    batchShare: measure('batchShare'),
    unpricedShare: measure('unpricedShare'),
    catalogList: measure('catalogList'),
    list: measure('list'),
    candidates: { cost: costOf(candidates), lineItems: linesOf(candidates) },
  };
}
