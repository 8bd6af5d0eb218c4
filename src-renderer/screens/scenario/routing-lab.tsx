// Where the routed usage would be served at which price, against the reader's own quality scores; and what the mix costs.
import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import {
  type PricedModel,
  type PriceQualityLines,
  priceQuality,
} from '../../../shared/charts/price-quality.ts';
import type { ChartTheme } from '../../../shared/charts/theme.ts';
import { isBelow } from '../../../shared/domain/whatif/routing.ts';
import { type RoutingLab, routingLab, type ServedAt } from '../../../shared/domain/whatif/routing-lab.ts';
import type { RoutingLever } from '../../../shared/domain/whatif/scenario.ts';
import type { Format } from '../../../shared/format/format.ts';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { Note } from '../../ui/states.tsx';
import { Percent, Unknown } from '../../ui/values.tsx';
import type { LabProps } from './labs.tsx';
import classes from './scenario.module.css';
import { LEVER_TITLES } from './words.ts';

const TODAY = 'As it is';

export function RoutingLabPanel({ scenario, baseline, lever, currency }: LabProps<RoutingLever>) {
  const lab = useMemo(() => routingLab(scenario, baseline, lever), [scenario, baseline, lever]);
  const title = `Routing lab: ${lever.label ?? LEVER_TITLES.routing}`;
  const points = pointsOf(lab);
  const below = lever.targets
    .filter((target) => isBelow(target, lever.qualityFloor))
    .map(({ model }) => model);
  return (
    <Panel
      title={title}
      note={`Price of today’s tokens at each target, ${currency} per 1M, and your own scores.`}
    >
      {points.length > 0 && (
        <Scatter
          title={title}
          points={points}
          lines={{
            floor: lever.qualityFloor,
            unscoredToday: lab.today.quality === null ? lab.today.rate : null,
          }}
          currency={currency}
        />
      )}
      {lab.targets.length === 0 && (
        <Text size="sm" c="dimmed">
          No target is chosen yet.
        </Text>
      )}
      {below.length > 0 && (
        <Note tone="caution">
          <p className={classes.line}>
            Nothing is routed: {below.join(', ')} {below.length === 1 ? 'does' : 'do'} not reach the quality
            floor. Take {below.length === 1 ? 'it' : 'them'} out of the mix, or lower the floor.
          </p>
        </Note>
      )}
      <RatesTable lab={lab} share={lever.share.base} below={below} currency={currency} />
      <Text size="xs" c="dimmed">
        {notDrawn(lab)} A request that escalates is paid at both models and keeps the score of the first.
      </Text>
    </Panel>
  );
}

function notDrawn({ today, targets }: RoutingLab): string {
  const unscored = [
    ...(today.quality === null ? ['today’s model'] : []),
    ...targets.filter(({ quality }) => quality === null).map(({ model }) => model),
  ];
  return unscored.length === 0 ? '' : `Without a score, so not drawn as a mark: ${unscored.join(', ')}.`;
}

function pointsOf({ today, targets, routed }: RoutingLab): PricedModel[] {
  const pointOf = (label: string, { rate, quality }: ServedAt, role: PricedModel['role']): PricedModel[] =>
    rate === null || quality === null ? [] : [{ label, rate, quality, role }];
  return [
    ...targets.flatMap((target) => pointOf(target.model, target, 'target')),
    ...pointOf('Today', today, 'today'),
    ...(targets.length < 2 ? [] : pointOf('Mix', routed, 'mix')),
  ];
}

type ScatterProps = {
  readonly title: string;
  readonly points: readonly PricedModel[];
  readonly lines: PriceQualityLines;
  readonly currency: string;
};

function Scatter({ title, points, lines: { floor, unscoredToday }, currency }: ScatterProps) {
  const format = useFormat();
  const spec = useMemo(
    () => (theme: ChartTheme) =>
      priceQuality(points, { floor, unscoredToday }, currency, theme, {
        short: (value) => format.moneyShort(value, currency),
        full: (value) => format.money(value, currency),
      }),
    [points, floor, unscoredToday, format, currency],
  );
  return (
    <Chart
      title={title}
      describe="Price per million tokens against quality, by model."
      spec={spec}
      height={220}
    />
  );
}

type RatesProps = {
  readonly lab: RoutingLab;
  /** Share (0…1) of the requests that is routed. */
  readonly share: number;
  /** Models that do not reach the quality floor. */
  readonly below: readonly string[];
  readonly currency: string;
};

type Row = ServedAt & {
  readonly label: string;
  readonly part: number | null;
  /** Several of the rows above together: what they lack is said there. */
  readonly isMix: boolean;
};

const NO_SCORE = 'No score is stated for it.';

function RatesTable({ lab: { today, targets, routed, all }, share, below, currency }: RatesProps) {
  const format = useFormat();
  const rows: readonly Row[] = [
    { label: TODAY, part: null, isMix: false, ...today },
    ...targets.map(({ model, ...target }) => ({ label: model, isMix: false, ...target })),
    { label: 'Routed, with what escalates', part: null, isMix: true, ...routed },
    { label: `All in scope, ${format.percent(share)} routed`, part: null, isMix: true, ...all },
  ];
  return (
    <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Served by</Table.Th>
          <Table.Th ta="right">Share of the routed</Table.Th>
          <Table.Th ta="right">Quality</Table.Th>
          <Table.Th ta="right">1M tokens, {currency}</Table.Th>
          <Table.Th ta="right">Against today</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <RateRow key={row.label} row={row} isBelow={below.includes(row.label)} currency={currency} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What a rate leaves out: how much of the usage, and the price that is missing; null where it is over all of it. */
function unpricedText({ isMix, rate, missing, unpricedTokens, unpricedShare }: Row, format: Format) {
  if (missing === null || (isMix && rate === null)) return null;
  if (rate === null) return missing;
  const part = `${format.tokens(unpricedTokens)} tokens (${format.percent(unpricedShare)})`;
  return isMix ? `without ${part} that have no price` : `${part} have no price: ${missing}`;
}

type RateRowProps = {
  readonly row: Row;
  readonly isBelow: boolean;
  readonly currency: string;
};

function RateRow({ row, isBelow: low, currency }: RateRowProps) {
  const { label, part, rate, missing, againstToday, quality } = row;
  const format = useFormat();
  const why = missing ?? 'Today’s price is not known.';
  const unpriced = unpricedText(row, format);
  return (
    <Table.Tr>
      <Table.Td>
        {label}
        {low && <span className={classes.mark}>below the floor</span>}
        {unpriced !== null && <span className={classes.spread}>{unpriced}</span>}
      </Table.Td>
      <Table.Td ta="right">{part !== null && <Percent value={part} why="" />}</Table.Td>
      <Table.Td ta="right">
        {quality === null ? <Unknown why={NO_SCORE} /> : format.quantity(quality)}
      </Table.Td>
      <Table.Td ta="right">
        {rate === null ? <Unknown why={why} /> : format.unitPrice(rate, currency)}
      </Table.Td>
      <Table.Td ta="right">
        <Percent value={againstToday} why={why} />
      </Table.Td>
    </Table.Tr>
  );
}
