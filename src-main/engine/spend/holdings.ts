// How much the workspace holds, and how much of it is without class or price.
import type { Output } from '../../../shared/contract/methods.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import type { Db } from '../db/open.ts';
import { type SpendRow, spendRows } from '../db/spend.ts';
import { addRow, emptyTally, measureOf } from './groups.ts';

const COMPONENTS = ['lineItems', 'usageCost', 'unpricedCost'] as const;

type Figures = Pick<
  Output<'workspace.info'>,
  'lineItems' | 'candidateLineItems' | 'rolledUpRows' | 'unknownLineItems' | 'currencies' | 'unpricedShare'
>;

export function holdingsInFigures(db: Db): Figures {
  const rows = [
    ...spendRows(db, {
      groupBy: ['lineClass'],
      cuts: ['part'],
      where: [],
      period: null,
      scope: 'all',
      basis: 'unblended',
      components: COMPONENTS,
      spread: null,
      batchModels: [],
    }),
  ];
  const ofClass = (name: string): SpendRow[] => rows.filter(({ keys }) => keys[0] === name);
  const lines = (some: readonly SpendRow[]): number => sumOf(some.map(({ sums }) => sums[0] ?? 0));
  const bedrock = emptyTally();
  for (const row of ofClass('bedrock')) addRow(bedrock, row);
  return {
    lineItems: lines(ofClass('bedrock')),
    candidateLineItems: lines(ofClass('candidate')),
    rolledUpRows: lines(ofClass('other')),
    unknownLineItems: lines(ofClass('bedrock').filter(({ keys }) => keys[1] === 'unknown')),
    currencies: [...new Set(rows.map(({ currency }) => currency))].sort(),
    unpricedShare: measureOf('unpricedShare', bedrock, COMPONENTS),
  };
}
