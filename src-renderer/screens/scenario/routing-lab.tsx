// Where the routed usage would be served at which price, against the reader's own quality scores; and what the mix costs.
import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { type PricedModel, priceQuality } from '../../../shared/charts/price-quality.ts';
import type { ChartTheme } from '../../../shared/charts/theme.ts';
import { type RoutingLab, routingLab } from '../../../shared/domain/whatif/labs.ts';
import { isBelow } from '../../../shared/domain/whatif/routing.ts';
import type { RoutingLever } from '../../../shared/domain/whatif/scenario.ts';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { Note } from '../../ui/states.tsx';
import { Percent, Unknown } from '../../ui/values.tsx';
import type { LabProps } from './labs.tsx';
import classes from './scenario.module.css';
import { LEVER_TITLES } from './words.ts';

export function RoutingLabPanel({ scenario, baseline, lever, currency }: LabProps<RoutingLever>) {
  const lab = useMemo(() => routingLab(scenario, baseline, lever), [scenario, baseline, lever]);
  const title = `Routing lab: ${lever.label ?? LEVER_TITLES.routing}`;
  const points = pointsOf(lab);
  const below = lever.targets
    .filter((target) => isBelow(target, lever.qualityFloor))
    .map(({ model }) => model);
  const unscored = lab.targets.filter(({ quality }) => quality === null).map(({ model }) => model);
  return (
    <Panel
      title={title}
      note={`Price of today’s tokens at each target, ${currency} per 1M, and your own scores.`}
    >
      {points.length > 0 && (
        <Scatter title={title} points={points} floor={lever.qualityFloor} currency={currency} />
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
      {unscored.length > 0 && (
        <Text size="xs" c="dimmed">
          Without a score, so not drawn: {unscored.join(', ')}.
        </Text>
      )}
      <RatesTable lab={lab} below={below} currency={currency} />
    </Panel>
  );
}

function pointsOf({ targets, blended, quality }: RoutingLab): PricedModel[] {
  const scored = targets.flatMap(({ model, rate, quality: score }) =>
    rate === null || score === null ? [] : [{ label: model, rate, quality: score, isMix: false }],
  );
  const mix =
    blended === null || quality === null || targets.length < 2
      ? []
      : [{ label: 'Mix', rate: blended, quality, isMix: true }];
  return [...scored, ...mix];
}

type ScatterProps = {
  readonly title: string;
  readonly points: readonly PricedModel[];
  readonly floor: number | null;
  readonly currency: string;
};

function Scatter({ title, points, floor, currency }: ScatterProps) {
  const format = useFormat();
  const spec = useMemo(
    () => (theme: ChartTheme) =>
      priceQuality(points, floor, theme, {
        short: (value) => format.moneyShort(value, currency),
        full: (value) => format.money(value, currency),
      }),
    [points, floor, format, currency],
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
  /** Models that do not reach the quality floor. */
  readonly below: readonly string[];
  readonly currency: string;
};

function RatesTable({ lab: { today, targets, blended, quality }, below, currency }: RatesProps) {
  const format = useFormat();
  const rows = [
    { label: 'As it is', part: null, score: null, rate: today },
    ...targets.map(({ model, part, rate, quality: score }) => ({ label: model, part, score, rate })),
    { label: 'Routed, with what escalates', part: null, score: quality, rate: blended },
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
        {rows.map(({ label, part, score, rate }) => (
          <Table.Tr key={label}>
            <Table.Td>
              {label}
              {below.includes(label) && <span className={classes.mark}>below the floor</span>}
            </Table.Td>
            <Table.Td ta="right">{part !== null && <Percent value={part} why="" />}</Table.Td>
            <Table.Td ta="right">{score !== null && format.quantity(score)}</Table.Td>
            <Table.Td ta="right">
              {rate === null ? (
                <Unknown why="A price is missing for part of the usage." />
              ) : (
                format.unitPrice(rate, currency)
              )}
            </Table.Td>
            <Table.Td ta="right">
              <Percent
                value={rate === null || today === null || today === 0 ? null : rate / today}
                why="A price is missing for part of the usage."
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
