// When and for whom the usage in a batch lever's scope runs: by hour of the day, and by a tag. Neither says that a request
// can wait; both show where to ask.
import { Select, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import { localHours, UTC } from '../../../shared/domain/whatif/local-time.ts';
import type { BatchLever, Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { valueName } from '../../../shared/format/names.ts';
import { localTimeOver, zonesToChoose } from '../../../shared/format/time-zone.ts';
import { useEngine } from '../../engine.ts';
import { Fold } from '../../ui/fold.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { ErrorState, Skeleton } from '../../ui/states.tsx';
import { Money, Percent, Tokens } from '../../ui/values.tsx';
import classes from './scenario.module.css';

type Props = {
  readonly baseline: Scenario['baseline'];
  readonly scope: BatchLever['scope'];
  readonly currency: string;
};
type Answer = Output<'spend.query'>;

export function BatchWhen(props: Props) {
  return (
    <>
      <Fold summary="By hour of the day">
        <ByHour {...props} />
      </Fold>
      <Fold summary="By tag">
        <ByTag {...props} />
      </Fold>
    </>
  );
}

/** The usage of the lever on the days of the baseline, as a question to the bill. */
function asked({ baseline, scope }: Props) {
  const where = [...baseline.where, ...scope].map(({ values, ...filter }) => ({
    ...filter,
    values: [...values],
  }));
  return { where, period: baseline.period };
}

const ON_DEMAND = { dimension: 'mode', operator: '=', values: ['on_demand'] } as const;
/** Hours of one row: a day in eight. */
const SPAN = 3;
/** Most hours an answer holds; a quarter has more. */
const MOST_HOURS = 2000;

function ByHour(props: Props) {
  const { where, period } = asked(props);
  const [zone, setZone] = useState<string>(UTC);
  const { data, error, refetch } = useEngine('spend.query', {
    measures: ['tokens'],
    groupBy: ['hour'],
    where: [...where, { ...ON_DEMAND, values: [...ON_DEMAND.values] }],
    period,
    sort: [{ by: 'hour', descending: true }],
    limit: MOST_HOURS,
  });
  if (error !== null)
    return <ErrorState title="Not read" message={error.message} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton height={24} rows={4} label="Reading the hours" />;
  const hours = hoursOf(data, period, zone);
  if (new Set(hours.map(({ hour }) => hour)).size < 2) {
    return (
      <Text size="xs" c="dimmed">
        The export of these days is daily: it does not say at which hours they ran.
      </Text>
    );
  }
  return (
    <>
      <LabSelect
        label="Time zone of the batch lab"
        data={zonesToChoose(zone)}
        value={zone}
        onChange={setZone}
      />
      <HoursTable hours={hours} zone={zone} cut={data.rowCount > MOST_HOURS} />
    </>
  );
}

type Hour = { readonly hour: number; readonly weekend: boolean; readonly tokens: number };

/** Hours of the bill by the users' clock, with their tokens; lines that span a whole day have none. */
function hoursOf({ rows }: Answer, period: Period, zone: string): Hour[] {
  const local = localTimeOver(zone, period);
  const hours = local === null ? [] : localHours(period, local);
  const first = Date.parse(`${period.from}T00:00Z`);
  return rows.flatMap(([at, tokens]) => {
    if (typeof at !== 'string' || typeof tokens !== 'number') return [];
    const hour = hours[(Date.parse(at) - first) / 3_600_000];
    return hour === undefined ? [] : [{ hour: Math.floor(hour.start / 60), weekend: hour.weekend, tokens }];
  });
}

type HoursProps = { readonly hours: readonly Hour[]; readonly zone: string; readonly cut: boolean };

function HoursTable({ hours, zone, cut }: HoursProps) {
  const all = sumOf(hours.map(({ tokens }) => tokens));
  const spans = Array.from({ length: 24 / SPAN }, (_, index) => index * SPAN);
  const tokensOf = (from: number, weekend: boolean): number =>
    sumOf(
      hours
        .filter((one) => one.weekend === weekend && one.hour >= from && one.hour < from + SPAN)
        .map(({ tokens }) => tokens),
    );
  const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
  return (
    <>
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>On demand, {zone}</Table.Th>
            <Table.Th ta="right">Working days, tokens</Table.Th>
            <Table.Th ta="right">Weekends, tokens</Table.Th>
            <Table.Th ta="right">Share</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {spans.map((from) => {
            const [workdays, weekends] = [tokensOf(from, false), tokensOf(from, true)];
            return (
              <Table.Tr key={from}>
                <Table.Td>
                  {clock(from)} to {clock(from + SPAN)}
                </Table.Td>
                <Table.Td ta="right">
                  <Tokens value={workdays} />
                </Table.Td>
                <Table.Td ta="right">
                  <Tokens value={weekends} />
                </Table.Td>
                <Table.Td ta="right">
                  <Percent value={all === 0 ? null : (workdays + weekends) / all} why="No tokens." />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">
        Tokens at night and at weekends are often jobs; other time zones look the same.
        {cut && ' Only the latest 2,000 hours of the baseline are counted.'}
      </Text>
    </>
  );
}

/** Most values that stand in the table. */
const MOST_VALUES = 10;

function ByTag(props: Props) {
  const { data: info } = useEngine('workspace.info', {});
  const [chosen, setChosen] = useState<string | null>(null);
  const keys = info?.tagKeys ?? [];
  const key = chosen ?? keys[0] ?? null;
  if (key === null) {
    return (
      <Text size="xs" c="dimmed">
        The export has no tags.
      </Text>
    );
  }
  return (
    <>
      <LabSelect label="Tag of the batch lab" data={keys} value={key} onChange={setChosen} />
      <TagTable {...props} dimension={`tag:${key}`} />
    </>
  );
}

function TagTable({ dimension, ...props }: Props & { readonly dimension: string }) {
  const format = useFormat();
  const { currency } = props;
  const { data, error, refetch } = useEngine('spend.query', {
    ...asked(props),
    measures: ['unblended', 'tokens', 'batchShare'],
    groupBy: [dimension],
    limit: MOST_VALUES,
  });
  if (error !== null)
    return <ErrorState title="Not read" message={error.message} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton height={24} rows={4} label="Reading the tags" />;
  const number = (value: Answer['rows'][number][number] | undefined): number | null =>
    typeof value === 'number' ? value : null;
  return (
    <>
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Tag</Table.Th>
            <Table.Th ta="right">Unblended, {currency}</Table.Th>
            <Table.Th ta="right">Tokens</Table.Th>
            <Table.Th ta="right">In batch, of what could be</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.rows.map(([value, cost, tokens, share]) => (
            <Table.Tr key={JSON.stringify(value ?? null)}>
              <Table.Td>{valueName(dimension, typeof value === 'string' ? value : null)}</Table.Td>
              <Table.Td ta="right">
                <Money value={number(cost)} currency={currency} />
              </Table.Td>
              <Table.Td ta="right">
                <Tokens value={number(tokens)} why="Not metered in tokens." />
              </Table.Td>
              <Table.Td ta="right">
                <Percent value={number(share)} why="Nothing of it has a batch price." />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {data.rowCount > MOST_VALUES && (
        <Text size="xs" c="dimmed">
          The {format.count(MOST_VALUES)} dearest of {format.count(data.rowCount)} values.
        </Text>
      )}
    </>
  );
}

type LabSelectProps = {
  readonly label: string;
  readonly data: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
};

function LabSelect({ label, data, value, onChange }: LabSelectProps) {
  return (
    <Select
      size="xs"
      w={220}
      my={6}
      aria-label={label}
      allowDeselect={false}
      searchable
      data={data}
      value={value}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}
