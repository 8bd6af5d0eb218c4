// The row of figures at the top: the total with its change, and six that say how well money is used and known.
import type { ReactNode } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { BASIS_NAMES } from '../../../shared/format/names.ts';
import { formatLocation } from '../../app/location.ts';
import type { Analysis } from '../../app/navigation.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Change, Money, Percent, UnitPrice, Unknown } from '../../ui/values.tsx';
import { type ExplorerLink, explanationOf, type FigureId } from './explanations.ts';
import classes from './overview.module.css';

type Summary = Output<'spend.summary'>;
type Block = Summary['blocks'][number];

type Props = {
  readonly analysis: Analysis;
  readonly summary: Summary;
  readonly block: Block;
  readonly before: Block | null;
};

/** The address in the explorer that shows the rows of a figure. */
export function explorerLink({ period, compare, basis, where }: Analysis): ExplorerLink {
  return ({ group, show, scope, where: more }) =>
    formatLocation({
      screen: 'explorer',
      context: { period, compare, basis, where: [...where, ...more] },
      own: { group, show: show.join('|'), ...(scope === 'bedrock' ? {} : { scope }) },
    });
}

const NO_TOKENS = 'No line of the selection is billed by token.';

export function FigureStrip({ analysis, summary, block, before }: Props) {
  const format = useFormat();
  const { currency } = block;
  const link = explorerLink(analysis);
  const explain = (id: FigureId) => explanationOf(id, summary, block, format, link);
  const basis = BASIS_NAMES[summary.basis];
  const notStated = `No line of the selection states ${basis.toLowerCase()} cost.`;
  return (
    <section className={classes.strip} aria-label="Figures">
      <Figure
        label={`Bedrock, ${basis.toLowerCase()}`}
        size="lead"
        value={<Money value={block.total} currency={currency} why={notStated} />}
        unit={currency}
        mark={markOf(summary)}
        detail={<ChangeLine analysis={analysis} now={block.total} before={before} currency={currency} />}
        explanation={explain('total')}
      />
      <Figure
        label="Effective rate"
        value={<UnitPrice value={rounded(block.effectiveRate)} currency={currency} why={NO_TOKENS} />}
        unit="/ 1M"
        detail={
          block.tokens === null ? null : (
            <span title={`${format.count(block.tokens)} tokens`}>{format.tokens(block.tokens)} tokens</span>
          )
        }
        explanation={explain('effectiveRate')}
      />
      <Figure
        label="Cache hit rate"
        value={<Percent value={block.cacheHitRate} why={NO_TOKENS} />}
        detail={shareChange(block.cacheHitRate, before?.cacheHitRate ?? null, format.decimal)}
        explanation={explain('cacheHitRate')}
      />
      <Figure
        label="Batch share"
        value={<Percent value={block.batchShare} why="No tokens of a model that can be batched." />}
        detail={shareChange(block.batchShare, before?.batchShare ?? null, format.decimal)}
        explanation={explain('batchShare')}
      />
      <Figure
        label="Outside CE filter"
        value={<Money value={block.outsideCostExplorerFilter} currency={currency} why={notStated} />}
        detail={shareOf(block.outsideCostExplorerFilter, block.total, format.percent)}
        explanation={explain('outsideCostExplorerFilter')}
      />
      <Figure
        label="Unpriced"
        value={<Percent value={block.unpricedShare} why="There is no usage cost in the selection." />}
        detail="of usage cost"
        explanation={explain('unpricedShare')}
      />
      <Figure
        label="Unknown"
        value={<Money value={block.unknown.cost} currency={currency} why={notStated} />}
        detail={`${format.count(block.unknown.lineItems)} lines`}
        explanation={explain('unknown')}
      />
    </section>
  );
}

/** A rate per million tokens reads at four decimals; smaller ones keep their digits. */
function rounded(rate: number | null): number | null {
  return rate === null || Math.abs(rate) < 0.01 ? rate : Math.round(rate * 10_000) / 10_000;
}

function shareOf(
  part: number | null,
  whole: number | null,
  percent: (share: number | null) => string,
): string {
  return part === null || whole === null || whole === 0
    ? 'of the total'
    : `${percent(part / whole)} of the total`;
}

/** Change of a share in percentage points. */
function shareChange(
  now: number | null,
  before: number | null,
  decimal: (value: number | null, decimals: number) => string,
): ReactNode {
  if (now === null || before === null) return null;
  const points = Math.round((now - before) * 1000) / 10;
  if (points === 0) return 'unchanged';
  return `${points > 0 ? '▲ +' : '▼ '}${decimal(points, 1)} points`;
}

type ChangeProps = {
  readonly analysis: Analysis;
  readonly now: number | null;
  readonly before: Block | null;
  readonly currency: string;
};

function ChangeLine({ analysis, now, before, currency }: ChangeProps) {
  const format = useFormat();
  const { compareTo, held } = analysis;
  if (compareTo === null) return 'No comparison chosen';
  // Half a period is no measure for a whole one: the change is left out, and the reason stands in its place.
  const partly = held !== null && compareTo.from < held.from && compareTo.to >= held.from;
  const why = partly
    ? `Only the days from ${format.day(held.from)} on are held of ${format.period(compareTo)}.`
    : `Nothing of Bedrock is held for ${format.period(compareTo)}.`;
  return (
    <>
      {before === null || partly ? (
        <Unknown why={why} />
      ) : (
        <Change now={now} before={before.total} currency={currency} />
      )}{' '}
      vs {format.period(compareTo)}
      {partly && ', not fully held'}
    </>
  );
}

/** What must be read with the total: whose bill it is, and whether it is issued. */
function markOf({ estimated, provenance: { bills } }: Summary): string | null {
  const marks = [...bills, ...(estimated ? ['estimated'] : [])];
  return marks.length === 0 ? null : marks.join(', ');
}
