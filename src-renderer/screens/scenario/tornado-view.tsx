// Which assumption moves the answer most, as a tornado; what moves nothing is said in words.
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ChartTheme } from '../../../shared/charts/theme.ts';
import { type TornadoBar, tornado } from '../../../shared/charts/tornado.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Format } from '../../../shared/format/format.ts';
import { assumptionEnds } from '../../../shared/format/scenario-words.ts';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format-context.ts';
import classes from './scenario.module.css';
import { useAmountText } from './use-amount-text.ts';

type Found = Output<'scenario.sensitivity'>;
export type Headline = 'savingAtPrice' | 'cashThisYear';

type Props = { readonly found: Found; readonly headline: Headline; readonly currency: string };

/** Bars a chart still shows well; the rest move less. */
const MOST_BARS = 12;

export function TornadoView({ found, headline, currency }: Props) {
  const format = useFormat();
  const text = useAmountText(currency);
  const bars = useMemo(() => barsOf(found, headline, currency, format), [found, headline, currency, format]);
  const base = found.base[headline] ?? 0;
  const shown = useMemo(
    () => bars.filter(({ atLow, atHigh }) => atLow !== atHigh).slice(0, MOST_BARS),
    [bars],
  );
  const spec = useMemo(
    () => (theme: ChartTheme) => tornado(shown, base, `Saving, ${currency}`, theme, text),
    [shown, base, currency, text],
  );
  if (shown.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {bars.length === 0
          ? 'Every parameter is exact: give some of them a low and a high to see which matters.'
          : 'What has a low and a high moves nothing here: give parameters of the levers a range to see which matters.'}
      </Text>
    );
  }
  const still = bars.length - shown.length;
  return (
    <>
      <h3 className={classes.chartTitle}>Which assumption moves it most</h3>
      <Chart
        title="Which assumption moves it most"
        describe="The answer with each assumption alone at its low and at its high end."
        spec={spec}
        height={40 + 28 * shown.length}
      />
      {still > 0 && (
        <Text size="xs" c="dimmed">
          {format.count(still)} more {still === 1 ? 'assumption moves' : 'assumptions move'} it less or not at
          all.
        </Text>
      )}
    </>
  );
}

/** The widest first, in the headline that is looked at. */
function barsOf({ assumptions }: Found, headline: Headline, currency: string, format: Format): TornadoBar[] {
  return assumptions
    .map(({ label, name, low, high, ...ends }) => ({
      label: label === null ? sentence(name) : `${label}: ${name}`,
      atLow: low[headline] ?? 0,
      atHigh: high[headline] ?? 0,
      ...assumptionEnds(ends, currency, format),
    }))
    .sort((left, right) => Math.abs(right.atHigh - right.atLow) - Math.abs(left.atHigh - left.atLow));
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
