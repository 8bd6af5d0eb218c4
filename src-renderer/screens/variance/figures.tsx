// The figures above the comparison: paid, list, the difference and how much of it is explained, caching, what lacks a price.

import { varianceReasonName } from '../../../shared/format/names.ts';
import { useAnalysis } from '../../app/navigation.ts';
import type { Explanation } from '../../ui/explain.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Change, Money } from '../../ui/values.tsx';
import classes from './variance.module.css';
import { unexplained, type Variance } from './variance-state.ts';

type Props = {
  readonly variance: Variance;
  /** The same sums over the days compared with; null = none, or not read yet. */
  readonly before: Variance['total'] | null;
};

/** Sums over no line are no amounts. */
const NO_LINE = 'No line has a price.';

export function VarianceFigures({ variance, before }: Props) {
  const format = useFormat();
  const { total, cacheSaving: cache } = variance;
  const explain = useExplanations(variance);
  const open = unexplained(total);
  const none = total.lines === 0;
  const { compareTo } = useAnalysis();
  const earlier = before === null || before.lines === 0 ? null : before;
  return (
    <section className={classes.strip} aria-label="Figures">
      <Figure
        label="Variance to list"
        size="lead"
        value={<Money value={none ? null : total.variance} currency="USD" why={NO_LINE} />}
        unit="USD"
        mark={variance.estimated ? 'estimated' : null}
        detail={
          earlier === null
            ? `${format.percentChange(total.share)} of list`
            : `${format.percentChange(total.share)} of list, ${format.percentChange(earlier.share)} in ${format.period(compareTo)}`
        }
        explanation={explain.variance}
      />
      <Figure
        label="Invoiced, priced lines"
        value={<Money value={none ? null : total.invoiced} currency="USD" why={NO_LINE} />}
        detail={
          earlier === null ? (
            `${format.count(total.lines)} lines`
          ) : (
            <Change now={total.invoiced} before={earlier.invoiced} currency="USD" short />
          )
        }
        explanation={explain.invoiced}
      />
      <Figure
        label="At list"
        value={<Money value={none ? null : total.list} currency="USD" why={NO_LINE} />}
        detail={
          none
            ? null
            : total.listHigh - total.list > 0.005
              ? `up to ${format.money(total.listHigh, 'USD')}`
              : 'one price for each line'
        }
        explanation={explain.list}
      />
      {total.contract.lines > 0 && (
        <Figure
          label="Under contract"
          value={<Money value={total.contract.contracted} currency="USD" />}
          detail={`${format.count(total.contract.lines)} of ${format.count(total.lines + total.unpriced.lines)} lines`}
          explanation={explain.contract}
        />
      )}
      <Figure
        label="Not explained"
        value={<Money value={none ? null : open} currency="USD" why={NO_LINE} />}
        detail={none ? null : open === 0 ? 'all have a reason' : 'no reason, or unit in doubt'}
      />
      <Figure
        label="Saved by caching"
        value={<Money value={cache.saving} currency="USD" why="No cached tokens with a price." />}
        detail={cache.saving === null ? null : 'at list, with writes'}
        explanation={cache.saving === null ? null : explain.cache}
      />
      <Figure
        label="No price"
        value={<Money value={total.unpriced.invoiced} currency="USD" />}
        detail={`${format.count(total.unpriced.lines)} lines`}
      />
    </section>
  );
}

type Explained = Readonly<Record<'variance' | 'invoiced' | 'list' | 'contract' | 'cache', Explanation>>;

function useExplanations({ total, cacheSaving: cache, catalogVersion }: Variance): Explained {
  const format = useFormat();
  const { days } = useAnalysis();
  const usd = (amount: number | null): string => format.money(amount, 'USD');
  const basis = [
    { label: 'Period', value: format.period(days) },
    { label: 'Lines', value: `${format.count(total.lines)} priced usage lines in USD` },
    { label: 'Catalog', value: catalogVersion },
  ];
  return {
    variance: {
      title: 'Variance to list',
      formula: 'Σ invoiced − Σ list, over the lines that have a catalog amount',
      facts: [
        ...basis,
        ...total.reasons.flatMap(({ reason, lines, variance }) =>
          variance === null
            ? []
            : [
                {
                  label: varianceReasonName(reason),
                  value: `${usd(variance)}, ${format.count(lines)} lines`,
                },
              ],
        ),
      ],
      notes: ['Lines without a price are in neither sum: their difference is not known.'],
      link: null,
    },
    invoiced: {
      title: 'Invoiced, priced lines',
      formula: 'Σ of the cost column that adds up to the invoice',
      facts: basis,
      notes: [
        'Unblended cost; net unblended where the export states discounts as columns. Discounts, credits and tax that are lines of their own stand in the waterfall.',
      ],
      link: null,
    },
    list: {
      title: 'At list',
      formula: 'Σ quantity in base units × catalog price on the day of use',
      facts: [...basis, { label: 'High end of ranges', value: usd(total.listHigh) }],
      notes: ['The low end where two prices are possible.'],
      link: null,
    },
    contract: {
      title: 'Under contract',
      formula:
        'Σ quantity in base units × contract price on the day of use, over the lines that a rate is for',
      facts: [
        { label: 'Catalog and contract', value: catalogVersion },
        { label: 'Lines with a contract price', value: format.count(total.contract.lines) },
        { label: 'Their list', value: usd(total.contract.list) },
        { label: 'Expected: contract − list', value: usd(total.contract.expected) },
        { label: 'Invoiced on them', value: usd(total.contract.invoiced) },
        { label: 'High end of ranges', value: usd(total.contract.contractedHigh) },
      ],
      notes: [
        'Lines that no rate is for have no contract price that is known: they are not in this sum, and not zero.',
        'A negotiated discount may also come as lines of its own, which stand after usage in the waterfall.',
      ],
      link: null,
    },
    cache: {
      title: 'Saved by caching',
      formula: 'cached tokens × list price of uncached input − list amount of cache reads and writes',
      facts: [
        { label: 'Read from the cache', value: `${format.tokens(cache.readTokens)} tokens` },
        { label: 'Written to it', value: `${format.tokens(cache.writeTokens)} tokens` },
        { label: 'As uncached input', value: usd(cache.asInput) },
        { label: 'As billed, at list', value: usd(cache.asBilled) },
        { label: 'As invoiced', value: usd(cache.invoiced) },
        { label: 'Lines without a price for it', value: format.count(cache.linesWithout) },
      ],
      notes: ['Input of the same model, mode, tier, region and day.'],
      link: null,
    },
  };
}
