// What is paid against list: how much, why, over time, at which unit prices, what has no price, and on other models.
import { Select, Tabs } from '@mantine/core';
import { useMemo } from 'react';
import { dimensionName } from '../../../shared/format/names.ts';
import { useAnalysis, useScreenKeys } from '../../app/navigation.ts';
import { daysBetween } from '../../app/period.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { EmptyState, ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import { VarianceFigures } from './figures.tsx';
import { Gaps } from './gaps.tsx';
import { OfferRows } from './offer-rows.tsx';
import { OtherModels } from './other-models.tsx';
import { UnitPrices } from './unit-prices.tsx';
import { UnpricedTray } from './unpriced-tray.tsx';
import classes from './variance.module.css';
import {
  readVarianceState,
  SPLITS,
  type Variance,
  type VarianceState,
  VIEWS,
  type View,
  writeVarianceState,
} from './variance-state.ts';

export function VarianceScreen() {
  const analysis = useAnalysis();
  const [own, changeKeys] = useScreenKeys();
  const state = useMemo(() => readVarianceState(own), [own]);
  const set = (part: Partial<VarianceState>): void => changeKeys(writeVarianceState({ ...state, ...part }));
  const days = analysis.days ?? analysis.held;
  const length = days === null ? 0 : daysBetween(days.from, days.to) + 1;
  const grain = length <= 45 ? 'day' : length <= 200 ? 'week' : 'month';
  const { data, error, isPlaceholderData, refetch } = useEngine(
    'variance.explore',
    { where: analysis.where, period: analysis.days, groupBy: state.by, grain },
    { enabled: analysis.ready },
  );
  const before = useEngine(
    'variance.explore',
    { where: analysis.where, period: analysis.compareTo, groupBy: 'currency', grain: 'month' },
    { enabled: analysis.ready && analysis.compareTo !== null, keepPrevious: false },
  );
  if (error !== null) {
    return (
      <ErrorState
        title="The bill could not be compared with list"
        message={error.message}
        safe="Invoiced amounts and prices are as they were."
        onRetry={() => void refetch()}
      />
    );
  }
  if (data === undefined || days === null)
    return <Skeleton height={30} rows={12} label="Comparing lines with list" />;
  const nothing = data.total.lines + data.total.unpriced.lines === 0;
  return (
    <div className={classes.screen} aria-busy={isPlaceholderData}>
      <VarianceFigures variance={data} before={before.data?.total ?? null} />
      <Remarks variance={data} />
      {nothing ? (
        <EmptyState title="No usage line in USD matches">
          Take off a filter or choose a longer period. List prices are in USD; other currencies are not
          converted.
        </EmptyState>
      ) : (
        <Views state={state} variance={data} days={days} grain={grain} onChange={set} />
      )}
    </div>
  );
}

function Remarks({ variance: { otherCurrencies } }: { readonly variance: Variance }) {
  const format = useFormat();
  if (otherCurrencies.length === 0) return null;
  const amounts = otherCurrencies.map(
    ({ currency, lines, invoiced }) => `${format.money(invoiced, currency)} on ${format.count(lines)} lines`,
  );
  return (
    <Note tone="caution">
      Not compared, because list prices are in USD and nothing is converted: {amounts.join(', ')}.
    </Note>
  );
}

type ViewProps = {
  readonly state: VarianceState;
  readonly variance: Variance;
  readonly days: { readonly from: string; readonly to: string };
  readonly grain: 'day' | 'week' | 'month';
  readonly onChange: (part: Partial<VarianceState>) => void;
};

function Views({ state, variance, days, grain, onChange }: ViewProps) {
  const format = useFormat();
  const { data: info } = useEngine('workspace.info', {});
  const splits = [...SPLITS, ...(info?.tagKeys ?? []).map((key) => `tag:${key}`)];
  const splitHere = state.view === 'gaps' || state.view === 'rates';
  return (
    <Tabs
      value={state.view}
      onChange={(chosen) => onChange({ view: VIEWS.find((view): view is View => view === chosen) ?? 'gaps' })}
      keepMounted={false}
      className={classes.tabs}
    >
      <div className={classes.tabRow}>
        <Tabs.List className={classes.tabList}>
          <Tabs.Tab value="gaps">Gaps to list</Tabs.Tab>
          <Tabs.Tab value="rates">Unit prices</Tabs.Tab>
          <Tabs.Tab value="unpriced">Unpriced ({format.count(variance.unpricedCount)})</Tabs.Tab>
          <Tabs.Tab value="models">Other models</Tabs.Tab>
        </Tabs.List>
        {splitHere && (
          <Select
            aria-label="Split by"
            data={splits.map((value) => ({ value, label: `by ${dimensionName(value).toLowerCase()}` }))}
            value={state.by}
            allowDeselect={false}
            searchable
            onChange={(by) => by !== null && onChange({ by })}
          />
        )}
      </div>
      <Tabs.Panel value="gaps" className={classes.view}>
        <Gaps variance={variance} grain={grain} />
      </Tabs.Panel>
      <Tabs.Panel value="rates" className={classes.view}>
        <UnitPrices variance={variance} days={days} grain={grain} />
      </Tabs.Panel>
      <Tabs.Panel value="unpriced" className={classes.view}>
        <UnpricedTray variance={variance} />
        <OfferRows />
      </Tabs.Panel>
      <Tabs.Panel value="models" className={classes.view}>
        <OtherModels variance={variance} />
      </Tabs.Panel>
    </Tabs>
  );
}
