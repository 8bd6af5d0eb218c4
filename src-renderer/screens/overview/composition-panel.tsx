// What the total is made of: who bills it, what it is for, and what stands beside it.
import { useComputedColorScheme } from '@mantine/core';
import { CHART_THEMES } from '../../../shared/charts/theme.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Analysis } from '../../app/navigation.ts';
import { Explain } from '../../ui/explain.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { SplitBar } from '../../ui/split-bar.tsx';
import { Money } from '../../ui/values.tsx';
import { explanationOf, type FigureId } from './explanations.ts';
import { explorerLink } from './figure-strip.tsx';
import classes from './overview.module.css';

type Summary = Output<'spend.summary'>;
type Block = Summary['blocks'][number];

type Props = { readonly analysis: Analysis; readonly summary: Summary; readonly block: Block };

export function CompositionPanel({ analysis, summary, block }: Props) {
  const format = useFormat();
  const { categorical, other, unknown } = CHART_THEMES[useComputedColorScheme('light')];
  const { currency } = block;
  const explain = (id: FigureId) => (
    <Explain explanation={explanationOf(id, summary, block, format, explorerLink(analysis))} />
  );
  const part = (id: FigureId, label: string, value: number | null, colour: string | undefined) => ({
    id,
    label,
    value,
    colour: colour ?? other,
    aside: explain(id),
  });
  const amount = (value: number | null): string => format.amount(value);
  return (
    <Panel title="Who bills it" aside={currency}>
      <div className={classes.part}>
        <SplitBar
          label="Who bills it"
          format={amount}
          parts={[
            part('native', 'AWS', block.native, categorical[0]),
            part('marketplace', 'AWS Marketplace', block.marketplace, categorical[1]),
          ]}
        />
      </div>
      <div className={classes.part}>
        <div className={classes.partHead}>What it is for</div>
        <SplitBar
          label="What it is for"
          format={amount}
          parts={[
            part('inference', 'Inference', block.inference, categorical[0]),
            part('ancillary', 'Ancillary', block.ancillary, categorical[2]),
            part('unknown', 'Unknown', block.unknown.cost, unknown),
            part('notUsage', 'Tax, credits, fees', block.notUsage, other),
          ]}
        />
      </div>
      <div className={classes.part}>
        <div className={classes.apart}>
          <span className={classes.apartName}>AI estate candidates, apart {explain('candidates')}</span>
          <span className={classes.apartValue}>
            {block.candidates.lineItems === 0 ? (
              'none'
            ) : (
              <Money
                value={block.candidates.cost}
                currency={currency}
                why="No candidate line states this basis."
              />
            )}
          </span>
        </div>
      </div>
    </Panel>
  );
}
