// What caching costs against not caching, by how often a prefix is asked for: 5 minutes against 1 hour, and break-even.
import { Select, Table, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { lines } from '../../../shared/charts/lines.ts';
import type { ChartTheme } from '../../../shared/charts/theme.ts';
import { isArrivalStated } from '../../../shared/domain/whatif/caching.ts';
import { CACHE_LAB_RATES, type CacheLab, cacheLab } from '../../../shared/domain/whatif/labs.ts';
import type { CachingLever } from '../../../shared/domain/whatif/scenario.ts';
import type { Format } from '../../../shared/format/format.ts';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { Percent } from '../../ui/values.tsx';
import type { LabProps } from './labs.tsx';
import classes from './scenario.module.css';
import { LEVER_TITLES } from './words.ts';

type LabModel = CacheLab['models'][number];
const LIFETIME_NAMES = { '5m': '5 minutes', '30m': '30 minutes', '1h': '1 hour' } as const;

export function CacheLabPanel({ scenario, baseline, lever }: LabProps<CachingLever>) {
  const lab = useMemo(() => cacheLab(scenario, baseline, lever), [scenario, baseline, lever]);
  const [chosen, setChosen] = useState(0);
  const title = `Cache lab: ${lever.label ?? LEVER_TITLES.caching}`;
  const shown = lab.models[chosen] ?? lab.models[0];
  if (shown === undefined) {
    return (
      <Panel title={title}>
        <Text size="sm" c="dimmed">
          No model in scope has cache prices here.
        </Text>
      </Panel>
    );
  }
  return (
    <Panel
      title={title}
      note="Cost of the prefix by requests an hour, 100 % = not cached. Requests at random; a hit refreshes the lifetime."
      aside={
        lab.models.length > 1 ? (
          <Select
            size="xs"
            aria-label="Model of the cache lab"
            allowDeselect={false}
            data={lab.models.map((model, index) => ({ value: String(index), label: nameOf(model) }))}
            value={String(Math.min(chosen, lab.models.length - 1))}
            onChange={(value) => setChosen(Number(value))}
          />
        ) : null
      }
    >
      <CacheCurves model={shown} />
      <CacheTable model={shown} lever={lever} />
    </Panel>
  );
}

function nameOf({ model, region }: LabModel): string {
  return region === null ? model : `${model}, ${region}`;
}

function CacheCurves({ model }: { readonly model: LabModel }) {
  const format = useFormat();
  const spec = useMemo(
    () => (theme: ChartTheme) =>
      lines(
        CACHE_LAB_RATES.map((rate) => ({
          short: format.quantity(rate),
          long: `${format.quantity(rate)} requests an hour`,
        })),
        [
          ...model.lifetimes.map(({ lifetime, curve }, index) => ({
            id: lifetime,
            label: LIFETIME_NAMES[lifetime],
            colour: theme.categorical[index] ?? theme.ink,
            values: curve,
          })),
          { id: 'uncached', label: 'Not cached', colour: theme.other, values: CACHE_LAB_RATES.map(() => 1) },
        ],
        { measure: 'share of the uncached cost', stepName: 'Requests an hour', axis: 'Requests an hour' },
        theme,
        { short: (value) => format.percent(value, 0), full: (value) => format.percent(value) },
      ),
    [model, format],
  );
  return (
    <Chart
      title={`Cost of a cached prefix, ${model.model}`}
      describe="Cost of a cached prefix against the same tokens uncached, by requests an hour."
      spec={spec}
      height={220}
    />
  );
}

type TableProps = {
  readonly model: LabModel;
  readonly lever: CachingLever;
};

/** The arrival that the lever states, as the heading of what it comes to. */
function arrivalText(lever: TableProps['lever'], format: Format): string {
  if (!isArrivalStated(lever)) return 'Cost at your hits';
  const { arrival } = lever;
  return arrival.pattern === 'stated'
    ? `Cost at ${format.percent(arrival.hitShare.base)} hits`
    : `Cost at ${format.quantity(arrival.requestsPerHour.base)} an hour${arrival.pattern === 'even' ? ', even' : ''}`;
}

const OTHER_HITS =
  'A hit share holds for the lifetime it was stated for; state the requests an hour to compare.';

const NO_HITS = 'How often the prefix is asked for again is not stated.';

function CacheTable({ model: { lifetimes, minimum, longerFrom }, lever }: TableProps) {
  const format = useFormat();
  const { prefixTokens } = lever;
  const rate = (value: number | null): string => (value === null ? 'never' : format.quantity(value));
  const asked =
    minimum === null
      ? 'not known'
      : minimum.low === minimum.high
        ? `${format.count(minimum.low)} tokens`
        : `${format.count(minimum.low)} or ${format.count(minimum.high)} tokens, sources differ`;
  return (
    <>
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Lifetime</Table.Th>
            <Table.Th ta="right">Write, × input</Table.Th>
            <Table.Th ta="right">Read, × input</Table.Th>
            <Table.Th ta="right">{arrivalText(lever, format)}</Table.Th>
            <Table.Th ta="right">Pays above: hit share</Table.Th>
            <Table.Th ta="right">reads for one write</Table.Th>
            <Table.Th ta="right">requests an hour</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lifetimes.map(({ lifetime, factors, asStated, breakEvenHits, breakEvenReads, breakEvenRate }) => (
            <Table.Tr key={lifetime}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{LIFETIME_NAMES[lifetime]}</Table.Td>
              <Table.Td ta="right">{format.quantity(factors.write)}</Table.Td>
              <Table.Td ta="right">{format.quantity(factors.read)}</Table.Td>
              <Table.Td ta="right">
                <Percent value={asStated} why={isArrivalStated(lever) ? OTHER_HITS : NO_HITS} />
              </Table.Td>
              <Table.Td ta="right">
                <Percent value={breakEvenHits} why="A read is no cheaper than input." />
              </Table.Td>
              <Table.Td ta="right">
                {breakEvenReads === null ? 'never' : format.quantity(breakEvenReads)}
              </Table.Td>
              <Table.Td ta="right">{rate(breakEvenRate)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">
        {longerFrom !== null &&
          `1 hour is cheaper than 5 minutes from ${rate(longerFrom)} requests an hour. `}
        Shortest prefix that is cached: {asked}
        {prefixTokens === null
          ? '; the length of yours is not stated.'
          : `; yours has ${format.count(prefixTokens)}.`}
      </Text>
    </>
  );
}
