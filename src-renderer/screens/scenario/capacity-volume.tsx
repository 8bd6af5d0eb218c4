// Whose volume the capacity lab sizes for: the bill's own, or that of a month ahead with the growth stated; and every month.
import { Button, Select, Table, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { capacityMonths, horizonMonths } from '../../../shared/domain/whatif/capacity-lab.ts';
import { horizonStart, startOf } from '../../../shared/domain/whatif/months.ts';
import type { ProvisionedLever, Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';
import { Fold } from '../../ui/fold.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Money } from '../../ui/values.tsx';
import classes from './scenario.module.css';

const ON_BILL = 'bill';

export type Volume = {
  /** null = the bill's own. */
  readonly month: string | null;
  /** The months to choose from; none where nothing moves the baseline. */
  readonly months: readonly string[];
  readonly choose: (month: string | null) => void;
};

/** Starts at the month in which the lever does, where the scenario states growth or price changes. */
export function useVolume(scenario: Scenario, baseline: ScenarioBaseline, lever: ProvisionedLever): Volume {
  const [chosen, setChosen] = useState<string | null | undefined>(undefined);
  const moves = scenario.growth.length + scenario.priceChanges.length > 0;
  const months = moves ? horizonMonths(scenario, baseline) : [];
  const start = startOf(lever, horizonStart(scenario.horizon.startMonth, baseline.period.to));
  const first = months.includes(start) ? start : (months[0] ?? null);
  const isChoice = chosen === null || (chosen !== undefined && months.includes(chosen));
  return { month: isChoice ? chosen : first, months, choose: setChosen };
}

export function VolumeChoice({ volume: { month, months, choose } }: { readonly volume: Volume }) {
  const format = useFormat();
  if (months.length === 0) return null;
  return (
    <Select
      size="xs"
      w={220}
      aria-label="Volume that the lab sizes for"
      data={[
        { value: ON_BILL, label: 'Volume of the bill' },
        ...months.map((value) => ({ value, label: `Volume of ${format.month(value)}` })),
      ]}
      allowDeselect={false}
      value={month ?? ON_BILL}
      onChange={(value) => choose(value === ON_BILL ? null : value)}
    />
  );
}

type TakeOverProps = { readonly disabled?: boolean; readonly onClick: () => void };

/** Puts a count of the lab into the lever. */
export function TakeOver({ disabled = false, onClick }: TakeOverProps) {
  return (
    <Button size="compact-xs" variant="subtle" disabled={disabled} onClick={onClick}>
      Take over
    </Button>
  );
}

type MonthsProps = {
  readonly scenario: Scenario;
  readonly baseline: ScenarioBaseline;
  readonly lever: ProvisionedLever;
  readonly currency: string;
  readonly onUnits: (units: number) => void;
};

export function CapacityByMonth(props: MonthsProps) {
  return (
    <Fold summary="Units of least cost by month, with the growth and the price changes stated">
      <MonthsTable {...props} />
    </Fold>
  );
}

function MonthsTable({ scenario, baseline, lever, currency, onUnits }: MonthsProps) {
  const format = useFormat();
  const months = useMemo(() => capacityMonths(scenario, baseline, lever), [scenario, baseline, lever]);
  return (
    <>
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Month</Table.Th>
            <Table.Th ta="right">Volume, the bill = 100%</Table.Th>
            <Table.Th ta="right">Units in the busiest hour</Table.Th>
            <Table.Th ta="right">Units of least cost</Table.Th>
            <Table.Th ta="right">With what is above them, {currency}</Table.Th>
            <Table.Th aria-label="Take over" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {months.map(({ month, volume, peak, best }) => (
            <Table.Tr key={month}>
              <Table.Td>{format.month(month)}</Table.Td>
              <Table.Td ta="right">{format.percent(volume)}</Table.Td>
              <Table.Td ta="right">{format.quantity(peak)}</Table.Td>
              <Table.Td ta="right">{format.count(best?.units ?? null)}</Table.Td>
              <Table.Td ta="right">
                <Money value={best?.total ?? null} currency={currency} />
              </Table.Td>
              <Table.Td ta="right">
                {best !== null && (
                  <TakeOver disabled={best.units === lever.units} onClick={() => onUnits(best.units)} />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">
        The hours of the bill at the volume of each month, over as many days as the bill has; levers before
        this one as far along as they are by then.
      </Text>
    </>
  );
}
