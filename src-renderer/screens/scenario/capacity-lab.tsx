// Model units against the hours of the bill: the duration curve, what each count costs, which term is the cheapest.
import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { durationCurve } from '../../../shared/charts/duration-curve.ts';
import type { ChartTheme } from '../../../shared/charts/theme.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { leastCost } from '../../../shared/domain/whatif/capacity.ts';
import {
  type CapacityLab,
  type CapacityOffer,
  capacityLab,
} from '../../../shared/domain/whatif/capacity-lab.ts';
import { UTC } from '../../../shared/domain/whatif/local-time.ts';
import { unitHourOf } from '../../../shared/domain/whatif/provisioned.ts';
import type { ProvisionedLever } from '../../../shared/domain/whatif/scenario.ts';
import type { Format } from '../../../shared/format/format.ts';
import { useEngine } from '../../engine.ts';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { Note } from '../../ui/states.tsx';
import { Money, Percent } from '../../ui/values.tsx';
import { CapacityByMonth, TakeOver, useVolume, type Volume, VolumeChoice } from './capacity-volume.tsx';
import { modelsInScope } from './lab-scope.ts';
import type { LabProps } from './labs.tsx';
import { exactly } from './range.ts';
import classes from './scenario.module.css';
import { LEVER_TITLES } from './words.ts';

export function CapacityLabPanel({
  scenario,
  baseline,
  lever,
  currency,
  onEdit,
}: LabProps<ProvisionedLever>) {
  const format = useFormat();
  const models = modelsInScope(baseline, lever);
  const offers = useOffers(models);
  const volume = useVolume(scenario, baseline, lever);
  const lab = useMemo(
    () => capacityLab(scenario, baseline, lever, offers, volume.month),
    [scenario, baseline, lever, offers, volume.month],
  );
  const set = (part: Partial<ProvisionedLever>): void =>
    onEdit({ type: 'setLever', id: lever.id, part }, null);
  const spec = useMemo(
    () => (theme: ChartTheme) =>
      durationCurve(lab.curve, lab.units, theme, {
        short: (value) => format.quantity(value),
        full: (value) => (value === null ? '' : `${format.quantity(value)} units`),
      }),
    [lab, format],
  );
  const title = `Capacity lab: ${lever.label ?? LEVER_TITLES.provisioned}`;
  if (lab.refusals.length > 0) {
    return (
      <Panel title={title}>
        <Note tone="caution">
          {lab.refusals.map(({ code, message }) => (
            <p key={code} className={classes.line}>
              {message}
            </p>
          ))}
        </Note>
      </Panel>
    );
  }
  const best = leastCost(lab.counts);
  const unitHour = unitHourOf(lever);
  return (
    <Panel
      className={classes.wide}
      title={title}
      aside={<VolumeChoice volume={volume} />}
      note={`${volumeText(lab, volume, format)} by the units they need, the busiest first: ${format.quantity(lab.peak)} ${lab.peak === 1 ? 'unit' : 'units'} in the busiest one${lever.peakFactor.base === 1 ? '' : `, with ${format.quantity(lever.peakFactor.base)} times its mean in the busiest minute`}.`}
    >
      <Chart
        title={title}
        describe="Units that each hour needs, sorted, with the units bought."
        spec={spec}
        height={220}
      />
      {best?.units === 0 && (
        <Note tone="caution">
          <p className={classes.line}>
            At this price no number of units costs less than on demand: what is bought is performance, not a
            saving.
          </p>
        </Note>
      )}
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Units</Table.Th>
            <Table.Th ta="right">Units, {currency}</Table.Th>
            <Table.Th ta="right">Above them, on demand, {currency}</Table.Th>
            <Table.Th ta="right">Together, {currency}</Table.Th>
            <Table.Th ta="right">Use</Table.Th>
            <Table.Th ta="right">Hours above</Table.Th>
            <Table.Th aria-label="Take over" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {around(lab.counts, best?.units ?? 0, lever.units).map((count) => (
            <Table.Tr key={count.units}>
              <Table.Td>
                {count.units}
                {count.units === best?.units && <span className={classes.mark}>least cost</span>}
              </Table.Td>
              <Table.Td ta="right">
                <Money value={count.fixed} currency={currency} why={NO_UNIT_PRICE} />
              </Table.Td>
              <Table.Td ta="right">
                <Money value={count.overflow} currency={currency} />
              </Table.Td>
              <Table.Td ta="right">
                <Money value={count.total} currency={currency} why={NO_UNIT_PRICE} />
              </Table.Td>
              <Table.Td ta="right">
                <Percent value={count.units === 0 ? null : count.utilisation} why="No unit is bought." />
              </Table.Td>
              <Table.Td ta="right">{format.count(count.hoursAbove)}</Table.Td>
              <Table.Td ta="right">
                <TakeOver
                  disabled={count.units === lever.units}
                  onClick={() => set({ units: count.units })}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">
        Over {volume.month === null ? 'the hours of the baseline' : 'as many hours as the baseline has'}
        {unitHour === null
          ? '. State the price of a unit’s hour, and what each count costs is compared.'
          : `, at ${format.money(unitHour, currency)} a unit’s hour. A unit pays from a use of ${format.percent(lab.breakEvenUse)}; above 100 % it cannot.`}
      </Text>
      {lab.schedule !== null && <Schedule schedule={lab.schedule} currency={currency} />}
      {lab.noSchedule !== null && (
        <Text size="xs" c="dimmed">
          No schedule by the hour of the day: {lab.noSchedule}.
        </Text>
      )}
      {volume.months.length > 0 && (
        <CapacityByMonth
          scenario={scenario}
          baseline={baseline}
          lever={lever}
          currency={currency}
          onUnits={(units) => set({ units })}
        />
      )}
      {lab.offers.length === 0 && (
        <Text size="xs" c="dimmed">
          {noTerms(models)}
        </Text>
      )}
      {lab.offers.length > 0 && (
        <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Term, price of the catalog or your contract</Table.Th>
              <Table.Th ta="right">Unit’s hour, {currency}</Table.Th>
              <Table.Th ta="right">Units of least cost</Table.Th>
              <Table.Th ta="right">Together, {currency}</Table.Th>
              <Table.Th aria-label="Take over" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lab.offers.map(({ label, termMonths, usdPerUnitHour, best: least }) => (
              <Table.Tr key={label}>
                <Table.Td>{label}</Table.Td>
                <Table.Td ta="right">
                  <Money value={usdPerUnitHour} currency={currency} />
                </Table.Td>
                <Table.Td ta="right">{format.count(least.units)}</Table.Td>
                <Table.Td ta="right">
                  <Money value={least.total} currency={currency} />
                </Table.Td>
                <Table.Td ta="right">
                  <TakeOver
                    onClick={() =>
                      set({ units: least.units, termMonths, usdPerUnitHour: exactly(usdPerUnitHour) })
                    }
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}

/** Which hours stand in the curve, and how much of the growth is in them. */
function volumeText({ volume }: CapacityLab, { month }: Volume, format: Format): string {
  if (month === null) return 'Hours of the bill';
  return `Hours of the bill at the volume and prices of ${format.month(month)}, ${format.percent(volume)} of the bill’s tokens,`;
}

type ScheduleProps = {
  readonly schedule: NonNullable<CapacityLab['schedule']>;
  readonly currency: string;
};

/** Units that nobody is committed to, switched by the hour of the day. */
function Schedule({ schedule: { slots, total, usdPerUnitHour, timeZone }, currency }: ScheduleProps) {
  const format = useFormat();
  return (
    <details className={classes.details}>
      <summary>
        Switched by the hour, without a commitment: {format.money(total, currency)} with what is above them
      </summary>
      <Text size="xs" c="dimmed" mt="sm">
        As many units in each hour of the day, by the clock of {timeZone}, as cost least over the baseline, at{' '}
        {format.money(usdPerUnitHour, currency)} a unit’s hour.{timeZone === UTC ? '' : CLOCKS}
      </Text>
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Hours</Table.Th>
            <Table.Th ta="right">Units, working days</Table.Th>
            <Table.Th ta="right">Units, weekends</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {spansOf(slots).map(({ from, to, workdays, weekends }) => (
            <Table.Tr key={from}>
              <Table.Td>
                {clock(from)} to {clock(to)}
              </Table.Td>
              <Table.Td ta="right">{format.count(workdays)}</Table.Td>
              <Table.Td ta="right">{format.count(weekends)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  );
}

const NO_UNIT_PRICE = 'What a unit’s hour costs is not stated.';

const CLOCKS = ' Where the clocks change, the schedule changes with them.';

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

type Slots = NonNullable<CapacityLab['schedule']>['slots'];

/** Hours of the day one after the other with the same units, as spans; null where the days hold no such hour. */
function spansOf(slots: Slots) {
  const spans: { from: number; to: number; workdays: number | null; weekends: number | null }[] = [];
  for (const from of [...new Set(slots.map(({ start }) => start))].sort((one, other) => one - other)) {
    const unitsOn = (weekend: boolean): number | null =>
      slots.find((slot) => slot.weekend === weekend && slot.start === from)?.units ?? null;
    const [workdays, weekends] = [unitsOn(false), unitsOn(true)];
    const last = spans.at(-1);
    if (last !== undefined && last.workdays === workdays && last.weekends === weekends) last.to = from + 60;
    else spans.push({ from, to: from + 60, workdays, weekends });
  }
  return spans;
}

/** The counts worth a row: none, those next to the least cost and to what is bought, and the one for the busiest hour. */
function around<C extends { readonly units: number }>(
  counts: readonly C[],
  best: number,
  bought: number,
): C[] {
  const near = (units: number, to: number): boolean => Math.abs(units - to) <= 1;
  const most = counts.length - 1;
  return counts.filter(
    ({ units }) => units === 0 || units === most || near(units, best) || near(units, bought),
  );
}

/** Why no terms stand side by side. */
function noTerms(models: readonly string[]): string {
  const [model] = models;
  return model === undefined || models.length > 1
    ? 'Terms are compared for one model: apply the lever to one.'
    : `The catalog has no price of a unit’s hour for ${model}. State those you were offered under Contract rates, and the terms are compared here.`;
}

const TERMS = { none: 0, '1_month': 1, '6_month': 6 } as const;
type Term = keyof typeof TERMS;
const TERM_LABELS: Readonly<Record<Term, string>> = {
  none: 'No commitment',
  '1_month': '1 month',
  '6_month': '6 months',
};

/** The catalog's prices of a unit's hour for the one model in scope; nothing where it has none. */
function useOffers(models: readonly string[]): readonly CapacityOffer[] {
  const [model] = models;
  const asked = useEngine(
    'catalog.price',
    {
      model: model ?? '',
      mode: 'provisioned',
      meter: 'model_unit_hour',
    },
    { enabled: models.length === 1 },
  );
  return useMemo(() => offersOf(asked.data ?? null), [asked.data]);
}

function offersOf(answer: Output<'catalog.price'> | null): CapacityOffer[] {
  if (answer === null) return [];
  return answer.answers.flatMap(({ term, region, usdHigh, status }) => {
    if (status !== 'priced' || usdHigh === null || !(term in TERMS)) return [];
    const known = term as Term;
    const label = region === null ? TERM_LABELS[known] : `${TERM_LABELS[known]}, ${region}`;
    return [{ label, termMonths: TERMS[known], usdPerUnitHour: usdHigh }];
  });
}
